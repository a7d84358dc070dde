"""When an essay lies on a judge's desk, and when it may be scored."""

from datetime import datetime
from enum import StrEnum

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from judging.assignments.models import Assignment
from judging.rubrics.models import JudgingRules


class Desk(StrEnum):
    """What a judge finds behind an address of their own queue."""

    OPEN = "open"
    NOT_YET = "not_yet"
    OVER = "over"
    HELD = "held"
    TAKEN_BACK = "taken_back"
    RECUSED = "recused"


def desk_of(assignment: Assignment, at: datetime) -> Desk:
    """The text may be read when ``OPEN`` or ``OVER``, and scored when ``OPEN``."""
    if assignment.state == Assignment.State.RECUSED:
        return Desk.RECUSED
    if assignment.copy.state == BlindCopy.State.HELD:
        return Desk.HELD
    withdrawn = assignment.state in (Assignment.State.WITHDRAWN, Assignment.State.REMOVED)
    if withdrawn or assignment.copy.state != BlindCopy.State.RELEASED or not assignment.copy.admitted:
        return Desk.TAKEN_BACK
    if at < assignment.contest.judging_starts_at:
        return Desk.NOT_YET
    if at >= reading_ends_at(assignment) or is_decided(assignment.contest):
        return Desk.OVER
    return Desk.OPEN


def may_score(assignment: Assignment, at: datetime) -> bool:
    return desk_of(assignment, at) == Desk.OPEN


def may_recuse(assignment: Assignment, at: datetime) -> bool:
    """Before, while and after reading, until the results are frozen; also while the copy is being looked at."""
    standing = assignment.state in (Assignment.State.WAITING, Assignment.State.DONE)
    return standing and not is_decided(assignment.contest)


def reading_ends_at(assignment: Assignment) -> datetime:
    """First moment that is out for this reading."""
    return ends_at(assignment.contest, assignment.round, assignment.assigned_at)


def ends_at(contest: Contest, round_: int, assigned_at: datetime) -> datetime:
    """First moment that is out. What is asked for on the last evening or later has the session's time: a third review,
    a second look, a reading in the place of one that was removed.
    """
    if round_ != Assignment.Round.FIRST or assigned_at >= contest.judging_ends_at:
        return max(contest.judging_ends_at, contest.session_ends_at)
    return contest.judging_ends_at


def intake_is_over(contest: Contest, at: datetime) -> bool:
    ends = contest.closes_at
    if contest.intake_closed_at is not None:
        ends = min(ends, contest.intake_closed_at)
    return at >= ends


def rules_of(contest: Contest) -> JudgingRules | None:
    """The contest's rules of judging, if there are any yet; read once for this object."""
    try:
        return contest.judging_rules
    except JudgingRules.DoesNotExist:
        return None


def is_decided(contest: Contest) -> bool:
    """Are the reviews frozen because a ranking was approved?"""
    rules = rules_of(contest)
    return rules is not None and rules.results_frozen_at is not None
