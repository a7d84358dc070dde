"""A text with its structure: what every reader produces and every later step works on.

A document is a tuple of blocks; a block holds cells of inline pieces (a table has many cells, every other
block has one). All of it is immutable. Positions are offsets into `Document.text`, counted in characters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

JSON_VERSION = 1
MAX_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters in one style. Never contains a line break."""

    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line that ends inside its block, as in verse. Counts as one character."""

    @property
    def text(self) -> str:
        return "\n"


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where a footnote is referred to. Counts as no characters."""

    number: int

    @property
    def text(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A role tag that stands for something hidden: `Tag("ШКОЛА")` reads as «[ШКОЛА]»."""

    label: str

    @property
    def text(self) -> str:
        return f"[{self.label}]"


Inline = Text | LineBreak | NoteMark | Tag
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Title:
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` counts from 1 (highest) to 6."""

    inlines: Inlines
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class ListItem:
    """`level` counts from 1; neighbouring items form the list."""

    inlines: Inlines
    ordered: bool = False
    level: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Footnote:
    """The text of the note that `NoteMark(number)` refers to."""

    inlines: Inlines
    number: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. Paragraphs inside a cell are separated by `LineBreak`."""

    rows: tuple[tuple[Inlines, ...], ...]


Block = Title | Heading | Paragraph | ListItem | Quote | Footnote | Table

_NAMES: dict[type, str] = {
    Title: "title",
    Heading: "heading",
    Paragraph: "paragraph",
    ListItem: "item",
    Quote: "quote",
    Footnote: "footnote",
    Table: "table",
}


@dataclass(frozen=True)
class Document:
    """The whole text.

    `text` is what length rules count and what spans refer to: blocks and table rows are separated by one line
    feed, cells by one tab.
    """

    blocks: tuple[Block, ...] = ()

    @cached_property
    def text(self) -> str:
        """The plain text, with role tags in it if there are any."""
        return "".join(piece.text if piece else joint for piece, joint in self.pieces())

    @property
    def characters(self) -> int:
        """Characters with spaces as word processors count them: ends of lines and cells are not counted."""
        return sum(1 for character in self.text if character not in "\n\t")

    @property
    def words(self) -> int:
        """Runs of characters without white space."""
        return len(self.text.split())

    def replace_spans(self, spans: Sequence[tuple[int, int, str]]) -> Document:
        """A new document with a role tag in place of each `(start, end, label)`.

        Spans are offsets into `text`, sorted and without overlap; they may begin and end anywhere, also in
        different runs and blocks. The tag appears where the span begins. Blocks left empty disappear.
        """
        return self.edited(_Editor(spans))

    def edited(self, editor: Editor) -> Document:
        """A new document of what `editor` makes of the inline pieces. Blocks left empty disappear."""
        blocks: list[Block] = []
        for index, block in enumerate(self.blocks):
            if index:
                editor.skip(1)
            changed = _edit_block(block, editor)
            if isinstance(changed, Table) or changed.inlines or not _inlines_of(block):
                blocks.append(changed)
        return Document(tuple(blocks))

    def to_json(self) -> str:
        return json.dumps(self.to_data(), ensure_ascii=False, separators=(",", ":"))

    def to_data(self) -> dict[str, Any]:
        return {"version": JSON_VERSION, "blocks": [_block_to_data(block) for block in self.blocks]}

    @classmethod
    def from_json(cls, source: str | bytes) -> Document:
        """The inverse of `to_json`. Raises ValueError for anything that is not such a document."""
        try:
            data = json.loads(source)
        except RecursionError as error:
            raise ValueError("document: nested too deeply") from error
        return cls.from_data(data)

    @classmethod
    def from_data(cls, data: Any) -> Document:
        """The inverse of `to_data`. Trusts nothing. Raises ValueError."""
        if not isinstance(data, dict) or data.get("version") != JSON_VERSION:
            raise ValueError("document: unknown version")
        return cls(tuple(_block_from_data(item) for item in _list(data.get("blocks"))))

    def pieces(self) -> Iterator[tuple[Inline | None, str]]:
        for index, block in enumerate(self.blocks):
            if index:
                yield None, "\n"
            if isinstance(block, Table):
                for row_index, row in enumerate(block.rows):
                    if row_index:
                        yield None, "\n"
                    for cell_index, cell in enumerate(row):
                        if cell_index:
                            yield None, "\t"
                        yield from ((inline, "") for inline in cell)
            else:
                yield from ((inline, "") for inline in block.inlines)


def _inlines_of(block: Block) -> bool:
    return isinstance(block, Table) or bool(block.inlines)


class Editor(Protocol):
    """Is led through the pieces in the order of `Document.text`."""

    def skip(self, length: int) -> None:
        """Characters that belong to no piece: ends of blocks, rows and cells."""

    def edit(self, inlines: Inlines) -> Inlines:
        """What takes the place of the pieces of one block or cell."""


class _Editor:
    """Walks the pieces in the order of `Document.text` and cuts the spans out of them."""

    def __init__(self, spans: Sequence[tuple[int, int, str]]) -> None:
        previous = 0
        for start, end, _label in spans:
            if not previous <= start < end:
                raise ValueError("spans must be sorted, non-empty and must not overlap")
            previous = end
        self._spans = spans
        self._next = 0
        self._tagged = -1
        self._offset = 0

    def skip(self, length: int) -> None:
        self._offset += length

    def edit(self, inlines: Inlines) -> Inlines:
        result: list[Inline] = []
        for inline in inlines:
            start, length = self._offset, len(inline.text)
            self._offset += length
            if length == 0:
                result.append(inline)
                continue
            result.extend(self._cut(inline, start, start + length))
        return tuple(result)

    def _cut(self, inline: Inline, start: int, end: int) -> Iterator[Inline]:
        position = start
        while self._next < len(self._spans) and self._spans[self._next][1] <= start:
            self._next += 1
        index = self._next
        while index < len(self._spans) and self._spans[index][0] < end:
            left, right, label = self._spans[index]
            if left > position:
                yield self._part(inline, position - start, left - start)
            if self._tagged != index and not isinstance(inline, LineBreak):
                self._tagged = index
                yield Tag(label)
            position = min(right, end)
            index += 1
        if position < end:
            yield self._part(inline, position - start, end - start)

    @staticmethod
    def _part(inline: Inline, start: int, end: int) -> Inline:
        return replace(inline, text=inline.text[start:end]) if isinstance(inline, Text) else inline


def _edit_block(block: Block, editor: Editor) -> Block:
    if not isinstance(block, Table):
        return replace(block, inlines=editor.edit(block.inlines))
    rows = []
    for row_index, row in enumerate(block.rows):
        if row_index:
            editor.skip(1)
        cells = []
        for cell_index, cell in enumerate(row):
            if cell_index:
                editor.skip(1)
            cells.append(editor.edit(cell))
        rows.append(tuple(cells))
    return Table(tuple(rows))


def _inline_to_data(inline: Inline) -> Any:
    if isinstance(inline, Text):
        style = ("s" if inline.strong else "") + ("e" if inline.emphasis else "")
        return [inline.text, style] if style else inline.text
    if isinstance(inline, LineBreak):
        return {"break": 1}
    if isinstance(inline, NoteMark):
        return {"note": inline.number}
    return {"tag": inline.label}


def _block_to_data(block: Block) -> dict[str, Any]:
    data: dict[str, Any] = {"block": _NAMES[type(block)]}
    if isinstance(block, Table):
        data["rows"] = [[[_inline_to_data(i) for i in cell] for cell in row] for row in block.rows]
        return data
    data["inlines"] = [_inline_to_data(inline) for inline in block.inlines]
    if isinstance(block, Heading):
        data["level"] = block.level
    elif isinstance(block, ListItem):
        data.update(ordered=block.ordered, level=block.level)
    elif isinstance(block, Footnote):
        data["number"] = block.number
    return data


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("document: a list is expected")
    return value


def _integer(value: Any, *, most: int) -> int:
    if type(value) is not int or not 0 < value <= most:
        raise ValueError("document: a small positive number is expected")
    return value


def _string(value: Any) -> str:
    if not isinstance(value, str) or "\n" in value:
        raise ValueError("document: a line of text is expected")
    return value


def _inline_from_data(data: Any) -> Inline:
    if isinstance(data, str):
        return Text(_string(data))
    if isinstance(data, list):
        if len(data) != 2 or data[1] not in ("s", "e", "se"):
            raise ValueError("document: unknown style of text")
        return Text(_string(data[0]), strong="s" in data[1], emphasis="e" in data[1])
    if isinstance(data, dict) and len(data) == 1:
        if "break" in data:
            return LineBreak()
        if "note" in data:
            return NoteMark(_integer(data["note"], most=10**6))
        if "tag" in data:
            return Tag(_string(data["tag"]))
    raise ValueError("document: unknown inline piece")


def _inlines_from_data(data: Any) -> Inlines:
    return tuple(_inline_from_data(item) for item in _list(data))


def _block_from_data(data: Any) -> Block:
    if not isinstance(data, dict):
        raise ValueError("document: a block is expected")
    name = data.get("block")
    if name == "table":
        rows = (tuple(_inlines_from_data(cell) for cell in _list(row)) for row in _list(data.get("rows")))
        return Table(tuple(rows))
    inlines = _inlines_from_data(data.get("inlines"))
    if name == "title":
        return Title(inlines)
    if name == "heading":
        return Heading(inlines, _integer(data.get("level"), most=MAX_LEVEL))
    if name == "paragraph":
        return Paragraph(inlines)
    if name == "item":
        if not isinstance(data.get("ordered"), bool):
            raise ValueError("document: a list item is either ordered or not")
        return ListItem(inlines, data["ordered"], _integer(data.get("level"), most=MAX_LEVEL))
    if name == "quote":
        return Quote(inlines)
    if name == "footnote":
        return Footnote(inlines, _integer(data.get("number"), most=10**6))
    raise ValueError(f"document: unknown block {name!r}")


def paragraphs(lines: Iterable[str]) -> Document:
    """A document of plain paragraphs, one for each line."""
    return Document(tuple(Paragraph((Text(line),) if line else ()) for line in lines))
