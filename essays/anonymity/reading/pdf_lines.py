"""From glyphs on pages to lines: what stands on one line, in which column, and which lines only run along. Pure.

Coordinates are in points, with the origin at the lower left corner of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import median

from essays.anonymity.reading.building import clean


@dataclass(frozen=True, slots=True)
class Glyph:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    strong: bool = False
    emphasis: bool = False
    generated: bool = False


@dataclass
class Line:
    """Glyphs that stand on one line of a page. `near` and `far` are the left and right edge of its column.

    What is measured of a line is measured once: ask when all of its glyphs are there.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    page: int = 0
    page_height: float = 0.0
    near: float = 0.0
    far: float = 0.0

    @cached_property
    def text(self) -> str:
        return clean("".join(visible(glyph) for glyph in self.glyphs)).strip()

    @cached_property
    def inked(self) -> list[Glyph]:
        return [glyph for glyph in self.glyphs if not glyph.text.isspace()]

    @cached_property
    def left(self) -> float:
        return min(glyph.left for glyph in self.inked)

    @cached_property
    def right(self) -> float:
        return max(glyph.right for glyph in self.inked)

    @cached_property
    def base(self) -> float:
        return median(glyph.bottom for glyph in self.inked)

    @cached_property
    def size(self) -> float:
        return median(max(glyph.size, glyph.top - glyph.bottom) for glyph in self.inked)

    @cached_property
    def gaps(self) -> list[float]:
        """The widths of the spaces between words."""
        found, space = [], False
        last: Glyph | None = None
        for glyph in self.glyphs:
            if glyph.text.isspace():
                space = True
                continue
            if space and last is not None:
                found.append(glyph.left - last.right)
            last, space = glyph, False
        return found


_PAGE_NUMBER = re.compile(
    r"^(?:[-–—]\s*)?\d{1,3}(?:\s*[-–—])?$|^\d{1,3}\s*/\s*\d{1,3}$"
    r"|^(?:стр(?:аница|\.)|page)\s*\d{1,3}(?:\s*(?:из|of|/)\s*\d{1,3})?$",
    re.IGNORECASE,
)
# What browsers print around a page: its address, «1/3», the date and time.
_PRINTED_AROUND = re.compile(
    r"\b(?:https?|file)://|^[\w.:/\\-]+\s+\d{1,3}/\d{1,3}$|^\d{1,2}[./]\d{1,2}[./]\d{2,4},?\s+\d{1,2}:\d{2}|^[A-Za-z]:\\",
)
_EDGE = 0.09
_OUTER_EDGE = 0.05
_COLUMN_STEP = 10.0
_LEAST_COLUMN = 8


def visible(glyph: Glyph) -> str:
    """A soft hyphen that the page shows is a hyphen: fonts often give both the same code."""
    return "-" if glyph.text == "\u00ad" else glyph.text


def lines_of(pages: list[tuple[list[Glyph], float]]) -> list[Line]:
    """The lines of all pages, each its glyphs in reading order and its height, without running heads."""
    lines = [line for number, (glyphs, height) in enumerate(pages) for line in _lines(glyphs, number, height)]
    lines = _without_running_heads(lines, len(pages))
    _measure_columns(lines)
    return lines


def body_size(lines: list[Line]) -> float:
    """The size of type that most of the text is set in."""
    return median(size for line in lines for size in [line.size] * len(line.text) or [line.size])


def _lines(glyphs: list[Glyph], page: int, height: float) -> list[Line]:
    lines: list[Line] = []
    current: Line | None = None
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.text.isspace():
            if current is not None:
                current.glyphs.append(glyph)
            continue
        if last is not None and current is not None and _breaks(last, glyph):
            current = None
        if current is None:
            current = Line(page=page, page_height=height)
            lines.append(current)
        current.glyphs.append(glyph)
        last = glyph
    return lines


def _breaks(last: Glyph, glyph: Glyph) -> bool:
    """Whether `glyph` begins a new line: it stands clearly lower or higher, or back at the left."""
    tall = max(last.top - last.bottom, glyph.top - glyph.bottom, last.size * 0.5, 1.0)
    apart = min(last.top, glyph.top) - max(last.bottom, glyph.bottom)
    if apart < 0 and abs(last.bottom - glyph.bottom) > 0.6 * tall:
        return True
    return glyph.right < last.left - 3 * tall


def _without_running_heads(lines: list[Line], pages: int) -> list[Line]:
    """Drop page numbers, the lines that repeat at the head or foot of pages, and small print in the margin of a page.

    They may name the author.
    """
    edges: dict[int, list[Line]] = {}
    for line in lines:
        edges.setdefault(line.page, []).append(line)
    suspects: list[Line] = []
    for group in edges.values():
        ordered = sorted(group, key=lambda line: line.base)
        suspects.extend({id(line): line for line in [*ordered[:2], *ordered[-2:]]}.values())
    counts = Counter(_without_digits(line) for line in suspects)
    usual = body_size(lines) if lines else 0.0
    dropped: set[int] = set()
    for line in suspects:
        height = line.page_height
        repeated = pages > 1 and counts[_without_digits(line)] >= max(2, (pages + 1) // 2)
        if not _EDGE * height <= line.base <= (1 - _EDGE) * height:
            number = _PAGE_NUMBER.match(line.text) or _PRINTED_AROUND.search(line.text)
            outer = not _OUTER_EDGE * height <= line.base <= (1 - _OUTER_EDGE) * height
            if repeated or number or (outer and line.size < 0.9 * usual and len(lines) > 4):
                dropped.add(id(line))
    return [line for line in lines if id(line) not in dropped]


def _without_digits(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _measure_columns(lines: list[Line]) -> None:
    """Set each line's column. Lines that no column is sure for belong to one as wide as the whole text."""
    if not lines:
        return
    runs: list[list[Line]] = [[lines[0]]]
    for previous, line in pairwise(lines):
        # Up again, on the same page or on the next: another column or page begins.
        if line.page != previous.page or line.base > previous.base + previous.size:
            runs.append([])
        runs[-1].append(line)
    columns: dict[int, list[Line]] = {}
    for run in runs:
        left = commonest([round(line.left) for line in run])
        aligned = sum(abs(line.left - left) < 3 for line in run)
        sure = len(run) >= _LEAST_COLUMN and aligned * 2 >= len(run)
        columns.setdefault(round(left / _COLUMN_STEP) if sure else -1, []).extend(run)
    everywhere = _edges(lines)
    for key, members in columns.items():
        near, far = everywhere if key == -1 else _edges(members)
        for line in members:
            line.near, line.far = near, far


def _edges(lines: list[Line]) -> tuple[float, float]:
    rights = sorted(line.right for line in lines)
    far = rights[int(len(rights) * 0.9)] if len(rights) > 3 else rights[-1]
    return commonest([round(line.left) for line in lines]), far


def commonest(values: list[int]) -> float:
    return float(Counter(values).most_common(1)[0][0])
