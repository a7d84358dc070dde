"""Pictures of numbers as coordinates: a template draws them without a script. Pure.

Everything is on a field 240 wide; zero is in the middle, ``reach`` at either end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDE = 240.0
MIDDLE = WIDE / 2
EDGE = 6.0
"""Kept free at the ends, so that a dot is never cut."""
BARS = 21
HIGH = 48.0


@dataclass(frozen=True)
class Whisker:
    """A dot with its interval, as text with a decimal point."""

    low: str
    dot: str
    high: str


@dataclass(frozen=True)
class Bar:
    """One bar of a histogram: corner, size, and how many it stands for."""

    x: str
    y: str
    width: str
    height: str
    many: int


def reach_of(values: Iterable[tuple[float | None, float | None]]) -> float:
    """The farthest end of (value, half of its interval) from zero; 1 where there is none."""
    return (
        max(
            (abs(value) + (half or 0.0) for value, half in values if value is not None),
            default=1.0,
        )
        or 1.0
    )


def whisker(value: float | None, half: float | None, reach: float) -> Whisker | None:
    """None where the value is not known."""
    if value is None:
        return None
    half = half or 0.0
    return Whisker(_at(value - half, reach), _at(value, reach), _at(value + half, reach))


def histogram(values: Sequence[float], reach: float) -> list[Bar]:
    """BARS bars from −reach to +reach; the highest fills the field."""
    counts = [0] * BARS
    for value in values:
        counts[min(BARS - 1, max(0, int((value / reach + 1) / 2 * BARS)))] += 1
    most = max(counts, default=0) or 1
    width = (WIDE - 2 * EDGE) / BARS
    return [
        Bar(
            f"{EDGE + number * width + 0.5:.1f}",
            f"{HIGH - HIGH * many / most:.1f}",
            f"{width - 1:.1f}",
            f"{HIGH * many / most:.1f}",
            many,
        )
        for number, many in enumerate(counts)
    ]


def _at(value: float, reach: float) -> str:
    share = min(1.0, max(-1.0, value / reach))
    return f"{MIDDLE + share * (MIDDLE - EDGE):.1f}"
