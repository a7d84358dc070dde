"""A score sheet as a workbook: a row for each essay, a column for each criterion. Written, and read back warily. Pure.

What comes back was in strange hands: the reader looks at the size before it unpacks anything, refuses entities and
formulas, reads so many rows and no more, and never believes a cell's format.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_PART = 16 * 1024 * 1024
LARGEST_WHOLE = 32 * 1024 * 1024
MOST_PARTS = 200
MOST_ROWS = 5000
MOST_COLUMNS = 60
KEYS_WITHIN = 5
LONGEST_TEXT = 4000
CODE, VERSION, COMMENT, NOTE = "code", "version", "comment_for_author", "note_for_jury"
TITLE, CELL = "title", "cell"


class SheetCode(StrEnum):
    """Why a file is no score sheet."""

    TOO_BIG = "too_big"
    NO_WORKBOOK = "no_workbook"
    UNPACKS_TOO_BIG = "unpacks_too_big"
    NOT_OURS = "not_ours"
    OTHER_CRITERIA = "other_criteria"
    TOO_MANY_ROWS = "too_many_rows"


class CellCode(StrEnum):
    """What is wrong with one cell."""

    FORMULA = "formula"
    NO_NUMBER = "no_number"
    A_DATE = "a_date"
    TOO_LONG = "too_long"
    NO_VERSION = "no_version"


class BadSheet(Exception):
    """The file as a whole cannot be read; ``code`` says why."""

    def __init__(self, code: SheetCode) -> None:
        super().__init__(str(code))
        self.code = code


@dataclass(frozen=True)
class Column:
    """A criterion: ``key`` names it in the file, ``label`` heads the column."""

    key: str
    label: str
    maximum: Decimal
    step: Decimal


@dataclass(frozen=True)
class SheetRow:
    """An essay with what is scored so far. ``version``: the review's when the sheet was made."""

    code: str
    title: str
    cell: str
    version: int
    marks: Mapping[str, Decimal] = field(default_factory=dict)
    comment: str = ""
    note: str = ""


@dataclass(frozen=True)
class CellProblem:
    """``column`` is the key of the column."""

    code: CellCode
    column: str


@dataclass(frozen=True)
class ReadRow:
    """A row as it came back; ``number`` is the one that the program for sheets shows. What is wrong is left out."""

    number: int
    code: str
    version: int
    marks: Mapping[str, Decimal]
    comment: str
    note: str
    problems: tuple[CellProblem, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.marks or self.comment or self.note or self.problems)


@dataclass(frozen=True)
class Words:
    """What stands on the sheet in the reader's language."""

    name: str
    code: str
    title: str
    cell: str
    version: str
    comment: str
    note: str
    from_zero: str
    criteria: str


def written(rows: Iterable[SheetRow], columns: Sequence[Column], words: Words, guide: Iterable[Sequence[str]]) -> bytes:
    """The workbook as .xlsx. ``guide``: rows of a second sheet, the criteria in words; ``words.from_zero`` takes
    ``maximum`` and ``step``.
    """
    # Imported here: openpyxl brings numpy along, which every start of every process would pay for.
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.title = words.name
    keys = [CODE, TITLE, CELL, *(one.key for one in columns), COMMENT, NOTE, VERSION]
    labels = [words.code, words.title, words.cell, *(one.label for one in columns)]
    labels += [words.comment, words.note, words.version]
    for number, (key, label) in enumerate(zip(keys, labels, strict=True), start=1):
        _text(sheet.cell(1, number), key)
        heading = sheet.cell(2, number)
        _text(heading, label)
        heading.font = Font(bold=True)
        heading.alignment = Alignment(wrap_text=True, vertical="top")
    # The first row names the columns for the way back.
    sheet.row_dimensions[1].hidden = True
    sheet.freeze_panes = "B3"
    last = 2
    open_cell, quiet = Protection(locked=False), PatternFill("solid", fgColor="F3F1E9")
    for last, row in enumerate(rows, start=3):
        values: list[Any] = [row.code, row.title, row.cell, *(row.marks.get(one.key) for one in columns)]
        values += [row.comment, row.note, row.version]
        for number, (key, value) in enumerate(zip(keys, values, strict=True), start=1):
            cell = sheet.cell(last, number)
            if isinstance(value, str):
                _text(cell, value)
            else:
                cell.value = value
            if key in (CODE, TITLE, CELL, VERSION):
                cell.fill = quiet
            else:
                cell.protection = open_cell
                cell.alignment = Alignment(wrap_text=key in (COMMENT, NOTE), vertical="top")
    for number, one in enumerate(columns, start=4):
        whole = one.step == one.step.to_integral_value()
        rule = DataValidation(
            type="whole" if whole else "decimal",
            operator="between",
            formula1="0",
            formula2=f"{one.maximum.normalize():f}",
            allow_blank=True,
            showErrorMessage=True,
            error=(words.from_zero % {"maximum": _plain(one.maximum), "step": _plain(one.step)})[:255],
        )
        sheet.add_data_validation(rule)
        letter = get_column_letter(number)
        rule.add(f"{letter}3:{letter}{max(last, 3)}")
        sheet.column_dimensions[letter].width = 14
    for key, width in ((CODE, 20), (TITLE, 34), (CELL, 34), (COMMENT, 48), (NOTE, 32)):
        sheet.column_dimensions[get_column_letter(keys.index(key) + 1)].width = width
    sheet.column_dimensions[get_column_letter(len(keys))].hidden = True
    # Without a password: it keeps a hand from slipping, nothing more.
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    second = book.create_sheet(words.criteria)
    for number, line in enumerate(guide, start=1):
        for place, value in enumerate(line, start=1):
            cell = second.cell(number, place)
            _text(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCD", (40, 12, 60, 60), strict=True):
        second.column_dimensions[letter].width = width
    book.properties.creator = ""
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


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


def _text(cell: Any, value: str) -> None:
    """A text stays a text: a leading «=» is no formula."""
    # Control characters have no place in a workbook, and the writer refuses them.
    cell.value = "".join(one for one in value if one.isprintable() or one in "\n\t")
    cell.data_type = "s"
    cell.number_format = "@"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
