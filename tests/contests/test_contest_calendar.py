"""The calendar: stages at their borders, timeline, time left, order of moments."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.contests import calendar as almanac
from essays.contests.calendar import Calendar, CalendarProblem, Stage, Tense, left, milestones, problems, stage

BARNAUL = ZoneInfo("Asia/Barnaul")
TICK = timedelta(microseconds=1)
# From half a year before the calendar below to a year after it.
moments = st.timedeltas(timedelta(days=-180), timedelta(days=365)).map(
    lambda offset: datetime(2026, 9, 1, tzinfo=UTC) + offset
)


def local(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BARNAUL)


CALENDAR = Calendar(
    published=True,
    opens_at=local(9, 1, 9),
    closes_at=local(10, 1),  # «до 23:59 30 сентября»
    screening_ends_at=local(10, 8),
    corrections_end_at=local(10, 11),
    judging_starts_at=local(10, 12),
    judging_ends_at=local(10, 26),
    session_ends_at=local(10, 29),
    results_at=local(11, 6, 12),
)
ANNOUNCED = replace(CALENDAR, announced_at=local(11, 5, 10), appeals_close_at=local(11, 11))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (local(8, 1), Stage.UPCOMING),
        (local(9, 1, 9) - TICK, Stage.UPCOMING),
        (local(9, 1, 9), Stage.INTAKE),
        (local(9, 30, 23, 59), Stage.INTAKE),
        (local(10, 1) - TICK, Stage.INTAKE),  # 23:59:59.999999 is in
        (local(10, 1), Stage.SCREENING),  # closes_at is the first moment that is out
        (local(10, 12) - TICK, Stage.SCREENING),
        (local(10, 12), Stage.JUDGING),
        (local(10, 26), Stage.DECIDING),
        (local(12, 31), Stage.DECIDING),  # nothing is announced by the clock
    ],
)
def test_stage_by_the_clock(at: datetime, expected: Stage) -> None:
    assert stage(CALENDAR, at) == expected


@pytest.mark.parametrize(
    ("changes", "at", "expected"),
    [
        ({"published": False}, local(9, 15), Stage.DRAFT),
        ({"archived": True}, local(9, 15), Stage.ARCHIVED),
        ({"intake_closed_at": local(9, 20)}, local(9, 20) - TICK, Stage.INTAKE),
        ({"intake_closed_at": local(9, 20)}, local(9, 20), Stage.SCREENING),
        ({"intake_closed_at": local(10, 5)}, local(10, 3), Stage.SCREENING),  # the deadline was first
        ({"announced_at": local(10, 28)}, local(10, 28) - TICK, Stage.DECIDING),
        ({"announced_at": local(10, 28)}, local(10, 28), Stage.ANNOUNCED),  # earlier than planned
        ({"judging_starts_at": None, "judging_ends_at": None}, local(12, 1), Stage.SCREENING),
        ({"opens_at": None, "closes_at": None}, local(9, 15), Stage.UPCOMING),
    ],
)
def test_what_happened_wins_over_what_was_planned(changes: dict, at: datetime, expected: Stage) -> None:
    assert stage(replace(CALENDAR, **changes), at) == expected


@given(moments, st.timedeltas(timedelta(0), timedelta(days=90)))
def test_a_contest_never_goes_back(at: datetime, later: timedelta) -> None:
    order = list(Stage)

    assert order.index(stage(ANNOUNCED, at)) <= order.index(stage(ANNOUNCED, at + later))


def test_the_zone_of_the_question_does_not_matter() -> None:
    last = local(10, 1) - TICK

    assert {stage(CALENDAR, last.astimezone(ZoneInfo(name))) for name in ("UTC", "Europe/Moscow", "Asia/Tokyo")} == {
        Stage.INTAKE
    }


def test_the_hour_that_happens_twice_is_two_hours() -> None:
    # Berlin puts the clock back on 25 October 2026: 02:30 comes twice, an hour apart.
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=0)
    second = datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=1)
    calendar = Calendar(published=True, opens_at=local(9, 1), closes_at=second)

    assert (stage(calendar, first), left(calendar, first).total) == (Stage.INTAKE, timedelta(hours=1))


def test_a_naive_moment_is_refused() -> None:
    naive = local(9, 1).replace(tzinfo=None)
    with pytest.raises(ValueError, match="opens_at must be aware"):
        Calendar(opens_at=naive)
    with pytest.raises(ValueError, match="at must be aware"):
        stage(CALENDAR, naive)


@pytest.mark.parametrize(
    ("at", "entries", "corrections", "appeals"),
    [
        (local(8, 31), False, False, False),
        (local(9, 15), True, True, False),
        (local(10, 1), False, True, False),
        (local(10, 11) - TICK, False, True, False),
        (local(10, 11), False, False, False),
        (local(11, 5, 10), False, False, True),
        (local(11, 11) - TICK, False, False, True),
        (local(11, 11), False, False, False),
    ],
)
def test_what_may_be_handed_in(at: datetime, entries: bool, corrections: bool, appeals: bool) -> None:
    assert (
        almanac.accepts_entries(ANNOUNCED, at),
        almanac.accepts_corrections(ANNOUNCED, at),
        almanac.accepts_appeals(ANNOUNCED, at),
    ) == (entries, corrections, appeals)


def tenses(calendar: Calendar, at: datetime) -> list[tuple[str, Tense]]:
    return [(item.name, item.tense) for item in milestones(calendar, at)]


def test_timeline_before_anything_begins() -> None:
    assert tenses(CALENDAR, local(8, 1)) == [
        ("intake", Tense.NEXT),
        ("screening", Tense.LATER),
        ("corrections", Tense.LATER),
        ("judging", Tense.LATER),
        ("deciding", Tense.LATER),
        ("results", Tense.LATER),
    ]


def test_timeline_in_the_middle() -> None:
    assert tenses(CALENDAR, local(10, 9)) == [
        ("intake", Tense.PAST),
        ("screening", Tense.PAST),
        ("corrections", Tense.NOW),
        ("judging", Tense.NEXT),
        ("deciding", Tense.LATER),
        ("results", Tense.LATER),
    ]


def test_results_are_still_to_come_when_their_day_has_passed() -> None:
    assert tenses(CALENDAR, local(11, 20))[-1] == ("results", Tense.NEXT)


def test_timeline_after_the_announcement_has_real_moments() -> None:
    shown = milestones(ANNOUNCED, local(11, 6))

    assert [(item.name, item.begins_at, item.ends_at, item.tense) for item in shown[-2:]] == [
        ("results", local(11, 5, 10), None, Tense.PAST),
        ("appeals", local(11, 5, 10), local(11, 11), Tense.NOW),
    ]


def test_nothing_goes_on_when_the_results_came_early() -> None:
    early = replace(CALENDAR, announced_at=local(10, 27))

    assert {tense for _name, tense in tenses(early, local(10, 27, 12))} == {Tense.PAST}


def test_timeline_shows_intake_as_closed_early() -> None:
    closed = replace(CALENDAR, intake_closed_at=local(9, 20))
    intake, screening = milestones(closed, local(9, 21))[:2]

    assert (intake.ends_at, intake.tense, screening.begins_at, screening.tense) == (
        local(9, 20),
        Tense.PAST,
        local(9, 20),
        Tense.NOW,
    )


def test_periods_without_dates_are_left_out() -> None:
    bare = Calendar(published=True, opens_at=local(9, 1), closes_at=local(10, 1))

    assert tenses(bare, local(9, 2)) == [("intake", Tense.NOW)]


@pytest.mark.parametrize(
    ("at", "name", "parts"),
    [
        (local(8, 31, 8, 30), "opens_at", (1, 0, 30, 0)),
        (local(9, 28, 21, 58) + timedelta(seconds=57), "closes_at", (2, 2, 1, 3)),
        (local(10, 1), "judging_starts_at", (11, 0, 0, 0)),
        (local(10, 25, 12), "judging_ends_at", (0, 12, 0, 0)),
        (local(11, 6), "results_at", (0, 12, 0, 0)),
    ],
)
def test_time_left(at: datetime, name: str, parts: tuple[int, ...]) -> None:
    rest = left(CALENDAR, at)

    assert (rest.name, (rest.days, rest.hours, rest.minutes, rest.seconds)) == (name, parts)


def test_time_left_for_appeals_and_for_an_early_end_of_intake() -> None:
    closing = replace(CALENDAR, intake_closed_at=local(9, 20))

    assert (left(ANNOUNCED, local(11, 10)).total, left(closing, local(9, 19)).until) == (
        timedelta(days=1),
        local(9, 20),
    )


@pytest.mark.parametrize(
    ("calendar", "at"),
    [
        (CALENDAR, local(12, 1)),  # results are overdue: no negative countdown
        (replace(CALENDAR, published=False), local(9, 15)),
        (replace(CALENDAR, archived=True), local(9, 15)),
        (replace(ANNOUNCED, appeals_close_at=None), local(11, 10)),
    ],
)
def test_nothing_is_left_to_wait_for(calendar: Calendar, at: datetime) -> None:
    assert left(calendar, at) is None


def test_a_sound_calendar_has_no_problems() -> None:
    assert (problems(CALENDAR), problems(ANNOUNCED)) == ([], [])


def test_an_empty_calendar_names_what_is_missing() -> None:
    assert problems(Calendar()) == [
        CalendarProblem("missing", name)
        for name in ("opens_at", "closes_at", "judging_starts_at", "judging_ends_at", "results_at")
    ]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"closes_at": local(9, 1, 9)}, [("closes_at", "opens_at")]),
        ({"screening_ends_at": local(9, 30)}, [("screening_ends_at", "closes_at")]),
        ({"screening_ends_at": local(10, 1)}, []),  # may coincide
        ({"judging_ends_at": local(10, 12)}, [("judging_ends_at", "judging_starts_at")]),
        ({"results_at": local(10, 1)}, [("results_at", "session_ends_at")]),
        # The gap is bridged: what is left out is not compared.
        (
            {"screening_ends_at": None, "corrections_end_at": None, "judging_starts_at": local(9, 15)},
            [("judging_starts_at", "closes_at")],
        ),
        ({"intake_closed_at": local(8, 1)}, [("intake_closed_at", "opens_at")]),
        # Closed by hand: what follows may come before the deadline that was planned, not before the real end.
        ({"intake_closed_at": local(9, 20), "screening_ends_at": local(9, 21)}, []),
        (
            {"intake_closed_at": local(9, 20), "screening_ends_at": local(9, 19)},
            [("screening_ends_at", "closes_at")],
        ),
        ({"announced_at": local(11, 5), "appeals_close_at": local(11, 5)}, [("appeals_close_at", "announced_at")]),
    ],
)
def test_moments_out_of_order_are_named(changes: dict, found: list[tuple[str, str]]) -> None:
    assert problems(replace(CALENDAR, **changes)) == [
        CalendarProblem("out_of_order", later, earlier) for later, earlier in found
    ]


def test_until_23_59_means_the_whole_minute() -> None:
    typed = local(9, 30, 23, 59)

    assert (almanac.after_minute(typed), almanac.last_minute(local(10, 1))) == (local(10, 1), typed)


@given(moments)
def test_after_minute_is_undone_by_last_minute(moment: datetime) -> None:
    minute = moment.replace(second=0, microsecond=0)

    assert almanac.last_minute(almanac.after_minute(moment)) == minute


@pytest.mark.parametrize(
    ("day", "clock", "zone", "expected"),
    [
        (date(2026, 9, 30), time(23, 59), "Asia/Barnaul", datetime(2026, 9, 30, 16, 59, tzinfo=UTC)),
        # 02:30 twice: the later one, +01:00.
        (date(2026, 10, 25), time(2, 30), "Europe/Berlin", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        # 02:30 never: read as 03:30 +02:00, the later of the two readings.
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_wall_clock_becomes_a_moment_in_the_entrants_favour(
    day: date, clock: time, zone: str, expected: datetime
) -> None:
    assert almanac.local_moment(day, clock, ZoneInfo(zone)) == expected
