"""A sheet of reviews for the tool: ``cell,entry,judge`` and then criteria, or one ``total``. Pure.

An empty mark is not scored, which is not zero; a row without any is a review that was never written.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from judging.ranking.gathering import Row
from judging.ranking.methods import METHODS
from judging.ranking.regulation import ANY_MAXIMUM, Regulation
from judging.ranking.rule_values import short
from judging.ranking.tables import BadSheet, heading_of, rows_of
from judging.rubrics.totals import Criterion, MarkCode, mark_problems, total

NEEDED = ("cell", "entry", "judge")
TOTAL, THIRD = "total", "third"
YES = {"third", "1", "x", "yes", "true", "да", "третий", "третья", "третий эксперт"}
NO = {"", "0", "no", "false", "нет", "–", "-"}
SECOND = {"second look", "повторное чтение"}
"""Read again after the first round: neither a third review nor compared with the first ones."""
NUMBER = re.compile(r"[+-]?\d{1,12}([.,]\d{1,12})?")
NEAR = Decimal("0.005")


@dataclass(frozen=True)
class Reviews:
    """``rows`` are the scored reviews; ``entered`` all entries with their cells; ``judges`` all that are named.

    ``regulation`` fits the sheet: without criteria where the sheet has totals only. ``notes`` say what was done so.
    """

    rows: tuple[Row, ...]
    entered: dict[str, str]
    judges: tuple[str, ...]
    regulation: Regulation
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Columns:
    """Positions in a row. ``marks``: key, name in the sheet, position."""

    cell: int
    entry: int
    judge: int
    third: int | None
    total: int | None
    marks: tuple[tuple[str, str, int], ...]
    count: int


def read_reviews(path: Path, regulation: Regulation) -> Reviews:
    """Raises ``BadSheet`` for anything that is not such a sheet, naming file, row and column."""
    name = short(path.name)
    rows = rows_of(path, NEEDED)
    number, heading = next(rows, (0, []))
    if not number:
        raise BadSheet(f"{name}: is empty")
    columns = _columns(name, heading, regulation.scoring.criteria, regulation.criterion_names)
    notes = []
    if regulation.scoring.criteria and not columns.marks:
        notes.append(f"{name} has totals only: criteria neither weigh nor break a tie")
        regulation = _without_criteria(regulation)
    if columns.third is None and regulation.scoring.third == "decides" and regulation.has_third:
        raise BadSheet(f"{name}: no column {THIRD}, but by the rules the third review decides")
    found = _Reader(name, columns, regulation)
    read = list(found.all(rows))
    if not found.entered:
        raise BadSheet(f"{name}: no row under the heading")
    if columns.third is None and regulation.has_third:
        read = _with_thirds(read, regulation.scoring.minimum_reviews)
    return Reviews(tuple(read), found.entered, tuple(found.judges), regulation, tuple(notes))


def _columns(name: str, heading: Sequence[str], criteria: Sequence[Criterion], known: Mapping[str, str]) -> _Columns:
    titles = heading_of(heading)
    missing = [column for column in NEEDED if column not in titles]
    if missing:
        raise BadSheet(f"{name}: no column {', '.join(missing)} in the heading")
    places: dict[str, int] = {}
    for place, title in enumerate(titles):
        if title and title in places:
            raise BadSheet(f"{name}: column {short(heading[place])} is named twice in the heading")
        if title:
            places[title] = place
    own = {*NEEDED, TOTAL, THIRD}
    marks: list[tuple[str, str, int]] = []
    if criteria:
        by_title: dict[str, str] = {}
        for criterion in criteria:
            key, said = criterion.key, known.get(criterion.key, criterion.key)
            for title in heading_of([key, said, f"{key}. {said}"]):
                by_title.setdefault(title, key)
        taken: dict[str, str] = {}
        for title, place in places.items():
            if title in own:
                continue
            found = by_title.get(title)
            if found is None:
                raise BadSheet(f"{name}: unknown column {short(heading[place])}; the rules know no such criterion")
            if found in taken:
                raise BadSheet(f"{name}: columns {taken[found]} and {short(heading[place])} are one criterion")
            taken[found] = short(heading[place])
            marks.append((found, short(heading[place]), place))
        lacking = [criterion.key for criterion in criteria if criterion.key not in taken]
        if lacking and (marks or TOTAL not in places):
            said = ", ".join(known.get(key, key) for key in lacking)
            raise BadSheet(f"{name}: no column for the criterion {said}")
    else:
        marks = [(short(heading[at]), short(heading[at]), at) for title, at in places.items() if title not in own]
        if not marks and TOTAL not in places:
            raise BadSheet(f"{name}: neither a column {TOTAL} nor criteria in the heading")
    return _Columns(
        places["cell"],
        places["entry"],
        places["judge"],
        places.get(THIRD),
        places.get(TOTAL),
        tuple(marks),
        len(heading),
    )


class _Reader:
    """Rows under the heading. Marks repeat: each text of a column is read and checked once."""

    def __init__(self, name: str, columns: _Columns, regulation: Regulation) -> None:
        self.name, self.columns = name, columns
        self.criteria = {criterion.key: criterion for criterion in regulation.scoring.criteria}
        self.ordered = regulation.scoring.criteria
        self.most = regulation.awards.maximum if METHODS[regulation.scoring.method].divides else None
        self.entered: dict[str, str] = {}
        self.judges: dict[str, None] = {}
        self.known: dict[tuple[str, str], Decimal] = {}

    def all(self, rows: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
        columns, seen = self.columns, dict[tuple[str, str], int]()
        for number, cells in rows:
            if any(cells[columns.count :]):
                raise BadSheet(f"{self.name}, row {number}: more cells than columns")
            cells += [""] * (columns.count - len(cells))
            cell, entry, judge = (
                self.named(number, column, cells[place])
                for column, place in zip(NEEDED, (columns.cell, columns.entry, columns.judge), strict=True)
            )
            if (before := self.entered.setdefault(entry, cell)) != cell:
                raise BadSheet(
                    f"{self.name}, row {number}, column cell: entry {short(entry)} is in {short(cell)} here"
                    f" and in {short(before)} above"
                )
            if (earlier := seen.setdefault((entry, judge), number)) != number:
                raise BadSheet(
                    f"{self.name}, row {number}, column judge: {short(judge)} reviews {short(entry)} twice,"
                    f" first in row {earlier}"
                )
            self.judges.setdefault(judge)
            marks = {
                key: self.number(number, key, title, cells[place])
                for key, title, place in columns.marks
                if cells[place]
            }
            said = None
            if columns.total is not None and cells[columns.total]:
                said = self.number(number, "", TOTAL, cells[columns.total])
            word = "" if columns.third is None else cells[columns.third].casefold()
            if word not in YES | NO | SECOND:
                raise BadSheet(f"{self.name}, row {number}, column {THIRD}: {short(word)} is neither yes nor no")
            if marks or said is not None:
                row = self.row(number, cell, entry, judge, marks, said, word in YES)
                yield replace(row, first=False) if word in SECOND else row

    def row(
        self,
        number: int,
        cell: str,
        entry: str,
        judge: str,
        marks: dict[str, Decimal],
        said: Decimal | None,
        third: bool,
    ) -> Row:
        if len(marks) < len(self.columns.marks):
            # Partly scored: left to the ranking, which names it.
            kept = {**marks} if self.criteria else {}
            return Row(cell, entry, judge, kept, None, third, judge)
        if not self.columns.marks:
            return Row(cell, entry, judge, {}, said, third, judge)
        found = total(marks, self.ordered) if self.criteria else sum(marks.values(), Decimal(0))
        if said is not None and abs(said - found) >= NEAR:
            raise BadSheet(
                f"{self.name}, row {number}, column {TOTAL}: {said:f}, but its marks come to {found:f}"
                + ("" if self.criteria else " (weights are told by --rules)")
            )
        return Row(cell, entry, judge, marks, None if self.criteria else found, third, judge)

    def named(self, number: int, column: str, text: str) -> str:
        if not text:
            raise BadSheet(f"{self.name}, row {number}, column {column}: empty")
        return text

    def number(self, number: int, key: str, title: str, text: str) -> Decimal:
        found = self.known.get((key, text))
        if found is not None:
            return found
        where = f"{self.name}, row {number}, column {title}"
        if not NUMBER.fullmatch(text):
            raise BadSheet(f"{where}: not a number: {short(text)}")
        value = Decimal(text.replace(",", "."))
        criterion = self.criteria.get(key)
        if criterion is not None:
            problem = next(iter(mark_problems({key: value}, [criterion])), None)
            if problem is not None and problem.code == MarkCode.OFF_STEP:
                raise BadSheet(f"{where}: {text} is between the steps of {criterion.step:f}")
            if problem is not None:
                most = "upwards" if criterion.maximum == ANY_MAXIMUM else f"to {criterion.maximum:f}"
                raise BadSheet(f"{where}: {text} is out of range, from 0 {most}")
        elif not key and self.most is not None and not self.criteria and not 0 <= value <= self.most:
            raise BadSheet(f"{where}: {text} is out of range, from 0 to {self.most:f}")
        self.known[key, text] = value
        return value


def _without_criteria(regulation: Regulation) -> Regulation:
    scoring = regulation.scoring
    if scoring.specials:
        raise BadSheet(f"criteria {', '.join(scoring.specials)} are missing, and a special prize looks at them")
    return replace(regulation, scoring=replace(scoring, criteria=(), ties=(), specials=()))


def _with_thirds(rows: list[Row], needed: int) -> list[Row]:
    """Without a column that says so an entry with more reviews than needed has a third; which one makes no odds."""
    times: dict[str, int] = {}
    for row in rows:
        times[row.entry] = times.get(row.entry, 0) + 1
    return [replace(row, third=True) if times[row.entry] > needed else row for row in rows]
