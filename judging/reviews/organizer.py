"""The organizer's overview of reviews: by code, never by author."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from judging.assignments.actions import why_no_third
from judging.assignments.models import Assignment
from judging.reviews.disagreement import in_disagreement
from judging.reviews.models import Review

A_PAGE = 50
FILTERS = ("all", "waiting", "done", "disagreement", "third")


@dataclass
class CopyRow:
    """One code with its readers."""

    copy: BlindCopy
    readers: list[Assignment]
    wants_third: bool
    why_no_third: tuple[str, ...]

    @cached_property
    def totals(self) -> list[Decimal]:
        """Totals of the submitted reviews of the first round."""
        first = [one for one in self.readers if one.round == Assignment.Round.FIRST]
        return [one.review.total for one in first if _is_in(one) and one.review.total is not None]

    @property
    def spread(self) -> Decimal | None:
        return max(self.totals) - min(self.totals) if len(self.totals) > 1 else None

    @property
    def is_complete(self) -> bool:
        """Everybody who was asked has handed in."""
        return bool(self.readers) and all(one.state == Assignment.State.DONE for one in self.readers)

    @property
    def third(self) -> Assignment | None:
        return next((one for one in self.readers if one.round == Assignment.Round.THIRD), None)


def organizer_reviews(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has scored what, how far totals are apart, and where a third reviewer reads or is missing."""
    contest = get_object_or_404(
        Contest.objects.organized_by(request.user).select_related("judging_rules"),  # type: ignore[arg-type]
        slug=slug,
    )
    standing = Assignment.objects.filter(contest=contest).standing()
    rules = getattr(contest, "judging_rules", None)
    wanting = {copy.pk: copy for copy, _why in in_disagreement(contest, rules)}
    show = request.GET.get("show", "all")
    show = show if show in FILTERS else "all"
    # Why nobody may be asked takes all that is known of the judges: said where it is asked for.
    why = why_no_third(contest, wanting.values()) if show == "disagreement" else {}
    numbers = standing.aggregate(
        of=Count("pk"),
        submitted=Count("pk", filter=Q(state=Assignment.State.DONE)),
        thirds=Count("pk", filter=Q(round=Assignment.Round.THIRD)),
    )
    copies = list(wanting.values()) if show == "disagreement" else _copies(contest, show)
    page = Paginator(copies, A_PAGE).get_page(request.GET.get("page"))
    readers: dict[int, list[Assignment]] = {copy.pk: [] for copy in page}
    rows = standing.filter(copy_id__in=list(readers)).select_related("seat", "review")
    for assignment in rows.order_by("round", "seat__surname", "pk"):
        readers[assignment.copy_id].append(assignment)
    context: dict[str, Any] = {
        "contest": contest,
        "page": page,
        "rows": [CopyRow(copy, readers[copy.pk], copy.pk in wanting, why.get(copy.pk, ())) for copy in page],
        "show": show,
        "rules": rules,
        **numbers,
        "wanting": len(wanting),
        "without": sum(bool(reasons) for reasons in why.values()),
    }
    return render(request, "judging/reviews/organizer.html", context)


def _copies(contest: Contest, show: str) -> Any:
    mine = Assignment.objects.filter(copy=OuterRef("pk"))
    waiting = Exists(mine.filter(state=Assignment.State.WAITING))
    copies = (
        BlindCopy.objects.of_contest(contest)
        .filter(admitted=True, state__in=[BlindCopy.State.RELEASED, BlindCopy.State.HELD])
        .select_related("category", "nomination")
        .defer("html", "text", "conflict_keys", "doubts")
        .order_by("code")
    )
    if show == "waiting":
        return copies.filter(waiting)
    if show == "done":
        return copies.filter(~waiting, Exists(mine.filter(state=Assignment.State.DONE)))
    if show == "third":
        return copies.filter(Exists(mine.standing().filter(round=Assignment.Round.THIRD)))
    return copies


def _is_in(assignment: Assignment) -> bool:
    """Is there a submitted review that stands?"""
    review = getattr(assignment, "review", None)
    return assignment.state == Assignment.State.DONE and review is not None and review.state == Review.State.SUBMITTED
