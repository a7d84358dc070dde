"""A graph of judges and entries that hangs together and is well mixed. Pure.

How severe two judges are can only be compared where they read the same entries, or are tied by a chain of judges
who do; the more evenly judges meet, the better.
"""

import random

import numpy as np

from judging.assignments.exchange import Exchange
from judging.assignments.numbers import NOBODY, Bits, Ints, packed, unpacked

# How often joining two parts may look before it gives up; eligibility that allows it offers a way soon.
LOOKS = 400
LOOKS_OF_LARGE = 60
LARGE = 5000
# Swaps tried per slot, and the largest deal for which it is worth the time.
SWAPS = 6
MOST_MIXED = 30_000
MOST_JUDGES = 400


def labels(links: Ints, judges: int) -> Ints:
    """The part of the graph that each judge belongs to: the lowest number of a judge in it. ``links``: [link, 2]."""
    found = np.arange(judges)
    first, second = links[:, 0], links[:, 1]
    while True:
        before = found.copy()
        np.minimum.at(found, first, before[second])
        np.minimum.at(found, second, before[first])
        found = found[found]
        if (found == before).all():
            return found


def links_of(readers: Ints) -> Ints:
    """Pairs of judges tied by an entry: every other reader with the first of the row."""
    ordered = -np.sort(-readers, axis=1)
    found = [
        np.stack([ordered[:, 0], ordered[:, column]], axis=1)[ordered[:, column] != NOBODY]
        for column in range(1, ordered.shape[1])
    ]
    return np.concatenate(found) if found else np.zeros((0, 2), dtype=np.int64)


class Mixer:
    """Ties together and mixes the deal of an exchange.

    ``before``: judges (numbers) who have read an entry already, [entry, any], ``NOBODY`` where none; ``links``: ties by
    entries that are not dealt any more.
    """

    def __init__(self, exchange: Exchange, before: Ints, links: Ints, seed: int) -> None:
        self.exchange, self.before, self.links = exchange, before, links
        self.random = random.Random(seed)  # noqa: S311 - reproducible on purpose
        self.looks = LOOKS

    def labels(self) -> Ints:
        """The part of each judge; ``NOBODY`` for those who read nothing."""
        exchange = self.exchange
        links = np.concatenate([links_of(np.concatenate([exchange.readers, self.before], axis=1)), self.links])
        found = labels(links, exchange.numbers.judges)
        return np.where(exchange.load > 0, found, NOBODY)

    def parts(self) -> int:
        found = self.labels()
        return len(np.unique(found[found != NOBODY]))

    # --- Joining -----------------------------------------------------------------------------

    def join(self) -> int:
        """Join parts as far as eligibility allows, by exchange of two entries or else by handing one over; how many
        are left.
        """
        if not (self.exchange.numbers.open + self.exchange.numbers.before > 1).any():
            return self.parts()  # one reader each: nothing can tie
        given_up: set[int] = set()
        loads = self.exchange.load.copy()
        while True:
            found = self.labels()
            parts, sizes = np.unique(found[found != NOBODY], return_counts=True)
            todo = [int(part) for part in parts[np.argsort(sizes, kind="stable")] if int(part) not in given_up]
            if len(parts) < 2 or not todo:
                break
            if not self._join(found, todo[0], len(parts)):
                given_up.add(todo[0])
        if (loads != self.exchange.load).any():
            self._even(len(parts))
        return len(parts)

    def _join(self, found: Ints, part: int, parts: int) -> bool:
        exchange = self.exchange
        inside = found == part
        outside = packed(~inside & (found != NOBODY))
        mine = np.flatnonzero((exchange.readers != NOBODY).any(axis=1))
        reads = np.where(exchange.readers[mine] == NOBODY, False, inside[exchange.readers[mine]])
        # From inside to outside or the other way round: either ties.
        ways = []
        for flags, target in ((reads, outside), (~reads & (exchange.readers[mine] != NOBODY), packed(inside))):
            entries = mine[flags.any(axis=1)]
            takers = exchange.takers(entries) & target
            ways += [(int(entry), row) for entry, row in zip(entries, takers, strict=True) if row.any()]
        self.random.shuffle(ways)
        for swap in (True, False):
            self.looks = self._patience()
            if any(self._tie(entry, row, parts, swap) for entry, row in ways):
                return True
        return False

    def _tie(self, entry: int, row: Bits, parts: int, swap: bool) -> bool:
        exchange = self.exchange
        takers = np.flatnonzero(unpacked(row, exchange.numbers.judges)).tolist()
        self.random.shuffle(takers)
        for taker in takers[:3]:
            for giver in exchange.readers[entry].tolist():
                if giver == NOBODY or self.looks == 0:
                    continue
                back = exchange.item(taker, giver, level=False) if swap else NOBODY
                if (swap and back == NOBODY) or (not swap and not self._may_hand_over(giver, taker)):
                    continue
                self.looks -= 1
                exchange.move(entry, giver, taker)
                if swap:
                    exchange.move(back, taker, giver)
                if self.parts() < parts:
                    return True
                if swap:
                    exchange.move(back, giver, taker)
                exchange.move(entry, taker, giver)
        return False

    def _even(self, parts: int) -> None:
        """Even what handing over has upset, without cutting a tie."""
        self.looks = self._patience()
        while self.looks and self._even_one(parts):
            pass

    def _even_one(self, parts: int) -> bool:
        exchange = self.exchange
        for giver in np.argsort(-(2 * exchange.load - 1) / exchange.numbers.weight, kind="stable").tolist():
            costs = exchange.adding()
            cheaper = np.flatnonzero(costs < exchange.gain(giver))
            for entry in sorted(exchange.of_judge[giver]) if len(cheaper) else ():
                able = unpacked(exchange.takers(np.array([entry]))[0], exchange.numbers.judges)[cheaper]
                for taker in cheaper[able][np.argsort(costs[cheaper[able]], kind="stable")].tolist():
                    if self.looks == 0:
                        return False
                    self.looks -= 1
                    exchange.move(entry, giver, taker)
                    if self.parts() <= parts:
                        return True
                    exchange.move(entry, taker, giver)
        return False

    def _patience(self) -> int:
        return LOOKS if len(self.exchange.readers) < LARGE else LOOKS_OF_LARGE

    def _may_hand_over(self, giver: int, taker: int) -> bool:
        """Nobody is left without anything to read: that would join parts by losing a judge."""
        load = self.exchange.load
        return bool(load[giver] > 1 and load[taker] < self.exchange.numbers.limit[taker])

    # --- Mixing ------------------------------------------------------------------------------

    def mix(self) -> None:
        """Swap inside cells so that judges meet each other about equally often. Quotas and loads stay."""
        exchange, numbers = self.exchange, self.exchange.numbers
        entry, column = np.nonzero(exchange.readers != NOBODY)
        if not 0 < len(entry) <= MOST_MIXED or numbers.judges > MOST_JUDGES or exchange.readers.shape[1] < 2:
            return
        order = np.argsort(numbers.cell[entry], kind="stable")
        slots = list(zip(entry[order].tolist(), column[order].tolist(), strict=True))
        cells = numbers.cell[entry[order]]
        starts = np.searchsorted(cells, cells).tolist()
        sizes = (np.searchsorted(cells, cells, side="right") - np.searchsorted(cells, cells)).tolist()
        others = [
            [judge for judge in row if judge != NOBODY]
            for row in np.concatenate([exchange.readers, self.before], axis=1).tolist()
        ]
        met = [[0] * numbers.judges for _ in range(numbers.judges)]
        for row in others:
            for one in row:
                for two in row:
                    met[one][two] += one != two
        draw = self.random.random
        rows, row_of = [unpacked(bits, numbers.judges).tolist() for bits in numbers.rows], numbers.row.tolist()
        readers = exchange.readers.tolist()
        for turn in range(SWAPS * len(slots)):
            at = turn % len(slots)
            (mine, here), (yours, there) = slots[at], slots[starts[at] + int(draw() * sizes[at])]
            one, two = readers[mine][here], readers[yours][there]
            if mine == yours or two in others[mine] or one in others[yours]:
                continue
            if not (rows[row_of[mine]][two] and rows[row_of[yours]][one]):
                continue
            with_one = [judge for judge in others[mine] if judge != one]
            with_two = [judge for judge in others[yours] if judge != two]
            change = sum(met[two][judge] - met[one][judge] + 1 for judge in with_one)
            change += sum(met[one][judge] - met[two][judge] + 1 for judge in with_two)
            if change >= 0:
                continue
            for rest, goes, comes in ((with_one, one, two), (with_two, two, one)):
                for judge in rest:
                    met[goes][judge] -= 1
                    met[judge][goes] -= 1
                    met[comes][judge] += 1
                    met[judge][comes] += 1
            readers[mine][here], readers[yours][there] = two, one
            others[mine], others[yours] = [*with_one, two], [*with_two, one]
            exchange.readers[mine, here], exchange.readers[yours, there] = two, one
        exchange.rebook()
