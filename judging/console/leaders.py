"""Who leads after the first round, cell by cell, and what a second look at them would cost. Read-only."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db.models import Count, Q

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from judging.assignments import second_look
from judging.assignments.models import Assignment
from judging.assignments.pace import MINUTES_AN_ESSAY
from judging.assignments.second_look import Choice
from judging.panels.models import Seat
from judging.ranking.cells import merge_cells
from judging.reviews.models import Review
from judging.reviews.second_look import FirstRound, Level, how_many, leaders, level
from judging.reviews.spread import Scored
from judging.rubrics.models import JudgingRules

State, Round = Assignment.State, Assignment.Round
SHARES = (10, 15, 20, 25, 30, 40)
LEAST, MOST = 5, 50


@dataclass(frozen=True)
class Cell:
    """One category × nomination, or nominations that are merged: how many essays, how many are read once more."""

    label: str
    entries: int
    leaders: int
    readings: int

    @property
    def hours(self) -> float:
        return hours(self.readings)


@dataclass(frozen=True)
class Share:
    """One judge: what they hold now and would get."""

    seat: Seat
    now: int
    more: int

    @property
    def hours(self) -> float:
        return hours(self.more)


@dataclass(frozen=True)
class Price:
    """What another choice of the share would cost."""

    share: int
    leaders: int
    readings: int
    chosen: bool

    @property
    def hours(self) -> float:
        return hours(self.readings)


class AfterFirstRound:
    """The first round of a contest as it stands, in a fixed number of questions to the database."""

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        self.rules: JudgingRules | None = getattr(contest, "judging_rules", None)
        self._copies = list(
            BlindCopy.objects.of_contest(contest)
            .in_competition()
            .annotate(
                done=Count("assignments", filter=Q(assignments__state=State.DONE, assignments__round=Round.FIRST))
            )
            .order_by("pk")
            .values_list("pk", "code", "category_id", "nomination_id", "done")
        )
        self._totals: dict[int, list[Scored]] = defaultdict(list)
        submitted = Review.objects.filter(
            state=Review.State.SUBMITTED,
            assignment__contest=contest,
            assignment__state=State.DONE,
            assignment__round=Round.FIRST,
        )
        for pk, copy, total in submitted.order_by().values_list("pk", "assignment__copy_id", "total"):
            self._totals[copy].append(Scored(str(pk), total or Decimal(0)))

    @property
    def entries(self) -> int:
        return len(self._copies)

    @property
    def scored(self) -> int:
        """Essays with at least one review."""
        return sum(bool(done) for *_, done in self._copies)

    @property
    def missing(self) -> int:
        """Reviews that the first round still lacks."""
        wanted = self.rules.reviews_per_entry if self.rules else 1
        return sum(max(0, wanted - done) for *_, done in self._copies)

    @property
    def sums(self) -> bool:
        """Is the result a sum, which one more reading would raise?"""
        return self.rules is not None and self.rules.aggregation == JudgingRules.Aggregation.SUM

    @cached_property
    def _cell_of(self) -> dict[tuple[int, int], str]:
        """Merged as the ranking merges them: who competes together is compared together."""
        counts = Counter((f"{category:012}", f"{nomination:012}") for _, _, category, nomination, _ in self._copies)
        cells = merge_cells(counts, self.rules.smallest_cell if self.rules else 0)
        return {
            (int(cell.category), int(nomination)): f"{number:05}"
            for number, cell in enumerate(cells)
            for nomination in cell.nominations
        }

    @cached_property
    def _first_round(self) -> list[FirstRound]:
        return [
            FirstRound(self._cell_of[category, nomination], str(pk), tuple(self._totals[pk]))
            for pk, _code, category, nomination, _done in self._copies
            if self._totals.get(pk)
        ]

    def leaders(self, choice: Choice) -> list[int]:
        """Ids of copies."""
        return [int(pk) for pk in leaders(self._first_round, Fraction(choice.share, 100), choice.minimum)]

    def digest(self, chosen: Iterable[int]) -> str:
        """What an organizer has seen, so that nothing else is ordered."""
        return hashlib.sha256(",".join(map(str, sorted(chosen))).encode()).hexdigest()[:16]

    def prices(self, choice: Choice) -> list[Price]:
        """What the usual shares, and the chosen one, cost."""
        found = {
            share: how_many(self._levels, Fraction(share, 100), choice.minimum) for share in {*SHARES, choice.share}
        }
        return [
            Price(share, many, many * choice.readings, share == choice.share) for share, many in sorted(found.items())
        ]

    @cached_property
    def _levels(self) -> list[list[Level]]:
        by_cell: dict[str, list[Level]] = defaultdict(list)
        for one in self._first_round:
            by_cell[one.cell].append(level(one.reviews))
        return [sorted(levels, reverse=True) for levels in by_cell.values()]

    def cells(self, chosen: Iterable[int], readings: int) -> list[Cell]:
        """In the regulation's order."""
        among = set(chosen)
        entries: Counter[str] = Counter()
        found: Counter[str] = Counter()
        for pk, _code, category, nomination, _done in self._copies:
            cell = self._cell_of[category, nomination]
            entries[cell] += 1
            found[cell] += pk in among
        categories = {one.pk: str(one.name) for one in self.contest.categories.all()}
        nominations = {one.pk: str(one.name) for one in self.contest.nominations.all()}
        held: dict[str, list[str]] = defaultdict(list)
        of_category: dict[str, str] = {}
        for category_id, category_name in categories.items():
            for nomination_id, nomination_name in nominations.items():
                key = self._cell_of.get((category_id, nomination_id))
                if key is not None:
                    of_category.setdefault(key, category_name)
                    held[key].append(nomination_name)
        return [
            Cell(f"{of_category[key]} · {', '.join(names)}", entries[key], found[key], found[key] * readings)
            for key, names in held.items()
        ]

    def shares(self, chosen: list[int], choice: Choice) -> tuple[list[Share], int]:
        """Who would get any, most first, and how many readings would find nobody."""
        if not chosen:
            return [], 0
        plan, bench = second_look.plan(self.contest, chosen, choice)
        more = Counter(judge for _entry, judge in plan.added)
        rows = [
            Share(seat, bench.load.get(judge, 0), more[judge]) for judge, seat in bench.seats.items() if more[judge]
        ]
        return sorted(rows, key=lambda row: (-row.more, str(row.seat))), plan.wanted - plan.filled


def hours(readings: int) -> float:
    return readings * MINUTES_AN_ESSAY / 60
