"""Dealing essays to judges, giving them back, finding who reads instead."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from essays.anonymity.actions import hold
from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.ledger.states import SomeoneWasFirst, move
from judging.assignments import access, letters
from judging.assignments.allocation import Plan, allocate
from judging.assignments.bench import Bench, bench_of, entries_of, entry_of, without_text
from judging.assignments.models import Assignment, Deal, Recusal
from judging.assignments.ordering import rank_of
from judging.assignments.readers import barred_pairs, choose, not_again, pairs_of, wanting_readers, with_thirds
from judging.assignments.succession import why_nobody
from judging.panels.keys import keys_of
from judging.panels.models import Seat
from judging.rubrics.access import keep_open
from judging.rubrics.models import JudgingRules

BATCH = 1000
State, Round = Assignment.State, Assignment.Round


class Refused(Exception):
    """Something that the rules of dealing do not allow; ``message`` is for people."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Dealt:
    """What came of an act: new assignments, letters to send, copies (by code) that nobody may read and why."""

    assignments: list[Assignment] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    short: dict[str, tuple[str, ...]] = field(default_factory=dict)
    deal: Deal | None = None


# --- The deal -----------------------------------------------------------------------------------


def plan(contest: Contest, seed: str) -> Plan:
    """Who would read what, with this seed; nothing is written. Ids are primary keys as text.

    Standing assignments stay as they are; a recused judge never gets that entry again, in no version.
    Raises ``Refused`` where rules of judging, judges or essays are missing.
    """
    rules = JudgingRules.objects.filter(contest=contest).first()
    if rules is None:
        raise Refused(_("Set the rules of judging first: how many reviews each essay gets."))
    bench = bench_of(contest)
    if not bench.judges:
        raise Refused(_("Nobody has accepted a seat yet. Invite judges first."))
    copies = without_text(contest)
    if not copies:
        raise Refused(_("There is nothing to deal yet: no essay is admitted and ready for the jury."))
    return allocate(
        entries_of(copies),
        with_thirds(contest, bench),
        reviews=rules.reviews_per_entry,
        seed=seed,
        fixed=pairs_of(Assignment.objects.filter(contest=contest, round=Round.FIRST).standing()),
        barred=barred_pairs(contest, copies),
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
        assignments = _assign(pairs, Round.FIRST, now=now, deal=deal)
        counts = Counter(assignment.seat_id for assignment in assignments)
        owed = letters.essays_wait(
            contest, [(seat, counts[seat.pk], f"deal:{deal.pk}:{seat.pk}") for seat in bench.seats.values()]
        )
    return Dealt(assignments, owed, deal=deal)


# --- Giving back --------------------------------------------------------------------------------


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
        if reason == Recusal.Reason.IDENTITY_VISIBLE and copy.state == BlindCopy.State.RELEASED:
            hold(copy, actor, Recusal.Reason.IDENTITY_VISIBLE)
        assignment.copy = copy
        if assignment.round == Round.THIRD:
            return appoint_third(copy)
        return refill(assignment.contest, [copy.pk])


def take_back(copy: BlindCopy, *, actor: Any = None, reason: str = "copy_left") -> int:
    """Withdraw what has not been scored of a copy that left the competition; returns how many. Safe to repeat."""
    return _withdraw(Assignment.objects.filter(copy=copy).waiting(), actor=actor, reason=reason)


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
    return _withdraw(Assignment.objects.waiting().filter(gone), actor=None, reason="copy_left")


# --- Who reads instead --------------------------------------------------------------------------


def refill(contest: Contest, only: Iterable[int] | None = None) -> Dealt:
    """Find readers for copies that were dealt and lost one: the least loaded of those who may. Safe to repeat.

    ``only``: ids of copies to look at; by default all. Copies that were never dealt wait for the organizer's plan;
    after the judging's end nobody is asked any more.
    """
    rules = JudgingRules.objects.filter(contest=contest).first()
    if rules is None or rules.results_frozen_at is not None or clock.now() >= contest.judging_ends_at:
        return Dealt()
    with transaction.atomic():
        Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
        wanting = wanting_readers(contest, rules.reviews_per_entry, only)
        if not wanting:
            return Dealt()
        bench = bench_of(contest)
        chosen: list[tuple[BlindCopy, Seat]] = []
        short: dict[str, tuple[str, ...]] = {}
        barred_of = not_again([copy for copy, _ in wanting])
        for copy, missing in wanting:
            barred = barred_of[copy.code]
            for number in range(missing):
                seat = choose(copy, bench, barred, f"{copy.code}:{number}:{len(barred)}")
                if seat is None:
                    short[copy.code] = why_nobody(entry_of(copy), bench.judges, load=bench.load, barred=barred)
                    break
                chosen.append((copy, seat))
        assignments = _assign(chosen, Round.FIRST, now=clock.now())
        return Dealt(assignments, _tell(contest, assignments, bench), short)


def appoint_third(copy: BlindCopy) -> Dealt:
    """Give a copy whose reviews disagree to a third reviewer; at most one stands, however often this runs.

    ``short`` names why, if nobody may. A copy that is not in the competition now, or whose results are frozen,
    gets none.
    """
    contest = copy.contest
    in_competition = BlindCopy.objects.filter(pk=copy.pk).in_competition().exists()
    if not in_competition or access.is_decided(contest) or third_of(copy) is not None:
        return Dealt()
    bench = bench_of(contest)
    barred = not_again([copy])[copy.code]
    seat = choose(copy, bench, barred, f"{copy.code}:third:{len(barred)}")
    if seat is None:
        return Dealt(short={copy.code: why_nobody(entry_of(copy), bench.judges, load=bench.load, barred=barred)})
    try:
        with transaction.atomic():
            assignments = _assign([(copy, seat)], Round.THIRD, now=clock.now())
            ledger.record("assignment.third", assignments[0])
            return Dealt(assignments, _tell(contest, assignments, bench))
    except IntegrityError:
        # Another worker appointed one between our look and our insert.
        return Dealt()


def third_of(copy: BlindCopy) -> Assignment | None:
    """The standing third review of a copy."""
    return Assignment.objects.filter(copy=copy, round=Round.THIRD).standing().first()


def why_no_third(contest: Contest, copies: Iterable[BlindCopy]) -> dict[int, tuple[str, ...]]:
    """For copies that want a third reviewer: why nobody may be asked (empty where somebody may), by copy id."""
    copies = list(copies)
    if not copies:
        return {}
    bench, barred = bench_of(contest), not_again(copies)
    return {
        copy.pk: why_nobody(entry_of(copy), bench.judges, load=bench.load, barred=barred[copy.code]) for copy in copies
    }


def remind(contest: Contest, *, actor: Any) -> list[int]:
    """Owe a reminder to every judge who is behind an even pace; at most one a day each. Returns letters."""
    owed = letters.reminders(contest, clock.now())
    if owed:
        ledger.record("assignments.reminded", contest, actor=actor, data={"letters": len(owed)})
    return owed


# --- Parts --------------------------------------------------------------------------------------


def _assign(
    pairs: list[tuple[BlindCopy, Seat]], round_: int, *, now: datetime, deal: Deal | None = None
) -> list[Assignment]:
    """Write assignments. One that was withdrawn before is revived, with whatever had been written."""
    withdrawn = _withdrawn(pairs)
    fresh, revived = [], []
    for copy, seat in pairs:
        old = withdrawn.get((copy.pk, seat.pk))
        if old is not None:
            submitted = old.submitted  # type: ignore[attr-defined]
            move(old, State.DONE if submitted else State.WAITING, round=round_, assigned_at=now)
            revived.append(old)
            continue
        place = int.from_bytes(rank_of(copy.code, judge=seat.seed.hex, key=seat.seed.bytes)[:8], "big") >> 1
        fresh.append(
            Assignment(
                contest_id=copy.contest_id,
                seat=seat,
                copy=copy,
                deal=deal,
                round=round_,
                place=place,
                assigned_at=now,
            )
        )
    return Assignment.objects.bulk_create(fresh, batch_size=BATCH) + revived


def _withdrawn(pairs: list[tuple[BlindCopy, Seat]]) -> dict[tuple[int, int], Assignment]:
    if not pairs:
        return {}
    contest_id = pairs[0][0].contest_id
    rows = Assignment.objects.filter(contest_id=contest_id, state=State.WITHDRAWN).annotate(
        # Reviews are a slice above; whether one was submitted decides how its assignment comes back.
        submitted=Exists(Assignment.objects.filter(pk=OuterRef("pk"), review__state="submitted"))
    )
    if len(pairs) <= BATCH:
        rows = rows.filter(copy_id__in=[copy.pk for copy, _ in pairs])
    return {(row.copy_id, row.seat_id): row for row in rows}


def _withdraw(assignments: Any, *, actor: Any, reason: str) -> int:
    count = 0
    for assignment in assignments:
        try:
            move(assignment, State.WITHDRAWN, actor=actor, data={"reason": reason})
        except SomeoneWasFirst:
            continue  # scored or given back in this very moment: nothing is open any more
        count += 1
    return count


def _hand_on(contest: Contest, assignments: list[Assignment], *, actor: Any, reason: str) -> Dealt:
    """Withdraw these and find other readers, in their own rounds."""
    _withdraw(assignments, actor=actor, reason=reason)
    results = [appoint_third(one.copy) for one in assignments if one.round == Round.THIRD]
    first = [one.copy_id for one in assignments if one.round == Round.FIRST]
    if first:
        results.append(refill(contest, first))
    merged = Dealt()
    for result in results:
        merged.assignments.extend(result.assignments)
        merged.letters.extend(result.letters)
        merged.short.update(result.short)
    return merged


def _tell(contest: Contest, assignments: list[Assignment], bench: Bench) -> list[int]:
    by_seat: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in assignments:
        if assignment.state == State.WAITING:
            by_seat[assignment.seat_id].append(assignment)
    owed = []
    for seat_id, mine in by_seat.items():
        first = min(mine, key=lambda one: one.pk)
        key = f"assignment:{first.pk}:{int(first.assigned_at.timestamp())}"
        owed.append((bench.seats[str(seat_id)], len(mine), key))
    return letters.essays_wait(contest, owed)
