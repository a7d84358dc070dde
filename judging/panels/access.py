"""Who may do what with seats."""

from datetime import datetime

from essays.people.models import User
from judging.panels.models import Seat
from judging.panels.tokens import Token


def may_answer(seat: Seat, token: Token, at: datetime) -> bool:
    """May the holder of this token accept or decline? Only the newest invitation counts, for fourteen days."""
    newest = int(seat.invited_at.timestamp()) == int(token.invited_at.timestamp())
    return seat.state == Seat.State.INVITED and newest and not token.is_over(at)


def may_declare(user: User, seat: Seat) -> bool:
    """May this person declare institutions and conflicts? Whoever sits on the seat, before essays are dealt to it.

    After that an essay that vanishes from the queue would tell whose it was: then the judge recuses from a single
    essay, and what else has changed is noted by an organizer.
    """
    return seat.user_id == user.pk and seat.state == Seat.State.ACCEPTED and not seat.assignments.exists()
