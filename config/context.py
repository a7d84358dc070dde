"""What every page may read: the product's name, and which doors this person has."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.functional import cached_property

from config.appearance import chosen


class Navigation:
    """Which areas a signed-in person has. Asked of the database once, and only if a page shows it."""

    def __init__(self, request: HttpRequest) -> None:
        self.user = request.user

    @property
    def judges(self) -> bool:
        return self._doors[0]

    @property
    def organizes(self) -> bool:
        return self._doors[1]

    @cached_property
    def _doors(self) -> tuple[bool, bool]:
        """Both in one question: every page of a signed-in person asks it."""
        from essays.contests.models import ContestOrganizer
        from essays.people.models import User
        from judging.panels.models import Seat

        if not self.user.is_authenticated:
            return False, False
        seats = Seat.objects.filter(user=OuterRef("pk"), state=Seat.State.ACCEPTED)
        contests = ContestOrganizer.objects.filter(user=OuterRef("pk"))
        judges, organizes = User.objects.filter(pk=self.user.pk).values_list(Exists(seats), Exists(contests)).get()
        return judges, organizes or self.user.is_organizer


def product(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: ``nav``, the reader's ``appearance``, the site's address and the version."""
    return {
        "nav": Navigation(request),
        "appearance": chosen(request),
        "site_origin": settings.SITE_ORIGIN,
        "product_version": settings.VERSION,
    }
