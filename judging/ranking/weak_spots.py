"""Entries whose award hangs on one judge or on calibration: those are worth a second look."""

from collections.abc import Sequence
from dataclasses import dataclass

from judging.ranking.collector import at_rest
from judging.ranking.computation import Computed, compute, of_gathered
from judging.ranking.contest_rules import Held
from judging.ranking.regulation import read
from judging.ranking.stability import NONE, Change, unstable
from judging.ranking.stability import Held as Award
from judging.ranking.subject import Subject


@dataclass(frozen=True)
class Spot:
    """An entry with its award now. ``judges``: what it would be without the reviews of each of them; ``toggled``: what
    it would be with calibration, or without where the rules calibrate; None: the same.
    """

    cell: str
    entry: str
    now: Award
    judges: tuple[Change, ...]
    toggled: Award | None


@dataclass(frozen=True)
class WeakSpots:
    """``spots`` by cell and place. ``calibrated``: do the rules calibrate? ``fallback``: why toggling changes nothing.

    ``awarded``: how many entries are; ``judges``: how many of them an award hangs on.
    """

    held: tuple[Held, ...]
    spots: tuple[Spot, ...]
    awarded: int
    judges: int
    calibrated: bool
    fallback: str


@at_rest()
def weak_spots(subject: Subject) -> WeakSpots:
    """Look at every award. Only where there are rules and criteria."""
    assert subject.rules is not None
    held, cell_of_entry = subject.cells(subject.rules.smallest_cell)
    document = subject.document(held)
    regulation = read(document)
    computed = compute(subject.rows(cell_of_entry), regulation, entered=cell_of_entry, beside=True)
    other = read(document, method="mean" if regulation.calibrated else "calibrated")
    fallback = computed.calibration.fallback if computed.calibration else None
    now = _awards(computed)
    # Where nothing is put right, the other way would differ by its other rules alone.
    then = now if fallback else _awards(of_gathered(computed.gathered, other, calibration=computed.calibration))
    changes: dict[str, list[Change]] = {}
    for change in unstable(computed, regulation):
        changes.setdefault(change.entry, []).append(change)
    entries = changes.keys() | {entry for entry in now.keys() | then.keys() if now.get(entry) != then.get(entry)}
    spots = [
        Spot(
            cell_of_entry[entry],
            entry,
            now.get(entry, NONE),
            tuple(changes.get(entry, ())),
            then.get(entry, NONE) if now.get(entry) != then.get(entry) else None,
        )
        for entry in entries
    ]
    spots.sort(key=lambda spot: (int(spot.cell), spot.now == NONE, spot.now[1] or 0, spot.entry))
    return WeakSpots(
        held,
        tuple(spots),
        len(computed.awards.given),
        len(_judges(spots)),
        regulation.calibrated,
        "" if fallback is None else str(fallback),
    )


def _awards(computed: Computed) -> dict[str, Award]:
    held: dict[str, Award] = {one.entry: (one.award, one.place) for one in computed.awards.given}
    for block in computed.awards.blocks:
        held |= dict.fromkeys(block.entries, ("?", block.rank))
    return held


def _judges(spots: Sequence[Spot]) -> set[str]:
    return {one.judge for spot in spots for one in spot.judges}
