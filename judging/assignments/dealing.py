"""One deal in numbers: quotas, hands, paths, mixing, in this order. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from judging.assignments.exchange import Exchange
from judging.assignments.hands import hand_out
from judging.assignments.lots import start
from judging.assignments.mixing import Mixer, labels
from judging.assignments.numbers import NOBODY, Bits, Ints, Numbers, packed, unpacked
from judging.assignments.quotas import quotas

if TYPE_CHECKING:
    from judging.assignments.parties import Entry, Judge, Pair


@dataclass(frozen=True)
class Dealt:
    """``entry`` and ``judge``: numbers of each new pair. ``short``: entry → empty slots; ``full``: by cell of a short
    entry, the judges who could take one but are full. ``bound``: the most that can be filled; ``components``: parts of
    the graph of judges and entries.
    """

    entry: Ints
    judge: Ints
    load: list[int]
    short: dict[int, int]
    full: dict[int, list[int]]
    bound: int
    components: int


@dataclass(frozen=True)
class Setting:
    """Numbers, with the judges who have read an open entry [entry, any] and ties [link, 2] by the other entries."""

    numbers: Numbers
    readers: Ints
    links: Ints


def deal(setting: Setting, seed: str) -> Dealt:
    """Deal everything that is open; ``seed`` decides whatever the rules leave open."""
    numbers = setting.numbers
    if not numbers.entries or not numbers.judges:
        return _nothing_to_deal(setting)
    demand = np.bincount(numbers.cell, weights=numbers.open, minlength=numbers.cells).astype(np.int64)
    quota, bridges = quotas(
        demand, numbers.most(), numbers.held, numbers.limit, numbers.weight, begin=start(seed, "quotas")
    )
    readers = hand_out(numbers, quota, begin=start(seed, "hands"))
    exchange = Exchange(numbers, readers, bridges, start(seed, "paths"))
    exchange.fill()
    exchange.level()
    mixer = Mixer(exchange, setting.readers, setting.links, start(seed, "mixing"))
    mixer.mix()
    components = mixer.join()
    short = exchange.short()
    entries = np.flatnonzero(short > 0)
    full = {}
    for cell in np.unique(numbers.cell[entries]).tolist():
        bits = np.bitwise_or.reduce(exchange.takers(entries[numbers.cell[entries] == cell]), axis=0)
        full[cell] = np.flatnonzero(unpacked(bits, numbers.judges)).tolist()
    entry, column = np.nonzero(readers != NOBODY)
    return Dealt(
        entry,
        readers[entry, column],
        exchange.load.tolist(),
        dict(zip(entries.tolist(), short[entries].tolist(), strict=True)),
        full,
        exchange.bound() if len(entries) else int(numbers.open.sum()),
        components,
    )


def _nothing_to_deal(setting: Setting) -> Dealt:
    numbers = setting.numbers
    none = np.zeros(0, dtype=np.int64)
    short = dict(enumerate(numbers.open.tolist()))
    components = len(np.unique(labels(setting.links, numbers.judges)[numbers.held > 0]))
    return Dealt(none, none, numbers.held.tolist(), short, {}, 0, components)


def setting_of(
    entries: "Sequence[Entry]",
    judges: "Sequence[Judge]",
    slots: Mapping[str, int],
    fixed: "Iterable[Pair]",
    barred: "Iterable[Pair]",
) -> Setting:
    """Number what is to be dealt. ``entries``: those with open ``slots``, in their order of numbers, as ``judges``."""
    entry_number = {entry.id: number for number, entry in enumerate(entries)}
    judge_number = {judge.id: number for number, judge in enumerate(judges)}
    held = np.zeros(len(judges), dtype=np.int64)
    taken: dict[int, set[int]] = defaultdict(set)
    have: dict[int, list[int]] = defaultdict(list)
    before = np.zeros(len(entries), dtype=np.int64)
    last: dict[str, int] = {}
    links = []
    for entry, judge in fixed:
        number = entry_number.get(entry)
        if number is not None:
            before[number] += 1
        if (reader := judge_number.get(judge)) is None:
            continue
        held[reader] += 1
        if number is not None:
            taken[number].add(reader)
            have[number].append(reader)
        else:
            links.append((last.setdefault(entry, reader), reader))
    for entry, judge in barred:
        if entry in entry_number and judge in judge_number:
            taken[entry_number[entry]].add(judge_number[judge])
    readers = np.full((len(entries), max(map(len, have.values()), default=0)), NOBODY, dtype=np.int64)
    for number, several in have.items():
        readers[number, : len(several)] = several
    rows, row, cell, cells = _rows(entries, judges, taken)
    roomiest = max([judge.capacity for judge in judges if judge.capacity], default=1)
    no_limit = int(held.max(initial=0)) + len(entries)
    numbers = Numbers(
        rows=rows,
        row=row,
        cell=cell,
        open=np.array([slots[entry.id] for entry in entries], dtype=np.int64),
        before=before,
        held=held,
        limit=np.array([no_limit if judge.capacity is None else judge.capacity for judge in judges], dtype=np.int64),
        weight=np.array([float(judge.capacity or roomiest) for judge in judges]),
        cells=cells,
    )
    return Setting(numbers, readers, np.array(links, dtype=np.int64).reshape(-1, 2))


def _rows(
    entries: "Sequence[Entry]", judges: "Sequence[Judge]", taken: Mapping[int, set[int]]
) -> tuple[Bits, Ints, Ints, int]:
    """Rows, the row and the cell of each entry, and how many cells there are."""
    cell_number: dict[str, int] = {}
    with_key: dict[str, list[int]] = defaultdict(list)
    for number, judge in enumerate(judges):
        for key in judge.conflict_keys:
            with_key[key].append(number)
    known = frozenset(with_key)
    row_number: dict[tuple[int, frozenset[str], frozenset[int]], int] = {}
    row, cell = [], []
    nobody: frozenset[int] = frozenset()
    for number, entry in enumerate(entries):
        where = cell_number.setdefault(entry.cell, len(cell_number))
        out = frozenset(taken[number]) if number in taken else nobody
        kind = (where, entry.conflict_keys & known, out)
        cell.append(where)
        row.append(row_number.setdefault(kind, len(row_number)))
    serving = [packed(np.array([judge.serves(name) for judge in judges], dtype=bool)) for name in cell_number]
    shut_out = {key: _bits(several, len(judges)) for key, several in with_key.items()}
    rows = np.zeros((len(row_number), (len(judges) + 7) // 8), dtype=np.uint8)
    for index, (where, keys, out) in enumerate(row_number):
        rows[index] = serving[where]
        for key in keys:
            rows[index] &= ~shut_out[key]
        if out:
            rows[index] &= ~_bits(out, len(judges))
    return rows, np.array(row, dtype=np.int64), np.array(cell, dtype=np.int64), len(cell_number)


def _bits(numbers: Iterable[int], judges: int) -> Bits:
    flags = np.zeros(judges, dtype=bool)
    flags[list(numbers)] = True
    return packed(flags)
