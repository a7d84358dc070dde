"""Awards that the jury gives to nobody, in words of the active language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from essays.contests.models import Contest
from judging.ranking import sentences
from judging.ranking.models import WithheldAward, in_language
from judging.ranking.reasons import in_readers_language
from judging.ranking.table import label_of


@dataclass(frozen=True)
class Withheld:
    """``award`` with its place, ``where``: category and nominations, all of them where they compete as one.

    ``reason`` in the active language where the product wrote it.
    """

    row: WithheldAward
    award: str
    where: str
    reason: str


def withheld_of(contest: Contest, outline: Mapping[str, Any]) -> list[Withheld]:
    """In the order of the decisions; one query.

    ``outline`` of the ranking, whose awards and cells have the names: a decision names one nomination, and holds for
    all that are merged with it.
    """
    names = {award["key"]: in_language(award) for award in outline["awards"]}
    labels = {
        (cell["category"]["id"], one["id"]): label_of(cell) for cell in outline["cells"] for one in cell["nominations"]
    }
    found = WithheldAward.objects.filter(contest=contest).select_related("category", "nomination", "recorded_by")
    return [
        Withheld(
            row,
            sentences.of_award(names.get(row.award_key, row.award_key), row.place),
            labels.get((row.category_id, row.nomination_id), _as_decided(row)),
            in_readers_language(row.reason),
        )
        for row in found.order_by("pk")
    ]


def _as_decided(row: WithheldAward) -> str:
    """Of a whole category, or of a nomination in which nobody competes now."""
    return " · ".join(str(one.name) for one in (row.category, row.nomination) if one is not None)
