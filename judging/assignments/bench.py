"""What the allocation needs to know of a contest's judges and copies, read in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from django.db.models import Count, Value

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from judging.assignments.models import Assignment
from judging.assignments.parties import Entry, Judge
from judging.panels.keys import keys_of_seats
from judging.panels.models import DeclaredConflict, Seat


@dataclass
class Bench:
    """The judges who read, by seat id as text, and how many essays each holds (kept true by who deals)."""

    seats: dict[str, Seat] = field(default_factory=dict)
    judges: list[Judge] = field(default_factory=list)
    load: dict[str, int] = field(default_factory=dict)


def bench_of(contest: Contest, *, seats: Iterable[Seat] | None = None, load: Mapping[str, int] | None = None) -> Bench:
    """Everybody who may be given essays of the contest.

    ``seats``: those that read, with their accounts, and ``load``: how many essays each holds, by seat id as text;
    where the caller has read them already.
    """
    if seats is None:
        seats = Seat.objects.filter(contest=contest).reading().select_related("user")
    seats = sorted(seats, key=lambda seat: seat.pk)
    if load is None:
        held = Assignment.objects.filter(contest=contest).standing().values_list("seat_id").annotate(Count("pk"))
        load = {str(seat_id): count for seat_id, count in held.order_by()}
    said = _Said(contest, [seat.pk for seat in seats])
    keys = keys_of_seats(contest, seats, said.declared)
    judges = [Judge(str(seat.pk), said.cells_of(seat.pk), keys[seat.pk], seat.capacity) for seat in seats]
    return Bench({str(seat.pk): seat for seat in seats}, judges, dict(load))


class _Said:
    """What is said of seats beside themselves: their limits and the people they declared, read in one query."""

    def __init__(self, contest: Contest, seats: list[int]) -> None:
        self.declared: dict[int, list[str]] = defaultdict(list)
        # Under 0 all that the contest has: for seats that are limited one way and not the other.
        self._categories: dict[int, list[int]] = defaultdict(list)
        self._nominations: dict[int, list[int]] = defaultdict(list)
        no_key = Value("")
        of_seats = {"seat_id__in": seats}
        rows = DeclaredConflict.objects.filter(**of_seats).values_list("seat_id", Value("key"), Value(0), "key")
        rows = rows.union(
            Seat.categories.through.objects.filter(**of_seats).values_list(
                "seat_id", Value("category"), "category_id", no_key
            ),
            Seat.nominations.through.objects.filter(**of_seats).values_list(
                "seat_id", Value("nomination"), "nomination_id", no_key
            ),
            contest.categories.order_by().values_list(Value(0), Value("category"), "pk", no_key),
            contest.nominations.order_by().values_list(Value(0), Value("nomination"), "pk", no_key),
            all=True,
        )
        for seat, kind, number, key in rows:
            if kind == "key":
                self.declared[seat].append(key)
            else:
                (self._categories if kind == "category" else self._nominations)[seat].append(number)

    def cells_of(self, seat: int) -> frozenset[str] | None:
        """Cells that a seat may read, «category:nomination»; None where it may read all."""
        categories, nominations = self._categories.get(seat), self._nominations.get(seat)
        if not categories and not nominations:
            return None
        pairs = product(categories or self._categories[0], nominations or self._nominations[0])
        return frozenset(f"{category}:{nomination}" for category, nomination in pairs)


class Assigned:
    """All that was ever assigned in a contest and is of account for a deal, read in one query."""

    def __init__(self, contest: Contest) -> None:
        state = Assignment.State
        self.rows = list(
            Assignment.objects.filter(
                contest=contest, state__in=[state.WAITING, state.DONE, state.RECUSED, state.REMOVED]
            )
            .order_by()
            .values_list("copy_id", "copy__code", "seat_id", "state", "round")
        )

    def standing(self, *, first: bool | None = None) -> list[tuple[int, str, int]]:
        """Copy, its code and the seat of what stands; of the first round only, or of later ones only."""
        return [
            (copy, code, seat)
            for copy, code, seat, state, round_ in self.rows
            if state in (Assignment.State.WAITING, Assignment.State.DONE)
            and (first is None or first == (round_ == Assignment.Round.FIRST))
        ]

    def over(self) -> list[tuple[str, int]]:
        """Code and seat of what was given back or removed."""
        gone = (Assignment.State.RECUSED, Assignment.State.REMOVED)
        return [(code, seat) for _copy, code, seat, state, _round in self.rows if state in gone]

    @property
    def load(self) -> dict[str, int]:
        """By seat id as text: how many essays each holds."""
        return Counter(str(seat) for _copy, _code, seat in self.standing())


def entry_of(copy: BlindCopy) -> Entry:
    """What the allocation may know of a copy."""
    return Entry(str(copy.pk), f"{copy.category_id}:{copy.nomination_id}", frozenset(copy.conflict_keys))


def entries_of(copies: Iterable[BlindCopy]) -> list[Entry]:
    return [entry_of(copy) for copy in copies]


def without_text(contest: Contest) -> "list[BlindCopy]":
    """The copies in the competition, for dealing: their texts stay in the database."""
    return list(BlindCopy.objects.of_contest(contest).in_competition().defer("html", "text", "doubts").order_by("pk"))
