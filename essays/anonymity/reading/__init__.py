"""Reading a file into a `Document`, by an allowlist: what no reader knows how to read does not exist."""

from __future__ import annotations

from pathlib import Path

from essays.anonymity.reading.unreadable import CODES, Reading, Unreadable

__all__ = ["CODES", "Reading", "Unreadable", "read", "read_bytes"]


def read(path: str | Path, name: str) -> Reading:
    """Read the file at `path` that was uploaded as `name`. Raises Unreadable.

    Runs in this process: files from outside are read with `essays.anonymity.child.read_in_child`.
    """
    from essays.anonymity.reading import limits

    with open(path, "rb") as file:
        content = file.read(limits.MAX_FILE_BYTES + 1)
    return read_bytes(content, name)


def read_bytes(content: bytes, name: str) -> Reading:
    """As `read`, for content that is in memory already."""
    from essays.anonymity.reading import limits, sniff

    if len(content) > limits.MAX_FILE_BYTES:
        raise Unreadable("too_large", f"more than {limits.MAX_FILE_BYTES} bytes")
    kind = sniff.sniff(content, name)
    # Readers are imported only when needed: the child must start within a tenth of a second.
    if kind == "docx":
        from essays.anonymity.reading.docx import read_docx as reader
    elif kind == "odt":
        from essays.anonymity.reading.odt import read_odt as reader
    elif kind == "pdf":
        from essays.anonymity.reading.pdf import read_pdf as reader
    elif kind == "rtf":
        from essays.anonymity.reading.rtf import read_rtf as reader
    elif kind == "doc":
        from essays.anonymity.reading.doc import read_doc as reader
    else:
        from essays.anonymity.reading.txt import read_txt as reader
    reading = reader(content)
    if not reading.document.text.strip():
        raise Unreadable("no_text", f"{kind} without text")
    return reading
