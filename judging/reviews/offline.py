"""Scoring away from the desk: what goes onto a judge's score sheet, and what becomes of one that comes back."""

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError

from essays.anonymity.copy_pdf import NoPages
from essays.anonymity.downloads import pdf_of
from judging.assignments.access import may_score
from judging.assignments.models import Assignment
from judging.assignments.queue import standing_of
from judging.panels.models import Seat
from judging.reviews import actions, sheet
from judging.reviews.actions import lines_of
from judging.reviews.forms import PointsField, name_of
from judging.reviews.models import Mark, Review
from judging.rubrics.models import Criterion

# So many essays make one file: setting them takes a tenth of a second each. Pictures are larger by far.
ESSAYS_IN_A_FILE = 60
PICTURES_WEIGH = 6


class Fate(StrEnum):
    """What becomes of a row."""

    WRITE = "write"
    SAME = "same"
    EMPTY = "empty"
    REFUSED = "refused"


class Why(StrEnum):
    """Why a row is refused as a whole."""

    UNKNOWN = "unknown"
    TWICE = "twice"
    CHANGED = "changed"
    HANDED_IN = "handed_in"


@dataclass(frozen=True)
class Line:
    """A row of the sheet beside what is stored. ``problems``: (key of the column, words or a code of ``sheet``)."""

    row: sheet.ReadRow
    fate: Fate
    why: Why | None = None
    problems: tuple[tuple[str, Any], ...] = ()
    missing: tuple[str, ...] = ()
    assignment: Assignment | None = None
    total: Decimal | None = None

    @property
    def is_complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Done:
    """How many reviews were written as drafts and handed in, and the rows that could not be any more."""

    drafts: int
    submitted: int
    refused: tuple[Line, ...]
    copies: tuple[int, ...]


def open_rows(seat: Seat, at: datetime) -> list[Assignment]:
    """What this judge may score now and has not handed in, in the judge's own order; with the text of the copies."""
    rows = standing_of(seat).readable().waiting()
    found = rows.select_related("contest__judging_rules", "copy__category", "copy__nomination", "seat").defer(
        "copy__text", "copy__conflict_keys"
    )
    return [one for one in found.order_by("place", "pk") if may_score(one, at)]


def columns_of(criteria: Iterable[Criterion]) -> list[sheet.Column]:
    return [sheet.Column(name_of(one), one.name, one.maximum, one.step) for one in criteria]


def sheet_rows(assignments: Sequence[Assignment]) -> list[sheet.SheetRow]:
    """Rows for the sheet, with what is in the drafts; two queries."""
    reviews = {one.assignment_id: one for one in Review.objects.filter(assignment__in=assignments)}
    marks: dict[int, dict[str, Decimal]] = {}
    for review_id, criterion, points in Mark.objects.filter(review__in=reviews.values()).values_list(
        "review_id", "criterion_id", "points"
    ):
        marks.setdefault(review_id, {})[f"mark_{criterion}"] = points
    rows = []
    for one in assignments:
        review = reviews.get(one.pk)
        rows.append(
            sheet.SheetRow(
                code=one.copy.code,
                title=one.copy.title,
                cell=f"{one.copy.category.name} · {one.copy.nomination.name}",
                version=review.version if review else 0,
                marks=marks.get(review.pk, {}) if review else {},
                comment=review.comment_for_author if review else "",
                note=review.note_for_jury if review else "",
            )
        )
    return rows


def parts_of(assignments: Sequence[Assignment]) -> list[list[Assignment]]:
    """The essays of each file, in order."""
    parts: list[list[Assignment]] = []
    weight = ESSAYS_IN_A_FILE
    for one in assignments:
        more = PICTURES_WEIGH if one.copy.is_pictures else 1
        if weight + more > ESSAYS_IN_A_FILE:
            parts.append([])
            weight = 0
        parts[-1].append(one)
        weight += more
    return parts


def essays_pdf(assignments: Sequence[Assignment]) -> bytes:
    """The essays one after the other, each on pages of its own under its code; very long ones have none here."""
    import pikepdf

    with pikepdf.new() as book:
        for one in assignments:
            try:
                pages = pdf_of(one.copy)
            except NoPages:
                continue
            with pikepdf.open(io.BytesIO(pages)) as part:
                book.pages.extend(part.pages)
        made = io.BytesIO()
        book.save(made, deterministic_id=True)
    return made.getvalue()


def compared(seat: Seat, rows: Sequence[sheet.ReadRow], criteria: Sequence[Criterion], at: datetime) -> list[Line]:
    """What each row would do; nothing is written. A code that is not on this judge's desk is unknown to them."""
    standing = standing_of(seat).readable().select_related("contest__judging_rules", "copy__contest", "seat")
    mine = {one.copy.code: one for one in standing.defer("copy__html", "copy__text") if may_score(one, at)}
    reviews = {one.assignment_id: one for one in Review.objects.filter(assignment__in=mine.values())}
    stored: dict[int, dict[str, Decimal]] = {}
    for review_id, criterion, points in Mark.objects.filter(review__in=reviews.values()).values_list(
        "review_id", "criterion_id", "points"
    ):
        stored.setdefault(review_id, {})[f"mark_{criterion}"] = points
    times = Counter(row.code for row in rows)
    lines = []
    for row in rows:
        assignment = mine.get(row.code)
        review = reviews.get(assignment.pk) if assignment else None
        if assignment is None:
            lines.append(Line(row, Fate.REFUSED, Why.UNKNOWN))
        elif times[row.code] > 1:
            lines.append(Line(row, Fate.REFUSED, Why.TWICE))
        else:
            lines.append(_line(row, assignment, review, stored.get(review.pk, {}) if review else {}, criteria))
    return lines


def _line(
    row: sheet.ReadRow,
    assignment: Assignment,
    review: Review | None,
    stored: dict[str, Decimal],
    criteria: Sequence[Criterion],
) -> Line:
    missing = tuple(name_of(one) for one in criteria if name_of(one) not in row.marks)
    line = Line(row, Fate.WRITE, missing=missing, assignment=assignment)
    problems: list[tuple[str, Any]] = [(one.column, one.code) for one in row.problems]
    for one in criteria:
        points = row.marks.get(name_of(one))
        if points is not None:
            try:
                PointsField(one).clean(f"{points:f}")
            except ValidationError as wrong:
                problems.append((name_of(one), wrong.messages[0]))
    if problems:
        return replace(line, fate=Fate.REFUSED, problems=tuple(problems))
    says_the_same = review is not None and (dict(row.marks), lines_of(row.comment), lines_of(row.note)) == (
        stored,
        lines_of(review.comment_for_author),
        lines_of(review.note_for_jury),
    )
    submitted = review is not None and review.state == Review.State.SUBMITTED
    if says_the_same and (submitted or missing):
        return replace(line, fate=Fate.SAME)
    if submitted:
        return replace(line, fate=Fate.REFUSED, why=Why.HANDED_IN)
    if row.is_empty:
        return replace(line, fate=Fate.EMPTY)
    if not says_the_same and row.version != (review.version if review else 0):
        return replace(line, fate=Fate.REFUSED, why=Why.CHANGED)
    marks = {one.pk: row.marks[name_of(one)] for one in criteria if name_of(one) in row.marks}
    return replace(line, total=actions.total_of(marks, actions.criteria_of_rows(criteria)))


def apply(lines: Iterable[Line], criteria: Sequence[Criterion], *, submitting: bool, actor: Any) -> Done:
    """Write the rows that may be written: as drafts, or complete ones handed in. Each row stands for itself."""
    drafts = submitted = 0
    refused: list[Line] = []
    copies: list[int] = []
    for line in lines:
        if line.fate != Fate.WRITE or line.assignment is None:
            continue
        row = line.row
        marks = {one.pk: row.marks[name_of(one)] for one in criteria if name_of(one) in row.marks}
        review = actions.open_review(line.assignment)
        # What says the same is written over whatever version: nothing is lost by it.
        try:
            if submitting and line.is_complete:
                actions.submit(review, marks, row.comment, row.note, row.version, actor=actor)
                submitted += 1
                copies.append(line.assignment.copy_id)
            else:
                actions.save_draft(review, marks, row.comment, row.note, row.version)
                drafts += 1
        except (actions.Outdated, actions.Submitted):
            refused.append(replace(line, fate=Fate.REFUSED, why=Why.CHANGED))
        except (actions.Closed, actions.BadMarks):
            refused.append(replace(line, fate=Fate.REFUSED, why=Why.UNKNOWN))
    return Done(drafts, submitted, tuple(refused), tuple(copies))
