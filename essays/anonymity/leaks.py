"""A finished copy as the self-attack sees it: its words with their skeletons, and what was found there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from essays.anonymity.skeletons import skeleton, visible

_TAG, _CAPITAL = re.compile(r"\[[А-ЯЁA-Z][А-ЯЁA-Z -]+(?:\d+)?\]"), re.compile(r"(?<!\w)[А-ЯЁA-Z]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Leak:
    """Something found: `kind` says what, `found` is the text, `[start, end)` its place in the searched text.

    The searched text of HTML is its text content with attribute values after it.
    """

    kind: str
    found: str
    start: int
    end: int


class SeenWord(NamedTuple):
    """A word at `[start, end)` of the visible text."""

    text: str
    skeleton: str
    start: int
    end: int


class Seen:
    """The visible text, its words, and the way back to the text that was given."""

    def __init__(self, text: str) -> None:
        self._original = text
        self.text, self._places = visible(text)
        self.lower = self.text.lower().replace("ё", "е")
        self.words = [
            SeenWord(match[0], skeleton(match[0]), match.start(), match.end()) for match in _WORD.finditer(self.text)
        ]
        # Skeletons by their first two letters, each with the places of its words.
        self._heads: dict[str, dict[str, list[int]]] = {}
        for index, word in enumerate(self.words):
            self._heads.setdefault(word.skeleton[:2], {}).setdefault(word.skeleton, []).append(index)
        # Role tags are no capitals of the author's.
        self.cased = len(_CAPITAL.findall(_TAG.sub("", self.text))) * 50 >= len(self.words)

    def leak(self, kind: str, start: int, end: int) -> Leak:
        left, right = self._places[start], self._places[end - 1] + 1
        return Leak(kind, self._original[left:right], left, right)

    def alike(self, heads: Iterable[str]) -> Iterator[tuple[str, list[int]]]:
        """Skeletons that begin like one of these, each with the indices of its words."""
        for head in {head[:2] for head in heads}:
            yield from self._heads.get(head, {}).items()

    def skeletons(self) -> Iterator[tuple[str, list[int]]]:
        """All skeletons, each with the indices of its words."""
        for found in self._heads.values():
            yield from found.items()

    def find(self, needle: str, kind: str) -> Iterator[Leak]:
        """Every place of a lower-case string."""
        start = self.lower.find(needle) if needle else -1
        while start >= 0:
            yield self.leak(kind, start, start + len(needle))
            start = self.lower.find(needle, start + 1)

    def search(self, pattern: str, kind: str, *cues: str) -> Iterator[Leak]:
        """Every match of a pattern in the lower-case text; a group `it` is the place, where there is one.

        It is tried where the text holds one of the plain `cues`, without which it could not match; without them always.
        """
        for match in self.matches(pattern, *cues):
            group = "it" if "it" in match.re.groupindex else 0
            yield self.leak(kind, *match.span(group))

    def search_in(self, places: Iterable[tuple[int, int]], pattern: str, kind: str) -> Iterator[Leak]:
        """Every match in these places of the lower-case text."""
        for start, end in places:
            for match in _compiled(pattern).finditer(self.lower, start, end):
                yield self.leak(kind, match.start(), match.end())

    def matches(self, pattern: str, *cues: str) -> Iterator[re.Match[str]]:
        """As `search`, the bare matches."""
        if cues and not any(cue in self.lower for cue in cues):
            return iter(())
        return _compiled(pattern).finditer(self.lower)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
