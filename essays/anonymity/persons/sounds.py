"""Western names by ear: «Kate Winslet» is «Кейт Уинслет», though no transliteration leads from one to the other.

Both are brought to the classes of their consonants; an English letter that is read in two ways leads to several.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from essays.anonymity.folding import fold
from essays.anonymity.name_forms import is_surname_like
from essays.anonymity.persons.stems import given_names, is_frequent_surname
from essays.anonymity.well_known import well_known

_RUSSIAN = str.maketrans(
    dict(zip("бпвфмнлртдкгхсзцжшщч", "BPVVMNLRTDKKKSSSSSSS", strict=True)) | dict.fromkeys("аеиоуыэюяйьъ", "")
)
# What Latin letters are read as, the longest first; «» is silence.
_READ: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sch", ("S",)),
    ("tch", ("S",)),
    ("dge", ("S",)),
    ("ough", ("", "V")),
    ("igh", ("",)),
    ("ph", ("V",)),
    ("th", ("T",)),
    ("sh", ("S",)),
    ("ch", ("S", "K")),
    ("ck", ("K",)),
    ("gh", ("K", "")),
    ("kn", ("N", "KN")),
    ("wr", ("R",)),
    ("wh", ("",)),
    ("tz", ("S",)),
    ("ts", ("S", "TS")),
    ("qu", ("K", "KV")),
    ("ce", ("S",)),
    ("ci", ("S",)),
    ("cy", ("S",)),
    ("ge", ("S", "K")),
    ("gi", ("S", "K")),
    ("gy", ("S", "K")),
    ("b", ("B",)),
    ("c", ("K",)),
    ("d", ("D",)),
    ("f", ("V",)),
    ("g", ("K",)),
    ("h", ("K", "")),
    ("j", ("S", "")),
    ("k", ("K",)),
    ("l", ("L",)),
    ("m", ("M",)),
    ("n", ("N",)),
    ("p", ("P",)),
    ("q", ("K",)),
    ("r", ("R",)),
    ("s", ("S",)),
    ("t", ("T",)),
    ("v", ("V",)),
    ("w", ("", "V")),
    ("x", ("KS",)),
    ("z", ("S",)),
)
_MOST_READINGS = 32
_LEAST_SOUNDS = 3


def _collapsed(sounds: str) -> str:
    return re.sub(r"(.)\1", r"\1", sounds)


@lru_cache(maxsize=4096)
def readings(word: str) -> frozenset[str]:
    """The classes of the consonants of a lower-case word in Latin letters, in all the ways it may be read."""
    parts: list[tuple[str, ...]] = []
    position = 0
    while position < len(word):
        letters, sounds = next(((a, b) for a, b in _READ if word.startswith(a, position)), (word[position], ("",)))
        parts.append(sounds)
        position += len(letters)
    if parts and word[-1:] in "stdxz":
        parts[-1] = (*parts[-1], "")  # «Louis» is «Луи».
    ways = 1
    for index, part in enumerate(parts):
        ways *= len(part)
        if ways > _MOST_READINGS:
            parts[index] = part[:1]
            ways //= len(part)
    return frozenset(_collapsed("".join(way)) for way in product(*parts))


def heard(name: str) -> str:
    """The classes of the consonants of a folded Russian name."""
    return _collapsed(re.sub(r"[^A-Z]", "", name.replace("дж", "ж").translate(_RUSSIAN)))


@lru_cache(maxsize=1)
def _heard() -> dict[str, frozenset[str]]:
    """Sounds of the given names of the well-known with a Western surname by the sounds of that."""
    data = well_known()
    found: dict[str, set[str]] = {}
    for group in (*data["groups"], *data["weak"]):
        for line in group["people"]:
            words = fold(line).text.split()
            if len(words) != 2 or is_surname_like(words[0]) or is_frequent_surname(words[0]):
                continue
            # Heroes stand as «Гарри Поттер».
            for surname, given in (words, words[::-1]):
                if len(heard(surname)) >= _LEAST_SOUNDS and not given_names(surname):
                    found.setdefault(heard(surname), set()).add(heard(given))
    return {surname: frozenset(given) for surname, given in found.items()}


def sounds_public(given: str, surname: str) -> bool:
    """Whether lower-case Latin names sound like those of a well-known Western person in Russian letters."""
    known = _heard()
    return any(readings(given) & known.get(sounds, frozenset()) for sounds in readings(surname))
