"""The organizer's pages of entries: applications with names and numbers. Codes stay with the jury until approval."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from essays.anonymity.downloads import serve_pdf
from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.entries import access, admission, closing, consents, doubts, redacting, renewal
from essays.entries.downloads import serve_original
from essays.entries.forms import DecisionForm, EntryFilter
from essays.entries.models import Entry, Essay
from essays.entries.refusals import Refused
from essays.entries.tasks import blind_essay, ring_for_copies
from essays.ledger import clock
from essays.ledger.states import MoveRefused, SomeoneWasFirst
from essays.outbox.tasks import send_letters
from essays.people.models import searchable
from essays.people.requests import SignedInRequest

PAGE = 50
CURRENT = (
    Essay.objects.current()
    .select_related("blind_copy")
    .defer("spans", "blind_copy__html", "blind_copy__text", "blind_copy__conflict_keys")
)
DECISIONS = {
    "admit": Entry.State.ADMITTED,
    "return": Entry.State.RETURNED,
    "reject": Entry.State.REJECTED,
    "reconsider": Entry.State.RECEIVED,
    "disqualify": Entry.State.DISQUALIFIED,
}


def contest_of(request: SignedInRequest, slug: str) -> Contest:
    return get_object_or_404(Contest.objects.organized_by(request.user), slug=slug)


@require_GET
def entries(request: SignedInRequest, slug: str) -> HttpResponse:
    """All sent entries, by number; filters for state, copy and name."""
    contest = contest_of(request, slug)
    form = EntryFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(listed(contest, chosen), PAGE).get_page(request.GET.get("page"))
    waiting = Entry.objects.of_contest(contest).filter(state=Entry.State.RECEIVED).count()
    context: dict[str, Any] = {"contest": contest, "form": form, "page": page, "waiting": waiting, "active": "entries"}
    context["outdated"] = renewal.count_outdated(contest)
    return render(request, "essays/entries/organizer_entries.html", context)


def listed(contest: Contest, chosen: dict[str, Any]) -> QuerySet[Entry]:
    """The list under these filters, with the current file of each entry joined in."""
    found = Entry.objects.of_contest(contest).sent()
    if chosen.get("state"):
        found = found.filter(state=chosen["state"])
    typed = searchable(chosen.get("q") or "")
    if typed.lstrip("№ ").isdigit():
        found = found.filter(number=int(typed.lstrip("№ ")))
    else:
        for word in typed.split():
            found = found.filter(search__contains=word)
    current = Q(essays__is_current=True)
    by_copy = {
        "owed": current & Q(essays__state__in=[Essay.State.WAITING, Essay.State.BLINDING]),
        "failed": current & Q(essays__state__in=[Essay.State.FAILED, Essay.State.QUARANTINED]),
        "held": current & Q(essays__blind_copy__state=BlindCopy.State.HELD),
        "released": current & Q(essays__blind_copy__state=BlindCopy.State.RELEASED),
    }
    if chosen.get("copy"):
        found = found.filter(by_copy[chosen["copy"]])
    return (
        found.select_related("category", "nomination", "institution")
        .prefetch_related(Prefetch("essays", CURRENT, to_attr="current_essays"))
        .order_by("-number")
    )


@require_http_methods(["GET", "POST"])
def entry(request: SignedInRequest, slug: str, public_id: uuid.UUID) -> HttpResponse:
    """One entry: application, consents, files and their copies, and the decision."""
    contest = contest_of(request, slug)
    row = get_object_or_404(
        Entry.objects.of_contest(contest)
        .sent()
        .select_related("owner", "institution", "category", "nomination", "contest"),
        public_id=public_id,
    )
    allowed = allowed_decisions(row)
    form = DecisionForm(request.POST or None, allowed=allowed)
    if request.method == "POST" and form.is_valid():
        try:
            owed = decide(row, form.cleaned_data["decision"], form.cleaned_data["remark"], request.user)
        except Refused as refused:
            form.add_error("decision", refused.message)
        except (SomeoneWasFirst, MoveRefused):
            form.add_error(None, _("Somebody else has just decided on this entry. The page shows how it stands now."))
            row.refresh_from_db()
        else:
            send_letters.delay_on_commit(owed)
            messages.success(request, decided(form.cleaned_data["decision"], row))
            return redirect("organizer_entry", slug, public_id)
    essays = list(row.essays.select_related("blind_copy").order_by("-version"))
    context = {
        "contest": contest,
        "entry": row,
        "form": form,
        "allowed": allowed,
        "essays": essays,
        "consents": list(row.consents.select_related("text").order_by("text__kind", "given_by")),
        "missing": consents.missing(row),
        "following": following(contest, row),
        "active": "entries",
    }
    return render(request, "essays/entries/organizer_entry.html", context, status=422 if form.errors else 200)


def following(contest: Contest, row: Entry) -> Entry | None:
    """The next entry that waits for a decision, in the order of numbers; after the last one the first."""
    waiting = Entry.objects.of_contest(contest).filter(state=Entry.State.RECEIVED).exclude(pk=row.pk)
    after = waiting.filter(number__gt=row.number).order_by("number").first()
    return after or waiting.order_by("number").first()


def allowed_decisions(row: Entry) -> set[str]:
    """Decisions that the table of moves and the calendar allow now."""
    if not access.may_decide(row, clock.now()):
        return set()
    moves = Entry.MOVES[Entry.State(row.state)]
    allowed = {name for name, state in DECISIONS.items() if state in moves}
    if row.state == Entry.State.RETURNED:
        # Only the entrant hands a returned entry in again.
        allowed.discard("reconsider")
    return allowed


def decide(row: Entry, decision: str, remark: str, actor: Any) -> list[int]:
    """Carry a decision out; returns letters to ring."""
    if decision == "admit":
        admission.admit(row, actor)
    elif decision == "return":
        return admission.give_back(row, actor, remark)
    elif decision == "reject":
        return admission.reject(row, actor, remark)
    elif decision == "disqualify":
        return admission.disqualify(row, actor, remark)
    else:
        admission.reconsider(row, actor)
    return []


def decided(decision: str, row: Entry) -> str:
    """What has happened, in words."""
    if decision == "reconsider":
        return _("The decision is taken back: the entry waits for a decision again.")
    return _("Decided: %(state)s.") % {"state": row.get_state_display()}


@require_POST
def admit_all(request: SignedInRequest, slug: str) -> HttpResponse:
    """Admit every received entry whose consents stand, whose copy is clean and whose class goes with the category; the
    rest wait for a person.
    """
    contest = contest_of(request, slug)
    ready = Entry.objects.of_contest(contest).filter(
        state=Entry.State.RECEIVED,
        essays__is_current=True,
        essays__blind_copy__state=BlindCopy.State.RELEASED,
    )
    admitted = left = 0
    for row in ready.select_related("contest", "category").iterator():
        if row.grade_outside:
            left += 1
            continue
        try:
            admission.admit(row, request.user)
            admitted += 1
        except (Refused, SomeoneWasFirst):
            left += 1
    messages.success(
        request, ngettext("%(count)d entry admitted.", "%(count)d entries admitted.", admitted) % {"count": admitted}
    )
    if left:
        messages.warning(
            request,
            ngettext(
                "%(count)d entry waits: a consent is missing, or the class does not go with the category.",
                "%(count)d entries wait: a consent is missing, or the class does not go with the category.",
                left,
            )
            % {"count": left},
        )
    return redirect("organizer_entries", slug)


def _essay(request: SignedInRequest, slug: str, public_id: uuid.UUID, version: int) -> tuple[Contest, Essay]:
    contest = contest_of(request, slug)
    rows = Essay.objects.filter(entry__contest=contest, entry__public_id=public_id, version=version)
    return contest, get_object_or_404(
        rows.exclude(entry__state=Entry.State.DRAFT).select_related("entry__contest", "blind_copy")
    )


@require_GET
def original(request: SignedInRequest, slug: str, public_id: uuid.UUID, version: int) -> HttpResponseBase:
    return serve_original(_essay(request, slug, public_id, version)[1])


@require_GET
def copy(request: SignedInRequest, slug: str, public_id: uuid.UUID, version: int) -> HttpResponse:
    """The blind copy as judges see it, with what was hidden and why it waits."""
    contest, essay = _essay(request, slug, public_id, version)
    get_object_or_404(BlindCopy, pk=essay.blind_copy_id)
    context = {
        "contest": contest,
        "entry": essay.entry,
        "essay": essay,
        "doubts": doubts.words(essay.blind_copy.doubts if essay.blind_copy else []),
        "on_the_desk": redacting.may_redact(essay),
        "closed": closing.why_closed(contest),
        "anew": renewal.is_outdated(essay),
        "judged": not renewal.may_renew(contest, clock.now()),
        "active": "entries",
    }
    return render(request, "essays/entries/organizer_copy.html", context)


@require_GET
def copy_pages(request: SignedInRequest, slug: str, public_id: uuid.UUID, version: int) -> HttpResponse:
    """The copy as pages. They carry the registration number in place of the code, which stays with the jury."""
    _contest, essay = _essay(request, slug, public_id, version)
    copy = get_object_or_404(BlindCopy, pk=essay.blind_copy_id)
    return serve_pdf(copy, mark=f"№ {essay.entry.number}")


@require_http_methods(["GET", "POST"])
def copies_anew(request: SignedInRequest, slug: str) -> HttpResponse:
    """How far the blind copies are, and making those anew that an older version made; looks again by itself."""
    contest = contest_of(request, slug)
    if request.method == "POST":
        try:
            owed = renewal.renew(contest, request.user)
        except Refused as refused:
            messages.warning(request, str(refused.message))
        else:
            if owed:
                ring_for_copies.delay_on_commit(contest.pk)
        return redirect("organizer_copies", slug)
    context = {
        "contest": contest,
        "progress": renewal.progress(contest),
        "outdated": renewal.count_outdated(contest),
        "may_renew": renewal.may_renew(contest, clock.now()),
        "active": "entries",
    }
    template = "_copies.html" if request.headers.get("HX-Request") else "organizer_copies.html"
    return render(request, f"essays/entries/{template}", context)


@require_POST
def retry(request: SignedInRequest, slug: str, public_id: uuid.UUID, version: int) -> HttpResponse:
    """Make the copy again after a failure."""
    _contest, essay = _essay(request, slug, public_id, version)
    try:
        renewal.make_anew(essay, request.user)
    except Refused as refused:
        messages.warning(request, str(refused.message))
    except (SomeoneWasFirst, MoveRefused):
        messages.warning(request, _("The copy is being made already."))
    else:
        blind_essay.delay_on_commit(essay.pk)
        messages.success(request, _("The copy is being made again."))
    return redirect("organizer_entry", slug, public_id)


@require_POST
def release(request: SignedInRequest, slug: str, public_id: uuid.UUID, version: int) -> HttpResponse:
    """Release a held copy, or hold a released one: a person has looked at it."""
    _contest, essay = _essay(request, slug, public_id, version)
    held = essay.blind_copy
    try:
        if held and request.POST.get("act") == "hold":
            redacting.hold_back(essay.pk, request.user)
            messages.success(request, _("The copy is held back: no judge can read it until you release it."))
        elif held:
            redacting.release_unread(essay, request.user)
            messages.success(request, _("The copy is clean. Judges get it when the entry is admitted and dealt."))
    except redacting.StillLeaking:
        messages.warning(request, _("The check still finds the author in this copy. Look at the places first."))
        return redirect("organizer_redaction_desk", slug, public_id)
    except Refused as refused:
        messages.warning(request, str(refused.message))
    except (SomeoneWasFirst, MoveRefused, redacting.Outdated):
        messages.warning(request, _("Somebody else was quicker; the page shows how the copy stands now."))
    return redirect("organizer_copy", slug, public_id, version)
