"""The painted pages of a blind copy as one PDF: a sheet of A4 for each, with nothing in it but their pixels (pure)."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from essays.anonymity import bare_jpeg
from essays.anonymity.copy_pdf import NoPages, typesetting

TEMPLATE = Path(__file__).with_name("picture_pages.typ")


def pictures_pdf(pictures: Sequence[bytes], code: str, *, title: str = "", line: str = "") -> bytes:
    """The pages, JPEG of our own making, in this order under the entry's ``code``.

    ``title`` and ``line`` stand above the first, as in ``copy_pdf``. The code is the only metadata; no date is in the
    file, and the same pages give the same bytes. Raises ValueError for a code that is not printable, and NoPages where
    there is none, or one that is more than pixels.
    """
    if not code.isprintable() or not code.strip():
        raise ValueError("a code of printable characters is expected")
    if not pictures or any(bare_jpeg.size_of(picture) is None for picture in pictures):
        raise NoPages("a page is no picture of our own making")
    names = [f"{number}.jpg" for number in range(1, len(pictures) + 1)]
    pages = [{"file": name, "alt": f"Страница {number} из {len(names)}"} for number, name in enumerate(names, start=1)]
    data = json.dumps({"code": code, "title": title, "line": line, "pages": pages}, ensure_ascii=False)
    with tempfile.TemporaryDirectory(prefix="laureate-pages-") as folder:
        for name, picture in zip(names, pictures, strict=True):
            Path(folder, name).write_bytes(picture)
        main = Path(folder, "main.typ")
        main.write_bytes(TEMPLATE.read_bytes())
        return typesetting(lambda typst: typst.Compiler(main, root=folder, ignore_system_fonts=True), data)
