"""Who reads what: a plan of entries × judges. Pure, seeded, independent of the order of its input.

What always holds: no judge gets an entry with which they share a conflict key, none gets one twice, a
judge reads only in their cells and not above their capacity. Within that, as many slots are filled as can
be filled at all (augmenting paths reach the maximum flow), and loads are as even as they can be (moves
along paths of exchange until no judge could hand anything to one with two less). Ties go to judges who
have met least over the same entries, so that the same two do not always read together, then by the seed.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from judging.assignments.exchange import Exchange, bits

Pair = tuple[str, str]
"""(entry id, judge id)"""
Item = TypeVar("Item", "Entry", "Judge")


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


@dataclass(frozen=True, slots=True)
class Shortage:
    """A cell in which slots stay empty, and why nobody can take them.

    ``entries``: those short of reviews; ``slots``: how many in all. ``judges``: who serves the cell at all.
    ``conflicted``: who of them is shut out of one of the entries by a conflict or a recusal; ``full``: who
    could read one but is at capacity.
    """

    cell: str
    slots: int
    entries: tuple[str, ...]
    judges: tuple[str, ...]
    conflicted: tuple[str, ...]
    full: tuple[str, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """``conflict`` and ``capacity`` as they apply; ``too_few_judges`` where it is neither."""
        named = (("conflict", self.conflicted), ("capacity", self.full))
        return tuple(reason for reason, judges in named if judges) or ("too_few_judges",)


@dataclass(frozen=True, slots=True)
class Plan:
    """``pairs`` hold the fixed ones too, sorted; ``load`` names every judge, also those with nothing to read.

    ``wanted`` counts the slots that were open beside the fixed pairs, ``filled`` those that found a judge.
    """

    pairs: tuple[Pair, ...]
    added: tuple[Pair, ...]
    load: Mapping[str, int]
    shortages: tuple[Shortage, ...]
    seed: str
    wanted: int

    @property
    def filled(self) -> int:
        return len(self.added)


def allocate(
    entries: Iterable[Entry],
    judges: Iterable[Judge],
    *,
    reviews: int,
    seed: int | str,
    fixed: Iterable[Pair] = (),
    barred: Iterable[Pair] = (),
) -> Plan:
    """Give every entry ``reviews`` different judges, as far as that is possible.

    ``fixed`` pairs stay whatever rules they break, and count as reviews and as load; they may name
    entries and judges that are gone. ``barred`` pairs never come about (recusals). Same input and seed,
    same plan. Raises ``ValueError`` for an id given twice or fewer than one review.
    """
    if reviews < 1:
        raise ValueError("an entry needs at least one review")
    dealer = _Dealer(_unique(entries), _unique(judges), str(seed), frozenset(fixed), frozenset(barred))
    return dealer.deal(reviews)


def replace(
    pairs: Iterable[Pair],
    entry: Entry,
    judges: Iterable[Judge],
    *,
    seed: int | str,
    barred: Iterable[Pair] = (),
) -> str | None:
    """One more judge for an entry (a third reviewer, a place left by a recusal), or None where nobody may.

    ``pairs``: everything assigned now; whoever reads the entry already is out, and so are ``barred``
    pairs: keep there whoever recused themselves. Takes the least relative load (of capacity; a judge
    without limit counts as having the largest capacity or load in sight), then goes by the seed.
    """
    pairs = frozenset(pairs)
    judges = _unique(judges)
    out = {judge for paired, judge in pairs.union(barred) if paired == entry.id}
    load = Counter(judge for _, judge in pairs)
    roomiest = max([judge.capacity or 0 for judge in judges] + [load[judge.id] for judge in judges] + [1])
    able = [
        judge
        for judge in judges
        if judge.id not in out
        and judge.serves(entry.cell)
        and not judge.conflicts_with(entry)
        and (judge.capacity is None or load[judge.id] < judge.capacity)
    ]

    def burden(judge: Judge) -> tuple[Fraction, bytes]:
        return Fraction(load[judge.id], judge.capacity or roomiest), _lot(str(seed), entry.id, judge.id)

    return min(able, key=burden).id if able else None


class _Dealer:
    """One run of ``allocate``: ids on the outside, shuffled numbers on the inside."""

    def __init__(
        self,
        entries: list[Entry],
        judges: list[Judge],
        seed: str,
        fixed: frozenset[Pair],
        barred: frozenset[Pair],
    ) -> None:
        # Numbers follow the seed, not the ids: whoever comes first in a search must not come first for ever.
        self.entries = sorted(entries, key=lambda entry: _lot(seed, "entry", entry.id))
        self.judges = sorted(judges, key=lambda judge: _lot(seed, "judge", judge.id))
        self.seed, self.fixed, self.barred = seed, fixed, barred
        self.random = random.Random(int.from_bytes(_lot(seed, "deal")))  # noqa: S311 - reproducible on purpose
        self.number = {judge.id: index for index, judge in enumerate(self.judges)}
        self.fixed_reviews = Counter(entry for entry, _ in fixed)
        fixed_load = Counter(judge for _, judge in fixed)
        self.exchange = Exchange(
            self._allowed(),
            [fixed_load[judge.id] for judge in self.judges],
            [judge.capacity for judge in self.judges],
        )
        self.met = [[0] * len(self.judges) for _ in self.judges]

    def deal(self, reviews: int) -> Plan:
        open_slots = [max(0, reviews - self.fixed_reviews[entry.id]) for entry in self.entries]
        short = list(open_slots)
        # Entries with little choice go first; among equals the shuffle of the numbers decides.
        for entry in sorted(range(len(short)), key=lambda number: self.exchange.allowed[number].bit_count()):
            short[entry] -= self._deal_one(entry, open_slots[entry])
        for entry in range(len(short)):
            while short[entry] and self.exchange.fill(entry):
                short[entry] -= 1
        self.exchange.level()
        added = self._added()
        return Plan(
            pairs=tuple(sorted(self.fixed.union(added))),
            added=added,
            load={judge.id: self.exchange.load[self.number[judge.id]] for judge in sorted(self.judges, key=_id)},
            shortages=self._shortages(short),
            seed=self.seed,
            wanted=sum(open_slots),
        )

    def _allowed(self) -> list[int]:
        by_cell: dict[str, int] = {}
        by_key: dict[str, int] = {}
        for number, judge in enumerate(self.judges):
            for key in judge.conflict_keys:
                by_key[key] = by_key.get(key, 0) | 1 << number
        taken: dict[str, int] = {}
        for entry_id, judge_id in self.fixed | self.barred:
            if judge_id in self.number:
                taken[entry_id] = taken.get(entry_id, 0) | 1 << self.number[judge_id]
        allowed = []
        for entry in self.entries:
            if entry.cell not in by_cell:
                serving = (n for n, judge in enumerate(self.judges) if judge.serves(entry.cell))
                by_cell[entry.cell] = sum(1 << number for number in serving)
            out = taken.get(entry.id, 0)
            for key in entry.conflict_keys:
                out |= by_key.get(key, 0)
            allowed.append(by_cell[entry.cell] & ~out)
        return allowed

    def _deal_one(self, entry: int, slots: int) -> int:
        exchange = self.exchange
        together: list[int] = []
        for _ in range(slots):
            best, best_key = None, None
            for judge in bits(exchange.candidates(entry) & exchange.with_room):
                met = sum(self.met[judge][other] for other in together)
                key = (exchange.load[judge], met, self.random.random())
                if best_key is None or key < best_key:
                    best, best_key = judge, key
            if best is None:
                break
            exchange.give(entry, best)
            for other in together:
                self.met[best][other] += 1
                self.met[other][best] += 1
            together.append(best)
        return len(together)

    def _added(self) -> tuple[Pair, ...]:
        return tuple(
            sorted(
                (entry.id, self.judges[judge].id)
                for number, entry in enumerate(self.entries)
                for judge in bits(self.exchange.readers[number])
            )
        )

    def _shortages(self, short: list[int]) -> tuple[Shortage, ...]:
        cells: dict[str, list[int]] = {}
        for number, slots in enumerate(short):
            if slots:
                cells.setdefault(self.entries[number].cell, []).append(number)
        found = []
        for cell in sorted(cells):
            serving = [judge for judge in self.judges if judge.serves(cell)]
            entries = [self.entries[number] for number in cells[cell]]
            full = 0
            for number in cells[cell]:
                full |= self.exchange.candidates(number)
            conflicted = {
                judge.id
                for judge in serving
                for entry in entries
                if judge.conflicts_with(entry) or (entry.id, judge.id) in self.barred
            }
            found.append(
                Shortage(
                    cell=cell,
                    slots=sum(short[number] for number in cells[cell]),
                    entries=tuple(sorted(map(_id, entries))),
                    judges=tuple(sorted(map(_id, serving))),
                    conflicted=tuple(sorted(conflicted)),
                    full=tuple(sorted(self.judges[number].id for number in bits(full))),
                )
            )
        return tuple(found)


def _unique(items: Iterable[Item]) -> list[Item]:
    listed = list(items)
    twice = [id for id, times in Counter(map(_id, listed)).items() if times > 1]
    if twice:
        raise ValueError(f"given more than once: {', '.join(sorted(twice))}")
    return listed


def _id(item: Entry | Judge) -> str:
    return item.id


def _lot(seed: str, *words: str) -> bytes:
    """A lot drawn by the seed: the same on every machine and in every version of Python."""
    text = "\x00".join((seed, *words))
    return hashlib.sha256(text.encode()).digest()
