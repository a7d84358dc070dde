"""A second look at the leaders: who is read once more after the first round, and what each choice would cost. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from judging.reviews.spread import Scored, SpreadRules, disagree


@dataclass(frozen=True, slots=True)
class FirstRound:
    """An entry after the first round: its cell and its submitted reviews, at least one."""

    cell: str
    entry: str
    reviews: tuple[Scored, ...]

    @property
    def mean(self) -> Fraction:
        return sum((Fraction(review.total) for review in self.reviews), Fraction()) / len(self.reviews)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a choice costs: more readings, by cell and in all."""

    by_cell: Mapping[str, int]

    @property
    def readings(self) -> int:
        return sum(self.by_cell.values())

    def hours(self, minutes: Decimal | int) -> Decimal:
        """Judge-hours at so many minutes an essay."""
        return Decimal(self.readings) * minutes / 60


def leaders(entries: Iterable[FirstRound], share: Decimal | Fraction, minimum: int = 0) -> tuple[str, ...]:
    """The best of each cell by the plain mean, ``share`` of its entries, rounded up; sorted by id.

    At least ``minimum`` of each cell, or all of a smaller one. Whoever is level with the last of them is among them:
    nobody is left out by chance. Raises ``ValueError`` for a share outside 0…1.
    """
    part = Fraction(share)
    if not 0 <= part <= 1:
        raise ValueError("a share lies between 0 and 1")
    found = []
    for several in _by_cell(entries).values():
        count = min(max(ceil(part * len(several)), minimum), len(several))
        if count:
            last = sorted((one.mean for one in several), reverse=True)[count - 1]
            found += [one.entry for one in several if one.mean >= last]
    return tuple(sorted(found))


def cost_of_leaders(
    entries: Iterable[FirstRound], share: Decimal | Fraction, readings: int = 1, minimum: int = 0
) -> Cost:
    """What ``readings`` more of the leaders cost."""
    entries = list(entries)
    chosen = set(leaders(entries, share, minimum))
    return _cost(entries, chosen, readings)


def cost_of_disagreement(entries: Iterable[FirstRound], rules: SpreadRules) -> Cost:
    """What a third reading wherever reviews disagree costs."""
    entries = list(entries)
    return _cost(entries, {one.entry for one in entries if disagree(one.reviews, rules)}, 1)


def _cost(entries: list[FirstRound], chosen: set[str], readings: int) -> Cost:
    return Cost(
        {
            cell: readings * sum(one.entry in chosen for one in several)
            for cell, several in sorted(_by_cell(entries).items())
        }
    )


def _by_cell(entries: Iterable[FirstRound]) -> dict[str, list[FirstRound]]:
    found: dict[str, list[FirstRound]] = defaultdict(list)
    for one in entries:
        found[one.cell].append(one)
    return found
