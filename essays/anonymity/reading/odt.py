"""ODT, by an allowlist: the walker follows the elements that it knows and does not see any other.

Tracked changes are accepted (LibreOffice keeps deleted text aside, so it is never met), annotations, hidden
text, and fields that are filled from the file's or the computer's properties are left out, and so are
headers, footers and every description of a drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from essays.anonymity.document import Inlines
from essays.anonymity.reading.building import DocumentBuilder, InlineBuilder, join_lines, metadata
from essays.anonymity.reading.odt_styles import Look, Styles, attributes, short
from essays.anonymity.reading.package import Package
from essays.anonymity.reading.style_names import kind_of_style
from essays.anonymity.reading.unreadable import Reading, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_MAX_SPACES = 20
_TABLE_PARTS = frozenset({"text:list", "table:table", "table:table-row", "table:table-rows", "table:table-cell"})
_BLOCK_WRAPPERS = frozenset(
    {
        "text:section",
        "text:numbered-paragraph",
        "text:table-of-content",
        "text:illustration-index",
        "text:bibliography",
        "text:alphabetical-index",
        "text:index-body",
        "text:index-title",
        "text:list-item",
        "text:list-header",
        "draw:text-box",
        "text:note-body",
    }
)
_INLINE_WRAPPERS = frozenset(
    {
        "text:span",
        "text:a",
        "text:meta",
        "text:ruby",
        "text:ruby-base",
        "text:bookmark-ref",
        "text:reference-ref",
        "text:reference-mark",
        "text:note-ref",
        "text:sequence",
        "text:sequence-ref",
        "text:text-input",
        "text:placeholder",
    }
)
_SHAPES = frozenset(
    {"draw:frame", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:g", "draw:a", "draw:caption"}
)
_DROPPED_SPACE = " \t\r\n"


def read_odt(content: bytes) -> Reading:
    """Read an ODT. Raises Unreadable."""
    package = Package(content)
    if "META-INF/manifest.xml" in package:
        manifest = package.xml("META-INF/manifest.xml")
        if any(short(element.tag) == "manifest:encryption-data" for element in manifest.iter()):
            raise Unreadable("encrypted", "an encrypted OpenDocument text")
    walker = _Walker(package)
    walker.walk_all()
    return Reading(walker.builder.build(), "odt", tuple(sorted(walker.warnings)), _metadata(package))


class _Walker:
    def __init__(self, package: Package) -> None:
        self.builder = DocumentBuilder()
        self.warnings: set[str] = set()
        self._root = package.xml("content.xml")
        self._styles = Styles()
        self._styles.add_all(self._root)
        self._styles.add_all(package.xml("styles.xml") if "styles.xml" in package else None)
        self._boxes: list[_Element] = []
        self._notes: list[_Element] = []

    def walk_all(self) -> None:
        body = next((item for item in self._root if short(item.tag) == "office:body"), None)
        text = None if body is None else next((item for item in body if short(item.tag) == "office:text"), None)
        if text is None:
            raise Unreadable("damaged", "no text body")
        self._walk(text)
        # Notes may refer to further notes; each is read once, in the order of the marks.
        number = 0
        while number < len(self._notes):
            note = self._notes[number]
            number += 1
            bodies = (item for item in note if short(item.tag) == "text:note-body")
            self.builder.add_note(number, join_lines([self._lines(body) for body in bodies]))

    # Blocks

    def _walk(self, parent: _Element) -> None:
        for element, level, list_style in self._block_elements(parent):
            self._block(element, level, list_style)
            while self._boxes:
                for item, inner_level, inner_style in self._block_elements(self._boxes.pop(0)):
                    self._block(item, inner_level, inner_style)

    def _block_elements(self, parent: _Element) -> Iterator[tuple[_Element, int, str]]:
        """Paragraphs, headings and tables below `parent` with the level and style of the list they stand in."""
        stack: list[tuple[Iterator[_Element], int, str]] = [(iter(parent), 0, "")]
        while stack:
            elements, level, list_style = stack[-1]
            element = next(elements, None)
            if element is None:
                stack.pop()
                continue
            name = short(element.tag)
            if name in ("text:p", "text:h", "table:table"):
                yield element, level, list_style
            elif name == "text:list":
                style = attributes(element).get("text:style-name", "") or list_style
                stack.append((iter(element), level + 1, style))
            elif name in _BLOCK_WRAPPERS and not self._hidden_section(element):
                stack.append((iter(element), level, list_style))
            elif name in _SHAPES:
                self._find_boxes(element)
                while self._boxes:
                    stack.append((iter(self._boxes.pop()), level, list_style))

    def _hidden_section(self, element: _Element) -> bool:
        found = attributes(element)
        display = found.get("text:display", "true")
        hidden = display == "none" or display == "condition" or found.get("text:is-hidden") == "true"
        style = self._styles.styles.get(("section", found.get("text:style-name", "")))
        hidden = hidden or (style is not None and style.hides_box)
        if hidden:
            self.warnings.add("hidden_text")
        return hidden

    def _block(self, element: _Element, level: int, list_style: str) -> None:
        name = short(element.tag)
        if name == "table:table":
            self._table(element)
            return
        found = attributes(element)
        inlines = self._inlines(element)
        # A parent counts by its name even when styles.xml does not describe it.
        style_name = found.get("text:style-name", "")
        names = [style_name, *(style.parent for _name, style in self._styles.chain("paragraph", style_name))]
        if "Title" in names:
            self.builder.add("title", inlines)
        elif name == "text:h":
            outline = found.get("text:outline-level", "1")
            self.builder.add("heading", inlines, level=int(outline) if outline in "123456789" and outline else 6)
        elif any((kind_of_style(style.replace("_20_", " ")) or ("", 0))[0] == "quote" for style in names):
            self.builder.add("quote", inlines)
        elif level:
            ordered = self._styles.ordered.get((list_style, level), False)
            self.builder.add("item", inlines, level=level, ordered=ordered)
        else:
            self.builder.add("paragraph", inlines)

    def _table(self, table: _Element) -> None:
        style = self._styles.styles.get(("table", attributes(table).get("table:style-name", "")))
        if style is not None and style.hides_box:
            self.warnings.add("hidden_text")
            return
        rows: list[list[Inlines]] = []
        stack = [iter(table)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
                continue
            name = short(element.tag)
            if name == "table:table-row":
                if attributes(element).get("table:visibility", "visible") == "visible":
                    # Repetitions are not unrolled: a repeated row is shown once.
                    rows.append([self._lines(cell) for cell in element if short(cell.tag) == "table:table-cell"])
            elif name in ("table:table-rows", "table:table-header-rows", "table:table-row-group"):
                stack.append(iter(element))
        self.builder.add_table(rows)

    def _lines(self, parent: _Element) -> Inlines:
        """All that stands in a cell or note as lines; tables in it are read row by row, however deep."""
        parts: list[Inlines] = []
        stack = [iter(parent)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
                continue
            name = short(element.tag)
            if name in ("text:p", "text:h"):
                parts.append(self._inlines(element))
                stack.extend(iter(box) for box in reversed(self._boxes))
                self._boxes.clear()
            elif name in _TABLE_PARTS or (name in _BLOCK_WRAPPERS and not self._hidden_section(element)):
                stack.append(iter(element))
        return join_lines(parts)

    # Inside a paragraph

    def _inlines(self, paragraph: _Element) -> Inlines:
        name = attributes(paragraph).get("text:style-name", "")
        base = self._styles.look("paragraph", name).over(self._styles.defaults.get("paragraph", Look()))
        if any(
            short(item.tag) == "text:hidden-paragraph" and attributes(item).get("text:is-hidden", "true") != "false"
            for item in paragraph.iter()
        ):
            self.warnings.add("hidden_text")
            return ()
        inlines = InlineBuilder()
        self._add(paragraph.text, base, inlines)
        stack: list[tuple[Iterator[_Element], Look]] = [(iter(paragraph), base)]
        ends: list[tuple[str | None, Look]] = []
        while stack:
            elements, look = stack[-1]
            element = next(elements, None)
            if element is None:
                stack.pop()
                if ends:
                    self._add(*ends.pop(), inlines)
                continue
            kind = short(element.tag)
            if kind in _INLINE_WRAPPERS:
                inner = look
                if kind == "text:span":
                    inner = self._styles.look("text", attributes(element).get("text:style-name", "")).over(look)
                self._add(element.text, inner, inlines)
                stack.append((iter(element), inner))
                ends.append((element.tail, look))
                continue
            self._leaf(element, kind, look, inlines)
            self._add(element.tail, look, inlines)
        return inlines.build()

    def _leaf(self, element: _Element, kind: str, look: Look, inlines: InlineBuilder) -> None:
        if kind == "text:s":
            count = attributes(element).get("text:c", "1")
            spaces = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else _MAX_SPACES
            self._add(" " * min(spaces, _MAX_SPACES), look, inlines, collapse=False)
        elif kind == "text:tab":
            self._add(" ", look, inlines, collapse=False)
        elif kind == "text:line-break":
            inlines.line_break()
        elif kind == "text:note":
            if not look.invisible:
                self._notes.append(element)
                inlines.note(len(self._notes))
        elif kind in _SHAPES:
            if not look.hidden:
                self._find_boxes(element)
        elif kind in ("office:annotation", "text:hidden-text", "text:conditional-text"):
            self.warnings.add("comments" if kind == "office:annotation" else "hidden_text")
        elif kind.startswith("text:") and (element.text or "").strip() and kind != "text:soft-page-break":
            self.warnings.add("field_result")

    def _add(self, text: str | None, look: Look, inlines: InlineBuilder, *, collapse: bool = True) -> None:
        if not text:
            return
        if look.invisible:
            if text.strip():
                self.warnings.add("hidden_text")
            return
        if collapse:
            # Runs of white space in the XML count as one space.
            edge = " " if text[0] in _DROPPED_SPACE else ""
            end = " " if text[-1] in _DROPPED_SPACE and text.strip() else ""
            text = edge + " ".join(text.split(None)) + end
        inlines.add(text, strong=bool(look.strong), emphasis=bool(look.emphasis))

    def _find_boxes(self, shape: _Element) -> None:
        name = short(shape.tag)
        if name not in ("draw:frame", "draw:g", "draw:a"):
            self._boxes.append(shape)
            return
        stack = [iter(shape)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
                continue
            name = short(element.tag)
            if name == "draw:text-box" or name in _SHAPES - {"draw:frame", "draw:g", "draw:a"}:
                self._boxes.append(element)
            elif name in _SHAPES:
                stack.append(iter(element))
            elif name == "draw:image":
                self.warnings.add("picture")
            elif name in ("draw:object", "draw:object-ole"):
                self.warnings.add("embedded_object")


def _metadata(package: Package) -> tuple[str, ...]:
    """Who made, printed, changed and commented the file."""
    strings: list[str | None] = list(package.comments())
    for name in ("meta.xml", "content.xml"):
        if name not in package:
            continue
        try:
            root = package.xml(name)
        except Unreadable:
            continue  # Broken properties are no reason to refuse the text.
        wanted = {"dc:creator", "meta:initial-creator", "meta:printed-by", "meta:user-defined", "meta:keyword"}
        strings.extend(element.text for element in root.iter() if short(element.tag) in wanted)
    return metadata([string for string in strings if string and not string.replace(".", "").isdigit()])
