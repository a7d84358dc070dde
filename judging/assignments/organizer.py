"""The organizer's page of assignments: plan, preview, apply; how far the judges are; recusals."""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.ledger import clock
from essays.outbox.tasks import send_letters
from judging.assignments import access, actions
from judging.assignments.allocation import Plan
from judging.assignments.forms import SeedForm
from judging.assignments.models import Assignment, Recusal
from judging.assignments.pace import MINUTES_AN_ESSAY
from judging.assignments.progress import Progress, progress_of
from judging.panels.models import Seat

SHOWN_RECUSALS = 50


@dataclass(frozen=True)
class Share:
    """One judge in a preview: essays now and after, and the hours that takes."""

    seat: Seat
    now: int
    after: int

    @property
    def hours(self) -> float:
        return self.after * MINUTES_AN_ESSAY / 60


@dataclass(frozen=True)
class Gap:
    """A cell that is short of reviews: which one, how many, which essays (codes), and why."""

    category: str
    nomination: str
    slots: int
    codes: list[str]
    reasons: tuple[str, ...]
    judges: list[str]
    conflicted: list[str]
    full: list[str]


@dataclass(frozen=True)
class Preview:
    """A plan as people read it."""

    seed: str
    essays: int
    added: int
    wanted: int
    shares: list[Share]
    gaps: list[Gap]

    @property
    def missing(self) -> int:
        return sum(gap.slots for gap in self.gaps)

    @property
    def hours(self) -> float:
        return self.added * MINUTES_AN_ESSAY / 60


class AssignmentsView(View):
    """What was dealt, what a plan would deal, and how far everybody is."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.contest = get_object_or_404(
            Contest.objects.organized_by(request.user).select_related("judging_rules"),  # type: ignore[arg-type]
            slug=kwargs["slug"],
        )
        self.at = clock.now()
        self.intake_is_over = access.intake_is_over(self.contest, self.at)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        if "seed" not in request.GET:
            form = SeedForm(initial={"seed": secrets.token_hex(4)}, intake_is_over=self.intake_is_over)
            return self.page(form)
        form = SeedForm(request.GET, intake_is_over=self.intake_is_over)
        if not form.is_valid():
            return self.page(form)
        seed = form.cleaned_data["seed"]
        try:
            plan = actions.plan(
                self.contest, seed, rules=access.rules_of(self.contest), seats=[row.seat for row in self.progress]
            )
        except actions.Refused as refusal:
            form.add_error(None, refusal.message)
            return self.page(form)
        return self.page(form, plan)

    @cached_property
    def progress(self) -> list[Progress]:
        return progress_of(self.contest, self.at)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        act = {"apply": self.apply, "remind": self.remind}.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        return act()

    def apply(self) -> HttpResponse:
        form = SeedForm(self.request.POST, intake_is_over=self.intake_is_over)
        if not form.is_valid():
            return self.page(form)
        try:
            dealt = actions.apply(
                self.contest,
                form.cleaned_data["seed"],
                self.request.user,
                early=form.cleaned_data.get("early", False),
            )
        except actions.Refused as refusal:
            form.add_error(None, refusal.message)
            return self.page(form)
        send_letters.delay_on_commit(dealt.letters)
        count = len(dealt.assignments)
        if count:
            messages.success(
                self.request,
                ngettext(
                    "%(count)s review is assigned; the judges get a letter.",
                    "%(count)s reviews are assigned; the judges get a letter.",
                    count,
                )
                % {"count": count},
            )
        else:
            messages.info(self.request, _("Everything was dealt already; nothing has changed."))
        return redirect("organizer_assignments", slug=self.contest.slug)

    def remind(self) -> HttpResponse:
        letters = actions.remind(self.contest, actor=self.request.user)
        send_letters.delay_on_commit(letters)
        count = len(letters)
        if count:
            messages.success(
                self.request,
                ngettext("%(count)s reminder is on its way.", "%(count)s reminders are on their way.", count)
                % {"count": count},
            )
        else:
            messages.info(self.request, _("Nobody needs a reminder today, or everyone has had one."))
        return redirect("organizer_assignments", slug=self.contest.slug)

    def page(self, form: SeedForm, plan: Plan | None = None) -> HttpResponse:
        progress = self.progress
        essays, held = self.essays_and_held()
        recusals = (
            Recusal.objects.filter(assignment__contest=self.contest)
            .select_related("assignment__seat", "assignment__copy")
            .defer("assignment__copy__html", "assignment__copy__text")
            .order_by("-pk")
        )
        context = {
            "contest": self.contest,
            "form": form,
            "preview": preview_of(plan, [row.seat for row in progress], essays) if plan else None,
            "deal": self.contest.deals.select_related("applied_by").order_by("-pk").first(),
            "progress": progress,
            "done": sum(row.done for row in progress),
            "of": sum(row.of for row in progress),
            "behind": sum(row.is_behind for row in progress),
            "recusals": list(recusals[:SHOWN_RECUSALS]),
            "held": held,
            "intake_is_over": self.intake_is_over,
            "is_decided": access.is_decided(self.contest),
            "is_judging": self.contest.judging_starts_at <= self.at,
            "minutes": MINUTES_AN_ESSAY,
        }
        return render(self.request, "judging/assignments/organizer.html", context)

    def essays_and_held(self) -> tuple[int, int]:
        """Essays in the competition, and copies that are held while somebody has them on the desk."""
        on_a_desk = Exists(Assignment.objects.filter(copy=OuterRef("pk")).waiting())
        counts = BlindCopy.objects.of_contest(self.contest).aggregate(
            essays=Count("pk", filter=Q(admitted=True, state=BlindCopy.State.RELEASED)),
            held=Count("pk", filter=Q(on_a_desk, state=BlindCopy.State.HELD)),
        )
        return counts["essays"], counts["held"]


def preview_of(plan: Plan, reading: Iterable[Seat], essays: int) -> Preview:
    """The plan in names and codes: of the seats that read, in the panel's order, and of so many essays."""
    seats = {str(seat.pk): seat for seat in reading}
    added = Counter(judge for _entry, judge in plan.added)
    shares = [
        Share(seat, plan.load[judge] - added[judge], plan.load[judge])
        for judge, seat in seats.items()
        if judge in plan.load
    ]
    short = [entry for shortage in plan.shortages for entry in shortage.entries]
    copies = BlindCopy.objects.filter(pk__in=short).select_related("category", "nomination")
    lacking = {str(copy.pk): copy for copy in copies.only("code", "category", "nomination")} if short else {}

    def names(judges: tuple[str, ...]) -> list[str]:
        return [str(seats[judge]) for judge in judges if judge in seats]

    gaps = []
    for shortage in plan.shortages:
        of_cell = [lacking[entry] for entry in shortage.entries]
        gaps.append(
            Gap(
                str(of_cell[0].category.name),
                str(of_cell[0].nomination.name),
                shortage.slots,
                sorted(copy.code for copy in of_cell),
                shortage.reasons,
                names(shortage.judges),
                names(shortage.conflicted),
                names(shortage.full),
            )
        )
    return Preview(plan.seed, essays, plan.filled, plan.wanted, shares, gaps)
