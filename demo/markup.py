"""The light markup of the demo essays, read into blocks of spans. Pure.

``# heading``, ``*emphasis*``, ``**strong**``, ``- `` and ``1. `` list items, ``> quotation``, ``[^1]`` with its
definition ``[^1]: …`` on a line of its own. An empty line ends a block; a single line end is a line break.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["heading", "paragraph", "bullet", "numbered", "quotation"]

HEADING = re.compile(r"(#{1,3}) (.+)")
BULLET = re.compile(r"- (.+)")
NUMBERED = re.compile(r"(\d{1,2})\. (.+)")
QUOTATION = re.compile(r"> ?(.*)")
DEFINITION = re.compile(r"\[\^(\w+)\]: (.+)")
TOKEN = re.compile(r"(\*\*|\*|\[\^\w+\])")


@dataclass(frozen=True)
class Span:
    """A run of text in one style. A span with a note has no text: it is the place of a footnote."""

    text: str
    strong: bool = False
    emphasis: bool = False
    note: tuple["Span", ...] = ()


@dataclass(frozen=True)
class Block:
    """A heading (level 1–3), a paragraph, a quotation or a list item (number ≥ 1 if numbered)."""

    kind: Kind
    spans: tuple[Span, ...]
    level: int = 0
    number: int = 0

    @property
    def text(self) -> str:
        return plain(self.spans)


def plain(spans: Iterable[Span]) -> str:
    """The bare characters of spans, footnote marks left out."""
    return "".join(span.text for span in spans)


def read_blocks(source: str) -> tuple[Block, ...]:
    """Read an essay's text. Raises ValueError for a style left open or a footnote without definition."""
    notes: dict[str, str] = {}
    lines: list[str] = []
    for line in source.strip().splitlines():
        definition = DEFINITION.fullmatch(line.strip())
        if definition:
            notes[definition[1]] = definition[2]
        else:
            lines.append(line.rstrip())
    return tuple(
        replace(block, spans=_read_spans(text, notes)) for block, text in _gather(_lines(lines)) if text.strip()
    )


def notes_of(blocks: Iterable[Block]) -> tuple[tuple[Span, ...], ...]:
    """The footnotes in reading order."""
    return tuple(span.note for block in blocks for span in block.spans if span.note)


def _lines(lines: Iterable[str]) -> Iterator[tuple[Block | None, str]]:
    """Each line with the kind of block it belongs to; None ends a block."""
    for line in lines:
        if not line.strip():
            yield None, ""
        elif match := HEADING.fullmatch(line):
            yield Block("heading", (), level=len(match[1])), match[2]
        elif match := BULLET.fullmatch(line):
            yield Block("bullet", ()), match[1]
        elif match := NUMBERED.fullmatch(line):
            yield Block("numbered", (), number=int(match[1])), match[2]
        elif match := QUOTATION.fullmatch(line):
            yield Block("quotation", ()), match[1]
        else:
            yield Block("paragraph", ()), line


def _gather(lines: Iterable[tuple[Block | None, str]]) -> Iterator[tuple[Block, str]]:
    """Join neighbouring lines of one paragraph or quotation; every other line is a block by itself."""
    current: Block | None = None
    text = ""
    for block, line in lines:
        joins = block is not None and block == current and block.kind in ("paragraph", "quotation")
        if joins:
            text += "\n" + line
            continue
        if current is not None:
            yield current, text
        current, text = block, line
    if current is not None:
        yield current, text


def _read_spans(text: str, notes: dict[str, str]) -> tuple[Span, ...]:
    strong = emphasis = False
    spans: list[Span] = []
    for token in TOKEN.split(text):
        if token == "**":
            strong = not strong
        elif token == "*":
            emphasis = not emphasis
        elif TOKEN.fullmatch(token):
            key = token[2:-1]
            if key not in notes:
                raise ValueError(f"footnote {key} is not defined")
            spans.append(Span("", note=_read_spans(notes[key], {})))
        elif token:
            spans.append(Span(token, strong, emphasis))
    if strong or emphasis:
        raise ValueError(f"a style is left open in: {text[:60]}")
    return tuple(spans)
