"""Who keeps the reference data that all contests share."""

from typing import Any


def may_keep_institutions(user: Any) -> bool:
    """Whoever may create contests or runs one keeps the list of institutions."""
    if not (user.is_authenticated and user.is_active):
        return False
    return bool(user.is_organizer or user.organizes.exists())
