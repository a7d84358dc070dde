"""The painting page: black over what identifies the author, for organizers and for the mentor of the entry.

Every act is a form that works without JavaScript; with it the places are drawn by hand and saved by themselves.
"""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from essays.anonymity.models import UNPAINTED, CopyAlarm, CopyPage
from essays.anonymity.page_downloads import serve_jpeg, serve_page
from essays.anonymity.painting import WHOLE, paint
from essays.contests.models import Contest
from essays.entries import closing, doubts, painting, redaction_queue
from essays.entries.application import own_entry
from essays.entries.models import Entry, Essay
from essays.entries.organizer import contest_of
from essays.entries.page_forms import PlaceForm
from essays.entries.page_models import EssayPage
from essays.entries.pages import content_of
from essays.entries.refusals import Refused
from essays.entries.tasks import blind_essay
from essays.ledger.states import MoveRefused, SomeoneWasFirst
from essays.people.requests import SignedInRequest

CONFLICT = 409
ZOOMS = (1, 2, 3)


@dataclass(frozen=True)
class Room:
    """Where the page stands: an organizer's room or a mentor's entry. ``arguments`` make its addresses."""

    name: str
    arguments: tuple[Any, ...]
    template: str
    may_paint: bool

    def address(self, page: int | None = None) -> str:
        return reverse(self.name, args=self.arguments) + (f"?page={page}" if page else "")

    def picture(self, page: EssayPage) -> str:
        # The turn is part of the address, so that a turned page is never taken for the one before.
        return reverse(f"{self.name}_picture", args=[*self.arguments, page.number]) + f"?turn={page.quarters}"


def _essays() -> Any:
    return Essay.objects.select_related("entry__contest", "entry__institution", "blind_copy").filter(page_count__gt=0)


def _organizers(request: SignedInRequest, slug: str, public_id: uuid.UUID, version: int) -> tuple[Contest, Essay]:
    contest = contest_of(request, slug)
    found = _essays().filter(entry__contest=contest, entry__public_id=public_id, version=version)
    return contest, get_object_or_404(found.exclude(entry__state=Entry.State.DRAFT))


def _mentors(request: SignedInRequest, public_id: uuid.UUID) -> Essay:
    entry = own_entry(request, public_id)
    if entry.entered_by != Entry.EnteredBy.MENTOR or entry.state == Entry.State.DRAFT:
        raise Http404
    return get_object_or_404(_essays(), entry=entry, is_current=True)


@require_http_methods(["GET", "POST"])
def organizer_pages(request: SignedInRequest, slug: str, public_id: uuid.UUID, version: int) -> HttpResponse:
    contest, essay = _organizers(request, slug, public_id, version)
    room = Room(
        "organizer_pages",
        (slug, public_id, version),
        "essays/entries/organizer_pages.html",
        painting.may_paint(essay),
    )
    return _painting(request, contest, essay, room, asked=_asked)


def _asked(contest: Contest, essay: Essay) -> dict[str, Any]:
    """What judges and the author say about the painted pages, and what waits on the redaction desk after them."""
    copy = essay.blind_copy
    alarms = CopyAlarm.objects.filter(copy=copy, settled=False).values_list("words", flat=True)
    return {
        # A judge may have written the code that he knows the essay by; beside a name it must not stand.
        "alarms": [words.replace(copy.code, "…") if copy else words for words in alarms],
        "doubts": doubts.words(code for code in (copy.doubts if copy else []) if code != UNPAINTED),
        "remarks": list(essay.remarks.open()),
        "following": redaction_queue.following(redaction_queue.waiting(contest), essay.pk),
        "closed": closing.why_closed(contest),
    }


@require_http_methods(["GET", "POST"])
def entry_pages(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    essay = _mentors(request, public_id)
    may = painting.may_paint_as_mentor(request.user, essay)
    room = Room("entry_pages", (public_id,), "essays/entries/entry_pages.html", may)
    return _painting(request, essay.entry.contest, essay, room)


@require_GET
def organizer_picture(
    request: SignedInRequest, slug: str, public_id: uuid.UUID, version: int, number: int
) -> HttpResponse:
    return _original(_organizers(request, slug, public_id, version)[1], number)


@require_GET
def entry_picture(request: SignedInRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    return _original(_mentors(request, public_id), number)


@require_GET
def organizer_copy_picture(
    request: SignedInRequest, slug: str, public_id: uuid.UUID, version: int, number: int
) -> HttpResponse:
    """A painted page as judges see it."""
    essay = _organizers(request, slug, public_id, version)[1]
    return serve_page(get_object_or_404(CopyPage, copy=essay.blind_copy_id, number=number))


@require_POST
def show_pages_instead(request: SignedInRequest, slug: str, public_id: uuid.UUID, version: int) -> HttpResponse:
    """Printed text was read badly: judges are to see the pages."""
    essay = _organizers(request, slug, public_id, version)[1]
    try:
        painting.show_pages_instead(essay, request.user)
    except Refused as refused:
        messages.warning(request, str(refused.message))
    except (MoveRefused, SomeoneWasFirst):
        messages.warning(request, _("The copy is being made already."))
    else:
        blind_essay.delay_on_commit(essay.pk)
        messages.success(request, _("Judges will see the pages themselves. In a moment you can paint over them."))
    return redirect("organizer_entry", slug, public_id)


def _original(essay: Essay, number: int) -> HttpResponse:
    """The page with nothing painted over, turned as it stands now."""
    page = get_object_or_404(EssayPage, essay=essay, number=number)
    if not page.quarters:
        return serve_page(page)
    try:
        return serve_jpeg(paint(content_of(page), [], page.quarters).jpeg)
    except FileNotFoundError as missing:
        raise Http404 from missing


def _painting(
    request: SignedInRequest,
    contest: Contest,
    essay: Essay,
    room: Room,
    asked: Callable[[Contest, Essay], dict[str, Any]] | None = None,
) -> HttpResponse:
    pages = list(essay.pages.all())
    page = _chosen(request, pages)
    form = PlaceForm(request.POST if request.POST.get("act") == "add" else None)
    if request.method == "POST":
        quick = request.headers.get("X-Requested-With") == "fetch"
        if not room.may_paint:
            return JsonResponse({"saved": False}, status=CONFLICT) if quick else _away(request, room)
        try:
            following = _act(request, essay, pages, page, form)
        except painting.Outdated:
            if quick:
                return JsonResponse({"saved": False, "outdated": True}, status=CONFLICT)
            messages.warning(request, _("Somebody else has just changed this page. It is shown as it stands now."))
            return redirect(room.address(page.number))
        except Refused as refused:
            messages.error(request, str(refused.message))
            return redirect(room.address(page.number))
        except (MoveRefused, SomeoneWasFirst):
            return _away(request, room)
        if quick:
            return JsonResponse({"saved": True, "revision": page.revision})
        if following is not None:
            return redirect(room.address(following))
    return render(
        request,
        room.template,
        {
            "contest": contest,
            "entry": essay.entry,
            "essay": essay,
            "form": form,
            "page": page,
            "picture": room.picture(page),
            "address": room.address(page.number),
            "steps": [{"page": one, "address": room.address(one.number)} for one in pages],
            "places": [{"number": at, "box": place} for at, place in enumerate(page.places, start=1)],
            "places_data": json.dumps(page.places),
            "lines": range(WHOLE // 10, WHOLE, WHOLE // 10),
            "may_paint": room.may_paint,
            "left": sum(not one.confirmed for one in pages),
            "zoom": _zoom(request),
            "zooms": ZOOMS,
            "active": "entries",
            **(asked(contest, essay) if asked else {}),
        },
        status=422 if form.errors else 200,
    )


def _act(
    request: SignedInRequest, essay: Essay, pages: list[EssayPage], page: EssayPage, form: PlaceForm
) -> int | None:
    """Carry out a button. Returns the page to go on with, or None where the form has to be shown again."""
    act = request.POST.get("act", "")
    revision = _number(request.POST.get("revision")) or 0
    if act == "save":
        try:
            painting.keep_places(page, revision, json.loads(request.POST.get("places", "")))
        except (ValueError, RecursionError) as nonsense:
            raise Refused(_("The places could not be understood. Nothing was changed.")) from nonsense
    elif act == "add":
        if not form.is_valid():
            return None
        painting.keep_places(page, revision, [*page.places, form.place])
    elif act == "undo":
        painting.keep_places(page, revision, page.places[:-1])
    elif act.startswith("remove-"):
        gone = _number(act.removeprefix("remove-"))
        painting.keep_places(page, revision, [one for at, one in enumerate(page.places, start=1) if at != gone])
    elif act in ("left", "right"):
        painting.turn(page, revision, clockwise=act == "right")
    elif act in ("confirm", "reopen"):
        painting.confirm(page, revision, confirmed=act == "confirm")
        if act == "confirm":
            return next((one.number for one in pages if not one.confirmed), page.number)
    elif act == "release":
        painting.release(essay, request.user)
        messages.success(request, _("The painted pages are what judges will see."))
    return page.number


def _away(request: SignedInRequest, room: Room) -> HttpResponse:
    messages.warning(request, _("These pages cannot be painted now; the page shows how the copy stands."))
    return redirect(room.address())


def _chosen(request: SignedInRequest, pages: list[EssayPage]) -> EssayPage:
    """The page asked for; else the first that waits to be confirmed, else the first."""
    if not pages:
        raise Http404
    number = _number(request.POST.get("page") or request.GET.get("page"))
    asked = next((page for page in pages if page.number == number), None)
    return asked or next((page for page in pages if not page.confirmed), pages[0])


def _zoom(request: SignedInRequest) -> int:
    zoom = _number(request.GET.get("zoom"))
    return zoom if zoom in ZOOMS else 1


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None
