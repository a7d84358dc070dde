"""What the dictionary of OpenCorpora says of a word: a name, a place, a plain word, or nothing (by pymorphy3).

Only whether a word is known, and as what, is asked of it: names are declined by our own rules, which know more of them.
"""

from __future__ import annotations

from enum import Flag, auto
from functools import lru_cache

import pymorphy3_dicts_ru
from pymorphy3.opencorpora_dict import Dictionary


class Kind(Flag):
    """What a word may be. `NOUN` and `OTHER` have no capital by themselves: things, and verbs, adverbs and the like."""

    UNKNOWN = 0
    NAME = auto()
    SURNAME = auto()
    FATHER = auto()
    PLACE = auto()
    BODY = auto()
    NOUN = auto()
    OTHER = auto()


_GRAMMEMES = {
    "Name": Kind.NAME,
    "Surn": Kind.SURNAME,
    "Patr": Kind.FATHER,
    "Geox": Kind.PLACE,
    "Orgn": Kind.BODY,
    "Trad": Kind.BODY,
}
_PEOPLE = Kind.NAME | Kind.SURNAME | Kind.FATHER


@lru_cache(maxsize=1)
def _dictionary() -> Dictionary:
    return Dictionary(pymorphy3_dicts_ru.get_path())


@lru_cache(maxsize=32768)
def kinds(word: str) -> Kind:
    """All that a folded word may be in any case; with a hyphen only as a whole."""
    dictionary = _dictionary()
    found = Kind.UNKNOWN
    for _key, places in dictionary.words.similar_items(word, _replaces()):
        for paradigm, index in places:
            tag = dictionary.build_tag_info(paradigm, index)
            plain = Kind.NOUN if "NOUN" in tag.grammemes else Kind.OTHER
            found |= next((kind for name, kind in _GRAMMEMES.items() if name in tag.grammemes), plain)
    return found


@lru_cache(maxsize=1)
def _replaces() -> object:
    return _dictionary().words.compile_replaces({"е": "ё"})


def is_unknown(word: str) -> bool:
    """Whether the dictionary has no such folded word, in any case."""
    return kinds(word) is Kind.UNKNOWN


def is_only_persons(word: str) -> bool:
    """Whether a folded word is a given name, a surname or a patronymic and nothing else."""
    found = kinds(word)
    return found is not Kind.UNKNOWN and not found & ~_PEOPLE


def is_plain(word: str) -> bool:
    """Whether a folded word is known and is nobody's name: «иду», «связист»."""
    found = kinds(word)
    return found is not Kind.UNKNOWN and not found & (_PEOPLE | Kind.PLACE | Kind.BODY)


def is_deed_too(word: str) -> bool:
    """Whether a folded word is a verb, an adverb or their like besides what names it may be: «иду», «еле»."""
    return bool(kinds(word) & Kind.OTHER)


def is_only_place(word: str) -> bool:
    """Whether a folded word is a town, a river or a body, and nobody's name: «босфор», «белухе»."""
    found = kinds(word)
    return bool(found & (Kind.PLACE | Kind.BODY)) and not found & _PEOPLE
