"""Appeals as parts of pages that belong to other slices."""

from decimal import Decimal
from typing import Any

from django import template
from django.db.models import QuerySet

from essays.entries.models import Entry
from essays.ledger import clock
from essays.ledger.prepared import prepared
from judging.appeals import access
from judging.appeals.models import Appeal, AppealMember
from judging.ranking import sentences

register = template.Library()


@register.inclusion_tag("judging/appeals/_own.html", takes_context=True)
def appeal_of(context: dict[str, Any], entry: Entry) -> dict[str, Any]:
    """How the entry's appeal stands, or until when one may be filed; nothing before the announcement.

    The moment is the page's ``at``, where it has one.
    """
    user = context["user"]
    shown: dict[str, Any] = {"entry": entry, "contest": entry.contest, "csrf_token": context.get("csrf_token")}
    if not user.is_authenticated or entry.owner_id != user.pk or entry.contest.announced_at is None:
        return shown
    for found in _of_entry(entry.pk):
        shown["appeal"] = found
        if found.decision:
            shown["before"] = sentences.points(Decimal(found.decision["before"]))
            shown["after"] = sentences.points(Decimal(found.decision["after"]))
        return shown
    if access.is_open(entry, context.get("at") or clock.now()):
        shown["until"] = access.window_of(entry.contest)
    return shown


@register.inclusion_tag("judging/appeals/_to_hear.html", takes_context=True)
def appeals_to_hear(context: dict[str, Any]) -> dict[str, Any]:
    """Appeals that wait for this judge, of all contests."""
    return {"members": _to_hear(context["user"].pk)}


@prepared
def _of_entry(entry: int) -> QuerySet[Appeal]:
    return Appeal.objects.filter(entry=entry).order_by("pk")[:1]


@prepared
def _to_hear(user: int) -> QuerySet[AppealMember]:
    waiting = AppealMember.objects.of(user).open().select_related("appeal__copy", "appeal__contest")
    copy = [f"appeal__copy__{name}" for name in ("html", "text", "conflict_keys", "doubts")]
    return waiting.defer(*copy, "appeal__text", "appeal__blind_text").order_by("appeal__hear_by", "pk")
