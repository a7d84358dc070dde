"""Awards that the jury gives to nobody, in words of the active language."""

from collections.abc import Iterable
from dataclasses import dataclass

from essays.contests.models import Contest
from judging.ranking import sentences
from judging.ranking.models import WithheldAward
from judging.rubrics.models import AwardRule


@dataclass(frozen=True)
class Withheld:
    """``award`` with its place, ``where``: category and nomination."""

    row: WithheldAward
    award: str
    where: str


def withheld_of(contest: Contest, rules: Iterable[AwardRule] | None = None) -> list[Withheld]:
    """In the order of the decisions; two queries, one where the caller knows the rules of awards."""
    rules = AwardRule.objects.filter(contest=contest) if rules is None else rules
    names = {rule.key: str(rule.name) for rule in rules}
    found = WithheldAward.objects.filter(contest=contest).select_related("category", "nomination", "recorded_by")
    return [
        Withheld(
            row,
            sentences.of_award(names.get(row.award_key, row.award_key), row.place),
            " · ".join(str(one.name) for one in (row.category, row.nomination) if one is not None),
        )
        for row in found.order_by("pk")
    ]
