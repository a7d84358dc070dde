"""A ranking's record as rows to show, print and download. Works the same before and after approval."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

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


def cells_of(record: Mapping[str, Any], number: int | None = None) -> list[ShownCell]:
    """The cells of a record, or the one with this number, in the active language."""
    names = {row["key"]: in_language(row) for row in record["criteria"]}
    awards = {row["key"]: in_language(row) for row in record["awards"]}
    return [
        ShownCell(
            number=cell["number"],
            category=in_language(cell["category"]),
            nomination=", ".join(in_language(one) for one in cell["nominations"]),
            merged=len(cell["nominations"]) > 1,
            rows=_rows(cell["entries"], names, awards),
        )
        for cell in record["cells"]
        if number is None or cell["number"] == number
    ]


def labels_of(record: Mapping[str, Any]) -> list[tuple[int, str, int]]:
    """Number, label and number of entries of each cell, without computing its rows."""
    return [
        (
            cell["number"],
            f"{in_language(cell['category'])} · {', '.join(in_language(one) for one in cell['nominations'])}",
            len(cell["entries"]),
        )
        for cell in record["cells"]
    ]


def tone_of(award: str, place: int | None) -> str:
    """gold, silver or bronze by place; silver for an award whose places are not told apart."""
    if not award:
        return ""
    return {1: "gold", 2: "silver", None: "silver"}.get(place, "bronze")


def _rows(entries: list[dict[str, Any]], names: Mapping[str, str], awards: Mapping[str, str]) -> tuple[ShownRow, ...]:
    alike = Counter(entry["score"] for entry in entries if entry["score"] is not None)
    return tuple(
        ShownRow(
            code=entry["code"],
            place=entry["place"],
            score=sentences.points(Decimal(entry["score"])) if entry["score"] is not None else "–",
            award=sentences.of_award(awards.get(entry["award"], ""), entry["award_place"]),
            tone=tone_of(entry["award"], entry["award_place"]),
            reviews=tuple(_review(review, names) for review in entry["reviews"]),
            explanation=sentences.of_score(entry),
            comparison=sentences.of_comparison(entry, names) if alike[entry["score"]] > 1 and entry["compared"] else "",
            criteria=tuple(names.values()),
        )
        for entry in entries
    )


def _review(review: Mapping[str, Any], names: Mapping[str, str]) -> ShownReview:
    marks = review["marks"]
    return ShownReview(
        id=review["id"],
        third=review["third"],
        total=sentences.points(Decimal(review["total"])) if review["total"] is not None else "–",
        marks=tuple(sentences.points(Decimal(marks[key])) if key in marks else "–" for key in names),
    )
