"""Do the reviews of one entry differ so much that the rules ask for a third reviewer? Pure, Decimals only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Scored:
    """One submitted review: its total and, where the rules look at criteria, its marks."""

    review: str
    total: Decimal
    marks: Mapping[str, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SpreadRules:
    """From which difference on reviews disagree; None switches a rule off.

    ``total``: between two totals, in points. ``criterion``: between two marks of one criterion, in points.
    ``criteria``: other thresholds for single criteria, by key. All are positive; an equal difference counts.
    """

    total: Decimal | None = None
    criterion: Decimal | None = None
    criteria: Mapping[str, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for threshold in (self.total, self.criterion, *self.criteria.values()):
            if threshold is not None and threshold <= 0:
                raise ValueError("a threshold of disagreement is positive")


@dataclass(frozen=True, slots=True)
class Gap:
    """One difference that reached its threshold; ``criterion`` is None for the totals."""

    criterion: str | None
    lowest: Decimal
    highest: Decimal
    threshold: Decimal
    lowest_review: str
    highest_review: str

    @property
    def difference(self) -> Decimal:
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Why the reviews disagree: the totals first, then criteria by key. Never empty."""

    gaps: tuple[Gap, ...]


def disagree(reviews: Iterable[Scored], rules: SpreadRules) -> Disagreement | None:
    """The disagreement of these reviews, or None. The order of reviews does not matter.

    Give it the reviews that the rules compare: the first two, without a third that has been appointed
    already. Of more than two, the lowest and the highest count. A missing mark is compared with nothing.
    """
    reviews = sorted(reviews, key=lambda scored: scored.review)
    gaps = []
    if rules.total is not None:
        gaps.append(_gap(None, [(scored.total, scored.review) for scored in reviews], rules.total))
    for key in sorted({key for scored in reviews for key in scored.marks}):
        threshold = rules.criteria.get(key, rules.criterion)
        if threshold is not None:
            marks = [(mark, scored.review) for scored in reviews if (mark := scored.marks.get(key)) is not None]
            gaps.append(_gap(key, marks, threshold))
    found = tuple(gap for gap in gaps if gap is not None)
    return Disagreement(found) if found else None


def _gap(criterion: str | None, values: list[tuple[Decimal, str]], threshold: Decimal) -> Gap | None:
    if len(values) < 2:
        return None
    (lowest, lowest_review), (highest, highest_review) = min(values), max(values)
    if highest - lowest < threshold:
        return None
    return Gap(criterion, lowest, highest, threshold, lowest_review, highest_review)
