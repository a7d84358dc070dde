"""The redaction desk: which copies wait for a look, the original beside the copy, one key to hide or show."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from essays.anonymity.decisions import Decision
from essays.anonymity.models import BlindCopy, CopyAlarm
from essays.anonymity.reading import Unreadable
from essays.contests.models import Contest
from essays.entries import closing, doubts, originals, redacting, redaction_queue, remarking
from essays.entries.models import Entry, Essay
from essays.entries.organizer import contest_of
from essays.entries.redaction_forms import AnswerForm, WishForm
from essays.entries.redaction_models import CopyRemark
from essays.entries.redaction_sides import Reach, Whole, last_step, sides_of
from essays.entries.refusals import Refused
from essays.outbox.tasks import send_letters
from essays.people.requests import SignedInRequest

PAGE = 50
CONFLICT, UNPROCESSABLE = 409, 422


@dataclass(frozen=True)
class Asked:
    """A decision for the whole essay that waits for its yes, and what it would change."""

    decision: Decision
    in_all_forms: Reach
    as_written: Reach


@require_GET
def queue(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everything that waits, the gravest doubt first; filters by what it is; how far the desk is."""
    contest = contest_of(request, slug)
    rows = redaction_queue.waiting(contest)
    counts = Counter(group for row in rows for group in row.groups)
    why = request.GET.get("why", "")
    why = why if counts[why] else ""
    page = Paginator([row for row in rows if not why or why in row.groups], PAGE).get_page(request.GET.get("page"))
    looked_at = redaction_queue.looked_at(contest)
    context = {
        "contest": contest,
        "page": page,
        "rows": [(row, doubts.words(row.reasons)) for row in page.object_list],
        "first": next((row for row in rows if not row.is_pictures), rows[0] if rows else None),
        "tabs": [(group, doubts.group(group), counts[group]) for group in redaction_queue.GROUPS if counts[group]],
        "why": why,
        "waiting": len(rows),
        "looked_at": looked_at,
        "of": looked_at + len(rows),
        "active": "redaction",
    }
    return render(request, "essays/entries/redaction_queue.html", context)


@require_GET
def desk(request: SignedInRequest, slug: str, public_id: UUID) -> HttpResponse:
    """One essay: the original beside the copy, every place with its reason."""
    contest, essay = _on_the_desk(request, slug, public_id)
    if essay.page_count and essay.blind_copy and not essay.blind_copy.text:
        return redirect("organizer_pages", slug, public_id, essay.version)
    return _page(request, contest, essay)


def _page(request: SignedInRequest, contest: Contest, essay: Essay, asked: Asked | None = None) -> HttpResponse:
    rows = redaction_queue.waiting(contest)
    looked_at = redaction_queue.looked_at(contest)
    context = {
        "contest": contest,
        "following": redaction_queue.following(rows, essay.pk),
        "preceding": redaction_queue.preceding(rows, essay.pk),
        "looked_at": looked_at,
        "of": looked_at + len(rows),
        "kinds": WishForm().fields["kind"],
        "asked": asked,
        **_work(essay),
    }
    return render(request, "essays/entries/redaction_desk.html", context)


@require_POST
def decide(request: SignedInRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Hide or show a place, or undo the last step. Answers a script with the desk as it stands, others with the page.

    What reaches over the whole essay is asked about first: how many places, and which words.
    """
    contest, essay = _on_the_desk(request, slug, public_id)
    form = WishForm(request.POST)
    status = 200
    if not form.is_valid():
        return _answer(request, contest, essay, _("Choose a place, or write the words to be hidden."), UNPROCESSABLE)
    revision = form.cleaned_data["revision"]
    try:
        if form.cleaned_data["act"] == "undo":
            changed = redacting.undo(essay.pk, revision, request.user)
        elif asked := _to_be_asked(request, essay, form):
            if _by_script(request):
                return _answer(request, contest, essay, "", 200, asked)
            return _page(request, contest, essay, asked)
        else:
            changed = redacting.decide(essay.pk, form.wish, revision, request.user)
    except Refused as refused:
        said, status = str(refused.message), UNPROCESSABLE
    except redacting.Outdated:
        said, status = somebody_else(), CONFLICT
    except (Unreadable, FileNotFoundError):
        raise Http404 from None
    else:
        said = _said(form, changed)
    return _answer(request, contest, essay, said, status)


def _to_be_asked(request: SignedInRequest, essay: Essay, form: WishForm) -> Asked | None:
    """The question about a wish for the whole essay; None where its answer is known or nothing can be asked."""
    wish, copy = form.wish, essay.blind_copy
    outdated = copy is None or copy.revision != form.cleaned_data["revision"]
    if not wish.forms or outdated or not redacting.may_redact(essay):
        return None
    row = originals.redaction_of(essay)
    decision = redacting.decision_of(wish, row, request.user)
    whole = Whole(row, originals.composed_from(essay, row))
    found = [Reach(whole.changing(decision.words, hide=wish.hide, all_forms=forms)) for forms in (True, False)]
    if found[0].places < 2 or form.cleaned_data["seen"] == found[0].places:
        return None
    return Asked(decision, *found)


@require_POST
def release(request: SignedInRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Let judges read the copy and go on to the next, or hold a released one back."""
    contest, essay = _on_the_desk(request, slug, public_id)
    revision = request.POST.get("revision", "")
    if request.POST.get("act") == "hold":
        try:
            redacting.hold_back(essay.pk, request.user)
        except redacting.Outdated:
            messages.warning(request, somebody_else())
        except Refused as refused:
            messages.warning(request, str(refused.message))
        return redirect("organizer_redaction_desk", slug, public_id)
    following = redaction_queue.following(redaction_queue.waiting(contest), essay.pk)
    try:
        if not revision.isdecimal():
            raise redacting.Outdated
        redacting.release(essay.pk, int(revision), request.user, despite=request.POST.get("despite") == "yes")
    except redacting.StillLeaking:
        messages.error(request, _("The check still finds the author. Hide the place, or confirm that it is nothing."))
        return redirect("organizer_redaction_desk", slug, public_id)
    except redacting.Outdated:
        messages.warning(request, somebody_else())
        return redirect("organizer_redaction_desk", slug, public_id)
    except Refused as refused:
        messages.warning(request, str(refused.message))
        return redirect("organizer_redaction_desk", slug, public_id)
    except (Unreadable, FileNotFoundError):
        raise Http404 from None
    messages.success(request, _("№ %(number)s is released to judges.") % {"number": essay.entry.number})
    return _go_on(slug, following)


@require_POST
def answer(request: SignedInRequest, slug: str, public_id: UUID, pk: int) -> HttpResponse:
    """Answer an entrant's remark; the answer stands beside the copy on the entrant's page."""
    _contest, essay = _on_the_desk(request, slug, public_id)
    remark = get_object_or_404(CopyRemark.objects.select_related("essay__entry"), pk=pk, essay=essay)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say whether the copy was changed, in at most 1,000 characters."))
        return redirect("organizer_redaction_desk", slug, public_id)
    try:
        owed = remarking.answer(remark, form.cleaned_data["outcome"], form.cleaned_data["answer"], request.user)
    except redacting.Outdated:
        messages.warning(request, _("Somebody else has answered already."))
    else:
        send_letters.delay_on_commit(owed)
        messages.success(request, _("The author reads your answer beside the copy and in a letter."))
    return redirect("organizer_redaction_desk", slug, public_id)


def _on_the_desk(request: SignedInRequest, slug: str, public_id: UUID) -> tuple[Contest, Essay]:
    """The version in force of a sent entry, with its copy."""
    contest = contest_of(request, slug)
    rows = Essay.objects.current().filter(entry__contest=contest, entry__public_id=public_id, blind_copy__isnull=False)
    return contest, get_object_or_404(
        rows.exclude(entry__state=Entry.State.DRAFT).select_related(*redacting.JOINED).defer("blind_copy__html")
    )


def _work(essay: Essay) -> dict[str, Any]:
    """What changes with every decision."""
    copy = essay.blind_copy
    assert copy is not None
    remarks = list(essay.remarks.open())
    sides, last = None, ""
    try:
        row = originals.redaction_of(essay)
        sides, last = sides_of(essay, row, remarks), last_step(row)
    except (Unreadable, FileNotFoundError, ValueError):
        # The page says so; the copy itself can be read and released on its own page.
        pass
    alarms = [
        # A judge may have written the code that he knows the essay by; beside a name it must not stand.
        words.replace(copy.code, "…")
        for words in CopyAlarm.objects.filter(copy=copy, settled=False).values_list("words", flat=True)
    ]
    return {
        "essay": essay,
        "entry": essay.entry,
        "sides": sides,
        "revision": copy.revision,
        "held": copy.state == BlindCopy.State.HELD,
        "released": copy.state == BlindCopy.State.RELEASED,
        "open": redacting.may_redact(essay),
        "closed": closing.why_closed(essay.entry.contest),
        "last_step": last,
        "doubts": doubts.words(code for code in copy.doubts if not code.startswith("leak")),
        "alarms": alarms,
        "remarks": remarks,
    }


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def _answer(
    request: HttpRequest, contest: Contest, essay: Essay, said: str, status: int, asked: Asked | None = None
) -> HttpResponse:
    if _by_script(request):
        fresh = Essay.objects.select_related(*redacting.JOINED).get(pk=essay.pk)
        context = {"contest": contest, "kinds": WishForm().fields["kind"], "asked": asked, **_work(fresh)}
        html = render_to_string("essays/entries/_redaction_work.html", context, request)
        return JsonResponse({"html": html, "said": said}, status=status)
    level = messages.SUCCESS if status == 200 else messages.WARNING
    messages.add_message(request, level, said)
    desk = reverse("organizer_redaction_desk", args=[contest.slug, essay.entry.public_id])
    card = request.POST.get("card", "")
    # Back to about the same place; what was refused is said at the top of the page.
    return redirect(f"{desk}#card-{card}" if status == 200 and card.isdecimal() else desk)


def _said(form: WishForm, changed: int) -> str:
    if form.cleaned_data["act"] == "undo":
        return _("Undone. The last step counts no more.")
    if not changed:
        return _("Nothing has changed: it is so already.")
    if form.wish.hide:
        return ngettext("%(count)d place is hidden.", "%(count)d places are hidden.", changed) % {"count": changed}
    return ngettext("%(count)d place is shown.", "%(count)d places are shown.", changed) % {"count": changed}


def _go_on(slug: str, following: redaction_queue.Doubtful | None) -> HttpResponse:
    if following is None:
        return redirect("organizer_redaction", slug)
    if following.is_pictures:
        return redirect("organizer_pages", slug, following.public_id, following.version)
    return redirect("organizer_redaction_desk", slug, following.public_id)


def somebody_else() -> str:
    return _("Somebody else has just changed this copy. The page shows how it stands now; your last step was not made.")
