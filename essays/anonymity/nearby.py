"""Where slow patterns are worth trying: near plain strings without which they cannot match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

Places = list[tuple[int, int]]


def lowered(text: str) -> str:
    """The text in small letters, character for character."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def starts_of(text: str, cues: Iterable[str]) -> list[int]:
    """Where any of the plain strings begins, in order."""
    found = []
    for cue in cues:
        start = text.find(cue)
        while start >= 0:
            found.append(start)
            start = text.find(cue, start + 1)
    found.sort()
    return found


def around(text: str, starts: Iterable[int], before: int, after: int) -> Places:
    """The places of so many characters on both sides of every start, widened to blanks; those that touch are one."""
    found: Places = []
    for cue in starts:
        left = text.rfind(" ", 0, max(0, cue - before)) + 1
        right = text.find(" ", cue + after)
        right = len(text) if right < 0 else right
        if found and left <= found[-1][1]:
            found[-1] = (found[-1][0], max(right, found[-1][1]))
        else:
            found.append((left, right))
    return found


class Sought:
    """A pattern that is compiled when a text holds one of its plain cues; without cues always."""

    __slots__ = ("_cues", "_flags", "_pattern")

    def __init__(self, pattern: str, cues: Iterable[str] = (), flags: int = 0) -> None:
        self._pattern, self._cues, self._flags = pattern, tuple(cues), flags

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        if self._cues and not any(cue in text for cue in self._cues):
            return iter(())
        return compiled(self._pattern, self._flags).finditer(text, start, len(text) if end is None else end)


# What one identity asks for is asked for again when the copy is checked and made anew.
@lru_cache(maxsize=1024)
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled once for as long as it is in use."""
    return re.compile(pattern, flags)
