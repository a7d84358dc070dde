"""A score sheet as it came back, read warily. Pure.

What comes back was in strange hands: the reader looks at the size before it unpacks anything, refuses entities and
formulas, reads so many rows and no more, and never believes a cell's format.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from judging.reviews.sheet import (
    CODE,
    COMMENT,
    LONGEST_TEXT,
    NOTE,
    VERSION,
    BadSheet,
    CellCode,
    CellProblem,
    Column,
    ReadRow,
    SheetCode,
)

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_PART = 16 * 1024 * 1024
LARGEST_WHOLE = 32 * 1024 * 1024
MOST_PARTS = 200
MOST_ROWS = 5000
MOST_COLUMNS = 60
KEYS_WITHIN = 5


def read(data: bytes, columns: Sequence[Column]) -> list[ReadRow]:
    """The rows of a sheet that came back, without those that are empty altogether.

    Raises ``BadSheet``. A number may be a number or text with a point or a comma; else it is a problem of its row.
    """
    _look_before_unpacking(data)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False, data_only=False)
        lines = [
            [(cell.value, cell.data_type) for cell in line]
            for line in book.worksheets[0].iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
        ]
        book.close()
    except Exception as fault:
        # Whatever a damaged workbook makes the reader stumble over, it is no score sheet.
        raise BadSheet(SheetCode.NO_WORKBOOK) from fault
    if len(lines) > MOST_ROWS:
        raise BadSheet(SheetCode.TOO_MANY_ROWS)
    heads = [[str(value).strip() if value is not None else "" for value, _type in line] for line in lines[:KEYS_WITHIN]]
    at = next((number for number, names in enumerate(heads) if CODE in names and VERSION in names), None)
    if at is None:
        raise BadSheet(SheetCode.NOT_OURS)
    names = heads[at]
    marks = {name for name in names if name.startswith("mark_")}
    if marks != {one.key for one in columns}:
        raise BadSheet(SheetCode.OTHER_CRITERIA)
    found = []
    # Below the keys stand the headings.
    for number, line in enumerate(lines[at + 2 :], start=at + 3):
        cells = {name: cell for name, cell in zip(names, line, strict=False) if name}
        if any(value is not None and str(value).strip() for value, _type in cells.values()):
            found.append(_row(number, cells, columns))
    return found


def _row(number: int, cells: Mapping[str, tuple[Any, str]], columns: Sequence[Column]) -> ReadRow:
    problems: list[CellProblem] = []
    marks: dict[str, Decimal] = {}
    for one in columns:
        value, kind = cells.get(one.key, (None, "n"))
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        read_as = _number(value, kind)
        if isinstance(read_as, CellCode):
            problems.append(CellProblem(read_as, one.key))
        else:
            marks[one.key] = read_as
    texts = {}
    for key in (CODE, COMMENT, NOTE):
        value, kind = cells.get(key, (None, "n"))
        text = "" if value is None else str(value).strip()
        if kind == "f":
            problems.append(CellProblem(CellCode.FORMULA, key))
        elif len(text) > LONGEST_TEXT:
            problems.append(CellProblem(CellCode.TOO_LONG, key))
        else:
            texts[key] = text
    version, kind = cells.get(VERSION, (None, "n"))
    stated = _number(version, kind) if version is not None else CellCode.NO_VERSION
    if isinstance(stated, CellCode) or stated < 0 or stated != int(stated):
        problems.append(CellProblem(CellCode.NO_VERSION, VERSION))
        stated = Decimal(0)
    return ReadRow(
        number,
        texts.get(CODE, ""),
        int(stated),
        marks,
        texts.get(COMMENT, ""),
        texts.get(NOTE, ""),
        tuple(problems),
    )


def _number(value: Any, kind: str) -> Decimal | CellCode:
    if kind == "f":
        return CellCode.FORMULA
    if isinstance(value, date | time):
        # «7.5» typed where the program for sheets sees the seventh of May.
        return CellCode.A_DATE
    if isinstance(value, bool):
        return CellCode.NO_NUMBER
    try:
        # The shortest text of a float is what was typed.
        number = Decimal(repr(value) if isinstance(value, float) else str(value).strip().replace(",", "."))
    except InvalidOperation:
        return CellCode.NO_NUMBER
    return number if number.is_finite() and abs(number) < 10**9 else CellCode.NO_NUMBER


def _look_before_unpacking(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise BadSheet(SheetCode.TOO_BIG)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            sizes = [part.file_size for part in parts]
            if len(parts) > MOST_PARTS or max(sizes, default=0) > LARGEST_PART or sum(sizes) > LARGEST_WHOLE:
                raise BadSheet(SheetCode.UNPACKS_TOO_BIG)
            for part in parts:
                # No more is unpacked than was declared; entities have no place in a workbook.
                if b"<!DOCTYPE" in archive.read(part)[:4096].upper():
                    raise BadSheet(SheetCode.NO_WORKBOOK)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as fault:
        raise BadSheet(SheetCode.NO_WORKBOOK) from fault
