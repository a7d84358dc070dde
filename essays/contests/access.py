"""Who may do what with a contest."""

from typing import Any

from essays.contests.models import Contest


def may_create_contest(user: Any) -> bool:
    """Creating contests is a right of the whole site, given to an account."""
    return bool(user.is_authenticated and user.is_active and user.is_organizer)


def may_organize(user: Any, contest: Contest) -> bool:
    """Running a contest is a row in its team; the right to create contests alone opens none."""
    return bool(user.is_authenticated and user.is_active and contest.organizers.filter(user_id=user.pk).exists())
