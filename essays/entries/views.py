"""The entrant's pages around the application: list, receipt, what judges will see; and the guardian's page."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from essays.anonymity.downloads import serve_pdf
from essays.contests.calendar import Stage, accepts_entries
from essays.contests.models import Contest
from essays.entries import access, actions, consents, letters, painting, remarks
from essays.entries.application import back_to, own_entry, task_list
from essays.entries.consents import Kind
from essays.entries.downloads import serve_original
from essays.entries.forms import ConsentForm, StartForm
from essays.entries.models import Consent, Entry, Essay
from essays.entries.refusals import Refused
from essays.ledger import clock
from essays.ledger.states import SomeoneWasFirst
from essays.people.age import Signer
from essays.people.requests import SignedInRequest

RESULTS_OUT = (Stage.ANNOUNCED, Stage.ARCHIVED)


@require_GET
def my_entries(request: SignedInRequest) -> HttpResponse:
    """Everything this person has entered, newest first, and contests that are open."""
    entries = list(Entry.objects.of(request.user).for_cards())
    at = clock.now()
    own = [entry for entry in entries if entry.entered_by == Entry.EnteredBy.ENTRANT]
    taken = {entry.contest_id for entry in own if entry.state in Entry.ALIVE}
    open_now = [
        contest
        for contest in Contest.objects.public().filter(opens_at__lte=at, closes_at__gt=at).newest_first()
        if accepts_entries(contest.calendar, at) and contest.pk not in taken
    ]
    announced = {e.pk for e in entries if e.state == Entry.State.ADMITTED and e.contest.stage_at(at) in RESULTS_OUT}
    to_send = {e.pk for e in entries if e.state == Entry.State.DRAFT and accepts_entries(e.contest.calendar, at)}
    context = {"entries": entries, "open_contests": open_now, "to_send": to_send, "announced": announced}
    return render(request, "essays/entries/my_entries.html", context)


@require_http_methods(["GET", "POST"])
def enter(request: SignedInRequest, slug: str) -> HttpResponse:
    """Before the first question: what will be asked, what to have at hand."""
    contest = get_object_or_404(Contest.objects.public(), slug=slug)
    at = clock.now()
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.start(contest, request.user, form.cleaned_data["entered_by"])
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("entry", entry.public_id)
    return render(
        request,
        "essays/entries/enter.html",
        {"contest": contest, "form": form, "open": accepts_entries(contest.calendar, at)},
    )


@require_GET
def entry_page(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """A draft's task list, or where a sent entry stands."""
    entry = own_entry(request, public_id)
    at = clock.now()
    changeable = access.may_change(request.user, entry, at)
    context: dict[str, Any] = {
        "entry": entry,
        "contest": entry.contest,
        "at": at,  # for everything on the page: on PostgreSQL each look at the clock is a question
        "changeable": changeable,
        "withdrawable": access.may_withdraw(request.user, entry, at),
        "deadline": actions.deadline_of(entry),
        "again": entry.state == Entry.State.WITHDRAWN and accepts_entries(entry.contest.calendar, at),
        "past": entry.contest.stage_at(at) in RESULTS_OUT,
        "essay": entry.essays.current().select_related("blind_copy").first(),
    }
    if entry.state in (Entry.State.DRAFT, Entry.State.RETURNED) and changeable:
        return render(request, "essays/entries/tasks.html", context | task_list(entry))
    moments = [moment for moment in (entry.received_at, getattr(context["essay"], "received_at", None)) if moment]
    # A file chosen before the entry was sent is received with the entry, a new one by itself.
    context["received_at"] = max(moments, default=None)
    context["painting"] = context["essay"] and painting.may_paint_as_mentor(request.user, context["essay"])
    context["guardian_missing"] = Signer.GUARDIAN in consents.missing(entry)
    context["guardian_unreached"] = context["guardian_missing"] and letters.guardian_unreached(entry)
    context["standing"] = list(entry.consents.standing().select_related("text").order_by("text__kind", "given_by"))
    return render(request, "essays/entries/entry.html", context)


@require_http_methods(["GET", "POST"])
def withdraw_consent(request: SignedInRequest, public_id: uuid.UUID, kind: str) -> HttpResponse:
    """Take a consent back. Without the one to processing the entry cannot go on, so that is asked once more."""
    entry = own_entry(request, public_id)
    if kind not in Kind.values or not entry.consents.standing().filter(text__kind=kind).exists():
        raise Http404
    if request.method == "GET":
        return render(request, "essays/entries/withdraw_consent.html", {"entry": entry, "contest": entry.contest})
    if kind == Kind.DISSEMINATION:
        consents.withdraw(entry, kind, actor=request.user)
        messages.success(request, _("The consent is withdrawn. Published lists show the code instead of the name."))
    elif kind == Kind.ESSAY:
        consents.withdraw(entry, kind, actor=request.user)
        messages.success(request, _("The consent is withdrawn. The essay can no longer be read in public."))
    elif actions.withdraw_processing(entry, request.user):
        messages.success(request, _("The consent and the entry are withdrawn."))
    else:
        messages.warning(
            request, _("The consent is withdrawn. The organizer decides what happens to the entry and writes to you.")
        )
    return back_to(entry)


@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take the entry back, or delete a draft; asked once more on a page of its own."""
    entry = own_entry(request, public_id)
    if entry.state == Entry.State.WITHDRAWN:
        return back_to(entry)
    draft = entry.state == Entry.State.DRAFT
    if not draft and not access.may_withdraw(request.user, entry, clock.now()):
        raise Http404
    if request.method == "POST":
        if draft:
            actions.discard(entry, request.user)
            messages.success(request, _("The draft is deleted."))
            return redirect("my_entries")
        try:
            actions.withdraw(entry, request.user)
        except SomeoneWasFirst:
            return back_to(entry)
        messages.success(request, _("The entry is withdrawn."))
        return back_to(entry)
    return render(request, "essays/entries/withdraw.html", {"entry": entry, "contest": entry.contest, "draft": draft})


@require_GET
def blind_copy(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """What judges will see. While the copy is in the making the page says so and looks again by itself."""
    entry = own_entry(request, public_id)
    current = get_object_or_404(entry.essays.current().select_related("blind_copy"))
    template = "_copy.html" if request.headers.get("HX-Request") else "copy.html"
    return render(request, f"essays/entries/{template}", remarks.copy_page_of(entry, current))


@require_GET
def copy_pages(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The same as pages, exactly as a judge may take them."""
    entry = own_entry(request, public_id)
    current = get_object_or_404(entry.essays.current().select_related("blind_copy"), blind_copy__isnull=False)
    if current.state in (Essay.State.WAITING, Essay.State.BLINDING) or current.blind_copy is None:
        raise Http404
    return serve_pdf(current.blind_copy)


@require_GET
def original(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """The owner's own file, always as a download and never shown inside the site."""
    entry = own_entry(request, public_id)
    return serve_original(get_object_or_404(entry.essays.current()))


@login_not_required
@require_http_methods(["GET", "POST"])
def guardian(request: SignedInRequest, token: str) -> HttpResponse:
    """The page behind the link in a guardian's letter: separate documents, separate boxes."""
    entry = letters.entry_of_token(token)
    if entry is None:
        return render(request, "essays/entries/guardian_gone.html", status=404)
    signer = Consent.GivenBy.GUARDIAN
    standing = set(entry.consents.standing().filter(given_by=signer).values_list("text__kind", flat=True))
    form = ConsentForm(request.POST or None, texts=consents.current_texts(entry.contest), standing=standing)
    if request.method == "POST" and "withdraw" in request.POST:
        if request.POST["withdraw"] in (Kind.DISSEMINATION, Kind.ESSAY):
            consents.withdraw(entry, request.POST["withdraw"], given_by=signer)
        elif request.POST["withdraw"] == Kind.PROCESSING:
            actions.withdraw_processing(entry, None)
            return render(request, "essays/entries/guardian_withdrawn.html", {"entry": entry, "contest": entry.contest})
        return redirect("guardian", token)
    if request.method == "POST" and form.is_valid():
        consents.give(entry, form.chosen, signer, channel="letter")
        # For a pupil whose mentor entered the essay, the family signs on one page.
        if entry.entered_by == Entry.EnteredBy.MENTOR and Signer.ENTRANT in consents.signers_of(entry):
            consents.give(entry, form.chosen, Consent.GivenBy.ENTRANT, channel="letter")
        messages.success(request, _("Thank you. The consent is recorded."))
        return redirect("guardian", token)
    context = {
        "entry": entry,
        "contest": entry.contest,
        "form": form,
        "token": token,
        "together": entry.entered_by == Entry.EnteredBy.MENTOR and Signer.ENTRANT in consents.signers_of(entry),
        "open": entry.contest.stage_at(clock.now()) != Stage.ARCHIVED,
    }
    response = render(request, "essays/entries/guardian.html", context, status=422 if form.errors else 200)
    # Whoever holds the link has not signed in, and yet the page names a child.
    response["Cache-Control"] = "private, no-store"
    return response
