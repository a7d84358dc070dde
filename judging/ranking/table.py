"""A ranking's record as rows to show, print and download. Works the same before and after approval."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from judging.ranking import sentences
from judging.ranking.models import in_language


@dataclass(frozen=True)
class ShownReview:
    """``marks`` in the order of the criteria, «–» where one is missing."""

    id: int
    third: bool
    total: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class ShownRow:
    code: str
    place: int | None
    score: str
    award: str
    tone: str
    reviews: tuple[ShownReview, ...]
    explanation: str
    comparison: str
    plain: str = ""
    criteria: tuple[str, ...] = ()

    @property
    def by_criterion(self) -> list[tuple[str, tuple[str, ...]]]:
        """Each criterion with its marks, review by review."""
        return [(name, tuple(one.marks[index] for one in self.reviews)) for index, name in enumerate(self.criteria)]


@dataclass(frozen=True)
class ShownCell:
    """``label``: «Grades 7–9 · Helped my family»; merged nominations are named one after the other."""

    number: int
    category: str
    nomination: str
    merged: bool
    rows: tuple[ShownRow, ...]

    @property
    def label(self) -> str:
        return f"{self.category} · {self.nomination}"


Entries = Sequence[tuple[int, dict[str, Any]]]
"""Entries of a record in its order, each with the number of its cell."""


def cells_of(record: Mapping[str, Any], number: int | None = None) -> list[ShownCell]:
    """The cells of a record, or the one with this number, in the active language."""
    entries = entries_of(record, number)
    return shown_cells(record, entries, alike_of((cell, entry["score"]) for cell, entry in entries))


def entries_of(record: Mapping[str, Any], number: int | None = None) -> Entries:
    """All entries of a record, or those of one cell."""
    return [
        (cell["number"], entry)
        for cell in record["cells"]
        if number is None or cell["number"] == number
        for entry in cell["entries"]
    ]


def alike_of(scores: Iterable[tuple[int, str | None]]) -> Counter[tuple[int, str]]:
    """How many entries of a cell have the same score, by cell and score."""
    return Counter((cell, score) for cell, score in scores if score is not None)


def shown_cells(outline: Mapping[str, Any], entries: Entries, alike: Mapping[tuple[int, str], int]) -> list[ShownCell]:
    """These entries under the names of their cells; cells without any are left out. A record is an outline, too.

    ``alike`` counts the scores of the whole cells, also where only a page of their entries is shown.
    """
    names = {row["key"]: in_language(row) for row in outline["criteria"]}
    awards = {row["key"]: in_language(row) for row in outline["awards"]}
    rows: dict[int, list[ShownRow]] = {}
    for number, entry in entries:
        tied = alike.get((number, entry["score"]), 0) > 1
        rows.setdefault(number, []).append(_row(entry, names, awards, tied=tied))
    return [
        ShownCell(
            number=cell["number"],
            category=in_language(cell["category"]),
            nomination=", ".join(in_language(one) for one in cell["nominations"]),
            merged=len(cell["nominations"]) > 1,
            rows=tuple(rows[cell["number"]]),
        )
        for cell in outline["cells"]
        if cell["number"] in rows
    ]


def label_of(cell: Mapping[str, Any]) -> str:
    """«Grades 7–9 · Helped my family», of a cell of a record or an outline."""
    return f"{in_language(cell['category'])} · {', '.join(in_language(one) for one in cell['nominations'])}"


def labels_of(outline: Mapping[str, Any]) -> list[tuple[int, str, int]]:
    """Number, label and number of entries of each cell of an outline, without computing its rows."""
    return [
        (
            cell["number"],
            label_of(cell),
            cell["size"],
        )
        for cell in outline["cells"]
    ]


def tone_of(award: str, place: int | None) -> str:
    """gold, silver or bronze by place; silver for an award whose places are not told apart."""
    if not award:
        return ""
    return {1: "gold", 2: "silver", None: "silver"}.get(place, "bronze")


def _row(entry: dict[str, Any], names: Mapping[str, str], awards: Mapping[str, str], *, tied: bool) -> ShownRow:
    return ShownRow(
        code=entry["code"],
        place=entry["place"],
        score=sentences.points(Decimal(entry["score"])) if entry["score"] is not None else "–",
        award=sentences.of_award(awards.get(entry["award"], ""), entry["award_place"]),
        tone=tone_of(entry["award"], entry["award_place"]),
        reviews=tuple(_review(review, names) for review in entry["reviews"]),
        explanation=sentences.of_score(entry),
        comparison=sentences.of_comparison(entry, names) if tied and entry["compared"] else "",
        plain=sentences.of_plain(entry),
        criteria=tuple(names.values()),
    )


def _review(review: Mapping[str, Any], names: Mapping[str, str]) -> ShownReview:
    marks, language = review["marks"], get_language()
    return ShownReview(
        id=review["id"],
        third=review["third"],
        total=sentences.points(Decimal(review["total"])) if review["total"] is not None else "–",
        marks=tuple([sentences.points_of(marks[key], language) if key in marks else "–" for key in names]),
    )
