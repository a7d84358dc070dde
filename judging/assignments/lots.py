"""Lots drawn by a seed: the same on every machine and in every version of Python and numpy. Pure."""

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_GOLDEN = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


def lot(seed: str, *words: str) -> bytes:
    """32 bytes that depend on nothing but the seed and the words."""
    return hashlib.sha256("\x00".join((seed, *words)).encode()).digest()


def start(seed: str, *words: str) -> int:
    """Where a sequence of lots begins: 64 bits."""
    return int.from_bytes(lot(seed, *words)[:8])


def lots(begin: int, count: int) -> "NDArray[np.uint64]":
    """``count`` numbers of 64 bits (SplitMix64), from a ``start`` on."""
    import numpy as np

    steps = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(_GOLDEN)
    mixed = steps + np.uint64(begin & _MASK)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
