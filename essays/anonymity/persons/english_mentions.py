"""Names in an English text that are private people's, by rules: titles, words of kin and school, known given names.

No model reads them. What the words beside a name are is told in `english_cues`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from essays.anonymity.name_forms import DATA
from essays.anonymity.nearby import starts_of
from essays.anonymity.persons.english_cues import (
    ACTS,
    ANIMAL,
    BETWEEN,
    CALLED,
    CANDIDATE,
    COMMAND,
    FATHER,
    NAMES_TOO,
    NO_NAMES,
    OF_A_WORK,
    OF_PLACE,
    PLACE_AFTER,
    PLACES,
    PROGRAM,
    SELDOM_PEOPLE,
    SPEAKS,
    SPOKEN_TO,
    SURNAME,
    THING_BEFORE,
    TITLED,
    WITH_INITIALS,
)
from essays.anonymity.persons.latin import (
    english_data,
    is_brand,
    is_latin_given,
    is_latin_place,
    is_plain_english,
    is_public_latin,
)


@lru_cache(maxsize=1)
def _data() -> dict[str, object]:
    return dict(json.loads((DATA / "english.json").read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def _role_patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    roles = _data()["roles"]
    assert isinstance(roles, dict)
    called = r"(?:,? (?:is called|called|named|whose name is|name is))?"
    return tuple(
        (
            tag,
            re.compile(rf"(?<!\w)(?:{words})(?:'s name is)?{called}[ ,:–—-]{{1,3}}$", re.IGNORECASE),
            re.compile(
                rf"(?:,? (?:is|was) |, | [–—-] | \()(?:my|our|his|her|their) (?:[a-z]+ ){{0,2}}(?:{words})(?!\w)",
                re.IGNORECASE,
            ),
        )
        for tag, words in roles.items()
    )


def words_of(name: str) -> list[str]:
    """The words of a name in small letters, without initials and «'s»."""
    return [re.sub(r"['’]s$", "", word).lower() for word in name.split() if len(word) > 2 and not word.endswith(".")]


def _touches(hidden: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(left < end and start < right for left, right in hidden)


def mentions(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, role tag or «») of every private name, then of single names that repeat a part of one."""
    known: set[str] = set()
    seen: list[tuple[int, int]] = [
        (start, start + len(phrase)) for phrase in english_data()["phrases"] for start in starts_of(text, [phrase])
    ]
    common = {word.lower() for word in english_data()["also_words"]}
    lower = set(re.findall(r"(?<![\w'’])[a-z]{3,}(?![\w'’])", text))
    people: list[tuple[int, int]] = []
    for match in TITLED.finditer(text):
        start, end = _without_plain_words(text, *match.span(1))
        if start >= end or _touches(seen, start, end):
            continue
        start, end = _trimmed(text, start, end)
        words = words_of(text[start:end])
        if words and not is_public_latin(words, private=True):
            known.update(words)
            seen.append((start, end))
            people.append((start, end))
            yield start, end, _role(text, start, end) or _role(text, match.start(), end) or "ЧЕЛОВЕК"
    later: list[tuple[int, int]] = []
    for match in CANDIDATE.finditer(text):
        start, end = _without_plain_words(text, *match.span(1))
        if start >= end or _touches(seen, start, end):
            continue
        start, end = _trimmed(text, start, end)
        words = words_of(text[start:end])
        role = _role(text, start, end)
        # «Abdulov M. G.» is how a form names anybody.
        formal = WITH_INITIALS.fullmatch(text, start, end) is not None
        if not words or is_public_latin(words, private=bool(role) or formal):
            continue
        if not role and len(words) == 1 and _is_program(text, start, end):
            continue
        if not role and _is_no_person(text, start, end, words):
            continue
        if ANIMAL.search(text[max(0, start - 30) : start]):
            continue
        given = is_latin_given(words[0]) and (
            len(words) > 1 or words[0] not in common or _is_inside(text, start, end, words[0], lower)
        )
        surname = SURNAME.fullmatch(text[start:end].split()[0 if formal else -1])
        father = FATHER.fullmatch(text[start:end].split()[-1])
        told = _is_told(text, start, end, words, lower)
        if (
            role
            or given
            or father
            or told
            or (surname and surname[0] not in PLACES and _opens_no_sentence(text, start))
        ):
            known.update(words)
            known.update(word.replace("-", "") for word in words)  # «Ai-Kherel became Aikherel»
            seen.append((start, end))
            people.append((start, end))
            yield start, end, role
        else:
            later.append((start, end))
    for start, end in (*later, *reversed(later)):
        if (start, end) in people or not _is_one_more(text, start, end, people, lower):
            continue
        known.update(words_of(text[start:end]))
        people.append((start, end))
        yield start, end, ""
    for start, end in later:
        words = words_of(text[start:end])
        if (start, end) in people or len(words) != 1 or words[0] not in known:
            continue
        if words[0] not in common or _opens_no_sentence(text, start):
            yield start, end, ""


def _is_inside(text: str, start: int, end: int, word: str, lower: set[str]) -> bool:
    """Whether a given name that is a word too has its capital for no other reason: «I went with Lena»."""
    if not _opens_no_sentence(text, start) or word in SELDOM_PEOPLE:
        return False
    return _may_be_rare(text, start, end, lower) and OF_PLACE.search(text[max(0, start - 12) : start]) is None


def _may_be_rare(text: str, start: int, end: int, lower: set[str]) -> bool:
    """Whether nothing is known of capitalised words: no everyday words, no places, none of them in small letters."""
    for word in text[start:end].split():
        bare = re.sub(r"['’]s$", "", word).lower()
        if word in NO_NAMES or bare in lower or is_plain_english(bare) or is_latin_place(bare):
            return False
    return True


def _is_told(text: str, start: int, end: int, words: list[str], lower: set[str]) -> bool:
    """Whether a name that no list knows is somebody's by what stands beside it, or by being of two such words."""
    if not _may_be_rare(text, start, end, lower):
        return False
    before = text[max(0, start - 60) : start]
    if CALLED.search(before) or SPOKEN_TO.search(before):
        return True
    if OF_PLACE.search(before):
        return False
    if ACTS.match(text, end) and len(words[0]) > 2:
        return True
    return len(words) > 1 and text[start:end].count(" ") < 3 and all(len(word) > 2 for word in words)


def _is_one_more(text: str, start: int, end: int, people: list[tuple[int, int]], lower: set[str]) -> bool:
    """Whether a name stands in a row with a person: «Aisen, Belek-ool and lazy Dozhudai»."""
    if not _may_be_rare(text, start, end, lower):
        return False
    return any(
        BETWEEN.fullmatch(text, right, start) or BETWEEN.fullmatch(text, end, left)
        for left, right in people
        if -30 < start - right < 30 or -30 < left - end < 30
    )


def _opens_no_sentence(text: str, start: int) -> bool:
    return re.search(r"\w[,;]? $", text[max(0, start - 3) : start]) is not None


def _is_no_person(text: str, start: int, end: int, words: list[str]) -> bool:
    """Whether a capitalised name is a street's, a thing's or a hero's by the words beside it."""
    before = text[max(0, start - 40) : start]
    if PLACE_AFTER.match(text, end) or OF_A_WORK.match(text, end) or THING_BEFORE.search(before):
        return True
    if len(words) > 1 or not is_brand(words[0]):
        return False
    does = SPEAKS.match(text, end) or CALLED.search(before) or SPOKEN_TO.search(before)
    return not (does and is_latin_given(words[0]))


def _is_program(text: str, start: int, end: int) -> bool:
    if text[start:end] in ("Alice", "Alisa", "Marusya") and text[max(0, start - 1) : start] in ('"', "“", "«"):
        return text[end : end + 1] in ('"', "”", "»") or COMMAND.match(text, end) is not None
    return text[start:end] in ("Alice", "Max", "Alisa", "Siri", "Alexa") and (
        PROGRAM.search(text[max(0, start - 50) : start]) is not None or PROGRAM.search(text[end : end + 50]) is not None
    )


def _without_plain_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A run of capitalised words without the sentence's first words and without what is no name."""
    words = list(re.finditer(r"\S+", text[start:end]))
    if len(words) > 1 and words[0][0] in NAMES_TOO and _role(text, start, end):
        return start, end  # «my roommate May Nguyen»
    while words and re.sub(r"['’]s$", "", words[0][0]) in NO_NAMES:
        words.pop(0)  # «I. Yu. Mikkoeva» keeps her initials.
    kept = []
    for word in words:
        if word[0] in NO_NAMES:
            break
        kept.append(word)
    if len(kept) > 1 and not is_public_latin(words_of(" ".join(word[0] for word in kept))):
        first = kept[0][0].lower()
        plain = len(first) > 2 and not is_latin_given(first)
        rare = not is_plain_english(first) and not is_latin_place(first) and len(first) > 3
        plain = plain and not (rare and re.search(rf"(?<!\w){first}(?!\w)", text) is None)
        if plain and is_latin_given(re.sub(r"['’]s$", "", kept[1][0]).lower()) and not SURNAME.fullmatch(kept[0][0]):
            kept.pop(0)  # «When Sanya …», «Yesterday Kate …»
    return (start + kept[0].start(), start + kept[-1].end()) if kept else (start, start)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    for ending in ("'s", "’s"):
        if text[start:end].endswith(ending):
            return start, end - 2
    return start, end


def _role(text: str, start: int, end: int) -> str:
    line = text.rfind("\n", 0, start) + 1
    before, after = text[max(line, start - 60) : start], text[end : end + 50]
    for tag, pattern, following in _role_patterns():
        if pattern.search(before) or following.match(after):
            return tag
    return ""
