"""Writing the rubric, the rules of judging and the awards of a contest.

All of it belongs to the regulation: ``version`` is the contest's when the page was opened. Every function raises
``Refused`` once judges have begun to score, and ``Outdated`` when another organizer was faster.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from essays.contests.actions import claim_version
from essays.contests.models import Contest
from essays.contests.problems import Problem, Refused
from essays.ledger import actions as ledger
from essays.people.models import User
from judging.rubrics.access import lock_reason, rubric_of, rules_of
from judging.rubrics.models import AwardRule, Criterion, JudgingRules, LevelDescriptor, Rubric
from judging.rubrics.soundness import (
    AWARD_DEFAULTS,
    award_problems,
    level_problems,
    method_problems,
    most_points,
    sum_problems,
    threshold_problems,
    tie_problems,
    unused_fields,
)

Rows = Sequence[Mapping[str, Any]]
CRITERION = ("name_ru", "name_en", "description_ru", "description_en", "maximum", "step", "weight", "gate")
LEVEL = ("points_from", "points_to", "text_ru", "text_en")
AWARD = (
    "name_ru",
    "name_en",
    "kind",
    "place_from",
    "place_to",
    "count",
    "percent",
    "rounding",
    "at_least",
    "minimum",
    "minimum_percent",
    "criterion",
    "category_id",
    "nomination_id",
)
RULES = (
    "reviews_per_entry",
    "third_at_total",
    "third_at_criterion",
    "aggregation",
    "third_review",
    "tie_criteria",
    "smallest_cell",
    "rounding",
    "decimals",
    "points_in_all",
    "places_shared",
    "places_unawarded",
    "show_spread",
    "third_sees_marks",
    "shun_municipality",
    "second_look_share",
)
# Beyond every honest number of criteria: positions are moved out of the way there and back.
ASIDE = 10_000


def _begin(contest: Contest, version: int) -> None:
    reason = lock_reason(contest)
    if reason:
        raise Refused(reason)
    claim_version(contest, version)


def _known(rows: Rows, present: Mapping[int, Any]) -> None:
    if any(row["id"] is not None and row["id"] not in present for row in rows):
        raise Refused(_("A row of this list is not there any more: open the page again."))


@transaction.atomic
def save_criteria(contest: Contest, version: int, rows: Rows, *, actor: User) -> Rubric:
    """Make the rubric consist of these criteria, in this order. A row: ``id`` or None, and CRITERION.

    Criteria compared in a tie are named by position: they follow their criterion to its new place.
    """
    _begin(contest, version)
    rubric = rubric_of(contest) or Rubric.objects.create(contest=contest)
    present = {criterion.pk: criterion for criterion in rubric.criteria.all()}
    _known(rows, present)
    kept = {row["id"] for row in rows}
    rubric.criteria.exclude(pk__in=[pk for pk in present if pk in kept]).delete()
    moved: dict[int, int] = {}
    for criterion in rubric.criteria.all():
        Criterion.objects.filter(pk=criterion.pk).update(position=criterion.position + ASIDE)
    for position, row in enumerate(rows, start=1):
        criterion = present.get(row["id"]) or Criterion(rubric=rubric)
        if criterion.pk:
            moved[criterion.position] = position
        for name in CRITERION:
            if name in row:
                setattr(criterion, name, row[name])
        criterion.position = position
        criterion.save()
    rules = rules_of(contest)
    if rules is not None:
        rules.tie_criteria = [moved[position] for position in rules.tie_criteria if position in moved]
        rules.save(update_fields=["tie_criteria"])
    ledger.record(
        "rubric.changed",
        rubric,
        actor=actor,
        data={"criteria": len(rows), "points": str(most_points(rows))},
    )
    return rubric


@transaction.atomic
def save_levels(contest: Contest, criterion: Criterion, version: int, rows: Rows, *, actor: User) -> None:
    """Make these the level descriptors of a criterion. A row: ``id`` or None, and LEVEL."""
    _begin(contest, version)
    problems = level_problems(rows, criterion.maximum)
    if problems:
        raise Refused(problems=tuple(problems))
    present = {level.pk: level for level in criterion.levels.all()}
    _known(rows, present)
    criterion.levels.exclude(pk__in=[row["id"] for row in rows if row["id"] is not None]).delete()
    for row in rows:
        level = present.get(row["id"]) or LevelDescriptor(criterion=criterion)
        for name in LEVEL:
            setattr(level, name, row[name])
        level.save()
    ledger.record(
        "rubric.levels_changed",
        criterion.rubric,
        actor=actor,
        data={"position": criterion.position, "levels": len(rows)},
    )


@transaction.atomic
def save_rules(contest: Contest, version: int, values: Mapping[str, Any], *, actor: User) -> JudgingRules:
    """How many read an entry, when a third does, how the result is made. ``values``: RULES; what they leave out is as
    in new rules.
    """
    _begin(contest, version)
    values = {name: getattr(JudgingRules(), name) for name in RULES} | dict(values)
    known = list(Criterion.objects.filter(rubric__contest=contest).values_list("position", flat=True))
    problems = tie_problems(values["tie_criteria"], known)
    if values["aggregation"] == JudgingRules.Aggregation.TRIMMED and values["reviews_per_entry"] < 3:
        problems.append(
            Problem(
                _("Without the highest and the lowest there must be at least three reviews of each entry."),
                "aggregation",
            )
        )
    if values["aggregation"] == JudgingRules.Aggregation.SUM and values.get("second_look_share"):
        problems.append(
            Problem(
                _("With the sum of the reviews an essay that is read once more would gain by it. Choose the mean."),
                "second_look_share",
            )
        )
    problems += threshold_problems(values, total_of(contest), largest_maximum(contest))
    problems += method_problems(values)
    problems += sum_problems(values["points_in_all"], total_of(contest))
    if problems:
        raise Refused(problems=tuple(problems))
    rules = rules_of(contest) or JudgingRules(contest=contest)
    for name in RULES:
        if name in values:
            setattr(rules, name, values[name])
    rules.save()
    data = {name: str(values[name]) for name in RULES if values.get(name) is not None}
    ledger.record("judgingrules.changed", rules, actor=actor, data=data)
    return rules


@transaction.atomic
def save_awards(contest: Contest, version: int, rows: Rows, *, actor: User) -> None:
    """Make these the awards of every category × nomination. A row: ``id`` or None, and AWARD; what it leaves out is as
    in a new one.
    """
    _begin(contest, version)
    rows = [{**AWARD_DEFAULTS, **row} for row in rows]
    known = list(Criterion.objects.filter(rubric__contest=contest).values_list("position", flat=True))
    problems = award_problems(rows, total_of(contest), known)
    own = {name: set(getattr(contest, name).values_list("pk", flat=True)) for name in ("categories", "nominations")}
    for index, row in enumerate(rows):
        for name, field in (("categories", "category_id"), ("nominations", "nomination_id")):
            if row[field] is not None and row[field] not in own[name]:
                problems.append(Problem(_("The contest has no such part any more."), f"{index}-{field}"))
    if problems:
        raise Refused(problems=tuple(problems))
    present = {award.pk: award for award in contest.award_rules.all()}
    _known(rows, present)
    contest.award_rules.exclude(pk__in=[row["id"] for row in rows if row["id"] is not None]).delete()
    keys = {award.key for award in contest.award_rules.all()}
    for position, row in enumerate(rows, start=1):
        award = present.get(row["id"]) or AwardRule(contest=contest)
        for name in AWARD:
            setattr(award, name, row[name] if name not in unused_fields(row["kind"]) else AWARD_DEFAULTS[name])
        award.position = position
        if not award.key:
            award.key = _key_of(row, keys)
            keys.add(award.key)
        award.save()
    ledger.record("contest.awards_changed", contest, actor=actor, data={"awards": len(rows)})


def _key_of(row: Mapping[str, Any], taken: set[str]) -> str:
    """A short name that files and addresses can carry: of the English name, else of the places."""
    base = slugify(row["name_en"])[:30] or (
        f"places-{row['place_from']}-{row['place_to']}" if row["kind"] == AwardRule.Kind.PLACES else row["kind"]
    )
    number, key = 1, base
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def total_of(contest: Contest) -> Any:
    """The most points that the contest's rubric gives; 0 without criteria."""
    return most_points(list(Criterion.objects.filter(rubric__contest=contest).values("maximum", "weight")))


def largest_maximum(contest: Contest) -> Decimal:
    """The most points that one criterion gives; 0 without criteria."""
    maxima = Criterion.objects.filter(rubric__contest=contest).values_list("maximum", flat=True)
    return max(maxima, default=Decimal(0))


@transaction.atomic
def copy_rules(source: Contest, contest: Contest) -> None:
    """Give a new contest the rubric, rules and awards of an earlier one. Nothing is frozen in the copy."""
    if rubric_of(source) is not None:
        rubric = Rubric.objects.create(contest=contest)
        for criterion in Criterion.objects.filter(rubric__contest=source).prefetch_related("levels"):
            levels = list(criterion.levels.all())
            criterion.pk, criterion.rubric = None, rubric
            criterion._state.adding = True
            criterion.save()
            for level in levels:
                values = {name: getattr(level, name) for name in LEVEL}
                LevelDescriptor.objects.create(criterion=criterion, **values)
    rules = rules_of(source)
    if rules is not None:
        values = {name: getattr(rules, name) for name in RULES}
        JudgingRules.objects.create(contest=contest, **values)
    parts = {name: _counterparts(source, contest, name) for name in ("categories", "nominations")}
    for award in source.award_rules.all():
        values = {name: getattr(award, name) for name in AWARD}
        values["category_id"] = parts["categories"].get(award.category_id)
        values["nomination_id"] = parts["nominations"].get(award.nomination_id)
        if (award.category_id, award.nomination_id) != (None, None) and not (
            values["category_id"] or values["nomination_id"]
        ):
            # An award of one nomination must not become one of all.
            continue
        AwardRule.objects.create(contest=contest, position=award.position, key=award.key, **values)


def _counterparts(source: Contest, contest: Contest, name: str) -> dict[int | None, int]:
    """Categories or nominations of one contest → those of the same name in the other."""
    there = {row.name_ru: row.pk for row in getattr(contest, name).all()}
    return {row.pk: there[row.name_ru] for row in getattr(source, name).all() if row.name_ru in there}


def publishing_problems(contest: Contest) -> list[Problem]:
    """What of rubric, rules and awards is missing before the contest may be published."""
    found = []
    positions = list(Criterion.objects.filter(rubric__contest=contest).values_list("position", flat=True))
    if not positions:
        found.append(Problem(_("The rubric has no criterion: judges could not score."), section="rubric"))
    rules = rules_of(contest)
    if rules is None:
        found.append(
            Problem(_("Nothing says how many judges read an essay and how the result is made."), section="rules")
        )
    else:
        for problem in tie_problems(rules.tie_criteria, positions):
            found.append(Problem(problem.message, section="rules"))
        for problem in sum_problems(rules.points_in_all, total_of(contest)):
            found.append(Problem(problem.message, section="rubric"))
    if not contest.award_rules.exists():
        found.append(Problem(_("There is no award: nobody could win."), section="awards"))
    return found
