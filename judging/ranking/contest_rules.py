"""The regulation of a contest as the document that everything is computed from: from its rows, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from judging.ranking.decimals import text
from judging.ranking.models import WithheldAward
from judging.rubrics import models as rubrics

Kind = rubrics.AwardRule.Kind


@dataclass(frozen=True)
class Held:
    """A cell as it is held: its number as text, its category, its nominations (more than one where merged)."""

    name: str
    category_id: int
    nomination_ids: tuple[int, ...]


Corrections = Mapping[str, tuple[Mapping[str, str], str, Decimal]]
"""By entry: marks by criterion, why, and the total."""


@dataclass(frozen=True)
class JurysWord:
    """What the jury decided. ``votes`` by entry, ``choices``: award → entries that it named, ``withheld`` awards, and
    ``corrections`` of scores.
    """

    votes: Mapping[str, int] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    withheld: Sequence[WithheldAward] = ()
    corrections: Corrections = field(default_factory=dict)


def document_of(
    rules: rubrics.JudgingRules,
    criteria: Sequence[rubrics.Criterion],
    award_rules: Sequence[rubrics.AwardRule],
    *,
    cells: Sequence[Held] = (),
    jury: JurysWord,
) -> dict[str, Any]:
    """Criteria are known by their positions.

    An award of one nomination is given in the cell that the nomination is held in; where two of them bring the same
    place into one merged cell, the award that stands first keeps it.
    """
    known = [str(row.position) for row in criteria]
    adds_up = rules.aggregation == rubrics.JudgingRules.Aggregation.SUM
    calibrated = rules.aggregation == rubrics.JudgingRules.Aggregation.CALIBRATED
    return {
        "score": {
            "aggregation": str(rules.aggregation),
            "needed": max(1, rules.reviews_per_entry),
            # A third review may have been asked for by hand, too; sums know none.
            "third": None if adds_up else "mean" if calibrated else str(rules.third_review),
            "third_at_total": text(rules.third_at_total or None) if not adds_up else None,
            "third_at_criterion": text(rules.third_at_criterion or None) if not adds_up else None,
            "rounding": str(rules.rounding),
            "decimals": rules.decimals,
        },
        "criteria": [
            {
                "key": str(row.position),
                "name": row.name_ru,
                "maximum": text(row.maximum),
                "step": text(row.step),
                "weight": text(row.weight),
                **({"gate": text(row.gate)} if row.gate is not None else {}),
            }
            for row in criteria
        ],
        "ties": {
            "criteria": [str(position) for position in rules.tie_criteria if str(position) in known],
            "votes": dict(sorted(jury.votes.items())),
        },
        "places": {"shared": rules.places_shared, "unawarded": rules.places_unawarded},
        "awards": _awards(award_rules, known, cells, jury.choices),
        "withheld": [
            {"cell": cell.name, "award": one.award_key, **({} if one.place is None else {"place": one.place})}
            for one in jury.withheld
            for cell in cells
            if one.award_key in {rule.key for rule in award_rules} and _covers(one, cell)
        ],
        "corrections": [
            {"entry": entry, "marks": dict(sorted(marks.items())), "total": text(total), "why": why}
            for entry, (marks, why, total) in sorted(jury.corrections.items())
        ],
    }


def _awards(
    award_rules: Sequence[rubrics.AwardRule],
    known: Sequence[str],
    cells: Sequence[Held],
    choices: Mapping[str, Sequence[str]],
) -> list[dict[str, Any]]:
    """Places come by their number, the rest as the organizer put them."""
    ordered = sorted(award_rules, key=lambda rule: (_after(rule), rule.position))
    taken: set[tuple[str, int]] = set()
    found = []
    for rule in ordered:
        if (rule.kind == Kind.SPECIAL and str(rule.criterion) not in known) or (
            rule.kind == Kind.CHOICE and not choices.get(rule.key)
        ):
            continue
        own = [cell.name for cell in cells if _held_in(rule, cell)]
        limited = rule.category_id is not None or rule.nomination_id is not None
        if rule.kind == Kind.PLACES and limited:
            places = range(rule.place_from or 1, (rule.place_to or 0) + 1)
            own = [name for name in own if not any((name, place) in taken for place in places)]
            taken |= {(name, place) for name in own for place in places}
        if limited and not own:
            continue
        found.append(
            {
                "key": rule.key,
                "name": rule.name_ru,
                **_who(rule, choices),
                **({"minimum": text(rule.minimum)} if rule.minimum is not None else {}),
                **({"minimum_percent": text(rule.minimum_percent)} if rule.minimum_percent is not None else {}),
                **({"cells": own} if limited else {}),
            }
        )
    return found


def _who(rule: rubrics.AwardRule, choices: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    if rule.kind == Kind.PLACES:
        return {"places": [rule.place_from, rule.place_to]}
    if rule.kind == Kind.COUNT:
        return {"count": rule.count}
    if rule.kind == Kind.SPECIAL:
        return {"special": True, "by": str(rule.criterion), "count": rule.count or 1}
    if rule.kind == Kind.CHOICE:
        return {"special": True, "entries": sorted(choices[rule.key])}
    share = "percent_together" if rule.kind == Kind.TOGETHER else "percent"
    return {share: text(rule.percent), "rounding": str(rule.rounding), "at_least": rule.at_least}


def _covers(one: WithheldAward, cell: Held) -> bool:
    return cell.category_id == one.category_id and one.nomination_id in (None, *cell.nomination_ids)


def _held_in(rule: rubrics.AwardRule, cell: Held) -> bool:
    return rule.category_id in (None, cell.category_id) and (
        rule.nomination_id is None or rule.nomination_id in cell.nomination_ids
    )


def _after(rule: rubrics.AwardRule) -> int:
    """Places first, by their number; awards of one place may stand apart for several categories."""
    return (rule.place_from or 0) if rule.kind == Kind.PLACES else 1_000_000
