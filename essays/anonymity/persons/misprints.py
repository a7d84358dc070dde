"""Somebody's name and its misprint side by side: «вместо «Мишин Пётр» напечатали «Мишмн Пётр»»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from essays.anonymity.folding import Folded
from essays.anonymity.name_forms import differ_by_one, public_figures
from essays.anonymity.persons.cues import PERSON
from essays.anonymity.persons.dictionary import is_only_place
from essays.anonymity.persons.people import Seed

_NAME = r"[А-ЯЁ][а-яё-]{2,}(?:[ ][А-ЯЁ][а-яё-]{1,}){0,2}"
_BESIDE = re.compile(
    rf"(?:вместо|(?<!\w)не)[ ][«\"]?(?P<right>{_NAME})[»\"]?,?[ ](?:[а-яё]+[ ]){{0,4}}?"
    rf"[«\"]?(?P<wrong>{_NAME})(?![\w-])"
    rf"|[«\"]?(?P<wrong2>{_NAME})[»\"]?,?[ ](?:[а-яё]+[ ]){{0,2}}?(?:вместо|а не)[ ][«\"]?(?P<right2>{_NAME})(?![\w-])"
)


def find_misprints(folded: Folded) -> Iterator[Seed]:
    """Both names, where one differs from the other by a letter in a word; names of places and of the famous stay."""
    if "вместо" not in folded.text and " не " not in folded.text:
        return
    for match in _BESIDE.finditer(folded.shown):
        right, wrong = ("right", "wrong") if match["right"] else ("right2", "wrong2")
        if _is_misprint(match[right].lower(), match[wrong].lower()):
            # Word by word: of «Мишмн Пётр» the search knows the second by itself.
            for name in (right, wrong):
                for word in re.finditer(r"\S+", match[name]):
                    start = match.start(name) + word.start()
                    yield Seed(start, start + len(word[0]), PERSON, "a name and its misprint", 0.85)


def _is_misprint(right: str, wrong: str) -> bool:
    pairs = list(zip(right.split(), wrong.split(), strict=False))
    if right == wrong or len(right.split()) != len(wrong.split()):
        return False
    if any(is_only_place(word) for word in right.split()) or (len(pairs) == 1 and right in public_figures()):
        return False
    return all(one == other or differ_by_one(one, other) for one, other in pairs)
