"""What an ODT says about looks and lists, as far as it changes what a reader sees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_PREFIXES = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:meta:1.0": "meta",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(pt|mm|cm|in|px)?")
_POINTS = {"pt": 1.0, "mm": 2.83, "cm": 28.35, "in": 72.0, "px": 0.75, None: 1.0}
TINY_POINTS = 2.0


def short(tag: object) -> str:
    """«text:p» for the tag of an element or attribute; empty for vocabularies that are not read."""
    if not isinstance(tag, str) or not tag.startswith("{"):
        return ""
    namespace, _, name = tag[1:].partition("}")
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{name}" if prefix else ""


def attributes(element: _Element) -> dict[str, str]:
    return {short(key): str(value) for key, value in element.attrib.items()}


@dataclass(frozen=True)
class Look:
    """Properties of a style; None means that its parent decides."""

    strong: bool | None = None
    emphasis: bool | None = None
    hidden: bool | None = None
    white: bool | None = None
    tiny: bool | None = None

    def over(self, base: Look) -> Look:
        mine = (self.strong, self.emphasis, self.hidden, self.white, self.tiny)
        theirs = (base.strong, base.emphasis, base.hidden, base.white, base.tiny)
        return Look(*(b if a is None else a for a, b in zip(mine, theirs, strict=True)))

    @property
    def invisible(self) -> bool:
        return bool(self.hidden or self.white or self.tiny)


PLAIN = Look()


def _look(properties: dict[str, str]) -> Look:
    weight, slope = properties.get("fo:font-weight"), properties.get("fo:font-style")
    display, color = properties.get("text:display"), properties.get("fo:color")
    match = _LENGTH.fullmatch(properties.get("fo:font-size", ""))
    return Look(
        None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        None if slope is None else slope in ("italic", "oblique"),
        None if display is None else display != "true",
        None if color is None else color.lower() in ("#ffffff", "#fefefe", "#fdfdfd", "#fcfcfc"),
        None if match is None else float(match[1]) * _POINTS[match[2]] <= TINY_POINTS,
    )


@dataclass
class Style:
    parent: str = ""
    look: Look = PLAIN
    outline: int | None = None
    hides_box: bool = False


@dataclass
class Styles:
    styles: dict[tuple[str, str], Style] = field(default_factory=dict)
    ordered: dict[tuple[str, int], bool] = field(default_factory=dict)
    defaults: dict[str, Look] = field(default_factory=dict)

    def add_all(self, root: _Element | None) -> None:
        """Take in the styles of content.xml or styles.xml; those that are there already stay."""
        if root is None:
            return
        for group in root:
            if short(group.tag) not in ("office:styles", "office:automatic-styles"):
                continue
            for element in group:
                name = short(element.tag)
                if name == "style:style":
                    self._add(element)
                elif name == "style:default-style":
                    found = attributes(element)
                    self.defaults.setdefault(found.get("style:family", ""), self._text_look(element))
                elif name == "text:list-style":
                    self._add_list(element)

    def _add(self, element: _Element) -> None:
        found = attributes(element)
        style = Style(found.get("style:parent-style-name", ""), self._text_look(element))
        level = found.get("style:default-outline-level", "")
        style.outline = int(level) if level.isascii() and level.isdigit() and len(level) < 3 else None
        for item in element:
            properties = attributes(item)
            if properties.get("table:display") == "false" or properties.get("text:display") == "none":
                style.hides_box = True
        self.styles.setdefault((found.get("style:family", ""), found.get("style:name", "")), style)

    def _add_list(self, element: _Element) -> None:
        name = attributes(element).get("style:name", "")
        for item in element:
            level = attributes(item).get("text:level", "")
            if level.isascii() and level.isdigit() and len(level) < 3:
                self.ordered.setdefault((name, int(level)), short(item.tag) == "text:list-level-style-number")

    @staticmethod
    def _text_look(element: _Element) -> Look:
        for item in element:
            if short(item.tag) == "style:text-properties":
                return _look(attributes(item))
        return PLAIN

    def chain(self, family: str, name: str) -> list[tuple[str, Style]]:
        result: list[tuple[str, Style]] = []
        seen: set[str] = set()
        while name and name not in seen and len(seen) < 50 and (style := self.styles.get((family, name))):
            seen.add(name)
            result.append((name, style))
            name = style.parent
        return result

    def look(self, family: str, name: str) -> Look:
        look = PLAIN
        for _name, style in self.chain(family, name):
            look = look.over(style.look)
        return look
