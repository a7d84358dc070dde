"""The organizer's page of one entry by its code: opening its name before the ranking is approved."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from essays.anonymity.models import BlindCopy
from essays.contests.doors import organizer_page
from essays.contests.models import Contest
from essays.entries.models import Entry
from essays.ledger import clock
from essays.ledger.states import MoveRefused, SomeoneWasFirst
from essays.outbox.tasks import send_letters
from judging.ranking.models import Ranking
from judging.results import openings
from judging.results.opening_models import NameOpening

SHOWN = 20


class AskForm(forms.Form):
    """Why a name has to be known now."""

    reason = forms.CharField(
        label=gettext_lazy("Why the name has to be known now"),
        max_length=1000,
        min_length=20,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The second organizer and the secretary read it. Do not write a name here."),
        error_messages={"min_length": gettext_lazy("Say in a sentence or two why.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


@require_http_methods(["GET", "POST"])
@organizer_page
def entry_name(request: HttpRequest, contest: Contest, code: str) -> HttpResponse:
    """Ask, confirm, call off, look. The name stands only in the answer to the act of looking."""
    copies = BlindCopy.objects.of_contest(contest).filter(
        code=code, state__in=[BlindCopy.State.HELD, BlindCopy.State.RELEASED]
    )
    copy = get_object_or_404(
        copies.select_related("category", "nomination").defer("html", "text", "conflict_keys", "doubts")
    )
    act = request.POST.get("act", "")
    form = AskForm(request.POST if act == "ask" else None)
    entry: Entry | None = None
    try:
        if act == "ask" and form.is_valid():
            owed = openings.ask(contest, copy, request.user, form.cleaned_data["reason"])
            send_letters.delay_on_commit(owed)
            messages.success(request, _("Asked. The other organizers get a letter."))
            return redirect("organizer_name", contest.slug, code)
        if act in ("confirm", "drop", "look"):
            # What is acted on is what the page named, not whatever is newest now.
            opening = get_object_or_404(
                NameOpening.objects.of_code(contest, code).select_related("contest", "copy", "asked_by"),
                pk=_number(request.POST.get("opening", "")),
            )
            if act == "look":
                entry = openings.look(opening, request.user)
            elif act == "confirm":
                send_letters.delay_on_commit(openings.confirm(opening, request.user))
                messages.success(request, _("Confirmed. The name may be looked at now; the secretary gets a letter."))
                return redirect("organizer_name", contest.slug, code)
            else:
                openings.drop(opening, request.user)
                messages.success(request, _("Called off. Nobody has seen the name."))
                return redirect("organizer_name", contest.slug, code)
    except openings.Refused as refused:
        if form.is_bound:
            form.add_error(None, refused.message)
        else:
            messages.error(request, str(refused.message))
    except (SomeoneWasFirst, MoveRefused):
        messages.error(request, _("Somebody else was quicker. This is how it stands now."))
    return _page(request, contest, copy, form, entry)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def _page(request: HttpRequest, contest: Contest, copy: BlindCopy, form: AskForm, entry: Entry | None) -> HttpResponse:
    now = clock.now()
    rows = list(
        NameOpening.objects.of_code(contest, copy.code).select_related("asked_by", "confirmed_by", "copy")[:SHOWN]
    )
    waiting = next((one for one in rows if one.state == NameOpening.State.ASKED and not one.is_over(now)), None)
    is_open = next((one for one in rows if openings.may_look(one, request.user)), None)
    why_not = openings.why_not(contest, request.user)
    context = {
        "contest": contest,
        "active": "reviews",
        "copy": copy,
        "form": form,
        "rows": [(one, one.state == NameOpening.State.ASKED and one.is_over(now)) for one in rows],
        "waiting": waiting,
        "own": waiting is not None and waiting.asked_by_id == request.user.pk,
        "is_open": None if why_not else is_open,
        "why_not": why_not,
        "approved": bool(why_not) and Ranking.objects.in_force().filter(contest=contest).exists(),
        "entry": entry,
        "hours": int(openings.CONFIRM_WITHIN.total_seconds() // 3600),
    }
    response = render(request, "judging/results/entry_name.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
