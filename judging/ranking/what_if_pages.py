"""Two pages that decide nothing: what other rules would give, and which awards hang on a single judge."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from essays.contests.doors import organizer_page
from essays.contests.models import Contest
from judging.panels.models import Seat
from judging.ranking import sentences
from judging.ranking.regulation import BadRules
from judging.ranking.subject import Subject, subject_of
from judging.ranking.table import tone_of
from judging.ranking.weak_spots import WeakSpots, weak_spots
from judging.ranking.what_if import Outcome, WhatIf, what_if
from judging.ranking.what_if_form import WhatIfForm

A_PAGE = 100


@require_GET
@organizer_page
def what_if_page(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Rules as a form of the address, who would win by them beside who does now."""
    subject = subject_of(contest)
    context: dict[str, Any] = {"contest": contest, "active": "ranking"}
    if subject.rules is None or not subject.criteria or not subject.submitted.reviews:
        return render(request, "judging/ranking/what_if.html", context)
    form = WhatIfForm(request.GET, rules=subject.rules, criteria=subject.criteria, awards=subject.award_rules)
    context |= {"form": form, "differs": form.differs}
    if form.is_valid():
        try:
            found = what_if(subject, form.rules(), form.changed_awards())
        except BadRules as error:
            form.add_error(None, _("Such rules make no sense: %(why)s") % {"why": error})
        else:
            context |= _compared(request, subject, found)
    return render(request, "judging/ranking/what_if.html", context)


def _compared(request: HttpRequest, subject: Subject, found: WhatIf) -> dict[str, Any]:
    page = Paginator(found.rows, A_PAGE).get_page(request.GET.get("page"))
    labels = cell_labels(subject, found)
    names = award_names(subject)
    cells: dict[str, list[dict[str, Any]]] = {}
    for row in page:
        shown = {
            "code": row.entry,
            "changed": row.changed,
            "now": shown_outcome(row.now, names),
            "then": shown_outcome(row.then, names),
        }
        cells.setdefault(row.cell, []).append(shown)
    return {
        "page": page,
        "cells": [(labels[cell], rows) for cell, rows in cells.items()],
        "changed": found.changed,
        "moved": found.moved,
        "problems": sentences.of_problems(found.problems),
        "found": True,
    }


def shown_outcome(outcome: Outcome, names: dict[str, str]) -> dict[str, Any]:
    """Place, points and award in words; «?» is a tie that waits for the jury."""
    if outcome.award == "?":
        award, tone = _("the jury would have to vote"), ""
    else:
        award = sentences.of_award(names.get(outcome.award, ""), outcome.award_place)
        tone = tone_of(outcome.award, outcome.award_place)
    return {
        "place": outcome.place,
        "score": "–" if outcome.score is None else sentences.points(outcome.score),
        "award": award,
        "tone": tone,
    }


def award_names(subject: Subject) -> dict[str, str]:
    return {rule.key: str(rule.name) for rule in subject.award_rules}


def cell_labels(subject: Subject, found: WhatIf | WeakSpots) -> dict[str, str]:
    """«Grades 7–9 · Helped my family» by the name of a cell."""
    return {
        cell.name: f"{subject.categories[cell.category_id].name} · "
        + ", ".join(str(subject.nominations[pk].name) for pk in cell.nomination_ids)
        for cell in found.held
    }


@require_GET
@organizer_page
def stability_page(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Which awards would change without one judge's reviews, or with calibration toggled."""
    subject = subject_of(contest)
    context: dict[str, Any] = {"contest": contest, "active": "ranking"}
    if subject.rules is None or not subject.criteria or not subject.submitted.reviews:
        return render(request, "judging/ranking/stability.html", context)
    try:
        found = weak_spots(subject)
    except BadRules:
        # The page of the ranking says which rules make no sense.
        return redirect("organizer_ranking", contest.slug)
    page = Paginator(found.spots, A_PAGE).get_page(request.GET.get("page"))
    judges = {one.judge for spot in page for one in spot.judges}
    seats = {str(seat.pk): seat for seat in Seat.objects.filter(pk__in=judges).select_related("user")}
    labels, names = cell_labels(subject, found), award_names(subject)

    def words(held: tuple[str, int | None]) -> str:
        if held[0] == "?":
            return _("the jury would have to vote")
        return sentences.of_award(names.get(held[0], ""), held[1]) or _("no award")

    context |= {
        "found": found,
        "page": page,
        "rows": [
            {
                "cell": labels[spot.cell],
                "code": spot.entry,
                "now": words(spot.now),
                "judges": [(seats.get(one.judge), words(one.without)) for one in spot.judges],
                "toggled": None if spot.toggled is None else words(spot.toggled),
            }
            for spot in page
        ],
        "fallback": sentences.FALLBACKS[found.fallback] if found.fallback else "",
    }
    return render(request, "judging/ranking/stability.html", context)
