"""Until when an author may appeal, and who may hear it."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from essays.contests.working_days import end_of_working_days
from essays.entries.models import Entry
from judging.appeals.models import Appeal, AppealMember
from judging.assignments.models import Assignment
from judging.panels.keys import keys_of_seats
from judging.panels.models import Seat
from judging.results import access as results
from judging.results.models import Announcement, Award


def window_of(announcement: Announcement) -> datetime | None:
    """First moment that is too late; None where the contest takes no appeals. A later edition opens no new window."""
    contest = announcement.contest
    if not contest.appeal_days:
        return None
    return end_of_working_days(announcement.at, contest.appeal_days, contest.zone)


def award_to_appeal(user: Any, entry: Entry, at: datetime) -> Award | None:
    """The result that this person may appeal against now: their own, open, within the window, not yet appealed."""
    announcement = results.may_see_result(user, entry, at)
    if announcement is None:
        return None
    until = window_of(announcement)
    if until is None or at >= until or Appeal.objects.filter(entry=entry).exists():
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
