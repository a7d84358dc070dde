"""The rubric as everybody may read it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.db.models import QuerySet, prefetch_related_objects
from django.utils.formats import number_format

from essays.contests.models import Contest
from essays.ledger.prepared import prepared
from judging.rubrics.access import rules_of
from judging.rubrics.award_words import in_words
from judging.rubrics.models import AwardRule, Criterion
from judging.rubrics.soundness import points_words

register = template.Library()


@register.inclusion_tag("judging/rubrics/_rubric.html")
def rubric_of(contest: Contest) -> dict[str, Any]:
    """``{% load rubrics %}{% rubric_of contest %}``: criteria with points, levels, and how the result is made."""
    criteria = _criteria(contest.pk)
    prefetch_related_objects(criteria, "levels")
    total = sum((one.maximum * one.weight for one in criteria), start=Decimal())
    rules = rules_of(contest)
    names = {one.position: one for one in criteria}
    ties = [names[position] for position in rules.tie_criteria if position in names] if rules else []
    return {
        "criteria": criteria,
        "total": total,
        "rules": rules,
        "ties": ties,
        "awards": _awards(contest.pk),
    }


@prepared
def _criteria(contest: int) -> QuerySet[Criterion]:
    return Criterion.objects.filter(rubric__contest=contest)


@prepared
def _awards(contest: int) -> QuerySet[AwardRule]:
    return AwardRule.objects.filter(contest=contest).select_related("category", "nomination")


@register.filter
def points(value: Any) -> str:
    """«25», «2,5»: points without needless zeros, with the decimal sign of the language."""
    return "" if value is None else str(number_format(points_words(value)))


@register.filter
def whole(value: Decimal) -> int:
    """The whole part: plural forms are chosen by whole numbers («2,5 балла» goes with 2)."""
    return int(value)


@register.filter
def award_rule(award: AwardRule, criteria: Iterable[Criterion]) -> str:
    """«places 2–3, from 60 points»: who gets an award, in words."""
    return in_words(award, {row.position: str(row.name) for row in criteria})
