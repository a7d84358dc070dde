"""All forms of the same word in a text: «Зубков», «Зубкова», «Зубковым» are one, «Ребриха» and «Ребрихе» too (pure).

A word is known by its stems. They are drawn wide on purpose: whoever decides about a word in all its forms is shown
which forms these are and how often each stands there, before anything changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from essays.anonymity.inflection import fleeting_stems, given_name_forms
from essays.anonymity.persons.stems import all_given_names, surname_stem

_TOKEN = re.compile(r"\w+|[^\w\s]")
_RUSSIAN = re.compile(r"[а-я]+")
_ENGLISH = re.compile(r"[a-z]+")
_SHORTEST = 3
"""Letters of a stem. Of a shorter one too many other words begin: such a word has no forms but itself."""


class WordForms:
    """A text in which phrases are looked for by the stems of their words. Made once, asked often."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_TOKEN.finditer(text))
        self._by_stem: dict[str, list[int]] = {}
        for index, token in enumerate(self._tokens):
            for stem in stems(folded(token[0])):
                self._by_stem.setdefault(stem, []).append(index)

    def places(self, words: str) -> Iterator[tuple[int, int]]:
        """Where this phrase stands in any form: ``[start, end)``, in order, without overlap.

        Only whole words count. Signs between the words, and whether they are joined, must be the same.
        """
        phrase = list(_TOKEN.finditer(" ".join(words.split())))
        if not any(re.match(r"\w", token[0]) for token in phrase):
            return
        wanted = [stems(folded(token[0])) for token in phrase]
        joints = [left.end() == right.start() for left, right in pairwise(phrase)]
        begun = sorted({index for stem in wanted[0] for index in self._by_stem.get(stem, ())})
        free = 0
        for first in begun:
            tokens = self._tokens[first : first + len(wanted)]
            if first < free or len(tokens) < len(wanted):
                continue
            alike = all(not one.isdisjoint(stems(folded(token[0]))) for one, token in zip(wanted, tokens, strict=True))
            joined = [left.end() == right.start() for left, right in pairwise(tokens)]
            if alike and joined == joints:
                free = first + len(wanted)
                yield tokens[0].start(), tokens[-1].end()


def folded(word: str) -> str:
    return word.lower().replace("ё", "е")


@lru_cache(maxsize=65536)
def stems(word: str) -> frozenset[str]:
    """What the forms of a folded word have in common: two words with a stem in common are taken for the same."""
    if _ENGLISH.fullmatch(word):
        return frozenset({word.removesuffix("s") if len(word) > _SHORTEST else word})
    if not _RUSSIAN.fullmatch(word):
        return frozenset({word})
    names = _names().get(word, frozenset())
    stem = surname_stem(word).removesuffix("ь")
    if len(stem) < _SHORTEST:
        return names | {word}
    # «Волчок» and «Волчка»: the vowel that flees stands in one form alone. «Черных» and «Черныхом»: no ending at all.
    others = fleeting_stems(stem) if word.removesuffix("ь") == stem else set()
    if word.endswith(("ых", "их")):
        others = {word}
    return names | {stem, *(one for one in others if len(one) >= _SHORTEST)}


@lru_cache(maxsize=1)
def _names() -> dict[str, frozenset[str]]:
    """Given names and diminutives by their forms: «Ани» and «Аней» have too little in common by themselves."""
    known: dict[str, set[str]] = {}
    for name in all_given_names():
        for form in given_name_forms(name):
            # «Иванов» is somebody's surname far more often than several Ivans.
            if form == name or not form.endswith(("ов", "ев")):
                known.setdefault(form, set()).add(f"={name}")
    return {form: frozenset(names) for form, names in known.items()}
