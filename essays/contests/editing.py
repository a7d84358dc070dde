"""Organizer's pages of the regulation: texts, requirements, calendar, categories, nominations, consents."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from essays.contests import actions, stages
from essays.contests.calendar_form import APPEALS, OWN_DAYS, CalendarForm
from essays.contests.doors import organizer_page
from essays.contests.forms import CategoryRow, ConsentTextForm, NominationRow, TextsForm, VersionedForm
from essays.contests.locks import facts_of, locks
from essays.contests.models import ConsentText, Contest
from essays.contests.problems import Outdated, Problem, Refused
from essays.contests.publishing import MOMENTS, calendar_problems
from essays.contests.requirements_form import RequirementsForm
from essays.contests.rows import RowForm, RowSet, rearranged, row_set, show_rows
from essays.contests.terms import left_out
from essays.contests.timeline import timeline
from essays.ledger import clock
from essays.people.access import acting

# What the preview of the calendar shows.
PREVIEWED = (*MOMENTS, *APPEALS, *OWN_DAYS, "time_zone")
# A field of the form stands for another field of the contest.
STANDS_FOR = {"max_bytes": "megabytes"}


def show_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """Put every problem beside its field, or above the form."""
    for problem in refusal.problems:
        name = STANDS_FOR.get(problem.field, problem.field)
        form.add_error(name if name in form.fields else None, str(problem.message))


def accept_present_version(form: forms.BaseForm, contest: Contest) -> None:
    """After «somebody was faster»: the page shown now knows the present version, so saving again is a choice."""
    contest.refresh_from_db()
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["version"] = str(contest.version)
    form.data = data


def _page(
    request: HttpRequest, contest: Contest, kind: type[VersionedForm], section: str, **context: Any
) -> HttpResponse:
    locked = locks(facts_of(contest, clock.now()))
    form = kind(request.POST or None, contest=contest, locked=locked)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_regulation(
                contest, form.cleaned_data["version"], form.changes(), section=section, actor=acting(request)
            )
        except Refused as refusal:
            show_refusal(form, refusal)
            if isinstance(refusal, Outdated):
                accept_present_version(form, contest)
        else:
            messages.success(request, _("Saved.") if changed else _("Nothing was different: nothing to save."))
            return redirect(request.path if section != "texts" else "organizer_texts", *_slug(section, contest))
    active = "calendar" if section == "calendar" else "regulation"
    context |= {"contest": contest, "form": form, "active": active, "section": section, "locked": locked}
    return render(request, f"essays/contests/organizer/{section}.html", context)


def _slug(section: str, contest: Contest) -> list[str]:
    # Saving the texts may have moved the page to another address.
    return [contest.slug] if section == "texts" else []


@organizer_page
def texts(request: HttpRequest, contest: Contest) -> HttpResponse:
    return _page(request, contest, TextsForm, "texts")


@organizer_page
def requirements(request: HttpRequest, contest: Contest) -> HttpResponse:
    return _page(request, contest, RequirementsForm, "requirements", entries=contest.entries.count())


@organizer_page
def calendar(request: HttpRequest, contest: Contest) -> HttpResponse:
    """The moments, with the timeline as it would look: «show» previews what is typed without saving."""
    now = clock.now()
    if request.method != "POST" or request.POST.get("act") != "show":
        shown = {
            "milestones": timeline(contest, now),
            "problems": calendar_problems(contest.calendar),
            "may_reopen": stages.may_reopen_intake(contest, now),
            "left_out": left_out(contest),
        }
        return _page(request, contest, CalendarForm, "calendar", **shown)
    locked = locks(facts_of(contest, now))
    form = CalendarForm(request.POST, contest=contest, locked=locked)
    context: dict[str, Any] = {"milestones": [], "problems": [], "preview": True}
    if form.is_valid():
        for name, value in form.changes().items():
            if name in PREVIEWED:
                setattr(contest, name, value)
        context["milestones"] = timeline(contest, now)
        context["problems"] = calendar_problems(contest.calendar)
        context["left_out"] = left_out(contest)
    context |= {"contest": contest, "form": form, "active": "calendar", "section": "calendar", "locked": locked}
    return render(request, "essays/contests/organizer/calendar.html", context)


Save = Callable[[list[dict[str, Any]]], None]


def rows_page(
    request: HttpRequest,
    contest: Contest,
    *,
    form: type[RowForm],
    present: list[dict[str, Any]],
    save: Save,
    template: str,
    row_kwargs: dict[str, Any] | None = None,
    locked: Any = "",
    **context: Any,
) -> HttpResponse:
    """A page of rows: rearrange what is typed, or check and ``save`` it.

    ``present`` are the rows as they are; ``locked`` says why none may change. ``save`` may raise ``Refused``;
    a problem whose field is «2-name» is shown beside that field of the third row.
    """
    kind = row_set(form)
    kwargs: dict[str, Any] = {"form_kwargs": row_kwargs or {}}
    problems: list[Problem] = []
    version = contest.version
    if request.method == "POST" and locked:
        messages.error(request, str(locked))
        return redirect(request.path)
    if request.method == "POST":
        version = posted_version(request)
        typed = rearranged(request.POST, kind)
        if typed is not None:
            shown = show_rows(kind, typed, **kwargs)
        else:
            shown = kind(request.POST, **kwargs)
            if shown.is_valid():
                try:
                    save(shown.rows)
                except Refused as refusal:
                    problems = _beside_rows(shown, refusal)
                    if isinstance(refusal, Outdated):
                        contest.refresh_from_db()
                        version = contest.version
                else:
                    said = _("Saved.") if shown.rows else _("Saved. Nothing is on this list yet.")
                    messages.success(request, said)
                    return redirect(request.path)
    else:
        shown = show_rows(kind, present, blank=0 if present else 1, **kwargs)
    context |= {"contest": contest, "rows": shown, "version": version, "problems": problems}
    return render(request, template, context)


def _beside_rows(shown: RowSet, refusal: Refused) -> list[Problem]:
    """Put problems of rows beside their fields; returns those that belong to the page as a whole."""
    filled = shown.filled
    rest = []
    for problem in refusal.problems:
        number, _dash, name = problem.field.partition("-")
        if number.isdigit() and int(number) < len(filled) and name in filled[int(number)].fields:
            filled[int(number)].add_error(name, str(problem.message))
        else:
            rest.append(problem)
    return rest


def posted_version(request: HttpRequest) -> int:
    """The version of the regulation that the page was made from."""
    posted = request.POST.get("version", "")
    return int(posted) if posted.isdigit() else 0


@organizer_page
def categories(request: HttpRequest, contest: Contest) -> HttpResponse:
    fields = ("id", "name_ru", "name_en", "institution_kind")
    return _parts(request, contest, "categories", CategoryRow, list(contest.categories.values(*fields)))


@organizer_page
def nominations(request: HttpRequest, contest: Contest) -> HttpResponse:
    fields = ("id", "name_ru", "name_en", "description_ru", "description_en")
    return _parts(request, contest, "nominations", NominationRow, list(contest.nominations.values(*fields)))


def _parts(
    request: HttpRequest, contest: Contest, section: str, form: type[RowForm], present: list[dict[str, Any]]
) -> HttpResponse:
    def save(rows: list[dict[str, Any]]) -> None:
        actions.set_rows(contest, posted_version(request), section, rows, actor=acting(request))

    return rows_page(
        request,
        contest,
        form=form,
        present=present,
        save=save,
        template=f"essays/contests/organizer/{section}.html",
        active="categories",
        section=section,
        lock=locks(facts_of(contest, clock.now())).get(section),
    )


@organizer_page
def consents(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Both consent texts with their history; a change is a new version."""
    current = actions.current_consent_texts(contest)
    posted_kind = request.POST.get("kind", "")
    parts: list[dict[str, Any]] = []
    for kind in ConsentText.Kind:
        text = current.get(kind)
        initial = {"kind": kind, "body_ru": text.body_ru if text else "", "body_en": text.body_en if text else ""}
        data = request.POST if request.method == "POST" and posted_kind == kind else None
        form = ConsentTextForm(data, contest=contest, initial=initial, auto_id=f"id_{kind}_%s")
        if data is not None and form.is_valid():
            values = form.cleaned_data
            try:
                actions.add_consent_text(
                    contest,
                    values["version"],
                    kind=kind,
                    body_ru=values["body_ru"],
                    body_en=values["body_en"],
                    actor=acting(request),
                )
            except Refused as refusal:
                show_refusal(form, refusal)
                if isinstance(refusal, Outdated):
                    accept_present_version(form, contest)
            else:
                messages.success(request, _("The new version is in force from now on."))
                return redirect(request.path)
        parts.append({"kind": kind, "form": form, "text": text})
    context = {
        "contest": contest,
        "parts": parts,
        "history": list(contest.consent_texts.order_by("kind", "-version")),
        "bound": next((part["form"] for part in parts if part["form"].is_bound), None),
        "active": "regulation",
        "section": "consents",
    }
    return render(request, "essays/contests/organizer/consents.html", context)
