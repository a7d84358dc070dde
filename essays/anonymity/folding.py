"""One spelling for many: text brought to a form in which names can be compared, with the way back.

Folding drops invisible characters and accents, joins й and ё that were taken apart, lowers case, writes е for ё,
and reads Latin letters and digits that stand among Cyrillic letters as what they look like.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

# Latin and Greek letters and digits by the Cyrillic letters that they are taken for, and capitals where they differ.
LOOK_ALIKES = {
    "a": "а",
    "b": "в",
    "c": "с",
    "e": "е",
    "h": "н",
    "i": "и",
    "k": "к",
    "m": "м",
    "n": "п",
    "o": "о",
    "p": "р",
    "r": "г",
    "s": "с",
    "t": "т",
    "u": "и",
    "x": "х",
    "y": "у",
    "j": "й",
    "w": "ш",
    "d": "д",
    "l": "л",
    "g": "г",
    "α": "а",
    "β": "в",
    "ε": "е",
    "η": "н",
    "ι": "и",
    "κ": "к",
    "μ": "м",
    "ν": "и",
    "ο": "о",
    "ρ": "р",
    "τ": "т",
    "υ": "у",
    "χ": "х",
    "π": "п",
    "λ": "л",
    "δ": "д",
    "γ": "г",
    "φ": "ф",
    "ı": "и",
    "ɑ": "а",
    "ʙ": "в",
    "ʜ": "н",
    "0": "о",
    "3": "з",
    "4": "ч",
    "6": "б",
}
_CAPITALS = {"N": "и", "R": "я", "Y": "у"}
# Letters of neighbouring alphabets that stand for Russian ones in a Russian word.
_NEIGHBOURS = {
    "і": "и",
    "ї": "и",
    "ѕ": "с",
    "ј": "й",
    "ӏ": "л",
    "ө": "о",
    "ԁ": "д",
    "һ": "н",
    "ү": "у",
    "ҝ": "к",
    "є": "е",
}


_MAY_BE_CAPITALS = re.compile(r"[^a-zа-яё0-9\s.,:;!?()«»\"–—-]+")


@dataclass(frozen=True)
class Folded:
    """`text` is the folded text; its character `i` comes from `[starts[i], ends[i])` of the original."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of `[start, end)` of the folded text, invisible characters inside included."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError("an empty or outlying place")
        return self.starts[start], self.ends[end - 1]

    @cached_property
    def shown(self) -> str:
        """The folded text in the case of the original."""
        original, text = self.original, self.text
        if original.islower() or not text:
            return text
        if len(original) != len(text) or self.ends[-1] != len(text):
            return "".join(
                [c.upper() if original[start].isupper() else c for c, start in zip(text, self.starts, strict=True)]
            )
        pieces, last = [], 0
        for match in _MAY_BE_CAPITALS.finditer(original):
            start, end = match.span()
            pieces.append(text[last:start])
            pieces += [c.upper() if o.isupper() else c for o, c in zip(match[0], text[start:end], strict=True)]
            last = end
        return "".join(pieces) + text[last:]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Runs of letters (and of digits among them), in order."""
        return tuple(_words(self))

    @cached_property
    def words_by_start(self) -> dict[int, int]:
        """Indexes of `words` by where they start."""
        return {word.start: index for index, word in enumerate(self.words)}

    @cached_property
    def words_by_end(self) -> dict[int, int]:
        """Indexes of `words` by where they end."""
        return {word.end: index for index, word in enumerate(self.words)}


class Word(NamedTuple):
    """A run of letters at `[start, end)` of the folded text.

    `text` is folded; `latin` is the reading of a word in Latin letters, empty for others; `capital` says that
    the first letter was a capital, `capitals` that all of at least two were.
    """

    text: str
    start: int
    end: int
    latin: str
    capital: bool
    capitals: bool


class _Folds(dict[str, str]):
    """What each character folds to, decided once."""

    def __missing__(self, character: str) -> str:
        self[character] = value = _fold_character(character)
        return value


_FOLDS = _Folds()


def _fold_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cf", "Co", "Cs", "Cn", "Mn", "Me") or (category == "Cc" and character not in "\n\t\r"):
        return ""
    if "\ufe00" <= character <= "\ufe0f" or character in "\u034f\u115f\u1160\u3164\uffa0":
        return ""
    folded = unicodedata.normalize("NFKC", character).lower()
    if (not folded.isalnum() and not folded.isspace()) or character == "№":
        folded = character  # «№» and «…» stay one character.
    if folded.isspace():
        return folded if folded in ("\n", "\t") else " "
    if len(folded) == 1 and folded.isalpha() and folded not in "йё":
        # «Á» and its like lose their accents, й and ё are letters of their own.
        base = unicodedata.normalize("NFD", folded)
        folded = base[0] if len(base) > 1 else folded
    return "".join("е" if c == "ё" else c for c in folded if unicodedata.category(c) not in ("Mn", "Cf"))


def fold(text: str) -> Folded:
    """Fold `text`. The result remembers where each of its characters came from."""
    if "\u0306" not in text and "\u0308" not in text and all(len(_FOLDS[character]) == 1 for character in set(text)):
        # One for one, as in most texts.
        length = len(text)
        folded_text = "".join(map(_FOLDS.__getitem__, text))
        places = tuple(range(length + 1))
        if _ODD.search(folded_text):
            letters = list(folded_text)
            _read_look_alikes(text, letters, places)
            folded_text = "".join(letters)
        return Folded(text, folded_text, places[:-1], places[1:])
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    folds = _FOLDS
    for index, character in enumerate(text):
        if character in "\u0306\u0308" and characters:
            # й and ё written as a letter and a combining mark.
            if character == "\u0306" and characters[-1] == "и":
                characters[-1] = "й"
            if ends:
                ends[-1] = index + 1
            continue
        for folded in folds[character]:
            characters.append(folded)
            starts.append(index)
            ends.append(index + 1)
    _read_look_alikes(text, characters, starts)
    return Folded(text, "".join(characters), tuple(starts), tuple(ends))


# A letter or figure that does not stand in plain Russian words.
_ODD = re.compile(r"[^\W_а-яё]")


def is_cyrillic(character: str) -> bool:
    return "\u0400" <= character <= "\u052f"


def _read_look_alikes(original: str, characters: list[str], starts: Sequence[int]) -> None:
    """In words with at least one Cyrillic letter, read look-alikes as Cyrillic, in place."""
    text = "".join(characters)
    end = 0
    for match in _ODD.finditer(text):
        if match.start() < end:
            continue
        start, before = match.start(), end
        while start > before and text[start - 1].isalnum():
            start -= 1
        end = match.end()
        while end < len(text) and text[end].isalnum():
            end += 1
        word = text[start:end]
        if any(map(is_cyrillic, word)) and not all(is_cyrillic(c) and c not in _NEIGHBOURS for c in word):
            _read_word(original, characters, starts, start, end)


def _read_word(original: str, characters: list[str], starts: Sequence[int], start: int, end: int) -> None:
    letters = [i for i in range(start, end) if not characters[i].isdigit()]
    for index in range(start, end):
        character = characters[index]
        if character.isdigit():
            # A digit is a letter only between letters: «9а» and «ИС-21» are not words with look-alikes.
            inside = letters and letters[0] < index < letters[-1]
            characters[index] = LOOK_ALIKES.get(character, character) if inside else character
        else:
            capital = _CAPITALS.get(original[starts[index]])
            read = capital or LOOK_ALIKES.get(character, character)
            characters[index] = _NEIGHBOURS.get(read, read)


_RUN = re.compile(r"[^\W\d_]+")


def _words(folded: Folded) -> list[Word]:
    shown, words = folded.shown, []
    for match in _RUN.finditer(folded.text):
        word, start, end = match[0], match.start(), match.end()
        capital = shown[start].isupper()
        capitals = capital and end - start > 1 and shown[start:end].isupper()
        words.append(Word(word, start, end, word if word.isascii() else "", capital, capitals))
    return words


_STRICT = frozenset("abcehkmoptxyαβεηικμορτυχ")


def as_cyrillic(latin: str) -> str:
    """A word in Latin letters read by its looks: «Copoka» → «сорока». Empty when a letter looks like none."""
    lowered = latin.lower()
    return "".join(LOOK_ALIKES[c] for c in lowered) if all(c in _STRICT for c in lowered) else ""
