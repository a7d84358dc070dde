"""The moment by which deadlines, embargoes and leases are judged."""

from datetime import UTC, datetime

from django.db import connection
from django.utils import timezone

from essays.ledger.past import told


def now() -> datetime:
    """The database's clock (aware, UTC): hosts may disagree by minutes, the database agrees with itself.

    SQLite has no clock of its own and is used on one host only, so there it is this host's.
    """
    if (before := told()) is not None:
        return before.astimezone(UTC)
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment.astimezone(UTC)
