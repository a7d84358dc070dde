"""How the reviews of one entry become one number: a registry of methods. Pure.

A method chooses which values count and by how many to divide their sum, so every result can be shown as
«(78 + 82) / 2».

``nearest`` is the only one that is not monotone: with 60, 70 and 79 the nearest two give 74.5; were the
79 an 81, they would be 60 and 70 and give 65. Rules that use it accept that.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from itertools import pairwise

from judging.rubrics.totals import EXACT

CALIBRATED = "calibrated"


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """One review's number: its total, or its mark of one criterion. ``third``: by the third reviewer."""

    value: Decimal
    review: str
    third: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """``counted`` values, lowest first, summed and divided by ``divisor``."""

    counted: tuple[Value, ...]
    divisor: int

    @property
    def sum(self) -> Decimal:
        return reduce(EXACT.add, (item.value for item in self.counted), Decimal(0))

    @property
    def exact(self) -> Fraction:
        numerator, denominator = self.sum.as_integer_ratio()
        return Fraction(numerator, denominator * self.divisor)


Choice = Callable[[Sequence[Value]], Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Method:
    """``choose`` gets at least one value, sorted. ``by_review``: which reviews count is settled by their totals, and
    single criteria follow that choice; otherwise each criterion is aggregated by itself.
    """

    key: str
    choose: Choice
    divides: bool = True
    by_review: bool = False

    def apply(self, values: Sequence[Value]) -> Outcome:
        """Raises ``ValueError`` for no values at all."""
        if not values:
            raise ValueError("nothing to aggregate")
        counted = tuple(self.choose(sorted(values)))
        return Outcome(counted, len(counted) if self.divides else 1)


def _all(values: Sequence[Value]) -> Sequence[Value]:
    return values


def _middle(values: Sequence[Value]) -> Sequence[Value]:
    half = (len(values) - 1) // 2
    return values[half : len(values) - half]


def _without_extremes(values: Sequence[Value]) -> Sequence[Value]:
    """Below three values there is nothing to leave out."""
    return values[1:-1] if len(values) > 2 else values


def _nearest(values: Sequence[Value]) -> Sequence[Value]:
    """Of pairs equally near the higher one: in the entrant's favour."""
    if len(values) < 3:
        return values
    return min(reversed(list(pairwise(values))), key=lambda pair: pair[1].value - pair[0].value)


def _third(values: Sequence[Value]) -> Sequence[Value]:
    """Without a third review: all."""
    return [item for item in values if item.third] or values


METHODS = {
    method.key: method
    for method in (
        Method("mean", _all),
        Method("sum", _all, divides=False),
        Method("median", _middle),
        Method("trimmed", _without_extremes),
        Method("nearest", _nearest, by_review=True),
        Method("decides", _third, by_review=True),
        # All reviews, each put right for its judge's severity first (``calibration``).
        Method(CALIBRATED, _all),
    )
}


def method(key: str) -> Method:
    """The method of that name; ``ValueError`` names those that exist."""
    try:
        return METHODS[key]
    except KeyError:
        raise ValueError(f"no method {key!r}; there are {', '.join(METHODS)}") from None
