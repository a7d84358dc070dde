"""The invented people and institutions of the demo, read from institutions.toml and people.toml. Pure."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

HERE = Path(__file__).parent

Sex = Literal["f", "m"]


@dataclass(frozen=True)
class Municipality:
    key: str
    name: str
    kind: str


@dataclass(frozen=True)
class Institution:
    """`kind` is school, college or university; `parent` is the key of the institution it is a branch of."""

    key: str
    official_name: str
    short_name: str
    kind: str
    municipality: str
    locality: str
    parent: str | None = None


@dataclass(frozen=True)
class Person:
    """A mentor, a judge or an organizer. `role`: chair, member, organizer, secretary; empty for mentors."""

    key: str
    surname: str
    given_name: str
    patronymic: str
    sex: Sex
    position: str
    email: str
    phone: str
    institution: str | None = None
    role: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.surname} {self.given_name} {self.patronymic}"

    @property
    def initials(self) -> str:
        return f"{self.given_name[0]}. {self.patronymic[0]}. {self.surname}"


@dataclass(frozen=True)
class Roster:
    municipalities: dict[str, Municipality]
    institutions: dict[str, Institution]
    mentors: dict[str, Person]
    judges: dict[str, Person]
    organizers: dict[str, Person]


@cache
def load_roster() -> Roster:
    """Everybody, by key, in the order of the files. Treat the dictionaries as read-only: the roster is shared."""
    places = tomllib.loads((HERE / "institutions.toml").read_text(encoding="utf-8"))
    people = tomllib.loads((HERE / "people.toml").read_text(encoding="utf-8"))
    return Roster(
        municipalities={key: Municipality(key, **row) for key, row in places["municipalities"].items()},
        institutions={key: Institution(key, **row) for key, row in places["institutions"].items()},
        mentors={key: Person(key, **row) for key, row in people["mentors"].items()},
        judges={key: Person(key, **row) for key, row in people["judges"].items()},
        organizers={key: Person(key, **row) for key, row in people["organizers"].items()},
    )
