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
from judging.assignments.allocation import Plan
from judging.assignments.bench import Assigned, Bench, bench_of
from judging.assignments.models import Assignment, SecondLook
from judging.assignments.readers import plan_more
from judging.assignments.substitutes import refill_second_look
from judging.assignments.writing import Dealt, Refused, withdraw
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


def end(contest: Contest, *, actor: Any) -> bool:
    """Take back what has not been handed in of the round; True if the whole round is gone with it.

    Where nothing was handed in, another one may be ordered; otherwise the round is over and what is in counts. Raises
    ``Refused`` where there is no round under way, and after the freeze.
    """
    with transaction.atomic():
        Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
        look = SecondLook.objects.filter(contest=contest).first()
        if look is None or look.ended_at is not None:
            raise Refused(_("There is no second look under way."))
        if access.is_decided(contest):
            raise Refused(_("The ranking is approved; nothing is dealt any more."))
        round_ = Assignment.objects.filter(contest=contest, round=Assignment.Round.SECOND_LOOK)
        taken = withdraw(round_.waiting(), actor=actor, reason="round_ended")
        gone = not round_.filter(state__in=[Assignment.State.DONE, Assignment.State.REMOVED]).exists()
        ledger.record("deal.second_look_ended", contest, actor=actor, data={"assigned": taken})
        if gone:
            look.delete()
        else:
            SecondLook.objects.filter(pk=look.pk).update(ended_at=clock.now())
    return gone
