"""Russian names in Latin letters inside of Russian lines: «учись, Olya», «библиотекарь Nina Semenovna».

Their words are read in Cyrillic and then judged like any others. Services, brands and English titles stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from essays.anonymity.language import is_english
from essays.anonymity.persons.dictionary import is_only_persons
from essays.anonymity.persons.latin import is_brand, is_latin_place, is_plain_english, latin_key, transliterated
from essays.anonymity.persons.lexicon import CALLED_IN_LATIN
from essays.anonymity.persons.stems import (
    all_given_names,
    given_names,
    is_also_a_word,
    is_frequent_surname,
    may_be_surname,
    usual_given_names,
)
from essays.anonymity.transliteration import to_cyrillic

Token = tuple[str, int, int]

_HINT = re.compile(r"[A-Z][a-z]{2}")
_NAME = re.compile(r"[A-Z][a-z'’]+(?:[-‑][A-Z][a-z'’]+)*")
_FATHER = re.compile(
    r"[a-z]{2,}(?:[oe]vich|yevich|[oe]vn[aeuy]|[iy]chn[aeuy]|inichn[aeuy]|[lktm]ich|ych)(?:[aue]|em|oy)?"
)
_LEAST = 20


def read_latin(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens of a text, those of Russian names in Latin letters in Cyrillic; their places are the same."""
    if _HINT.search(text) is None:
        return tokens
    result = list(tokens)
    latin = [index for index, (token, _start, _end) in enumerate(tokens) if _NAME.fullmatch(token)]
    known = [index for index in latin if _is_name(tokens, index)]
    for index in known:
        if not _in_russian_line(text, tokens[index][1]):
            continue
        alone = True
        for step in (-1, 1):
            other = index + step
            while _beside(text, tokens, other, step) and (other in known or _goes_on(tokens[other][0])):
                result[other] = _read(tokens[other])
                alone = False
                other += step
            if _is_phrase(text, tokens, other, step):
                break
        else:
            word = _cyrillic(tokens[index][0])
            if not alone or _FATHER.fullmatch(tokens[index][0].lower()) or not is_also_a_word(word):
                result[index] = _read(tokens[index])
    return result


def _beside(text: str, tokens: Sequence[Token], other: int, step: int) -> bool:
    """Whether the token at `other` is a Latin word with a capital, one blank from that before it."""
    if not 0 <= other < len(tokens) or not _NAME.fullmatch(tokens[other][0]):
        return False
    first, second = (other, other - step) if step < 0 else (other - step, other)
    return text[tokens[first][2] : tokens[second][1]] == " "


def _is_phrase(text: str, tokens: Sequence[Token], other: int, step: int) -> bool:
    """Whether another Latin word stands at `other`: «Alice in …», «Times New Roman»."""
    if not 0 <= other < len(tokens):
        return False
    first, second = (other, other - step) if step < 0 else (other - step, other)
    token = tokens[other][0]
    return token.isascii() and token.isalpha() and len(token) > 1 and text[tokens[first][2] : tokens[second][1]] == " "


def _in_russian_line(text: str, place: int) -> bool:
    end = text.find("\n", place)
    line = text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else len(text)]
    return not is_english(line, least=_LEAST)


def _is_name(tokens: Sequence[Token], index: int) -> bool:
    word = tokens[index][0].lower()
    if _FATHER.fullmatch(word):
        return True
    if len(word) < 3 or is_plain_english(word) or is_brand(word) or is_latin_place(word):
        return False
    return bool(_given(word))


def _goes_on(token: str) -> bool:
    """Whether a Latin word beside a given name or a patronymic is the surname, or a rare given name."""
    word = token.lower()
    return not (is_plain_english(word) or is_brand(word) or word in CALLED_IN_LATIN)


def _read(token: Token) -> Token:
    return "-".join(part.capitalize() for part in _cyrillic(token[0]).split("-")), token[1], token[2]


def _cyrillic(token: str) -> str:
    word = re.sub(r"['’]", "", token.lower()).replace("‑", "-")
    return _given(word) or "-".join(_surname(part) for part in word.split("-"))


def _surname(word: str) -> str:
    """A surname as it is likeliest in Cyrillic: «miller» → «миллер», «lugovoy» → «луговой»."""
    plain = to_cyrillic(word)
    if may_be_surname(plain) or is_only_persons(plain):
        return plain
    return next((one for one in (plain.replace("л", "ль"),) if is_frequent_surname(one)), plain)


@lru_cache(maxsize=4096)
def _given(word: str) -> str:
    """The Russian given name or diminutive that a lower-case Latin word is, in Cyrillic; empty for none."""
    if found := _names().get(latin_key(word), ""):
        return found
    plain = to_cyrillic(word)
    return plain if usual_given_names(plain) or (len(plain) > 4 and given_names(plain)) else ""


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names = sorted(name for name in all_given_names() if len(name) > 2)
    return {latin_key(transliterated(name)): name for name in names}
