"""DOCX, by an allowlist: the walker follows the elements that it knows and does not see any other.

Tracked insertions are accepted, deletions and comments do not exist. Headers and footers are left out. Text
boxes, footnotes, endnotes and tables are read. No relationship that leads out of the file is ever followed.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from essays.anonymity.document import Inlines
from essays.anonymity.reading.building import DocumentBuilder, InlineBuilder, join_lines, metadata
from essays.anonymity.reading.docx_styles import (
    Look,
    Styles,
    attribute,
    child,
    list_of,
    local,
    look_of,
    on,
    ordered_lists,
    outline_of,
)
from essays.anonymity.reading.package import Package
from essays.anonymity.reading.style_names import kind_of_style
from essays.anonymity.reading.unreadable import Reading, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_TEXT_BOX_SHAPES = ("drawing", "pict", "object")
# Wrappers whose content is the author's text as it stands after accepting all changes.
_TRANSPARENT = frozenset({"ins", "moveTo", "smartTag", "customXml", "hyperlink", "sdt", "sdtContent", "dir", "bdo"})
# Fields whose results are text that the author wrote or that repeats it. Results of all others (AUTHOR,
# LASTSAVEDBY, USERNAME, FILENAME, DOCPROPERTY, MERGEFIELD, …) come from the file's or the computer's properties.
_FIELDS_KEPT = frozenset({"HYPERLINK", "REF", "NOTEREF", "TOC", "SEQ", "FORMTEXT", "QUOTE", "SYMBOL", "EQ", "="})
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES = _COMPATIBILITY + "AlternateContent"
_MATH_TEXT = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
    "{http://purl.oclc.org/ooxml/officeDocument/math}t",
)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PERSONAL = frozenset({"creator", "lastModifiedBy", "Company", "Manager", "keywords", "description", "category"})


def read_docx(content: bytes) -> Reading:
    """Read a DOCX. Raises Unreadable."""
    package = Package(content)
    main = next(iter(_targets(package, "").get("officeDocument", [])), None)
    if main is None or main not in package:
        raise Unreadable("type_mismatch", "no main document")
    walker = _Walker(package, main)
    walker.walk_all()
    if walker.warnings and "hidden_text" in walker.warnings and not walker.builder.blocks:
        raise Unreadable("no_text", "only hidden text")
    return Reading(walker.builder.build(), "docx", tuple(sorted(walker.warnings)), _metadata(package))


def _targets(package: Package, part: str) -> dict[str, list[str]]:
    """Members that `part` relates to, by the last word of the relationship's type. External ones are left out."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    result: dict[str, list[str]] = {}
    if relations not in package:
        return result
    for element in package.xml(relations):
        if element.tag != _RELATIONSHIP or element.get("TargetMode", "Internal") != "Internal":
            continue
        target = str(element.get("Target", ""))
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        result.setdefault(str(element.get("Type", "")).rpartition("/")[2], []).append(path)
    return result


class _Walker:
    def __init__(self, package: Package, main: str) -> None:
        self.builder = DocumentBuilder()
        self.warnings: set[str] = set()
        targets = _targets(package, main)

        def part(kind: str) -> _Element | None:
            path = next(iter(targets.get(kind, [])), None)
            return package.xml(path) if path and path in package else None

        self._root = package.xml(main)
        self._styles = Styles.of(part("styles"))
        self._ordered = ordered_lists(part("numbering"))
        self._note_parts = {kind: _notes_of(part(f"{kind}s"), kind) for kind in ("footnote", "endnote")}
        self._notes: dict[tuple[str, str], int] = {}
        self._fields: list[tuple[list[str], bool]] = []  # (instruction so far, its result has begun)
        self._boxes: list[_Element] = []
        if local(self._root) != "document":
            raise Unreadable("damaged", "the main part is not a document")

    def walk_all(self) -> None:
        body = child(self._root, "body")
        if body is not None:
            self._blocks(body)
        for (kind, identifier), number in list(self._notes.items()):
            self._note(kind, identifier, number)

    # Blocks

    def _blocks(self, parent: _Element) -> None:
        for element in self._block_elements(parent):
            if local(element) == "p":
                self._paragraph(element)
            else:
                self._table(element)
            # Text boxes stand after the paragraph that they are anchored in; boxes in boxes follow their box.
            while self._boxes:
                inner = list(self._block_elements(self._boxes.pop(0)))
                for item in inner:
                    if local(item) == "p":
                        self._paragraph(item)
                    else:
                        self._table(item)

    def _block_elements(self, parent: _Element) -> Iterator[_Element]:
        """Paragraphs and tables below `parent`, in order, through transparent wrappers; not inside tables."""
        stack = [iter(parent)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
                continue
            name = local(element)
            if name in ("p", "tbl"):
                yield element
            elif name in _TRANSPARENT:
                stack.append(iter(element))
            elif element.tag == _ALTERNATIVES:
                if (chosen := _chosen(element)) is not None:
                    stack.append(iter(chosen))
            elif name == "altChunk":
                self.warnings.add("embedded_document")

    def _paragraph(self, element: _Element) -> None:
        inlines = self._inlines(element)
        kind, level, ordered = self._kind(child(element, "pPr"))
        self.builder.add(kind, inlines, level=level, ordered=ordered)

    def _kind(self, properties: _Element | None) -> tuple[str, int, bool]:
        style_id, outline = self._styles.default_paragraph, None
        list_id: str | None = None
        list_level: int | None = None
        if properties is not None:
            style = child(properties, "pStyle")
            style_id = (attribute(style, "val") or style_id) if style is not None else style_id
            outline = outline_of(properties)
            list_id, list_level = list_of(properties)
        for style_found in self._styles.chain(style_id):
            if said := kind_of_style(style_found.name):
                return *said, False
            outline = style_found.outline if outline is None else outline
            list_id = style_found.list_id if list_id is None else list_id
            list_level = style_found.list_level if list_level is None else list_level
        if outline is not None:
            return "heading", outline + 1, False
        if list_id is not None and list_id != "0":
            level = list_level or 0
            return "item", level + 1, self._ordered.get((list_id, level), False)
        return "paragraph", 1, False

    def _table(self, table: _Element) -> None:
        rows: list[list[Inlines]] = []
        for row in self._children(table, "tr"):
            properties = child(row, "trPr")
            if properties is not None and (child(properties, "del") is not None or on(child(properties, "hidden"))):
                continue
            rows.append([self._cell(cell) for cell in self._children(row, "tc")])
        self.builder.add_table(rows)

    def _cell(self, cell: _Element) -> Inlines:
        """All that stands in a cell as lines; tables in it are read row by row, however deep."""
        parts: list[Inlines] = []
        stack = [iter(cell)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
            elif local(element) == "p":
                parts.append(self._inlines(element))
                while self._boxes:
                    stack.append(iter(self._boxes.pop(0)))
            elif local(element) in _TRANSPARENT or local(element) in ("tbl", "tr", "tc"):
                stack.append(iter(element))
        return join_lines(parts)

    @staticmethod
    def _children(parent: _Element, wanted: str) -> Iterator[_Element]:
        stack = [iter(parent)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
            elif local(element) == wanted:
                yield element
            elif local(element) in _TRANSPARENT:
                stack.append(iter(element))

    def _note(self, kind: str, identifier: str, number: int) -> None:
        note = self._note_parts[kind].get(identifier)
        self._fields.clear()
        parts = [self._inlines(p) for p in self._block_elements(note) if local(p) == "p"] if note is not None else []
        self._boxes.clear()
        self.builder.add_note(number, join_lines(parts))

    # Inside a paragraph

    def _inlines(self, paragraph: _Element) -> Inlines:
        inlines = InlineBuilder()
        properties = child(paragraph, "pPr")
        style = None if properties is None else child(properties, "pStyle")
        style_id = (attribute(style, "val") if style is not None else None) or self._styles.default_paragraph
        base = self._styles.look(style_id).over(self._styles.default_look)
        # The number beside an iterator: how many fields were open before the simple field that it belongs to.
        stack: list[tuple[Iterator[_Element], int | None]] = [(iter(paragraph), None)]
        while stack:
            element = next(stack[-1][0], None)
            if element is None:
                depth = stack.pop()[1]
                if depth is not None:
                    del self._fields[depth:]
                continue
            name = local(element)
            if name == "r":
                self._run(element, base, inlines)
            elif name in _TRANSPARENT:
                stack.append((iter(element), None))
            elif name == "fldSimple":
                stack.append((iter(element), len(self._fields)))
                self._fields.append(([attribute(element, "instr") or ""], True))
            elif element.tag == _ALTERNATIVES:
                if (chosen := _chosen(element)) is not None:
                    stack.append((iter(chosen), None))
            elif name == "ruby":
                if (ruby_base := child(element, "rubyBase")) is not None:
                    stack.append((iter(ruby_base), None))
            elif not name and str(element.tag).endswith(("}oMath", "}oMathPara")) and self._shown():
                inlines.add("".join(item.text or "" for item in element.iter(*_MATH_TEXT)))
        return inlines.build()

    def _run(self, run: _Element, base: Look, inlines: InlineBuilder) -> None:
        properties = child(run, "rPr")
        look = base
        if properties is not None:
            style = child(properties, "rStyle")
            if style is not None:
                look = self._styles.look(attribute(style, "val")).over(look)
            look = look_of(properties).over(look)
        strong, emphasis = bool(look.strong), bool(look.emphasis)
        stack = [iter(run)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
                continue
            name = local(element)
            if name == "fldChar":
                self._field_mark(attribute(element, "fldCharType") or "")
            elif name == "instrText":
                if self._fields and not self._fields[-1][1]:
                    self._fields[-1][0].append(element.text or "")
            elif name in _TEXT_BOX_SHAPES:
                self._find_boxes(element)
            elif element.tag == _ALTERNATIVES:
                if (chosen := _chosen(element)) is not None:
                    stack.append(iter(chosen))
            elif name == "ruby":
                if (ruby_base := child(element, "rubyBase")) is not None:
                    stack.extend(iter(item) for item in reversed(list(ruby_base)) if local(item) == "r")
            elif not self._shown():
                continue
            elif look.invisible:
                if name == "t" and (element.text or "").strip():
                    self.warnings.add("hidden_text")
            elif name == "t":
                inlines.add((element.text or "").replace("\n", " "), strong=strong, emphasis=emphasis)
            elif name in ("tab", "ptab"):
                inlines.add(" ", strong=strong, emphasis=emphasis)
            elif name in ("br", "cr"):
                inlines.line_break()
            elif name == "noBreakHyphen":
                inlines.add("-", strong=strong, emphasis=emphasis)
            elif name in ("footnoteReference", "endnoteReference"):
                key = (name.removesuffix("Reference"), attribute(element, "id") or "")
                if key[1] in self._note_parts[key[0]]:
                    inlines.note(self._notes.setdefault(key, len(self._notes) + 1))

    def _field_mark(self, kind: str) -> None:
        if kind == "begin":
            if len(self._fields) > 100:
                raise Unreadable("too_complex", "fields in fields")
            self._fields.append(([], False))
        elif kind == "separate" and self._fields:
            self._fields[-1] = (self._fields[-1][0], True)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _shown(self) -> bool:
        """Whether text at this place is shown: outside fields, or in the result of fields that we keep."""
        for instruction, result in self._fields:
            name = "".join(instruction).split()[:1]
            if not result or not name or name[0].upper() not in _FIELDS_KEPT:
                if result:
                    self.warnings.add("field_result")
                return False
        return True

    def _find_boxes(self, shape: _Element) -> None:
        """Remember the text boxes of a drawing; in alternative content one branch only."""
        stack = [iter(shape)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
            elif local(element) == "txbxContent":
                if self._shown():
                    self._boxes.append(element)
            elif element.tag == _ALTERNATIVES:
                if (chosen := _chosen(element)) is not None:
                    stack.append(iter(chosen))
            elif isinstance(element.tag, str):
                if element.tag.endswith(("}blip", "}imagedata", "}OLEObject")):
                    self.warnings.add("picture" if not element.tag.endswith("}OLEObject") else "embedded_object")
                stack.append(iter(element))


def _chosen(alternatives: _Element) -> _Element | None:
    """The one branch of alternative content that is read: the first choice with content, else the fallback."""
    branches = {str(element.tag).removeprefix(_COMPATIBILITY): element for element in reversed(list(alternatives))}
    choice = branches.get("Choice")
    return choice if choice is not None and len(choice) else branches.get("Fallback")


def _notes_of(root: _Element | None, kind: str) -> dict[str, _Element]:
    """Notes by their id, without the separators that are stored among them."""
    if root is None:
        return {}
    notes = (note for note in root if local(note) == kind and attribute(note, "type") in (None, "normal"))
    return {attribute(note, "id") or "": note for note in notes}


def _metadata(package: Package) -> tuple[str, ...]:
    """Who made, saved and commented the file, by its properties, changes, comments and archive comments."""
    strings: list[str | None] = list(package.comments())
    for name in package.names():
        properties = name.startswith("docProps/") and name.endswith(".xml")
        if not properties and not (name.startswith("word/") and name.endswith(".xml") and name.count("/") == 1):
            continue
        try:
            root = package.xml(name)
        except Unreadable:
            continue  # A part that is not read for its text may be broken: the text stands without it.
        for element in root.iter():
            if not isinstance(element.tag, str):
                continue
            if properties:
                tag = element.tag.rpartition("}")[2]
                strings.append(element.text if tag in _PERSONAL or name.endswith("custom.xml") else None)
            else:
                strings.append(attribute(element, "author"))
    return metadata([string for string in strings if string and not re.fullmatch(r"[\d.:TZ+\s-]+", string)])
