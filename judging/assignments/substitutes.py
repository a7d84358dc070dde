"""Finding who reads instead: in place of a lost reader, as the third of a disagreement, for a second look."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.ledger import actions as ledger
from essays.ledger import clock
from judging.assignments import access
from judging.assignments.bench import bench_of, entry_of
from judging.assignments.models import Assignment, SecondLook
from judging.assignments.readers import (
    choose,
    not_again,
    readers_for,
    wanting_readers,
    wanting_second_look,
)
from judging.assignments.succession import why_nobody
from judging.assignments.writing import Dealt, assign, tell
from judging.rubrics.models import JudgingRules

Round = Assignment.Round


def refill(contest: Contest, only: Iterable[int] | None = None, *, late: bool = False) -> Dealt:
    """Find readers for copies that were dealt and lost one: the least loaded of those who may. Safe to repeat.

    ``only``: ids of copies to look at; by default all. Copies that were never dealt wait for the organizer's plan;
    after the judging's end nobody is asked any more, unless ``late``: whoever reads then has the session's time.
    """
    rules = JudgingRules.objects.filter(contest=contest).first()
    if rules is None or rules.results_frozen_at is not None or not (late or clock.now() < contest.judging_ends_at):
        return Dealt()
    with transaction.atomic():
        Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
        wanting = wanting_readers(contest, rules.reviews_per_entry, only)
        if not wanting:
            return Dealt()
        bench = bench_of(contest)
        chosen, short = readers_for(contest, bench, wanting)
        assignments = assign(chosen, Round.FIRST, now=clock.now())
        return Dealt(assignments, tell(contest, assignments, bench), short)


def refill_second_look(contest: Contest, only: Iterable[int] | None = None) -> Dealt:
    """Find readers for leaders that lack one of the second look that was ordered. Safe to repeat, until the freeze."""
    look = SecondLook.objects.filter(contest=contest).first()
    if look is None or look.ended_at is not None or access.is_decided(contest):
        return Dealt()
    with transaction.atomic():
        Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
        wanting = wanting_second_look(contest, look.codes, look.readings, only)
        if not wanting:
            return Dealt()
        bench = bench_of(contest)
        chosen, short = readers_for(contest, bench, wanting)
        assignments = assign(chosen, Round.SECOND_LOOK, now=clock.now())
        return Dealt(assignments, tell(contest, assignments, bench), short)


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
            assignments = assign([(copy, seat)], Round.THIRD, now=clock.now())
            ledger.record("assignment.third", assignments[0])
            return Dealt(assignments, tell(contest, assignments, bench))
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


def find_others(contest: Contest, assignments: Iterable[Assignment], *, late: bool = False) -> Dealt:
    """Other readers in the place of these, in their own rounds. ``late``: also after the end of judging."""
    rounds: dict[int, list[Assignment]] = defaultdict(list)
    for one in assignments:
        rounds[one.round].append(one)
    results = [appoint_third(one.copy) for one in rounds[Round.THIRD]]
    if rounds[Round.FIRST]:
        results.append(refill(contest, [one.copy_id for one in rounds[Round.FIRST]], late=late))
    if rounds[Round.SECOND_LOOK]:
        results.append(refill_second_look(contest, [one.copy_id for one in rounds[Round.SECOND_LOOK]]))
    merged = Dealt()
    for result in results:
        merged.assignments.extend(result.assignments)
        merged.letters.extend(result.letters)
        merged.short.update(result.short)
    return merged
