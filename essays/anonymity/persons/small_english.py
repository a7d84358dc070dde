"""Names without capitals in English texts: «my brother nyurgun», «grandmother okhlopkova dariya»."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache

from essays.anonymity.name_forms import DATA
from essays.anonymity.persons.latin import (
    english_data,
    is_brand,
    is_latin_given,
    is_latin_place,
    is_plain_english,
    is_public_latin,
)

_SURNAME = re.compile(r"[a-z]{3,}(?:[oe]va?|ina?|sk(?:y|aya)|enko|uk|yan|dze|shvili)")
_FATHER = re.compile(r"[a-z]{3,}(?:[oe]vich|[oe]vna|ichna|ych)")
_WORD_LIKE = re.compile(r"[a-z]+(?:ed|ing|ly|tion|ness|ment|able|ful|less|ous|ive|ize|ers|ies)")
_ACTS = re.compile(
    r" (?:said|says|told|tells|asked|asks|helped|helps|thinks|thought|wants|wanted|likes|loves|works|worked|came|went"
    r"|laughed|has|is|was|and i)(?!\w)"
)
_LEAST_CAPITALS = 0.02


@lru_cache(maxsize=1)
def _named() -> tuple[tuple[str, re.Pattern[str]], ...]:
    roles = json.loads((DATA / "english.json").read_text(encoding="utf-8"))["roles"]
    return tuple(
        (
            tag,
            re.compile(
                rf"(?<!\w)(?P<own>(?:[Mm]y|[Oo]ur) (?:[a-z]+ )?)?(?:{words})"
                r"(?:'s name is|,? (?:is )?(?:called|named))? "
                r"(?P<it>[a-z]{3,20}(?:-[a-z]+)?(?: [a-z]{3,20}(?!\w))?)(?![\w'’])"
            ),
        )
        for tag, words in roles.items()
    )


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(word.lower() for word in english_data()["also_words"])


def _is_name(word: str) -> bool:
    return (
        is_latin_given(word)
        and not is_plain_english(word)
        and word not in _common()
        and _WORD_LIKE.fullmatch(word) is None
        and not is_latin_place(word)
        and not is_brand(word)
    )


def _is_rare(word: str) -> bool:
    plain = is_plain_english(word) or word in _common() or _WORD_LIKE.fullmatch(word)
    return len(word) > 4 and not plain and not word.endswith("s") and not is_latin_place(word)


def find_small_names(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, role tag) of names in small letters behind a word of kin or school, one's own in a tidy text."""
    letters = sum(character.isalpha() for character in text)
    tidy = sum(character.isupper() for character in text) > letters * _LEAST_CAPITALS
    for tag, pattern in _named():
        for match in pattern.finditer(text):
            if tidy and not match["own"]:
                continue
            first, _, second = match["it"].partition(" ")
            behind = _SURNAME.fullmatch(second) or _FATHER.fullmatch(second)
            whole = bool(_is_name(first) and behind) or bool(_SURNAME.fullmatch(first) and _is_name(second))
            told = bool(match["own"]) and not tidy and _ACTS.match(text, match.start("it") + len(first)) is not None
            if is_public_latin(match["it"].split()) if whole else not (_is_name(first) or (told and _is_rare(first))):
                continue
            yield match.start("it"), match.end("it") if whole else match.start("it") + len(first), tag
