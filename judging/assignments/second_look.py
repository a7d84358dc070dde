"""A second look at the leaders: who would read them once more, and the deal of that round."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.ledger import actions as ledger
from essays.ledger import clock
from judging.assignments import access
from judging.assignments.actions import refill_second_look
from judging.assignments.allocation import Plan
from judging.assignments.bench import Assigned, Bench, bench_of
from judging.assignments.models import SecondLook
from judging.assignments.readers import plan_more
from judging.assignments.writing import Dealt, Refused
from judging.rubrics.access import keep_open


@dataclass(frozen=True)
class Choice:
    """``share``: per cent of each cell; ``minimum``: at least so many of it; ``readings``: more readings of each."""

    share: int
    minimum: int
    readings: int


def plan(contest: Contest, leaders: Collection[int], choice: Choice) -> tuple[Plan, Bench]:
    """Who would read these copies once more, and the judges as they are now: even in all that a judge holds.

    Nothing is written.
    """
    assigned = Assigned(contest)
    bench = bench_of(contest, load=assigned.load)
    copies = BlindCopy.objects.filter(pk__in=leaders).defer("html", "text", "doubts").order_by("pk")
    return plan_more(contest, bench, [(copy, choice.readings) for copy in copies], assigned=assigned), bench


def order(contest: Contest, leaders: Collection[int], choice: Choice, *, actor: Any) -> Dealt:
    """Deal the round to judges who have not read these copies, and tell them. Once for a contest.

    Raises ``Refused`` when nobody leads, when the round was ordered before, and after the freeze.
    """
    if not leaders:
        raise Refused(_("Nobody leads yet: there is nothing to read once more."))
    with transaction.atomic():
        Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
        if access.is_decided(contest) or not keep_open(contest):
            raise Refused(_("The ranking is approved; nothing is dealt any more."))
        if SecondLook.objects.filter(contest=contest).exists():
            raise Refused(_("The second look was ordered already."))
        codes = BlindCopy.objects.filter(pk__in=leaders).order_by("code").values_list("code", flat=True)
        look = SecondLook.objects.create(
            contest=contest,
            share=choice.share,
            minimum=choice.minimum,
            readings=choice.readings,
            codes=list(codes),
            ordered_by=actor,
            ordered_at=clock.now(),
        )
        dealt = refill_second_look(contest)
        ledger.record(
            "deal.second_look",
            contest,
            actor=actor,
            data={
                "entries": len(look.codes),
                "assigned": len(dealt.assignments),
                "share": choice.share,
                "minimum": choice.minimum,
                "readings": choice.readings,
            },
        )
    return dealt
