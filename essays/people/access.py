"""Who keeps the reference data that all contests share."""

from typing import Any, cast

from django.http import HttpRequest

from essays.people.models import User


def acting(request: HttpRequest) -> User:
    """The person who acts, on pages that only signed-in people reach."""
    return cast(User, request.user)


def may_keep_institutions(user: Any) -> bool:
    """Whoever may create contests or runs one keeps the list of institutions."""
    if not (user.is_authenticated and user.is_active):
        return False
    return bool(user.is_organizer or user.organizes.exists())
