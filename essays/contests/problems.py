"""What stands against an act of the organizer, said so that it can be mended."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """``message`` is translated, plain and complete; ``field`` is a form's field, ``section`` the page to go to.

    Sections: texts, requirements, categories, nominations, calendar, consents, rubric, rules, awards.
    """

    message: Any
    field: str = ""
    section: str = ""


class Refused(Exception):
    """An act that is not done, for reasons that the person can read. Nothing was changed."""

    def __init__(self, message: Any = "", field: str = "", *, problems: tuple[Problem, ...] = ()) -> None:
        self.problems = problems or (Problem(message, field),)
        super().__init__(" ".join(str(problem.message) for problem in self.problems))

    @property
    def message(self) -> Any:
        return self.problems[0].message

    @property
    def field(self) -> str:
        return self.problems[0].field


class Outdated(Refused):
    """Somebody else changed the same thing since the page was opened."""
