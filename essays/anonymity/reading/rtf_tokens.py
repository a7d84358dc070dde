"""RTF as a stream of tokens: braces, control words, bytes of text. Nothing is decoded and nothing recurses here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from essays.anonymity.reading.unreadable import Unreadable

MAX_TOKENS = 4_000_000
_TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])|(?P<breaks>[\r\n]+)|(?P<text>[^\\{}\r\n]+)|(?P<rest>.)",
    re.DOTALL,
)


class Token(NamedTuple):
    """`kind` is open, close, word, symbol or text; `number` is None where a control word has none."""

    kind: str
    name: str
    number: int | None
    content: bytes


def tokens(content: bytes) -> Iterator[Token]:
    """Everything up to the brace that closes the document. Raises Unreadable when there is too much of it, or when the
    file ends before that brace: then nobody knows how much of the text is missing.

    `\\binN` skips its N bytes, but never more than there are.
    """
    position, depth = 0, 0
    for _ in range(MAX_TOKENS):
        match = _TOKEN.match(content, position)
        if match is None:
            if depth > 0:
                raise Unreadable("damaged", "the RTF ends too early")
            return
        position = match.end()
        kind = match.lastgroup
        if match["word"]:
            name = match["word"].decode("ascii")
            number = int(match["number"]) if match["number"] else None
            if name == "bin":
                position = min(len(content), position + max(number or 0, 0))
                continue
            yield Token("word", name, number, b"")
        elif kind == "open":
            depth += 1
            yield Token("open", "", None, b"")
        elif kind == "close":
            depth -= 1
            yield Token("close", "", None, b"")
            if depth <= 0:
                return
        elif kind == "byte":
            yield Token("text", "", None, bytes([int(match["byte"], 16)]))
        elif kind == "symbol":
            yield Token("symbol", match["symbol"].decode("latin-1"), None, b"")
        elif kind == "text":
            yield Token("text", "", None, match["text"])
    raise Unreadable("too_complex", "too many RTF tokens")
