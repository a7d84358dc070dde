"""Names in Latin letters, whichever way they were transliterated: «Artyom», «Artem»; «Yekaterina», «Ekaterina»."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache

from essays.anonymity.folding import fold
from essays.anonymity.name_forms import DATA
from essays.anonymity.persons.stems import all_given_names, is_frequent_surname, peoples_names
from essays.anonymity.well_known import well_known

_LATIN = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya"
_SIMPLE = str.maketrans(dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", _LATIN.split(" "), strict=True)))
# Spellings that mean one sound; the order matters.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("['’`]", ""),
        ("shch|sch", "4"),
        ("tch", "ch"),
        ("kh", "h"),
        ("ch", "3"),
        ("sh", "2"),
        ("zh", "1"),
        ("ts|tz", "5"),
        ("x", "ks"),
        ("ph|ff", "f"),
        ("ck", "k"),
        ("w", "v"),
        ("iya", "ia"),
        ("yo|jo", "e"),
        ("ya|ia|ja", "7"),
        ("yu|iu|ju", "8"),
        ("ye|je|ie", "e"),
        ("[iyj]+", "i"),
        ("er$", "r"),
        (r"([a-z])\1", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def latin_key(name: str) -> str:
    """What all transliterations of a lower-case name share."""
    for pattern, sound in _SOUNDS:
        name = pattern.sub(sound, name)
    return name


def transliterated(name: str) -> str:
    """A folded Cyrillic name in Latin letters."""
    return name.translate(_SIMPLE)


@lru_cache(maxsize=1)
def english_data() -> dict[str, list[str]]:
    """`data/english.json` without the roles: given names, given names that are words, public people, phrases."""
    data = json.loads((DATA / "english.json").read_text(encoding="utf-8"))
    return {key: value for key, value in data.items() if isinstance(value, list)}


@lru_cache(maxsize=1)
def _given_keys() -> frozenset[str]:
    names = {name.lower() for name in english_data()["given_names"]}
    names |= {transliterated(name) for name in all_given_names()}
    keys = {latin_key(name) for name in names if len(name) > 2}
    # «Than», «Many», «Summer» are spelt like rare names.
    rare = {latin_key(transliterated(name)) for name in peoples_names() if len(name) > 4}
    return frozenset(keys | (rare - {latin_key(word.lower()) for word in english_data()["also_words"]}))


def is_latin_given(word: str) -> bool:
    """Whether a lower-case word is a given name in Latin letters, English or transliterated."""
    return len(word) > 2 and latin_key(word) in _given_keys()


@lru_cache(maxsize=1)
def _public() -> tuple[frozenset[frozenset[str]], frozenset[str]]:
    """(keys of the names of well-known people as sets, keys of surnames that suffice alone)."""
    people: set[frozenset[str]] = set()
    alone: set[str] = set()
    for name in english_data()["public"]:
        words = [latin_key(word.lower()) for word in re.findall(r"[A-Za-z-]{2,}", name)]
        people.add(frozenset(words))
        alone.add(words[-1])
    data = well_known()
    ambiguous = {fold(name).text for name in data["ambiguous"]}
    for group in data["groups"]:
        for line in group["people"]:
            folded = [word for word in fold(line).text.split() if len(word) > 1]
            people.add(frozenset(latin_key(transliterated(word)) for word in folded))
            if len(folded) > 1 and folded[0] not in ambiguous and len(folded[0]) > 4 and not _everyday(folded[0]):
                alone.add(latin_key(transliterated(folded[0])))
    return frozenset(people), frozenset(alone - {latin_key(name) for name in ("volk", "rybak", "moroz")})


def _everyday(name: str) -> bool:
    return name in all_given_names() or (is_frequent_surname(name) and name.endswith(("енко", "чук", "юк")))


@lru_cache(maxsize=4096)
def _with(key: str) -> tuple[frozenset[str], ...]:
    return tuple(person for person in _public()[0] if key in person)


def is_public_latin(words: Iterable[str]) -> bool:
    """Whether lower-case words are the name of somebody well known: a telling surname or several names."""
    keys = [latin_key(re.sub(r"['’]s$", "", word)) for word in words]
    if not keys:
        return False
    if len(keys) == 1:
        return keys[0] in _public()[1]
    return any(person.issuperset(keys) for person in _with(keys[-1]))
