"""The meeting's page for the organizer who keeps its protocol."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from essays.contests.doors import organizer_page
from essays.contests.models import Contest
from essays.ledger.states import MoveRefused, SomeoneWasFirst
from judging.panels.models import Seat
from judging.ranking.actions import propose
from judging.ranking.forms import AwardForm
from judging.ranking.gates import pending_ties
from judging.ranking.models import Ranking
from judging.ranking.record import outline_of
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
    if "all" in request.POST:
        everybody = {seat.pk: Attendance.Presence.PRESENT for seat in actions.voters(contest)}
        return _done(
            request,
            contest,
            lambda: actions.note_attendance(session, request.user, everybody),
            _("Attendance is noted."),
        )
    form = AttendanceForm(request.POST, seats=actions.voters(contest), noted={})
    if not form.is_valid():
        return _page(request, contest, attending=form)
    return _done(
        request,
        contest,
        lambda: actions.note_attendance(session, request.user, form.presences),
        _("Attendance is noted."),
    )


@require_http_methods(["GET", "POST"])
@organizer_page
def question(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Put a tie of the proposed ranking, an award without a winner, or a sentence to the vote."""
    session = _open(contest)
    proposal = propose(contest)
    # Ties that only a vote can settle, as the proposed ranking names them.
    ties = [tuple(problem.codes) for problem in proposal.problems if problem.code == "tie"]
    approved = getattr(session, "approved", False)
    if approved:
        # After the announcement the jury votes on what an appeal would level, and gives or takes nothing else.
        ties = pending_ties(contest)
    act = request.POST.get("act", "")
    asking = QuestionForm(request.POST if act == "decision" else None)
    withholding = AwardForm(request.POST if act == "award" else None, outline=outline_of(proposal.record))
    if act == "tie":
        codes = tuple(request.POST.getlist("code"))
        if codes not in ties:
            messages.error(request, _("This tie is not there any more."))
            return redirect("session_question", contest.slug)
        text = _("Which entry goes first: %(codes)s") % {"codes": ", ".join(codes)}
        return _put(request, session, kind=Question.Kind.TIE, text=text, codes=codes)
    if act == "award" and not approved and withholding.is_valid():
        return _put(request, session, kind=Question.Kind.AWARD, text=withholding.sentence, target=withholding.target)
    if act == "decision" and asking.is_valid():
        return _put(request, session, kind=Question.Kind.DECISION, text=asking.cleaned_data["text"])
    context = {
        "contest": contest,
        "active": "session",
        "ties": ties,
        "asking": asking,
        "withholding": withholding if withholding.cells and withholding.awards and not approved else None,
        "form": next((form for form in (asking, withholding) if form.is_bound), None),
    }
    return render(request, "judging/session/question.html", context)


def _put(request: HttpRequest, session: JurySession, **asked: Any) -> HttpResponse:
    return _done(
        request,
        session.contest,
        lambda: actions.put_question(session, request.user, **asked),
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
    approved = Exists(Ranking.objects.in_force().filter(contest=OuterRef("contest")))
    sessions = JurySession.objects.select_related("contest").annotate(approved=approved)
    return get_object_or_404(sessions, contest=contest, state="open")


def _there(session: JurySession) -> Any:
    present = session.attendance.exclude(presence=Attendance.Presence.ABSENT).values("seat")
    return actions.voters(session.contest).filter(pk__in=present)


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
    names = {seat.pk: seat for seat in Seat.objects.filter(contest=contest).for_panel()}
    seats = [seat for seat in names.values() if seat.votes]
    context: dict[str, Any] = {
        "contest": contest,
        "active": "session",
        "current": current,
        "over": [_over(one, names) for one in sessions if one.state != JurySession.State.OPEN],
        "approved": current is None and Ranking.objects.in_force().filter(contest=contest).exists(),
        "opening": bound.get("opening") or OpenForm(contest=contest),
        "closed": current is None and actions.is_closed(contest),
        "form": next((one for one in bound.values() if isinstance(one, forms.Form) and one.is_bound), None),
    }
    if current is not None:
        noted = {row.seat_id: row.presence for row in current.attendance.all()}
        there = [seat for seat in seats if noted.get(seat.pk, "absent") != Attendance.Presence.ABSENT]
        voted = bound.get("voting", {})
        context |= {
            "present": actions.counted(len(seats), len(there), current.quorum),
            "attending": bound.get("attending") or AttendanceForm(seats=seats, noted=noted),
            "questions": [_question(one, there, names, voted.get(one.pk)) for one in current.questions.all()],
            "dissenting": bound.get("dissenting") or DissentForm(seats=there),
        }
        context["form"] = context["form"] or next(iter(voted.values()), None)
    return render(request, "judging/session/session.html", context)


def _question(one: Question, there: list[Any], names: dict[int, Any], bound: BallotsForm | None) -> dict[str, Any]:
    if one.state == Question.State.SETTLED:
        return {"question": one, "result": result_of(one), "counts": _counts(one), "votes": _votes(one, names)}
    form = bound or BallotsForm(seats=there, choices=actions.choices_of(one), auto_id=f"id_{one.number}_%s")
    return {"question": one, "form": form}


def result_of(one: Question) -> str:
    """What was decided, in words."""
    choice = one.outcome.get("choice", "")
    return str(CHOICES.get(choice, choice))


def _counts(one: Question) -> list[tuple[str, int]]:
    """How many were for what, most votes first."""
    counts: dict[str, int] = one.outcome.get("counts", {})
    return [
        (str(CHOICES.get(choice, choice)), votes)
        for choice, votes in sorted(counts.items(), key=lambda item: -item[1])
        if votes
    ]


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
