"""A score sheet as a workbook. Pure."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from judging.reviews.sheet import CELL, CODE, COMMENT, NOTE, TITLE, VERSION, Column, SheetRow, Words


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


def _text(cell: Any, value: str) -> None:
    """A text stays a text: a leading «=» is no formula."""
    # Control characters have no place in a workbook, and the writer refuses them.
    cell.value = "".join(one for one in value if one.isprintable() or one in "\n\t")
    cell.data_type = "s"
    cell.number_format = "@"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
