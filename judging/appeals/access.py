"""Until when an author may appeal, and who may hear it."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from essays.contests.models import Contest
from essays.contests.terms import end_of_term
from essays.entries.models import Entry
from judging.appeals.models import Appeal, AppealMember
from judging.assignments.models import Assignment
from judging.panels.keys import keys_of_seats
from judging.panels.models import Seat
from judging.results import access as results
from judging.results.models import Award


def window_of(contest: Contest) -> datetime | None:
    """First moment that is too late; None where nothing is announced, or the contest takes no appeals.

    A later edition of the results opens no new window.
    """
    if contest.announced_at is None or not contest.appeal_days:
        return None
    return end_of_term(contest, contest.announced_at, contest.appeal_days)


def is_open(entry: Entry, at: datetime) -> bool:
    """Whether the author of this entry may still appeal, as far as the contest and the entry tell; asks nothing."""
    until, since = window_of(entry.contest), entry.contest.announced_at
    return entry.state == Entry.State.ADMITTED and until is not None and since is not None and since <= at < until


def award_to_appeal(user: Any, entry: Entry, at: datetime) -> Award | None:
    """The result that this person may appeal against now: their own, open, within the window, not yet appealed."""
    announcement = results.may_see_result(user, entry, at) if is_open(entry, at) else None
    if announcement is None or Appeal.objects.filter(entry=entry).exists():
        return None
    return Award.objects.standing().filter(announcement=announcement, entry=entry).select_related("row__copy").first()


def able_to_hear(appeal: Appeal) -> list[Seat]:
    """Members with a vote who never had the entry to read and have no conflict; those who hear least come first."""
    had = Assignment.objects.filter(contest=appeal.contest, copy__code=appeal.copy.code).values("seat")
    seats = list(
        Seat.objects.filter(contest=appeal.contest)
        .reading()
        .exclude(pk__in=had)
        .order_by("role_order", "surname", "pk")
    )
    keys = keys_of_seats(appeal.contest, seats)
    free = [seat for seat in seats if not keys[seat.pk] & set(appeal.copy.conflict_keys)]
    hearing = dict(
        AppealMember.objects.filter(seat__in=[seat.pk for seat in free])
        .exclude(appeal__state=Appeal.State.WITHDRAWN)
        .order_by()
        .values_list("seat")
        .annotate(number=Count("pk", filter=Q(appeal__contest=appeal.contest)))
    )
    return sorted(free, key=lambda seat: hearing.get(seat.pk, 0))
