"""Who reads next, when a reader is missing or a third is wanted: the least loaded of those who may. Pure."""

import hashlib
from collections.abc import Collection, Iterable, Mapping

from judging.assignments.parties import Entry, Judge


def successor(
    entry: Entry, judges: Iterable[Judge], *, load: Mapping[str, int], barred: Collection[str], seed: str
) -> Judge | None:
    """The judge for one more reading of ``entry``, or None if nobody may.

    ``barred``: ids of judges who read it, or gave it back. ``load``: what each holds now, none where not named.
    Of equally loaded judges the seed decides; the order of ``judges`` does not matter.
    """
    free = [
        judge
        for judge in judges
        if judge.id not in barred and may_read(judge, entry) and has_room(judge, load.get(judge.id, 0))
    ]
    return min(free, key=lambda judge: (load.get(judge.id, 0), _lot(judge.id, seed), judge.id), default=None)


def why_nobody(
    entry: Entry, judges: Iterable[Judge], *, load: Mapping[str, int], barred: Collection[str]
) -> tuple[str, ...]:
    """Why ``successor`` finds nobody: of ``conflict``, ``capacity``, ``too_few_judges``; empty if somebody may read."""
    reasons = set()
    for judge in judges:
        if judge.id in barred or not judge.serves(entry.cell):
            continue
        if judge.conflicts_with(entry):
            reasons.add("conflict")
        elif not has_room(judge, load.get(judge.id, 0)):
            reasons.add("capacity")
        else:
            return ()
    return tuple(sorted(reasons)) or ("too_few_judges",)


def may_read(judge: Judge, entry: Entry) -> bool:
    """Cell and conflicts only."""
    return judge.serves(entry.cell) and not judge.conflicts_with(entry)


def has_room(judge: Judge, held: int) -> bool:
    return judge.capacity is None or held < judge.capacity


def _lot(judge: str, seed: str) -> bytes:
    return hashlib.sha256(f"{seed}:{judge}".encode()).digest()
