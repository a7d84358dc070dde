"""Age, and who has to sign a consent because of it. Pure.

Russian law: for a person under 14 the legal guardian signs, from 14 to 17 the person and the guardian both,
from 18 the person alone.
"""

from datetime import date
from enum import StrEnum

ENTRANT_SIGNS_FROM = 14
GUARDIAN_SIGNS_BELOW = 18
YOUNGEST = 5
OLDEST = 120


class Signer(StrEnum):
    """Who signs a consent."""

    ENTRANT = "entrant"
    GUARDIAN = "guardian"


class BirthDateProblem(StrEnum):
    """Why a birth date cannot be right."""

    IN_THE_FUTURE = "in_the_future"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"


def age_on(birth_date: date, day: date) -> int:
    """Whole years on that day. Born on 29 February, one turns older on 1 March of common years.

    Raises ``ValueError`` when the day is before the birth.
    """
    if day < birth_date:
        raise ValueError(f"{day} is before the birth on {birth_date}")
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had_birthday)


def signers(birth_date: date, day: date) -> tuple[Signer, ...]:
    """Who must sign on that day, the entrant first. Raises ``ValueError`` as ``age_on`` does."""
    age = age_on(birth_date, day)
    required = []
    if age >= ENTRANT_SIGNS_FROM:
        required.append(Signer.ENTRANT)
    if age < GUARDIAN_SIGNS_BELOW:
        required.append(Signer.GUARDIAN)
    return tuple(required)


def birth_date_problem(birth_date: date, day: date) -> BirthDateProblem | None:
    """Why this cannot be the birth date of someone who enters on that day, or None."""
    if birth_date > day:
        return BirthDateProblem.IN_THE_FUTURE
    age = age_on(birth_date, day)
    if age < YOUNGEST:
        return BirthDateProblem.TOO_YOUNG
    if age > OLDEST:
        return BirthDateProblem.TOO_OLD
    return None
