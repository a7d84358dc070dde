"""Who is compared with whom: cells (category × nomination), small ones merged. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """Nominations of one category that compete as one. ``small``: still below the minimum, nothing left to merge."""

    category: str
    nominations: tuple[str, ...]
    entries: int
    small: bool = False

    @property
    def merged(self) -> bool:
        return len(self.nominations) > 1


def merge_cells(counts: Mapping[tuple[str, str], int], minimum: int) -> tuple[Cell, ...]:
    """Cells from the number of admitted entries per (category, nomination), sorted.

    Inside a category all nominations below ``minimum`` compete together; if that is still too few, the
    smallest of the others joins them (of equals the one whose key sorts first). Nominations without
    entries are not held.
    """
    categories: dict[str, dict[str, int]] = {}
    for (category, nomination), entries in counts.items():
        if entries < 0:
            raise ValueError(f"{category} × {nomination}: a number of entries is not negative")
        if entries:
            categories.setdefault(category, {})[nomination] = entries
    return tuple(cell for category in sorted(categories) for cell in _merge(category, categories[category], minimum))


def _merge(category: str, entries: Mapping[str, int], minimum: int) -> list[Cell]:
    together = {nomination for nomination, number in entries.items() if number < minimum}
    large = entries.keys() - together
    if together and sum(entries[nomination] for nomination in together) < minimum and large:
        together.add(min(large, key=lambda nomination: (entries[nomination], nomination)))
    groups = [{nomination} for nomination in entries.keys() - together]
    if together:
        groups.append(together)
    cells = []
    for group in groups:
        number = sum(entries[nomination] for nomination in group)
        cells.append(Cell(category, tuple(sorted(group)), number, small=number < minimum))
    return sorted(cells, key=lambda cell: cell.nominations)


def cell_of(cells: tuple[Cell, ...]) -> dict[tuple[str, str], int]:
    """Which cell, by its index, a (category, nomination) competes in."""
    return {(cell.category, nomination): index for index, cell in enumerate(cells) for nomination in cell.nominations}
