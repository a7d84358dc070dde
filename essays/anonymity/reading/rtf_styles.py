"""What an RTF says about a paragraph: its style from the style sheet, its outline level, the mark of its list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from essays.anonymity.reading.style_names import kind_of_style

_MOST_STYLES = 2_000
_NUMBERED = re.compile(r"\s*\(?(?:\d{1,3}|[A-Za-zА-Яа-я]{1,4})[.)]")


@dataclass
class RtfStyles:
    """The style sheet while it is read, and after: names and outline levels by number."""

    names: dict[int, str] = field(default_factory=dict)
    outlines: dict[int, int] = field(default_factory=dict)
    _number: int = 0
    _name: str = ""

    def word(self, name: str, number: int) -> None:
        if name == "s":
            self._number = number
        elif 0 <= number < 6:
            self.outlines[self._number] = number + 1

    def text(self, text: str) -> None:
        self._name += text[:200]
        if ";" in self._name:
            self.end()

    def end(self) -> None:
        """The entry of one style is over."""
        if self._name.strip(" ;") and len(self.names) < _MOST_STYLES:
            self.names[self._number] = self._name.partition(";")[0].strip()
        self._number, self._name = 0, ""


@dataclass
class BlockLook:
    """The paragraph that is being read. `marker` is the bullet or number in front of it."""

    style: int = 0
    outline: int = 0
    level: int = 0
    marker: str = ""

    def reset(self) -> None:
        """The marker stays: Word writes it before the properties of its paragraph."""
        self.style = self.outline = self.level = 0

    def word(self, name: str, number: int) -> None:
        if name == "s":
            self.style = number
        elif name == "ilvl":
            self.level = max(0, min(number, 8))
        else:
            self.outline = number + 1 if 0 <= number < 6 else 0

    def kind(self, styles: RtfStyles) -> tuple[str, int, bool]:
        """(kind of block, level, ordered)."""
        outline = self.outline or styles.outlines.get(self.style, 0)
        said = kind_of_style(styles.names.get(self.style, ""))
        if said is not None:
            return *said, False
        if outline:
            return "heading", outline, False
        if self.marker.strip():
            return "item", self.level + 1, bool(_NUMBERED.match(self.marker))
        return "paragraph", 1, False
