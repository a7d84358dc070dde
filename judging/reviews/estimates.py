"""How many readings a choice of rules will cost, before anybody has read: from expected numbers. Pure.

Totals are taken to be normal: two judges who read the same essay differ by severity and chance, with the standard
deviations of the contests that docs/judging-numbers.md makes up (0.5 and 0.8 of that between essays, which is a tenth
of the most points). One criterion scatters more, by its own most points, than a total does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import NormalDist

ESSAYS = 0.10
"""Standard deviation between essays, by the most points."""
NOISE_OF_TOTAL = ESSAYS * (0.5**2 + 0.8**2) ** 0.5
NOISE_OF_CRITERION = 1.5 * NOISE_OF_TOTAL
# Sums instead of an integral: 0.02 of a standard deviation apart, eight to either side.
STEP, FAR = 0.02, 8.0
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected: ``entries`` in ``cells``, ``reviews`` of each; the rubric's most points, in all and of each
    criterion; ``step``: between two totals.
    """

    entries: int
    cells: int
    reviews: int
    maximum: float
    criteria: Sequence[float] = ()
    step: float = 1.0


def first_round(expected: Expected) -> int:
    """Readings of the first round."""
    return expected.entries * expected.reviews


def thirds(expected: Expected, total: float | None, criterion: float | None) -> int:
    """Third readings where totals differ by ``total`` points or more, or one criterion by ``criterion``."""
    if expected.reviews < 2 or expected.maximum <= 0:
        return 0
    agree = 1.0
    if total is not None:
        agree -= apart(expected.reviews, total - expected.step / 2, NOISE_OF_TOTAL * expected.maximum)
    if criterion is not None:
        for maximum in expected.criteria:
            if criterion <= maximum:
                agree *= 1 - apart(expected.reviews, criterion - expected.step / 2, NOISE_OF_CRITERION * maximum)
    return round(expected.entries * (1 - agree))


def second_look(expected: Expected, share: int, readings: int = 1, minimum: int = 0) -> int:
    """Readings of a second look at ``share`` per cent of each cell; cells are taken to be equally large."""
    if not expected.cells or not share:
        return 0
    small, larger = divmod(expected.entries, expected.cells)
    sizes = [(small + 1, larger), (small, expected.cells - larger)]
    return readings * sum(cells * min(size, max(ceil(size * share / 100), minimum)) for size, cells in sizes)


def apart(reviews: int, points: float, deviation: float) -> float:
    """How likely the lowest and the highest of ``reviews`` marks are ``points`` or more apart."""
    if points <= 0:
        return 1.0
    width = points / deviation
    if reviews == 2:
        return 2 * (1 - _NORMAL.cdf(width / 2**0.5))
    steps = int(FAR / STEP)
    closer = sum(
        _NORMAL.pdf(number * STEP) * (_NORMAL.cdf(number * STEP + width) - _NORMAL.cdf(number * STEP)) ** (reviews - 1)
        for number in range(-steps, steps + 1)
    )
    return min(1.0, max(0.0, 1 - reviews * STEP * closer))
