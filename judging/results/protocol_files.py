"""The protocol as files: PDF set by Typst, and XLSX with a sheet for each table."""

import json
import threading
from decimal import Decimal
from functools import cache

import typst
from django.conf import settings
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from judging.ranking.downloads import as_xlsx
from judging.ranking.tables import Value
from judging.results.diploma import FONTS, HERE
from judging.results.glyphs import all_showable
from judging.results.protocol import Protocol, Table

TEMPLATE = HERE / "protocol.typ"
# Signs: a shorter column is as wide as it needs, a longer one gets no more room than this.
SHORT, LONG = 22, 60
_one_at_a_time = threading.Lock()


def as_pdf(protocol: Protocol, language: str = "") -> bytes:
    """Tagged A4 pages with numbers; the same protocol gives the same bytes. ``language``: of its words."""
    with translation.override(language or settings.LANGUAGE_CODE):
        data = {
            "language": language or settings.LANGUAGE_CODE,
            "title": protocol.title,
            "organizer": protocol.organizer,
            "contest": protocol.contest,
            "dated": protocol.dated,
            "sections": [
                {
                    "title": section.title,
                    "paragraphs": list(section.paragraphs),
                    "tables": [_table(caption, table) for caption, table in section.tables],
                }
                for section in protocol.sections
            ],
            "signatures_label": _("Signatures"),
            "signatures": [{"role": role, "name": name} for role, name in protocol.signatures],
            "checksum_label": _("Checksum of the ranking, SHA-256:"),
            "checksum": protocol.checksum,
        }
    with _one_at_a_time:
        made = _compiler().compile(
            sys_inputs={"data": json.dumps(all_showable(data), ensure_ascii=False)},
            format="pdf",
            pdf_standards=["ua-1"],
        )
    assert isinstance(made, bytes), "one document is one file"
    return made


def as_workbook(protocol: Protocol) -> bytes:
    """One sheet with the words, and one for each table; cells are text or numbers, never formulas."""
    words: list[list[Value]] = [[protocol.title], [protocol.contest], [protocol.organizer], [protocol.dated]]
    sheets: dict[str, list[list[Value]]] = {}
    for number, section in enumerate(protocol.sections, start=1):
        words += [[""], [f"{number}. {section.title}"]]
        words.extend([line] for line in section.paragraphs)
        for part, (caption, table) in enumerate(section.tables, start=1):
            name = f"{number}.{part} {caption or section.title}"
            sheets[_sheet_name(name, sheets)] = [list(table.heading), *(list(row) for row in table.rows)]
    words += [[""], ["SHA-256"], [protocol.checksum]]
    return as_xlsx({protocol.title[:31]: words, **sheets})


def _table(caption: str, table: Table) -> dict[str, object]:
    longest = [max((len(str(row[index])) for row in table.rows), default=0) for index in range(len(table.heading))]
    # Columns with much to say share the room that is left by the short ones; at least one takes it.
    texts = [index for index in range(len(longest)) if index not in table.numeric]
    wide = {index for index in texts if longest[index] > SHORT} or {max(texts, key=lambda index: longest[index])}
    return {
        "caption": caption,
        "heading": list(table.heading),
        "numeric": list(table.numeric),
        "widths": [min(longest[index], LONG) if index in wide else 0 for index in range(len(longest))],
        "rows": [[_shown(cell) for cell in row] for row in table.rows],
    }


def _shown(cell: str | int | Decimal | None) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, Decimal):
        return number_format(cell.normalize() if cell % 1 else cell.quantize(Decimal(1)))
    return str(cell)


def _sheet_name(wanted: str, taken: dict[str, list[list[Value]]]) -> str:
    """A name that spreadsheets allow: 31 signs, none of []:*?/\\, each only once."""
    clean = "".join(" " if sign in "[]:*?/\\" else sign for sign in wanted)[:31].strip()
    return clean if clean not in taken else f"{clean[:27]} {len(taken)}"


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(TEMPLATE), root=str(HERE), font_paths=[str(FONTS)], ignore_system_fonts=True)
