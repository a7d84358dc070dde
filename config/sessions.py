"""Sessions as rows, read by a prepared question: every page of a signed-in person begins with it."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as RowStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from essays.ledger.prepared import prepared

SHORTEST = 8


@prepared
def live(key: str, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)


class SessionStore(RowStore):
    def _validate_session_key(self, key: str | None) -> bool:
        """Only what we give out is asked for: a cookie may hold anything, and PostgreSQL refuses a null character."""
        return key is not None and len(key) >= SHORTEST and key.isascii() and key.isalnum()

    def _get_session_from_db(self) -> Session | None:
        found = live(self.session_key, timezone.now())  # type: ignore[arg-type]
        if found:
            return found[0]
        self._session_key = None
        return None
