"""Marks put right for severe and lenient judges, as far as the marks themselves prove a difference. Pure.

«Each judge's points are moved by as much as this judge is stricter or milder than the others on the same entries, and
only as far as that is certain; then they are averaged as always.» The severity is a best prediction (empirical Bayes):
the fewer entries a judge has read, the less is moved. Where it cannot be known, the plain mean stands and is said to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from judging.ranking.additive import Design, Reading, shrunk_leniency, variances

if TYPE_CHECKING:
    from judging.ranking.additive import Floats

FEWEST_REVIEWS = 8
"""Below this a judge is not corrected."""
FEWEST_DEGREES = 30
"""Below this nobody is: the marks say too little."""
SIX_PLACES = Decimal("0.000001")


class Fallback(StrEnum):
    """Why the plain mean stands."""

    NO_REVIEWS = "no_reviews"
    FEW_DEGREES = "few_degrees"
    NO_DIFFERENCE = "no_difference"
    DISCONNECTED = "disconnected"


class Score(NamedTuple):
    """Points of an entry, to six places: the plain mean, and calibrated. Equal where nothing was corrected."""

    mean: Decimal
    calibrated: Decimal


@dataclass(frozen=True)
class Calibration:
    """``scores`` by entry, ``severity`` by judge in points (positive: stricter than the others).

    ``fallback``: why nothing was corrected at all, or None. ``plain_cells``: cells in which judges cannot be compared,
    so that the plain mean stands there. ``not_corrected``: judges with too few reviews. ``components``: parts of the
    panel. The standard deviations are those of judges, of entries within cells, and of the residual, in points.
    """

    scores: Mapping[str, Score]
    severity: Mapping[str, Decimal]
    fallback: Fallback | None
    plain_cells: tuple[str, ...]
    not_corrected: tuple[str, ...]
    components: int
    judge_sd: float = 0.0
    entry_sd: float = 0.0
    residual_sd: float = 0.0


def calibrate(readings: Iterable[Reading]) -> Calibration:
    """Calibrate all cells of a contest together: what a judge is like shows wherever they read.

    The order of readings does not matter. Raises ``ValueError`` for a judge who reviews an entry twice, an entry in two
    cells and a total that is no number.
    """
    import numpy as np

    design = Design.of(readings)
    nobody = np.zeros(len(design.judges))
    if not design.judges:
        return _result(design, nobody, Fallback.NO_REVIEWS)
    if design.freedom < FEWEST_DEGREES:
        return _result(design, nobody, Fallback.FEW_DEGREES)
    found = variances(design)
    scale = float(np.abs(design.total).max()) or 1.0
    if found.judge <= (1e-9 * scale) ** 2:
        return _result(design, nobody, Fallback.NO_DIFFERENCE, entry=found.entry, residual=found.residual)
    # Marks that the model explains to the last point leave no residual to divide by.
    kept = type(found)(max(found.residual, 1e-9 * found.judge), found.judge, found.entry, found.leniency)
    severity = -shrunk_leniency(design, kept)[0]
    fallback = None if len(_plain_cells(design)) < len(design.cells) else Fallback.DISCONNECTED
    return _result(design, severity, fallback, judge=found.judge, entry=found.entry, residual=found.residual)


def _plain_cells(design: Design) -> set[int]:
    """Cells whose entries were read by judges of more than one component."""
    parts = _parts_of_cells(design)
    seen: dict[int, int] = {}
    return {cell for cell, part in parts if seen.setdefault(cell, part) != part}


def _parts_of_cells(design: Design) -> list[tuple[int, int]]:
    """Cells with the components that read in them."""
    import numpy as np

    pairs = np.stack([design.cell[design.entry], design.component[design.judge]], axis=1)
    return [(int(cell), int(part)) for cell, part in np.unique(pairs, axis=0)]


def _result(
    design: Design,
    severity: "Floats",
    fallback: Fallback | None,
    *,
    judge: float = 0.0,
    entry: float = 0.0,
    residual: float = 0.0,
) -> Calibration:
    import numpy as np

    plain = _plain_cells(design)
    few = design.load < FEWEST_REVIEWS
    applied = np.where(few, 0.0, severity) if fallback is None else np.zeros(len(design.judges))
    shift = design.by_entry(applied[design.judge]) / np.maximum(design.readers, 1)
    shift[np.isin(design.cell, sorted(plain))] = 0.0
    means, calibrated = (_decimals(values) for values in (design.mean, design.mean + shift))
    return Calibration(
        scores=dict(zip(design.entries, map(Score, means, calibrated), strict=True)),
        severity=dict(zip(design.judges, _decimals(severity), strict=True)),
        fallback=fallback,
        plain_cells=tuple(design.cells[cell] for cell in sorted(plain)),
        not_corrected=tuple(name for name, thin in zip(design.judges, few.tolist(), strict=True) if thin),
        components=design.parts if design.judges else 0,
        judge_sd=max(judge, 0.0) ** 0.5,
        entry_sd=max(entry, 0.0) ** 0.5,
        residual_sd=max(residual, 0.0) ** 0.5,
    )


def _decimals(values: "Floats") -> list[Decimal]:
    return [Decimal(repr(value)).quantize(SIX_PLACES, ROUND_HALF_EVEN) + 0 for value in values.tolist()]
