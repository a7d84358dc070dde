"""The organizer's announcement: look, choose the moment, confirm, watch it being done."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from essays.contests.doors import organizer_page
from essays.contests.models import Contest
from essays.contests.timeline import local_words
from essays.contests.zones import by_local_time
from essays.entries.unblinding import open_envelopes
from essays.ledger import clock
from essays.outbox.actions import Draft
from essays.outbox.models import Letter
from essays.outbox.rendering import render as render_letter
from judging.ranking.models import Ranking
from judging.results import actions, letters, page, protocol_files
from judging.results.forms import AnnounceForm, ConfirmForm
from judging.results.models import Announcement, Award, Diploma
from judging.results.protocol import protocol_of
from judging.results.tasks import complete_announcement

FILE_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KINDS = {
    letters.AWARDED: gettext_lazy("To the awarded"),
    letters.TOOK_PART: gettext_lazy("To the other participants"),
    letters.JUDGE: gettext_lazy("To the judges"),
}


@dataclass(frozen=True)
class LetterPreview:
    """One real letter of a kind, to the person who will get it, and how many get one."""

    kind: str
    recipients: int
    to: str
    subject: str
    text: str


@dataclass(frozen=True)
class Progress:
    """How far the announcement is: envelopes, documents, letters."""

    entries: int
    opened: int
    documents: int
    letters: int
    sent: int
    failed: int

    @property
    def percent(self) -> int:
        return 100 * self.opened // self.entries if self.entries else 100


@require_http_methods(["GET", "POST"])
@organizer_page
def results(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Before the announcement its preview and the form; afterwards how far it is."""
    # A record may be megabytes, and no page of the results reads it.
    announcements = Announcement.objects.filter(contest=contest).select_related(
        "ranking", "announced_by", "confirmed_by"
    )
    announcement = announcements.defer("ranking__record").first()
    ranking = Ranking.objects.in_force().filter(contest=contest).defer("record").first()
    if announcement is None and ranking is None:
        return render(request, "judging/results/organizer_none.html", {"contest": contest, "active": "results"})
    form = AnnounceForm(request.POST or None, contest=contest)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.announce(contest, request.user, form.moment, seen=form.cleaned_data["seen"])
        except actions.Refused as refused:
            form.add_error(refused.field, refused.message)
        else:
            complete_announcement.delay_on_commit(made.pk)
            if made.state == Announcement.State.PROPOSED:
                messages.success(request, _("It is decided. Now another organizer looks at it and confirms."))
            else:
                messages.success(request, _("It is decided. The documents are being numbered now."))
            return redirect("organizer_results", contest.slug)
    if announcement is not None and announcement.state == Announcement.State.PROPOSED:
        second = ConfirmForm(initial={"seen": announcement.ranking.sha256})
        return _preview_page(request, contest, announcement.ranking, second, announcement)
    if announcement is not None:
        return _progress_page(request, contest, announcement, form if form.is_bound else None)
    assert ranking is not None
    if form.is_bound:
        form.data = {**form.data.dict(), "seen": ranking.sha256}  # type: ignore[attr-defined]
    else:
        form.initial["seen"] = ranking.sha256
    return _preview_page(request, contest, ranking, form)


@require_POST
@organizer_page
def confirm(request: HttpRequest, contest: Contest) -> HttpResponse:
    """The second organizer's word."""
    form = ConfirmForm(request.POST)
    announcement = (
        Announcement.objects.filter(contest=contest).select_related("ranking", "announced_by").defer("ranking__record")
    ).first()
    if form.is_valid():
        try:
            made = actions.confirm(contest, request.user, seen=form.cleaned_data["seen"])
        except actions.Refused as refused:
            form.add_error(None, refused.message)
        else:
            complete_announcement.delay_on_commit(made.pk)
            messages.success(request, _("It is decided. The documents are being numbered now."))
            return redirect("organizer_results", contest.slug)
    if announcement is None or announcement.state != Announcement.State.PROPOSED:
        messages.error(request, _("Nothing is waiting to be announced."))
        return redirect("organizer_results", contest.slug)
    form.data = {**request.POST.dict(), "seen": announcement.ranking.sha256}
    return _preview_page(request, contest, announcement.ranking, form, announcement)


@require_POST
@organizer_page
def call_off(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Take a set moment back before it comes."""
    try:
        actions.call_off(contest, request.user)
    except actions.Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("The announcement is called off. Nothing of it was public."))
    return redirect("organizer_results", contest.slug)


@require_GET
@organizer_page
def protocol(request: HttpRequest, contest: Contest, kind: str) -> HttpResponse:
    """The protocol of the ranking in force; names stand in it, so it is there after approval only."""
    ranking = get_object_or_404(Ranking.objects.in_force(), contest=contest)
    made = protocol_of(contest, ranking, request.user)
    body = protocol_files.as_pdf(made) if kind == "pdf" else protocol_files.as_workbook(made)
    response = HttpResponse(body, content_type=FILE_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{contest.slug}-protocol.{kind}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _preview_page(
    request: HttpRequest,
    contest: Contest,
    ranking: Ranking,
    form: AnnounceForm | ConfirmForm,
    proposed: Announcement | None = None,
) -> HttpResponse:
    """Page, letters and the act itself: deciding, or the second word on what is ``proposed``."""
    rows = list(ranking.rows.order_by("cell", "place", "pk"))
    awarded = [row for row in rows if row.award_key]
    others = [row for row in rows if not row.award_key]
    shown = [row.copy_id for row in (*awarded, *others[:1])]
    entries = open_envelopes(shown, ranking=ranking, actor=request.user)
    drafts: list[tuple[Draft, int]] = []
    for some in (awarded, others):
        if some and some[0].copy_id in entries:
            entry = entries[some[0].copy_id]
            drafts.append((letters.to_entrant(entry, some[0], ranking, None), len(some)))
    judges = letters.judges_of(contest)
    first = judges.first()
    if first is not None:
        drafts.append((letters.to_judge(first, None), judges.count()))
    context: dict[str, Any] = {
        "contest": contest,
        "active": "results",
        "form": form,
        "ranking": ranking,
        "results": page.of_ranking(ranking, entries, page.Chosen()),
        "moment": clock.now(),
        "letters": [_preview(draft, recipients) for draft, recipients in drafts],
        "recipients": sum(recipients for _draft, recipients in drafts),
        "proposed": proposed,
        "own": proposed is not None and proposed.announced_by_id == request.user.pk,
        "planned": f"{local_words(proposed.at, contest)}, {by_local_time(contest.time_zone)}" if proposed else "",
        "gone": actions.left_since_approval(ranking),
        "unranked": actions.admitted_without_rank(ranking),
    }
    return render(request, "judging/results/organizer_preview.html", context)


def _preview(draft: Draft, recipients: int) -> LetterPreview:
    subject, text, _html = render_letter(draft.name, draft.context, draft.language)
    kind = str(KINDS[draft.name])
    return LetterPreview(kind, recipients, draft.to, subject, text)


def _progress_page(
    request: HttpRequest, contest: Contest, announcement: Announcement, form: AnnounceForm | None
) -> HttpResponse:
    owed = Letter.objects.filter(contest=contest, name__in=list(KINDS))
    states = dict(owed.order_by().values_list("state").annotate(number=Count("pk")))
    progress = Progress(
        entries=announcement.ranking.rows.count(),
        opened=Award.objects.filter(announcement=announcement).count(),
        documents=Diploma.objects.filter(award__announcement=announcement).count(),
        letters=sum(states.values()),
        sent=states.get(Letter.State.SENT, 0),
        failed=states.get(Letter.State.FAILED, 0),
    )
    now = clock.now()
    context = {
        "contest": contest,
        "active": "results",
        "announcement": announcement,
        "progress": progress,
        "public": announcement.state == Announcement.State.ANNOUNCED and announcement.at <= now,
        "waiting": announcement.at > now,
        "form": form,
        "moment": f"{local_words(announcement.at, contest)}, {by_local_time(contest.time_zone)}",
        "numbered": ngettext("%(count)d document", "%(count)d documents", progress.documents)
        % {"count": progress.documents},
    }
    return render(request, "judging/results/organizer_progress.html", context)
