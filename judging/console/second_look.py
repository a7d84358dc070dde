"""The organizer's page of the second look: what it would cost, ordering it, and how far it is."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from essays.anonymity.models import BlindCopy
from essays.contests.doors import organizer_page_with
from essays.contests.models import Contest
from essays.outbox.tasks import send_letters
from essays.people.access import acting
from judging.assignments import access, second_look
from judging.assignments.models import Assignment, SecondLook
from judging.assignments.pace import MINUTES_AN_ESSAY
from judging.assignments.second_look import Choice
from judging.assignments.writing import Refused
from judging.console.leaders import LEAST, MOST, AfterFirstRound
from judging.panels.models import Seat

USUAL = Choice(share=20, minimum=3, readings=1)
SHOWN_JUDGES = 60


class ChoiceForm(forms.Form):
    """How many leaders, and how often they are read."""

    share = forms.IntegerField(
        label=gettext_lazy("Share of each nomination, per cent"),
        min_value=LEAST,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"type": "range", "step": 5}),
    )
    minimum = forms.IntegerField(
        label=gettext_lazy("At least so many of each nomination"),
        min_value=0,
        max_value=100,
    )
    readings = forms.IntegerField(
        label=gettext_lazy("More readings of each"),
        min_value=1,
        max_value=3,
    )


@dataclass(frozen=True)
class JudgeProgress:
    seat: Seat
    done: int
    of: int


@require_http_methods(["GET", "POST"])
@organizer_page_with("judging_rules", "second_look__ordered_by")
def second_look_page(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Sliders and their price while nothing is ordered; afterwards, how far the readings are."""
    look: SecondLook | None = getattr(contest, "second_look", None)
    if look is not None:
        if request.method == "POST":
            _end(request, contest)
            return redirect(request.path)
        return _progress(request, contest, look)
    if request.method == "POST":
        form = ChoiceForm(request.POST)
        if form.is_valid() and _ordered(request, contest, form):
            return redirect(request.path)
        return _choosing(request, contest, form)
    asked = {name: request.GET[name] for name in ChoiceForm.base_fields if name in request.GET}
    return _choosing(request, contest, ChoiceForm(asked or _first_choice(contest)))


def _end(request: HttpRequest, contest: Contest) -> None:
    if request.POST.get("act") != "end":
        messages.info(request, _("The second look was ordered already."))
        return
    try:
        gone = second_look.end(contest, actor=acting(request))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return
    if gone:
        messages.success(request, _("The second look is called off; it can be ordered anew."))
    else:
        messages.success(request, _("The second look is over: nobody is asked any more, and what is in counts."))


def _first_choice(contest: Contest) -> dict[str, int]:
    rules = getattr(contest, "judging_rules", None)
    share = rules.second_look_share if rules else 0
    return {"share": share or USUAL.share, "minimum": USUAL.minimum, "readings": USUAL.readings}


def _choice(form: ChoiceForm) -> Choice:
    return Choice(**form.cleaned_data) if form.is_valid() else USUAL


def _ordered(request: HttpRequest, contest: Contest, form: ChoiceForm) -> bool:
    """Order what the organizer saw. The answers of the first round are read again inside the transaction."""
    choice = _choice(form)
    try:
        with transaction.atomic():
            Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
            state = AfterFirstRound(contest)
            if state.missing:
                raise Refused(_("The first round is not complete yet: the leaders may still change."))
            if state.sums:
                raise Refused(_("The result is a sum of reviews: one more reading would raise it."))
            chosen = state.leaders(choice)
            if state.digest(chosen) != request.POST.get("seen"):
                raise Refused(_("Something has changed since you opened this page. Look at the numbers once more."))
            dealt = second_look.order(contest, chosen, choice, actor=acting(request))
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    send_letters.delay_on_commit(dealt.letters)
    count = len(dealt.assignments)
    messages.success(
        request,
        ngettext(
            "The second look is ordered: %(count)d reading is dealt, and the judge gets a letter.",
            "The second look is ordered: %(count)d readings are dealt, and the judges get a letter.",
            count,
        )
        % {"count": count},
    )
    return True


def _choosing(request: HttpRequest, contest: Contest, form: ChoiceForm) -> HttpResponse:
    choice = _choice(form)
    state = AfterFirstRound(contest)
    chosen = state.leaders(choice) if state.scored else []
    shares, nobody = state.shares(chosen, choice)
    context: dict[str, Any] = {
        "contest": contest,
        "active": "reviews",
        "form": form,
        "choice": choice,
        "state": state,
        "chosen": len(chosen),
        "readings": len(chosen) * choice.readings,
        "hours": len(chosen) * choice.readings * MINUTES_AN_ESSAY / 60,
        "minutes": MINUTES_AN_ESSAY,
        "cells": state.cells(chosen, choice.readings) if state.scored else [],
        "prices": state.prices(choice) if state.scored else [],
        "shares": shares[:SHOWN_JUDGES],
        "more_judges": max(0, len(shares) - SHOWN_JUDGES),
        "nobody": nobody,
        "seen": state.digest(chosen),
        "is_decided": access.is_decided(contest),
    }
    return render(request, "judging/console/second_look.html", context)


def _progress(request: HttpRequest, contest: Contest, look: SecondLook) -> HttpResponse:
    standing = Assignment.objects.filter(contest=contest, round=Assignment.Round.SECOND_LOOK).standing()
    counts = Counter(standing.values_list("seat_id", "state").order_by())
    seats = Seat.objects.filter(pk__in={seat for seat, _state in counts}).for_panel()
    done, waiting = Assignment.State.DONE, Assignment.State.WAITING
    judges = [
        JudgeProgress(seat, counts[seat.pk, done], counts[seat.pk, done] + counts[seat.pk, waiting]) for seat in seats
    ]
    alive = BlindCopy.objects.of_contest(contest).in_competition().filter(code__in=look.codes)
    held = Counter(standing.values_list("copy__code", flat=True).order_by())
    short = sorted(code for code in alive.values_list("code", flat=True) if held[code] < look.readings)
    if look.ended_at is not None:
        short = []
    context = {
        "contest": contest,
        "active": "reviews",
        "look": look,
        "may_end": look.ended_at is None and not access.is_decided(contest),
        "entries": len(look.codes),
        "done": sum(one.done for one in judges),
        "of": sum(one.of for one in judges),
        "judges": judges,
        "short": short[:40],
        "more_short": max(0, len(short) - 40),
    }
    return render(request, "judging/console/second_look_progress.html", context)
