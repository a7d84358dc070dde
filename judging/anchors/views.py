"""A judge's anchors: read and scored before the first essay and half-way, and what they show about the own hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from essays.contests.problems import Refused
from essays.ledger import clock
from essays.people.access import acting
from judging.anchors import actions
from judging.anchors.access import due_of, may_read
from judging.anchors.drift import mean_change
from judging.anchors.models import AnchorEssay
from judging.anchors.readings import own_anchors
from judging.assignments.queue import tally_of
from judging.assignments.views import queue_address
from judging.panels.models import Seat
from judging.reviews.actions import criteria_of_rows
from judging.reviews.forms import DeskForm
from judging.reviews.models import Review
from judging.rubrics import totals
from judging.rubrics.models import Criterion


class OwnSeatView(View):
    """A page of a judge who reads in this contest; everybody else finds nothing."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        seats = Seat.objects.of(acting(request)).reading().select_related("contest__judging_rules")
        self.seat = get_object_or_404(seats, contest__slug=kwargs["slug"])
        self.contest = self.seat.contest
        tally = tally_of(self.seat)
        self.is_open = may_read(self.contest, clock.now())
        self.due = due_of(self.seat, done=tally.done, of=tally.of) if self.is_open else None
        return super().dispatch(request, *args, **kwargs)


class AnchorsView(OwnSeatView):
    """The own drift: first against second, and beside the panel's middle."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        rows = own_anchors(self.seat)
        context = {
            "contest": self.contest,
            "rows": rows,
            "due": self.due,
            "mean_change": mean_change(one.drift for one in rows),
            "queue_url": queue_address(slug),
        }
        return render(request, "judging/anchors/own.html", context)


class AnchorView(OwnSeatView):
    """The anchor whose turn it is. One that was scored, or whose turn has not come, leads back to the list."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        seat = Seat.objects.of(acting(request)).reading()
        self.anchor = get_object_or_404(
            AnchorEssay.objects.filter(contest__in=seat.values("contest")),
            contest__slug=kwargs["slug"],
            public_id=kwargs["anchor"],
        )
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, slug: str, anchor: UUID) -> HttpResponse:
        if self.due is None or self.due.anchor != self.anchor:
            return redirect("own_anchors", slug=slug)
        return self.page(DeskForm(review=Review(), criteria=self.criteria()))

    def post(self, request: HttpRequest, slug: str, anchor: UUID) -> HttpResponse:
        if self.due is None or self.due.anchor != self.anchor:
            return redirect("own_anchors", slug=slug)
        form = DeskForm(request.POST, review=Review(), criteria=self.criteria(), submitting=True)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            actions.score_anchor(self.seat, self.anchor, self.due.turn, form.marks())
        except Refused as refusal:
            messages.error(request, str(refusal.problems[0].message))
            return redirect("own_anchors", slug=slug)
        messages.success(request, _("Your points for the anchor are kept."))
        return redirect("own_anchors", slug=slug)

    def criteria(self) -> list[Criterion]:
        rubric = Criterion.objects.filter(rubric__contest=self.contest)
        return list(rubric.prefetch_related("levels").order_by("position", "pk"))

    def page(self, form: DeskForm, status: int = 200) -> HttpResponse:
        assert self.due is not None, "get and post lead away without a turn"
        context = {
            "contest": self.contest,
            "anchor": self.anchor,
            "due": self.due,
            "form": form,
            "rows": list(form.rows()),
            "is_open": True,
            "maximum": totals.maximum(criteria_of_rows(form.criteria)) if form.criteria else 0,
            "queue_url": queue_address(self.contest.slug),
        }
        return render(self.request, "judging/anchors/anchor.html", context, status=status)
