"""The calendar of a contest: which stage is it, what comes next, how much time is left. Pure.

All moments are aware; they are kept in UTC, so comparing across a change of clocks is right. Every period
is half open: its end is the *first moment that is out*. «До 23:59» promises the whole minute, hence
``closes_at`` is 00:00:00 of the next day: ``after_minute`` makes it from what the organizer typed,
``last_minute`` gives back what to print.

A moment that is not set never comes.
"""

from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise

MINUTE = timedelta(minutes=1)


class Stage(StrEnum):
    """Where a contest stands, in the order of its life."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    INTAKE = "intake"
    SCREENING = "screening"
    JUDGING = "judging"
    DECIDING = "deciding"
    ANNOUNCED = "announced"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Planned moments, then what really happened. Raises ``ValueError`` for a naive moment.

    Publishing and archiving are switches; everything between them follows from the moments.
    """

    published: bool = False
    archived: bool = False

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    screening_ends_at: datetime | None = None
    corrections_end_at: datetime | None = None
    judging_starts_at: datetime | None = None
    judging_ends_at: datetime | None = None
    session_ends_at: datetime | None = None
    results_at: datetime | None = None

    intake_closed_at: datetime | None = None
    """The organizer closed intake by hand, before ``closes_at``."""
    announced_at: datetime | None = None
    appeals_close_at: datetime | None = None

    def __post_init__(self) -> None:
        for item in fields(self):
            moment = getattr(self, item.name)
            if isinstance(moment, datetime):
                object.__setattr__(self, item.name, _utc(moment, item.name))

    @property
    def intake_ends_at(self) -> datetime | None:
        """When intake ends or ended: the deadline, or earlier where the organizer closed it."""
        return min((m for m in (self.closes_at, self.intake_closed_at) if m is not None), default=None)


def stage(calendar: Calendar, at: datetime) -> Stage:
    """The stage at that moment. What has happened wins over what was planned."""
    at = _utc(at, "at")
    if not calendar.published:
        return Stage.DRAFT
    if calendar.archived:
        return Stage.ARCHIVED
    steps = (
        (calendar.announced_at, Stage.ANNOUNCED),
        (calendar.judging_ends_at, Stage.DECIDING),
        (calendar.judging_starts_at, Stage.JUDGING),
        (calendar.intake_ends_at, Stage.SCREENING),
        (calendar.opens_at, Stage.INTAKE),
    )
    return next((reached for moment, reached in steps if _reached(moment, at)), Stage.UPCOMING)


def accepts_entries(calendar: Calendar, at: datetime) -> bool:
    """May an entry be handed in at that moment?"""
    return stage(calendar, at) == Stage.INTAKE


def accepts_corrections(calendar: Calendar, at: datetime) -> bool:
    """May an entrant still mend what screening found? From the opening until corrections end."""
    if stage(calendar, at) not in (Stage.INTAKE, Stage.SCREENING):
        return False
    end = calendar.corrections_end_at or calendar.intake_ends_at
    return not _reached(end, _utc(at, "at"))


def accepts_appeals(calendar: Calendar, at: datetime) -> bool:
    """Is the window for appeals open? Never without an end that has been set."""
    return (
        stage(calendar, at) == Stage.ANNOUNCED
        and calendar.appeals_close_at is not None
        and not _reached(calendar.appeals_close_at, _utc(at, "at"))
    )


class Tense(StrEnum):
    """How a milestone lies to the moment: ``NEXT`` is the first of those to come."""

    PAST = "past"
    NOW = "now"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A period of the timeline: intake, screening, corrections, judging, deciding, results or appeals.

    ``ends_at`` is None for results (a moment, not a period); for periods it is the first moment that is out.
    """

    name: str
    begins_at: datetime
    ends_at: datetime | None
    tense: Tense


def milestones(calendar: Calendar, at: datetime) -> list[Milestone]:
    """The timeline as it looks at that moment, in order; periods without dates are left out."""
    at = _utc(at, "at")
    # An announcement that is set for later is nobody's business yet: the timeline shows what was planned.
    announced = calendar.announced_at if _reached(calendar.announced_at, at) else None
    periods = (
        ("intake", calendar.opens_at, calendar.intake_ends_at),
        ("screening", calendar.intake_ends_at, calendar.screening_ends_at),
        ("corrections", calendar.screening_ends_at, calendar.corrections_end_at),
        ("judging", calendar.judging_starts_at, calendar.judging_ends_at),
        ("deciding", calendar.judging_ends_at, calendar.session_ends_at or calendar.results_at),
    )
    timeline = [
        # With the results out nobody waits for a stage any more, however long it was planned.
        Milestone(name, begins, ends, _tense(begins, ends, at) if announced is None else Tense.PAST)
        for name, begins, ends in periods
        if begins is not None and ends is not None and begins < ends
    ]
    results = announced or calendar.results_at
    if results is not None:
        # Only the announcement itself makes results past: a planned date that slipped by is still to come.
        tense = Tense.PAST if _reached(announced, at) else Tense.LATER
        timeline.append(Milestone("results", results, None, tense))
    if announced is not None and calendar.appeals_close_at is not None:
        ends = calendar.appeals_close_at
        timeline.append(Milestone("appeals", announced, ends, _tense(announced, ends, at)))
    return _with_next(timeline)


@dataclass(frozen=True, slots=True)
class Left:
    """Time until the next thing that people wait for; ``name`` is the field that it leads to."""

    name: str
    until: datetime
    total: timedelta

    @property
    def days(self) -> int:
        return self.total.days

    @property
    def hours(self) -> int:
        return self.total.seconds // 3600

    @property
    def minutes(self) -> int:
        return self.total.seconds // 60 % 60

    @property
    def seconds(self) -> int:
        return self.total.seconds % 60


def left(calendar: Calendar, at: datetime) -> Left | None:
    """What the present stage runs towards, and how long it takes; None where it is not set or overdue."""
    at = _utc(at, "at")
    name = {
        Stage.UPCOMING: "opens_at",
        Stage.INTAKE: "closes_at",
        Stage.SCREENING: "judging_starts_at",
        Stage.JUDGING: "judging_ends_at",
        Stage.DECIDING: "results_at",
        Stage.ANNOUNCED: "appeals_close_at",
    }.get(stage(calendar, at))
    until = calendar.intake_ends_at if name == "closes_at" else getattr(calendar, name) if name else None
    return Left(name, until, until - at) if name and until and until > at else None


@dataclass(frozen=True, slots=True)
class CalendarProblem:
    """``code`` is ``missing`` or ``out_of_order``; ``field`` should come after ``earlier``."""

    code: str
    field: str
    earlier: str | None = None


REQUIRED = ("opens_at", "closes_at", "judging_starts_at", "judging_ends_at", "results_at")
_ORDER = (
    "opens_at",
    "closes_at",
    "screening_ends_at",
    "corrections_end_at",
    "judging_starts_at",
    "judging_ends_at",
    "session_ends_at",
    "results_at",
)
# These must be later than what comes before them; the others may coincide with it.
_STRICT = frozenset({"closes_at", "judging_ends_at", "appeals_close_at"})


def problems(calendar: Calendar) -> list[CalendarProblem]:
    """What stands against publishing this calendar, in its own order; empty when it is sound."""
    found = [CalendarProblem("missing", name) for name in REQUIRED if getattr(calendar, name) is None]
    dated = [name for name in _ORDER if getattr(calendar, name) is not None]
    pairs = [*pairwise(dated), ("opens_at", "intake_closed_at"), ("announced_at", "appeals_close_at")]
    for before, after in pairs:
        # Where intake was closed by hand, what follows it may come as early.
        first = calendar.intake_ends_at if before == "closes_at" else getattr(calendar, before)
        second = getattr(calendar, after)
        if first and second and (second < first or (second == first and after in _STRICT)):
            found.append(CalendarProblem("out_of_order", after, before))
    return found


def local_moment(day: date, clock: time, zone: tzinfo) -> datetime:
    """That day and wall clock as a moment in UTC.

    A wall clock that occurs twice or never (change of clocks) means the later of the two readings: a promise
    to entrants is kept in their favour.
    """
    wall = datetime.combine(day, clock.replace(tzinfo=None, fold=0))
    return max(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


def after_minute(moment: datetime) -> datetime:
    """The first moment after the minute that was typed: 23:59 → 00:00:00 of the next day."""
    moment = _utc(moment, "moment")
    return moment.replace(second=0, microsecond=0) + MINUTE


def last_minute(ends_at: datetime) -> datetime:
    """The last minute that still counts, to print as «до 23:59»; the inverse of ``after_minute``."""
    return _utc(ends_at, "ends_at") - MINUTE


def _utc(moment: datetime, name: str) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"{name} must be aware of its time zone")
    return moment.astimezone(UTC)


def _reached(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and moment <= at


def _tense(begins: datetime, ends: datetime, at: datetime) -> Tense:
    if at < begins:
        return Tense.LATER
    return Tense.NOW if at < ends else Tense.PAST


def _with_next(timeline: list[Milestone]) -> list[Milestone]:
    coming = next((item for item in timeline if item.tense == Tense.LATER), None)
    return [replace(item, tense=Tense.NEXT) if item is coming else item for item in timeline]
