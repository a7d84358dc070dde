"""Which word of a name is the surname, which the given name, which the patronymic: «Ли Сяомин», «Абрамович Роман»."""

from __future__ import annotations

from essays.anonymity.inflection import OF_A_FATHER
from essays.anonymity.name_forms import is_surname_like
from essays.anonymity.persons.figures import figures
from essays.anonymity.persons.lexicon import HONOURS
from essays.anonymity.persons.stems import (
    given_names,
    is_eastern_surname,
    is_frequent_surname,
    may_be_patronymic,
    may_be_surname,
    own_given_names,
    patronymic_stem,
    surname_stem,
)
from essays.anonymity.persons.words import Word


def plain_name(name: str) -> str:
    """A name without what elders are called by: «шамсия-апа»."""
    first, _, last = name.partition("-")
    return first if last in HONOURS else name


def parts_of(names: list[Word]) -> tuple[str, frozenset[str], str]:
    """(surname as it stands, full given names, patronymic as it stands) of the words of one name; empty where none."""
    rest = [name.text for name in names]
    given: frozenset[str] = frozenset()
    patronymic = ""
    if len(rest) > 1 and is_eastern_surname(rest[0]) and not any(map(_is_surname, rest[1:])):
        return rest[0], frozenset(given_names(rest[-1]) or (rest[-1],)), ""  # «Ли Сяомин», «Нгуен Тхи Лан»
    if of_a_father := next((text for text in rest[1:] if OF_A_FATHER.fullmatch(text)), ""):
        patronymic = rest.pop(rest.index(of_a_father) - 1)
        rest.remove(of_a_father)
        if not rest:
            return "", frozenset(), patronymic  # «Мехти кызы»
    choice = [text for text in rest if given_names(text)]
    if len(names) == 1 and choice and is_surname_like(choice[0]) and surname_stem(choice[0]) in figures().by_surname:
        choice = [text for text in choice if own_given_names(text)]  # «Титов» is no plural of Тит.
    if choice:
        best = next((text for text in choice if not may_be_surname(text)), choice[0])
        given = given_names(best)
        rest.remove(best)
    for text in () if patronymic else tuple(rest):
        if may_be_patronymic(text) and _is_surname(text) and not is_of_a_father(text):
            break
        if may_be_patronymic(text) and (given or len(names) == 1) and (len(rest) > 1 or not _only_surname(text, names)):
            patronymic = text
            rest.remove(text)
            break
    if not given and len(rest) == 2 and may_be_patronymic(rest[1]) and is_of_a_father(rest[1]):
        return "", frozenset({surname_stem(rest[0])}), rest[1]  # «Цезарь Иваныч»
    if not given and len(rest) > 1:
        given = frozenset({surname_stem(rest[0])})
        rest = rest[1:]
    return (rest[-1] if rest else ""), given, patronymic


def is_of_a_father(text: str) -> bool:
    """Whether a given name stands behind what looks like a patronymic: «Иванович», not «Ходасевич»."""
    stem = patronymic_stem(text)
    return any(given_names(stem + ending) for ending in ("", "й", "ь", "а", "я", "ий", "ей", "ай"))


def _is_surname(text: str) -> bool:
    return is_frequent_surname(text) or surname_stem(text) in figures().by_surname


def _only_surname(text: str, names: list[Word]) -> bool:
    """«Абрамович Роман»: a surname in -ович stands before the given name, a patronymic after it."""
    return len(names) == 2 and names[0].text == text and not names[0].opens
