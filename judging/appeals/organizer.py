"""The organizer's appeals: who hears, what they found, the decision."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from essays.contests.doors import organizer_page
from essays.contests.models import Contest
from essays.ledger import clock
from essays.ledger.states import MoveRefused, SomeoneWasFirst
from essays.outbox.tasks import send_letters
from judging.appeals import access, actions, finding
from judging.appeals.forms import AppointForm, DecisionForm
from judging.appeals.models import Appeal
from judging.appeals.points import rows_of
from judging.ranking import sentences
from judging.results.models import Announcement, Award
from judging.rubrics.models import Criterion

ON_A_PAGE = 50


@require_GET
@organizer_page
def appeals(request: HttpRequest, contest: Contest) -> HttpResponse:
    """All appeals of a contest, those that are due first."""
    found = (
        Appeal.objects.of_contest(contest)
        .select_related("copy")
        .defer("copy__html", "copy__text", "copy__conflict_keys", "copy__doubts")
        .annotate(appointed=Count("members"), heard=Count("members", filter=Q(members__found_at__isnull=False)))
        .order_by("hear_by", "pk")
    )
    context = {
        "contest": contest,
        "active": "appeals",
        "page_obj": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "until": access.window_of(contest),
        "now": clock.now(),
    }
    return render(request, "judging/appeals/organizer_appeals.html", context)


@require_http_methods(["GET", "POST"])
@organizer_page
def appeal(request: HttpRequest, contest: Contest, public_id: UUID) -> HttpResponse:
    """One appeal: appoint, look at what was found, decide."""
    one = get_object_or_404(
        Appeal.objects.select_related("contest", "copy", "entry").prefetch_related("members__seat"),
        contest=contest,
        public_id=public_id,
    )
    announcement = get_object_or_404(Announcement, contest=contest)
    award = get_object_or_404(Award.objects.select_related("row"), announcement=announcement, entry=one.entry)
    hearing = one.state in (Appeal.State.FILED, Appeal.State.HEARING)
    able = access.able_to_hear(one) if hearing else []
    known = {member.seat_id for member in one.members.all()}
    act = request.POST.get("act", "")
    free = [seat for seat in able if seat.pk not in known]
    appointing = AppointForm(
        request.POST if act == "appoint" else None, able=free, needed=max(0, contest.appeal_members - len(known))
    )
    deciding = DecisionForm(request.POST if act == "decide" else None)
    try:
        if act == "appoint" and appointing.is_valid():
            owed = actions.appoint(one, request.user, appointing.cleaned_data["seats"])
            send_letters.delay_on_commit(owed)
            messages.success(request, _("Appointed. Letters are on their way."))
            return redirect("organizer_appeal", contest.slug, one.public_id)
        if act == "decide" and deciding.is_valid():
            owed = actions.decide(one, request.user, answer=deciding.cleaned_data["answer"])
            send_letters.delay_on_commit(owed)
            messages.success(request, _("The appeal is decided. The author gets a letter."))
            return redirect("organizer_appeal", contest.slug, one.public_id)
        if act == "relieve":
            member = get_object_or_404(one.members, public_id=_uuid(request.POST.get("member", "")))
            send_letters.delay_on_commit(actions.relieve(member, request.user))
            messages.success(request, _("Taken off the hearing, with a letter about it. Name somebody else."))
            return redirect("organizer_appeal", contest.slug, one.public_id)
    except actions.Refused as refused:
        if act == "relieve":
            messages.error(request, str(refused.message))
            return redirect("organizer_appeal", contest.slug, one.public_id)
        form = appointing if act == "appoint" else deciding
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    except (SomeoneWasFirst, MoveRefused):
        messages.error(request, _("Somebody else was quicker. This is how it stands now."))
        return redirect("organizer_appeal", contest.slug, one.public_id)
    return render(
        request,
        "judging/appeals/organizer_appeal.html",
        {
            "contest": contest,
            "active": "appeals",
            "appeal": one,
            "appointing": appointing if free and hearing else None,
            "deciding": deciding,
            "form": next((form for form in (appointing, deciding) if form.is_bound), None),
            "short": len(able) < contest.appeal_members and hearing,
            "score": sentences.points(award.row.score),
            **_found(one, award),
        },
    )


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise Http404 from None


def _found(one: Appeal, award: Award) -> dict[str, Any]:
    """Criteria as rows with what each member found and what they find together."""
    criteria = list(Criterion.objects.filter(rubric__contest=one.contest_id).order_by("position"))
    before = actions.before(one, award)
    together = actions.finding_of(one, award) if one.state == Appeal.State.HEARING else None
    rows = rows_of(award, criteria, before)
    members = list(one.members.all())
    for row, criterion in zip(rows, criteria, strict=True):
        key = str(criterion.position)
        row["found"] = [
            (
                member.seat.surname,
                sentences.points(Decimal(member.marks[key])) if key in member.marks else "–" if member.heard else "…",
            )
            for member in members
        ]
        row["together"] = sentences.points(together.marks[key]) if together else ""
        row["changed"] = bool(together and key in together.changed)
    context: dict[str, Any] = {"rows": rows, "members": members, "together": together}
    if together is not None:
        before_total = award.row.score or Decimal(0)
        after = actions.score_after(one, award, together)
        context["ties"] = actions.ties_of(one, award)
        context["after"] = sentences.points(after)
        context["outcome"] = Appeal.Outcome(finding.outcome(before_total, after)).label
    return context
