"""A person's name in the dative, for documents that are «handed to» somebody (pure).

Rules of declension are pytrovich's; what they cannot know – somebody's sex where no patronymic tells it – stays open.
"""

from dataclasses import dataclass
from functools import cache

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

MALE_ENDINGS = ("вич", "ич", "оглы", "улы", "уулу")
FEMALE_ENDINGS = ("вна", "чна", "шна", "кызы", "кизи", "гызы")


@dataclass(frozen=True)
class Declined:
    """``sure`` is false where a person should look: a name in Latin letters, or one that tells no sex."""

    surname: str
    given_name: str
    patronymic: str
    sure: bool


def dative(surname: str, given_name: str, patronymic: str) -> Declined:
    """«Петрова», «Анна», «Сергеевна» → «Петровой», «Анне», «Сергеевне». A name that tells no sex stays as it is."""
    sex = sex_of(surname, given_name, patronymic)
    if sex is None or not all(is_cyrillic(part) for part in (surname, given_name, patronymic)):
        return Declined(surname, given_name, patronymic, sure=False)
    return Declined(
        surname=_words(NamePart.LASTNAME, sex, surname),
        given_name=_words(NamePart.FIRSTNAME, sex, given_name),
        patronymic=patronymic and _words(NamePart.MIDDLENAME, sex, patronymic),
        sure=True,
    )


def sex_of(surname: str, given_name: str, patronymic: str) -> Gender | None:
    """By the patronymic, else by given name and surname where both agree; None where nothing tells."""
    ending = patronymic.casefold().strip()
    if ending.endswith(FEMALE_ENDINGS):
        return Gender.FEMALE
    if ending.endswith(MALE_ENDINGS):
        return Gender.MALE
    told = {
        found
        for found in (_detected(firstname=given_name.strip()), _detected(lastname=surname.strip()))
        if found in (Gender.FEMALE, Gender.MALE)
    }
    return told.pop() if len(told) == 1 else None


def is_cyrillic(name: str) -> bool:
    return all("Ѐ" <= letter <= "ԯ" for letter in name if letter.isalpha())


def _detected(**part: str) -> Gender | None:
    if not next(iter(part.values())):
        return None
    try:
        return _tools()[1].detect(**part)
    except (ValueError, KeyError, IndexError):
        # The detector has no answer for what is no name by its rules.
        return None


def _words(part: NamePart, sex: Gender, name: str) -> str:
    """Each word of a double name by itself: «Анна Мария» → «Анне Марии»."""
    maker = _tools()[0]
    return " ".join(maker.make(part, sex, Case.DATIVE, word) for word in name.split())


@cache
def _tools() -> tuple[PetrovichDeclinationMaker, PetrovichGenderDetector]:
    return PetrovichDeclinationMaker(), PetrovichGenderDetector()
