"""Terms in working days as a contest counts them: without weekends, public holidays and days off of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from essays.contests import days_off
from essays.contests.models import Contest
from essays.contests.working_days import end_of_working_days

# The longest term that a form takes, sixty working days, is over within these; so no later year is asked for.
FARTHEST = timedelta(days=150)
NAMES: dict[str, Any] = {
    "new_year": _("New Year holidays"),
    "christmas": _("Christmas"),
    "defenders": _("Defender of the Fatherland Day"),
    "women": _("International Women's Day"),
    "labour": _("Spring and Labour Day"),
    "victory": _("Victory Day"),
    "russia": _("Russia Day"),
    "unity": _("Unity Day"),
    days_off.MOVED_TO: _("a day off moved here"),
    days_off.OWN: _("a day off of this contest"),
}


@dataclass(frozen=True)
class LeftOut:
    """Days from ``first`` to ``last`` that do not count, and why; or a Saturday or Sunday that does (``works``)."""

    first: date
    last: date
    why: Any = ""
    works: bool = False


def end_of_term(contest: Contest, moment: datetime, number: int) -> datetime:
    """First moment that is out when something may be done within ``number`` working days of ``moment``."""
    first = moment.astimezone(contest.zone).date()
    known = _days_of(contest, first, first + FARTHEST)
    return end_of_working_days(moment, number, contest.zone, known.free, known.worked)


def left_out(contest: Contest) -> list[LeftOut]:
    """What the contest's terms step over, from the end of intake to the end of the last hearing, in order."""
    results_at = contest.announced_at or contest.results_at
    filed = end_of_term(contest, results_at, contest.appeal_days)
    last = end_of_term(contest, filed, contest.hearing_days).astimezone(contest.zone).date()
    first = contest.closes_at.astimezone(contest.zone).date()
    known = _days_of(contest, first, last)
    rows: list[LeftOut] = []
    for day, name in sorted(known.free.items()):
        if day.weekday() >= days_off.SATURDAY or not first <= day <= last:
            continue
        why = NAMES[name]
        if rows and rows[-1].why == why and _is_weekend_between(rows[-1].last, day):
            rows[-1] = replace(rows[-1], last=day)
        else:
            rows.append(LeftOut(day, day, why))
    rows += [LeftOut(day, day, works=True) for day in known.worked if first <= day <= last]
    return sorted(rows, key=lambda row: row.first)


def _is_weekend_between(earlier: date, later: date) -> bool:
    """Nothing but Saturdays and Sundays lies between the two, or nothing at all."""
    between = (earlier + timedelta(days=number) for number in range(1, (later - earlier).days))
    return all(day.weekday() >= days_off.SATURDAY for day in between)


def _days_of(contest: Contest, first: date, last: date) -> days_off.DaysOff:
    return days_off.between(first, last, dates_of(contest.days_off), set(dates_of(contest.days_worked)))


def dates_of(kept: Iterable[str]) -> list[date]:
    """Days as a contest keeps them: «2026-12-31»."""
    return [date.fromisoformat(one) for one in kept]
