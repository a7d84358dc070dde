"""What the dictionary of OpenCorpora says of a word: a name, a place, a plain word, or nothing (by pymorphy3).

Only whether a word is known, and as what, is asked of it: names are declined by our own rules, which know more of them.
"""

from __future__ import annotations

from functools import lru_cache

import pymorphy3_dicts_ru
from pymorphy3.opencorpora_dict import Dictionary

# What a word may be, in bits: it is asked of every word, and flags of `enum` are ten times slower.
# `NOUN` and `OTHER` have no capital by themselves: things, and verbs, adverbs and the like.
UNKNOWN = 0
NAME, SURNAME, FATHER, PLACE, BODY, NOUN, OTHER = (1 << bit for bit in range(7))
_GRAMMEMES = {"Name": NAME, "Surn": SURNAME, "Patr": FATHER, "Geox": PLACE, "Orgn": BODY, "Trad": BODY}
_PEOPLE = NAME | SURNAME | FATHER
_NAMES = _PEOPLE | PLACE | BODY


@lru_cache(maxsize=1)
def _dictionary() -> Dictionary:
    return Dictionary(pymorphy3_dicts_ru.get_path())


@lru_cache(maxsize=32768)
def kinds(word: str) -> int:
    """All that a folded word may be in any case; with a hyphen only as a whole."""
    found = UNKNOWN
    for _key, places in _dictionary().words.similar_items(word, _replaces()):
        for paradigm, index in places:
            found |= _kind(paradigm, index)
    return found


@lru_cache(maxsize=8192)
def _kind(paradigm: int, index: int) -> int:
    """What a word is that stands at this place of a paradigm."""
    grammemes = _dictionary().build_tag_info(paradigm, index).grammemes
    plain = NOUN if "NOUN" in grammemes else OTHER
    return next((kind for name, kind in _GRAMMEMES.items() if name in grammemes), plain)


@lru_cache(maxsize=1)
def _replaces() -> object:
    return _dictionary().words.compile_replaces({"е": "ё"})


def is_unknown(word: str) -> bool:
    """Whether the dictionary has no such folded word, in any case."""
    return kinds(word) == UNKNOWN


def is_only_persons(word: str) -> bool:
    """Whether a folded word is a given name, a surname or a patronymic and nothing else."""
    found = kinds(word)
    return found != UNKNOWN and not found & ~_PEOPLE


def is_plain(word: str) -> bool:
    """Whether a folded word is known and is nobody's name: «иду», «связист»."""
    found = kinds(word)
    return found != UNKNOWN and not found & _NAMES


def is_deed_too(word: str) -> bool:
    """Whether a folded word is a verb, an adverb or their like besides what names it may be: «иду», «еле»."""
    return bool(kinds(word) & OTHER)


def is_only_place(word: str) -> bool:
    """Whether a folded word is a town, a river or a body, and nobody's name: «босфор», «белухе»."""
    found = kinds(word)
    return bool(found & (PLACE | BODY)) and not found & _PEOPLE
