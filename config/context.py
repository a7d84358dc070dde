"""What every page may read: the product's name, and which doors this person has."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.utils.functional import cached_property

from config.appearance import chosen


class Navigation:
    """Which areas a signed-in person has. Asked of the database once, and only if a page shows it."""

    def __init__(self, request: HttpRequest) -> None:
        # A request that is refused before anybody is known has no user.
        self.user: Any = getattr(request, "user", None) or AnonymousUser()

    @property
    def judges(self) -> bool:
        return self._doors[0]

    @property
    def organizes(self) -> bool:
        return self._doors[1]

    @cached_property
    def _doors(self) -> tuple[bool, bool]:
        """Both in one question: every page of a signed-in person asks it."""
        if not self.user.is_authenticated:
            return False, False
        sql, accepted = _question()
        with connection.cursor() as cursor:
            cursor.execute(sql, [self.user.pk, accepted, self.user.pk])
            judges, organizes = cursor.fetchone()
        return bool(judges), bool(organizes) or self.user.is_organizer


@cache
def _question() -> tuple[str, str]:
    """Has this person a seat in this state, does this person organize? To build it each time costs more than to ask."""
    from essays.contests.models import ContestOrganizer
    from judging.panels.models import Seat

    quoted = connection.ops.quote_name
    seats, contests = quoted(Seat._meta.db_table), quoted(ContestOrganizer._meta.db_table)
    has_seat = f"EXISTS(SELECT 1 FROM {seats} WHERE user_id = %s AND state = %s)"  # noqa: S608 (our own tables)
    organizes = f"EXISTS(SELECT 1 FROM {contests} WHERE user_id = %s)"  # noqa: S608 (our own tables)
    return f"SELECT {has_seat}, {organizes}", str(Seat.State.ACCEPTED)


def product(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: ``nav``, the reader's ``appearance``, the site's address and the version."""
    return {
        "nav": Navigation(request),
        "appearance": chosen(request),
        "site_origin": settings.SITE_ORIGIN,
        "product_version": settings.VERSION,
    }
