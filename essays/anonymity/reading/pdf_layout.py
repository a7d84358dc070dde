"""From glyphs on pages to paragraphs: lines, gaps, indents, running heads and broken words. Pure geometry.

Coordinates are in points, with the origin at the lower left corner of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from essays.anonymity.document import Document
from essays.anonymity.reading.building import DocumentBuilder, InlineBuilder, clean


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
    """Glyphs that stand on one line of a page."""

    glyphs: list[Glyph] = field(default_factory=list)
    page: int = 0
    page_height: float = 0.0

    @property
    def text(self) -> str:
        return clean("".join(_visible(glyph) for glyph in self.glyphs)).strip()

    @property
    def left(self) -> float:
        return min(glyph.left for glyph in self.glyphs if not glyph.text.isspace())

    @property
    def right(self) -> float:
        return max(glyph.right for glyph in self.glyphs if not glyph.text.isspace())

    @property
    def base(self) -> float:
        return median(glyph.bottom for glyph in self.glyphs if not glyph.text.isspace())

    @property
    def size(self) -> float:
        return median(max(glyph.size, glyph.top - glyph.bottom) for glyph in self.glyphs if not glyph.text.isspace())


_BULLET = re.compile(r"^[•▪‣◦●∙·\u2023]\s*")
_NUMBER = re.compile(r"^\d{1,2}[.)]\s+")
_PAGE_NUMBER = re.compile(r"^(?:[-–—]\s*)?\d{1,3}(?:\s*[-–—])?$|^стр(?:аница|\.)\s*\d{1,3}$", re.IGNORECASE)
_SENTENCE_END = (".", "!", "?", "…", ":", ";", "»", ")", "”")
_HYPHENS = "-\u2010\u00ad"
# Hyphens that belong to the word: «по-русски», «из-за», «кто-то», «скажи-ка».
_KEPT_BEFORE = frozenset("по кое кой из во в первых вторых третьих онлайн интернет веб мини".split())
_KEPT_AFTER = re.compile(r"^(?:то|либо|нибудь|таки|ка|за|под|первых|вторых|третьих)\b", re.IGNORECASE)


def _visible(glyph: Glyph) -> str:
    """A soft hyphen that the page shows is a hyphen: fonts often give both the same code."""
    return "-" if glyph.text == "\u00ad" else glyph.text


def build_document(pages: list[tuple[list[Glyph], float]]) -> Document:
    """The document that `pages`, each its glyphs in reading order and its height, show."""
    lines = [line for number, (glyphs, height) in enumerate(pages) for line in _lines(glyphs, number, height)]
    lines = _without_running_heads(lines, len(pages))
    builder = DocumentBuilder()
    if not lines:
        return builder.build()
    body = _body_size(lines)
    for group in _paragraphs(lines):
        _add(builder, group, body)
    return builder.build()


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
    """Drop page numbers and the lines that repeat at the head or foot of pages: they may name the author."""
    edges: dict[int, list[Line]] = {}
    for line in lines:
        edges.setdefault(line.page, []).append(line)
    suspects: list[Line] = []
    for group in edges.values():
        ordered = sorted(group, key=lambda line: line.base)
        suspects.extend({id(line): line for line in [*ordered[:2], *ordered[-2:]]}.values())
    counts = Counter(_without_digits(line) for line in suspects)
    dropped: set[int] = set()
    for line in suspects:
        low, high = line.base < 0.09 * line.page_height, line.base > 0.91 * line.page_height
        repeated = pages > 1 and counts[_without_digits(line)] >= max(2, (pages + 1) // 2)
        if (low or high) and (repeated or _PAGE_NUMBER.match(line.text)):
            dropped.add(id(line))
    return [line for line in lines if id(line) not in dropped]


def _without_digits(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _body_size(lines: list[Line]) -> float:
    return median(size for line in lines for size in [line.size] * len(line.text) or [line.size])


def _paragraphs(lines: list[Line]) -> list[list[Line]]:
    gaps = [a.base - b.base for a, b in pairwise(lines) if a.page == b.page and a.base > b.base]
    usual = median(gaps) if gaps else 0.0
    if gaps:
        # Short texts may have more paragraph gaps than line gaps: the usual gap is the commonest small one.
        usual = min(usual, sorted(gaps)[len(gaps) // 4] * 1.15)
    left = _commonest([round(line.left) for line in lines])
    right = (
        sorted(line.right for line in lines)[int(len(lines) * 0.9)] if len(lines) > 3 else max(x.right for x in lines)
    )
    groups: list[list[Line]] = []
    for line in lines:
        previous = groups[-1][-1] if groups else None
        if previous is None or _starts_paragraph(previous, line, usual, left, right):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _commonest(values: list[int]) -> float:
    return float(Counter(values).most_common(1)[0][0])


def _starts_paragraph(previous: Line, line: Line, usual: float, left: float, right: float) -> bool:
    size = previous.size
    if abs(line.size - size) > 0.15 * size:
        return True
    if _BULLET.match(line.text) or _NUMBER.match(line.text):
        return True
    full = previous.right > right - max(4 * size, 0.12 * (right - left))
    ended = previous.text.endswith(_SENTENCE_END)
    indented = line.left > left + 0.8 * size and line.left > previous.left + 0.8 * size
    if line.page != previous.page or line.base > previous.base:
        return indented or (not full and ended)
    if usual and previous.base - line.base > 1.35 * usual:
        return True
    if indented:
        return True
    return not full


def _add(builder: DocumentBuilder, group: list[Line], body: float) -> None:
    kind, level, ordered = "paragraph", 1, False
    text = group[0].text
    size = median(line.size for line in group)
    strong = all(glyph.strong for line in group for glyph in line.glyphs if not glyph.text.isspace())
    short = sum(len(line.text) for line in group) < 160
    strip = 0
    if size > 1.18 * body and short:
        first = not builder.blocks
        kind, level = ("title", 1) if first else ("heading", 1 if size > 1.5 * body else 2)
    elif strong and short and not text.endswith((".", ";", ",", ":")):
        kind, level = "heading", 2
    elif match := (_BULLET.match(text) or _NUMBER.match(text)):
        kind, ordered, strip = "item", bool(_NUMBER.match(text)), len(match[0])
    inlines = InlineBuilder()
    plain = kind in ("title", "heading")
    for number, line in enumerate(group):
        glyphs = _trimmed(line.glyphs)
        if number == 0 and strip:
            glyphs = _trimmed(glyphs[_glyphs_of(glyphs, strip) :])
        follower = group[number + 1].text if number + 1 < len(group) else ""
        glyphs, joint = _joint(glyphs, follower)
        for glyph in glyphs:
            inlines.add(_visible(glyph), strong=glyph.strong and not plain, emphasis=glyph.emphasis and not plain)
        if joint and glyphs:
            last = glyphs[-1]
            inlines.add(joint, strong=last.strong and not plain, emphasis=last.emphasis and not plain)
    builder.add(kind, inlines.build(), level=level, ordered=ordered)


def _glyphs_of(glyphs: list[Glyph], characters: int) -> int:
    count = 0
    for index, glyph in enumerate(glyphs):
        if count >= characters:
            return index
        count += len(glyph.text)
    return len(glyphs)


def _trimmed(glyphs: list[Glyph]) -> list[Glyph]:
    start, end = 0, len(glyphs)
    while start < end and glyphs[start].text.isspace():
        start += 1
    while end > start and glyphs[end - 1].text.isspace():
        end -= 1
    return glyphs[start:end]


def _joint(glyphs: list[Glyph], follower: str) -> tuple[list[Glyph], str]:
    """What stands between a line and the next: nothing when a word was broken there, else one space."""
    if not follower or not glyphs:
        return glyphs, ""
    last = glyphs[-1].text
    if last not in _HYPHENS or len(glyphs) < 2 or not glyphs[-2].text.isalpha() or not follower[0].isalpha():
        return glyphs, " "
    word = re.findall(r"[^\W\d_]+$", clean("".join(glyph.text for glyph in glyphs[:-1])))
    before = word[0].lower() if word else ""
    # A soft hyphen was set by the typesetter, who would not break at a hyphen of the word otherwise.
    kept = follower[0].isupper() or before in _KEPT_BEFORE or bool(_KEPT_AFTER.match(follower))
    if kept:
        return glyphs[:-1], "-"
    return glyphs[:-1], ""
