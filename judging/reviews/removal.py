"""The organizer's page of one judge's reviews: by code; what is scored may be taken out, and brought back."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Avg, Count, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from essays.contests.doors import organizer_page
from essays.contests.forms import plain_helper
from essays.contests.models import Contest
from essays.outbox.tasks import send_letters
from essays.people.access import acting
from judging.assignments import access, removal
from judging.assignments.models import Assignment, Removal
from judging.assignments.writing import Refused
from judging.panels.models import Seat
from judging.reviews.models import Review

A_PAGE = 50
State = Assignment.State


class RemovalForm(forms.Form):
    """Why reviews are taken out, and whether the judge is told."""

    reason = forms.CharField(
        label=gettext_lazy("Why these reviews shall not count"),
        help_text=gettext_lazy("Kept with the review; the judge does not get it by letter."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    tell = forms.BooleanField(label=gettext_lazy("Write to the judge"), required=False, initial=True)

    helper = plain_helper()


@dataclass(frozen=True)
class Row:
    """A review by code, beside the mean of the others' totals of the same essay."""

    assignment: Assignment
    total: Decimal | None
    others: Decimal | None
    removal: Removal | None
    is_ticked: bool

    @property
    def difference(self) -> Decimal | None:
        return None if self.total is None or self.others is None else self.total - self.others

    @property
    def is_removed(self) -> bool:
        return self.assignment.state == State.REMOVED


@require_http_methods(["GET", "POST"])
@organizer_page
def judge_reviews(request: HttpRequest, contest: Contest, seat: UUID) -> HttpResponse:
    """What a judge has scored; removal with a reason, and its undoing, until the ranking is approved."""
    judge = get_object_or_404(Seat.objects.select_related("contest", "user"), contest=contest, public_id=seat)
    form = RemovalForm(request.POST if request.POST.get("act", "").startswith("remove") else None)
    if request.method == "POST":
        act = {"remove": _remove, "remove_all": _remove, "restore": _restore, "restore_all": _restore}.get(
            request.POST.get("act", "")
        )
        if act is None:
            raise Http404
        if act(request, judge, form):
            return redirect(request.path)
    return _page(request, contest, judge, form)


def _chosen(request: HttpRequest, everything: str) -> list[int] | None:
    """Ids of the ticked rows; None for all. Ids that are no number are nobody's."""
    if request.POST.get("act") == everything:
        return None
    return [int(one) for one in request.POST.getlist("assignment") if one.isascii() and one.isdigit() and len(one) < 19]


def _remove(request: HttpRequest, judge: Seat, form: RemovalForm) -> bool:
    if not form.is_valid():
        return False
    only = _chosen(request, "remove_all")
    if only == []:
        form.add_error(None, _("Tick the reviews that shall not count."))
        return False
    try:
        done = removal.remove(
            judge, only, form.cleaned_data["reason"], actor=acting(request), tell=form.cleaned_data["tell"]
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    send_letters.delay_on_commit(done.letters)
    messages.success(
        request,
        ngettext("%(count)d review is removed.", "%(count)d reviews are removed.", done.reviews)
        % {"count": done.reviews}
        + " "
        + ngettext(
            "%(count)d reading in its place is dealt.", "%(count)d readings in their place are dealt.", _new(done)
        )
        % {"count": _new(done)},
    )
    if done.dealt.short:
        messages.warning(
            request,
            ngettext(
                "For %(count)d essay nobody may be asked: invite a judge or widen limits, then deal it.",
                "For %(count)d essays nobody may be asked: invite a judge or widen limits, then deal them.",
                len(done.dealt.short),
            )
            % {"count": len(done.dealt.short)},
        )
    return True


def _new(done: removal.Removed) -> int:
    return len(done.dealt.assignments)


def _restore(request: HttpRequest, judge: Seat, form: RemovalForm) -> bool:
    only = _chosen(request, "restore_all")
    # Whoever was told that reviews do not count is told that they do.
    told = Removal.objects.filter(assignment__seat=judge, undone_at=None, told=True).exists()
    try:
        back = removal.restore(judge, only, actor=acting(request), tell=told)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return True
    send_letters.delay_on_commit(back.letters)
    words = ngettext("%(count)d review counts again.", "%(count)d reviews count again.", back.reviews)
    messages.success(request, words % {"count": back.reviews})
    if back.kept_out:
        messages.warning(
            request,
            ngettext(
                "%(count)d review stays out: a conflict of interest was declared, or another third judge has scored.",
                "%(count)d reviews stay out: a conflict of interest was declared, or another third judge has scored.",
                back.kept_out,
            )
            % {"count": back.kept_out},
        )
    return True


def _page(request: HttpRequest, contest: Contest, judge: Seat, form: RemovalForm) -> HttpResponse:
    mine = Assignment.objects.filter(seat=judge, state__in=[State.DONE, State.REMOVED])
    counts = mine.aggregate(
        done=Count("pk", filter=Q(state=State.DONE)), removed=Count("pk", filter=Q(state=State.REMOVED))
    )
    mean_of_others = Subquery(
        Review.objects.filter(
            assignment__copy=OuterRef("copy"), state=Review.State.SUBMITTED, assignment__state=State.DONE
        )
        .exclude(assignment__seat=judge)
        .values("assignment__copy")
        .annotate(mean=Avg("total"))
        .values("mean")
    )
    rows = (
        mine.select_related("copy__category", "copy__nomination", "review")
        .defer("copy__html", "copy__text", "copy__conflict_keys", "copy__doubts")
        .annotate(others=mean_of_others)
        .order_by("state", "copy__code", "pk")
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    standing = {
        one.assignment_id: one
        for one in Removal.objects.filter(assignment__in=[row.pk for row in page], undone_at=None).select_related("by")
    }
    ticked = set(request.POST.getlist("assignment"))
    context: dict[str, Any] = {
        "contest": contest,
        "active": "judges",
        "seat": judge,
        "page": page,
        "rows": [
            Row(one, one.review.total, _exact(one.others), standing.get(one.pk), str(one.pk) in ticked)  # type: ignore[attr-defined]
            for one in page
        ],
        "done": counts["done"],
        "removed": counts["removed"],
        "form": form,
        "is_decided": access.is_decided(contest),
    }
    return render(request, "judging/reviews/judge.html", context)


def _exact(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value).quantize(Decimal("0.1"))
