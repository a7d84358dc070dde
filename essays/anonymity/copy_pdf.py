"""A blind copy as PDF: set anew from the document, with nothing of the original file in it (pure)."""

from __future__ import annotations

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

from essays.anonymity.document import Document

TEMPLATE = Path(__file__).with_name("copy.typ")
_MOST_COLUMNS = 40
_one_at_a_time = threading.Lock()


def copy_pdf(document: Document, code: str) -> bytes:
    """The pages of a blind copy under the entry's `code`: A4, fonts embedded, tagged.

    The code is the only metadata and stands on every page; no date is in the file, so the same copy gives the same
    bytes. The text travels as data and is never read as markup. Raises ValueError for a code that is not printable.
    """
    if not code.isprintable() or not code.strip():
        raise ValueError("a code of printable characters is expected")
    data = {"code": code, "blocks": list(_blocks(document))}
    with _one_at_a_time:
        made = _compiler().compile(sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf")
    assert isinstance(made, bytes), "one document is one file"
    return made


def _blocks(document: Document) -> list[dict[str, Any]]:
    """The document's blocks ready for the template: levels without gaps, numbers of lists, tables that fit a page."""
    blocks: list[dict[str, Any]] = document.to_data()["blocks"]
    level, numbers = 0, dict[int, int]()
    for block in blocks:
        if block["block"] == "title":
            level = max(level, 1)
        elif block["block"] == "heading":
            # The title, where there is one, is level 1; a reader's jumps would confuse screen readers.
            block["level"] = level = min(block["level"] + 1, level + 1, 6)
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
