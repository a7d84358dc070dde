"""Which anchor a judge reads next, and when the anchors of a contest may no longer change."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Contest
from essays.ledger.prepared import prepared
from judging.anchors.models import AnchorEssay, AnchorReading
from judging.assignments.access import is_decided
from judging.panels.models import Seat
from judging.rubrics.access import lock_reason


@dataclass(frozen=True)
class Due:
    """What is to be read now: ``left`` of the turn's anchors, ``anchor`` first."""

    anchor: AnchorEssay
    turn: AnchorReading.Turn
    left: int


def due_of(seat: Seat, *, done: int, of: int) -> Due | None:
    """The anchor that this judge reads next, by how many of their essays are scored: all before the first essay, and
    all again half-way. Nothing once all essays are scored. Two queries, one where the contest has no anchors.
    """
    anchors = _anchors_of(seat.contest_id)
    if not anchors or done >= of:
        return None
    read = set(_read_by(seat.pk))
    turns = [AnchorReading.Turn.FIRST]
    if done * 2 >= of:
        turns.append(AnchorReading.Turn.SECOND)
    for turn in turns:
        left = [one for one in anchors if (one.pk, int(turn)) not in read]
        if left:
            return Due(left[0], turn, len(left))
    return None


@prepared
def _anchors_of(contest: int) -> QuerySet[AnchorEssay]:
    return AnchorEssay.objects.filter(contest=contest)


@prepared
def _read_by(seat: int) -> QuerySet[AnchorReading, tuple[int, int]]:
    return AnchorReading.objects.filter(seat=seat).values_list("anchor_id", "turn")


def may_read(contest: Contest, at: datetime) -> bool:
    """While judges score essays."""
    return contest.judging_starts_at <= at < contest.judging_ends_at and not is_decided(contest)


def anchor_lock(contest: Contest) -> Any:
    """Why the anchors may not change any more; empty while they may."""
    if AnchorReading.objects.filter(anchor__contest=contest).exists():
        return _("Judges have read the anchors: they stay as they are, or a drift would mean nothing.")
    return lock_reason(contest)
