"""What every page may read: the product's name, and which doors this person has."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property

from config.appearance import chosen


class Navigation:
    """Which areas a signed-in person has. Each is asked of the database once, and only if a page shows it."""

    def __init__(self, request: HttpRequest) -> None:
        self.user = request.user

    @cached_property
    def judges(self) -> bool:
        from judging.panels.models import Seat

        if not self.user.is_authenticated:
            return False
        return Seat.objects.filter(user=self.user, state=Seat.State.ACCEPTED).exists()

    @cached_property
    def organizes(self) -> bool:
        from essays.contests.models import ContestOrganizer

        if not self.user.is_authenticated:
            return False
        return self.user.is_organizer or ContestOrganizer.objects.filter(user=self.user).exists()


def product(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: ``nav``, the reader's ``appearance``, the site's address and the version."""
    return {
        "nav": Navigation(request),
        "appearance": chosen(request),
        "site_origin": settings.SITE_ORIGIN,
        "product_version": settings.VERSION,
    }
