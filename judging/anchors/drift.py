"""How steady a hand is: the same text scored twice, beside the others' middle. Pure, Decimals only."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Drift:
    """One anchor for one judge; None where a turn was not scored yet.

    ``median_first`` and ``median_second`` are the panel's, the judge's own total among them; ``reference`` is what
    the organizers agreed upon.
    """

    first: Decimal | None
    second: Decimal | None
    median_first: Decimal | None = None
    median_second: Decimal | None = None
    reference: Decimal | None = None

    @property
    def change(self) -> Decimal | None:
        """Second less first: above zero, the hand has become more generous."""
        return None if self.first is None or self.second is None else self.second - self.first

    @property
    def beside_panel(self) -> Decimal | None:
        """The last own total less the panel's median of that turn."""
        if self.second is not None and self.median_second is not None:
            return self.second - self.median_second
        if self.first is not None and self.median_first is not None:
            return self.first - self.median_first
        return None


def median(totals: Iterable[Decimal]) -> Decimal | None:
    """The middle one, or half the sum of the two in the middle to a hundredth, half up; None of nothing."""
    ordered = sorted(totals)
    if not ordered:
        return None
    middle, odd = divmod(len(ordered), 2)
    if odd:
        return ordered[middle]
    return ((ordered[middle - 1] + ordered[middle]) / 2).quantize(HUNDREDTH, ROUND_HALF_UP)


def mean_change(drifts: Iterable[Drift]) -> Decimal | None:
    """The mean change over the anchors that were scored twice, to a hundredth."""
    changes = [one.change for one in drifts if one.change is not None]
    return (sum(changes, Decimal(0)) / len(changes)).quantize(HUNDREDTH, ROUND_HALF_UP) if changes else None
