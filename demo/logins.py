"""The people whom a visitor of the demo can be. Printed by ``make run``, made by ``manage.py load_demo``."""

from typing import NamedTuple


class Login(NamedTuple):
    """A demo account; all of them are confirmed and may sign in at once."""

    role: str
    email: str
    password: str


PASSWORD = "laureate-demo"

STUDENT = "student@example.org"
MENTOR = "mentor@example.org"
JUDGE = "judge@example.org"
CHAIR = "chair@example.org"
SECRETARY = "secretary@example.org"
ORGANIZER = "organizer@example.org"

LOGINS = (
    Login("student / участник", STUDENT, PASSWORD),
    Login("mentor / наставник", MENTOR, PASSWORD),
    Login("judge / член жюри", JUDGE, PASSWORD),
    Login("chair / председатель жюри", CHAIR, PASSWORD),
    Login("secretary / секретарь жюри", SECRETARY, PASSWORD),
    Login("organizer / организатор", ORGANIZER, PASSWORD),
)

#: Whose part of the demo each address plays: keys of the roster, and of the essay for the student.
PARTS = {
    ORGANIZER: "podgornaya",
    SECRETARY: "lisitsyn",
    CHAIR: "vostretsov",
    JUDGE: "kostromina",
    MENTOR: "gritsenko",
    STUDENT: "01-odin-klik",
}
