"""Dealing inside cells: quotas shuffled over the entries, then swaps until nobody has what they may not. Pure."""

import numpy as np

from judging.assignments.lots import lots
from judging.assignments.numbers import NOBODY, Flags, Ints, Numbers

# Blind swaps first, many at a time, since most are lucky; the few that are left look around, at some slots of the
# cell and then at all of them.
BLIND_ROUNDS = 60
FEW = 100
LOOKS = 2000
SOME = 200


def hand_out(numbers: Numbers, quotas: Ints, *, begin: int) -> Ints:
    """Readers [entry, slot], ``NOBODY`` where a slot stays empty; no conflict, nobody twice on an entry.

    Slots that quotas leave out are spread so that the entries of a cell end up with as many reviews as each other.
    A judge gets their quotas of each cell, or less where swaps could not place them.
    """
    slots = np.zeros(numbers.entries, dtype=np.int64)
    by_cell = np.argsort(numbers.cell, kind="stable")
    for cell, mine in _groups(numbers.cell[by_cell], by_cell):
        slots[mine] = _level_cover(numbers.before[mine], numbers.open[mine], int(quotas[cell].sum()))
    readers = np.full((numbers.entries, int(numbers.open.max(initial=1))), NOBODY, dtype=np.int64)
    entry = np.repeat(by_cell, slots[by_cell])
    ends = np.cumsum(slots[by_cell])
    column = np.arange(len(entry)) - np.repeat(ends - slots[by_cell], slots[by_cell])
    cells, judges = np.divmod(np.repeat(np.arange(quotas.size), quotas.reshape(-1)), max(quotas.shape[1], 1))
    shuffled = np.lexsort((lots(begin, len(judges)), cells))
    readers[entry, column] = judges[shuffled]
    _swap(numbers, readers, entry, column, begin + 1)
    return readers


def _groups(keys: Ints, values: Ints) -> list[tuple[int, Ints]]:
    """Values by key; ``keys`` are sorted."""
    if not len(keys):
        return []
    starts = np.flatnonzero(np.diff(keys, prepend=keys[0] - 1))
    return list(zip(keys[starts].tolist(), np.split(values, starts[1:]), strict=True))


def _level_cover(before: Ints, open_: Ints, slots: int) -> Ints:
    """``slots`` over entries, at most ``open_`` each, so that reviews with those ``before`` are level."""
    if slots >= open_.sum():
        return open_
    level = 0
    while np.clip(level + 1 - before, 0, open_).sum() <= slots:
        level += 1
    given = np.clip(level - before, 0, open_)
    more = np.flatnonzero(np.clip(level + 1 - before, 0, open_) > given)
    given[more[: slots - int(given.sum())]] += 1
    return given


def _fits(numbers: Numbers, readers: Ints, entry: Ints, column: Ints, judge: Ints) -> Flags:
    """May this judge take this slot, as the other slots of the entry are now?"""
    same = readers[entry] == judge[:, None]
    same[np.arange(len(entry)), column] = False
    return numbers.may(entry, judge) & ~same.any(axis=1)


def _swap(numbers: Numbers, readers: Ints, entry: Ints, column: Ints, begin: int) -> None:
    bad = ~numbers.may(entry, readers[entry, column])
    for first in range(readers.shape[1] - 1):
        # Of slots with the same judge the first may stay.
        bad |= (column > first) & (readers[entry, first] == readers[entry, column])
    cell = numbers.cell[entry]
    starts = np.searchsorted(cell, np.arange(numbers.cells))
    sizes = np.searchsorted(cell, np.arange(numbers.cells), side="right") - starts
    owner = np.full(numbers.entries, NOBODY, dtype=np.int64)
    for turn in range(BLIND_ROUNDS):
        mine = np.flatnonzero(bad)
        if len(mine) <= FEW and turn:
            break
        drawn = lots(begin + 1 + turn * 15485863, len(mine))
        other = starts[cell[mine]] + (drawn % sizes[cell[mine]].astype(np.uint64)).astype(np.int64)
        good = _may_swap(numbers, readers, entry, column, mine, other)
        mine, other = mine[good], other[good]
        # An entry takes part in one swap of a round.
        turns = np.arange(len(mine))
        owner[entry[other]] = turns
        owner[entry[mine]] = turns
        alone = (owner[entry[mine]] == turns) & (owner[entry[other]] == turns)
        mine, other = mine[alone], other[alone]
        held, wanted = readers[entry[mine], column[mine]], readers[entry[other], column[other]]
        readers[entry[mine], column[mine]], readers[entry[other], column[other]] = wanted, held
        bad[mine] = bad[other] = False
    _look_around(numbers, readers, entry, column, np.flatnonzero(bad), starts, sizes, begin)


def _may_swap(numbers: Numbers, readers: Ints, entry: Ints, column: Ints, mine: Ints, other: Ints) -> Flags:
    held, wanted = readers[entry[mine], column[mine]], readers[entry[other], column[other]]
    return (
        (wanted != NOBODY)
        & (entry[mine] != entry[other])
        & _fits(numbers, readers, entry[mine], column[mine], wanted)
        & _fits(numbers, readers, entry[other], column[other], held)
    )


def _look_around(
    numbers: Numbers, readers: Ints, entry: Ints, column: Ints, bad: Ints, starts: Ints, sizes: Ints, begin: int
) -> None:
    drawn = lots(begin, len(bad))
    for looks, slot in enumerate(bad):
        cell = numbers.cell[entry[slot]]
        where = np.roll(np.arange(starts[cell], starts[cell] + sizes[cell]), int(drawn[looks]) % int(sizes[cell]))
        for some in (where[:SOME], where[SOME:]) if looks < LOOKS else ():
            able = some[_may_swap(numbers, readers, entry, column, np.full(len(some), slot), some)]
            if len(able):
                mine, theirs = (entry[slot], column[slot]), (entry[able[0]], column[able[0]])
                readers[mine], readers[theirs] = readers[theirs], readers[mine]
                break
        else:
            judge = readers[entry[slot], column[slot]]
            if not _fits(numbers, readers, entry[[slot]], column[[slot]], np.array([judge]))[0]:
                readers[entry[slot], column[slot]] = NOBODY
