"""A first calendar for a new contest, to be corrected by the organizer. Pure.

Takes moments that are aware and gives moments in UTC, by names of ``Contest``'s fields.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

from essays.contests import days_off
from essays.contests.calendar import local_moment
from essays.contests.working_days import end_of_working_days

PLANNED = (
    "opens_at",
    "closes_at",
    "screening_ends_at",
    "corrections_end_at",
    "judging_starts_at",
    "judging_ends_at",
    "session_ends_at",
    "results_at",
)
SCREENING_WORKING_DAYS = 5
CORRECTION_DAYS = 3
JUDGING_DAYS = 14
SESSION_WORKING_DAYS = 3
RESULTS_WORKING_DAYS = 5


def propose(opens_at: datetime, closes_at: datetime, zone: tzinfo, *, holidays: bool = True) -> dict[str, datetime]:
    """Usual terms after a deadline: 5 working days of screening, 3 days for corrections, 14 of judging,
    3 working days for the jury's session, 5 until the results are out. Periods end at midnight, local time; public
    holidays are no working days, unless ``holidays`` says that weekends alone are free.
    """
    # Counted from the last day that is in, so a deadline at midnight does not win a day.
    screened = _working_days_after(closes_at - timedelta(minutes=1), SCREENING_WORKING_DAYS, zone, holidays)
    corrected = shifted(screened, timedelta(days=CORRECTION_DAYS), zone)
    judged = shifted(corrected, timedelta(days=JUDGING_DAYS), zone)
    decided = _working_days_after(judged - timedelta(minutes=1), SESSION_WORKING_DAYS, zone, holidays)
    results = _working_days_after(decided - timedelta(minutes=1), RESULTS_WORKING_DAYS, zone, holidays)
    moments = (opens_at, closes_at, screened, corrected, corrected, judged, decided, results)
    return dict(zip(PLANNED, moments, strict=True))


def _working_days_after(moment: datetime, number: int, zone: tzinfo, holidays: bool) -> datetime:
    if not holidays:
        return end_of_working_days(moment, number, zone)
    first = moment.astimezone(zone).date()
    known = days_off.between(first, first + timedelta(days=60))
    return end_of_working_days(moment, number, zone, known.free, known.worked)


def like(earlier: Mapping[str, datetime], opens_at: datetime, closes_at: datetime, zone: tzinfo) -> dict[str, datetime]:
    """The terms of an earlier contest, counted from the new deadline in whole days; wall clocks stay."""
    days = closes_at.astimezone(zone).date() - earlier["closes_at"].astimezone(zone).date()
    later = {name: shifted(earlier[name], days, zone) for name in PLANNED}
    return later | {"opens_at": opens_at, "closes_at": closes_at}


def shifted(moment: datetime, by: timedelta, zone: tzinfo) -> datetime:
    """So many days later on the wall clock of the zone, whatever the clocks do between."""
    wall = moment.astimezone(zone)
    return local_moment(wall.date() + timedelta(days=by.days), wall.time(), zone)
