"""Which awards hang on one judge: every judge's reviews left out in turn. Pure.

Only the entries of that judge are scored anew, and each cell is filled from the top only as far as it has places: a
panel of hundreds is looked at in the time of a few rankings. Where marks are calibrated, severities stay as they are;
an entry that nobody else has read keeps its score.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from judging.ranking.award_rules import AwardRules
from judging.ranking.awards import Awards, Slot, award, slots_of, without_withheld
from judging.ranking.computation import Computed
from judging.ranking.gathering import Gathered
from judging.ranking.regulation import Regulation
from judging.ranking.standings import Standing, rank_gathered

Held = tuple[str, int | None]
"""An award and its place; ``("", None)`` is none, ``("?", rank)`` a tie that the jury would have to vote on."""
NONE: Held = ("", None)


@dataclass(frozen=True)
class Change:
    """An entry's award with all reviews, and without those of one judge."""

    cell: str
    entry: str
    judge: str
    now: Held
    without: Held


class _Merit(NamedTuple):
    """Sorted best first: by score, criteria for ties, the jury's vote; the code makes the order whole."""

    key: tuple[Decimal, ...]
    entry: str
    score: Decimal
    place: int = 0


def unstable(computed: Computed, regulation: Regulation) -> list[Change]:
    """Changes by cell, entry and judge. Special prizes are left out: they follow the places."""
    places = AwardRules(
        tuple(rule for rule in regulation.awards.awards if not rule.special),
        regulation.awards.sharing,
        regulation.awards.maximum,
    )
    sizes: dict[str, int] = defaultdict(int)
    for cells in computed.gathered.cells.values():
        sizes[min(cells)] += 1
    standings = computed.ranking.cells()
    base = {cell: [_merit(row, regulation.votes) for row in rows] for cell, rows in standings.items()}
    slots = {
        cell: without_withheld(cell, slots_of(places.of(cell), sizes[cell]), regulation.awards.withheld)[0]
        for cell in base
    }
    now = {cell: _held(_awards(cell, base[cell], slots[cell], places.sharing)) for cell in base}
    found = []
    for judge, entries in _read_by(computed.gathered).items():
        for cell, moved in _without(judge, entries, computed, regulation).items():
            if not slots[cell]:
                continue
            gone = {row.entry for row in moved}
            rest = (row for row in base[cell] if row.entry not in gone)
            again = merge(rest, sorted(_merit(row, regulation.votes) for row in moved))
            then = _held(_awards(cell, again, slots[cell], places.sharing))
            for entry in now[cell].keys() | then.keys():
                before, after = now[cell].get(entry, NONE), then.get(entry, NONE)
                if before != after:
                    found.append(Change(cell, entry, judge, before, after))
    return sorted(found, key=lambda one: (one.cell, one.entry, one.judge))


def _read_by(gathered: Gathered) -> dict[str, list[str]]:
    """Entries by judge, those that somebody else has read, too."""
    found: dict[str, list[str]] = defaultdict(list)
    for row, _total in gathered.standing():
        if len(gathered.reviews[row.entry]) > 1 and row.entry not in gathered.corrections:
            found[row.judge].append(row.entry)
    return found


def _without(
    judge: str, entries: Sequence[str], computed: Computed, regulation: Regulation
) -> dict[str, list[Standing]]:
    """Standings of these entries without the judge's reviews, by cell; their places mean nothing."""
    gathered = computed.gathered
    kept = {
        entry: [index for index, row in enumerate(gathered.reviews[entry]) if row.judge != judge] for entry in entries
    }
    less = Gathered(
        {entry: gathered.cells[entry] for entry in entries},
        {entry: [gathered.reviews[entry][index] for index in indices] for entry, indices in kept.items()},
        {entry: [gathered.totals[entry][index] for index in indices] for entry, indices in kept.items()},
        (),
    )
    ranking = rank_gathered(less, regulation.scoring_of_few, shifts=_shifts(less, computed, regulation))
    found: dict[str, list[Standing]] = defaultdict(list)
    for row in ranking.standings:
        found[row.cell].append(row)
    return found


def _shifts(less: Gathered, computed: Computed, regulation: Regulation) -> dict[str, Decimal]:
    """Mean severity of the judges who are left."""
    calibration = computed.calibration
    if not regulation.calibrated or calibration is None or calibration.fallback is not None:
        return {}
    severity = {
        judge: Decimal(0) if judge in calibration.not_corrected else value
        for judge, value in calibration.severity.items()
    }
    plain = set(calibration.plain_cells)
    return {
        entry: (sum((severity[row.judge] for row in rows), Decimal(0)) / len(rows)).quantize(Decimal("0.000001"))
        for entry, rows in less.reviews.items()
        if min(less.cells[entry]) not in plain
    }


def _merit(row: Standing, votes: Mapping[str, int]) -> _Merit:
    compared = (Decimal(value.numerator) / Decimal(value.denominator) for _key, value in row.compared)
    vote = votes.get(row.entry, 0)
    return _Merit((-row.score, *(-value for value in compared), Decimal(vote)), row.entry, row.score)


def _awards(cell: str, merits: Iterable[_Merit], slots: list[Slot], sharing: bool) -> Awards:
    return award(cell, _placed(merits), list(slots), sharing=sharing)


def _placed(merits: Iterable[_Merit]) -> Iterator[_Merit]:
    """Equal ones get one place; read no further than asked."""
    place = 1
    for _key, level in groupby(merits, key=itemgetter(0)):
        rows = list(level)
        yield from (row._replace(place=place) for row in rows)
        place += len(rows)


def _held(awards: Awards) -> dict[str, Held]:
    held: dict[str, Held] = {one.entry: (one.award, one.place) for one in awards.given}
    for block in awards.blocks:
        held |= dict.fromkeys(block.entries, ("?", block.rank))
    return held
