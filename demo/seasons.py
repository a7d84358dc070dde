"""The seasons of the demo contest, one for each stage that can be looked at, with dates relative to now. Pure.

The last of them is a small trial round beside the seasons: decided, and about to be announced.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from essays.contests.calendar import local_moment
from essays.contests.schedule import propose

INTAKE_DAYS = 30


class Stage(StrEnum):
    """How far a season's story is told."""

    ANNOUNCED = "announced"
    DECIDING = "deciding"
    JUDGING = "judging"
    INTAKE = "intake"
    DRAFT = "draft"
    APPROVED = "approved"


@dataclass(frozen=True)
class Season:
    """``number`` counts the seasons, the oldest is 1; the trial round comes after them. The address never changes, so a
    season is told once.
    """

    number: int
    stage: Stage

    @property
    def slug(self) -> str:
        return f"moy-opyt-{self.number}"


SEASONS = tuple(Season(number, stage) for number, stage in enumerate(Stage, start=1))

# A moment of the calendar, and how long ago it was at least.
REACHED = {
    # So short ago that the window for appeals is open.
    Stage.ANNOUNCED: ("session_ends_at", timedelta(days=2)),
    Stage.DECIDING: ("judging_ends_at", timedelta(hours=20)),
    Stage.JUDGING: ("judging_starts_at", timedelta(days=6)),
    Stage.APPROVED: ("session_ends_at", timedelta(hours=20)),
}
# Days from today to the last day of intake.
LAST_DAY_IN = {Stage.INTAKE: 9, Stage.DRAFT: 47}
OPENS_AT = time(9)


def calendar_of(season: Season, now: datetime, zone: tzinfo) -> dict[str, datetime]:
    """The planned moments of a season by names of the contest's fields, so that it is in its stage now.

    Intake lasts thirty days and ends at midnight, the other terms are the usual ones after it.
    """
    if season.stage in LAST_DAY_IN:
        return _planned(now, LAST_DAY_IN[season.stage] + 1, zone)
    name, ago = REACHED[season.stage]
    days = 0
    while (planned := _planned(now, days, zone))[name] > now - ago:
        days -= 1
    return planned


def _planned(now: datetime, days: int, zone: tzinfo) -> dict[str, datetime]:
    """The calendar of a contest whose intake ends with the midnight that begins the day so many days from today."""
    day = now.astimezone(zone).date() + timedelta(days=days)
    opens_at = local_moment(day - timedelta(days=INTAKE_DAYS), OPENS_AT, zone)
    # Ten free days in January would leave some days of the year without a season that is being judged.
    return propose(opens_at, local_moment(day, time(0), zone), zone, holidays=False)
