"""Which signs the documents' fonts can show, and a text without the others (pure).

A document that is tagged for screen readers must not hold a sign without a shape: the typesetter refuses the whole
page for one emoji in a title.
"""

import struct
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parent / "fonts"
# A letter of a script that the fonts do not know still leaves a mark; ornaments leave nothing.
UNKNOWN_LETTER = "?"
# Letters of Altai names, as Russian documents write them.
SIMILAR = {"ҥ": "н", "Ҥ": "Н"}


def showable(text: str) -> str:
    """The text with what the fonts know: other letters become a question mark, other signs go.

    Letters with accents that the fonts lack keep the letter.
    """
    known = coverage()
    if all(ord(sign) in known for sign in text):
        return text
    kept = "".join(map(_shown, unicodedata.normalize("NFC", text)))
    return " ".join(part for part in kept.split(" ") if part)


def all_showable(value: Any) -> Any:
    """The same for every text in a mapping or sequence of them; other values are left alone."""
    if isinstance(value, str):
        return showable(value)
    if isinstance(value, Mapping):
        return {key: all_showable(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [all_showable(item) for item in value]
    return value


@cache
def _shown(sign: str) -> str:
    known = coverage()
    if ord(sign) in known or sign in "\n\t":
        return sign
    if sign in SIMILAR:
        return SIMILAR[sign]
    kind = unicodedata.category(sign)
    if kind[0] == "Z" or kind == "Cc":
        return " "
    plain = "".join(one for one in unicodedata.normalize("NFKD", sign) if ord(one) in known)
    if plain.strip():
        return plain
    return UNKNOWN_LETTER if kind[0] in "LN" else ""


@cache
def coverage() -> frozenset[int]:
    """Code points that every font of the documents has a shape for."""
    return frozenset.intersection(*(_mapped(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))))


def _mapped(font: bytes) -> frozenset[int]:
    """Code points of a font's Unicode tables «cmap» of the formats 4 and 12. Raises ``ValueError`` for none."""
    (tables,) = struct.unpack_from(">H", font, 4)
    for index in range(tables):
        tag, _checksum, start, _length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if tag == b"cmap":
            return _of_cmap(font, start)
    raise ValueError("a font without a table of characters")


def _of_cmap(font: bytes, start: int) -> frozenset[int]:
    _version, count = struct.unpack_from(">HH", font, start)
    found: set[int] = set()
    for index in range(count):
        _platform, _encoding, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * index)
        at = start + offset
        (kind,) = struct.unpack_from(">H", font, at)
        if kind == 4:
            found |= _of_segments(font, at)
        elif kind == 12:
            (groups,) = struct.unpack_from(">I", font, at + 12)
            for number in range(groups):
                first, last, _glyph = struct.unpack_from(">III", font, at + 16 + 12 * number)
                found.update(range(first, last + 1))
    if not found:
        raise ValueError("a font without Unicode characters")
    return frozenset(found)


def _of_segments(font: bytes, at: int) -> set[int]:
    (twice,) = struct.unpack_from(">H", font, at + 6)
    ends, count = at + 14, twice // 2
    starts, deltas, offsets = ends + twice + 2, ends + 2 * twice + 2, ends + 3 * twice + 2
    found = set()
    for number in range(count):
        (last,) = struct.unpack_from(">H", font, ends + 2 * number)
        (first,) = struct.unpack_from(">H", font, starts + 2 * number)
        (delta,) = struct.unpack_from(">H", font, deltas + 2 * number)
        (offset,) = struct.unpack_from(">H", font, offsets + 2 * number)
        for code in range(first, last + 1):
            if code == 0xFFFF:
                continue
            glyph = code + delta
            if offset:
                (glyph,) = struct.unpack_from(">H", font, offsets + 2 * number + offset + 2 * (code - first))
                glyph = glyph + delta if glyph else 0
            if glyph & 0xFFFF:
                found.add(code)
    return found
