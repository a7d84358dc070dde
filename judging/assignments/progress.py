"""How far every judge is: read-only."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from essays.contests.models import Contest
from judging.assignments.models import LATE, Assignment
from judging.assignments.pace import MINUTES_AN_ESSAY, is_behind
from judging.panels.models import Seat


@dataclass(frozen=True)
class Progress:
    """One judge: how many are scored, of how many."""

    seat: Seat
    done: int
    of: int
    is_behind: bool
    is_overdue: bool

    @property
    def percent(self) -> int:
        return self.done * 100 // self.of if self.of else 0

    @property
    def hours_left(self) -> float:
        return (self.of - self.done) * MINUTES_AN_ESSAY / 60


def progress_of(contest: Contest, at: datetime) -> list[Progress]:
    """Judges who read, in the panel's order; two queries whatever their number."""
    # Readings with the session's time are nobody's delay before it is over.
    in_time = at < max(contest.judging_ends_at, contest.session_ends_at)
    open_or_done = [Assignment.State.WAITING, Assignment.State.DONE]
    late_ones = Count("pk", filter=Q(state=Assignment.State.WAITING) & LATE)
    counts = {
        seat: (done, of, late)
        for seat, done, of, late in Assignment.objects.filter(contest=contest, state__in=open_or_done)
        .values_list("seat_id")
        .annotate(done=Count("pk", filter=Q(state=Assignment.State.DONE)), of=Count("pk"), late=late_ones)
        .order_by()
    }
    rows = []
    for seat in Seat.objects.filter(contest=contest).reading().for_panel():
        done, of, open_late = counts.get(seat.pk, (0, 0, 0))
        if in_time and at >= contest.judging_ends_at and done + open_late == of:
            rows.append(Progress(seat, done, of, is_behind=False, is_overdue=False))
            continue
        behind = is_behind(done, of, at=at, starts_at=contest.judging_starts_at, ends_at=contest.judging_ends_at)
        rows.append(Progress(seat, done, of, behind, behind and at >= contest.judging_ends_at))
    return rows
