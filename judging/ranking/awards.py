"""Who is awarded what, by the contest's rules. Pure.

Awards are a row of slots: one per place, best first. Entries take them in the order of the ranking; a
slot whose minimum the best entry left does not reach stays unawarded, and that entry is tried against the
next. So where nobody has the points of a winner, the first of the ranking may still become a
prize-winner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from judging.ranking.rounding import WHOLE_DOWN, Rounding
from judging.ranking.scoring import Ranking, Standing


@dataclass(frozen=True, slots=True)
class AwardRule:
    """One award of every cell: for places ``place_from`` to ``place_to``, or for a ``share`` of the entries.

    ``share`` counts from the top, awards before it included (winners up to 8 %, winners and prize-winners
    together up to 25 %), and is rounded to whole entries by ``rounding``. ``minimum``: fewest points;
    ``minimum_share``: fewest as a part of the maximum. ``numbered`` False: its places are not told apart;
    a share's never are.
    """

    key: str
    place_from: int | None = None
    place_to: int | None = None
    share: Fraction | None = None
    rounding: Rounding = WHOLE_DOWN
    minimum: Decimal | None = None
    minimum_share: Fraction | None = None
    numbered: bool = True

    def __post_init__(self) -> None:
        bounds = [place for place in (self.place_from, self.place_to) if place is not None]
        if len(bounds) != (2 if self.share is None else 0):
            raise ValueError(f"award {self.key}: either places or a share")
        if self.share is not None and (not 0 < self.share <= 1 or self.rounding.places):
            raise ValueError(f"award {self.key}: a share is above 0, at most 1, rounded to whole entries")
        if bounds and not 1 <= bounds[0] <= bounds[1]:
            raise ValueError(f"award {self.key}: places run upwards from 1")


@dataclass(frozen=True, slots=True)
class AwardRules:
    """Awards from the highest down. ``sharing``: equal entries may share a place, using up those after it.

    ``maximum``: highest possible score, for minimum shares. Raises ``ValueError`` where places overlap.
    """

    awards: tuple[AwardRule, ...]
    sharing: bool = False
    maximum: Decimal | None = None

    def __post_init__(self) -> None:
        reached = 0
        for rule in self.awards:
            if rule.place_from is not None and rule.place_to is not None:
                if rule.place_from <= reached:
                    raise ValueError(f"award {rule.key}: place {rule.place_from} is given away before")
                reached = rule.place_to
            if rule.minimum_share is not None and self.maximum is None:
                raise ValueError(f"award {rule.key}: a minimum share needs the maximum")

    def floor(self, rule: AwardRule) -> Fraction | None:
        """Fewest points for the award, both minima taken together."""
        floors = [] if rule.minimum is None else [Fraction(rule.minimum)]
        if rule.minimum_share is not None and self.maximum is not None:
            floors.append(rule.minimum_share * Fraction(self.maximum))
        return max(floors, default=None)


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
    """A slot that nobody gets. ``reason``: ``below_minimum``, ``no_entry`` or ``shared_above``."""

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
class Awards:
    """The proposal. It may be approved only while ``blocks`` is empty."""

    given: tuple[Given, ...]
    unawarded: tuple[Unawarded, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Slot:
    rule: AwardRule
    place: int | None
    floor: Fraction | None

    def takes(self, score: Decimal) -> bool:
        return self.floor is None or Fraction(score) >= self.floor


def propose(ranking: Ranking, rules: AwardRules, *, admitted: Mapping[str, int] | None = None) -> Awards:
    """Awards of every cell. Shares are of ``admitted`` entries; by default of all that the ranking knows."""
    cells = ranking.cells()
    known = {cell: len(rows) for cell, rows in cells.items()}
    for cell, _ in ranking.unranked:
        known[cell] = known.get(cell, 0) + 1
    given: list[Given] = []
    unawarded: list[Unawarded] = []
    blocks: list[Block] = []
    for cell in sorted(known):
        slots = _slots(rules, (admitted or known).get(cell, known[cell]))
        _award(cell, cells.get(cell, []), slots, rules, given, unawarded, blocks)
    return Awards(tuple(given), tuple(unawarded), tuple(blocks))


def _slots(rules: AwardRules, entries: int) -> list[_Slot]:
    slots: list[_Slot] = []
    for rule in rules.awards:
        floor = rules.floor(rule)
        if rule.share is not None:
            number = int(rule.rounding.apply(rule.share * entries)) - len(slots)
            slots += [_Slot(rule, None, floor)] * max(0, number)
        elif rule.place_from is not None and rule.place_to is not None:
            places = range(rule.place_from, rule.place_to + 1)
            slots += [_Slot(rule, place if rule.numbered else None, floor) for place in places]
    return slots


def _award(
    cell: str,
    standings: Sequence[Standing],
    slots: list[_Slot],
    rules: AwardRules,
    given: list[Given],
    unawarded: list[Unawarded],
    blocks: list[Block],
) -> None:
    def leave(left: Sequence[_Slot], reason: str) -> None:
        unawarded.extend(Unawarded(cell, slot.rule.key, slot.place, reason) for slot in left)

    for rank, level in groupby(standings, key=lambda row: row.place):
        rows = list(level)
        score = rows[0].score
        below = next((index for index, slot in enumerate(slots) if slot.takes(score)), len(slots))
        leave(slots[:below], "below_minimum")
        slots = slots[below:]
        if not slots:
            return
        taken = [slot for slot in slots[: len(rows)] if slot.takes(score)]
        first = taken[0]
        if len(taken) == len(rows) and len({(slot.rule.key, slot.place) for slot in taken}) == 1:
            pass
        elif rules.sharing and not _exceeds(first.rule, taken, len(rows)):
            leave(slots[1 : len(rows)], "shared_above")
        else:
            entries = tuple(sorted(row.entry for row in rows))
            at_stake = tuple(dict.fromkeys(slot.rule.key for slot in taken))
            blocks.append(Block(cell, rank, score, entries, at_stake, len(taken)))
            slots = slots[len(rows) :]
            continue
        given.extend(Given(cell, row.entry, first.rule.key, first.place, rank, score) for row in rows)
        slots = slots[len(rows) :]
    leave(slots, "no_entry")


def _exceeds(rule: AwardRule, taken: Sequence[_Slot], entries: int) -> bool:
    """A quota is a ceiling: sharing may stretch a place, never a share of the entries."""
    return rule.share is not None and sum(slot.rule is rule for slot in taken) < entries
