"""An author's appeal, and the page of somebody who hears one. The latter knows a code and no name."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from essays.entries.models import Entry
from essays.ledger import clock
from essays.ledger.states import MoveRefused, SomeoneWasFirst
from essays.people.requests import SignedInRequest
from judging.appeals import access, actions
from judging.appeals.forms import AppealForm, FindingForm
from judging.appeals.models import Appeal, AppealMember
from judging.appeals.points import comments_of, rows_of
from judging.appeals.tasks import blind_appeal
from judging.ranking import sentences
from judging.results.models import Announcement, Award
from judging.rubrics.models import Criterion


@require_http_methods(["GET", "POST"])
def appeal(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Write an appeal against one's own result, while the window is open; afterwards how it stands."""
    entry = get_object_or_404(Entry.objects.of(request.user).select_related("contest"), public_id=public_id)
    found = Appeal.objects.filter(entry=entry).first()
    award = access.award_to_appeal(request.user, entry, clock.now())
    if found is None and award is None:
        raise Http404
    form = AppealForm(request.POST or None)
    if found is None and request.method == "POST" and form.is_valid():
        try:
            made = actions.file(entry, request.user, form.cleaned_data["text"])
        except actions.Refused as refused:
            form.add_error(refused.field, refused.message)
        else:
            blind_appeal.delay_on_commit(made.pk)
            messages.success(request, _("Your appeal is filed. You get a letter when it is decided."))
            return redirect("entry", entry.public_id)
    context: dict[str, Any] = {"entry": entry, "contest": entry.contest, "appeal": found, "form": form}
    if award is not None:
        context["until"] = access.window_of(entry.contest)
    return render(request, "judging/appeals/appeal.html", context)


@require_POST
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    entry = get_object_or_404(Entry.objects.of(request.user), public_id=public_id)
    found = get_object_or_404(Appeal, entry=entry)
    try:
        actions.withdraw(found, request.user)
    except (SomeoneWasFirst, MoveRefused):
        messages.error(request, _("The appeal is decided already."))
    else:
        messages.success(request, _("The appeal is withdrawn. The result stays as it is."))
    return redirect("entry", entry.public_id)


@require_http_methods(["GET", "POST"])
def hear(request: HttpRequest, member: UUID) -> HttpResponse:
    """Essay, points that stand, what the author writes, and what this one finds."""
    found = get_object_or_404(
        AppealMember.objects.of(request.user).select_related(
            "appeal__copy__category", "appeal__copy__nomination", "seat"
        ),
        public_id=member,
    )
    one = Appeal.objects.select_related("contest").get(pk=found.appeal_id)
    announcement = get_object_or_404(Announcement, contest=one.contest)
    award = get_object_or_404(
        Award.objects.filter(announcement=announcement, row__copy=found.appeal.copy).select_related("row")
    )
    criteria = list(Criterion.objects.filter(rubric__contest=one.contest).order_by("position"))
    before = actions.before(one, award)
    initial = {f"mark_{key}": Decimal(mark) for key, mark in found.marks.items()} | {"reason": found.reason}
    form = FindingForm(request.POST or None, criteria=criteria, before=before, initial=initial)
    is_open = one.state == Appeal.State.HEARING
    if request.method == "POST" and form.is_valid():
        try:
            actions.hear(found, request.user, form.marks, form.cleaned_data["reason"])
        except actions.Refused as refused:
            form.add_error(refused.field, refused.message)
        else:
            messages.success(request, _("What you found is kept. You can change it until the decision."))
            return redirect("hear_appeal", found.public_id)
    context = {
        "contest": one.contest,
        "appeal": one,
        "member": found,
        "copy": found.appeal.copy,
        "form": form,
        "is_open": is_open,
        "rows": rows_of(award, criteria, before),
        "comments": comments_of(award),
        "score": sentences.points(award.row.score),
    }
    response = render(request, "judging/appeals/hear.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
