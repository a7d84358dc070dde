"""Letters to judges. They name numbers and dates, never an essay."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation

from essays.contests.models import Contest
from essays.contests.timeline import DAY, local_words, until_words
from essays.outbox.actions import Draft, queue
from essays.people.models import User
from judging.assignments.pace import MINUTES_AN_ESSAY, today
from judging.assignments.progress import progress_of
from judging.panels.models import Seat


def essays_wait(
    contest: Contest, owed: Iterable[tuple[Seat, int, str]], *, ends_at: datetime | None = None
) -> list[int]:
    """«N essays wait for you», for (seat, N, key); seats with none get no letter. Returns ids of letters.

    ``ends_at``: until when they are read, where it is not the end of judging.
    """
    return queue(
        _draft("essays_wait", contest, seat, key, {"count": count, "minutes": MINUTES_AN_ESSAY}, ends_at)
        for seat, count, key in owed
        if count
    )


def reminders(contest: Contest, at: datetime) -> list[int]:
    """One reminder a day (in the contest's zone) to each judge who is behind. Returns ids of letters."""
    zone = ZoneInfo(contest.time_zone)
    day = at.astimezone(zone).date().isoformat()
    drafts = []
    for row in progress_of(contest, at):
        if not row.is_behind:
            continue
        left = row.of - row.done
        values = {
            "done": row.done,
            "of": row.of,
            "left": left,
            "today": today(left, at=at, ends_at=contest.judging_ends_at, zone=zone),
            "is_over": at >= contest.judging_ends_at,
        }
        drafts.append(_draft("judge_reminder", contest, row.seat, f"reminder:{contest.pk}:{row.seat.pk}:{day}", values))
    return queue(drafts)


def reviews_removed(seat: Seat, count: int, at: datetime) -> list[int]:
    """«N of your reviews do not count», without a word about the reason."""
    return queue([_draft("reviews_removed", seat.contest, seat, _once("removed", seat, at), {"count": count})])


def reviews_restored(seat: Seat, count: int, at: datetime) -> list[int]:
    """«N of your reviews count again»."""
    return queue([_draft("reviews_restored", seat.contest, seat, _once("restored", seat, at), {"count": count})])


def _once(what: str, seat: Seat, at: datetime) -> str:
    return f"{what}:{seat.pk}:{at.timestamp()}"


def _draft(
    name: str, contest: Contest, seat: Seat, key: str, values: dict[str, Any], ends_at: datetime | None = None
) -> Draft:
    user: User | None = seat.user
    language = user.language if user else "ru"
    with translation.override(language):
        words = {
            "contest_title": str(contest.title),
            "judging_starts": local_words(contest.judging_starts_at, contest, DAY),
            "judging_ends": until_words(ends_at or contest.judging_ends_at, contest),
        }
    return Draft(
        name=name,
        to=user.email if user else seat.email,
        key=key,
        context={
            "name": f"{seat.given_name} {seat.patronymic}".strip(),
            "slug": contest.slug,
            **words,
            **values,
        },
        language=language,
        user_id=seat.user_id,
        contest_id=contest.pk,
    )
