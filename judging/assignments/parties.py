"""Entries and judges as allocation knows them: no names, only ids, cells and salted conflict keys. Pure."""

from dataclasses import dataclass

Pair = tuple[str, str]
"""(entry id, judge id)"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What allocation may know of an entry: its cell (category × nomination) and salted conflict keys."""

    id: str
    cell: str
    conflict_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judge:
    """``cells`` None: all of them. ``capacity`` None: no limit; it counts fixed pairs too."""

    id: str
    cells: frozenset[str] | None = None
    conflict_keys: frozenset[str] = frozenset()
    capacity: int | None = None

    def __post_init__(self) -> None:
        if self.capacity is not None and self.capacity < 0:
            raise ValueError(f"judge {self.id}: a capacity is not negative")

    def serves(self, cell: str) -> bool:
        return self.cells is None or cell in self.cells

    def conflicts_with(self, entry: Entry) -> bool:
        return not self.conflict_keys.isdisjoint(entry.conflict_keys)
