"""The organizer's page of the ledger: who did what in a contest, and whether the chain is whole.

The contest comes in through its door (``contests.doors``): the ledger itself knows no contests.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from essays.ledger import actions
from essays.ledger.models import LedgerEvent
from essays.ledger.phrases import KINDS, NAMERS, sentence, words

ON_A_PAGE = 50
# Beyond this the chain is checked only when asked for: it is read from end to end.
CHECKED_UNASKED = 5000


def ledger_page(request: HttpRequest, contest: Any) -> HttpResponse:
    """Acts of one contest, newest first, by kind and person; ``before`` is the id that the page begins below."""
    kind = request.GET.get("kind", "")
    person = _number(request.GET.get("person"))
    before = _number(request.GET.get("before"))
    events = LedgerEvent.objects.of_contest(contest.pk)
    people = _people(events.exclude(actor_ref=None).order_by().values_list("actor_ref", flat=True).distinct())
    if kind in KINDS:
        events = events.filter(subject_kind=kind)
    if person is not None:
        events = events.filter(actor_ref=person or None)
    if before:
        events = events.filter(pk__lt=before)
    page = list(events.newest_first()[: ON_A_PAGE + 1])
    more, page = len(page) > ON_A_PAGE, page[:ON_A_PAGE]
    context = {
        "contest": contest,
        "active": "ledger",
        "rows": _rows(page, people),
        "kinds": KINDS.items(),
        "kind": kind,
        "people": sorted(people.items(), key=lambda item: item[1]),
        "person": person,
        "next": page[-1].pk if more else None,
        "before": before,
        "chain": _chain(asked="check" in request.GET),
    }
    return render(request, "essays/ledger/organizer.html", context)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() and len(text) < 19 else None


def _people(references: Iterable[int | None]) -> dict[int, str]:
    """Names by account; an account that was erased keeps its number."""
    wanted = {reference for reference in references if reference is not None}
    users = get_user_model()._default_manager.in_bulk(list(wanted))
    return {
        number: str(users[number]) if number in users else _("erased account %(number)d") % {"number": number}
        for number in wanted
    }


def _rows(events: list[LedgerEvent], people: dict[int, str]) -> list[dict[str, Any]]:
    references: dict[str, set[str]] = {}
    for event in events:
        references.setdefault(event.subject_kind, set()).add(event.subject_ref)
    names = {kind: NAMERS[kind](found) for kind, found in references.items() if kind in NAMERS}
    return [
        {
            "at": event.at,
            "who": people.get(event.actor_ref or 0, _("the system")),
            "what": sentence(event.action, event.data),
            "kind": KINDS.get(event.subject_kind, event.subject_kind),
            "subject": names.get(event.subject_kind, {}).get(event.subject_ref, ""),
            "reason": words("reason", event.data.get("reason") or ""),
            "number": event.sequence,
        }
        for event in events
    ]


def _chain(*, asked: bool) -> dict[str, Any]:
    """State of the whole site's chain: ``state`` is whole, broken, empty or unchecked."""
    sealed = LedgerEvent.objects.sealed().count()
    chain: dict[str, Any] = {
        "sealed": sealed,
        "waiting": LedgerEvent.objects.waiting_for_seal().count(),
        "head": LedgerEvent.objects.sealed().values_list("hash", flat=True).last(),
        "state": "empty" if not sealed else "unchecked",
        "broken": None,
    }
    if sealed and (asked or sealed <= CHECKED_UNASKED):
        chain["broken"] = actions.verify()
        chain["state"] = "whole" if chain["broken"] is None else "broken"
    return chain
