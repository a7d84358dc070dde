"""The organizer's pages of the rubric, the rules of judging and the awards."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from essays.contests.doors import organizer_page
from essays.contests.editing import accept_present_version, posted_version, rows_page, show_refusal
from essays.contests.models import Contest
from essays.contests.problems import Outdated, Refused
from essays.people.access import acting
from judging.rubrics import actions
from judging.rubrics.access import lock_reason
from judging.rubrics.forms import AwardRow, CriterionRow, LevelRow, shown_points
from judging.rubrics.models import Criterion, LevelDescriptor
from judging.rubrics.rules_form import RulesForm
from judging.rubrics.soundness import most_points

Rows = list[dict[str, Any]]


def _row_kwargs(form: type[Any], lock: Any) -> dict[str, Any]:
    """A locked page shows its rows as they are: every field disabled, the reason said once above."""
    return {"locked": dict.fromkeys(form.base_fields, "") if lock else {}}


def _readable(rows: Any, *names: str) -> Rows:
    """Numbers as people write them: «25», not «25.00»."""
    shown = []
    for row in rows:
        for name in names:
            if row[name] is not None:
                row[name] = shown_points(row[name])
        shown.append(row)
    return shown


@organizer_page
def rubric(request: HttpRequest, contest: Contest) -> HttpResponse:
    """The criteria, in order, with the total; levels of a criterion have a page of their own."""
    criteria = Criterion.objects.filter(rubric__contest=contest).prefetch_related("levels")
    present = [{"id": one.pk} | {name: getattr(one, name) for name in actions.CRITERION} for one in criteria.all()]
    lock = lock_reason(contest)

    def save(rows: Rows) -> None:
        actions.save_criteria(contest, posted_version(request), rows, actor=acting(request))

    return rows_page(
        request,
        contest,
        form=CriterionRow,
        present=_readable(present, "maximum", "step", "weight", "gate"),
        save=save,
        template="judging/rubrics/rubric.html",
        row_kwargs=_row_kwargs(CriterionRow, lock),
        active="rubric",
        lock=lock,
        locked=lock,
        criteria=criteria,
        total=shown_points(actions.total_of(contest)),
    )


@organizer_page
def levels(request: HttpRequest, contest: Contest, position: int) -> HttpResponse:
    """Level descriptors of one criterion: what earns how many points."""
    criterion = get_object_or_404(Criterion, rubric__contest=contest, position=position)
    fields = ("id", *actions.LEVEL)
    lock = lock_reason(contest)

    def save(rows: Rows) -> None:
        actions.save_levels(contest, criterion, posted_version(request), rows, actor=acting(request))

    return rows_page(
        request,
        contest,
        form=LevelRow,
        present=_readable(
            LevelDescriptor.objects.filter(criterion=criterion).values(*fields), "points_from", "points_to"
        ),
        save=save,
        template="judging/rubrics/levels.html",
        row_kwargs=_row_kwargs(LevelRow, lock),
        active="rubric",
        lock=lock,
        locked=lock,
        criterion=criterion,
        maximum=shown_points(criterion.maximum),
    )


@organizer_page
def rules(request: HttpRequest, contest: Contest) -> HttpResponse:
    lock = lock_reason(contest)
    form = RulesForm(request.POST or None, contest=contest, lock=lock)
    if request.method == "POST" and lock:
        messages.error(request, str(lock))
        return redirect(request.path)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_rules(contest, form.cleaned_data["version"], form.values(), actor=acting(request))
        except Refused as refusal:
            show_refusal(form, refusal)
            if isinstance(refusal, Outdated):
                accept_present_version(form, contest)
        else:
            messages.success(request, _("Saved."))
            return redirect(request.path)
    context = {"contest": contest, "form": form, "active": "rules", "lock": lock}
    return render(request, "judging/rubrics/rules.html", context)


@organizer_page
def awards(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Who is awarded what, best first."""
    fields = ("id", *actions.AWARD)
    lock = lock_reason(contest)
    criteria = list(Criterion.objects.filter(rubric__contest=contest))
    total = most_points([{"maximum": row.maximum, "weight": row.weight} for row in criteria])
    parts = {
        "criterion": [(row.position, f"{row.position}. {row.name}") for row in criteria],
        "category_id": [(row.pk, str(row.name)) for row in contest.categories.all()],
        "nomination_id": [(row.pk, str(row.name)) for row in contest.nominations.all()],
    }

    def save(rows: Rows) -> None:
        actions.save_awards(contest, posted_version(request), rows, actor=acting(request))

    return rows_page(
        request,
        contest,
        form=AwardRow,
        present=_readable(contest.award_rules.values(*fields), "minimum", "percent", "minimum_percent"),
        save=save,
        template="judging/rubrics/awards.html",
        row_kwargs={**_row_kwargs(AwardRow, lock), "parts": parts},
        active="awards",
        lock=lock,
        locked=lock,
        total=shown_points(total),
        has_criteria=bool(total),
    )
