"""What must be true of assignments and of the reviews that judges submit."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, Q

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.entries.identity import conflict_keys_of
from essays.entries.models import Essay
from judging.assignments.models import Assignment
from judging.console.stating import invariant
from judging.panels.keys import keys_of_seats
from judging.panels.models import Seat
from judging.reviews.models import Mark, Review
from judging.rubrics.models import Criterion

STANDING = [Assignment.State.WAITING, Assignment.State.DONE]
HUNDREDTH = Decimal("0.01")


@invariant("no standing assignment breaks a conflict rule")
def no_conflicts() -> Iterator[str]:
    for contest in Contest.objects.filter(seats__assignments__state__in=STANDING).distinct().order_by("pk"):
        seats = Seat.objects.filter(contest=contest)
        keys = keys_of_seats(contest, seats)
        entries = {
            essay.blind_copy_id: conflict_keys_of(essay.entry)
            for essay in Essay.objects.filter(entry__contest=contest, blind_copy__isnull=False).select_related(
                "entry__contest", "entry__institution", "entry__owner"
            )
        }
        standing = Assignment.objects.filter(contest=contest, state__in=STANDING).order_by("pk")
        for pk, seat_id, copy_id, kept in standing.values_list("pk", "seat_id", "copy_id", "copy__conflict_keys"):
            if keys[seat_id] & {*kept, *entries.get(copy_id, ())}:
                yield f"assignment {pk}: the judge has a conflict of interest"


@invariant("no judge has a copy to read that is out of the competition")
def nothing_stale_to_read() -> Iterator[str]:
    stale = Assignment.objects.waiting().filter(copy__state__in=[BlindCopy.State.SUPERSEDED, BlindCopy.State.RETIRED])
    for pk in stale.order_by("pk").values_list("pk", flat=True):
        yield f"assignment {pk} waits for a copy that is gone"


@invariant("a copy has at most one standing third review")
def one_third() -> Iterator[str]:
    thirds = Assignment.objects.filter(round=Assignment.Round.THIRD, state__in=STANDING)
    for copy_id in (
        thirds.values("copy_id")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .order_by("copy_id")
        .values_list("copy_id", flat=True)
    ):
        yield f"copy {copy_id} has more than one third reviewer"


@invariant("a review that an organizer took out has one reason that stands, and every other has none")
def removals_have_reasons() -> Iterator[str]:
    standing = Count("removals", filter=Q(removals__undone_at=None))
    rows = Assignment.objects.annotate(reasons=standing)
    removed = Q(state=Assignment.State.REMOVED)
    apart = rows.filter((removed & ~Q(reasons=1)) | (~removed & Q(reasons__gt=0)))
    for pk in apart.order_by("pk").values_list("pk", flat=True):
        yield f"assignment {pk} and the reason of its removal disagree"


@invariant("an assignment is done exactly when its review is submitted")
def done_when_submitted() -> Iterator[str]:
    submitted = Q(review__state=Review.State.SUBMITTED)
    done = Q(state=Assignment.State.DONE)
    apart = Assignment.objects.filter(state__in=STANDING).filter((done & ~submitted) | (~done & submitted))
    for pk in apart.order_by("pk").values_list("pk", flat=True):
        yield f"assignment {pk} and its review disagree"


@invariant("a submitted review has a mark for every criterion, and its total is their weighted sum")
def totals_are_sums() -> Iterator[str]:
    wanted: dict[int, int] = dict(
        Criterion.objects.values_list("rubric__contest_id").annotate(n=Count("pk")).order_by()
    )
    rows = (
        Mark.objects.filter(review__state=Review.State.SUBMITTED)
        .order_by("review_id")
        .values_list("review_id", "review__total", "review__assignment__contest_id", "points", "criterion__weight")
    )
    seen = set()
    for review_id, group in groupby(rows.iterator(), key=itemgetter(0)):
        marks = list(group)
        seen.add(review_id)
        total = sum((points * weight for *_, points, weight in marks), Decimal(0))
        _id, kept, contest_id, *_ = marks[0]
        if kept is None or total.quantize(HUNDREDTH, ROUND_HALF_UP) != kept:
            yield f"review {review_id}: total {kept} is not the sum of its marks, {total}"
        if len(marks) != wanted.get(contest_id, 0):
            yield f"review {review_id} lacks a mark"
    empty = Review.objects.filter(state=Review.State.SUBMITTED).exclude(pk__in=seen)
    for pk in empty.order_by("pk").values_list("pk", flat=True):
        yield f"review {pk} is submitted without a mark"
