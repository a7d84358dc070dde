"""What a DOCX says about looks and lists, as far as it changes what a reader sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
TINY_HALF_POINTS = 4
_OFF = ("0", "false", "off", "none")
_WHITE = ("ffffff", "fefefe", "fdfdfd", "fcfcfc")
_BACKGROUND = ("background1", "bg1", "light1", "lt1")


def local(element: _Element) -> str:
    """The local name of a WordprocessingML element, empty for elements of other vocabularies."""
    tag = element.tag
    if isinstance(tag, str):
        for prefix in WORD:
            if tag.startswith(prefix):
                return tag[len(prefix) :]
    return ""


def attribute(element: _Element, name: str) -> str | None:
    for prefix in WORD:
        value = element.get(prefix + name)
        if value is not None:
            return str(value)
    return None


def child(element: _Element, name: str) -> _Element | None:
    for item in element:
        if local(item) == name:
            return item
    return None


def on(element: _Element | None) -> bool | None:
    """The state of a toggle such as <w:b/>: None when it is absent."""
    return None if element is None else (attribute(element, "val") or "1").lower() not in _OFF


@dataclass(frozen=True)
class Look:
    """Properties of a run. None means: not said here, ask the style."""

    strong: bool | None = None
    emphasis: bool | None = None
    hidden: bool | None = None
    white: bool | None = None
    tiny: bool | None = None

    def over(self, base: Look) -> Look:
        """This look where it says something, `base` where it does not."""
        pairs = ((mine, theirs) for mine, theirs in zip(self._all(), base._all(), strict=True))
        return Look(*(theirs if mine is None else mine for mine, theirs in pairs))

    @property
    def invisible(self) -> bool:
        return bool(self.hidden or self.white or self.tiny)

    def _all(self) -> tuple[bool | None, ...]:
        return (self.strong, self.emphasis, self.hidden, self.white, self.tiny)


PLAIN = Look()


def look_of(properties: _Element | None) -> Look:
    """The look that a <w:rPr> asks for."""
    if properties is None or len(properties) == 0:
        return PLAIN
    found = {local(item): item for item in properties}
    hides = [on(found.get(name)) for name in ("vanish", "webHidden", "specVanish")]
    hidden = True if any(hides) else (False if False in hides else None)
    white: bool | None = None
    if (color := found.get("color")) is not None:
        white = (attribute(color, "val") or "").lower() in _WHITE
        white = white or (attribute(color, "themeColor") or "").lower() in _BACKGROUND
    tiny: bool | None = None
    if (size := found.get("sz")) is not None:
        try:
            tiny = float(attribute(size, "val") or "24") <= TINY_HALF_POINTS
        except ValueError:
            tiny = None
    return Look(on(found.get("b")), on(found.get("i")), hidden, white, tiny)


@dataclass
class Style:
    name: str = ""
    based_on: str = ""
    look: Look = PLAIN
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None


@dataclass
class Styles:
    """Styles of a document by id, with inheritance resolved."""

    styles: dict[str, Style] = field(default_factory=dict)
    default_look: Look = PLAIN
    default_paragraph: str = ""

    def look(self, style_id: str | None) -> Look:
        look = PLAIN
        for style in self.chain(style_id):
            look = look.over(style.look)
        return look

    def chain(self, style_id: str | None) -> Iterator[Style]:
        """A style and those that it is based on, nearest first; circles end."""
        seen: set[str] = set()
        while style_id and style_id not in seen and style_id in self.styles and len(seen) < 50:
            seen.add(style_id)
            style = self.styles[style_id]
            yield style
            style_id = style.based_on

    @classmethod
    def of(cls, root: _Element | None) -> Styles:
        styles = cls()
        if root is None:
            return styles
        for element in root:
            if local(element) == "docDefaults":
                holder = child(element, "rPrDefault")
                styles.default_look = look_of(None if holder is None else child(holder, "rPr"))
            if local(element) != "style":
                continue
            style_id = attribute(element, "styleId") or ""
            style = Style()
            if (name := child(element, "name")) is not None:
                style.name = (attribute(name, "val") or "").lower()
            if (base := child(element, "basedOn")) is not None:
                style.based_on = attribute(base, "val") or ""
            style.look = look_of(child(element, "rPr"))
            if (properties := child(element, "pPr")) is not None:
                style.outline = outline_of(properties)
                style.list_id, style.list_level = list_of(properties)
            styles.styles[style_id] = style
            if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
                styles.default_paragraph = style_id
        return styles


def number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def outline_of(properties: _Element) -> int | None:
    element = child(properties, "outlineLvl")
    level = None if element is None else number(attribute(element, "val"))
    return level if level is not None and level < 9 else None


def list_of(properties: _Element) -> tuple[str | None, int | None]:
    """(numId, level) of a paragraph's <w:numPr>; None where not said."""
    numbering = child(properties, "numPr")
    if numbering is None:
        return None, None
    identifier, level = child(numbering, "numId"), child(numbering, "ilvl")
    return (
        None if identifier is None else attribute(identifier, "val"),
        None if level is None else number(attribute(level, "val")),
    )


def ordered_lists(root: _Element | None) -> dict[tuple[str, int], bool]:
    """Whether the list (numId, level) is numbered, from numbering.xml."""
    result: dict[tuple[str, int], bool] = {}
    if root is None:
        return result
    levels: dict[str, dict[int, bool]] = {}
    for element in root:
        if local(element) == "abstractNum":
            formats: dict[int, bool] = {}
            for item in element:
                style = child(item, "numFmt") if local(item) == "lvl" else None
                if style is not None:
                    formats[number(attribute(item, "ilvl")) or 0] = attribute(style, "val") not in ("bullet", "none")
            levels[attribute(element, "abstractNumId") or ""] = formats
        elif local(element) == "num" and (target := child(element, "abstractNumId")) is not None:
            for level, ordered in levels.get(attribute(target, "val") or "", {}).items():
                result[attribute(element, "numId") or "", level] = ordered
    return result
