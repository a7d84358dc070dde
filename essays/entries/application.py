"""The application: a task list, a page for each part, and sending it in."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from essays.entries import access, actions, consents, pages, versions
from essays.entries.application_forms import AuthorForm, EssayForm, StudiesForm, ThemeForm
from essays.entries.forms import ConsentForm
from essays.entries.models import Consent, Entry, Essay
from essays.entries.page_files import is_picture, takes_pictures
from essays.entries.refusals import Refused, megabytes
from essays.entries.tasks import blind_essay
from essays.ledger import clock
from essays.ledger.states import SomeoneWasFirst
from essays.outbox.tasks import send_letters
from essays.people.age import Signer
from essays.people.models import Institution
from essays.people.requests import SignedInRequest

EXTENSIONS = {
    "docx": ".docx",
    "odt": ".odt",
    "pdf": ".pdf",
    "rtf": ".rtf",
    "doc": ".doc",
    "txt": ".txt",
    "jpg": ".jpg,.jpeg",
    "png": ".png",
}
PARTS = {
    "author": gettext_lazy("The author"),
    "studies": gettext_lazy("School, college or university"),
    "theme": gettext_lazy("Category, nomination and title"),
    "essay": gettext_lazy("The essay"),
    "consents": gettext_lazy("Consents"),
}


def own_entry(request: SignedInRequest, public_id: uuid.UUID) -> Entry:
    return get_object_or_404(Entry.objects.of(request.user).for_cards(), public_id=public_id)


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
    if "consents" not in open_parts and Signer.GUARDIAN in consents.missing(entry):
        tasks[-1]["hint"] = _("A parent or guardian signs by the link in a letter, after you have sent the entry.")
    following = next((task for task in tasks if task["kind"] == "waiting"), None)
    return {"tasks": tasks, "ready": not open_parts, "left": len(open_parts), "next": following}


def _part(request: SignedInRequest, public_id: uuid.UUID) -> Entry:
    """The entry whose part is being filled in; 404 where it may no longer be changed."""
    entry = own_entry(request, public_id)
    if not access.may_change(request.user, entry, clock.now()):
        raise Http404
    return entry


def ring_for(entry: Entry) -> None:
    """Ring for the copy that a sent entry is owed."""
    if entry.state != Entry.State.DRAFT:
        essay = entry.essays.current().first()
        if essay:
            blind_essay.delay_on_commit(essay.pk)


def ask_about_grade(request: SignedInRequest, entry: Entry) -> None:
    """A class that the category is not for: said once more where the author goes on, and nothing is refused."""
    if entry.category and (grade := entry.grade_outside):
        words = _("You study in class %(grade)d, and the category is “%(category)s”. Check both: one may be a slip.")
        messages.warning(request, words % {"grade": grade, "category": entry.category.name})


def back_to(entry: Entry) -> HttpResponse:
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
            owed = actions.change(entry, request.user, form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, refused.message)
        else:
            if owed:
                send_letters.delay_on_commit(owed)
            ring_for(entry)
            return back_to(entry)
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
            ring_for(entry)
            ask_about_grade(request, entry)
            return back_to(entry)
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
        ring_for(entry)
        ask_about_grade(request, entry)
        return back_to(entry)
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
            if takes_pictures(entry.contest) and is_picture(upload.name or ""):
                # A page or several of them: they are put in order first.
                pages.add(entry, request.user, upload)
                return redirect("entry_draft_pages", entry.public_id)
            attached = versions.attach(entry, request.user, upload)
        except Refused as refused:
            form.add_error(refused.field, refused.message)
        else:
            ring_for(entry)
            messages.success(request, arrived(attached))
            return back_to(entry)
    current = entry.essays.current().first()
    return _page(
        request,
        "essay",
        entry,
        form,
        current=current,
        formats=", ".join(entry.contest.formats).upper(),
        limit=megabytes(entry.contest.max_bytes),
        pictures=takes_pictures(entry.contest),
    )


def arrived(attached: Essay) -> str:
    """What has come, in words."""
    if attached.page_count:
        words = ngettext(
            "The essay is here: %(count)d page.", "The essay is here: %(count)d pages.", attached.page_count
        )
        return words % {"count": attached.page_count}
    return _("The file is here: %(name)s, %(characters)s characters with spaces.") % {
        "name": attached.original_name,
        "characters": attached.characters,
    }


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
        return back_to(entry)
    return _page(request, "consents", entry, form, needed=needed, may_sign=may_sign, guardian=Signer.GUARDIAN in needed)


@require_http_methods(["GET", "POST"])
def send(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Check everything once more, then hand it in. A second click, or a second tab, finds it sent."""
    entry = _part(request, public_id)
    if entry.state == Entry.State.RECEIVED or actions.unfinished(entry):
        return back_to(entry)
    refusal = ""
    if request.method == "POST":
        try:
            owed = actions.send(entry, request.user)
        except Refused as refused:
            refusal = str(refused.message)
        except SomeoneWasFirst:
            return back_to(entry)
        else:
            send_letters.delay_on_commit(owed)
            ring_for(entry)
            messages.success(request, _("Your essay is received. A receipt is on its way to your e-mail."))
            return back_to(entry)
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
