"""The entrant's pages: from "Enter" to the receipt, and what judges will see."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from essays.contests.calendar import Stage, accepts_entries
from essays.contests.models import Contest
from essays.entries import access, actions, consents, letters
from essays.entries.consents import Kind
from essays.entries.downloads import serve_original
from essays.entries.forms import AuthorForm, ConsentForm, EssayForm, StartForm, StudiesForm, ThemeForm
from essays.entries.models import Consent, Entry, Essay
from essays.entries.refusals import Refused
from essays.entries.tasks import blind_essay
from essays.ledger import clock
from essays.outbox.tasks import send_letters
from essays.people.age import Signer
from essays.people.models import Institution
from essays.people.requests import SignedInRequest

EXTENSIONS = {"docx": ".docx", "odt": ".odt", "pdf": ".pdf", "txt": ".txt"}
PARTS = {
    "author": gettext_lazy("The author"),
    "studies": gettext_lazy("School, college or university"),
    "theme": gettext_lazy("Category, nomination and title"),
    "essay": gettext_lazy("The essay"),
    "consents": gettext_lazy("Consents"),
}


@require_GET
def my_entries(request: SignedInRequest) -> HttpResponse:
    """Everything this person has entered, newest first, and contests that are open."""
    entries = list(Entry.objects.of(request.user).for_cards())
    at = clock.now()
    taken = {entry.contest_id for entry in entries if entry.entered_by == Entry.EnteredBy.ENTRANT}
    open_now = [
        contest
        for contest in Contest.objects.public().filter(opens_at__lte=at, closes_at__gt=at).newest_first()
        if accepts_entries(contest.calendar, at) and contest.pk not in taken
    ]
    return render(request, "essays/entries/my_entries.html", {"entries": entries, "open_contests": open_now})


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


def own_entry(request: SignedInRequest, public_id: uuid.UUID) -> Entry:
    return get_object_or_404(Entry.objects.of(request.user).for_cards(), public_id=public_id)


@require_GET
def entry_page(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """A draft's task list, or where a sent entry stands."""
    entry = own_entry(request, public_id)
    at = clock.now()
    changeable = access.may_change(request.user, entry, at)
    context: dict[str, Any] = {
        "entry": entry,
        "contest": entry.contest,
        "changeable": changeable,
        "withdrawable": access.may_withdraw(request.user, entry, at),
        "deadline": actions.deadline_of(entry),
        "essay": entry.essays.current().select_related("blind_copy").first(),
    }
    if entry.state in (Entry.State.DRAFT, Entry.State.RETURNED) and changeable:
        return render(request, "essays/entries/tasks.html", context | task_list(entry))
    context["guardian_missing"] = Signer.GUARDIAN in consents.missing(entry)
    context["standing"] = list(entry.consents.standing().select_related("text").order_by("text__kind", "given_by"))
    return render(request, "essays/entries/entry.html", context)


def task_list(entry: Entry) -> dict[str, Any]:
    open_parts = actions.unfinished(entry)
    tasks = [
        {
            "name": name,
            "url": reverse(f"entry_{key}", args=[entry.public_id]),
            "kind": "waiting" if key in open_parts else "done",
            "words": _("to do") if key in open_parts else _("done"),
            "icon": "empty" if key in open_parts else "",
        }
        for key, name in PARTS.items()
    ]
    return {"tasks": tasks, "ready": not open_parts, "left": len(open_parts)}


def _part(request: SignedInRequest, public_id: uuid.UUID) -> Entry:
    """The entry whose part is being filled in; 404 where it may no longer be changed."""
    entry = own_entry(request, public_id)
    if not access.may_change(request.user, entry, clock.now()):
        raise Http404
    return entry


def _ring_for(entry: Entry) -> None:
    if entry.state != Entry.State.DRAFT:
        essay = entry.essays.current().first()
        if essay:
            blind_essay.delay_on_commit(essay.pk)


def _next(entry: Entry) -> HttpResponse:
    return redirect("entry", entry.public_id)


def _page(request: SignedInRequest, name: str, entry: Entry, form: Any, **context: Any) -> HttpResponse:
    values = {"entry": entry, "contest": entry.contest, "form": form, **context}
    return render(request, f"essays/entries/{name}.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def author(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    entry = _part(request, public_id)
    form = AuthorForm(request.POST or None, instance=entry)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(entry, request.user, form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, refused.message)
        else:
            _ring_for(entry)
            return _next(entry)
    words = _("An author under 18 needs the consent of a parent or guardian. From 18 on leave this part empty.")
    return _page(request, "author", entry, form, guardian_words=words)


@require_http_methods(["GET", "POST"])
def studies(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Institution and mentor. «Find» works without JavaScript too: it shows the page again with what was found."""
    entry = _part(request, public_id)
    finding = "find" in request.POST
    form = StudiesForm(request.POST or None, instance=entry)
    typed = request.POST.get("institution_search", "")
    found = list(Institution.objects.found_by(typed).for_choice()[:12]) if typed.strip() else []
    if request.method == "POST" and not finding and form.is_valid():
        values = dict(form.cleaned_data)
        place = values.pop("institution") or actions.write_in_institution(
            name=values["new_name"],
            kind=values["new_kind"],
            municipality=values["new_municipality"],
            locality=values["new_locality"],
            actor=request.user,
        )
        kept = {name: value for name, value in values.items() if not name.startswith(("new_", "institution"))}
        try:
            actions.change(entry, request.user, {**kept, "institution": place, "municipality": place.municipality})
        except Refused as refused:
            form.add_error(refused.field, refused.message)
        else:
            _ring_for(entry)
            return _next(entry)
    chosen = _chosen_place(request, entry)
    if finding:
        # Only looking: what was typed stays, and nothing is called wrong yet.
        form.errors.clear()
    return _page(request, "studies", entry, form, found=found, typed=typed, chosen=chosen, finding=finding)


def _chosen_place(request: SignedInRequest, entry: Entry) -> Institution | None:
    value = request.POST.get("institution", "")
    if value.isdigit():
        return Institution.objects.for_choice().filter(pk=int(value)).first()
    return entry.institution


@require_GET
def institutions(request: SignedInRequest) -> HttpResponse:
    """The fragment with what was found, while typing."""
    typed = request.GET.get("institution_search", "")[:120]
    found = Institution.objects.found_by(typed).for_choice()[:12] if len(typed.strip()) > 1 else []
    return render(request, "essays/entries/_institutions.html", {"found": found, "typed": typed})


@require_http_methods(["GET", "POST"])
def theme(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    entry = _part(request, public_id)
    form = ThemeForm(request.POST or None, instance=entry)
    if request.method == "POST" and form.is_valid():
        actions.change(entry, request.user, form.cleaned_data)
        _ring_for(entry)
        return _next(entry)
    return _page(request, "theme", entry, form)


@require_http_methods(["GET", "POST"])
def essay(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Choose the file. A refusal stands beside the field; the earlier version, if any, stays."""
    entry = _part(request, public_id)
    accept = ",".join(EXTENSIONS[one] for one in entry.contest.formats if one in EXTENSIONS)
    form = EssayForm(request.POST or None, request.FILES or None, accept=accept)
    if request.method == "POST" and form.is_valid():
        upload: UploadedFile = form.cleaned_data["file"]
        try:
            attached = actions.attach(entry, request.user, upload)
        except Refused as refused:
            form.add_error(refused.field, refused.message)
        else:
            _ring_for(entry)
            messages.success(
                request,
                _("The file is here: %(name)s, %(characters)s characters with spaces.")
                % {"name": attached.original_name, "characters": attached.characters},
            )
            return _next(entry)
    current = entry.essays.current().first()
    return _page(request, "essay", entry, form, current=current, formats=", ".join(entry.contest.formats).upper())


@require_http_methods(["GET", "POST"])
def consents_page(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The entrant's own consents. Those of a guardian are asked for by letter."""
    entry = own_entry(request, public_id)
    own = Consent.GivenBy.ENTRANT
    needed = consents.signers_of(entry)
    standing = set(entry.consents.standing().filter(given_by=own).values_list("text__kind", flat=True))
    form = ConsentForm(request.POST or None, texts=consents.current_texts(entry.contest), standing=standing)
    may_sign = Signer.ENTRANT in needed and entry.entered_by == Entry.EnteredBy.ENTRANT
    if request.method == "POST" and may_sign and form.is_valid():
        consents.give(entry, form.chosen, own, channel="account", actor=request.user)
        return _next(entry)
    return _page(request, "consents", entry, form, needed=needed, may_sign=may_sign, guardian=Signer.GUARDIAN in needed)


@require_POST
def withdraw_consent(request: SignedInRequest, public_id: uuid.UUID, kind: str) -> HttpResponse:
    """Take a consent back. Without the one to processing the entry cannot go on, so it is withdrawn with it."""
    entry = own_entry(request, public_id)
    if kind not in Kind.values:
        raise Http404
    consents.withdraw(entry, kind, actor=request.user)
    if kind == Kind.DISSEMINATION:
        messages.success(request, _("The consent is withdrawn. Published lists show the code instead of the name."))
    else:
        messages.warning(request, _("The consent is withdrawn. Without it the entry cannot take part."))
    return _next(entry)


@require_http_methods(["GET", "POST"])
def send(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Check everything once more, then hand it in."""
    entry = _part(request, public_id)
    if actions.unfinished(entry):
        return _next(entry)
    refusal = ""
    if request.method == "POST":
        try:
            owed = actions.send(entry, request.user)
        except Refused as refused:
            refusal = str(refused.message)
        else:
            send_letters.delay_on_commit(owed)
            _ring_for(entry)
            messages.success(request, _("Your essay is received. A receipt is on its way to your e-mail."))
            return _next(entry)
    return render(
        request,
        "essays/entries/send.html",
        {
            "entry": entry,
            "contest": entry.contest,
            "essay": entry.essays.current().get(),
            "refusal": refusal,
            "guardian": Signer.GUARDIAN in consents.missing(entry),
        },
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take the entry back, or delete a draft; asked once more on a page of its own."""
    entry = own_entry(request, public_id)
    draft = entry.state == Entry.State.DRAFT
    if not draft and not access.may_withdraw(request.user, entry, clock.now()):
        raise Http404
    if request.method == "POST":
        if draft:
            actions.discard(entry, request.user)
            messages.success(request, _("The draft is deleted."))
            return redirect("my_entries")
        actions.withdraw(entry, request.user)
        messages.success(request, _("The entry is withdrawn."))
        return _next(entry)
    return render(request, "essays/entries/withdraw.html", {"entry": entry, "contest": entry.contest, "draft": draft})


@require_GET
def blind_copy(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """What judges will see. While the copy is in the making the page says so and looks again by itself."""
    entry = own_entry(request, public_id)
    current = get_object_or_404(entry.essays.current().select_related("blind_copy"))
    waiting = current.state in (Essay.State.WAITING, Essay.State.BLINDING)
    template = "_copy.html" if request.headers.get("HX-Request") else "copy.html"
    context = {"entry": entry, "contest": entry.contest, "essay": current, "waiting": waiting}
    return render(request, f"essays/entries/{template}", context)


@require_GET
def original(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """The owner's own file, always as a download and never shown inside the site."""
    entry = own_entry(request, public_id)
    return serve_original(get_object_or_404(entry.essays.current()))


@login_not_required
@require_http_methods(["GET", "POST"])
def guardian(request: SignedInRequest, token: str) -> HttpResponse:
    """The page behind the link in a guardian's letter: two separate documents, two separate boxes."""
    entry = letters.entry_of_token(token)
    if entry is None:
        return render(request, "essays/entries/guardian_gone.html", status=404)
    signer = Consent.GivenBy.GUARDIAN
    standing = set(entry.consents.standing().filter(given_by=signer).values_list("text__kind", flat=True))
    form = ConsentForm(request.POST or None, texts=consents.current_texts(entry.contest), standing=standing)
    if request.method == "POST" and "withdraw" in request.POST:
        for kind in (Kind.PROCESSING, Kind.DISSEMINATION):
            if request.POST["withdraw"] == kind:
                consents.withdraw(entry, kind, given_by=signer)
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
    response["Referrer-Policy"] = "no-referrer"
    return response
