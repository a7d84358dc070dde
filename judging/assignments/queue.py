"""A judge's queue: what is in it, how far it is, what comes before and after. Read-only.

The queue never sorts, filters or searches by anything that could tell when an essay came in or whose it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When

from essays.anonymity.models import BlindCopy
from essays.contests.models import Category, Contest, Nomination
from essays.ledger.prepared import prepared, prepared_listing, prepared_numbers
from essays.people.models import User
from judging.assignments.models import Assignment, AssignmentQuerySet
from judging.assignments.pace import MINUTES_AN_ESSAY, today
from judging.panels.models import Seat

FILTERS = ("all", "to_read", "draft", "done")


@dataclass(frozen=True)
class Tally:
    """How many essays a judge has, and how many of them are in which state. Held ones count: they come back."""

    of: int
    done: int
    drafts: int

    @property
    def left(self) -> int:
        return self.of - self.done

    @property
    def untouched(self) -> int:
        return self.left - self.drafts

    @property
    def percent(self) -> int:
        return self.done * 100 // self.of if self.of else 0


@dataclass(frozen=True)
class Pace:
    """What keeps the judge on time: essays and minutes today."""

    essays: int
    minutes: int


def seats_of(user: User, at: datetime) -> Sequence[Seat]:
    """Seats from which this person reads: those with essays to read in front, the one that ends first before others.

    After them those whose time to read is over though something was left unread, then the contests that ask for
    nothing now, the latest first.
    """
    found = _seats_of(user.pk)
    waiting = [seat for seat in found if seat.waits]  # type: ignore[attr-defined]
    waiting.sort(key=lambda seat: seat.contest.judging_ends_at <= at)
    return waiting + [seat for seat in reversed(found) if not seat.waits]  # type: ignore[attr-defined]


@prepared
def _seats_of(user: int) -> QuerySet[Seat]:
    waiting = Assignment.objects.filter(seat=OuterRef("pk")).waiting().readable()
    seats = Seat.objects.filter(user=user).reading().select_related("contest", "contest__judging_rules")
    return seats.annotate(waits=Exists(waiting)).order_by("contest__judging_ends_at", "pk")


def keeps_minutes(user: User) -> bool:
    """Is this person the secretary of a jury, who has no queue because a secretary scores nothing?"""
    return Seat.objects.of(user).filter(state=Seat.State.ACCEPTED, role=Seat.Role.SECRETARY).exists()


def standing_of(seat: Seat | int) -> AssignmentQuerySet:
    return Assignment.objects.filter(seat=seat).standing()


def tally_of(seat: Seat) -> Tally:
    return Tally(*_tally_of(seat.pk))


@prepared_numbers
def _tally_of(seat: int) -> dict[str, int]:
    drafted = Q(state=Assignment.State.WAITING, review__version__gt=0)
    return (
        Assignment.objects.filter(seat=seat)
        .standing()
        .aggregate(
            of=Count("pk"), done=Count("pk", filter=Q(state=Assignment.State.DONE)), drafts=Count("pk", filter=drafted)
        )
    )


def rows_of(
    seat: Seat | int, show: str = "all", category: int | None = None, nomination: int | None = None
) -> AssignmentQuerySet:
    """The queue's rows with ``review_version`` and ``review_total`` (the judge's own). ``show`` is of FILTERS."""
    rows = standing_of(seat).readable().for_queue()
    if show == "to_read":
        rows = rows.waiting().exclude(review__version__gt=0)
    elif show == "draft":
        rows = rows.waiting().filter(review__version__gt=0)
    elif show == "done":
        rows = rows.done()
    if category is not None:
        rows = rows.filter(copy__category=category)
    if nomination is not None:
        rows = rows.filter(copy__nomination=nomination)
    return rows.annotate(review_version=F("review__version"), review_total=F("review__total"))


@prepared_listing
def all_rows_of(seat: int) -> QuerySet[Assignment]:
    """``rows_of`` without a choice, as nearly every judge looks at the queue."""
    return rows_of(seat)


@prepared
def categories_of(contest: int) -> QuerySet[Category]:
    return Category.objects.filter(contest=contest)


@prepared
def nominations_of(contest: int) -> QuerySet[Nomination]:
    return Nomination.objects.filter(contest=contest)


def ends_at(seat: Seat, at: datetime) -> datetime:
    """Until when this judge reads: the end of judging, after it the session's while something late is open."""
    contest = seat.contest
    late = at >= contest.judging_ends_at and standing_of(seat).waiting().late().exists()
    return max(contest.judging_ends_at, contest.session_ends_at) if late else contest.judging_ends_at


def resume(seat: Seat, *, late: bool = False) -> Assignment | None:
    """Where to go on: the draft that was touched last, else the first essay that was not read.

    ``late``: judging is over, only what has the session's time may be scored.
    """
    found = _late_to_resume(seat.pk) if late else _to_resume(seat.pk)
    return found[0] if found else None


@prepared
def _to_resume(seat: int) -> QuerySet[Assignment]:
    return _last_touched_first(Assignment.objects.filter(seat=seat).waiting())


@prepared
def _late_to_resume(seat: int) -> QuerySet[Assignment]:
    return _last_touched_first(Assignment.objects.filter(seat=seat).waiting().late())


def _last_touched_first(waiting: AssignmentQuerySet) -> QuerySet[Assignment]:
    touched = Case(When(review__version__gt=0, then=F("review__saved_at")))
    rows = waiting.readable().for_queue().annotate(touched=touched)
    return rows.order_by(F("touched").desc(nulls_last=True), "place", "pk")[:1]


def pace_of(contest: Contest, tally: Tally, at: datetime, ends_at: datetime) -> Pace | None:
    """How much today keeps the judge on time; None before and after the judging, and when all is done."""
    if not tally.left or not contest.judging_starts_at <= at < ends_at:
        return None
    essays = today(tally.left, at=at, ends_at=ends_at, zone=ZoneInfo(contest.time_zone))
    return Pace(essays, essays * MINUTES_AN_ESSAY)


@dataclass(frozen=True)
class Neighbours:
    """Addresses before and after in the judge's own order, and the next one to score, from here on and around."""

    previous: UUID | None
    following: UUID | None
    next_to_score: UUID | None


def neighbours_of(assignment: Assignment) -> Neighbours:
    return around(assignment)[0]


def around(assignment: Assignment) -> tuple[Neighbours, Tally]:
    """What lies beside an essay in its judge's queue, and how far the judge is: one query over the judge's own rows."""
    rows = _in_order(assignment.seat_id)
    before: list[UUID] = []
    after: list[UUID] = []
    waiting: tuple[list[UUID], list[UUID]] = ([], [])
    done = drafts = of = 0
    passed = False
    for pk, public_id, state, copy_state, version in rows:
        of += 1
        done += state == Assignment.State.DONE
        drafts += state == Assignment.State.WAITING and bool(version)
        if pk == assignment.pk:
            passed = True
        elif copy_state == BlindCopy.State.RELEASED:
            (after if passed else before).append(public_id)
            if state == Assignment.State.WAITING:
                waiting[0 if passed else 1].append(public_id)
    # The next to score lies further on, else where the round begins again.
    round_about = [*waiting[0], *waiting[1]]
    neighbours = Neighbours(
        previous=before[-1] if before else None,
        following=after[0] if after else None,
        next_to_score=round_about[0] if round_about else None,
    )
    return neighbours, Tally(of, done, drafts)


@prepared
def _in_order(seat: int) -> QuerySet[Assignment, tuple[int, UUID, str, str, int | None]]:
    rows = Assignment.objects.filter(seat=seat).standing().order_by("place", "pk")
    return rows.values_list("pk", "public_id", "state", "copy__state", "review__version")
