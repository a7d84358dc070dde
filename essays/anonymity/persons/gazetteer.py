"""Towns, rivers, countries, services and brands (`data/places.json`): capitalised words that are nobody's name.

Which of them tell where the author lives is not asked here (see `placing`): this only keeps them from being people.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from essays.anonymity.name_forms import DATA, is_surname_like
from essays.anonymity.persons.dictionary import is_only_place
from essays.anonymity.persons.stems import given_names, is_frequent_surname, may_be_patronymic, surname_stem

_ADJECTIVE_FORM = re.compile(r"\w{2,}(?:ый|ий|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ой|ую|ых|их|ыми|ими)")
_CASES = ("", "а", "я", "у", "ю", "ы", "и", "е", "о", "ой", "ей", "ом", "ем", "ью")


def _stem(name: str) -> str:
    """What all cases of a place share; of «Кош-Агач» both halves."""
    first, dash, last = name.rpartition("-")
    return f"{first}{dash}{surname_stem(last)}"


@lru_cache(maxsize=1)
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """(stems of names that are declined, names told in their own form alone)."""
    data = json.loads((DATA / "places.json").read_text(encoding="utf-8"))
    stems: set[str] = set()
    whole: set[str] = set()
    for group in (*data["places"].values(), *data["bodies"].values()):
        for entry in group:
            name = entry.lower().replace("ё", "е")
            if " " in name or not name.replace("-", "").isalpha():
                continue
            whole.add(name)
            if _ADJECTIVE_FORM.fullmatch(name) or is_surname_like(_stem(name)):
                whole.add(_stem(name) + "е")  # «Пушкино», «в Пушкине»: its other cases are a family's.
            elif len(_stem(name)) > 2:
                stems.add(_stem(name))
            else:
                whole.update(_stem(name) + ending for ending in _CASES if len(_stem(name)) > 1)
    return frozenset(stems), frozenset(whole)


@lru_cache(maxsize=8192)
def is_place_or_body(word: str) -> bool:
    """Whether a folded word is the name of a place or a body and no usual name of people."""
    stems, whole = _names()
    listed = word in whole or (_stem(word) in stems and not _ADJECTIVE_FORM.fullmatch(word))
    if not listed and not is_only_place(word):
        return False
    return not given_names(word) and not is_frequent_surname(word) and not may_be_patronymic(word)
