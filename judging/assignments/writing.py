"""Writing assignments and owing the letters of it: the parts that all acts of dealing share."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.ledger.states import SomeoneWasFirst, move
from judging.assignments import access, letters
from judging.assignments.bench import Bench
from judging.assignments.models import Assignment, Deal
from judging.assignments.ordering import rank_of
from judging.panels.models import Seat

BATCH = 1000
State = Assignment.State


class Refused(Exception):
    """Something that the rules of dealing do not allow; ``message`` is for people."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Dealt:
    """What came of an act: new assignments, letters to send, copies (by code) that nobody may read and why."""

    assignments: list[Assignment] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    short: dict[str, tuple[str, ...]] = field(default_factory=dict)
    deal: Deal | None = None


def assign(
    pairs: list[tuple[BlindCopy, Seat]], round_: int, *, now: datetime, deal: Deal | None = None
) -> list[Assignment]:
    """Write assignments. One that was withdrawn before is revived, with whatever had been written."""
    withdrawn = _withdrawn(pairs)
    fresh, revived = [], []
    for copy, seat in pairs:
        old = withdrawn.get((copy.pk, seat.pk))
        if old is not None:
            submitted = old.submitted  # type: ignore[attr-defined]
            move(old, State.DONE if submitted else State.WAITING, round=round_, assigned_at=now)
            revived.append(old)
            continue
        place = int.from_bytes(rank_of(copy.code, judge=seat.seed.hex, key=seat.seed.bytes)[:8], "big") >> 1
        fresh.append(
            Assignment(
                contest_id=copy.contest_id,
                seat=seat,
                copy=copy,
                deal=deal,
                round=round_,
                place=place,
                assigned_at=now,
            )
        )
    return Assignment.objects.bulk_create(fresh, batch_size=BATCH) + revived


def _withdrawn(pairs: list[tuple[BlindCopy, Seat]]) -> dict[tuple[int, int], Assignment]:
    if not pairs:
        return {}
    contest_id = pairs[0][0].contest_id
    rows = Assignment.objects.filter(contest_id=contest_id, state=State.WITHDRAWN).annotate(
        # Reviews are a slice above; whether one was submitted decides how its assignment comes back.
        submitted=Exists(Assignment.objects.filter(pk=OuterRef("pk"), review__state="submitted"))
    )
    if len(pairs) <= BATCH:
        rows = rows.filter(copy_id__in=[copy.pk for copy, _ in pairs])
    return {(row.copy_id, row.seat_id): row for row in rows}


def withdraw(assignments: Any, *, actor: Any, reason: str) -> int:
    """Take these back; returns how many were still open or scored when their turn came."""
    count = 0
    for assignment in assignments:
        try:
            move(assignment, State.WITHDRAWN, actor=actor, data={"reason": reason})
        except SomeoneWasFirst:
            continue  # scored or given back in this very moment: nothing is open any more
        count += 1
    return count


def tell(contest: Contest, assignments: list[Assignment], bench: Bench) -> list[int]:
    """Owe a letter to each judge who has something new to read. Returns ids of letters."""
    by_seat: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in assignments:
        if assignment.state == State.WAITING:
            by_seat[assignment.seat_id].append(assignment)
    owed = []
    for seat_id, mine in by_seat.items():
        first = min(mine, key=lambda one: one.pk)
        key = f"assignment:{first.pk}:{int(first.assigned_at.timestamp())}"
        owed.append((bench.seats[str(seat_id)], len(mine), key))
    ends = max((access.ends_at(contest, one.round, one.assigned_at) for one in assignments), default=None)
    return letters.essays_wait(contest, owed, ends_at=ends)
