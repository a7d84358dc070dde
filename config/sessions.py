"""Sessions as rows, read by a prepared question: every page of a signed-in person begins with it."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as RowStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from essays.ledger.prepared import prepared


@prepared
def live(key: str, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)


class SessionStore(RowStore):
    def _get_session_from_db(self) -> Session | None:
        found = live(self.session_key, timezone.now())  # type: ignore[arg-type]
        if found:
            return found[0]
        self._session_key = None
        return None
