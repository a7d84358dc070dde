"""Which copies' reviews disagree by the rules of their contest: read-only."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from judging.assignments.models import Assignment
from judging.reviews.models import Mark, Review
from judging.reviews.spread import Disagreement, Scored, SpreadRules, disagree
from judging.rubrics.models import JudgingRules

# SQLite compares decimals as floats: the database may offer a little too much, the exact sum decides.
SLACK = Decimal("0.01")
_DONE_FIRST = {"state": Assignment.State.DONE, "round": Assignment.Round.FIRST}


def rules_of(contest: Contest) -> SpreadRules | None:
    """When reviews of the contest disagree; None where the rules know no third review."""
    return spread_of(JudgingRules.objects.filter(contest=contest).first())


def spread_of(rules: JudgingRules | None) -> SpreadRules | None:
    """The part of these rules that says when reviews disagree."""
    if rules is None or (rules.third_at_total is None and rules.third_at_criterion is None):
        return None
    # Zero or less was meant as «off».
    return SpreadRules(
        total=rules.third_at_total if rules.third_at_total and rules.third_at_total > 0 else None,
        criterion=rules.third_at_criterion if rules.third_at_criterion and rules.third_at_criterion > 0 else None,
    )


def disagreement_of(copy: BlindCopy) -> Disagreement | None:
    """The disagreement of a copy's first round, once all of it is scored; None while somebody still reads."""
    rules = rules_of(copy.contest)
    if rules is None or Assignment.objects.filter(copy=copy, round=Assignment.Round.FIRST).waiting().exists():
        return None
    return disagree(scored_of([copy.pk])[copy.pk], rules)


def in_disagreement(contest: Contest, known: JudgingRules | None = None) -> list[tuple[BlindCopy, Disagreement]]:
    """Copies in the competition that want a third reviewer and have none, in code order.

    ``known``: the contest's rules, where the caller has read them already.
    """
    rules = spread_of(known) if known else rules_of(contest)
    if rules is None:
        return []
    standing = [Assignment.State.WAITING, Assignment.State.DONE]
    of_copy = Assignment.objects.filter(copy=OuterRef("pk"))
    copies = (
        BlindCopy.objects.of_contest(contest)
        .in_competition()
        .filter(pk__in=_wide_apart(contest, rules))
        .exclude(Exists(of_copy.filter(state=Assignment.State.WAITING, round=Assignment.Round.FIRST)))
        .exclude(Exists(of_copy.filter(state__in=standing, round=Assignment.Round.THIRD)))
        .select_related("contest", "category", "nomination")
        .defer("html", "text", "doubts")
        .order_by("code")
    )
    found = list(copies)
    scored = scored_of([copy.pk for copy in found])
    pairs = ((copy, disagree(scored[copy.pk], rules)) for copy in found)
    return [(copy, why) for copy, why in pairs if why is not None]


def scored_of(copies: Iterable[int]) -> dict[int, list[Scored]]:
    """Submitted first-round reviews by copy id, with their marks, in one query."""
    copies = list(copies)
    reviews = Review.objects.filter(
        assignment__copy_id__in=copies,
        state=Review.State.SUBMITTED,
        **{f"assignment__{name}": value for name, value in _DONE_FIRST.items()},
    )
    rows = reviews.values_list("pk", "assignment__copy_id", "total", "marks__criterion_id", "marks__points")
    marks: dict[int, dict[str, Decimal | None]] = defaultdict(dict)
    totals: dict[int, tuple[int, Decimal | None]] = {}
    for pk, copy, total, criterion, points in rows.order_by("pk"):
        totals[pk] = copy, total
        if criterion is not None:
            marks[pk][str(criterion)] = points
    found: dict[int, list[Scored]] = {copy: [] for copy in copies}
    for pk, (copy, total) in totals.items():
        found[copy].append(Scored(str(pk), total or Decimal(0), marks[pk]))
    return found


def _wide_apart(contest: Contest, rules: SpreadRules) -> set[int]:
    """Ids of copies whose reviews may disagree: asked of the database, so that agreement costs nothing."""
    asked: list[Any] = []
    if rules.total is not None:
        totals = (
            Assignment.objects.filter(contest=contest, review__state=Review.State.SUBMITTED, **_DONE_FIRST)
            .values("copy_id")
            .annotate(low=Min("review__total"), high=Max("review__total"), reviews=Count("pk"))
            .filter(reviews__gte=2, high__gte=F("low") + (rules.total - SLACK))
            .order_by()
        )
        asked.append(totals.values_list("copy_id", flat=True))
    if rules.criterion is not None:
        marks = (
            Mark.objects.filter(
                Q(review__assignment__contest=contest, review__state=Review.State.SUBMITTED),
                **{f"review__assignment__{name}": value for name, value in _DONE_FIRST.items()},
            )
            .values("review__assignment__copy_id", "criterion_id")
            .annotate(low=Min("points"), high=Max("points"), reviews=Count("pk"))
            .filter(reviews__gte=2, high__gte=F("low") + (rules.criterion - SLACK))
            .order_by()
        )
        asked.append(marks.values_list("review__assignment__copy_id", flat=True))
    return set(asked[0].union(*asked[1:])) if asked else set()
