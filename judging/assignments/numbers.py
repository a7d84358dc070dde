"""The allocation in numbers: entries, judges and cells as indices, who may read what as packed bits. Pure.

Bit ``j & 7`` of byte ``j >> 3`` of a row stands for judge j. Entries that the same judges may read share a row.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint8]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOBODY = -1


@dataclass(frozen=True)
class Numbers:
    """What is to be dealt.

    ``rows``: bits [row, byte], ``row``: each entry's row, ``cell``: its cell, ``open``: slots to fill (> 0),
    ``before``: reviews that it has already. ``held``: what each judge holds already, ``limit``: the most they may
    hold in all, ``weight``: what their load is relative to (positive).
    """

    rows: Bits
    row: Ints
    cell: Ints
    open: Ints
    before: Ints
    held: Ints
    limit: Ints
    weight: NDArray[np.float64]
    cells: int

    @property
    def entries(self) -> int:
        return len(self.row)

    @property
    def judges(self) -> int:
        return len(self.held)

    def may(self, entries: Ints, judges: Ints) -> Flags:
        """Element by element: may this judge read this entry?"""
        return (self.rows[self.row[entries], judges >> 3] >> (judges & 7).astype(np.uint8) & 1).astype(bool)

    def most(self) -> Ints:
        """[cell, judge]: how many entries of the cell the judge may read at all."""
        many = np.bincount(self.row, minlength=len(self.rows))
        cell_of_row = np.zeros(len(self.rows), dtype=np.int64)
        cell_of_row[self.row] = self.cell
        found = np.zeros((self.cells, self.judges), dtype=np.int64)
        for first in range(0, len(self.rows), 512):
            part = slice(first, first + 512)
            able = unpacked(self.rows[part], self.judges).astype(np.int64) * many[part, None]
            for cell in np.unique(cell_of_row[part]):
                found[cell] += able[cell_of_row[part] == cell].sum(axis=0)
        return found


def packed(flags: Flags) -> Bits:
    """Bits along the last axis."""
    return np.packbits(flags, axis=-1, bitorder="little")


def unpacked(bits: Bits, judges: int) -> Flags:
    """Back to one flag per judge."""
    return np.unpackbits(bits, axis=-1, bitorder="little", count=judges).view(bool)
