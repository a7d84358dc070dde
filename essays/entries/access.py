"""Who may do what with an entry. The QuerySet hides, these allow; a view asks both."""

from datetime import datetime
from typing import Any

from essays.contests.calendar import Stage, accepts_corrections, accepts_entries
from essays.entries.models import Entry

State = Entry.State


def may_change(user: Any, entry: Entry, at: datetime) -> bool:
    """The owner, while intake is open; after it only what was returned for correction, until corrections end."""
    if entry.owner_id != user.pk:
        return False
    calendar = entry.contest.calendar
    if entry.state in (State.DRAFT, State.RECEIVED):
        return accepts_entries(calendar, at)
    return entry.state == State.RETURNED and (accepts_entries(calendar, at) or accepts_corrections(calendar, at))


def may_leave(entry: Entry, at: datetime) -> bool:
    """May the entry still leave the contest? Until the jury begins to decide."""
    if State.WITHDRAWN not in Entry.MOVES[State(entry.state)]:
        return False
    return entry.contest.stage_at(at) in (Stage.INTAKE, Stage.SCREENING, Stage.JUDGING)


def may_withdraw(user: Any, entry: Entry, at: datetime) -> bool:
    """The owner, while the entry may leave."""
    return bool(entry.owner_id == user.pk and may_leave(entry, at))


def may_decide(entry: Entry, at: datetime) -> bool:
    """Admission is decided until the jury begins to decide on places; the organizer's QuerySet has done the rest."""
    stage = entry.contest.stage_at(at)
    return stage in (Stage.INTAKE, Stage.SCREENING, Stage.JUDGING, Stage.DECIDING)
