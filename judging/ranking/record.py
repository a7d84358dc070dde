"""The canonical document of a ranking: all that is needed to compute it again.

Numbers are decimals as text, so that they are the same in every language that reads JSON.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from judging.ranking.decimals import text
from judging.ranking.published import FORMAT

if TYPE_CHECKING:
    from judging.ranking.calibration import Calibration
    from judging.ranking.lines import CellProposal, Line
    from judging.ranking.subject import Subject
    from judging.rubrics import models as rubrics


def made_of(
    subject: Subject,
    cells: tuple[CellProposal, ...],
    regulation: Mapping[str, Any],
    calibration: Calibration | None,
    *,
    software: str,
) -> dict[str, Any]:
    """The record of a proposal. Entries are named by code, judges by the number of their seat; nobody by name.

    ``regulation`` is the document that it was computed from: with the reviews it is enough to compute it again.
    """
    known: dict[Decimal, str] = {}

    def words(value: Decimal) -> str:
        found = known.get(value)
        if found is None:
            found = known[value] = f"{value.normalize():f}" if value else "0"
        return found

    contest = subject.contest
    return {
        "format": FORMAT,
        "software": software,
        "contest": {"id": contest.pk, "slug": contest.slug, **_names(contest, "title")},
        "regulation": dict(regulation),
        "rules": _rules(subject.rules),
        "removed": subject.submitted.removed,
        "criteria": [
            {
                "key": str(row.position),
                **_names(row),
                "maximum": text(row.maximum),
                "step": text(row.step),
                "weight": text(row.weight),
                **({"gate": text(row.gate)} if row.gate is not None else {}),
            }
            for row in subject.criteria
        ],
        "awards": [
            {
                "key": row.key,
                **_names(row),
                "kind": str(row.kind),
                "place_from": row.place_from,
                "place_to": row.place_to,
                "minimum": text(row.minimum),
            }
            for row in subject.award_rules
        ],
        "calibration": _calibration(calibration, cells),
        "cells": [
            {
                "number": cell.number,
                "category": {"id": cell.category.pk, **_names(cell.category)},
                "nominations": [{"id": one.pk, **_names(one)} for one in cell.nominations],
                "entries": [_entry(line, words) for line in cell.lines],
            }
            for cell in cells
        ],
    }


def sha256_of(record: Mapping[str, Any]) -> str:
    """Over the canonical JSON of a record: keys sorted, no spaces, UTF-8.

    A record holds texts, whole numbers, truths and nothing else, so this is what ``essays.ledger.chain.canonical``
    says, ten times as fast; a float would be another text elsewhere and is refused there.
    """
    canonical = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _rules(rules: rubrics.JudgingRules | None) -> dict[str, Any]:
    """The rules that the regulation does not hold, or holds in other words."""
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
        "rounding": f"{rules.rounding} {rules.decimals}",
        "second_look_share": rules.second_look_share,
    }


def _calibration(found: Calibration | None, cells: tuple[CellProposal, ...]) -> dict[str, Any] | None:
    """Severity by seat, in points, and where and why nothing was corrected; None where the rules do not calibrate."""
    if found is None:
        return None
    return {
        "fallback": None if found.fallback is None else str(found.fallback),
        "plain_cells": [int(cell) for cell in found.plain_cells],
        "not_corrected": sorted(int(judge) for judge in found.not_corrected),
        "components": found.components,
        "severity": {judge: text(found.severity[judge]) for judge in sorted(found.severity, key=int)},
    }


def _entry(line: Line, words: Callable[[Decimal], str]) -> dict[str, Any]:
    standing = line.standing
    # What was counted is exact; the total that a review stores is rounded to what people see.
    values = (*standing.explanation.counted, *standing.explanation.left_out) if standing else ()
    exact = {value.review: value.value for value in values}
    entry = {
        "code": line.code,
        "copy": line.copy_id,
        "reviews": [
            {
                "id": one.id,
                "seat": one.seat_id,
                "round": one.round,
                "third": one.third,
                "total": words(exact[str(one.id)]) if str(one.id) in exact else None,
                "marks": {key: words(mark) for key, mark in one.marks.items()},
            }
            for one in line.reviews
        ],
        "method": standing.explanation.method if standing else None,
        "counted": [int(value.review) for value in standing.explanation.counted] if standing else [],
        "compared": [[key, str(value)] for key, value in standing.compared] if standing else [],
        "score": None if line.score is None else words(line.score),
        "place": line.place,
        "award": line.award_key,
        "award_place": line.award_place,
    }
    if line.calibrated is not None and standing is not None:
        entry["mean"] = words(line.calibrated.mean)
        entry["calibrated"] = words(line.calibrated.calibrated)
        entry["shift"] = words(standing.explanation.shift)
        entry["plain_place"] = line.plain_place
    if standing is not None and standing.explanation.correction is not None:
        correction, before = standing.explanation.correction, standing.explanation.before
        entry["corrected"] = {
            "total": words(correction.total),
            "marks": {key: words(mark) for key, mark in correction.marks.items()},
            "why": correction.why,
            "before": None if before is None else words(before),
        }
    return entry


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
