"""The organizer's home, a new contest, the regulation's overview, publishing and intake, the team."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from essays.contests import actions, stages
from essays.contests import team as colleagues
from essays.contests.access import may_create_contest
from essays.contests.calendar import Stage
from essays.contests.doors import organizer_page
from essays.contests.editing import show_refusal
from essays.contests.forms import AddOrganizerForm, NewContestForm, ReopenForm
from essays.contests.hooks import judging_has_begun
from essays.contests.models import Contest
from essays.contests.problems import Refused
from essays.contests.publishing import publishing_problems
from essays.contests.timeline import timeline
from essays.ledger import clock
from essays.ledger.states import MoveRefused, SomeoneWasFirst
from essays.outbox.models import Letter
from essays.outbox.tasks import send_letters
from essays.people.access import acting

SECTIONS = (
    ("texts", "organizer_texts"),
    ("requirements", "organizer_requirements"),
    ("categories", "organizer_categories"),
    ("nominations", "organizer_nominations"),
    ("calendar", "organizer_calendar"),
    ("consents", "organizer_consents"),
    ("rubric", "organizer_rubric"),
    ("rules", "organizer_rules"),
    ("awards", "organizer_awards"),
)


def section_names() -> dict[str, str]:
    """Names of the regulation's parts, in the active language."""
    return {
        "texts": _("Texts"),
        "requirements": _("Requirements"),
        "categories": _("Categories"),
        "nominations": _("Nominations"),
        "calendar": _("Calendar"),
        "consents": _("Consents"),
        "rubric": _("Rubric"),
        "rules": _("Rules of judging"),
        "awards": _("Awards"),
    }


def organizer_home(request: HttpRequest) -> HttpResponse:
    """The organizer's contests, with what waits for a person in each. 404 for everybody else."""
    entries = Contest.objects.filter(pk=OuterRef("pk"))
    contests = (
        Contest.objects.organized_by(acting(request))
        .newest_first()
        .annotate(
            received=_counted(entries, "entries", ~Q(entries__state="draft")),
            to_check=_counted(entries, "entries", Q(entries__state="received")),
            letters_failed=_counted(Letter.objects.filter(contest=OuterRef("pk"), state=Letter.State.FAILED), "pk"),
        )
    )
    found = list(contests)
    if not found and not may_create_contest(request.user):
        raise Http404
    context = {"contests": found, "may_create": may_create_contest(request.user), "at": clock.now()}
    return render(request, "essays/contests/organizer/home.html", context)


def _counted(rows: QuerySet[Any], what: str, only: Q | None = None) -> Coalesce:
    """How many, by a subquery of its own: in one join every letter would be counted again for every entry.

    ``only`` chooses among the joined rows; ``exclude`` would leave out a contest that has a single such row.
    """
    number = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=Count(what, filter=only))
    number = number.values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def new_contest(request: HttpRequest) -> HttpResponse:
    """A new draft, from scratch or as a copy of a contest that the organizer runs."""
    if not may_create_contest(request.user):
        raise Http404
    sources = Contest.objects.organized_by(acting(request)).newest_first()
    initial = {"time_zone": "Asia/Barnaul", "source": request.GET.get("source")}
    form = NewContestForm(request.POST or None, sources=sources, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            contest = actions.create_contest(acting(request), **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The draft is made. Nobody but the organizers sees it yet."))
            return redirect("organizer_regulation", contest.slug)
    return render(request, "essays/contests/organizer/new.html", {"form": form})


@organizer_page
def regulation(request: HttpRequest, contest: Contest) -> HttpResponse:
    """All parts of the regulation with what is missing, and the one next act."""
    now = clock.now()
    stage = contest.stage_at(now)
    problems = publishing_problems(contest, now) if stage == Stage.DRAFT else []
    begun = judging_has_begun(contest)
    context = {
        "contest": contest,
        "active": "regulation",
        "stage": str(stage),
        "tasks": _tasks(contest, problems),
        "problems": problems,
        "milestones": timeline(contest, now),
        "may_close": stage == Stage.INTAKE,
        "may_reopen": stages.may_reopen_intake(contest, now),
        "opened": contest.opens_at <= now,
        "may_unpublish": contest.state == Contest.State.PUBLISHED and not contest.entries.exists(),
        "may_archive": stage == Stage.ANNOUNCED,
        "judging_begun": begun,
    }
    return render(request, "essays/contests/organizer/regulation.html", context)


def _tasks(contest: Contest, problems: list[Any]) -> list[dict[str, Any]]:
    names = section_names()
    missing: dict[str, list[str]] = {}
    for problem in problems:
        missing.setdefault(problem.section, []).append(str(problem.message))
    tasks = []
    for section, address in SECTIONS:
        try:
            url = reverse(address, args=[contest.slug])
        except NoReverseMatch:
            continue
        task: dict[str, Any] = {"name": names[section], "url": url, "kind": "done", "words": _("filled in")}
        if section in missing:
            task |= {"kind": "warning", "words": _("to be done"), "hint": " ".join(missing[section])}
        tasks.append(task)
    return tasks


def _act(request: HttpRequest, contest: Contest, act: Any, done: str) -> HttpResponse:
    """Do an act of the overview; a refusal is shown there."""
    try:
        act(contest, actor=acting(request))
    except Refused as refusal:
        for problem in refusal.problems:
            messages.error(request, str(problem.message))
    except (MoveRefused, SomeoneWasFirst):
        messages.error(request, _("The contest has been moved on meanwhile: look at where it stands now."))
    else:
        messages.success(request, done)
    return redirect("organizer_regulation", contest.slug)


@require_POST
@organizer_page
def publish(request: HttpRequest, contest: Contest) -> HttpResponse:
    return _act(request, contest, stages.publish, _("The contest is public."))


@require_POST
@organizer_page
def unpublish(request: HttpRequest, contest: Contest) -> HttpResponse:
    return _act(request, contest, stages.unpublish, _("The contest is a draft again."))


@require_POST
@organizer_page
def archive(request: HttpRequest, contest: Contest) -> HttpResponse:
    return _act(request, contest, stages.archive, _("The contest is put away. Its results stay readable."))


@require_POST
@organizer_page
def close_intake(request: HttpRequest, contest: Contest) -> HttpResponse:
    return _act(request, contest, stages.close_intake, _("Intake is closed."))


@organizer_page
def reopen_intake(request: HttpRequest, contest: Contest) -> HttpResponse:
    """A new deadline, as long as judging has not begun."""
    form = ReopenForm(request.POST or None, contest=contest)
    if request.method == "POST" and form.is_valid():
        try:
            stages.reopen_intake(contest, closes_at=form.cleaned_data["closes_at"], actor=acting(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Intake is open again."))
            return redirect("organizer_regulation", contest.slug)
    context = {"contest": contest, "form": form, "active": "regulation"}
    return render(request, "essays/contests/organizer/reopen.html", context)


@organizer_page
def team(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Who runs the contest: add a colleague, take somebody off."""
    form = AddOrganizerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            letters = colleagues.add_organizer(contest, form.cleaned_data["email"], actor=acting(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            send_letters.delay_on_commit(letters)
            messages.success(request, _("Added. A letter is on its way."))
            return redirect(request.path)
    people = list(contest.organizers.select_related("user").order_by("user__surname", "pk"))
    context = {"contest": contest, "form": form, "people": people, "active": "team"}
    return render(request, "essays/contests/organizer/team.html", context)


@require_POST
@organizer_page
def two_announce(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Turn the rule of two on or off."""
    two = request.POST.get("two") == "yes"
    try:
        colleagues.let_two_announce(contest, two, actor=acting(request))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(
            request,
            _("From now on two organizers announce the results.") if two else _("One organizer announces the results."),
        )
    return redirect("organizer_team", contest.slug)


@require_http_methods(["GET", "POST"])
@organizer_page
def remove_organizer(request: HttpRequest, contest: Contest, user_id: int) -> HttpResponse:
    """Ask once more, then take a colleague off the team, or oneself."""
    try:
        if request.method == "POST":
            colleagues.remove_organizer(contest, user_id, actor=acting(request))
            messages.success(request, _("Taken off the team."))
            return (
                redirect("organizer_home") if user_id == request.user.pk else redirect("organizer_team", contest.slug)
            )
        colleagues.expect_removable(contest, user_id)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("organizer_team", contest.slug)
    person = get_object_or_404(contest.organizers.select_related("user"), user_id=user_id).user
    context = {"contest": contest, "person": person, "oneself": person == request.user, "active": "team"}
    return render(request, "essays/contests/organizer/remove_organizer.html", context)
