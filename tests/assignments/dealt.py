"""A contest with so many judges and essays, and who reads an essay of it."""

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from judging.assignments.models import Assignment
from judging.panels.models import Seat
from tests.factories.story import (
    BlindCopyFactory,
    CategoryFactory,
    ContestFactory,
    NominationFactory,
    SeatFactory,
    rules,
)


def contest_with(judges: int, copies: int, **changes: object) -> tuple[Contest, list[Seat], list[BlindCopy]]:
    """A contest in its judging with two reviews per entry, one cell, these judges and copies."""
    contest = ContestFactory(stage="judging")
    rules(contest, **changes)
    cell = {"category": CategoryFactory(contest=contest), "nomination": NominationFactory(contest=contest)}
    seats = SeatFactory.create_batch(judges, contest=contest)
    return contest, seats, BlindCopyFactory.create_batch(copies, contest=contest, **cell)


def readers(copy: BlindCopy) -> set[int]:
    return set(Assignment.objects.filter(copy=copy).standing().values_list("seat_id", flat=True))
