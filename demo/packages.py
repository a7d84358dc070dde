"""Zip packages (DOCX, ODT) that are the same bytes for the same parts, on every platform. Pure."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

#: The earliest date a zip can hold; office programs write it too.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

__all__ = ["XML_HEAD", "escape", "pack", "quoteattr"]


def pack(parts: Mapping[str, str], stored: tuple[str, ...] = ()) -> bytes:
    """Zip `parts` (name → text, written as UTF-8) in their order; members named in `stored` are not compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.create_system = 0
            info.external_attr = 0
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            package.writestr(info, content.encode("utf-8"))
    return buffer.getvalue()
