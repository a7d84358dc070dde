"""A blind copy as PDF: set anew from the document, with nothing of the original file in it (pure)."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from essays.anonymity.document import Document, Table

TEMPLATE = Path(__file__).with_name("copy.typ")
_MOST_COLUMNS = 40
_MOST_PARTS = 5_000
"""Blocks and cells. A real essay has some dozens; the typesetter keeps memory for each of them."""
_LONG_WORD = re.compile("[^ ]{60}(?=[^ ])")
_BREAK = "\u200b"
_one_at_a_time = threading.Lock()


class NoPages(Exception):
    """The typesetter gave up on this copy."""


def copy_pdf(document: Document, code: str, *, title: str = "", line: str = "") -> bytes:
    """The pages of a blind copy under the entry's `code`: A4, fonts embedded, tagged.

    `title` stands above the text, and `line` (who entered, where judges may know it) above the title. The code is the
    only metadata and stands on every page; no date is in the file, so the same copy gives the same bytes. The text
    travels as data and is never read as markup. Raises ValueError for a code that is not printable, and NoPages where
    no pages can be set.
    """
    if not code.isprintable() or not code.strip():
        raise ValueError("a code of printable characters is expected")
    if sum(sum(map(len, block.rows)) if isinstance(block, Table) else 1 for block in document.blocks) > _MOST_PARTS:
        raise NoPages("too many parts")
    blocks = _blocks(document, 1 if title else 0)
    data = _breakable({"code": code, "title": title, "line": line, "blocks": blocks})
    try:
        return typesetting(lambda _typst: _compiler(), json.dumps(data, ensure_ascii=False))
    except NoPages:
        # What a fault leaves behind is not used again.
        _compiler.cache_clear()
        raise


def typesetting(compiler: Callable[[Any], Any], data: str) -> bytes:
    """Set one document; ``compiler`` makes its typesetter of the module. Raises NoPages, whatever goes wrong in it."""
    import typst

    with _one_at_a_time:
        try:
            made = compiler(typst).compile(sys_inputs={"data": data}, format="pdf")
        except BaseException as fault:
            # A panic inside the typesetter is no Exception.
            if isinstance(fault, Exception) or type(fault).__name__ == "PanicException":
                raise NoPages(type(fault).__name__) from fault
            raise
    assert isinstance(made, bytes), "one document is one file"
    return made


def _breakable(value: Any) -> Any:
    """Places to break in words longer than a line: they run off the page, and the typesetter fails at 64 kB."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda match: match[0] + _BREAK, value)
    if isinstance(value, list):
        return [_breakable(item) for item in value]
    if isinstance(value, dict):
        return {key: item if key == "code" else _breakable(item) for key, item in value.items()}
    return value


def _blocks(document: Document, above: int) -> list[dict[str, Any]]:
    """The document's blocks ready for the template: levels without gaps, numbers of lists, tables that fit a page.

    `above`: how many levels of headings stand above the text already.
    """
    blocks: list[dict[str, Any]] = document.to_data()["blocks"]
    level, numbers = above, dict[int, int]()
    for block in blocks:
        if block["block"] == "title":
            # The text's own title below that of the application: one level deeper.
            block["block"], block["level"] = "heading", above + 1
            level = max(level, above + 1)
        elif block["block"] == "heading":
            # The title, where there is one, is level 1; a reader's jumps would confuse screen readers.
            block["level"] = level = min(block["level"] + 1 + above, level + 1, 6)
        if block["block"] == "item":
            depth = block["level"]
            numbers = {key: value for key, value in numbers.items() if key <= depth}
            if block["ordered"]:
                numbers[depth] = numbers.get(depth, 0) + 1
                block["mark"] = f"{numbers[depth]}."
        elif block["block"] != "footnote":
            numbers = {}
        if block["block"] == "table":
            block["rows"] = [row[:_MOST_COLUMNS] for row in block["rows"]]
    return blocks


@cache
def _compiler() -> Any:
    import typst

    # No fonts of the machine: pages must not depend on it.
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, ignore_system_fonts=True)
