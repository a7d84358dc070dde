"""The canonical document of a ranking: all that is needed to compute it again.

Numbers are decimals as text, so that they are the same in every language that reads JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from essays.contests.models import Contest
    from judging.ranking.proposal import CellProposal, Line
    from judging.rubrics import models as rubrics

FORMAT = "laureate-ranking 1"


def made_of(
    contest: Contest,
    cells: tuple[CellProposal, ...],
    rules: rubrics.JudgingRules | None,
    criteria: tuple[rubrics.Criterion, ...],
    award_rules: tuple[rubrics.AwardRule, ...],
    *,
    software: str,
) -> dict[str, Any]:
    """The record of a proposal. Entries are named by code, judges by the number of their seat; nobody by name."""
    return {
        "format": FORMAT,
        "software": software,
        "contest": {"id": contest.pk, "slug": contest.slug, **_names(contest, "title")},
        "rules": _rules(rules),
        "criteria": [
            {
                "key": str(row.position),
                **_names(row),
                "maximum": text(row.maximum),
                "step": text(row.step),
                "weight": text(row.weight),
                "gate": text(row.gate),
            }
            for row in criteria
        ],
        "awards": [
            {
                "key": row.key,
                **_names(row),
                "place_from": row.place_from,
                "place_to": row.place_to,
                "minimum": text(row.minimum),
            }
            for row in award_rules
        ],
        "cells": [
            {
                "number": cell.number,
                "category": {"id": cell.category.pk, **_names(cell.category)},
                "nominations": [{"id": one.pk, **_names(one)} for one in cell.nominations],
                "entries": [_entry(line) for line in cell.lines],
            }
            for cell in cells
        ],
    }


def text(value: Decimal | None) -> str | None:
    """A decimal without needless zeros: «80», «79.5»."""
    if value is None:
        return None
    return f"{value.normalize():f}" if value else "0"


def _rules(rules: rubrics.JudgingRules | None) -> dict[str, Any]:
    if rules is None:
        return {}
    return {
        "reviews_per_entry": rules.reviews_per_entry,
        "aggregation": str(rules.aggregation),
        "third_review": str(rules.third_review),
        "third_at_total": text(rules.third_at_total),
        "third_at_criterion": text(rules.third_at_criterion),
        "tie_criteria": [str(position) for position in rules.tie_criteria],
        "smallest_cell": rules.smallest_cell,
        "rounding": "ROUND_HALF_UP 2",
    }


def _entry(line: Line) -> dict[str, Any]:
    standing = line.standing
    # What was counted is exact; the total that a review stores is rounded to what people see.
    values = (*standing.explanation.counted, *standing.explanation.left_out) if standing else ()
    exact = {value.review: value.value for value in values}
    return {
        "code": line.code,
        "copy": line.copy_id,
        "reviews": [
            {
                "id": one.id,
                "seat": one.seat_id,
                "third": one.third,
                "total": text(exact.get(str(one.id), one.total)),
                "marks": {key: text(one.marks[key]) for key in sorted(one.marks)},
            }
            for one in line.reviews
        ],
        "method": standing.explanation.method if standing else None,
        "counted": [int(value.review) for value in standing.explanation.counted] if standing else [],
        "compared": [[key, str(value)] for key, value in standing.compared] if standing else [],
        "score": text(line.score),
        "place": line.place,
        "award": line.award_key,
        "award_place": line.award_place,
    }


def _names(row: Any, name: str = "name") -> dict[str, str]:
    return {"name_ru": getattr(row, f"{name}_ru"), "name_en": getattr(row, f"{name}_en")}


def outline_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record without its entries: criteria, awards, and of each cell its names and how many are in it."""
    return {
        "criteria": record["criteria"],
        "awards": record["awards"],
        "cells": [
            {
                **{key: value for key, value in cell.items() if key != "entries"},
                "size": len(cell["entries"]),
                "awarded": sum(bool(entry["award"]) for entry in cell["entries"]),
            }
            for cell in record["cells"]
        ],
    }
