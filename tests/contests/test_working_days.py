"""Terms in working days."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from essays.contests import days_off, terms
from essays.contests.models import Contest
from essays.contests.working_days import add_working_days, end_of_working_days

BARNAUL = ZoneInfo("Asia/Barnaul")
UNITY_DAY = date(2026, 11, 4)  # a Wednesday


@pytest.mark.parametrize(
    ("day", "number", "holidays", "working_weekends", "expected"),
    [
        (date(2026, 10, 5), 3, (), (), date(2026, 10, 8)),  # Monday → Thursday
        (date(2026, 10, 8), 3, (), (), date(2026, 10, 13)),  # Thursday → Tuesday
        (date(2026, 10, 10), 1, (), (), date(2026, 10, 12)),  # from a Saturday
        (date(2026, 11, 2), 3, (UNITY_DAY,), (), date(2026, 11, 6)),
        (date(2026, 10, 9), 1, (), (date(2026, 10, 10),), date(2026, 10, 10)),  # a working Saturday
        (date(2026, 10, 10), 0, (), (), date(2026, 10, 10)),
        # New Year: 1–8 January 2027 are free, 9 and 10 are a weekend.
        (date(2026, 12, 31), 1, tuple(date(2027, 1, day) for day in range(1, 9)), (), date(2027, 1, 11)),
    ],
)
def test_add_working_days(
    day: date, number: int, holidays: tuple[date, ...], working_weekends: tuple[date, ...], expected: date
) -> None:
    assert add_working_days(day, number, holidays, working_weekends) == expected


def test_appeals_within_three_working_days_end_with_the_third_day_of_the_zone() -> None:
    # Friday 6 November, 23:30 in Barnaul is still Friday there; the third working day is Wednesday.
    announced = datetime(2026, 11, 6, 23, 30, tzinfo=BARNAUL)

    assert end_of_working_days(announced.astimezone(UTC), 3, BARNAUL) == datetime(2026, 11, 12, tzinfo=BARNAUL)


def test_working_days_are_counted_forward_from_an_aware_moment() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2026, 10, 5), -1)
    with pytest.raises(ValueError, match="aware"):
        end_of_working_days(datetime.now(UTC).replace(tzinfo=None), 3, BARNAUL)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 30), st.integers(0, 30))
def test_terms_add_up(day: date, first: int, second: int) -> None:
    assert add_working_days(add_working_days(day, first), second) == add_working_days(day, first + second)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 60), st.sets(st.integers(1, 90)))
def test_the_last_day_is_a_working_day_and_the_count_is_right(day: date, number: int, offsets: set[int]) -> None:
    holidays = {day + timedelta(days=offset) for offset in offsets}

    end = add_working_days(day, number, holidays)

    days = [day + timedelta(days=offset) for offset in range(1, (end - day).days + 1)]
    working = [each for each in days if each.weekday() < 5 and each not in holidays]
    assert (len(working), working[-1]) == (number, end)


@pytest.mark.parametrize(
    ("year", "free", "worked"),
    [
        (2025, "2.5 8.5 13.6 3.11 31.12", (date(2025, 11, 1),)),
        (2026, "9.1 9.3 11.5 31.12", ()),
        (2027, "22.2 3.5 10.5 14.6 5.11 31.12", (date(2027, 2, 20),)),
        # No decree is known yet: Unity Day is a Saturday, and the Code gives the Monday.
        (2028, "6.11", ()),
    ],
)
def test_what_is_moved_in_a_year(year: int, free: str, worked: tuple[date, ...]) -> None:
    known = days_off.of_year(year)

    moved = {day for day, name in known.free.items() if name == days_off.MOVED_TO}
    assert {f"{day.day}.{day.month}" for day in moved} == set(free.split())
    assert known.worked == set(worked)
    assert {f"{day.day}.{day.month}" for day in known.free.keys() - moved} == {
        *(f"{day}.1" for day in range(1, 9)),
        *"23.2 8.3 1.5 9.5 12.6 4.11".split(),
    }


def contest_with(**values: Any) -> Contest:
    return Contest(time_zone="Asia/Barnaul", **values)


@pytest.mark.parametrize(
    ("own", "worked", "last"),
    [
        ([], [], date(2027, 1, 13)),  # 30 December, then 11, 12 and 13 January
        (["2027-01-12"], [], date(2027, 1, 14)),
        ([], ["2027-01-09", "2026-12-31"], date(2027, 1, 11)),
        (["2026-12-30"], ["2026-12-30"], date(2027, 1, 13)),  # what is worked has the last word
    ],
)
def test_a_term_over_new_year_steps_over_holidays_and_the_contests_own_days(
    own: list[str], worked: list[str], last: date
) -> None:
    contest = contest_with(days_off=own, days_worked=worked)
    announced = datetime(2026, 12, 29, 18, 0, tzinfo=BARNAUL)

    end = terms.end_of_term(contest, announced, 4)

    assert end == datetime.combine(last + timedelta(days=1), time.min, tzinfo=BARNAUL)


def test_what_is_left_out_is_said_with_the_reason() -> None:
    contest = contest_with(
        closes_at=datetime(2027, 2, 15, tzinfo=BARNAUL),
        results_at=datetime(2027, 3, 4, tzinfo=BARNAUL),
        appeal_days=3,
        hearing_days=2,
        days_off=["2027-02-25", "2027-02-26", "2027-03-01", "2027-05-20"],
    )

    with translation.override("en"):
        said = [(row.first, row.last, str(row.why), row.works) for row in terms.left_out(contest)]
    assert said == [
        (date(2027, 2, 20), date(2027, 2, 20), "", True),
        (date(2027, 2, 22), date(2027, 2, 22), "a day off moved here", False),
        (date(2027, 2, 23), date(2027, 2, 23), "Defender of the Fatherland Day", False),
        # A weekend lies between them.
        (date(2027, 2, 25), date(2027, 3, 1), "a day off of this contest", False),
        (date(2027, 3, 8), date(2027, 3, 8), "International Women's Day", False),
    ]
