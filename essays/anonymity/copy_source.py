"""From a copy's HTML back to its document: the pages of a copy are set from exactly what its readers see (pure).

Only what ``rendering.to_html`` writes is understood. Titles come back as headings of their level.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

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
    Tag,
    Text,
)

_NOTE = re.compile(r"-(\d{1,6})$")
_DEEPEST = 6


def document_of(html: str) -> Document:
    """The document that ``html`` shows. Unknown elements count as their text."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    parser.end_block()
    return Document(tuple(parser.blocks + parser.notes))


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.notes: list[Block] = []
        self._pieces: list[Inline] = []
        self._kind = "p"
        self._lists: list[bool] = []
        self._rows: list[list[Inlines]] = []
        self._strong = self._emphasis = 0
        self._tag: list[str] | None = None
        self._note: int | None = None
        self._in_notes = self._in_quote = self._skipping = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "section":
            self.end_block()
            self._in_notes = True
        elif tag == "li" and self._in_notes:
            match = _NOTE.search(given.get("id", ""))
            self._note = int(match[1]) if match else None
        elif tag in ("ul", "ol") and not self._in_notes:
            self.end_block()
            self._lists.append(tag == "ol")
        elif tag == "blockquote":
            self.end_block()
            self._in_quote = True
        elif tag in ("p", "li") or re.fullmatch(r"h[2-6]", tag):
            self.end_block()
            self._kind = tag
        elif tag == "table":
            self.end_block()
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag == "td":
            self._pieces = []
        elif tag in ("em", "strong"):
            self._weigh(tag, 1)
        elif tag == "br":
            self._pieces.append(LineBreak())
        elif tag == "span":
            self._tag = []
        elif tag == "a":
            self._skipping = True
            match = _NOTE.search(given.get("href", ""))
            if given.get("role") == "doc-noteref" and match:
                self._pieces.append(NoteMark(int(match[1])))

    def handle_endtag(self, tag: str) -> None:
        if tag == "section":
            self._in_notes = False
        elif tag == "li" and self._in_notes:
            pieces = self._taken()
            if self._note is not None:
                self.notes.append(Footnote(pieces, self._note))
        elif tag in ("ul", "ol") and not self._in_notes:
            self.end_block()
            self._lists = self._lists[:-1]
        elif tag == "blockquote":
            self.end_block()
            self._in_quote = False
        elif tag == "td":
            (self._rows or [[]])[-1].append(self._taken())
        elif tag == "table":
            self.blocks.append(Table(tuple(tuple(row) for row in self._rows)))
        elif tag in ("em", "strong"):
            self._weigh(tag, -1)
        elif tag == "span" and self._tag is not None:
            self._pieces.append(Tag("".join(self._tag).removeprefix("[").removesuffix("]")))
            self._tag = None
        elif tag == "a":
            self._skipping = False
        elif (tag == "p" and not self._in_notes) or tag == "li" or re.fullmatch(r"h[2-6]", tag):
            self.end_block()

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        if self._tag is not None:
            self._tag.append(data)
        elif text := data.replace("\n", ""):
            self._pieces.append(Text(text, bool(self._strong), bool(self._emphasis)))

    def end_block(self) -> None:
        """Whatever was collected becomes a block of the kind that is open."""
        if self._in_notes:
            return
        pieces, kind, self._kind = self._taken(), self._kind, "p"
        if not pieces:
            return
        if self._in_quote:
            self.blocks.append(Quote(pieces))
        elif kind[0] == "h":
            self.blocks.append(Heading(pieces, int(kind[1]) - 1))
        elif kind == "li" and self._lists:
            self.blocks.append(ListItem(pieces, self._lists[-1], min(len(self._lists), _DEEPEST)))
        else:
            self.blocks.append(Paragraph(pieces))

    def _weigh(self, tag: str, by: int) -> None:
        if tag == "em":
            self._emphasis = max(0, self._emphasis + by)
        else:
            self._strong = max(0, self._strong + by)

    def _taken(self) -> Inlines:
        pieces, self._pieces = self._pieces, []
        if pieces and self._in_notes and isinstance(last := pieces[-1], Text):
            # The space before the way back to the mark.
            pieces[-1] = Text(last.text.rstrip(), last.strong, last.emphasis)
        return tuple(piece for piece in pieces if piece.text or isinstance(piece, NoteMark))
