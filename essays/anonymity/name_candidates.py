"""Words that may be parts of a name, also where the word is spaced out, broken over a line or glued together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from essays.anonymity.folding import LOOK_ALIKES, Folded, Word, as_cyrillic, is_cyrillic
from essays.anonymity.inflection import APOSTROPHE
from essays.anonymity.name_forms import GIVEN, PATRONYMIC, SHORT, SURNAME, NameForms

LONGEST = 60
"""Letters of the longest name worth a look; nothing longer is one, and some looks grow with the square."""

_BREAK = re.compile(r"[-‐‑¬]? ?\n ?|[-‐‑¬] |[ -]")
_SPACED = re.compile(r"(?<!\w)\w(?:[ .·_*-]{1,3}\w){3,}(?!\w)")
_LOGIN = re.compile(r"(?<![A-Za-z0-9_.-])[A-Za-z][A-Za-z0-9_.-]{4,80}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible part of the name at `[start, end)` of the folded text."""

    start: int
    end: int
    part: str
    text: str
    capital: bool
    capitals: bool
    form: str = "plain"


class _Odd(NamedTuple):
    """Words of a text that may hold a name in an odd spelling."""

    apostrophes: tuple[re.Match[str], ...]
    marked: tuple[re.Match[str], ...]
    spaced: tuple[re.Match[str], ...]
    logins: tuple[re.Match[str], ...]


@lru_cache(maxsize=1)
def _odd(text: str) -> _Odd:
    """They are the same for everybody who is looked for in the text."""
    patterns = (_APOSTROPHES, _MARKED, _SPACED, _LOGIN)
    return _Odd(*(tuple(pattern.finditer(text)) for pattern in patterns))


def candidates(folded: Folded, forms: NameForms) -> list[Candidate]:
    """All candidates in order of position, none inside another."""
    found = [*_plain(folded, forms), *_spaced(folded, forms), *_broken(folded, forms), *_glued(folded, forms)]
    found += [*_marked(folded, forms), *_logins(folded, forms), *_with_apostrophe(folded, forms)]
    result: list[Candidate] = []
    for candidate in sorted(found, key=lambda c: (c.start, -(c.end - c.start))):
        if not result or candidate.start >= result[-1].end:
            result.append(candidate)
    return result


def _plain(folded: Folded, forms: NameForms) -> Iterator[Candidate]:
    parts = forms.parts
    for word in folded.words:
        part = forms.latin_part(word.latin) if word.latin else parts.get(word.text)
        if part:
            form = "latin" if word.latin else "plain"
            if folded.ends[word.end - 1] - folded.starts[word.start] >= 2 * len(word.text) - 1 > 3:
                form = "spaced"  # Joined before.
            text = (as_cyrillic(word.latin) or word.text) if word.latin else word.text
            yield Candidate(word.start, word.end, part, text, word.capital, word.capitals, form)


_APOSTROPHES = re.compile(r"(?<!\w)[а-яё]{1,12}['’‘`´ʼʹ\"-][а-яё]{2,24}(?!\w)")


def _with_apostrophe(folded: Folded, forms: NameForms) -> Iterator[Candidate]:
    """Names with a sign inside: «О'Коннор», «Лук’янова», «Ай-кыс»."""
    for match in _odd(folded.text).apostrophes:
        plain = APOSTROPHE.sub("", match[0]).replace("-", "")
        if part := forms.part(plain):
            capitals = folded.shown[match.start() : match.end()].isupper()
            yield Candidate(
                match.start(), match.end(), part, plain, folded.shown[match.start()].isupper(), capitals, "plain"
            )


_MARKED = re.compile(r"(?<!\w)[a-z]+(?:['’`\"”ʹʺ]{1,2}[a-z]*)+")


def _marked(folded: Folded, forms: NameForms) -> Iterator[Candidate]:
    """Latin words with signs for ь and ъ in them: «Ol'ga», «Il’in”»."""
    for match in _odd(folded.text).marked:
        if len(match[0]) > LONGEST:
            continue
        plain = re.sub(r"[^a-z]", "", match[0])
        end = match.end() - (0 if match[0][-1].isalpha() else 1)
        if part := forms.latin_part(plain):
            yield Candidate(match.start(), end, part, plain, folded.shown[match.start()].isupper(), False, "latin")


def _strong_part(forms: NameForms, word: str, *, least: int) -> str:
    """A part that may be recognised in a damaged spelling: long, and not a mere diminutive."""
    part = forms.part(word)
    return part if len(word) >= least and part in (SURNAME, GIVEN, PATRONYMIC) else ""


def _broken(folded: Folded, forms: NameForms) -> Iterator[Candidate]:
    """Words in two or three pieces, as line breaks and PDF leave them: «Ива-\\nнова», «Ива нова»."""
    words = folded.words
    beginnings = forms.beginnings
    for index, word in enumerate(words):
        if word.text not in beginnings:
            continue
        joined, last = word.text, word
        for follower in words[index + 1 : index + 3]:
            between = folded.text[last.end : follower.start]
            if not _BREAK.fullmatch(between):
                break
            at_line = "\n" in between or between in ("- ", "¬ ")
            joined, last = joined + follower.text, follower
            if joined not in beginnings:
                break
            if follower.capital and not word.capitals:
                break
            part = _strong_part(forms, joined, least=4 if at_line else 6)
            whole = forms.part(word.text) or forms.part(follower.text)
            if part and not whole and (word.capital or len(joined) >= 7):
                yield Candidate(word.start, last.end, part, joined, word.capital, word.capitals, "broken")
                break


def _spaced(folded: Folded, forms: NameForms) -> Iterator[Candidate]:
    """Letters set apart: «И в а н о в а   А н н а»."""
    spaced = _odd(folded.text).spaced
    everything = [name for name in forms.parts if len(name) > 2] if spaced else []
    everything.sort(key=len, reverse=True)
    for match in spaced:
        places = [i for i in range(match.start(), match.end()) if folded.text[i].isalnum()]
        letters = "".join(folded.text[i] for i in places)
        if letters.isascii():
            letters = as_cyrillic(letters) or letters
        else:
            letters = "".join(LOOK_ALIKES.get(c, c) for c in letters)
        for at, name in _tiled(letters, everything) or _scattered(letters, everything):
            start, end = places[at], places[at + len(name) - 1] + 1
            yield Candidate(start, end, forms.part(name), name, True, False, "spaced")


def _tiled(letters: str, names: list[str]) -> list[tuple[int, str]]:
    """The letters as names without a rest: «скоробогатованатолий» is «скоробогатов» and «анатолий»."""
    if len(letters) > LONGEST:
        return []
    ways: list[list[tuple[int, str]] | None] = [[], *([None] * len(letters))]
    for at in range(len(letters)):
        way = ways[at]
        if way is None:
            continue
        for name in names:
            if ways[at + len(name) if at + len(name) <= len(letters) else at] is None and letters.startswith(name, at):
                ways[at + len(name)] = [*way, (at, name)]
    return ways[-1] or []


def _scattered(letters: str, names: list[str]) -> Iterator[tuple[int, str]]:
    """Names among other letters, the longest first."""
    taken = [False] * len(letters)
    for name in names:
        at = letters.find(name)
        while at >= 0:
            if not any(taken[at : at + len(name)]):
                taken[at : at + len(name)] = [True] * len(name)
                yield at, name
            at = letters.find(name, at + 1)


def _glued(folded: Folded, forms: NameForms) -> Iterator[Candidate]:
    """Names written together: «ИвановаАС», «АннаИванова», «ивановаанна»."""
    for word in _words_with(folded, forms.roots):
        if word.latin or not 6 <= len(word.text) <= LONGEST or forms.part(word.text):
            continue
        if part := _glued_part(word, forms) or _with_initial(folded, word, forms):
            yield Candidate(word.start, word.end, part, word.text, word.capital, word.capitals, "glued")


def _with_initial(folded: Folded, word: Word, forms: NameForms) -> str:
    """«ИвановаА.С.»: a surname with the given name's initial glued to it, before a full stop."""
    shown, end = folded.shown, word.end
    if not shown[end - 1].isupper() or word.capitals or folded.text[end : end + 1] != ".":
        return ""
    own = word.text[-1] in forms.initials and forms.part(word.text[:-1]) == SURNAME
    return SURNAME if own else ""


def _words_with(folded: Folded, pieces: Iterable[str]) -> list[Word]:
    """The words that hold one of the pieces, in order."""
    text, words = folded.text, folded.words
    starts = [word.start for word in words]
    found: set[int] = set()
    for piece in pieces:
        at = text.find(piece)
        while at >= 0:
            index = bisect_right(starts, at) - 1
            if index >= 0 and at + len(piece) <= words[index].end:
                found.add(index)
            at = text.find(piece, at + 1)
    return [words[index] for index in sorted(found)]


def _glued_part(word: Word, forms: NameForms) -> str:
    text = word.text
    if not is_cyrillic(text[0]):
        return ""
    initials = {forms.initials, forms.initials[:1]} - {""}
    for cut in range(1, len(text)):
        head, tail = text[:cut], text[cut:]
        parts = (forms.part(head), forms.part(tail))
        if SURNAME in parts:
            other = tail if parts[0] == SURNAME else head
            other_part = parts[1] if parts[0] == SURNAME else parts[0]
            if other_part in (GIVEN, SHORT, PATRONYMIC, SURNAME) and len(other) > 2:
                return SURNAME
            if other in initials and len(text) - len(other) >= 4 and not forms.nearly_surname(text):
                return SURNAME
            if (parts[0] == SURNAME and _names(tail, forms)) or (parts[1] == SURNAME and _names(head, forms)):
                return SURNAME
        elif parts == (GIVEN, PATRONYMIC):
            return PATRONYMIC
    return ""


def _names(text: str, forms: NameForms) -> bool:
    return any(
        forms.part(text[:cut]) in (GIVEN, SHORT) and forms.part(text[cut:]) == PATRONYMIC
        for cut in range(2, len(text) - 3)
    )


def _logins(folded: Folded, forms: NameForms) -> Iterator[Candidate]:
    """The surname inside a login in Latin letters: «ivanova_anna2009»."""
    for match in _odd(folded.text).logins:
        login = match[0].rstrip("._-")
        if not login.isalpha() and forms.latin_surname.search(login):
            yield Candidate(match.start(), match.start() + len(login), SURNAME, login, True, False, "login")
