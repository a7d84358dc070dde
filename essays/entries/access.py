"""Who may do what with an entry. The QuerySet hides, these allow; a view asks both."""

from datetime import datetime
from typing import Any

from essays.anonymity.models import BlindCopy
from essays.contests.calendar import Stage, accepts_corrections, accepts_entries
from essays.entries.models import Entry, Essay

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


def may_remark(essay: Essay, at: datetime) -> bool:
    """The owner's word on a copy counts while it is in play and the jury has not begun to decide."""
    copy = essay.blind_copy
    in_play = copy is not None and copy.state in (BlindCopy.State.HELD, BlindCopy.State.RELEASED)
    alive = essay.entry.state in (State.RECEIVED, State.RETURNED, State.ADMITTED)
    return in_play and alive and essay.is_current and may_leave(essay.entry, at)
