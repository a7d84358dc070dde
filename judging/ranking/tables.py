"""Foreign tables as rows of text: CSV in any usual encoding and delimiter, or a sheet of an XLSX book. Pure.

A row is its number in the file (the heading is usually 1) and its cells as text; numbers of a book are written with a
point and without what floating point added.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from judging.ranking.rule_values import short

DELIMITERS = (",", ";", "\t")
MOST_BYTES = 1 << 30
ZIP = b"PK\x03\x04"
NumberedRow = tuple[int, list[str]]
Value = str | int | Decimal | None
# What a spreadsheet would take for the beginning of a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


class BadSheet(ValueError):
    """A table that cannot be read; the message is one line and names file, row and column."""


def rows_of(path: Path, needed: Sequence[str]) -> Iterator[NumberedRow]:
    """Rows that are not empty, the heading first. Of a book the first sheet whose heading has the ``needed`` columns.

    Raises ``BadSheet``.
    """
    name = short(path.name)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadSheet(f"{name}: larger than {MOST_BYTES >> 20} MB")
        content = path.read_bytes()
    except OSError as error:
        raise BadSheet(f"{short(str(path))}: {error.strerror or 'cannot be read'}") from error
    if content.startswith(ZIP):
        return _of_book(name, content, needed)
    return _of_text(name, content, needed)


def heading_of(cells: Sequence[str]) -> list[str]:
    """Names of columns as they are compared: without case and spaces around."""
    return [" ".join(cell.split()).casefold() for cell in cells]


def _of_text(name: str, content: bytes, needed: Sequence[str]) -> Iterator[NumberedRow]:
    text = _decoded(name, content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise BadSheet(f"{name}: is empty")

    def fitting(delimiter: str) -> tuple[int, int]:
        found = heading_of(next(csv.reader([first], delimiter=delimiter), []))
        return sum(one in found for one in needed), len(found)

    table = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=fitting), strict=True)
    try:
        for cells in table:
            if any(map(str.strip, cells)):
                yield table.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise BadSheet(f"{name}, row {table.line_num}: not a CSV table: {error}") from error


def _decoded(name: str, content: bytes) -> str:
    """UTF-8, UTF-16 where it says so, else the usual one of Russian spreadsheets."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1251")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSheet(f"{name}: not a text in UTF-8, UTF-16 or Windows-1251")


def _of_book(name: str, content: bytes, needed: Sequence[str]) -> Iterator[NumberedRow]:
    # Imported here: openpyxl costs a start that most commands do not need.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MOST_BYTES:
                raise BadSheet(f"{name}: unpacks to more than {MOST_BYTES >> 20} MB")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, EOFError) as error:
        if isinstance(error, BadSheet):
            raise
        raise BadSheet(f"{name}: not an XLSX book that can be read") from error
    chosen = None
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        heading = next((row for row in sheet.iter_rows(values_only=True) if any(cell is not None for cell in row)), ())
        names = heading_of([str(cell) for cell in heading if cell is not None])
        if all(one in names for one in needed):
            chosen = sheet
            break
    if chosen is None:
        if not book.worksheets:
            raise BadSheet(f"{name}: has no sheet")
        chosen = book.worksheets[0]
    return _of_sheet(name, chosen)


def _of_sheet(name: str, sheet: Any) -> Iterator[NumberedRow]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = []
        for column, cell in enumerate(row, start=1):
            if cell.value is None:
                cells.append("")
                continue
            if cell.data_type in ("f", "e") or isinstance(cell.value, bool):
                what = {"f": "a formula", "e": "an error"}.get(cell.data_type, "neither a text nor a number")
                raise BadSheet(f"{name}, row {number}, column {column}: {what}; a plain value is needed")
            cells.append(_as_text(name, number, column, cell.value))
        if any(cells):
            yield number, cells


def _as_text(name: str, row: int, column: int, value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        # Books keep fifteen digits; what a float has beyond them is not in the book.
        return f"{Decimal(f'{value:.15g}'):f}"
    raise BadSheet(f"{name}, row {row}, column {column}: a {type(value).__name__}; a text or a number is needed")


def harmless(value: Value) -> Value:
    """A text that a spreadsheet reads as a text, whatever it begins with."""
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return f"'{value}"
    return value
