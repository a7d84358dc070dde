"""The meeting's page for the organizer who keeps its protocol."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from essays.contests.doors import organizer_page
from essays.contests.models import Contest
from essays.ledger.states import MoveRefused, SomeoneWasFirst
from judging.ranking.actions import propose
from judging.ranking.models import Ranking
from judging.session import actions
from judging.session.forms import CHOICES, AttendanceForm, BallotsForm, DissentForm, OpenForm, QuestionForm
from judging.session.models import Attendance, JurySession, Question


@require_http_methods(["GET", "POST"])
@organizer_page
def session_page(request: HttpRequest, contest: Contest) -> HttpResponse:
    """The meeting under way with all that can be done in it; those that are over; otherwise how to begin one."""
    form = OpenForm(request.POST or None, contest=contest)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_session(contest, request.user, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error(refused.field, refused.message)
        else:
            messages.success(request, _("The meeting is open. Note who is there."))
            return redirect("organizer_session", contest.slug)
    return _page(request, contest, opening=form)


@require_POST
@organizer_page
def attendance(request: HttpRequest, contest: Contest) -> HttpResponse:
    session = _open(contest)
    form = AttendanceForm(request.POST, seats=actions.voters(contest), noted={})
    if not form.is_valid():
        return _page(request, contest, attending=form)
    return _done(
        request,
        contest,
        lambda: actions.note_attendance(session, request.user, form.presences),
        _("Attendance is noted."),
    )


@require_POST
@organizer_page
def question(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Put a tie of the proposed ranking, or a sentence, to the vote."""
    session = _open(contest)
    codes = tuple(request.POST.getlist("code"))
    if codes:
        if codes not in _ties(contest):
            messages.error(request, _("This tie is not there any more."))
            return redirect("organizer_session", contest.slug)
        text = _("Which entry goes first: %(codes)s") % {"codes": ", ".join(codes)}
        return _done(
            request,
            contest,
            lambda: actions.put_question(session, request.user, kind=Question.Kind.TIE, text=text, codes=codes),
            _("The tie is put to the vote."),
        )
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _page(request, contest, asking=form)
    return _done(
        request,
        contest,
        lambda: actions.put_question(
            session, request.user, kind=Question.Kind.DECISION, text=form.cleaned_data["text"]
        ),
        _("It is put to the vote."),
    )


@require_POST
@organizer_page
def vote(request: HttpRequest, contest: Contest, number: int) -> HttpResponse:
    """Write the open votes down and settle the question; or take the question off."""
    found = get_object_or_404(Question, session=_open(contest), number=number)
    if request.POST.get("act") == "drop":
        return _done(request, contest, lambda: actions.drop_question(found, request.user), _("Taken off."))
    form = BallotsForm(request.POST, seats=_there(found.session), choices=actions.choices_of(found))
    if not form.is_valid():
        return _page(request, contest, voting={found.pk: form})
    return _done(
        request,
        contest,
        lambda: actions.settle(found, request.user, form.ballots),
        _("The vote is recorded."),
        again=lambda refusal: _page(request, contest, voting={found.pk: _refused(form, refusal)}),
    )


@require_POST
@organizer_page
def dissent(request: HttpRequest, contest: Contest) -> HttpResponse:
    session = _open(contest)
    form = DissentForm(request.POST, seats=_there(session))
    if not form.is_valid():
        return _page(request, contest, dissenting=form)
    return _done(
        request,
        contest,
        lambda: actions.note_dissent(session, request.user, **form.cleaned_data),
        _("The dissenting opinion is noted."),
    )


@require_POST
@organizer_page
def close(request: HttpRequest, contest: Contest) -> HttpResponse:
    session = _open(contest)
    return _done(request, contest, lambda: actions.close(session, request.user), _("The meeting is closed."))


def _open(contest: Contest) -> JurySession:
    return get_object_or_404(JurySession.objects.select_related("contest"), contest=contest, state="open")


def _there(session: JurySession) -> Any:
    present = session.attendance.exclude(presence=Attendance.Presence.ABSENT).values("seat")
    return actions.voters(session.contest).filter(pk__in=present)


def _ties(contest: Contest) -> list[tuple[str, ...]]:
    """Ties of the proposed ranking that only a vote can settle, as the page names them."""
    return [tuple(problem.codes) for problem in propose(contest).problems if problem.code == "tie"]


def _done(
    request: HttpRequest,
    contest: Contest,
    act: Callable[[], Any],
    words: str,
    again: Callable[[Any], HttpResponse] | None = None,
) -> HttpResponse:
    try:
        act()
    except actions.Refused as refused:
        if again is not None:
            return again(refused.message)
        messages.error(request, str(refused.message))
    except (SomeoneWasFirst, MoveRefused):
        messages.error(request, _("Somebody else was quicker. This is how it stands now."))
    else:
        messages.success(request, words)
    return redirect("organizer_session", contest.slug)


def _refused(form: forms.Form, message: Any) -> forms.Form:
    form.add_error(None, message)
    return form


def _page(request: HttpRequest, contest: Contest, **bound: Any) -> HttpResponse:
    """The page with the forms that came in already filled; the others are made here."""
    sessions = list(
        JurySession.objects.filter(contest=contest)
        .order_by("number")
        .prefetch_related("questions__ballots", "attendance", "dissents__seat")
    )
    current = next((one for one in sessions if one.state == JurySession.State.OPEN), None)
    seats = list(actions.voters(contest))
    names = {seat.pk: seat for seat in seats}
    context: dict[str, Any] = {
        "contest": contest,
        "active": "session",
        "current": current,
        "over": [_over(one, names) for one in sessions if one.state != JurySession.State.OPEN],
        "approved": Ranking.objects.in_force().filter(contest=contest).exists(),
        "opening": bound.get("opening") or OpenForm(contest=contest),
        "form": next((one for one in bound.values() if isinstance(one, forms.Form) and one.is_bound), None),
    }
    if current is not None:
        noted = {row.seat_id: row.presence for row in current.attendance.all()}
        there = [seat for seat in seats if noted.get(seat.pk, "absent") != Attendance.Presence.ABSENT]
        voted = bound.get("voting", {})
        context |= {
            "present": actions.present_at(current),
            "attending": bound.get("attending") or AttendanceForm(seats=seats, noted=noted),
            "questions": [_question(one, there, names, voted.get(one.pk)) for one in current.questions.all()],
            "asking": bound.get("asking") or QuestionForm(),
            "dissenting": bound.get("dissenting") or DissentForm(seats=_there(current)),
            "ties": [codes for codes in _ties(contest) if not _put(current, codes)],
        }
        context["form"] = context["form"] or next(iter(voted.values()), None)
    return render(request, "judging/session/session.html", context)


def _put(session: JurySession, codes: tuple[str, ...]) -> bool:
    return any(one.state == Question.State.OPEN and tuple(one.codes) == codes for one in session.questions.all())


def _question(one: Question, there: list[Any], names: dict[int, Any], bound: BallotsForm | None) -> dict[str, Any]:
    if one.state == Question.State.SETTLED:
        return {"question": one, "result": result_of(one), "votes": _votes(one, names)}
    form = bound or BallotsForm(seats=there, choices=actions.choices_of(one), auto_id=f"id_{one.number}_%s")
    return {"question": one, "form": form}


def result_of(one: Question) -> str:
    """What was decided, in words."""
    choice = one.outcome.get("choice", "")
    return str(CHOICES.get(choice, choice))


def _votes(one: Question, names: dict[int, Any]) -> list[tuple[str, str]]:
    return [
        (str(names.get(ballot.seat_id, "")), str(CHOICES.get(ballot.choice, ballot.choice)))
        for ballot in one.ballots.all()
    ]


def _over(session: JurySession, names: dict[int, Any]) -> dict[str, Any]:
    return {
        "session": session,
        "there": [str(names.get(row.seat_id, "")) for row in session.attendance.all() if row.presence != "absent"],
        "questions": [_question(one, [], names, None) for one in session.questions.all()],
        "dissents": list(session.dissents.all()),
    }
