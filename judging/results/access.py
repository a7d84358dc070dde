"""The gate before the results, and who may see what behind it."""

from datetime import datetime
from typing import Any

from essays.contests.models import Contest
from essays.entries.models import Entry
from judging.results.models import Announcement, Diploma


def readable(contest: Contest, at: datetime) -> Announcement | None:
    """The contest's announcement if its results may be read at this moment, else None.

    Every page, letter and PDF that shows a result asks this function; before the moment there is no difference
    between a contest whose results are ready and one that has none.
    """
    opened = Announcement.objects.open(at).filter(contest=contest)
    return opened.select_related("ranking").defer("ranking__record").first()


def may_see_result(user: Any, entry: Entry, at: datetime) -> Announcement | None:
    """The owner of an entry sees its points and comments, once the gate is open."""
    if not user.is_authenticated or entry.owner_id != user.pk:
        return None
    return readable(entry.contest, at)


def may_download(user: Any, diploma: Diploma, at: datetime) -> bool:
    """The owner of the entry and the contest's organizers, once the gate is open."""
    if not user.is_authenticated:
        return False
    announcement = diploma.award.announcement
    if readable(announcement.contest, at) is None:
        return False
    return bool(diploma.award.entry.owner_id == user.pk or announcement.contest.organizers.filter(user=user).exists())
