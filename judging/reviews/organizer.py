"""The organizer's overview of reviews: by code, never by author."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property

from essays.anonymity.models import BlindCopy
from essays.contests.doors import organizer_page_with
from essays.contests.models import Contest
from essays.ledger.prepared import prepared_numbers
from judging.assignments.models import Assignment
from judging.assignments.substitutes import why_no_third
from judging.reviews.disagreement import in_disagreement
from judging.reviews.models import Review

A_PAGE = 50
FILTERS = ("all", "waiting", "done", "disagreement", "third")


@dataclass(frozen=True)
class Reader:
    """Who reads a copy. ``total``: of a review that is handed in and stands."""

    seat: str
    round: int
    state: str
    total: Decimal | None


@dataclass
class CopyRow:
    """One code with its readers."""

    copy: BlindCopy
    readers: list[Reader]
    wants_third: bool
    why_no_third: tuple[str, ...]

    @cached_property
    def totals(self) -> list[Decimal]:
        """Totals of the submitted reviews of the first round."""
        first = (one.total for one in self.readers if one.round == Assignment.Round.FIRST)
        return [total for total in first if total is not None]

    @property
    def spread(self) -> Decimal | None:
        return max(self.totals) - min(self.totals) if len(self.totals) > 1 else None

    @property
    def is_complete(self) -> bool:
        """Everybody who was asked has handed in."""
        return bool(self.readers) and all(one.state == Assignment.State.DONE for one in self.readers)

    @property
    def third(self) -> Reader | None:
        return next((one for one in self.readers if one.round == Assignment.Round.THIRD), None)


@organizer_page_with("judging_rules")
def organizer_reviews(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Who has scored what, how far totals are apart, and where a third reviewer reads or is missing."""
    rules = getattr(contest, "judging_rules", None)
    wanting = {copy.pk: copy for copy, _why in in_disagreement(contest, rules)}
    show = request.GET.get("show", "all")
    show = show if show in FILTERS else "all"
    # Why nobody may be asked takes all that is known of the judges: said where it is asked for.
    why = why_no_third(contest, wanting.values()) if show == "disagreement" else {}
    of, submitted, thirds = _numbers(contest.pk)
    copies = list(wanting.values()) if show == "disagreement" else _copies(contest, show)
    page = Paginator(copies, A_PAGE).get_page(request.GET.get("page"))
    readers = _readers_of([copy.pk for copy in page])
    context: dict[str, Any] = {
        "contest": contest,
        "page": page,
        "rows": [CopyRow(copy, readers[copy.pk], copy.pk in wanting, why.get(copy.pk, ())) for copy in page],
        "show": show,
        "rules": rules,
        "of": of,
        "submitted": submitted,
        "thirds": thirds,
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
        # Said again as the index of living codes says it: read in its order, nothing has to be sorted.
        .exclude(state=BlindCopy.State.SUPERSEDED)
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


@prepared_numbers
def _numbers(contest: int) -> dict[str, int]:
    """Standing assignments, those that are done, and those of third reviewers."""
    return (
        Assignment.objects.filter(contest=contest)
        .standing()
        .aggregate(
            of=Count("pk"),
            submitted=Count("pk", filter=Q(state=Assignment.State.DONE)),
            thirds=Count("pk", filter=Q(round=Assignment.Round.THIRD)),
        )
    )


def _readers_of(copies: list[int]) -> dict[int, list[Reader]]:
    """By copy, in one question: bare values, because a page has a hundred and more of them."""
    names = ("copy_id", "round", "state", "seat__surname", "seat__given_name", "review__state", "review__total")
    rows = Assignment.objects.filter(copy_id__in=copies).standing().order_by("round", "seat__surname", "pk")
    found: dict[int, list[Reader]] = {copy: [] for copy in copies}
    for copy, round_, state, surname, given_name, review, total in rows.values_list(*names):
        stands = state == Assignment.State.DONE and review == Review.State.SUBMITTED
        found[copy].append(Reader(f"{surname} {given_name}".strip(), round_, state, total if stands else None))
    return found
