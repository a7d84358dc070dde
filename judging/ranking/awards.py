"""Who is awarded what, by the contest's rules. Pure.

Awards are a row of slots: one per place, best first. Entries take them in the order of the ranking; a
slot whose minimum the best entry left does not reach stays unawarded, and that entry is tried against the
next. So where nobody has the points of a winner, the first of the ranking may still become a
prize-winner.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Protocol

from judging.ranking.award_rules import AwardRule, AwardRules, Withheld
from judging.ranking.standings import Ranking, Standing


@dataclass(frozen=True, slots=True)
class Given:
    """An award. ``place`` is the awarded one (None where not numbered), ``rank`` the place in the ranking."""

    cell: str
    entry: str
    award: str
    place: int | None
    rank: int
    score: Decimal


@dataclass(frozen=True, slots=True)
class Unawarded:
    """A slot that nobody gets. ``reason``: ``below_minimum``, ``no_entry``, ``shared_above`` or ``jury``."""

    cell: str
    award: str
    place: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """A tie over the border of an award: the jury must vote before anything is approved.

    ``entries`` by code, sorted; ``awards`` are the keys at stake, ``places`` how many slots there are for
    them.
    """

    cell: str
    rank: int
    score: Decimal
    entries: tuple[str, ...]
    awards: tuple[str, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Oversized:
    """More places than entries: some stay unawarded whatever the points."""

    cell: str
    places: int
    entries: int


@dataclass(frozen=True, slots=True)
class Awards:
    """The proposal. It may be approved only while ``blocks`` is empty."""

    given: tuple[Given, ...]
    unawarded: tuple[Unawarded, ...]
    blocks: tuple[Block, ...]
    oversized: tuple[Oversized, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    rule: AwardRule
    place: int | None
    floor: Fraction | None

    def takes(self, score: Decimal) -> bool:
        return self.floor is None or score >= self.floor


class Merit(Protocol):
    """What an award looks at in an entry; entries of one place follow each other."""

    @property
    def entry(self) -> str: ...
    @property
    def place(self) -> int: ...
    @property
    def score(self) -> Decimal: ...


def propose(ranking: Ranking, rules: AwardRules, *, admitted: Mapping[str, int] | None = None) -> Awards:
    """Awards of every cell. Shares are of ``admitted`` entries; by default of all that the ranking knows."""
    cells = ranking.cells()
    known = {cell: len(rows) for cell, rows in cells.items()}
    for cell, _ in ranking.unranked:
        known[cell] = known.get(cell, 0) + 1
    given: list[Given] = []
    unawarded: list[Unawarded] = []
    blocks: list[Block] = []
    oversized = []
    for cell in sorted(known):
        entries = (admitted or known).get(cell, known[cell])
        own = rules.of(cell)
        slots = slots_of(own, entries)
        if len(slots) > entries:
            oversized.append(Oversized(cell, len(slots), entries))
        slots, kept = without_withheld(cell, slots, rules.withheld)
        unawarded += kept
        found = award(cell, cells.get(cell, []), slots, sharing=rules.sharing)
        special = _special(cell, cells.get(cell, []), own, found)
        for one in (found, special):
            given += one.given
            unawarded += one.unawarded
            blocks += one.blocks
    return Awards(tuple(given), tuple(unawarded), tuple(blocks), tuple(oversized))


def without_withheld(cell: str, slots: list[Slot], withheld: Sequence[Withheld]) -> tuple[list[Slot], list[Unawarded]]:
    """What is left to give, and what the jury gives to nobody."""
    own = [one for one in withheld if one.cell == cell]

    def kept(slot: Slot) -> bool:
        return any(one.award == slot.rule.key and one.place in (None, slot.place) for one in own)

    return [slot for slot in slots if not kept(slot)], [
        Unawarded(cell, slot.rule.key, slot.place, "jury") for slot in slots if kept(slot)
    ]


def slots_of(rules: AwardRules, entries: int) -> list[Slot]:
    """Places of a cell with so many entries, best first; special prizes have none."""
    slots: list[Slot] = []
    for rule in rules.awards:
        if rule.special:
            continue
        floor = rules.floor(rule)
        if rule.share is not None:
            number = max(int(rule.rounding.apply(rule.share * entries)), rule.at_least)
            # A share is of the entries that there are.
            number = min(number - len(slots) if rule.together else number, entries - len(slots))
            slots += [Slot(rule, None, floor)] * max(0, number)
        elif rule.count is not None:
            slots += [Slot(rule, None, floor)] * rule.count
        elif rule.place_from is not None and rule.place_to is not None:
            places = range(rule.place_from, rule.place_to + 1)
            slots += [Slot(rule, place if rule.numbered else None, floor) for place in places]
    return slots


def award(cell: str, merits: Iterable[Merit], slots: list[Slot], *, sharing: bool = False) -> Awards:
    """Fill the slots of one cell; ``merits`` best first, read only as far as there are slots."""
    given: list[Given] = []
    unawarded: list[Unawarded] = []
    blocks: list[Block] = []

    def leave(left: Sequence[Slot], reason: str) -> None:
        unawarded.extend(Unawarded(cell, slot.rule.key, slot.place, reason) for slot in left)

    for rank, level in groupby(merits, key=lambda row: row.place):
        rows = list(level)
        score = rows[0].score
        below = next((index for index, slot in enumerate(slots) if slot.takes(score)), len(slots))
        leave(slots[:below], "below_minimum")
        slots = slots[below:]
        if not slots:
            break
        taken = [slot for slot in slots[: len(rows)] if slot.takes(score)]
        first = taken[0]
        if len(taken) == len(rows) and len({(slot.rule.key, slot.place) for slot in taken}) == 1:
            pass
        elif sharing and not _exceeds(first.rule, taken, len(rows)):
            leave(slots[1 : len(rows)], "shared_above")
        else:
            entries = tuple(sorted(row.entry for row in rows))
            at_stake = tuple(dict.fromkeys(slot.rule.key for slot in taken))
            blocks.append(Block(cell, rank, score, entries, at_stake, len(taken)))
            slots = slots[len(rows) :]
            continue
        given.extend(Given(cell, row.entry, first.rule.key, first.place, rank, score) for row in rows)
        slots = slots[len(rows) :]
        if not slots:
            break
    leave(slots, "no_entry")
    return Awards(tuple(given), tuple(unawarded), tuple(blocks))


def _special(cell: str, standings: Sequence[Standing], rules: AwardRules, others: Awards) -> Awards:
    """Special prizes among the entries that have no award; equal ones on the border are put to the vote.

    ``others`` that still wait for a vote wait here too.
    """
    given: list[Given] = []
    unawarded: list[Unawarded] = []
    blocks: list[Block] = []
    gone = {one.entry for one in others.given} | {entry for block in others.blocks for entry in block.entries}
    for rule in rules.awards:
        if not rule.special:
            continue
        floor = rules.floor(rule)
        free = [row for row in standings if row.entry not in gone and (floor is None or row.score >= floor)]
        chosen = [row for row in free if row.entry in rule.entries]
        if rule.by is not None:
            wanted, places = rule.by, rule.count or 1
            best = sorted(free, key=lambda row: (-row.special(wanted), row.place, row.entry))
            chosen = best[:places]
            level = [row for row in free if chosen and row.special(wanted) == chosen[-1].special(wanted)]
            # Of equals by the criterion the better placed; of equally placed ones nothing decides.
            same = [row for row in level if row.place == chosen[-1].place] if chosen else []
            if len([row for row in same if row not in chosen]):
                chosen = [row for row in chosen if row not in same]
                left = places - len(chosen)
                entries = tuple(sorted(row.entry for row in same))
                blocks.append(Block(cell, same[0].place, same[0].score, entries, (rule.key,), left))
                gone.update(entries)
            unawarded += [Unawarded(cell, rule.key, None, "no_entry")] * (places - len(best[:places]))
        given += [Given(cell, row.entry, rule.key, None, row.place, row.score) for row in chosen]
        gone.update(row.entry for row in chosen)
    return Awards(tuple(given), tuple(unawarded), tuple(blocks))


def _exceeds(rule: AwardRule, taken: Sequence[Slot], entries: int) -> bool:
    """A quota is a ceiling: sharing may stretch a place, never a share of the entries."""
    quota = rule.share is not None or rule.count is not None
    return quota and sum(slot.rule is rule for slot in taken) < entries
