"""Loading the demo: a contest in each stage, made by the actions that people use, each act at its own moment.

The seasons are contests of their own, so that what is open, being judged, decided and announced can be looked at
side by side. Their dates follow from the moment of loading (``demo.seasons``); nothing is moved afterwards, acts are
told at their moments (``essays.ledger.past``), so the ledger, receipts and deadlines agree. A small trial round stands
beside them, decided and about to be announced.

Called again, it tells only what is missing: a season that was interrupted is wiped, with everything that has been
entered into it meanwhile, and told from its beginning; a season that was told to its end is left alone.

Letters of the past seasons count as sent when they are owed. Those of the open season are left to the sender, so
that the mail folder shows what people receive.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, connections

from demo import logins
from demo.applications import World
from demo.contests import make_contest
from demo.people import make_accounts, make_institutions
from demo.regulation import load_regulation
from demo.seasons import SEASONS, Season, Stage, calendar_of
from demo.stories import Story, cast_of
from demo.telling import Telling
from demo.texts import load_essays
from demo.wipe import wipe
from essays.contests.models import Contest
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.ledger.models import LedgerEvent

TOLD = "contest.demo_told"
WRITTEN_IN = 2026
# Whose seasons are told beside each other; reading files keeps two processors busy.
ROWS = ((Stage.INTAKE, Stage.JUDGING), (Stage.DECIDING, Stage.ANNOUNCED, Stage.APPROVED))
Say = Callable[[str], None]


def load(say: Say, *, small: bool = False, fresh: bool = False) -> int:
    """Tell every season that is missing; returns how many. ``fresh`` wipes all seasons first, with all entries."""
    now = clock.now().replace(microsecond=0)
    present = {contest.slug: contest for contest in Contest.objects.filter(slug__in=[one.slug for one in SEASONS])}
    for slug, contest in present.items():
        if fresh or not is_told(contest):
            say(f"{slug}: wiped, to be told from its beginning")
            wipe(contest)
    missing = [season for season in SEASONS if fresh or season.slug not in present or not is_told(present[season.slug])]
    if not missing:
        return 0
    calendars = {season: calendar_of(season, now, ZoneInfo(load_regulation().time_zone)) for season in SEASONS}
    joined_at = min(planned["opens_at"] for planned in calendars.values()) - timedelta(days=30)
    users = make_accounts(load_essays(), joined_at)
    organizer = users[logins.ORGANIZER]
    world = World(users, make_institutions(organizer, joined_at), now.year - WRITTEN_IN)
    contests = {season: make_contest(season, calendars[season], organizer, now) for season in missing}
    for season, contest in contests.items():
        say(f"{contest.slug}: {contest.title_ru} – {season.stage}")
        if season.stage == Stage.DRAFT:
            ledger.record(TOLD, contest)
    rows = [[season for stage in row for season in missing if season.stage == stage] for row in ROWS]
    stories = {season: _story(season, contests[season], world, now, say, small) for season in missing}
    _side_by_side([[stories[season] for season in row] for row in rows])
    return len(missing)


def is_told(contest: Contest) -> bool:
    """Was this season told to its end?"""
    return LedgerEvent.objects.of_contest(contest.pk).filter(action=TOLD).exists()


def _story(season: Season, contest: Contest, world: World, now: datetime, say: Say, small: bool) -> Story:
    essays = [] if season.stage == Stage.DRAFT else cast_of(season, load_essays(), small=small)
    telling = Telling(contest, posts=season.stage == Stage.INTAKE)
    return Story(season, telling, world, essays, now, lambda words: say(f"{contest.slug}: {words}"), small)


def _side_by_side(rows: list[list[Story]]) -> None:
    """Each row of seasons in a thread; one after the other inside a transaction, which no thread could share."""
    if connection.in_atomic_block:
        for row in rows:
            _tell(row)
        return
    with ThreadPoolExecutor(len(rows)) as pool:
        for done in [pool.submit(_in_thread, row) for row in rows]:
            done.result()


def _in_thread(row: list[Story]) -> None:
    try:
        _tell(row)
    finally:
        connections.close_all()


def _tell(row: list[Story]) -> None:
    for story in row:
        story.tell()
        ledger.record(TOLD, story.telling.contest)
