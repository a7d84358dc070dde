"""How far marks can be relied on: of the panel as a whole, and judge by judge. Pure.

A flag is a question to a person, never a verdict: a judge may be right where all others are wrong.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from judging.ranking.additive import Components, Design, Reading, shrunk_leniency, variances

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from judging.ranking.additive import Floats, Ints

FEWEST_REVIEWS = 8
"""Below this nothing is flagged: chance does as much."""
CONSTANT_SPREAD = 0.35
RANDOM_CORRELATION = 0.2
RANDOM_INFIT = 1.8
EXTREME_SEVERITY = 2.5
QUICK = 1 / 3
"""Of the median time of the panel."""
CONFIDENT = 1.96


class Flag(StrEnum):
    """What a judge's marks make one ask."""

    CONSTANT = "constant"
    RANDOM = "random"
    EXTREME = "extreme"
    QUICK = "quick"


@dataclass(frozen=True, slots=True)
class JudgeFigures:
    """One judge. Points unless said otherwise; None where marks do not suffice.

    ``severity``: how much stricter than the others on the same entries, shrunk as calibration uses it, give or take
    ``interval`` (95 %). ``spread``: standard deviation of their marks, by the panel's. ``agreement``: correlation with
    the mean of the others' marks, cell means taken out. ``infit``: squared residuals by those expected, 1 on average.
    ``minutes``: median time for an essay.
    """

    judge: str
    reviews: int
    severity: float | None
    interval: float | None
    spread: float | None
    agreement: float | None
    infit: float | None
    minutes: float | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of the panel. ``alpha``: Krippendorff's, for intervals. ``icc_single``: how much of the variance of one review
    comes from the entries (within their cells), ``icc_mean``: of the mean of as many reviews as entries have.
    """

    judges: tuple[JudgeFigures, ...]
    alpha: float | None
    icc_single: float | None
    icc_mean: float | None
    judge_sd: float | None
    entry_sd: float | None
    residual_sd: float | None
    components: int


def reliability(readings: Iterable[Reading], minutes: Mapping[str, Sequence[float]] | None = None) -> Reliability:
    """Figures of all cells together. ``minutes``: by judge, the time that each essay took.

    Raises ``ValueError`` as ``calibrate`` does.
    """
    import numpy as np

    design = Design.of(readings)
    found = variances(design) if design.judges and design.freedom >= 1 else None
    severity, interval = _severity(design, found)
    agreement = _agreement(design, found)
    spread = _spread(design)
    infit = _infit(design, found)
    times = {judge: float(np.median(own)) for judge, own in (minutes or {}).items() if len(own)}
    usual = float(np.median(list(times.values()))) if times else None
    # What a prediction varies by: its variance less what is not known of it.
    expected = None
    if found is not None and found.judge > 0 and interval is not None:
        expected = np.sqrt(np.maximum(found.judge - (interval / CONFIDENT) ** 2, 1e-12))
    judges = []
    for number, judge in enumerate(design.judges):
        flags = []
        if design.load[number] >= FEWEST_REVIEWS:
            if _below(spread[number], CONSTANT_SPREAD):
                flags.append(Flag.CONSTANT)
            if _below(agreement[number], RANDOM_CORRELATION) or _below(-infit[number], -RANDOM_INFIT):
                flags.append(Flag.RANDOM)
            if (
                expected is not None
                and severity is not None
                and abs(severity[number]) > EXTREME_SEVERITY * expected[number]
            ):
                flags.append(Flag.EXTREME)
            if usual is not None and _below(times.get(judge, np.nan), QUICK * usual):
                flags.append(Flag.QUICK)
        judges.append(
            JudgeFigures(
                judge,
                int(design.load[number]),
                _plain(severity, number),
                _plain(interval, number),
                _plain(spread, number),
                _plain(agreement, number),
                _plain(infit, number),
                times.get(judge),
                tuple(flags),
            )
        )
    single, mean = _icc(design, found)
    deviations = [max(value, 0.0) ** 0.5 for value in (found.judge, found.entry, found.residual)] if found else None
    judge_sd, entry_sd, residual_sd = deviations or (None, None, None)
    return Reliability(
        judges=tuple(judges),
        alpha=alpha(design.entry, design.total),
        icc_single=single,
        icc_mean=mean,
        judge_sd=judge_sd,
        entry_sd=entry_sd,
        residual_sd=residual_sd,
        components=design.parts if design.judges else 0,
    )


def alpha(units: "Ints", values: "Floats") -> float | None:
    """Krippendorff's alpha for interval data; ``units``: what each value is about, numbered from 0. O(n).

    None where nothing is judged twice or all values are equal: then there is nothing to agree on.
    """
    import numpy as np

    many = np.bincount(units) if len(units) else np.zeros(0, dtype=np.int64)
    paired = many[units] >= 2
    units, values = units[paired], values[paired]
    if not len(values):
        return None
    about = values - values.mean()
    sums = np.bincount(units, weights=about, minlength=len(many))
    squares = np.bincount(units, weights=about**2, minlength=len(many))
    able = many >= 2
    within = squares[able] - sums[able] ** 2 / many[able]
    observed = 2 * float((many[able] / (many[able] - 1) * within).sum()) / len(values)
    expected = 2 * float((about - about.mean()) @ (about - about.mean())) / (len(values) - 1)
    return 1 - observed / expected if expected > 1e-18 * max(1.0, float(np.abs(values).max()) ** 2) else None


def _severity(design: Design, found: Components | None) -> "tuple[Floats | None, Floats | None]":
    import numpy as np

    if found is None:
        return None, None
    if found.judge <= 0:
        return np.zeros(len(design.judges)), np.zeros(len(design.judges))
    kept = Components(max(found.residual, 1e-9 * found.judge), found.judge, found.entry, found.leniency)
    leniency, errors = shrunk_leniency(design, kept, errors=True)
    assert errors is not None
    return -leniency, CONFIDENT * errors


def _agreement(design: Design, found: Components | None) -> "Floats":
    """Correlation of each judge's marks with the others' on the same entries, leniency and cell means taken out."""
    import numpy as np

    values = design.total - (found.leniency[design.judge] if found else 0.0)
    cell = design.cell[design.entry]
    values = values - (np.bincount(cell, weights=values) / np.maximum(np.bincount(cell), 1))[cell]
    many = design.readers[design.entry]
    shared = many > 1
    others = (design.by_entry(values)[design.entry] - values)[shared] / (many[shared] - 1)
    judge, own = design.judge[shared], values[shared]

    def total(weights: "Floats") -> "Floats":
        return np.bincount(judge, weights=weights, minlength=len(design.judges)).astype(float)

    count = np.maximum(total(np.ones(len(own))), 1)
    own_var = total(own**2) - total(own) ** 2 / count
    others_var = total(others**2) - total(others) ** 2 / count
    both = total(own * others) - total(own) * total(others) / count
    known = (count >= 3) & (others_var > 1e-9)
    # Marks that are all the same agree with nobody.
    together = np.where(own_var > 1e-9, both / np.sqrt(np.maximum(own_var * others_var, 1e-18)), 0.0)
    return np.where(known, together, np.nan)


def _spread(design: Design) -> "Floats":
    """Standard deviation of each judge's marks about the means of cells, by the median one of the panel."""
    import numpy as np

    cell = design.cell[design.entry]
    means = np.bincount(cell, weights=design.total) / np.maximum(np.bincount(cell), 1)
    # What is the same in a whole cell is no spread of the judge's: but a constant mark must stay constant.
    values = np.where(_one_mark(design)[design.judge], 0.0, design.total - means[cell])
    count = np.maximum(design.load, 1)
    deviation = design.by_judge(values**2) - design.by_judge(values) ** 2 / count
    own = np.where(design.load > 1, np.sqrt(np.maximum(deviation, 0) / np.maximum(count - 1, 1)), np.nan)
    known = own[(design.load >= FEWEST_REVIEWS) & np.isfinite(own)]
    usual = float(np.median(known)) if len(known) else 0.0
    shares: NDArray[np.float64] = own / usual if usual > 1e-9 else np.full(len(own), np.nan)
    return shares


def _one_mark(design: Design) -> "NDArray[np.bool_]":
    import numpy as np

    low = np.full(len(design.judges), np.inf)
    high = np.full(len(design.judges), -np.inf)
    np.minimum.at(low, design.judge, design.total)
    np.maximum.at(high, design.judge, design.total)
    return low == high


def _infit(design: Design, found: Components | None) -> "Floats":
    import numpy as np

    if found is None or found.residual <= 1e-12:
        return np.full(len(design.judges), np.nan)
    rest = design.about(design.total - found.leniency[design.judge], 0.0)
    expected = design.by_judge((1 - 1 / design.readers)[design.entry]) * found.residual
    found_ = np.full(len(expected), np.nan)
    np.divide(design.by_judge(rest**2), expected, out=found_, where=expected > 1e-9)
    return found_


def _icc(design: Design, found: Components | None) -> tuple[float | None, float | None]:
    if found is None:
        return None, None
    entry, noise = max(found.entry, 0.0), max(found.judge, 0.0) + found.residual
    if entry + noise <= 1e-18:
        return None, None
    reviews = len(design.total) / len(design.entries)
    return entry / (entry + noise), entry / (entry + noise / reviews)


def _plain(values: "Floats | None", number: int) -> float | None:
    return None if values is None or values[number] != values[number] else float(values[number])


def _below(value: float, limit: float) -> bool:
    """False where the value is not known."""
    return bool(value < limit)
