"""No page asks the database more than fifteen questions, whoever opens it.

The first page of a session asks more: it notes where somebody signed in. PostgreSQL is asked for its clock besides.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.walls.address_table import DOORS
from tests.walls.cast import cast
from tests.walls.doors import Door

MOST = 15 + (connection.vendor == "postgresql")
# The others see the same pages, or fewer.
ROLES = ("anonymous", "entrant", "mentor", "judge", "organizer")
# Pages that say more when they are asked for more.
ASKED = {
    "organizer_assignments": "?seed=lot",
    "organizer_reviews": "?show=disagreement",
    "organizer_entries": "?q=закрытова&copy=held",
    "judge_queue": "?show=to_read",
    "institutions": "?q=школа",
}


@pytest.mark.django_db
def test_no_page_asks_more_than_fifteen_questions() -> None:
    everybody = cast()
    clients = {role: everybody.client(role) for role in ROLES}
    for role, client in clients.items():
        client.get(reverse("home"))
        assert client.session.get("activity_noted_at") or role == "anonymous"

    asked = {
        (name + query, role): questions(clients[role], reverse(name, kwargs=door.there(everybody)) + query)
        for name, door in DOORS.items()
        if is_a_page(name, door)
        for role in ROLES
        if role in door.who
        for query in {"", ASKED.get(name, "")}
    }

    assert len(asked) > 100
    assert {page: number for page, number in asked.items() if number > MOST} == {}


def is_a_page(name: str, door: Door) -> bool:
    """Files are made from few rows, and slowly."""
    return door.get == 200 and not name.endswith(("_pdf", "_picture", "_preview", "_download", "_sheet", "_essays"))


def questions(client: Client, address: str) -> int:
    """Statements behind one page, without those that only begin or end a transaction."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        assert response.status_code == 200, address
        b"".join(response) if response.streaming else None  # type: ignore[arg-type, call-overload]
    ends = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return sum(not query["sql"].startswith(ends) for query in queries.captured_queries)
