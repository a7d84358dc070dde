"""Entries, judges and a plan as CSV tables, for allocation without a database. Pure."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from judging.assignments.parties import Entry, Judge, Pair

SEVERAL = "|"
ALL_CELLS = "*"


class BadTable(ValueError):
    """A table that cannot be read; the message is one line and names file and line."""


def read_entries(path: Path) -> list[Entry]:
    """``entry,cell,institution,municipality``; the last two may be empty or left out.

    Institution and municipality become conflict keys: no judge who names one of them reads the entry.
    """
    lines_of: dict[str, int] = {}
    cells: dict[str, str] = {}
    entries = []
    for line, row in _rows(path, ("entry", "cell")):
        entry = _unique(path, line, row, "entry", lines_of)
        if not row["cell"]:
            raise BadTable(f"{shown(path.name)}, line {line}: no cell")
        keys = [*_keys("institution", [row.get("institution", "")])]
        keys += _keys("municipality", [row.get("municipality", "")])
        # One text for each cell, however many entries it has.
        entries.append(Entry(entry, cells.setdefault(row["cell"], row["cell"]), frozenset(keys)))
    return entries


def read_judges(path: Path) -> list[Judge]:
    """``judge,cells,institutions,municipalities,capacity``; ``|`` between several, ``*`` for all cells.

    An empty capacity is no limit. Columns after ``cells`` may be left out.
    """
    lines_of: dict[str, int] = {}
    judges = []
    for line, row in _rows(path, ("judge", "cells")):
        judge = _unique(path, line, row, "judge", lines_of)
        cells = frozenset(_several(row["cells"]))
        if not cells:
            raise BadTable(f"{shown(path.name)}, line {line}: no cells; {ALL_CELLS} stands for all of them")
        capacity = row.get("capacity", "")
        if capacity and not (capacity.isascii() and capacity.isdigit() and len(capacity) < 10):
            raise BadTable(f"{shown(path.name)}, line {line}: capacity is not a whole number: {shown(capacity)}")
        keys = [*_keys("institution", _several(row.get("institutions", "")))]
        keys += _keys("municipality", _several(row.get("municipalities", "")))
        judges.append(
            Judge(
                judge,
                None if ALL_CELLS in cells else cells,
                frozenset(keys),
                int(capacity) if capacity else None,
            )
        )
    return judges


def write_plan(path: Path, pairs: Iterable[Pair]) -> None:
    """``entry,judge``, a line for each review. Raises ``OSError``."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("entry", "judge"))
        table.writerows(pairs)


def shown(text: str) -> str:
    """Foreign text for a message: short, and without control characters."""
    return "".join(character for character in text[:60] if character.isprintable())


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines of the file (1 is the header) with their cells by column; empty lines are left out."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            # Spreadsheets of some countries put semicolons between columns.
            table = csv.reader(file, delimiter=";" if first.count(";") > first.count(",") else ",", strict=True)
            names = [name.strip().casefold() for name in next(table, [])]
            missing = [name for name in needed if name not in names]
            if missing:
                raise BadTable(f"{shown(path.name)}: no column {', '.join(missing)} in the first line")
            if len(set(names) - {""}) < len([name for name in names if name]):
                raise BadTable(f"{shown(path.name)}: a column is named twice in the first line")
            for cells in table:
                if not any(cells):
                    continue
                if len(cells) > len(names):
                    raise BadTable(f"{shown(path.name)}, line {table.line_num}: more cells than columns")
                cells += [""] * (len(names) - len(cells))
                yield table.line_num, dict(zip(names, map(str.strip, cells), strict=True))
    except UnicodeDecodeError as error:
        raise BadTable(f"{shown(path.name)}: not a text in UTF-8") from error
    except csv.Error as error:
        raise BadTable(f"{shown(path.name)}: not a CSV table: {error}") from error
    except OSError as error:
        raise BadTable(f"{shown(str(path))}: {error.strerror or 'cannot be read'}") from error


def _unique(path: Path, line: int, row: dict[str, str], column: str, lines_of: dict[str, int]) -> str:
    value = row[column]
    if not value:
        raise BadTable(f"{shown(path.name)}, line {line}: no {column}")
    if (earlier := lines_of.setdefault(value, line)) != line:
        raise BadTable(f"{shown(path.name)}, line {line}: {column} {shown(value)} is in line {earlier} already")
    return value


def _several(text: str) -> list[str]:
    return [part for part in map(str.strip, text.split(SEVERAL)) if part]


def _keys(kind: str, names: list[str]) -> Iterator[str]:
    """Conflict keys: case and spaces make no difference, so that a slip of a typist hides no conflict."""
    for name in names:
        if name:
            yield f"{kind}:{' '.join(name.casefold().split())}"
