"""Days on which nobody works in Russia, for terms in working days. Pure.

The Labour Code names the holidays (article 112) and moves a day off that meets one to the next working day; each year's
decree moves others. Years whose decree is not known here go by the Code alone; a contest adds what its region or its
decree adds. Every autumn ``MOVED`` gains a year.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

SATURDAY = 5
# Month, day → the holiday.
HOLIDAYS: dict[tuple[int, int], str] = {
    **{(1, day): "new_year" for day in (1, 2, 3, 4, 5, 6, 8)},
    (1, 7): "christmas",
    (2, 23): "defenders",
    (3, 8): "women",
    (5, 1): "labour",
    (5, 9): "victory",
    (6, 12): "russia",
    (11, 4): "unity",
}
# By the government's decrees: the day off → where it was moved.
MOVED: dict[date, date] = {
    date(2025, 1, 4): date(2025, 5, 2),
    date(2025, 1, 5): date(2025, 12, 31),
    date(2025, 2, 23): date(2025, 5, 8),
    date(2025, 3, 8): date(2025, 6, 13),
    date(2025, 11, 1): date(2025, 11, 3),
    date(2026, 1, 3): date(2026, 1, 9),
    date(2026, 1, 4): date(2026, 12, 31),
    date(2027, 1, 2): date(2027, 11, 5),
    date(2027, 1, 3): date(2027, 12, 31),
    date(2027, 2, 20): date(2027, 2, 22),
}
MOVED_TO = "moved"
OWN = "own"


@dataclass(frozen=True)
class DaysOff:
    """``free``: days off besides weekends, by what they are (a code of ``HOLIDAYS``, ``moved`` or ``own``); weekends
    are among them where a holiday falls on one. ``worked``: Saturdays and Sundays on which people work."""

    free: dict[date, str]
    worked: frozenset[date]


@cache
def of_year(year: int) -> DaysOff:
    """What the Code and, where it is known, the decree say of a year."""
    holidays = {date(year, month, day): name for (month, day), name in HOLIDAYS.items()}
    moved = {origin: target for origin, target in MOVED.items() if origin.year == year}
    free = {**holidays, **dict.fromkeys(moved.values(), MOVED_TO)}
    for holiday in sorted(holidays):
        # Those of January are moved by decrees alone.
        if holiday.month > 1 and holiday.weekday() >= SATURDAY and holiday not in moved:
            free[_next_working_day(holiday, free)] = MOVED_TO
    return DaysOff(free, frozenset(moved) - holidays.keys())


def between(first: date, last: date, own: Iterable[date] = (), worked: Collection[date] = ()) -> DaysOff:
    """Of the years from ``first`` to ``last``, with what a contest says itself: it has the last word."""
    years = [of_year(year) for year in range(first.year, last.year + 1)]
    free = {day: name for year in years for day, name in year.free.items()}
    free |= {day: free.get(day, OWN) for day in own}
    weekends = {day for year in years for day in year.worked} - set(own)
    weekends |= {day for day in worked if day.weekday() >= SATURDAY}
    return DaysOff({day: name for day, name in free.items() if day not in worked}, frozenset(weekends))


def _next_working_day(day: date, free: Collection[date]) -> date:
    while day in free or day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day
