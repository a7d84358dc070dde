"""Surnames that are told by имя-отчество alone: «Луговая Анастасия Олеговна», «Анна Петровна Мингазова».

Such a word may be an adjective, or also the name of a place or a body, and the model may not see it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from essays.anonymity.persons.cues import is_role
from essays.anonymity.persons.dictionary import BODY, NOUN, PLACE, SURNAME, kinds
from essays.anonymity.persons.lexicon import CALLED, HONOURS, is_no_person
from essays.anonymity.persons.stems import given_names, may_be_patronymic, may_be_surname
from essays.anonymity.persons.words import Word

_ADJECTIVE = re.compile(r"\w+(?:ая|яя|ую|юю|ого|его|ому|ему|ый|ий|ой|ым|им)")


def stands_before(words: Sequence[Word], index: int, text: str) -> bool:
    """Whether the word at `index` is the surname of a given name and a patronymic right behind it."""
    return (
        index + 2 < len(words)
        and may_be_patronymic(words[index + 2].text)
        and _are_names(words, index + 1, text)
        and _blank(words, index, text)
        and _may_be(words[index])
    )


def stands_behind(words: Sequence[Word], index: int, text: str) -> bool:
    """Whether the word at `index` is the surname of a given name and a patronymic right before it."""
    return (
        index > 1
        and may_be_patronymic(words[index - 1].text)
        and _are_names(words, index - 2, text)
        and _blank(words, index - 1, text)
        and _may_be(words[index])
    )


def _are_names(words: Sequence[Word], first: int, text: str) -> bool:
    given, father = words[first], words[first + 1]
    return given.capital and father.capital and bool(given_names(given.text)) and _blank(words, first, text)


def _blank(words: Sequence[Word], index: int, text: str) -> bool:
    return text[words[index].end : words[index + 1].start] == " "


def _may_be(word: Word) -> bool:
    if not word.capital or len(word.text) < 3 or is_role(word.text) or is_no_person(word.text):
        return False
    if word.text in CALLED or word.text in HONOURS or not word.text[0].isalpha():
        return False
    found = kinds(word.text)
    if word.opens:  # «Уважаемая Анна Петровна», «Спасибо Анне Петровне»
        return bool(found & SURNAME) or (not found & ~BODY and may_be_surname(word.text))
    if found & NOUN:
        return False  # «Глава Республики Анна Петровна»
    return not found & PLACE or may_be_surname(word.text) or _ADJECTIVE.fullmatch(word.text) is not None
