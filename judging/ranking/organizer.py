"""The organizer's ranking: by code until it is approved, and for ever in its record."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from essays.anonymity.models import BlindCopy
from essays.contests.doors import organizer_page
from essays.contests.models import Contest
from judging.ranking import actions, downloads, sentences
from judging.ranking.forms import ApproveForm, ChoiceForm, VoteForm
from judging.ranking.models import Ranking
from judging.ranking.proposal import Proposal
from judging.ranking.record import outline_of
from judging.ranking.table import alike_of, entries_of, labels_of, shown_cells

# Above this number of entries one cell is shown at a time, and of it a page.
ALL_AT_ONCE = 100


@require_http_methods(["GET", "POST"])
@organizer_page
def ranking(request: HttpRequest, contest: Contest) -> HttpResponse:
    """The ranking in force; while there is none, the proposal, what stands against it, and its approval."""
    # The record itself may be megabytes; the page reads the outline and a page of its rows.
    editions = Ranking.objects.filter(contest=contest).defer("record").select_related("approved_by")
    newest = editions.order_by("-edition").first()
    standing = newest if newest and newest.state == Ranking.State.APPROVED else None
    if standing is not None and request.method == "GET":
        return _page(request, contest, standing=standing)
    form = ApproveForm(request.POST or None, again=newest is not None)
    if request.method == "POST" and form.is_valid():
        seen, reason = form.cleaned_data["seen"], form.cleaned_data.get("reason", "")
        try:
            actions.approve(contest, request.user, seen, reason=reason)
        except actions.Refused as refused:
            form.add_error(refused.field, refused.message)
        else:
            messages.success(request, _("The ranking is approved. Its results are frozen, and names may be opened."))
            return redirect("organizer_ranking", contest.slug)
    if standing is not None:
        return _page(request, contest, standing=standing, form=form)
    proposal = actions.propose(contest)
    if form.is_bound:
        # The page shows what is true now, so that is what the next confirmation names.
        form.data = {**form.data.dict(), "seen": proposal.digest}  # type: ignore[attr-defined]
    else:
        form.initial["seen"] = proposal.digest
    return _page(request, contest, proposal=proposal, form=form)


def _page(
    request: HttpRequest,
    contest: Contest,
    *,
    standing: Ranking | None = None,
    proposal: Proposal | None = None,
    form: ApproveForm | None = None,
) -> HttpResponse:
    outline = standing.outline if standing else outline_of(proposal.record) if proposal else {}
    labels = labels_of(outline)
    number = _chosen_cell(request, labels)
    entries, scores = _frozen(standing, number) if standing else _proposed(proposal, number)
    page = Paginator(entries, ALL_AT_ONCE).get_page(request.GET.get("page"))
    count = sum(entries for _number, _label, entries in labels)
    context = {
        "contest": contest,
        "active": "ranking",
        "ranking": standing,
        "proposal": proposal,
        "form": form,
        "labels": labels,
        "chosen": number,
        "all_at_once": count <= ALL_AT_ONCE,
        "entries": count,
        "page": page,
        "cells": shown_cells(outline, list(page), alike_of(scores)),
        "problems": sentences.of_problems(proposal.problems) if proposal else [],
        "notices": sentences.of_notices(proposal.notices, labels) if proposal else [],
        "left": sentences.of_left(_left(contest, standing)) if standing else "",
        "votes": _votes(proposal) if proposal else [],
        "choices": _choices(proposal) if proposal else [],
    }
    return render(request, "judging/ranking/ranking.html", context)


def _left(contest: Contest, standing: Ranking) -> list[str]:
    """Codes of ranked entries that have left the competition since the approval."""
    rows = standing.rows.exclude(copy__in=BlindCopy.objects.of_contest(contest).in_competition())
    return list(rows.order_by("copy__code").values_list("copy__code", flat=True))


def _frozen(standing: Ranking, number: int | None) -> tuple[Any, Any]:
    """The frozen entries (a queryset in the record's order) and the scores of their cells."""
    rows = standing.rows.order_by("pk")
    if number is not None:
        rows = rows.filter(cell=number)
    # As text, as the record has it: the plain lookup would read «80.00» as a number.
    return rows.values_list("cell", "frozen"), rows.values_list("cell", KT("frozen__score"))


def _proposed(proposal: Proposal | None, number: int | None) -> tuple[Any, Any]:
    entries = entries_of(proposal.record, number) if proposal else []
    return entries, [(cell, entry["score"]) for cell, entry in entries]


def _chosen_cell(request: HttpRequest, labels: list[tuple[int, str, int]]) -> int | None:
    typed = request.GET.get("cell", "")
    if typed in ("", "all"):
        many = sum(entries for _number, _label, entries in labels) > ALL_AT_ONCE
        return labels[0][0] if many else None
    if typed not in [str(number) for number, _label, _entries in labels]:
        raise Http404
    return int(typed)


def _votes(proposal: Proposal) -> list[VoteForm]:
    ties = [problem for problem in proposal.problems if problem.code == "tie"]
    return [VoteForm(codes=problem.codes, auto_id=f"id_{problem.codes[0]}_%s") for problem in ties]


def _choices(proposal: Proposal) -> list[ChoiceForm]:
    """A form for each prize that the jury gives to whom it likes."""
    prizes = [rule for rule in proposal.award_rules if rule.kind == rule.Kind.CHOICE]
    chosen = proposal.choices
    return [
        ChoiceForm(initial={"codes": ", ".join(sorted(chosen.get(rule.key, ())))}, award=rule, auto_id=f"{rule.key}_%s")
        for rule in prizes
    ]


@require_POST
@organizer_page
def choose(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Record which entries the jury gives one of its own prizes."""
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The codes could not be read."))
        return redirect("organizer_ranking", contest.slug)
    try:
        actions.record_choices(contest, request.user, request.POST.get("award", ""), form.cleaned_data["codes"])
    except actions.Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("The jury's choice is recorded."))
    return redirect("organizer_ranking", contest.slug)


@require_POST
@organizer_page
def vote(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Record the jury's vote on one tie; the codes are those that the page named."""
    codes = request.POST.getlist("code")
    form = VoteForm(request.POST, codes=codes)
    if not codes or not form.is_valid():
        messages.error(request, _("Choose a position for every entry of the tie."))
        return redirect("organizer_ranking", contest.slug)
    try:
        actions.record_vote(contest, request.user, form.positions)
    except actions.Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("The jury's vote is recorded."))
    return redirect("organizer_ranking", contest.slug)


@require_POST
@organizer_page
def take_back(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Take the approval back, while nothing has been announced."""
    try:
        actions.take_back(contest, request.user)
    except actions.Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("The approval is taken back. Reviews may change again."))
    return redirect("organizer_ranking", contest.slug)


@require_GET
@organizer_page
def download(request: HttpRequest, contest: Contest, kind: str) -> HttpResponse:
    """The ranking as it stands on the page: CSV, or XLSX with every review on a second sheet, or its record.

    And what it is computed from, for those who want to do it again: reviews and rules.
    """
    standing = Ranking.objects.in_force().filter(contest=contest).first()
    record = standing.record if standing else actions.propose(contest).record
    if kind == "csv":
        body, content_type = downloads.as_csv(downloads.ranking_rows(record)), "text/csv; charset=utf-8"
    elif kind == "reviews.csv":
        body, content_type = downloads.as_csv(downloads.review_rows(record)), "text/csv; charset=utf-8"
    elif kind == "toml":
        body, content_type = downloads.as_toml(record), "application/toml"
    elif kind == "xlsx":
        sheets = {_("Ranking"): downloads.ranking_rows(record), _("Reviews"): downloads.review_rows(record)}
        body = downloads.as_xlsx(sheets)
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        body, content_type = actions.canonical(record), "application/json"
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{contest.slug}-ranking.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
