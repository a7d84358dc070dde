"""Terms in working days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
