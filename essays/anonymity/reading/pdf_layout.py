"""From lines to paragraphs: gaps, indents, verse, tables, notes and broken words. Pure geometry."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from statistics import median

from essays.anonymity.document import Document, Inlines
from essays.anonymity.reading.building import DocumentBuilder, InlineBuilder, clean
from essays.anonymity.reading.hyphens import HYPHENS, joint
from essays.anonymity.reading.pdf_lines import Glyph, Line, body_size, lines_of, visible
from essays.anonymity.reading.pdf_notes import Notes

__all__ = ["Glyph", "build_document"]

_BULLET = re.compile(r"^[•▪‣◦●∙·\u2023\u25aa\u25cb\uf0b7\uf0a7]\s*")
_NUMBER = re.compile(r"^\d{1,2}[.)]\s+")
_SENTENCE_END = (".", "!", "?", "…", ":", ";", "»", ")", "”")
_CELL_GAP, _CELL_JUMP = 1.6, 0.9
"""Of the size of type: a wider space stands between the cells of a table, not between words. The second number is for
places where the file has no space at all, but goes on elsewhere."""
_STRETCHED = 2.0

SAME, BREAK, NEW = "same", "break", "new"
Group = list[tuple[str, Line]]
"""Lines of a block, each with how it follows the line before: SAME (the text goes on) or BREAK (as in verse)."""


def build_document(pages: list[tuple[list[Glyph], float]]) -> Document:
    """The document that `pages`, each its glyphs in reading order and its height, show."""
    lines = lines_of(pages)
    builder = DocumentBuilder()
    if not lines:
        return builder.build()
    body = body_size(lines)
    notes = Notes.of(lines, body)
    rest = [line for line in lines if id(line) not in notes.lines]
    for part in _tables_apart(rest):
        if isinstance(part[0], tuple):
            builder.add_table([[_cell(cell) for cell in row] for row in part])
        else:
            for group in _paragraphs(part, rest):
                _add(builder, group, body, notes)
    for number, group_of_lines in notes.texts:
        inlines = InlineBuilder()
        _fill(inlines, [(SAME, line) for line in group_of_lines], notes)
        builder.add_note(number, inlines.build())
    return builder.build()


# Tables


Row = tuple[tuple[Glyph, ...], ...]


def _tables_apart(lines: list[Line]) -> list[list[Line] | list[Row]]:
    """The lines in order, those that form a table as rows of cells.

    A table is two or more lines that have wide gaps in the same places. Cells of several lines stay lines of text.
    """
    parts: list[list[Line] | list[Row]] = []
    index = 0
    while index < len(lines):
        rows: list[Row] = []
        first = _cells(lines[index])
        if len(first) > 1:
            rows.append(first)
            for previous, line in pairwise(lines[index:]):
                cells = _cells(line)
                below = line.page == previous.page and line.base < previous.base
                if not below or not _aligned(rows[0], cells):
                    break
                rows.append(cells)
        if len(rows) > 1:
            parts.append(rows)
            index += len(rows)
            continue
        if not parts or isinstance(parts[-1][0], tuple):
            parts.append([])
        parts[-1].append(lines[index])  # type: ignore[arg-type]
        index += 1
    return parts


def _cells(line: Line) -> Row:
    """The glyphs of a line, cut at gaps that are too wide for spaces between words."""
    cells: list[list[Glyph]] = [[]]
    last: Glyph | None = None
    typed = False
    for glyph in line.glyphs:
        if glyph.text.isspace():
            cells[-1].append(glyph)
            typed = typed or not glyph.generated
            continue
        widest = (_CELL_GAP if typed else _CELL_JUMP) * line.size
        if last is not None and glyph.left - last.right > widest:
            cells.append([])
        cells[-1].append(glyph)
        last, typed = glyph, False
    stretched = line.left <= line.near + 3 and line.right >= line.far - 3 and len(cells) == len(line.gaps) + 1
    if stretched:
        return (tuple(line.glyphs),)
    # «•   слово» and «1.   слово» are items of a list.
    marker = "".join(glyph.text for glyph in cells[0]).strip()
    if len(cells) == 2 and (_BULLET.match(marker) or _NUMBER.match(marker + " ") or len(marker) < 2):
        return (tuple(line.glyphs),)
    return tuple(tuple(_trimmed(cell)) for cell in cells)


def _aligned(first: Row, other: Row) -> bool:
    """Whether two rows have the same columns: each cell begins, ends or is centred where the cell above is."""
    if len(first) != len(other):
        return False
    for above, below in zip(first, other, strict=True):
        left, right = abs(above[0].left - below[0].left), abs(above[-1].right - below[-1].right)
        centre = abs(above[0].left + above[-1].right - below[0].left - below[-1].right) / 2
        if min(left, right, centre) > 4:
            return False
    return True


def _cell(glyphs: tuple[Glyph, ...]) -> Inlines:
    inlines = InlineBuilder()
    for glyph in glyphs:
        inlines.add(visible(glyph), strong=glyph.strong, emphasis=glyph.emphasis)
    return inlines.build()


# Paragraphs


def _paragraphs(lines: list[Line], everywhere: list[Line]) -> list[Group]:
    gaps = [a.base - b.base for a, b in pairwise(everywhere) if a.page == b.page and a.base > b.base]
    usual = median(gaps) if gaps else 0.0
    if gaps:
        # Short texts may have more paragraph gaps than line gaps: the usual gap is the commonest small one.
        usual = min(usual, sorted(gaps)[len(gaps) // 4] * 1.15)
    marked = _marks_paragraphs(everywhere, usual)
    groups: list[Group] = []
    for line in lines:
        previous = groups[-1][-1][1] if groups else None
        how = NEW if previous is None else _follows(previous, line, usual, marked)
        if how == NEW:
            groups.append([(SAME, line)])
        else:
            groups[-1].append((how, line))
    return groups


def _marks_paragraphs(lines: list[Line], usual: float) -> bool:
    """Whether paragraphs begin after a gap or with an indent: a line that is merely short then ends no paragraph."""
    marked = short = 0
    for previous, line in pairwise(lines):
        if line.page != previous.page or line.base > previous.base:
            continue
        if (usual and previous.base - line.base > 1.35 * usual) or _is_indented(previous, line):
            marked += 1
        elif not _is_full(previous, line):
            short += 1
    return marked >= 2 and marked * 2 > short


def _is_full(line: Line, following: Line) -> bool:
    """Whether a line ended for want of room: the first word of the next one would not have found a place on it."""
    word: list[Glyph] = []
    for glyph in following.inked:
        if word and glyph.left - word[-1].right > 0.2 * following.size:
            break
        word.append(glyph)
    width = word[-1].right - word[0].left
    return line.right + 0.2 * line.size + width > line.far - 0.5 * line.size


def _is_indented(previous: Line, line: Line) -> bool:
    return line.left > line.near + 0.8 * line.size and line.left > previous.left + 0.8 * line.size


# «Шаг 2.», «День 3», «– Здравствуйте!», «Мама: ты где?», «12 октября.»: behind a sentence these open a paragraph.
_OPENS = re.compile(
    r"(?:Шаг|Этап|День|Часть|Глава|Пункт|Step|Day|Part)[ ]\d{1,2}(?!\d)|[–—][ ][«А-ЯЁA-Z]|[А-ЯЁA-Z][\w-]{1,14}:[ ]"
    r"|\d{1,2}[ ](?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)[.:]"
)


def _follows(previous: Line, line: Line, usual: float, marked: bool) -> str:
    """How a line follows the one before it: SAME, BREAK or NEW."""
    size = previous.size
    if abs(line.size - size) > 0.15 * size or _BULLET.match(line.text) or _NUMBER.match(line.text):
        return NEW
    if previous.text.rstrip().endswith(_SENTENCE_END) and _OPENS.match(line.text):
        return NEW
    full, indented = _is_full(previous, line), _is_indented(previous, line)
    broken = previous.text[-1:] in tuple(HYPHENS) and previous.text[-2:-1].isalpha() and line.text[:1].islower()
    if line.page != previous.page or line.base > previous.base:
        return NEW if not broken and (indented or (not full and previous.text.endswith(_SENTENCE_END))) else SAME
    if (usual and previous.base - line.base > 1.35 * usual) or indented:
        return NEW
    stretched = previous.gaps and median(previous.gaps) > _STRETCHED * size
    if full and stretched and line.text[:1].isupper():
        # A line of verse that the typesetter stretched over the whole width.
        return BREAK
    if full or broken:
        return SAME
    return BREAK if marked else NEW


# Blocks


def _add(builder: DocumentBuilder, group: Group, body: float, notes: Notes) -> None:
    kind, level, ordered = "paragraph", 1, False
    lines = [line for _how, line in group]
    text = lines[0].text
    size = median(line.size for line in lines)
    strong = all(glyph.strong for line in lines for glyph in line.inked)
    short = sum(len(line.text) for line in lines) < 160
    strip = 0
    if size > 1.18 * body and short:
        first = not builder.blocks
        kind, level = ("title", 1) if first else ("heading", 1 if size > 1.5 * body else 2)
    elif strong and short and not text.endswith((".", ";", ",", ":")):
        kind, level = "heading", 2
    elif match := (_BULLET.match(text) or _NUMBER.match(text)):
        kind, ordered, strip = "item", bool(_NUMBER.match(text)), len(match[0])
    inlines = InlineBuilder()
    _fill(inlines, group, notes, strip=strip, plain=kind in ("title", "heading"))
    builder.add(kind, inlines.build(), level=level, ordered=ordered)


def _fill(inlines: InlineBuilder, group: Group, notes: Notes, *, strip: int = 0, plain: bool = False) -> None:
    """Put the lines of a block together; `strip` characters at the beginning are the mark of a list."""
    for number, (how, line) in enumerate(group):
        if how == BREAK:
            inlines.line_break()
        glyphs = _trimmed(_styled(line.glyphs))
        if number == 0 and strip:
            glyphs = _trimmed(glyphs[_glyphs_of(glyphs, strip) :])
        goes_on = number + 1 < len(group) and group[number + 1][0] == SAME
        glyphs, between = _joint(glyphs, group[number + 1][1].text if goes_on else "")
        for glyph in glyphs:
            if glyph in notes.marks:
                if (mark := notes.marks[glyph]) is not None:
                    inlines.note(mark)
                continue
            inlines.add(visible(glyph), strong=glyph.strong and not plain, emphasis=glyph.emphasis and not plain)
        if between and glyphs:
            last = glyphs[-1]
            inlines.add(between, strong=last.strong and not plain, emphasis=last.emphasis and not plain)


def _styled(glyphs: list[Glyph]) -> list[Glyph]:
    """Spaces have no look of their own: they are bold or italic only between two letters that are."""
    result = list(glyphs)
    following: Glyph | None = None
    for index in range(len(glyphs) - 1, -1, -1):
        if not glyphs[index].text.isspace():
            following = glyphs[index]
        elif following is not None:
            result[index] = replace(glyphs[index], strong=following.strong, emphasis=following.emphasis)
    before: Glyph | None = None
    for index, glyph in enumerate(result):
        if not glyph.text.isspace():
            before = glyph
        elif before is not None:
            strong, emphasis = glyph.strong and before.strong, glyph.emphasis and before.emphasis
            result[index] = replace(glyph, strong=strong, emphasis=emphasis)
    return result


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
    cut, between = joint(clean("".join(visible(glyph) for glyph in glyphs)), follower)
    return (glyphs[:-1] if cut else glyphs), between
