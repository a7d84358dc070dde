"""What may no longer change in the rubric and the rules, and why."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Contest
from essays.ledger.prepared import prepared
from judging.rubrics.models import JudgingRules, Rubric

scoring_checks: list[Callable[[Contest], bool]] = []
"""Asked whether any review of the contest exists; filled at start by the slice of reviews (``judging.wiring``)."""


def rubric_of(contest: Contest) -> Rubric | None:
    return Rubric.objects.filter(contest=contest).first()


def rules_of(contest: Contest) -> JudgingRules | None:
    found = _rules_of(contest.pk)
    return found[0] if found else None


@prepared
def _rules_of(contest: int) -> QuerySet[JudgingRules]:
    return JudgingRules.objects.filter(contest=contest)


def lock_reason(contest: Contest) -> Any:
    """Why rubric, rules and awards of a contest may not change any more; empty while they may."""
    rules = rules_of(contest)
    if rules is not None and rules.results_frozen_at is not None:
        return _("The ranking is approved: what it rests on stays as it was.")
    rubric = rubric_of(contest)
    if rubric is not None and rubric.frozen_at is not None:
        return _("Judges have handed in reviews: the rules that they score by stay as they were.")
    if any(check(contest) for check in scoring_checks):
        return _("Judges have begun to score: the rules that they score by stay as they were.")
    return ""


def keep_open(contest: Contest) -> bool:
    """May reviews of the contest still change? Inside a transaction the answer holds until its end.

    It locks the row that an approval of the ranking locks too: a review that is being handed in and an approval wait
    for each other, and whoever comes second sees what the first has done.
    """
    rules = JudgingRules.objects.select_for_update().filter(contest=contest).first()
    return rules is None or rules.results_frozen_at is None
