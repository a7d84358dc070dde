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


def merged_names(entered: Mapping[str, str], minimum: int, separator: str) -> dict[str, str]:
    """Old → new name of every cell. A name is «category/nomination»; one without the separator is left alone.

    ``entered``: cell by entry. Merged ones are called «category/first + second».
    """
    counts: dict[tuple[str, str], int] = {}
    names = {cell: cell for cell in entered.values()}
    for cell in entered.values():
        category, found, nomination = cell.partition(separator)
        if found:
            counts[category, nomination] = counts.get((category, nomination), 0) + 1
    for merged in merge_cells(counts, minimum) if minimum else ():
        name = f"{merged.category}{separator}{' + '.join(merged.nominations)}"
        names |= {f"{merged.category}{separator}{nomination}": name for nomination in merged.nominations}
    return names
