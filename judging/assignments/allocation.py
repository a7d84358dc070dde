"""Who reads what: a plan of entries × judges. Pure, seeded, independent of the order of its input.

What always holds: no judge gets an entry with which they share a conflict key, none gets one twice, a
judge reads only in their cells and not above their capacity. Within that, as many slots are filled as can
be filled at all (augmenting paths reach the maximum flow); loads, relative to capacity, are as even as they
can be (a judge without limit counts as the roomiest); and judges and entries hang together in one graph
wherever eligibility allows it, for which a judge may keep an entry that someone with less to do could read.

How: ``quotas`` of each cell for each judge, ``hands`` dealt inside the cells, ``exchange`` along paths for what
the hands left over, ``mixing`` of who meets whom.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from judging.assignments.lots import lot
from judging.assignments.parties import Entry, Judge, Pair

if TYPE_CHECKING:
    from judging.assignments.dealing import Dealt, Setting

Item = TypeVar("Item", Entry, Judge)


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

    ``wanted`` counts the slots that were open beside the fixed pairs, ``filled`` those that found a judge, ``bound``
    the most that any plan could fill. ``components``: parts of the graph of judges who read and what they read.
    """

    pairs: tuple[Pair, ...]
    added: tuple[Pair, ...]
    load: Mapping[str, int]
    shortages: tuple[Shortage, ...]
    seed: str
    wanted: int
    bound: int
    components: int

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
    # Numbers are heavy to load: only a deal pays for it, not the start of every process.
    from judging.assignments.dealing import deal, setting_of

    seed, fixed, barred = str(seed), frozenset(fixed), frozenset(barred)
    have = Counter(entry for entry, _ in fixed)
    # Numbers follow the seed, not the ids: whoever comes first in a search must not come first for ever.
    judges = sorted(_unique(judges), key=lambda judge: lot(seed, "judge", judge.id))
    entries = sorted(_unique(entries), key=lambda entry: lot(seed, "entry", entry.id))
    # Entries that have their reviews stay outside: late ones and replacements cost little.
    entries = [entry for entry in entries if have[entry.id] < reviews]
    slots = {entry.id: reviews - have[entry.id] for entry in entries}
    setting = setting_of(entries, judges, slots, fixed, barred)
    dealt = deal(setting, seed)
    added = _pairs(entries, judges, dealt)
    load = dict(zip(map(_id, judges), dealt.load, strict=True))
    return Plan(
        pairs=tuple(sorted(fixed.union(added))) if fixed else added,
        added=added,
        load={judge: load[judge] for judge in sorted(load)},
        shortages=_shortages(entries, judges, setting, dealt, barred),
        seed=seed,
        wanted=sum(slots.values()),
        bound=dealt.bound,
        components=dealt.components,
    )


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
        return Fraction(load[judge.id], judge.capacity or roomiest), lot(str(seed), entry.id, judge.id)

    return min(able, key=burden).id if able else None


def _pairs(entries: list[Entry], judges: list[Judge], dealt: "Dealt") -> tuple[Pair, ...]:
    """The pairs in ids, sorted: by numbers, since sorting pairs of texts takes longer than dealing them."""
    import numpy as np

    entry_ids, judge_ids = [entry.id for entry in entries], [judge.id for judge in judges]
    entry_rank, judge_rank = (
        np.argsort(np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64))
        for ids in (entry_ids, judge_ids)
    )
    order = np.lexsort((judge_rank[dealt.judge], entry_rank[dealt.entry]))
    return tuple(
        zip(
            map(entry_ids.__getitem__, dealt.entry[order].tolist()),
            map(judge_ids.__getitem__, dealt.judge[order].tolist()),
            strict=True,
        )
    )


def _shortages(
    entries: list[Entry],
    judges: list[Judge],
    setting: "Setting",
    dealt: "Dealt",
    barred: frozenset[Pair],
) -> tuple[Shortage, ...]:
    cells: dict[str, list[int]] = {}
    for number in dealt.short:
        cells.setdefault(entries[number].cell, []).append(number)
    found = []
    for cell in sorted(cells):
        serving = [judge for judge in judges if judge.serves(cell)]
        ids = {entries[number].id for number in cells[cell]}
        keys = frozenset().union(*(entries[number].conflict_keys for number in cells[cell]))
        recused = {judge for entry, judge in barred if entry in ids}
        full = dealt.full.get(int(setting.numbers.cell[cells[cell][0]]), [])
        found.append(
            Shortage(
                cell=cell,
                slots=sum(dealt.short[number] for number in cells[cell]),
                entries=tuple(sorted(ids)),
                judges=tuple(sorted(map(_id, serving))),
                conflicted=tuple(
                    sorted(
                        judge.id for judge in serving if judge.id in recused or not judge.conflict_keys.isdisjoint(keys)
                    )
                ),
                full=tuple(sorted(judges[number].id for number in full)),
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
