"""Footnotes of a PDF: small raised numbers in the text, and the small print at the foot of the page that they mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from essays.anonymity.reading.pdf_lines import Glyph, Line

_RAISED = 0.2
_SMALL = 0.97
_MOST_DIGITS = 3


@dataclass
class Notes:
    """`marks` are the raised glyphs: the first of each number with the note's number, its other digits with None.

    `texts` are the notes as lines, `lines` the ids of the lines that are no part of the text.
    """

    marks: dict[Glyph, int | None] = field(default_factory=dict)
    texts: list[tuple[int, list[Line]]] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, lines: list[Line], body: float) -> Notes:
        """The notes of a text: only numbers that are met both in the text and below it count."""
        notes = cls()
        for _page, group in groupby(lines, key=lambda line: line.page):
            notes._take_page(list(group), body)
        return notes

    def _take_page(self, lines: list[Line], body: float) -> None:
        heads = {id(line): _raised_head(line) for line in lines}
        marks: dict[str, list[Glyph]] = {}
        for line in lines:
            for digits in _raised(line):
                if digits != heads[id(line)]:
                    marks.setdefault("".join(glyph.text for glyph in digits), digits)
        current: list[Line] | None = None
        for index, line in enumerate(lines):
            head = heads[id(line)]
            name = "".join(glyph.text for glyph in head)
            starts = (
                head and name in marks and line.size < _SMALL * body and _is_below(line, marks[name], lines[:index])
            )
            if starts:
                number = len(self.texts) + 1
                for place, glyph in enumerate(marks.pop(name)):
                    self.marks[glyph] = None if place else number
                for glyph in head:
                    self.marks[glyph] = None
                current = []
                self.texts.append((number, current))
            elif current is None or line.size >= _SMALL * body or line.base > current[-1].base:
                current = None
                continue
            current.append(line)
            self.lines.add(id(line))


def _raised(line: Line) -> list[list[Glyph]]:
    """Runs of raised digits on a line."""
    found: list[list[Glyph]] = []
    last = -2
    for index, glyph in enumerate(line.glyphs):
        small = glyph.top - glyph.bottom < 0.6 * line.size
        if glyph.text.isdecimal() and small and glyph.bottom > line.base + _RAISED * line.size:
            if index == last + 1 and found:
                found[-1].append(glyph)
            else:
                found.append([glyph])
            last = index
    return [digits for digits in found if len(digits) <= _MOST_DIGITS]


def _raised_head(line: Line) -> list[Glyph]:
    """The raised number that a line begins with, if any."""
    first = next(iter(line.inked), None)
    return next((digits for digits in _raised(line) if digits[0] is first), [])


def _is_below(line: Line, mark: list[Glyph], above: list[Line]) -> bool:
    return bool(above) and line.base < mark[0].bottom
