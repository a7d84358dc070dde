"""In which language a text is written, and the role tags in it."""

from __future__ import annotations

import re
from string import ascii_letters

ENGLISH_TAGS = {
    "УЧАСТНИК": "AUTHOR",
    "ПЕДАГОГ": "TEACHER",
    "РОДИТЕЛЬ": "PARENT",
    "МАМА": "MUM",
    "ПАПА": "DAD",
    "БАБУШКА": "GRANDMOTHER",
    "ДЕДУШКА": "GRANDFATHER",
    "БРАТ": "BROTHER",
    "СЕСТРА": "SISTER",
    "ТЁТЯ": "AUNT",
    "ДЯДЯ": "UNCLE",
    "РОДСТВЕННИК": "RELATIVE",
    "ДРУГ": "FRIEND",
    "ЧЕЛОВЕК": "PERSON",
    "ШКОЛА": "SCHOOL",
    "КОЛЛЕДЖ": "COLLEGE",
    "ВУЗ": "UNIVERSITY",
    "КЛАСС": "CLASS",
    "КУРС": "YEAR",
    "ГРУППА": "GROUP",
    "МЕСТО": "PLACE",
    "НАСЕЛЁННЫЙ ПУНКТ": "VILLAGE",
    "РАЙОН": "DISTRICT",
    "ДОЛЖНОСТЬ": "POST",
    "ПОЧТА": "E-MAIL",
    "ТЕЛЕФОН": "PHONE",
    "НИК": "NICKNAME",
    "ССЫЛКА": "LINK",
    "СНИЛС": "SNILS",
    "ИНН": "INN",
    "ПАСПОРТ": "PASSPORT",
    "ДОКУМЕНТ": "DOCUMENT",
    "НОМЕР": "NUMBER",
    "ДАТА РОЖДЕНИЯ": "DATE OF BIRTH",
    "АДРЕС": "ADDRESS",
}
_LEAST_LETTERS, _LEAST_IN_LINE = 40, 20
_NO_CYRILLIC = re.compile(r"[^\u0400-\u052f]+")


def is_english(text: str, *, least: int = _LEAST_LETTERS) -> bool:
    """Whether most of a text's letters are Latin, and there are enough of them to tell."""
    latin = sum(map(text.count, ascii_letters))
    return latin > least and latin > len(_NO_CYRILLIC.sub("", text))


def english_places(text: str) -> list[tuple[int, int]]:
    """The lines of a text that are English, as places in it: a Russian essay may have an English paragraph."""
    if is_english(text):
        return [match.span() for match in re.finditer(r"[^\n]+", text)]
    return [match.span() for match in re.finditer(r"[^\n]+", text) if is_english(match[0], least=_LEAST_IN_LINE)]


def in_english(tag: str) -> str:
    """A Russian role tag in English, with its number: «ЧЕЛОВЕК 2» → «PERSON 2»."""
    name, _, number = tag.rpartition(" ")
    if number.isdigit():
        return f"{ENGLISH_TAGS.get(name, name)} {number}"
    return ENGLISH_TAGS.get(tag, tag)
