"""Marks as entry + judge + residual: the arithmetic below calibration and reliability. Pure.

Sums by entry and judge stand in for the marks themselves, so that 300,000 of them cost a second; the only large
matrix is judges × judges. Rows are sorted first: their order on input changes nothing, not even the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


class Reading(NamedTuple):
    """One submitted review: its total, exact until here."""

    cell: str
    entry: str
    judge: str
    total: Decimal | int


@dataclass(frozen=True)
class Design:
    """Readings in numbers, sorted by entry and judge; ``cell`` is that of each entry, ``component`` of each judge."""

    cells: list[str]
    entries: list[str]
    judges: list[str]
    cell: Ints
    entry: Ints
    judge: Ints
    total: Floats
    component: Ints

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> Design:
        """Raises ``ValueError`` for a judge twice on an entry, an entry in two cells, a total without a value."""
        import numpy as np

        readings = list(readings)
        entries, entry = _numbered([reading.entry for reading in readings])
        judges, judge = _numbered([reading.judge for reading in readings])
        cells, cell = _numbered([reading.cell for reading in readings])
        total = np.array([float(reading.total) for reading in readings], dtype=float)
        if not np.isfinite(total).all():
            raise ValueError("a total is not a number")
        code = entry * max(len(judges), 1) + judge
        order = np.argsort(code, kind="stable")
        if (np.diff(code[order]) == 0).any():
            twice = order[1:][np.diff(code[order]) == 0][0]
            raise ValueError(f"{judges[judge[twice]]} reviews {entries[entry[twice]]} twice")
        cell_of = np.zeros(len(entries), dtype=np.int64)
        cell_of[entry] = cell
        if (cell_of[entry] != cell).any():
            raise ValueError(f"{entries[int(entry[cell_of[entry] != cell][0])]} is in two cells")
        entry, judge, total = entry[order], judge[order], total[order]
        return cls(cells, entries, judges, cell_of, entry, judge, total, _components(entry, judge, len(judges)))

    # --- Sums --------------------------------------------------------------------------------

    @cached_property
    def readers(self) -> Ints:
        """Reviews of each entry."""
        import numpy as np

        return np.bincount(self.entry, minlength=len(self.entries))

    @cached_property
    def load(self) -> Ints:
        """Reviews by each judge."""
        import numpy as np

        return np.bincount(self.judge, minlength=len(self.judges))

    @cached_property
    def mean(self) -> Floats:
        """The plain mean of each entry."""
        import numpy as np

        return self.by_entry(self.total) / np.maximum(self.readers, 1)

    @property
    def parts(self) -> int:
        """Components of the graph of judges and entries."""
        import numpy as np

        return len(np.unique(self.component))

    @property
    def freedom(self) -> int:
        """Residual degrees of freedom of entry + judge."""
        return len(self.total) - len(self.entries) - len(self.judges) + self.parts

    def by_entry(self, values: Floats) -> Floats:
        import numpy as np

        return np.bincount(self.entry, weights=values, minlength=len(self.entries)).astype(float)

    def by_judge(self, values: Floats) -> Floats:
        import numpy as np

        return np.bincount(self.judge, weights=values, minlength=len(self.judges)).astype(float)

    @cached_property
    def together(self) -> dict[int, Floats]:
        """[judge, judge] by number of reviews: how many entries with so many reviews two judges share."""
        import numpy as np

        starts = np.cumsum(self.readers) - self.readers
        judges = len(self.judges)
        found = {}
        for many in np.unique(self.readers).tolist():
            of = self.judge[starts[self.readers == many][:, None] + np.arange(many)]
            shared = np.zeros(judges * judges, dtype=np.int64)
            for one in range(many):
                for two in range(one, many):
                    shared += np.bincount(of[:, one] * judges + of[:, two], minlength=judges * judges)
            square = shared.reshape(judges, judges)
            found[many] = (square + square.T - np.diag(np.diag(square))).astype(float)
        return found

    def information(self, shrunk: float) -> Floats:
        """What the marks say of the judges, entries taken out: [judge, judge], in units of the residual's precision.

        ``shrunk``: residual variance by entry variance; zero takes entries as they are.
        """
        import numpy as np

        found = np.diag(self.load.astype(float))
        for many, shared in self.together.items():
            found -= shared / (many + shrunk)
        return found

    def about(self, values: Floats, shrunk: float) -> Floats:
        """Marks without what their entries explain."""
        return values - (self.by_entry(values) / (self.readers + shrunk))[self.entry]


@dataclass(frozen=True)
class Components:
    """Variances of residual, judge and entry (within its cell), by moments (Henderson's third method).

    May be negative where there is no such effect. ``leniency``: each judge's fixed effect, mean zero in its component.
    """

    residual: float
    judge: float
    entry: float
    leniency: Floats


def variances(design: Design) -> Components:
    """Raises ``ValueError`` without residual degrees of freedom."""
    import numpy as np

    if design.freedom < 1:
        raise ValueError("no degrees of freedom are left")
    inside = design.about(design.total, 0.0)
    pull = design.by_judge(inside)
    information = design.information(0.0)
    trace = float(np.trace(information))
    leniency: Floats = np.linalg.solve(_grounded(information, design), pull).astype(float)
    between = float(leniency @ pull)
    residual = max(float(inside @ inside) - between, 0.0) / design.freedom
    rank = len(design.judges) - design.parts
    judge = (between - rank * residual) / trace if trace > 1e-9 else 0.0
    corrected = design.by_entry(design.total - leniency[design.judge]) / design.readers
    many = np.bincount(design.cell, minlength=len(design.cells))
    means = np.bincount(design.cell, weights=corrected, minlength=len(design.cells)) / np.maximum(many, 1)
    spread = corrected - means[design.cell]
    share = 1 - 1 / many[design.cell]
    freedom = float(share.sum())
    noise = residual * float((share / design.readers).sum())
    entry = (float(spread @ spread) - noise) / freedom if freedom > 0.5 else 0.0
    return Components(residual, judge, entry, leniency)


def shrunk_leniency(design: Design, found: Components, *, errors: bool = False) -> tuple[Floats, Floats | None]:
    """Each judge's best prediction; if asked for, with the standard error of its difference from the panel's mean.

    Entries vary about the mean of their cell, apart in each component: nothing is compared across components. Needs
    positive variances of residual and judge.
    """
    import numpy as np

    shrunk = found.residual / found.entry if found.entry > 0 else 1e6
    part = design.component[design.judge[np.cumsum(design.readers) - design.readers]]
    group, where = np.unique(design.cell * (len(design.judges) + 1) + part, return_inverse=True)
    of_mark = where[design.entry]
    rest = design.about(design.total, shrunk)
    weight = shrunk / (design.readers + shrunk)
    groups = np.bincount(where, weights=weight * design.readers, minlength=len(group))
    cross = np.bincount(
        design.judge * len(group) + of_mark,
        weights=weight[design.entry],
        minlength=len(design.judges) * len(group),
    ).reshape(len(design.judges), len(group))
    matrix = design.information(shrunk) - (cross / groups) @ cross.T
    right = design.by_judge(rest) - (cross / groups) @ np.bincount(of_mark, weights=rest, minlength=len(group))
    matrix[np.diag_indices_from(matrix)] += found.residual / found.judge
    if not errors:
        return np.linalg.solve(matrix, right).astype(float), None
    inverse: Floats = np.linalg.inv(matrix).astype(float)
    return inverse @ right, np.sqrt(found.residual * np.maximum(_apart(inverse, design.component), 0))


def _apart(covariance: Floats, component: Ints) -> Floats:
    """Variance of each judge's difference from the mean of the component: what they all share is no severity."""
    import numpy as np

    part = np.unique(component, return_inverse=True)[1]
    share = np.zeros((len(part), int(part.max(initial=0)) + 1))
    share[np.arange(len(part)), part] = 1 / np.bincount(part)[part]
    with_mean = covariance @ share
    own = with_mean[np.arange(len(part)), part]
    return np.diag(covariance) - 2 * own + np.diag(share.T @ with_mean)[part]


def _grounded(information: Floats, design: Design) -> Floats:
    """Made invertible: the mean of each component is held at zero."""
    import numpy as np

    same = design.component[:, None] == design.component[None, :]
    sizes = np.bincount(design.component, minlength=len(design.judges))[design.component]
    return information + same * (max(float(np.trace(information)), 1.0) / len(design.judges) / sizes[:, None])


def _numbered(names: list[str]) -> tuple[list[str], Ints]:
    import numpy as np

    ordered = sorted(set(names))
    number = {name: index for index, name in enumerate(ordered)}
    return ordered, np.fromiter(map(number.__getitem__, names), dtype=np.int64, count=len(names))


def _components(entry: Ints, judge: Ints, judges: int) -> Ints:
    """The lowest number of a judge tied to each, by entries they share."""
    import numpy as np

    found = np.arange(judges)
    same = np.flatnonzero(np.diff(entry) == 0)
    first, second = judge[same], judge[same + 1]
    while True:
        before = found.copy()
        np.minimum.at(found, first, before[second])
        np.minimum.at(found, second, before[first])
        found = found[found]
        if (found == before).all():
            return found
