"""A second look at the leaders: who is read once more after the first round, and what each choice would cost. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from judging.reviews.spread import Scored, SpreadRules, disagree

Level = int | Fraction
SCALE = Decimal(36_036_000)
"""Hundredths, divided by any number of reviews up to fifteen, are whole numbers of it."""


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
    part = _part(share)
    found = []
    for several in _by_cell(entries).values():
        levels = [level(one.reviews) for one in several]
        last = _last(sorted(levels, reverse=True), part, minimum)
        found += [one.entry for one, own in zip(several, levels, strict=True) if last is not None and own >= last]
    return tuple(sorted(found))


def how_many(levels: Iterable[Sequence[Level]], share: Decimal | Fraction, minimum: int = 0) -> int:
    """How many ``leaders`` would name, of cells given as the levels of their entries, highest first."""
    part = _part(share)
    count = 0
    for own in levels:
        last = _last(own, part, minimum)
        count += 0 if last is None else sum(level >= last for level in own)
    return count


def level(reviews: Sequence[Scored]) -> Level:
    """The plain mean times SCALE, exact: whole numbers are compared many times as fast as fractions."""
    scaled = sum((review.total for review in reviews), Decimal()) * SCALE
    whole, rest = divmod(scaled, len(reviews))
    return int(whole) if not rest else Fraction(scaled) / len(reviews)


def _part(share: Decimal | Fraction) -> Fraction:
    part = Fraction(share)
    if not 0 <= part <= 1:
        raise ValueError("a share lies between 0 and 1")
    return part


def _last(levels: Sequence[Level], part: Fraction, minimum: int) -> Level | None:
    """The level of the last leader; None where nobody leads."""
    count = min(max(ceil(part * len(levels)), minimum), len(levels))
    return levels[count - 1] if count else None


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
