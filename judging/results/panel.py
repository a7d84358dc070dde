"""What an entrant reads about their own entry: points per criterion, comments, award, documents."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count

from essays.entries.models import Entry
from judging.ranking import sentences
from judging.ranking.models import in_language
from judging.ranking.table import tone_of
from judging.results.distribution import Distribution, picture_of, step_of
from judging.results.models import Announcement, Award, Diploma
from judging.reviews.models import Review


@dataclass(frozen=True)
class CriterionMean:
    """``points`` in words for the page, ``value`` and ``maximum`` for its meter."""

    name: str
    points: str
    value: str
    maximum: str
    of: str


@dataclass(frozen=True)
class ClosedGate:
    """A criterion whose limit was missed in so many ``reviews``: by the rules their totals are zero."""

    name: str
    limit: str
    reviews: int


@dataclass(frozen=True)
class Panel:
    score: str
    of: str
    place: int | None
    award: str
    tone: str
    reviews: int
    # The points by criterion are those of a decision, such as on an appeal, not the judges' means.
    corrected: bool
    explanation: str
    criteria: tuple[CriterionMean, ...]
    gates: tuple[ClosedGate, ...]
    comments: tuple[str, ...]
    diplomas: tuple[Diploma, ...]
    distribution: Distribution | None


def panel_of(entry: Entry, announcement: Announcement) -> Panel | None:
    """The panel of an entry with an announced result; None where it has none. Ask the gate first."""
    award = (
        Award.objects.standing()
        .filter(announcement=announcement, entry=entry)
        .select_related("row__copy")
        .prefetch_related("diplomas")
        .first()
    )
    if award is None:
        return None
    outline, frozen = announcement.ranking.outline, award.row.frozen
    ids = [review["id"] for review in frozen["reviews"]]
    # By the assignment's random number: the order must not say who wrote first.
    comments = (
        Review.objects.filter(pk__in=ids)
        .exclude(comment_for_author="")
        .order_by("assignment__public_id")
        .values_list("comment_for_author", flat=True)
    )
    return Panel(
        score=sentences.points(award.row.score),
        of=sentences.points(_highest(outline, frozen)),
        place=award.row.award_place,
        award=sentences.of_award(announcement.ranking.award_name(award.award_key), award.row.award_place),
        tone=tone_of(award.award_key, award.row.award_place),
        reviews=len(ids),
        corrected=bool(frozen.get("corrected")),
        explanation=sentences.of_score(frozen),
        criteria=tuple(_means(outline, frozen)),
        gates=tuple(_closed(outline, frozen)),
        comments=tuple(comments),
        diplomas=tuple(sorted(award.diplomas.all(), key=lambda one: one.kind == Diploma.Kind.THANKS)),
        distribution=_distribution(announcement, award.row.score, _highest(outline, frozen)),
    )


def _distribution(announcement: Announcement, score: Decimal | None, maximum: Decimal) -> Distribution | None:
    """All scores of the contest as counts: one query, whatever their number."""
    if score is None:
        return None
    scores = announcement.ranking.rows.exclude(score=None).order_by().values_list("score")
    counts: Counter[int] = Counter()
    lower = 0
    for one, entries in scores.annotate(entries=Count("pk")):
        counts[step_of(one, maximum)] += entries
        lower += entries if one < score else 0
    return picture_of(counts, score, lower, maximum)


def _highest(outline: Mapping[str, Any], frozen: Mapping[str, Any]) -> Decimal:
    whole = sum((Decimal(row["maximum"]) * Decimal(row["weight"]) for row in outline["criteria"]), Decimal(0))
    return whole * len(frozen["counted"]) if frozen["method"] == "sum" else whole


def _closed(outline: Mapping[str, Any], frozen: Mapping[str, Any]) -> list[ClosedGate]:
    """Why points were given and the total is zero nevertheless."""
    found = []
    for row in outline["criteria"]:
        if not row.get("gate"):
            continue
        limit = Decimal(row["gate"])
        missed = sum(Decimal(review["marks"][row["key"]]) < limit for review in frozen["reviews"])
        if missed:
            found.append(ClosedGate(in_language(row), sentences.points(limit), missed))
    return found


def _means(outline: Mapping[str, Any], frozen: Mapping[str, Any]) -> list[CriterionMean]:
    """Means over all reviews of the entry, without weights: what judges gave; or what was decided instead of them."""
    means = []
    decided = frozen["corrected"]["marks"] if frozen.get("corrected") else {}
    for row in outline["criteria"]:
        marks = [Fraction(review["marks"][row["key"]]) for review in frozen["reviews"]]
        mean = Fraction(decided[row["key"]]) if row["key"] in decided else sum(marks, Fraction(0)) / len(marks)
        means.append(
            CriterionMean(
                name=in_language(row),
                points=sentences.points(mean),
                value=f"{float(mean):.2f}",
                maximum=row["maximum"],
                of=sentences.points(Decimal(row["maximum"])),
            )
        )
    return means
