"""Dealing essays to judges, and giving them back."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essays.anonymity.actions import raise_alarm
from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.ledger.states import SomeoneWasFirst, move
from judging.assignments import access, letters
from judging.assignments.allocation import Plan, allocate
from judging.assignments.bench import Assigned, bench_of, entries_of, without_text
from judging.assignments.models import Assignment, Deal, Recusal
from judging.assignments.readers import (
    barred_pairs,
    fixed_pairs,
    with_later_rounds,
)
from judging.assignments.substitutes import find_others
from judging.assignments.writing import Dealt, Refused, assign, withdraw
from judging.panels.keys import keys_of
from judging.panels.models import Seat
from judging.rubrics.access import keep_open
from judging.rubrics.models import JudgingRules

__all__ = [
    "Refused",
    "apply",
    "plan",
    "recuse",
    "remind",
    "take_back",
    "take_back_conflicts",
    "take_back_departed",
    "take_back_from",
]
State, Round = Assignment.State, Assignment.Round


def plan(
    contest: Contest, seed: str, *, rules: JudgingRules | None = None, seats: Iterable[Seat] | None = None
) -> Plan:
    """Who would read what, with this seed; nothing is written. Ids are primary keys as text.

    Standing assignments stay as they are; a recused judge never gets that entry again, in no version.
    ``rules`` and ``seats``, those that read with their accounts: where the caller has read them already.
    Raises ``Refused`` where rules of judging, judges or essays are missing.
    """
    rules = rules or JudgingRules.objects.filter(contest=contest).first()
    if rules is None:
        raise Refused(_("Set the rules of judging first: how many reviews each essay gets."))
    assigned = Assigned(contest)
    bench = bench_of(contest, seats=seats, load=assigned.load)
    if not bench.judges:
        raise Refused(_("Nobody has accepted a seat yet. Invite judges first."))
    copies = without_text(contest)
    if not copies:
        raise Refused(_("There is nothing to deal yet: no essay is admitted and ready for the jury."))
    return allocate(
        entries_of(copies),
        with_later_rounds(assigned, bench),
        reviews=rules.reviews_per_entry,
        seed=seed,
        fixed=fixed_pairs(assigned),
        barred=barred_pairs(assigned, copies),
    )


def apply(contest: Contest, seed: str, actor: Any, *, early: bool = False) -> Dealt:
    """Make the plan of this seed true and tell the judges, all or nothing. Applied twice, it deals once.

    Raises ``Refused`` before intake is closed, unless ``early``, and after the results are frozen.
    """
    if not early and not access.intake_is_over(contest, clock.now()):
        raise Refused(_("Intake is still open. Essays that come in later would have to be dealt apart."))
    if access.is_decided(contest):
        raise Refused(_("The ranking is approved; nothing is dealt any more."))
    with transaction.atomic():
        # Two organizers deal one after the other: the second finds everything dealt.
        Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
        made = plan(contest, seed)
        if not made.added:
            return Dealt(deal=contest.deals.order_by("-pk").first())
        now = clock.now()
        deal = Deal.objects.create(
            contest=contest,
            seed=seed,
            reviews=contest.judging_rules.reviews_per_entry,
            applied_by=actor,
            applied_at=now,
            assigned=len(made.added),
            shortages=[
                {"cell": short.cell, "slots": short.slots, "reasons": list(short.reasons)} for short in made.shortages
            ],
        )
        ledger.record(
            "deal.applied",
            deal,
            actor=actor,
            data={"seed": seed, "assigned": len(made.added), "missing": made.wanted - made.filled},
        )
        bench = bench_of(contest)
        copies = {str(copy.pk): copy for copy in without_text(contest)}
        pairs = [(copies[entry], bench.seats[judge]) for entry, judge in made.added]
        assignments = assign(pairs, Round.FIRST, now=now, deal=deal)
        counts = Counter(assignment.seat_id for assignment in assignments)
        owed = letters.essays_wait(
            contest, [(seat, counts[seat.pk], f"deal:{deal.pk}:{seat.pk}") for seat in bench.seats.values()]
        )
    return Dealt(assignments, owed, deal=deal)


def recuse(assignment: Assignment, reason: str, note: str, *, actor: Any) -> Dealt:
    """The judge gives an essay back: it leaves the queue at once and, if anybody may, another judge gets it.

    With «the text shows who wrote it» the copy is held until somebody has looked at it, and the other judge is
    found when it is released. Raises ``Refused`` when the essay is not the judge's any more or results are frozen.
    """
    if not access.may_recuse(assignment, clock.now()):
        raise Refused(_("This essay is not on your desk any more."))
    with transaction.atomic():
        if not keep_open(assignment.contest):
            raise Refused(_("This essay is not on your desk any more."))
        try:
            move(assignment, State.RECUSED, actor=actor, data={"reason": str(reason)})
        except SomeoneWasFirst as first:
            raise Refused(_("This essay is not on your desk any more.")) from first
        Recusal.objects.create(assignment=assignment, reason=reason, note=note.strip(), at=clock.now())
        copy = BlindCopy.objects.select_for_update(no_key=True).get(pk=assignment.copy_id)
        # Where names are not hidden, to know the author is the judge's affair and no fault of the copy.
        hidden = assignment.contest.blindness == Contest.Blindness.FULL
        if hidden and reason == Recusal.Reason.IDENTITY_VISIBLE:
            raise_alarm(copy, actor, note.strip())
        assignment.copy = copy
        return find_others(assignment.contest, [assignment])


def take_back(copy: BlindCopy, *, actor: Any = None, reason: str = "copy_left") -> int:
    """Withdraw what has not been scored of a copy that left the competition; returns how many. Safe to repeat."""
    return withdraw(Assignment.objects.filter(copy=copy).waiting(), actor=actor, reason=reason)


def take_back_from(seat: Seat, *, actor: Any = None) -> Dealt:
    """Withdraw a seat's open assignments (its judge left) and let others read; scored reviews stay."""
    with transaction.atomic():
        mine = Assignment.objects.filter(seat=seat).waiting()
        return _hand_on(seat.contest, list(mine.select_related("copy")), actor=actor, reason="judge_left")


def take_back_conflicts(seat: Seat, *, actor: Any = None) -> Dealt:
    """Withdraw, also where scored, what a conflict declared later forbids; others read instead.

    After the results are frozen only open assignments are withdrawn: the frozen record stands.
    """
    keys = keys_of(seat)
    with transaction.atomic():
        mine = Assignment.objects.filter(seat=seat)
        mine = mine.waiting() if access.is_decided(seat.contest) else mine.standing()
        mine = mine.select_related("copy").defer("copy__html", "copy__text")
        hit = [assignment for assignment in mine if not keys.isdisjoint(assignment.copy.conflict_keys)]
        return _hand_on(seat.contest, hit, actor=actor, reason="conflict")


def take_back_departed() -> int:
    """Withdraw open assignments of every copy that left the competition for good: withdrawn, disqualified, replaced."""
    gone = Q(copy__state__in=[BlindCopy.State.RETIRED, BlindCopy.State.SUPERSEDED]) | Q(
        copy__state=BlindCopy.State.RELEASED, copy__admitted=False
    )
    return withdraw(Assignment.objects.waiting().filter(gone), actor=None, reason="copy_left")


def remind(contest: Contest, *, actor: Any) -> list[int]:
    """Owe a reminder to every judge who is behind an even pace; at most one a day each. Returns letters."""
    owed = letters.reminders(contest, clock.now())
    if owed:
        ledger.record("assignments.reminded", contest, actor=actor, data={"letters": len(owed)})
    return owed


def _hand_on(contest: Contest, assignments: list[Assignment], *, actor: Any, reason: str) -> Dealt:
    """Withdraw these and find other readers, in their own rounds."""
    withdraw(assignments, actor=actor, reason=reason)
    return find_others(contest, assignments)
