"""Entries handed from judge to judge along paths, so that slots fill up and loads even out. Pure.

Sets of judges are integers used as bit masks: bit n stands for judge n. That keeps one search for a path
at about one operation per assigned pair. Which of several equal paths is taken depends only on the
numbering of judges and entries, which the caller shuffles by the seed.
"""

from collections import deque
from collections.abc import Iterator, Sequence


def bits(mask: int) -> Iterator[int]:
    """The judges in a mask, lowest number first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


class Exchange:
    """The state of a deal in the making.

    ``allowed``: for each entry the judges who may be given it (fixed readers left out). ``load``: what
    each judge holds already. ``capacity``: the most they may hold, None for no limit.
    """

    def __init__(self, allowed: Sequence[int], load: Sequence[int], capacity: Sequence[int | None]) -> None:
        self.allowed = list(allowed)
        self.load = list(load)
        self.capacity = list(capacity)
        self.readers = [0] * len(allowed)
        # Dictionaries as ordered sets: iteration must not depend on hashing.
        self.held: list[dict[int, None]] = [{} for _ in load]
        self.with_room = sum(1 << judge for judge in range(len(load)) if self.has_room(judge))

    def has_room(self, judge: int) -> bool:
        limit = self.capacity[judge]
        return limit is None or self.load[judge] < limit

    def candidates(self, entry: int) -> int:
        """Who may be given the entry and does not hold it; room is not looked at."""
        return self.allowed[entry] & ~self.readers[entry]

    def give(self, entry: int, judge: int) -> None:
        self.readers[entry] |= 1 << judge
        self.held[judge][entry] = None
        self._add(judge, 1)

    def fill(self, entry: int) -> bool:
        """One more reader for the entry, if need be by handing entries on. False: impossible for good."""
        path = self._path(self.candidates(entry), self.with_room)
        if path is None:
            return False
        first, moves = path
        self._hand_on(moves)
        self.give(entry, first)
        return True

    def level(self) -> None:
        """Even the loads, until nobody can hand anything, even round corners, to one with two less."""
        moved = True
        while moved:
            moved = False
            for giver in sorted(range(len(self.load)), key=lambda judge: (-self.load[judge], judge)):
                while self._relieve(giver):
                    moved = True

    def _relieve(self, giver: int) -> bool:
        path = self._path(1 << giver, self._at_most(self.load[giver] - 2))
        if path is None:
            return False
        self._hand_on(path[1])
        return True

    def _at_most(self, limit: int) -> int:
        return sum(1 << judge for judge, load in enumerate(self.load) if load <= limit) & self.with_room

    def _path(self, start: int, goals: int) -> tuple[int, list[tuple[int, int, int]]] | None:
        """The shortest way from one of the judges in ``start`` to one in ``goals``.

        Gives the first judge of the way and the moves (entry, from, to) along it.
        """
        if start & goals:
            return next(bits(start & goals)), []
        came: dict[int, tuple[int, int] | None] = dict.fromkeys(bits(start))
        seen, queue = start, deque(came)
        while queue:
            giver = queue.popleft()
            for entry in self.held[giver]:
                fresh = self.candidates(entry) & ~seen
                if not fresh:
                    continue
                seen |= fresh
                for taker in bits(fresh):
                    came[taker] = (giver, entry)
                    queue.append(taker)
                if fresh & goals:
                    return self._trace(came, next(bits(fresh & goals)))
        return None

    @staticmethod
    def _trace(came: dict[int, tuple[int, int] | None], judge: int) -> tuple[int, list[tuple[int, int, int]]]:
        moves = []
        while (step := came[judge]) is not None:
            giver, entry = step
            moves.append((entry, giver, judge))
            judge = giver
        return judge, moves

    def _hand_on(self, moves: list[tuple[int, int, int]]) -> None:
        for entry, giver, _ in moves:
            del self.held[giver][entry]
            self.readers[entry] &= ~(1 << giver)
            self._add(giver, -1)
        for entry, _, taker in moves:
            self.give(entry, taker)

    def _add(self, judge: int, number: int) -> None:
        self.load[judge] += number
        if self.has_room(judge):
            self.with_room |= 1 << judge
        else:
            self.with_room &= ~(1 << judge)
