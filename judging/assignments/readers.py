"""Who may, must not and need not read a copy: what the deal and the search for another reader ask the database."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from judging.assignments.allocation import Judge, Pair
from judging.assignments.bench import Bench, entry_of
from judging.assignments.models import Assignment
from judging.assignments.succession import successor
from judging.panels.models import Seat

State, Round = Assignment.State, Assignment.Round


def pairs_of(assignments: Any) -> list[Pair]:
    return [(str(copy), str(seat)) for copy, seat in assignments.values_list("copy_id", "seat_id").order_by()]


def barred_pairs(contest: Contest, copies: list[BlindCopy]) -> list[Pair]:
    """Pairs that must not come about: recused in any version of the entry, or read already in another round."""
    by_code = {copy.code: str(copy.pk) for copy in copies}
    recused = Assignment.objects.filter(contest=contest, state=State.RECUSED)
    third = Assignment.objects.filter(contest=contest, round=Round.THIRD).standing()
    found = []
    for some in (recused, third):
        for code, seat in some.values_list("copy__code", "seat_id").order_by():
            if code in by_code:
                found.append((by_code[code], str(seat)))
    return found


def with_thirds(contest: Contest, bench: Bench) -> list[Judge]:
    """The judges with their capacity lowered by the third reviews they hold, which the plan does not know of."""
    thirds = Counter(
        str(seat)
        for seat in Assignment.objects.filter(contest=contest, round=Round.THIRD)
        .standing()
        .values_list("seat_id", flat=True)
    )
    return [
        judge if judge.capacity is None else replace(judge, capacity=max(0, judge.capacity - thirds[judge.id]))
        for judge in bench.judges
    ]


def not_again(copies: list[BlindCopy]) -> dict[str, set[str]]:
    """By code: seats that read the copy now, or gave it back in any version."""
    found: dict[str, set[str]] = {copy.code: set() for copy in copies}
    if not copies:
        return found
    ids = [copy.pk for copy in copies]
    reading = Q(copy_id__in=ids, state__in=[State.WAITING, State.DONE])
    recused = Q(copy__code__in=list(found), state=State.RECUSED)
    rows = Assignment.objects.filter(reading | recused, contest_id=copies[0].contest_id)
    for code, seat in rows.values_list("copy__code", "seat_id").order_by():
        found[code].add(str(seat))
    return found


def wanting_readers(contest: Contest, reviews: int, only: Iterable[int] | None) -> list[tuple[BlindCopy, int]]:
    """Copies in the competition that were dealt before and have fewer first-round readers than the rules want."""
    dealt = Assignment.objects.filter(contest=contest, copy__code=OuterRef("code"))
    copies = BlindCopy.objects.of_contest(contest).in_competition().filter(Exists(dealt))
    if only is not None:
        copies = copies.filter(pk__in=list(only))
    readers = Count(
        "assignments",
        filter=Q(assignments__state__in=[State.WAITING, State.DONE], assignments__round=Round.FIRST),
    )
    short = copies.annotate(readers=readers).filter(readers__lt=reviews).order_by("pk")
    return [(copy, reviews - copy.readers) for copy in short.defer("html", "text", "doubts")]


def choose(copy: BlindCopy, bench: Bench, barred: set[str], seed: str) -> Seat | None:
    """The seat to read next; the bench's load and ``barred`` are brought up to date."""
    judge = successor(entry_of(copy), bench.judges, load=bench.load, barred=barred, seed=seed)
    if judge is None:
        return None
    barred.add(judge.id)
    bench.load[judge.id] = bench.load.get(judge.id, 0) + 1
    return bench.seats[judge.id]
