"""Terms counted in working days, such as the window for appeals. Pure."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta, tzinfo

from essays.contests.calendar import local_moment


def add_working_days(
    day: date, number: int, holidays: Collection[date] = (), working_weekends: Collection[date] = ()
) -> date:
    """The ``number``-th working day after that day, which itself does not count.

    Saturdays and Sundays are free unless they are in ``working_weekends`` (days moved by decree); so are
    ``holidays``. Raises ``ValueError`` for a negative number.
    """
    if number < 0:
        raise ValueError("working days are counted forward")
    while number:
        day += timedelta(days=1)
        free = day in holidays or (day.weekday() >= 5 and day not in working_weekends)
        number -= not free
    return day


def end_of_working_days(
    moment: datetime,
    number: int,
    zone: tzinfo,
    holidays: Collection[date] = (),
    working_weekends: Collection[date] = (),
) -> datetime:
    """First moment that is out when something may be done within ``number`` working days of ``moment``.

    The day of ``moment`` in that zone does not count; the last working day counts whole. Raises
    ``ValueError`` for a naive moment or a negative number.
    """
    if moment.utcoffset() is None:
        raise ValueError("moment must be aware of its time zone")
    last_day = add_working_days(moment.astimezone(zone).date(), number, holidays, working_weekends)
    return local_moment(last_day + timedelta(days=1), time.min, zone)
