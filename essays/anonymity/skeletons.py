"""Words brought to skeletons: Cyrillic, its transliterations and look-alikes fall together, endings do not count.

Made for the self-attack, which must not see with the eyes of the redaction.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SKELETON = {
    **dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziiklmnoprstufhie", strict=True)),
    "ё": "e",
    "ж": "j",
    "ц": "c",
    "ч": "4",
    "ш": "w",
    "щ": "w",
    "ъ": "",
    "ь": "",
    "ю": "u",
    "я": "a",
    "і": "i",
    "ѕ": "s",
}
_LETTERS = str.maketrans(_SKELETON)
_DIGRAPHS = (
    ("w", "v"),
    *(
        ("shch", "w"),
        ("sch", "w"),
        ("sh", "w"),
        ("tch", "4"),
        ("ch", "4"),
        ("zh", "j"),
        ("kh", "h"),
        ("ts", "c"),
        ("tz", "c"),
    ),
    *(
        ("yu", "u"),
        ("ju", "u"),
        ("iu", "u"),
        ("ya", "a"),
        ("ja", "a"),
        ("ia", "a"),
        ("ye", "e"),
        ("je", "e"),
        ("yo", "e"),
        ("jo", "e"),
    ),
    *(("ph", "f"), ("x", "ks"), ("y", "i"), ("q", "k")),
)
_DOUBLED = re.compile(r"(.)\1+")
_LOOKS = str.maketrans("abcehkmoptxyuABCEHKMOPTXYαορτκε", "авсенкмортхуиАВСЕНКМОРТХУаортке")


@lru_cache(maxsize=32768)
def skeleton(word: str) -> str:
    """Its consonants and vowels in Latin letters, however it was written; «4» is ч, «w» is ш and щ."""
    lowered = unicodedata.normalize("NFKC", word).lower()
    if any("а" <= c <= "я" or c == "ё" for c in lowered):
        lowered = lowered.translate(_LOOKS)
    else:
        for digraph, letter in _DIGRAPHS:
            lowered = lowered.replace(digraph, letter)
    letters = lowered if lowered.isalnum() else "".join(filter(str.isalnum, lowered))
    letters = letters.translate(_LETTERS)
    # Double letters count once: Анна, Ana.
    return _DOUBLED.sub(r"\1", letters)


def visible(text: str) -> tuple[str, list[int]]:
    """The text without invisible and combining characters, with the place of each character."""
    dropped = {c for c in set(text) if c in "\u0306\u0308" or unicodedata.category(c) in ("Cf", "Mn", "Co", "Cn")}
    if not dropped:
        return text, list(range(len(text)))
    characters: list[str] = []
    places: list[int] = []
    for index, character in enumerate(text):
        if character in dropped:
            if character == "\u0306" and characters and characters[-1] in "иИ":
                characters[-1] = "й" if characters[-1] == "и" else "Й"
            continue
        characters.append(character)
        places.append(index)
    return "".join(characters), places


_OF_PLACES, _OF_ADJECTIVES = re.compile(r"(?:skai|skii|skoi|skaia)$"), re.compile(r"(?:aia|ii|oi|ai|ei)$")


@lru_cache(maxsize=32768)
def stem(whole: str) -> str:
    """The skeleton without its ending: what all forms have in common."""
    cut = _OF_PLACES.sub("sk", whole)
    cut = _OF_ADJECTIVES.sub("", cut) if cut == whole else cut
    cut = cut.rstrip("aeiou")
    return cut if len(cut) >= 2 else whole


def one_edit(a: str, b: str) -> bool:
    """Whether two different skeletons are one letter apart: wrong, missing, added, or two swapped."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest, other = a[start:], b[start:]
    return (
        rest[1:] == other[1:]
        or rest[1:] == other
        or rest == other[1:]
        or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    )


# What may follow a stem in any case, in skeleton letters; «-ович» and «-овна» may not: Петров is not Петрович.
_ENDING = re.compile(r"(?:(?:[aeiu][aeiou]{0,2}|o[ieu][aeiou]?)?|[aeiou]?(?:m|mi|h|g|gi|go|mu|v|s))")


def is_form(whole: str, root: str, ending: int) -> bool:
    """Whether a skeleton is `root` with an ending of at most `ending` letters."""
    if not root or not whole.startswith(root) or len(whole) > len(root) + ending:
        return False
    return _ENDING.fullmatch(whole, len(root)) is not None
