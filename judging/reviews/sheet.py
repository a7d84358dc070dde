"""What a score sheet is: a row for each essay, a column for each criterion; what may be wrong with one. Pure.

``sheet_writing`` makes the workbook, ``sheet_reading`` reads it back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

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
