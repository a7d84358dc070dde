"""How the others scored an essay: lowest and highest, never whose. Read-only."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, Min, Q

from judging.assignments.models import Assignment
from judging.reviews.models import Mark, Review
from judging.rubrics.models import Criterion


@dataclass(frozen=True)
class Range:
    """Lowest and highest of the others; ``criterion`` is None for the totals."""

    criterion: Criterion | None
    lowest: Decimal
    highest: Decimal

    @property
    def is_one(self) -> bool:
        return self.lowest == self.highest


@dataclass(frozen=True)
class Others:
    """So many others have handed in; the totals, and each criterion."""

    count: int
    total: Range | None
    criteria: tuple[Range, ...]


def others_of(assignment: Assignment, criteria: list[Criterion]) -> Others:
    """The submitted reviews of the same copy by other judges; two queries."""
    handed_in = Q(
        assignment__copy=assignment.copy_id,
        assignment__state=Assignment.State.DONE,
        state=Review.State.SUBMITTED,
    )
    reviews = Review.objects.filter(handed_in).exclude(assignment=assignment.pk)
    totals = reviews.aggregate(count=Count("pk"), lowest=Min("total"), highest=Max("total"))
    if not totals["count"]:
        return Others(0, None, ())
    marks = {
        pk: (lowest, highest)
        for pk, lowest, highest in Mark.objects.filter(review__in=reviews)
        .values_list("criterion_id")
        .annotate(lowest=Min("points"), highest=Max("points"))
        .order_by()
    }
    return Others(
        totals["count"],
        Range(None, totals["lowest"], totals["highest"]),
        tuple(Range(one, *marks[one.pk]) for one in criteria if one.pk in marks),
    )
