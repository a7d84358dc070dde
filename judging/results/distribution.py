"""Where one score stands among all results of a contest: counts by equal steps of points (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

STEPS = 20
WIDTH, HEIGHT = 600, 120
# Among fewer, a bar is one known person's points.
FEWEST = 10


@dataclass(frozen=True)
class Bar:
    """``x``, ``y``, ``width``, ``height`` within a field of 600 × 120; ``begin`` and ``end`` in points."""

    begin: Decimal
    end: Decimal
    entries: int
    own: bool
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Distribution:
    bars: tuple[Bar, ...]
    entries: int
    lower: int
    maximum: Decimal

    @property
    def percent(self) -> int:
        """Of a hundred results so many have fewer points."""
        return 100 * self.lower // self.entries


def step_of(score: Decimal, maximum: Decimal) -> int:
    """Number of the step, from 0 to 19; the highest score belongs to the last one."""
    return min(STEPS - 1, max(0, int((score * STEPS / maximum).to_integral_value(ROUND_FLOOR))))


def picture_of(counts: Mapping[int, int], score: Decimal, lower: int, maximum: Decimal) -> Distribution | None:
    """Bars for ``counts`` (step → entries) with the one of ``score`` marked; None where there are too few results."""
    entries = sum(counts.values())
    if entries < FEWEST or maximum <= 0:
        return None
    highest = max(counts.values())
    own, each, wide = step_of(score, maximum), maximum / STEPS, Decimal(WIDTH) / STEPS
    bars = []
    for step in range(STEPS):
        tall = Decimal(HEIGHT) * counts.get(step, 0) / highest
        bars.append(
            Bar(
                begin=each * step,
                end=each * (step + 1),
                entries=counts.get(step, 0),
                own=step == own,
                x=f"{wide * step + 2:.1f}",
                y=f"{HEIGHT - tall:.1f}",
                width=f"{wide - 4:.1f}",
                height=f"{tall:.1f}",
            )
        )
    return Distribution(tuple(bars), entries, lower, maximum)
