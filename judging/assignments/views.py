"""A judge's queue, and giving an essay back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from essays.ledger import clock
from essays.outbox.tasks import send_letters
from judging.assignments import access, actions, queue
from judging.assignments.forms import RecusalForm
from judging.assignments.models import Assignment, Recusal

A_PAGE = 30


def judge_queue(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this judge, contest by contest."""
    now = clock.now()
    seats = queue.seats_of(request.user, now)  # type: ignore[arg-type]
    asked = request.GET.get("contest")
    seat = next((seat for seat in seats if seat.contest.slug == asked), seats[0] if seats else None)
    if seat is None:
        keeps_minutes = queue.keeps_minutes(request.user)  # type: ignore[arg-type]
        return render(request, "judging/assignments/no_seat.html", {"keeps_minutes": keeps_minutes})
    show = request.GET.get("show", "all")
    show = show if show in queue.FILTERS else "all"
    categories = queue.categories_of(seat.contest_id)
    chosen = next((one for one in categories if str(one.pk) == request.GET.get("category")), None)
    nominations = queue.nominations_of(seat.contest_id)
    theme = next((one for one in nominations if str(one.pk) == request.GET.get("nomination")), None)
    rows: Any = queue.all_rows_of(seat.pk)
    if show != "all" or chosen or theme:
        rows = queue.rows_of(seat, show, chosen.pk if chosen else None, theme.pk if theme else None)
    tally = queue.tally_of(seat)
    ends_at = queue.ends_at(seat, now)
    context = {
        "seat": seat,
        "seats": seats,
        "contest": seat.contest,
        "tally": tally,
        "pace": queue.pace_of(seat.contest, tally, now, ends_at),
        "has_begun": now >= seat.contest.judging_starts_at,
        "ends_at": ends_at,
        "is_over": now >= ends_at or access.is_decided(seat.contest),
        "resume": queue.resume(seat, late=now >= seat.contest.judging_ends_at),
        "show": show,
        "categories": categories,
        "chosen": chosen,
        "nominations": nominations,
        "theme": theme,
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "judging/assignments/queue.html", context)


class RecusalView(View):
    """Three reasons to give an essay back; it leaves the queue at once."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        mine = Assignment.objects.of(request.user).standing().for_queue()  # type: ignore[arg-type]
        self.assignment = get_object_or_404(
            mine.select_related("contest__judging_rules", "seat__contest"), public_id=kwargs["assignment"]
        )
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, assignment: UUID) -> HttpResponse:
        return self.page(RecusalForm())

    def post(self, request: HttpRequest, assignment: UUID) -> HttpResponse:
        form = RecusalForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        slug = self.assignment.contest.slug
        try:
            dealt = actions.recuse(
                self.assignment, form.cleaned_data["reason"], form.cleaned_data["note"], actor=request.user
            )
        except actions.Refused as refusal:
            form.add_error(None, refusal.message)
            return self.page(form)
        send_letters.delay_on_commit(dealt.letters)
        if form.cleaned_data["reason"] == Recusal.Reason.IDENTITY_VISIBLE:
            thanks = _("Thank you. The essay is off your queue and will be looked at before anybody reads on.")
        else:
            thanks = _("Thank you. The essay is off your queue; somebody else will read it.")
        messages.success(request, thanks)
        return redirect(queue_address(slug))

    def page(self, form: RecusalForm) -> HttpResponse:
        context = {"assignment": self.assignment, "copy": self.assignment.copy, "form": form}
        return render(self.request, "judging/assignments/recusal.html", context)


def queue_address(slug: str) -> str:
    """The queue of one contest."""
    return f"{reverse('judge_queue')}?contest={slug}"
