"""The token of an invitation: signed, good for fourteen days, and only until the next invitation is sent.

It is made when the letter is rendered, so no table holds a link that lets somebody in.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer

LIFETIME = timedelta(days=14)
_signer = Signer(salt="judging.panels.invitation", sep=".")


@dataclass(frozen=True, slots=True)
class Token:
    """A token that we signed: for which seat, and when that invitation was sent (whole seconds)."""

    seat: UUID
    invited_at: datetime

    def is_over(self, at: datetime) -> bool:
        return at >= self.invited_at + LIFETIME


def make(seat: UUID, invited_at: datetime) -> str:
    """The token for a seat's invitation of that moment."""
    return _signer.sign(f"{seat.hex}-{int(invited_at.timestamp())}")


def read(token: str) -> Token | None:
    """The token's content, or None if it is not ours."""
    try:
        seat, _, seconds = _signer.unsign(token).partition("-")
    except BadSignature:
        return None
    return Token(UUID(seat), datetime.fromtimestamp(int(seconds), UTC))
