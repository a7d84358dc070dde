"""Putting a document together from what a reader sees, one piece at a time.

Everything that a reader keeps passes through here: this is where invisible characters are removed, text is
brought to NFC, and the limits on the size of a text are kept.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from essays.anonymity.document import (
    Block,
    Document,
    Footnote,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    ListItem,
    NoteMark,
    Paragraph,
    Quote,
    Table,
    Text,
    Title,
)
from essays.anonymity.reading import limits
from essays.anonymity.reading.unreadable import Unreadable

_SPACES = re.compile(r"[\t\x0b\x0c\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
# Controls (Cc), format characters (Cf: zero-width, bidi, soft hyphen, tags), private use (Co), surrogates (Cs)
# and variation selectors: none of them is text, and each can carry a mark that only its author would look for.
_INVISIBLE_EXTRA = frozenset(
    [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
)


_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}


class _Invisible(dict[int, str | int]):
    """A table for str.translate that decides about each character once. Ligatures come apart into their letters."""

    def __missing__(self, code: int) -> str | int:
        character = chr(code)
        gone = code in _INVISIBLE_EXTRA or unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Cn")
        self[code] = value = "" if gone else code
        return value


_INVISIBLE = _Invisible(_LIGATURES)


def clean(text: str) -> str:
    """`text` without invisible characters, in NFC, every white space one plain space."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text.replace("\n", " ")).translate(_INVISIBLE))


class InlineBuilder:
    """Collects the pieces of one block; neighbouring runs of one style become one."""

    def __init__(self) -> None:
        self._pieces: list[list[str] | Inline] = []
        self._styles: list[tuple[bool, bool]] = []

    def add(self, text: str, *, strong: bool = False, emphasis: bool = False) -> None:
        """Add characters; line feeds in them become line breaks."""
        first, *others = text.split("\n")
        self._add_line(first, strong, emphasis)
        for line in others:
            self.line_break()
            self._add_line(line, strong, emphasis)

    def _add_line(self, text: str, strong: bool, emphasis: bool) -> None:
        if not text:
            return
        style = (strong, emphasis)
        last = self._pieces[-1] if self._pieces else None
        # A combining mark belongs to the letter before it even when a run ends between them.
        if isinstance(last, list) and (self._styles[-1] == style or unicodedata.combining(text[0])):
            last.append(text)
        else:
            self._pieces.append([text])
            self._styles.append(style)

    def line_break(self) -> None:
        self._push(LineBreak())

    def note(self, number: int) -> None:
        self._push(NoteMark(number))

    def _push(self, inline: Inline) -> None:
        self._pieces.append(inline)
        self._styles.append((False, False))

    def build(self) -> Inlines:
        """The finished pieces, without white space at either end."""
        result: list[Inline] = []
        for piece, (strong, emphasis) in zip(self._pieces, self._styles, strict=True):
            if not isinstance(piece, list):
                result.append(piece)
                continue
            text = clean("".join(piece))
            if text:
                result.append(Text(text, strong, emphasis))
        return _trim(result)


def _trim(inlines: list[Inline]) -> Inlines:
    for end in (0, -1):
        while inlines:
            edge = inlines[end]
            if isinstance(edge, LineBreak):
                del inlines[end]
                continue
            if isinstance(edge, Text):
                text = edge.text.lstrip() if end == 0 else edge.text.rstrip()
                if not text:
                    del inlines[end]
                    continue
                inlines[end] = Text(text, edge.strong, edge.emphasis)
            break
    return tuple(inlines)


def _without_weight(inlines: Inlines) -> Inlines:
    """A heading is bold as it is: only what stands out against the rest of it keeps its weight."""
    texts = [inline for inline in inlines if isinstance(inline, Text) and inline.text.strip()]
    if not texts or not all(text.strong for text in texts):
        return inlines
    return tuple(replace(inline, strong=False) if isinstance(inline, Text) else inline for inline in inlines)


def join_lines(parts: list[Inlines]) -> Inlines:
    """Several blocks as one cell, a line break between each two."""
    result: list[Inline] = []
    for part in parts:
        if not part:
            continue
        if result:
            result.append(LineBreak())
        result.extend(part)
    return tuple(result)


def has_text(inlines: Inlines) -> bool:
    return any(isinstance(inline, (Text, NoteMark)) for inline in inlines)


class DocumentBuilder:
    """Collects blocks and keeps them within the limits."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.notes: list[Footnote] = []
        self._characters = 0

    def count(self, inlines: Inlines) -> None:
        """Account for text. Raises Unreadable when there is more than any essay has."""
        self._characters += sum(len(inline.text) for inline in inlines)
        if self._characters > limits.MAX_CHARACTERS:
            raise Unreadable("too_complex", "the text is too long")
        if len(self.blocks) + len(self.notes) >= limits.MAX_BLOCKS:
            raise Unreadable("too_complex", "too many paragraphs")

    def add(self, kind: str, inlines: Inlines, *, level: int = 1, ordered: bool = False) -> None:
        """Add a block; `kind` is title, heading, paragraph, item or quote. Empty ones are left out."""
        if not has_text(inlines):
            return
        self.count(inlines)
        if kind in ("title", "heading"):
            inlines = _without_weight(inlines)
        level = max(1, min(level, 6))
        if kind == "title":
            self.blocks.append(Title(inlines))
        elif kind == "heading":
            self.blocks.append(Heading(inlines, level))
        elif kind == "item":
            self.blocks.append(ListItem(inlines, ordered, level))
        elif kind == "quote":
            self.blocks.append(Quote(inlines))
        else:
            self.blocks.append(Paragraph(inlines))

    def add_table(self, rows: list[list[Inlines]]) -> None:
        filled = [row for row in rows if any(has_text(cell) for cell in row)]
        for row in filled:
            for cell in row:
                self.count(cell)
        if filled:
            self.blocks.append(Table(tuple(tuple(row) for row in filled)))

    def add_note(self, number: int, inlines: Inlines) -> None:
        self.count(inlines)
        self.notes.append(Footnote(inlines, number))

    def build(self) -> Document:
        return Document(tuple(self.blocks) + tuple(self.notes))


def metadata(strings: list[str | None]) -> tuple[str, ...]:
    """Strings of a file's metadata, cleaned, each once, within the limits."""
    seen: dict[str, None] = {}
    for string in strings:
        text = " ".join(clean(string or "")[: limits.MAX_METADATA_LENGTH].split())
        if len(text) > 1:
            seen.setdefault(text)
    return tuple(seen)[: limits.MAX_METADATA_STRINGS]
