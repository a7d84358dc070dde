"""Entries handed from judge to judge along paths, so that slots fill up and loads even out. Pure.

Filling reaches the maximum flow: where no path leads to anybody with room, no other deal fills more. Levelling ends
where no hand-over, even round corners, would bring relative loads closer together.
"""

import random
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from judging.assignments.numbers import NOBODY, Bits, Flags, Ints, Numbers, unpacked


class Exchange:
    """The state of a deal in the making: ``readers`` [entry, slot] and ``load`` [judge], changed in place.

    ``bridges`` [cell, judge]: how many entries of a cell a judge keeps when loads are levelled. ``seed`` decides
    between equals.
    """

    def __init__(self, numbers: Numbers, readers: Ints, bridges: Ints, seed: int) -> None:
        self.numbers, self.readers, self.bridges = numbers, readers, bridges
        self.random = random.Random(seed)  # noqa: S311 - reproducible on purpose
        # Judges from whom no path leads to room: they stay so whatever else is handed on.
        self.closed = np.zeros(numbers.rows.shape[1], dtype=np.uint8)
        self.rebook()

    def rebook(self) -> None:
        """Count anew what follows from the readers."""
        numbers = self.numbers
        entry, column = np.nonzero(self.readers != NOBODY)
        judge = self.readers[entry, column]
        self.load = numbers.held + np.bincount(judge, minlength=numbers.judges)
        size = numbers.cells * numbers.judges
        code = numbers.cell[entry] * numbers.judges + judge
        self.count = np.bincount(code, minlength=size).reshape(numbers.cells, numbers.judges)
        by_judge = np.argsort(judge, kind="stable")
        ends = np.cumsum(np.bincount(judge, minlength=numbers.judges))
        self.of_judge: list[list[int]] = [part.tolist() for part in np.split(entry[by_judge], ends[:-1])]

    # --- What is possible --------------------------------------------------------------------

    def takers(self, entries: Ints) -> Bits:
        """Bits [entry, byte]: who may be given the entry and does not read it; room is not looked at."""
        rows = self.numbers.rows[self.numbers.row[entries]]
        mine = self.readers[entries]
        for column in range(mine.shape[1]):
            at = np.flatnonzero(mine[:, column] != NOBODY)
            judge = mine[at, column]
            rows[at, judge >> 3] &= ~(np.uint8(1) << (judge & 7).astype(np.uint8))
        return rows

    def _given(self, judge: int, level: bool) -> Ints:
        """What the judge may hand on: when levelling, no bridges."""
        entries = np.array(self.of_judge[judge], dtype=np.int64)
        if level and len(entries):
            cells = self.numbers.cell[entries]
            entries = entries[self.count[cells, judge] > self.bridges[cells, judge]]
        return entries

    def _reach(self, judge: int, level: bool) -> Bits:
        """Bits: who could take something from the judge."""
        return np.bitwise_or.reduce(self.takers(self._given(judge, level)), axis=0)

    def item(self, giver: int, taker: int, level: bool) -> int:
        """An entry that may go from one to the other, or ``NOBODY``."""
        entries = self._given(giver, level)
        if not len(entries):
            return NOBODY
        able = self.numbers.may(entries, np.full(len(entries), taker))
        entries = entries[able & (self.readers[entries] != taker).all(axis=1)]
        return int(entries[int(self.random.random() * len(entries))]) if len(entries) else NOBODY

    def adding(self) -> NDArray[np.float64]:
        """What one more entry costs each judge; infinite where there is no room."""
        return np.where(self.load < self.numbers.limit, (2 * self.load + 1) / self.numbers.weight, np.inf)

    def gain(self, judge: int) -> float:
        """What one entry less is worth to the judge."""
        return float((2 * self.load[judge] - 1) / self.numbers.weight[judge])

    # --- Changes -----------------------------------------------------------------------------

    def give(self, entry: int, judge: int) -> None:
        """Into an empty slot."""
        self.readers[entry, int(np.flatnonzero(self.readers[entry] == NOBODY)[0])] = judge
        self._book(entry, judge, 1)
        self.of_judge[judge].append(entry)

    def move(self, entry: int, giver: int, taker: int) -> None:
        self.readers[entry, int(np.flatnonzero(self.readers[entry] == giver)[0])] = taker
        for judge, change in ((giver, -1), (taker, 1)):
            self._book(entry, judge, change)
        self.of_judge[giver].remove(entry)
        self.of_judge[taker].append(entry)

    def _book(self, entry: int, judge: int, change: int) -> None:
        self.load[judge] += change
        self.count[self.numbers.cell[entry], judge] += change

    def _along(self, path: list[int], level: bool) -> bool:
        """Hand one entry on from each judge of the path to the next; False, and nothing done, if one cannot be."""
        items = [self.item(giver, taker, level) for giver, taker in pairwise(path)]
        if NOBODY in items:
            return False
        for entry, giver, taker in zip(items, path, path[1:], strict=False):
            self.move(entry, giver, taker)
        return True

    # --- Filling -----------------------------------------------------------------------------

    def short(self) -> Ints:
        """Empty slots of each entry."""
        return self.numbers.open - (self.readers != NOBODY).sum(axis=1)

    def fill(self) -> None:
        """Fill what can be filled, entries with fewest reviews first."""
        while len(entries := np.flatnonzero(self.short() > 0)):
            entries = entries[(self.takers(entries) & ~self.closed).any(axis=1)]
            if not len(entries):
                return
            have = self.numbers.before[entries] + (self.readers[entries] != NOBODY).sum(axis=1)
            for entry in entries[have == have.min()].tolist():
                if not self._fill(entry):
                    break  # more is closed now, and many entries may have nobody left

    def _fill(self, entry: int) -> bool:
        """False: there is no way for good."""
        able = unpacked(self.takers(np.array([entry]))[0] & ~self.closed, self.numbers.judges)
        first = self._cheapest(able)
        if first != NOBODY:
            self.give(entry, first)
            return True
        seen, path = self._path(able)
        if not path:
            self.closed |= seen
            return False
        moved = self._along(path, level=False)
        assert moved, "a path was found just now"
        self.give(entry, path[0])
        return True

    def _cheapest(self, able: Flags) -> int:
        costs = np.where(able, self.adding(), np.inf)
        best = costs.min(initial=np.inf)
        if best == np.inf:
            return NOBODY
        equals = np.flatnonzero(costs == best)
        return int(equals[int(self.random.random() * len(equals))])

    def _path(self, start: Flags) -> tuple[Bits, list[int]]:
        """The shortest way from a judge in ``start`` to one with room, and all that was seen on the way."""
        came: dict[int, int] = dict.fromkeys(np.flatnonzero(start).tolist(), NOBODY)
        seen = np.packbits(start, bitorder="little") | self.closed
        queue = list(came)
        for giver in queue:
            fresh = self._reach(giver, level=False) & ~seen
            if not fresh.any():
                continue
            seen |= fresh
            flags = unpacked(fresh, self.numbers.judges)
            for taker in np.flatnonzero(flags).tolist():
                came[taker] = giver
                queue.append(taker)
            goal = self._cheapest(flags)
            if goal != NOBODY:
                path = [goal]
                while (before := came[path[-1]]) != NOBODY:
                    path.append(before)
                return seen, path[::-1]
        return seen, []

    def bound(self) -> int:
        """An upper bound of what can be filled: a cut behind the closed judges. Filling reaches it."""
        closed = unpacked(self.closed, self.numbers.judges)
        room = np.maximum(self.numbers.limit - self.numbers.held, 0)
        # bitwise_count is the number of judges outside the cut that may read the entries of a row.
        outside = np.bitwise_count(self.numbers.rows & ~self.closed).sum(axis=1, dtype=np.int64)
        return int(room[closed].sum()) + int(np.minimum(self.numbers.open, outside[self.numbers.row]).sum())

    # --- Levelling ---------------------------------------------------------------------------

    def level(self) -> None:
        """Even the relative loads as far as they can be evened."""
        while not self._is_level():
            reach = np.zeros((self.numbers.judges, self.numbers.judges), dtype=bool)
            for giver in range(self.numbers.judges):
                if self.of_judge[giver]:
                    reach[giver] = unpacked(self._reach(giver, level=True), self.numbers.judges)
            if not self._directly(reach) and not self._round_corners(reach):
                return

    def _is_level(self) -> bool:
        gains = (2 * self.load - 1) / self.numbers.weight
        able = np.array([bool(held) for held in self.of_judge], dtype=bool)
        return bool(gains[able].max(initial=-np.inf) <= self.adding().min(initial=np.inf))

    def _by_gain(self) -> Iterator[int]:
        yield from np.argsort(-(2 * self.load - 1) / self.numbers.weight, kind="stable").tolist()

    def _directly(self, reach: Flags) -> bool:
        moved = False
        for giver in self._by_gain():
            while True:
                adding = np.where(reach[giver], self.adding(), np.inf)
                taker = int(np.argmin(adding))
                if adding[taker] >= self.gain(giver):
                    break
                if self._along([giver, taker], level=True):
                    moved = True
                else:
                    reach[giver, taker] = False
        return moved

    def _round_corners(self, reach: Flags) -> bool:
        cost, after = self._cheapest_ends(reach)
        moved = False
        for giver in self._by_gain():
            if cost[giver] >= self.gain(giver):
                continue
            path = [giver]
            while after[path[-1]] != path[-1]:
                path.append(int(after[path[-1]]))
            # Earlier moves of this round may have made the end dearer.
            if self.adding()[path[-1]] < self.gain(giver):
                moved = self._along(path, level=True) or moved
        return moved

    def _cheapest_ends(self, reach: Flags) -> tuple[NDArray[np.float64], Ints]:
        """For each judge what it costs to add one at the best end of any path, and the next judge on that path."""
        cost, after = self.adding(), np.arange(self.numbers.judges)
        while True:
            changed = False
            before = cost.copy()
            for first in range(0, len(cost), 256):
                part = slice(first, first + 256)
                costs = np.where(reach[part], before[None, :], np.inf)
                best = costs.argmin(axis=1)
                found = costs[np.arange(len(best)), best]
                better = found < cost[part]
                cost[part][better] = found[better]
                after[part][better] = best[better]
                changed = changed or bool(better.any())
            if not changed:
                return cost, after
