"""What the allocation needs to know of a contest's judges and copies, read in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from django.db.models import Count

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from judging.assignments.allocation import Entry, Judge
from judging.assignments.models import Assignment
from judging.panels.keys import keys_of_seats
from judging.panels.models import Seat


@dataclass
class Bench:
    """The judges who read, by seat id as text, and how many essays each holds (kept true by who deals)."""

    seats: dict[str, Seat] = field(default_factory=dict)
    judges: list[Judge] = field(default_factory=list)
    load: dict[str, int] = field(default_factory=dict)


def bench_of(contest: Contest) -> Bench:
    """Everybody who may be given essays of the contest."""
    seats = list(
        Seat.objects.filter(contest=contest)
        .reading()
        .select_related("user")
        .prefetch_related("categories", "nominations")
        .order_by("pk")
    )
    # Asked only where a seat is limited one way and not the other.
    categories = cache(lambda: [one.pk for one in contest.categories.all()])
    nominations = cache(lambda: [one.pk for one in contest.nominations.all()])
    keys = keys_of_seats(contest, seats)
    held = Assignment.objects.filter(contest=contest).standing().values_list("seat_id").annotate(Count("pk")).order_by()
    judges = []
    for seat in seats:
        only_categories = [one.pk for one in seat.categories.all()]
        only_nominations = [one.pk for one in seat.nominations.all()]
        cells = None
        if only_categories or only_nominations:
            pairs = product(only_categories or categories(), only_nominations or nominations())
            cells = frozenset(f"{category}:{nomination}" for category, nomination in pairs)
        judges.append(Judge(str(seat.pk), cells, keys[seat.pk], seat.capacity))
    return Bench({str(seat.pk): seat for seat in seats}, judges, {str(seat_id): count for seat_id, count in held})


def entry_of(copy: BlindCopy) -> Entry:
    """What the allocation may know of a copy."""
    return Entry(str(copy.pk), f"{copy.category_id}:{copy.nomination_id}", frozenset(copy.conflict_keys))


def entries_of(copies: Iterable[BlindCopy]) -> list[Entry]:
    return [entry_of(copy) for copy in copies]


def without_text(contest: Contest) -> "list[BlindCopy]":
    """The copies in the competition, for dealing: their texts stay in the database."""
    return list(BlindCopy.objects.of_contest(contest).in_competition().defer("html", "text", "doubts").order_by("pk"))
