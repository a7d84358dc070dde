"""RTF, by an allowlist of destinations: text stands in the body, in footnotes, text boxes and results of known fields.

Hidden and deleted text, headers, footers, comments, pictures, objects and everything behind the last brace are left
out. A group that begins with `\\*` is text for no one who does not know it, and so it is for us.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace

from essays.anonymity.document import Inlines
from essays.anonymity.reading.building import DocumentBuilder, InlineBuilder, metadata
from essays.anonymity.reading.rtf_styles import BlockLook, RtfStyles
from essays.anonymity.reading.rtf_tokens import Token, tokens
from essays.anonymity.reading.unreadable import Reading, Unreadable

_MAX_DEPTH = 500
_FIELDS_KEPT = frozenset({"HYPERLINK", "REF", "NOTEREF", "TOC", "SEQ", "FORMTEXT", "QUOTE", "SYMBOL", "EQ"})
# Groups whose text is not the essay's. Those marked by \* need not be listed.
_LEFT_OUT = frozenset(
    "fonttbl colortbl listtable listoverridetable revtbl info header headerl headerr headerf footer footerl "
    "footerr footerf pict object objdata objname objclass annotation atnid atnauthor atntime atndate atnref atnicn "
    "pntxta pntxtb pnseclvl bkmkstart bkmkend xe tc txe rxe rsidtbl generator xmlnstbl themedata "
    "colorschememapping datastore latentstyles filetbl mmathPr docvar userprops fchars lchars template private "
    "ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn sp sn sv nonshppict shprslt result do dptxbxtext".split()
)
_PERSONAL = frozenset(
    "author operator company manager title subject keywords comment doccomm category hlinkbase revtbl docvar "
    "userprops generator template atnauthor atnid staticval propname".split()
)
_SYMBOLS = {
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    238: "cp1250",
    255: "cp437",
}


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits: how its text looks and where it goes (body, note, info, fonts, colors, field, box, «»)."""

    target: str = "body"
    font: int = -1
    strong: bool = False
    emphasis: bool = False
    hidden: bool = False
    tiny: bool = False
    white: bool = False
    skip: int = 1
    fresh: bool = True
    starred: bool = False


def read_rtf(content: bytes) -> Reading:
    """Read an RTF. Raises Unreadable."""
    reader = _Reader()
    for token in tokens(content):
        reader.take(token)
    reader.end()
    return Reading(reader.builder.build(), "rtf", tuple(sorted(reader.warnings)), metadata(list(reader.info)))


class _Reader:
    def __init__(self) -> None:
        self.builder = DocumentBuilder()
        self.warnings: set[str] = set()
        self.info: list[str] = []
        self._stack: list[_State] = []
        self._state = _State()
        self._codepage = "cp1252"
        self._fonts: dict[int, str] = {}
        self._defining = -1
        self._colors: list[tuple[int, int, int]] = []
        self._color = (0, 0, 0)
        self._auto = True
        self._bytes = b""
        self._to_skip = 0
        self._surrogate = 0
        self._body = InlineBuilder()
        self._note = InlineBuilder()
        self._notes = 0
        self._styles = RtfStyles()
        self._look_of_block = BlockLook()
        self._in_table = False
        self._cells: list[Inlines] = []
        self._rows: list[list[Inlines]] = []
        self._info = ""
        self._field: list[str] = []

    def take(self, token: Token) -> None:
        if token.kind == "text":
            self._add_bytes(token.content)
            return
        self._flush()
        if token.kind == "open":
            if len(self._stack) >= _MAX_DEPTH:
                raise Unreadable("too_complex", "RTF groups too deep")
            self._stack.append(self._state)
            self._state = replace(self._state, fresh=True, starred=False)
        elif token.kind == "close":
            self._close()
        elif token.kind == "symbol":
            self._symbol(token.name)
        else:
            self._word(token.name, token.number)

    def end(self) -> None:
        self._flush()
        self._paragraph()
        self._end_table()

    # Groups

    def _close(self) -> None:
        if not self._stack:
            return
        before = self._state
        self._state = self._stack.pop()
        if before.target == "note" and self._state.target != "note":
            self.builder.add_note(self._notes, self._note.build())
            self._note = InlineBuilder()
        if before.target == "styles":
            self._styles.end()
        if before.target == "info" and self._info.strip():
            self.info.append(self._info)
            self._info = ""
        self._to_skip = 0

    def _destination(self, name: str) -> bool:
        """Whether a control word at the head of a group says where its text goes."""
        state = self._state
        if not state.fresh:
            return False
        target = state.target
        if name in _PERSONAL:
            target = "info"
        elif name == "fonttbl":
            target = "fonts"
        elif name == "colortbl":
            target = "colors"
        elif name == "stylesheet":
            target = "styles"
        elif name in ("listtext", "pntext"):
            target = "marker" if target in ("body", "note") else target
        elif name == "fldinst":
            target = "field" if target in ("body", "note") else target
            self._field.append("")
        elif name == "shpinst" or name == "shptxt":
            target = "body" if name == "shptxt" and target in ("box", "body") else "box"
        elif name == "footnote" and target == "body":
            self._notes += 1
            self._body.note(self._notes)
            self._state = replace(state, target="note", fresh=False, strong=False, emphasis=False)
            return True
        elif name == "fldrslt":
            words = self._field.pop().split() if self._field else []
            if (not words or words[0].upper() not in _FIELDS_KEPT) and target in ("body", "note"):
                self.warnings.add("field_result")
                target = ""
        elif name in _LEFT_OUT or state.starred:
            if name in ("pict", "object"):
                self.warnings.add("picture" if name == "pict" else "embedded_object")
            elif name == "annotation":
                self.warnings.add("comments")
            target = "info" if target == "info" else ""
        else:
            return False
        self._state = replace(state, target=target, fresh=False)
        return True

    # Words

    def _symbol(self, name: str) -> None:
        if name == "*":
            self._state = replace(self._state, starred=True)
            return
        self._settle()
        if name == "~":
            self._text("\u00a0")
        elif name == "_":
            self._text("\u2011")
        elif name in "\\{}":
            self._text(name)
        elif name in "\r\n":
            self._word("par", None)

    def _settle(self) -> None:
        """The head of the group is over; one that was starred and unknown holds no text."""
        if self._state.fresh:
            self._state = replace(self._state, fresh=False, target="" if self._state.starred else self._state.target)

    def _word(self, name: str, number: int | None) -> None:
        if self._destination(name):
            return
        # Formatting at the head of a group does not end the head: «{\rtlch\v …}».
        if self._state.starred and self._state.fresh:
            self._settle()
        on = number != 0
        state = self._state
        if name == "u" and number is not None:
            self._unicode(number)
        elif name == "uc":
            self._state = replace(state, skip=max(0, min(number or 0, 100)))
        elif name in ("par", "sect", "page", "column"):
            self._paragraph()
        elif name in ("line", "softline", "lbr"):
            self._text("\n")
        elif name == "tab":
            self._text(" ")
        elif name in ("cell", "nestcell"):
            self._cell()
        elif name in ("row", "nestrow"):
            self._row()
        elif name in _SYMBOLS:
            self._text(_SYMBOLS[name])
        elif name == "ansicpg" and number:
            self._codepage = _known(f"cp{number}") or self._codepage
        elif name in ("mac", "pc", "pca"):
            self._codepage = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[name]
        elif name == "f":
            self._font(number or 0)
        elif name == "fcharset" and state.target == "fonts":
            self._fonts[self._defining] = _CHARSETS.get(number or 0, self._codepage)
        elif name == "cpg" and state.target == "fonts":
            self._fonts[self._defining] = _known(f"cp{number}") or self._codepage
        elif name in ("red", "green", "blue") and state.target == "colors":
            self._tint(name, number or 0)
        elif state.target == "styles" and name in ("s", "outlinelevel"):
            self._styles.word(name, number or 0)
        elif name == "pard" and state.target == "body":
            self._look_of_block.reset()
            self._in_table = False
        elif name == "intbl" and state.target == "body":
            self._in_table = True
        elif name in ("s", "outlinelevel", "ilvl") and state.target == "body":
            self._look_of_block.word(name, number or 0)
        else:
            self._look(name, number, on)

    def _look(self, name: str, number: int | None, on: bool) -> None:
        state = self._state
        if name == "b":
            self._state = replace(state, strong=on)
        elif name == "i":
            self._state = replace(state, emphasis=on)
        elif name in ("v", "deleted", "webhidden"):
            self._state = replace(state, hidden=on)
        elif name == "fs":
            self._state = replace(state, tiny=number is not None and number <= 4)
        elif name == "cf":
            color = self._colors[number] if number is not None and 0 < number < len(self._colors) else (0, 0, 0)
            self._state = replace(state, white=min(color) >= 245)
        elif name == "plain":
            self._state = replace(state, strong=False, emphasis=False, hidden=False, tiny=False, white=False)

    def _font(self, number: int) -> None:
        if self._state.target == "fonts":
            self._defining = number
        else:
            self._state = replace(self._state, font=number)

    def _tint(self, name: str, value: int) -> None:
        place = ("red", "green", "blue").index(name)
        color = list(self._color)
        color[place] = max(0, min(value, 255))
        self._color = (color[0], color[1], color[2])

    # Text

    def _unicode(self, number: int) -> None:
        self._to_skip = self._state.skip
        code = number & 0xFFFF if number < 0 else number
        if 0xD800 <= code < 0xDC00:
            self._surrogate = code
            return
        if 0xDC00 <= code < 0xE000:
            if self._surrogate:
                self._text(chr(0x10000 + ((self._surrogate - 0xD800) << 10) + (code - 0xDC00)), keep_skip=True)
            self._surrogate = 0
            return
        self._surrogate = 0
        if 0 < code < 0x110000:
            self._text(chr(code), keep_skip=True)

    def _add_bytes(self, content: bytes) -> None:
        if self._to_skip:
            # What stands behind \\u for readers that do not know it.
            skipped = min(self._to_skip, len(content))
            self._to_skip -= skipped
            content = content[skipped:]
        if not content:
            return
        self._settle()
        if self._state.target == "colors":
            for _ in range(content.count(b";")):
                self._colors.append(self._color)
                self._color = (0, 0, 0)
            return
        self._bytes += content

    def _flush(self) -> None:
        if not self._bytes:
            return
        encoding = self._fonts.get(self._state.font, self._codepage)
        text = self._bytes.decode(encoding, "replace").replace("\ufffd", "")
        self._bytes = b""
        self._text(text, keep_skip=True)

    def _text(self, text: str, *, keep_skip: bool = False) -> None:
        state = self._state
        if not keep_skip and self._to_skip:
            self._to_skip -= 1
            return
        if state.fresh:
            self._settle()
            state = self._state
        if state.target == "info":
            self._info += text[:500] if len(self._info) < 500 else ""
        elif state.target == "styles":
            self._styles.text(text)
        elif state.target == "marker":
            self._look_of_block.marker += text[:20]
        elif state.target == "field" and self._field:
            self._field[-1] = (self._field[-1] + text)[:200]
        if state.target not in ("body", "note"):
            return
        if state.hidden or state.tiny or state.white:
            if text.strip():
                self.warnings.add("hidden_text")
            return
        builder = self._note if state.target == "note" else self._body
        builder.add(text, strong=state.strong, emphasis=state.emphasis)

    # Blocks

    def _paragraph(self) -> None:
        if self._state.target == "note":
            self._note.line_break()
            return
        if self._state.target != "body":
            return
        if self._in_table:
            self._look_of_block.marker = ""
            self._body.line_break()
            return
        self._end_table()
        inlines = self._body.build()
        self._body = InlineBuilder()
        kind, level, ordered = self._look_of_block.kind(self._styles)
        self.builder.add(kind, inlines, level=level, ordered=ordered)
        self._look_of_block.marker = ""

    def _cell(self) -> None:
        if self._state.target == "body" and len(self._cells) < 1_000:
            self._look_of_block.marker = ""
            self._cells.append(self._body.build())
            self._body = InlineBuilder()

    def _row(self) -> None:
        if self._cells:
            self._rows.append(self._cells)
            self._cells = []
            if len(self._rows) > 10_000:
                raise Unreadable("too_complex", "too many rows")

    def _end_table(self) -> None:
        self._row()
        if self._rows:
            self.builder.add_table(self._rows)
            self._rows = []


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return ""
