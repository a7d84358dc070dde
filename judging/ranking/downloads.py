"""The ranking as CSV and XLSX. Whatever a cell begins with, a spreadsheet reads it as text, never as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from judging.ranking import rules_file
from judging.ranking.models import in_language
from judging.ranking.tables import Value, harmless

RANKING = ("cell", "category", "nomination", "entry", "reviews", "score", "place", "award")


def ranking_rows(record: Mapping[str, Any]) -> Iterator[list[Value]]:
    """A heading, then one row per entry in the order of cells and places."""
    yield list(RANKING)
    awards = {row["key"]: in_language(row) for row in record["awards"]}
    for cell in record["cells"]:
        category = in_language(cell["category"])
        nomination = ", ".join(in_language(one) for one in cell["nominations"])
        for entry in cell["entries"]:
            yield [
                cell["number"],
                category,
                nomination,
                entry["code"],
                len(entry["reviews"]),
                _number(entry["score"]),
                entry["place"],
                awards.get(entry["award"], ""),
            ]


def review_rows(record: Mapping[str, Any]) -> Iterator[list[Value]]:
    """A heading, then one row per review: judges by the number of their seat, one column per criterion.

    Criteria are named as in the rules (``as_toml``), so that the two files fit each other in every language; of
    criteria with one name each has its number before it.
    """
    keys = [row["key"] for row in record["criteria"]]
    names = [row["name_ru"] for row in record["criteria"]]
    titles = [name if names.count(name) == 1 else f"{key}. {name}" for key, name in zip(keys, names, strict=True)]
    yield ["cell", "entry", "judge", "third", *titles, "total"]
    for cell in record["cells"]:
        for entry in cell["entries"]:
            for review in entry["reviews"]:
                marks = [_number(review["marks"].get(key)) for key in keys]
                third = {1: "", 2: "second look", 3: "third"}[review["round"]]
                yield [
                    cell["number"],
                    entry["code"],
                    review["seat"],
                    third,
                    *marks,
                    _number(review["total"]),
                ]


def as_toml(record: Mapping[str, Any]) -> bytes:
    """The rules that a record was computed by, as a file for ``manage.py rank``."""
    return rules_file.dump(record["regulation"]).encode()


def as_csv(rows: Iterable[list[Value]]) -> bytes:
    """UTF-8 with a mark that spreadsheets look for; decimals with a point."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerows([harmless(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def as_xlsx(sheets: Mapping[str, Iterable[list[Value]]]) -> bytes:
    """One sheet per name; the first row is a heading that stays in view."""
    # Imported here: openpyxl brings numpy along, which every start of every process would pay for.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, row in enumerate(rows):
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, value)
                if isinstance(value, str):
                    # openpyxl takes a leading «=» for a formula.
                    cell.data_type = "s"
                if number == 0:
                    cell.font = Font(bold=True)
                cells.append(cell)
            sheet.append(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
