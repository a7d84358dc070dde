"""The people whom a visitor of the demo can be. Printed by ``make run``, made by ``manage.py load_demo``."""

from typing import NamedTuple


class Login(NamedTuple):
    """A demo account; all of them are confirmed and may sign in at once."""

    role: str
    email: str
    password: str


PASSWORD = "laureate-demo"

LOGINS = (
    Login("student / участник", "student@example.org", PASSWORD),
    Login("judge / член жюри", "judge@example.org", PASSWORD),
    Login("organizer / организатор", "organizer@example.org", PASSWORD),
)
