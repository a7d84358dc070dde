"""How a contest's story is told: every act at its own moment, in order, with its letters."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from random import Random

from django.db import transaction
from django.db.models import F

from essays.contests.models import Contest
from essays.entries.blinding import blind
from essays.entries.models import Essay
from essays.ledger.past import told_at
from essays.outbox.models import Letter

# Between these hours people write, send and read.
MORNING, EVENING = 8, 22
LONGEST_WAIT = 180.0  # seconds


class Telling:
    """One contest, its time zone and its own chance. ``posts``: its letters are really sent, not only noted as sent."""

    def __init__(self, contest: Contest, *, posts: bool) -> None:
        self.contest = contest
        self.zone: tzinfo = contest.zone
        self.chance = Random(contest.slug)
        self.posts = posts

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """An act at that moment. What it writes to people counts as sent in the same transaction."""
        with told_at(moment), transaction.atomic():
            yield
            if not self.posts:
                owed = Letter.objects.filter(contest=self.contest, state=Letter.State.QUEUED)
                owed.update(state=Letter.State.SENT, attempts=1, sent_at=F("queued_at"))

    def could_not_send(self, name: str, to: str, why: str, *, attempts: int = 1) -> None:
        """Let this letter have come back, in the sender's words (``Letter.last_error``)."""
        Letter.objects.filter(contest=self.contest, name=name, to=to).update(
            state=Letter.State.FAILED, attempts=attempts, last_error=why, sent_at=None, lease_until=None
        )

    def moments(self, begin: datetime, end: datetime, number: int) -> list[datetime]:
        """So many different moments between two, in order, at hours when people are awake; later ones are denser."""
        if end <= begin:
            raise ValueError(f"{end} is not after {begin}")
        found: set[datetime] = set()
        while len(found) < number:
            share = self.chance.random() ** 0.7
            moment = (begin + (end - begin) * share).replace(microsecond=0)
            # A night is short for those who have little time left.
            if MORNING <= moment.astimezone(self.zone).hour < EVENING or end - begin < timedelta(days=2):
                found.add(moment)
        return sorted(found)

    def working_hour(self, day: datetime, hour: int, minute: int = 0) -> datetime:
        """That wall clock in the contest's zone, on the day of the moment."""
        return day.astimezone(self.zone).replace(hour=hour, minute=minute, second=0, microsecond=0)


def blind_at(essay: Essay, moment: datetime) -> None:
    """Make the blind copy of a sent essay at that moment, or wait for the worker that was quicker.

    Raises RuntimeError if there is no copy in the end: every essay of the demo can be read.
    """
    with told_at(moment):
        blind(essay.pk)
    deadline = time.monotonic() + LONGEST_WAIT
    while True:
        essay.refresh_from_db()
        if essay.blind_copy_id is not None:
            return
        if essay.state in (Essay.State.FAILED, Essay.State.QUARANTINED) or time.monotonic() > deadline:
            raise RuntimeError(f"{essay.original_name}: no blind copy, {essay.state} {essay.failure}")
        # The sweep of a running worker took it; where there is none, a lost lease is over at once.
        time.sleep(0.3)
        with told_at(moment):
            blind(essay.pk)
