"""Does a text fit the contest's requirements of length? Pure: codes and numbers, no sentences.

Counting follows what an author sees in a word processor: characters with spaces, without line ends; a word
is a run of characters without white space. Invisible characters do not count: they are no text, and could
otherwise pad an essay up to the minimum.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """What is wrong with a text."""

    EMPTY = "empty"
    TOO_FEW_CHARACTERS = "too_few_characters"
    TOO_MANY_CHARACTERS = "too_many_characters"
    TOO_FEW_WORDS = "too_few_words"
    TOO_MANY_WORDS = "too_many_words"


@dataclass(frozen=True, slots=True)
class Requirements:
    """Bounds of length, both ends included; None means no bound. Raises ``ValueError`` for nonsense."""

    characters_min: int | None = None
    characters_max: int | None = None
    words_min: int | None = None
    words_max: int | None = None

    def __post_init__(self) -> None:
        for least, most in ((self.characters_min, self.characters_max), (self.words_min, self.words_max)):
            if any(bound is not None and bound < 0 for bound in (least, most)):
                raise ValueError("a length cannot be negative")
            if least is not None and most is not None and least > most:
                raise ValueError(f"the minimum {least} is above the maximum {most}")


@dataclass(frozen=True, slots=True)
class Size:
    """How long a text is."""

    characters: int
    words: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason for not accepting a text: what was found, and the bound that it misses."""

    code: Code
    actual: int
    limit: int

    @property
    def difference(self) -> int:
        """How many characters or words to add or to take away."""
        return abs(self.actual - self.limit)


def measure(text: str) -> Size:
    """Characters with spaces (line ends and invisible characters left out) and words."""
    visible = "".join(sign for sign in unicodedata.normalize("NFC", text) if _counts(sign))
    characters = len(visible) - sum(visible.count(sign) for sign in _LINE_ENDS)
    return Size(characters=characters, words=len(visible.split()))


def check(text: str, requirements: Requirements) -> list[Problem]:
    """All that is wrong with the text's length, in a fixed order; an empty list means that it fits."""
    size = measure(text)
    if not size.words:
        return [Problem(Code.EMPTY, actual=0, limit=max(1, requirements.characters_min or 1))]
    bounds = (
        (Code.TOO_FEW_CHARACTERS, size.characters, requirements.characters_min),
        (Code.TOO_MANY_CHARACTERS, size.characters, requirements.characters_max),
        (Code.TOO_FEW_WORDS, size.words, requirements.words_min),
        (Code.TOO_MANY_WORDS, size.words, requirements.words_max),
    )
    return [
        Problem(code, actual, limit)
        for code, actual, limit in bounds
        if limit is not None and (actual < limit if code in _TOO_FEW else actual > limit)
    ]


_TOO_FEW = frozenset({Code.TOO_FEW_CHARACTERS, Code.TOO_FEW_WORDS})
_LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"


def _counts(sign: str) -> bool:
    # Line ends and tabs are control characters too, but they part words: they are taken out after that.
    return sign in "\t" + _LINE_ENDS or unicodedata.category(sign) not in {"Cc", "Cf"}
