"""A contest's calendar in words: stages, periods with dates, time left. All times on the contest's wall clock."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from essays.contests import zones
from essays.contests.calendar import Calendar, Stage, Tense, last_minute, milestones
from essays.contests.models import Contest

STAGES: dict[str, Any] = {
    Stage.DRAFT: _("draft, not public yet"),
    Stage.UPCOMING: _("intake has not opened yet"),
    Stage.INTAKE: _("essays are being taken"),
    Stage.SCREENING: _("applications are being checked"),
    Stage.JUDGING: _("the jury is reading"),
    Stage.DECIDING: _("the jury is deciding"),
    Stage.ANNOUNCED: _("results are announced"),
    Stage.ARCHIVED: _("put away"),
}
STAGE_KINDS = {Stage.INTAKE: "now", Stage.ANNOUNCED: "done", Stage.ARCHIVED: "locked", Stage.DRAFT: "warning"}
PERIODS: dict[str, Any] = {
    "intake": _("Essays are taken"),
    "screening": _("Applications are checked"),
    "corrections": _("Authors correct what was found"),
    "judging": _("The jury reads and scores"),
    "deciding": _("The jury decides"),
    "results": _("Results are announced"),
    "appeals": _("Appeals are taken"),
}
WITH_TIME, DAY = "j E Y, H:i", "j E Y"


def local_words(moment: datetime, contest: Contest, pattern: str = WITH_TIME) -> str:
    """«31 December 2026, 23:59» on the contest's wall clock, in the active language."""
    local = moment.astimezone(contest.zone)
    day = _day_words(local.date(), get_language())
    return f"{day}, {local:%H:%M}" if pattern == WITH_TIME else day


@lru_cache(maxsize=4096)
def _day_words(day: date, language: str | None) -> str:
    """Kept: a page of the ledger has a hundred moments of a few days."""
    return date_format(day, DAY)


def until_words(ends_at: datetime, contest: Contest) -> str:
    """The last minute that counts, with the zone: «31 December 2026, 23:59 Barnaul time»."""
    return f"{local_words(last_minute(ends_at), contest)} {zones.by_local_time(contest.time_zone)}"


def timeline(contest: Contest, at: datetime, calendar: Calendar | None = None) -> list[dict[str, Any]]:
    """Rows for ``_timeline.html``: name, moment, state, hint. ``calendar`` replaces the contest's own (preview)."""
    rows = []
    for period in milestones(calendar or contest.calendar, at):
        moment, hint = period.begins_at, ""
        if period.ends_at is not None:
            hint = _("until %(moment)s") % {"moment": local_words(last_minute(period.ends_at), contest)}
        elif period.tense != Tense.PAST:
            moment = last_minute(moment)
            hint = str(_("not later than this day"))
        state = {Tense.PAST: "past", Tense.NOW: "now"}.get(period.tense, "next")
        rows.append({"name": PERIODS[period.name], "moment": moment, "state": state, "hint": hint})
    return rows


def time_left_words(left: timedelta) -> str:
    """«10 days», «1 day 4 hours», «3 hours 20 minutes»: rounded down, as the page's script does it."""
    minutes = max(int(left.total_seconds()) // 60, 0)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    day_words = ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
    hour_words = ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
    minute_words = ngettext("%(number)d minute", "%(number)d minutes", rest) % {"number": rest}
    if days >= 2:
        return day_words
    if days:
        return f"{day_words} {hour_words}" if hours else day_words
    if hours:
        return f"{hour_words} {minute_words}" if rest else hour_words
    return minute_words if rest else str(_("less than a minute"))
