"""Letters set apart, joined again: «Н и к и т к а написал» is read as «Никитка написал».

A word ends where the gap is wider or a capital follows a small letter. What is joined is judged like any other word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from essays.anonymity.folding import LOOK_ALIKES, Folded, is_cyrillic
from essays.anonymity.persons.dictionary import is_unknown
from essays.anonymity.persons.stems import given_names, may_be_patronymic, may_be_surname

# A plain beginning first: most texts have nothing of the kind.
_HINT = re.compile(r" \w {1,3}\w ")
_RUN = re.compile(r"(?<!\w)[^\W\d_](?: {1,5}[^\W\d_](?!\w)){3,}")
_PREPOSITIONS = frozenset("авикосуя")
"""Letters that are words by themselves: «и я к А. С.» is no name."""
_LONGEST_UNKNOWN = 12


def joined(folded: Folded) -> Folded:
    """`folded` with the blanks inside of words that are set apart left out; itself where there are none."""
    if _HINT.search(folded.text) is None:
        return folded
    dropped: set[int] = set()
    letters = list(folded.text)
    for match in _RUN.finditer(folded.text):
        for word in _words(folded, match.start(), match.end()):
            dropped.update(place for place in range(word[0], word[-1]) if letters[place] == " ")
            if any(is_cyrillic(letters[place]) for place in word):
                for place in word:
                    letters[place] = LOOK_ALIKES.get(letters[place], letters[place])
    if not dropped:
        return folded
    kept = [place for place in range(len(letters)) if place not in dropped]
    return Folded(
        folded.original,
        "".join(letters[place] for place in kept),
        tuple(folded.starts[place] for place in kept),
        tuple(folded.ends[place] for place in kept),
    )


def _words(folded: Folded, start: int, end: int) -> Iterator[list[int]]:
    """The places of the letters of each word in a run of letters and blanks."""
    shown = folded.shown
    places = [place for place in range(start, end) if shown[place] != " "]
    gaps = [after - before for before, after in pairwise(places)]
    narrow = min(gaps)
    by_gap = max(gaps) > narrow
    words = [places[:1]]
    for before, after in pairwise(places):
        new = after - before > narrow if by_gap else shown[after].isupper() and shown[before].islower()
        if new:
            words.append([])
        words[-1].append(after)
    for word in words:
        text = "".join(LOOK_ALIKES.get(c, c) for c in (folded.text[place] for place in word))
        shouted = all(shown[place].isupper() for place in word)
        if shouted and (cut := _cut(text)):
            yield word[:cut]
            yield word[cut:]
        elif _is_word(text, whole=by_gap or shown[word[0]].isupper() > shouted) or (
            # «Н а м  А н н а», «Л и  А н н а»: short surnames among wider gaps
            by_gap and len(word) > 1 and shown[word[0]].isupper() and not _PREPOSITIONS.issuperset(text[:2])
        ):
            yield word


def _is_word(text: str, *, whole: bool) -> bool:
    """Whether letters are one word; `whole` says that both its ends are seen."""
    if len(text) < 4 or _PREPOSITIONS.issuperset(text):
        return len(text) > 2 and bool(given_names(text))
    return whole or _is_known(text) or len(text) <= _LONGEST_UNKNOWN


def _is_known(text: str) -> bool:
    return bool(given_names(text)) or not is_unknown(text)


def _cut(text: str) -> int:
    """Where capitals without a wider gap are two names: «КЫЧКИН|ТИМУР»; 0 where they are not."""
    if _is_known(text):
        return 0
    for cut in range(3, len(text) - 2):
        first, last = text[:cut], text[cut:]
        if (given_names(first) and (may_be_surname(last) or may_be_patronymic(last))) or (
            given_names(last) and may_be_surname(first)
        ):
            return cut
    return 0
