"""The author's pages that come as pictures: laid ready, put in order, handed in; and what judges will see of them."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from essays.anonymity.models import CopyPage
from essays.anonymity.page_downloads import serve_page
from essays.anonymity.reading.limits import MAX_PAGES
from essays.entries import access, pages
from essays.entries.application import arrived, back_to, own_entry, ring_for
from essays.entries.files import clean_name
from essays.entries.models import Entry, Essay
from essays.entries.page_files import chosen_types, takes_pictures
from essays.entries.page_models import DraftPage
from essays.entries.refusals import Refused, megabytes
from essays.ledger import clock
from essays.people.requests import SignedInRequest


def _changeable(request: SignedInRequest, public_id: uuid.UUID) -> Entry:
    entry = own_entry(request, public_id)
    if not takes_pictures(entry.contest) or not access.may_change(request.user, entry, clock.now()):
        raise Http404
    return entry


@require_http_methods(["GET", "POST"])
def draft_pages(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """All pages on one sheet, each with its buttons. Every act comes back to this page; handing in leads on."""
    entry = _changeable(request, public_id)
    refusals: list[str] = []
    if request.method == "POST":
        one_by_one = request.headers.get("X-Requested-With") == "fetch"
        try:
            done = None if one_by_one else _act(request, entry)
        except Refused as refused:
            refusals = [str(refused.message)]
        else:
            if done is not None:
                return done
            refusals = _added(request, entry)
            if one_by_one:
                return JsonResponse({"refusals": refusals})
            if not refusals:
                return redirect("entry_draft_pages", entry.public_id)
    current = entry.essays.current().first()
    context = {
        "entry": entry,
        "contest": entry.contest,
        "pages": list(entry.draft_pages.all()),
        "current": current,
        "handed_in": pages.handed_in(entry, current),
        "refusals": refusals,
        "most": MAX_PAGES,
        "limit": megabytes(entry.contest.max_bytes),
        "types": chosen_types(),
    }
    return render(request, "essays/entries/draft_pages.html", context, status=422 if refusals else 200)


def _act(request: SignedInRequest, entry: Entry) -> HttpResponse | None:
    """Carry out a button of the sheet; None where pages are to be added."""
    for name, act in (
        ("up", lambda pk: pages.reorder(entry, request.user, pk, -1)),
        ("down", lambda pk: pages.reorder(entry, request.user, pk, 1)),
        ("away", lambda pk: pages.take_away(entry, request.user, pk)),
    ):
        number = request.POST.get(name, "")
        if number.isascii() and number.isdigit() and len(number) < 19:
            act(int(number))
            return redirect("entry_draft_pages", entry.public_id)
    if "hand_in" in request.POST:
        essay = pages.hand_in(entry, request.user)
        ring_for(entry)
        messages.success(request, arrived(essay))
        return back_to(entry)
    return None


def _added(request: SignedInRequest, entry: Entry) -> list[str]:
    """Add what was chosen, one by one; a page that is refused does not keep the others out."""
    refusals = []
    chosen = request.FILES.getlist("pages")
    if not chosen:
        return [_("Choose the pictures of the pages first.")]
    for upload in chosen[: MAX_PAGES + 1]:
        try:
            pages.add(entry, request.user, upload)
        except Refused as refused:
            name = clean_name(upload.name or "")
            refusals.append(f"{name}: {refused.message}" if len(chosen) > 1 else str(refused.message))
    return refusals


@require_GET
def draft_picture(request: SignedInRequest, public_id: uuid.UUID, page: int) -> HttpResponse:
    entry = own_entry(request, public_id)
    return serve_page(get_object_or_404(DraftPage, entry=entry, pk=page))


@require_GET
def copy_picture(request: SignedInRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """A painted page as judges see it, for the author."""
    entry = own_entry(request, public_id)
    essay: Essay = get_object_or_404(entry.essays.current())
    return serve_page(get_object_or_404(CopyPage, copy=essay.blind_copy_id, number=number))
