"""Who may, must not and need not read a copy: what the deal and the search for another reader ask the database."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from judging.assignments.allocation import Plan, allocate
from judging.assignments.bench import Assigned, Bench, entry_of
from judging.assignments.models import Assignment
from judging.assignments.parties import Judge, Pair
from judging.assignments.succession import successor, why_nobody
from judging.panels.models import Seat

State, Round = Assignment.State, Assignment.Round
Wanting = Sequence[tuple[BlindCopy, int]]
"""Copies with the number of readers that each lacks."""
BULK = 8
"""From so many empty places on they are dealt together, so that loads come out even."""


def fixed_pairs(assigned: Assigned) -> list[Pair]:
    """What stands of the first round."""
    return [(str(copy), str(seat)) for copy, _code, seat in assigned.standing(first=True)]


def barred_pairs(assigned: Assigned, copies: list[BlindCopy]) -> list[Pair]:
    """Pairs that must not come about: given back or removed in any version of the entry, or read in another round."""
    by_code = {copy.code: str(copy.pk) for copy in copies}
    later = [(code, seat) for _copy, code, seat in assigned.standing(first=False)]
    return [(by_code[code], str(seat)) for code, seat in [*assigned.over(), *later] if code in by_code]


def with_later_rounds(assigned: Assigned, bench: Bench) -> list[Judge]:
    """The judges with their capacity lowered by what they hold beside the first round, which the plan knows not of."""
    later = Counter(str(seat) for _copy, _code, seat in assigned.standing(first=False))
    return [
        judge if judge.capacity is None else replace(judge, capacity=max(0, judge.capacity - later[judge.id]))
        for judge in bench.judges
    ]


def not_again(copies: list[BlindCopy], assigned: Assigned | None = None) -> dict[str, set[str]]:
    """By code: seats that read the copy now, or whose reading of any version was given back or removed."""
    found: dict[str, set[str]] = {copy.code: set() for copy in copies}
    if not copies:
        return found
    if assigned is not None:
        now = {copy.pk for copy in copies}
        reading_now = [(code, seat) for copy, code, seat in assigned.standing() if copy in now]
        for code, seat in [*reading_now, *assigned.over()]:
            if code in found:
                found[code].add(str(seat))
        return found
    ids = [copy.pk for copy in copies]
    reading = Q(copy_id__in=ids, state__in=[State.WAITING, State.DONE])
    over = Q(copy__code__in=list(found), state__in=[State.RECUSED, State.REMOVED])
    rows = Assignment.objects.filter(reading | over, contest_id=copies[0].contest_id)
    for code, seat in rows.values_list("copy__code", "seat_id").order_by():
        found[code].add(str(seat))
    return found


def wanting_readers(contest: Contest, reviews: int, only: Iterable[int] | None) -> list[tuple[BlindCopy, int]]:
    """Copies in the competition that were dealt before and have fewer first-round readers than the rules want."""
    dealt = Assignment.objects.filter(contest=contest, copy__code=OuterRef("code"))
    copies = BlindCopy.objects.of_contest(contest).in_competition().filter(Exists(dealt))
    return _short_of(copies, Round.FIRST, reviews, only)


def wanting_second_look(
    contest: Contest, codes: Iterable[str], readings: int, only: Iterable[int] | None = None
) -> list[tuple[BlindCopy, int]]:
    """Copies of these codes in the competition that have fewer readers of the second look than was ordered."""
    copies = BlindCopy.objects.of_contest(contest).in_competition().filter(code__in=list(codes))
    return _short_of(copies, Round.SECOND_LOOK, readings, only)


def _short_of(copies: Any, round_: int, wanted: int, only: Iterable[int] | None) -> list[tuple[BlindCopy, int]]:
    if only is not None:
        copies = copies.filter(pk__in=list(only))
    readers = Count(
        "assignments",
        filter=Q(assignments__state__in=[State.WAITING, State.DONE], assignments__round=round_),
    )
    short = copies.annotate(readers=readers).filter(readers__lt=wanted).order_by("pk")
    return [(copy, wanted - copy.readers) for copy in short.defer("html", "text", "doubts")]


def choose(copy: BlindCopy, bench: Bench, barred: set[str], seed: str) -> Seat | None:
    """The seat to read next; the bench's load and ``barred`` are brought up to date."""
    judge = successor(entry_of(copy), bench.judges, load=bench.load, barred=barred, seed=seed)
    if judge is None:
        return None
    barred.add(judge.id)
    bench.load[judge.id] = bench.load.get(judge.id, 0) + 1
    return bench.seats[judge.id]


def readers_for(
    contest: Contest, bench: Bench, wanting: Wanting
) -> tuple[list[tuple[BlindCopy, Seat]], dict[str, tuple[str, ...]]]:
    """A seat for every empty place where anybody may read, and by code why nobody may where it stays empty.

    A few places go one by one to the least loaded; many are dealt together, so that loads come out even.
    """
    barred_of = not_again([copy for copy, _missing in wanting])
    if sum(missing for _copy, missing in wanting) >= BULK:
        made = plan_more(contest, bench, wanting, barred_of)
        copies = {str(copy.pk): copy for copy, _missing in wanting}
        codes = {entry: copies[entry].code for short in made.shortages for entry in short.entries}
        pairs = [(copies[entry], bench.seats[judge]) for entry, judge in made.added]
        short = {codes[entry]: one.reasons for one in made.shortages for entry in one.entries}
        return pairs, short
    chosen: list[tuple[BlindCopy, Seat]] = []
    short = {}
    for copy, missing in wanting:
        barred = barred_of[copy.code]
        for number in range(missing):
            seat = choose(copy, bench, barred, f"{copy.code}:{number}:{len(barred)}")
            if seat is None:
                short[copy.code] = why_nobody(entry_of(copy), bench.judges, load=bench.load, barred=barred)
                break
            chosen.append((copy, seat))
    return chosen, short


def plan_more(
    contest: Contest,
    bench: Bench,
    wanting: Wanting,
    barred_of: Mapping[str, set[str]] | None = None,
    *,
    seed: str | None = None,
    assigned: Assigned | None = None,
) -> Plan:
    """Who would take these empty places: even in all that a judge holds, of whatever round; nothing is written."""
    copies = [copy for copy, _missing in wanting]
    assigned = assigned or Assigned(contest)
    barred_of = not_again(copies, assigned) if barred_of is None else barred_of
    most = max((missing for _copy, missing in wanting), default=1)
    # What judges hold counts as load under names that are no entry's; places that are taken have nobody's name.
    fixed = [(f"held {copy}", str(seat)) for copy, _code, seat in assigned.standing()]
    fixed += [(str(copy.pk), f"taken {number}") for copy, missing in wanting for number in range(most - missing)]
    return allocate(
        [entry_of(copy) for copy in copies],
        bench.judges,
        reviews=most,
        seed=seed if seed is not None else ",".join(sorted(copy.code for copy in copies)),
        fixed=fixed,
        barred=[(str(copy.pk), seat) for copy in copies for seat in barred_of[copy.code]],
    )
