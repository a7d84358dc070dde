"""Who the author is, as the application says: what a blind copy must not tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


class IdentityError(ValueError):
    """The mapping is not an identity; the message names the field."""


@dataclass(frozen=True, slots=True)
class Person:
    surname: str
    given_name: str
    patronymic: str = ""


@dataclass(frozen=True, slots=True)
class Institution:
    name: str
    short_name: str = ""
    municipality: str = ""
    locality: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """The author and the people and places that give the author away.

    `course` is the class, course or group as it was typed: «9 «А»», «2 курс», «ИС-21».
    """

    surname: str
    given_name: str
    patronymic: str = ""
    birth_date: date | None = None
    institution: Institution | None = None
    course: str = ""
    email: str = ""
    phone: str = ""
    mentor: Person | None = None
    guardian: Person | None = None

    @property
    def author(self) -> Person:
        return Person(self.surname, self.given_name, self.patronymic)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Identity:
        """From plain data, for instance JSON. Raises IdentityError that names the wrong field."""
        if not isinstance(data, Mapping):
            raise IdentityError("identity: an object is expected")
        return cls(
            surname=_line(data, "surname", needed=True),
            given_name=_line(data, "given_name", needed=True),
            patronymic=_line(data, "patronymic"),
            birth_date=_date(data, "birth_date"),
            institution=_institution(data.get("institution")),
            course=_line(data, "course"),
            email=_line(data, "email"),
            phone=_line(data, "phone"),
            mentor=_person(data.get("mentor"), "mentor"),
            guardian=_person(data.get("guardian"), "guardian"),
        )

    def to_dict(self) -> dict[str, Any]:
        """The inverse of `from_dict`, ready for JSON."""
        data = asdict(self)
        data["birth_date"] = self.birth_date.isoformat() if self.birth_date else None
        return data


def _line(data: Mapping[str, Any], field: str, *, needed: bool = False, within: str = "") -> str:
    value = data.get(field)
    name = f"{within}.{field}" if within else field
    if value is None:
        value = ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise IdentityError(f"identity: {name} must be a string")
    value = " ".join(value.split())
    if needed and not value:
        raise IdentityError(f"identity: {name} is missing")
    if len(value) > 1000:
        raise IdentityError(f"identity: {name} is too long")
    return value


def _date(data: Mapping[str, Any], field: str) -> date | None:
    value = data.get(field)
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise IdentityError(f"identity: {field} must be a date like 2010-05-31") from error


def _person(value: Any, field: str) -> Person | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise IdentityError(f"identity: {field} must be an object or null")
    person = Person(*(_line(value, part, within=field) for part in ("surname", "given_name", "patronymic")))
    return person if person.surname or person.given_name else None


def _institution(value: Any) -> Institution | None:
    if value is None:
        return None
    if isinstance(value, str):
        value = {"name": value}
    if not isinstance(value, Mapping):
        raise IdentityError("identity: institution must be an object or null")
    parts = ("name", "short_name", "municipality", "locality")
    institution = Institution(*(_line(value, part, within="institution") for part in parts))
    return institution if institution.name or institution.short_name else None
