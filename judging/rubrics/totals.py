"""The sum of one review: marks by criterion, weights, and what is wrong with a mark. Pure, Decimals only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from enum import StrEnum

# Sums of marks are exact or an error: fifty digits are never used up by honest marks.
EXACT = Context(prec=50, traps=[Inexact])


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row of the rubric: marks from 0 to ``maximum`` in steps of ``step``, counted ``weight`` times.

    ``gate``: with fewer points than that here the whole total is zero; None where the criterion closes no gate.
    """

    key: str
    maximum: Decimal
    step: Decimal = Decimal(1)
    weight: Decimal = Decimal(1)
    gate: Decimal | None = None

    def __post_init__(self) -> None:
        if self.maximum <= 0 or self.step <= 0 or self.weight < 0:
            raise ValueError(f"criterion {self.key}: maximum and step are positive, the weight is not negative")
        if self.gate is not None and not 0 < self.gate <= self.maximum:
            raise ValueError(f"criterion {self.key}: a gate lies above zero and not above the maximum")


class MarkCode(StrEnum):
    """What is wrong with a mark."""

    MISSING = "missing"
    UNKNOWN_CRITERION = "unknown_criterion"
    OUT_OF_RANGE = "out_of_range"
    OFF_STEP = "off_step"


@dataclass(frozen=True, slots=True)
class MarkProblem:
    """One mark that cannot stand; ``mark`` is None where it is missing."""

    code: MarkCode
    criterion: str
    mark: Decimal | None = None


def total(marks: Mapping[str, Decimal | None], criteria: Iterable[Criterion]) -> Decimal:
    """Σ weight × mark, exact; zero where a gate is closed. Zero is a mark, None is not: raises ``KeyError`` with the
    criterion, behind a closed gate too.
    """
    criteria = tuple(criteria)
    result = Decimal(0)
    for criterion in criteria:
        mark = marks.get(criterion.key)
        if mark is None:
            raise KeyError(criterion.key)
        result = EXACT.add(result, EXACT.multiply(criterion.weight, mark))
    return Decimal(0) if closed_gates(marks, criteria) else result


def closed_gates(marks: Mapping[str, Decimal | None], criteria: Iterable[Criterion]) -> tuple[str, ...]:
    """Keys of the criteria whose marks lie below their gate, in the rubric's order. An open mark closes nothing."""
    return tuple(
        criterion.key
        for criterion in criteria
        if criterion.gate is not None and (mark := marks.get(criterion.key)) is not None and mark < criterion.gate
    )


def maximum(criteria: Iterable[Criterion]) -> Decimal:
    """The highest total that the rubric allows."""
    criteria = tuple(criteria)
    return total({criterion.key: criterion.maximum for criterion in criteria}, criteria)


def mark_problems(marks: Mapping[str, Decimal | None], criteria: Iterable[Criterion]) -> list[MarkProblem]:
    """What is wrong with the marks, in the rubric's order; unknown criteria come last."""
    known = {criterion.key: criterion for criterion in criteria}
    problems = []
    for key, criterion in known.items():
        mark = marks.get(key)
        if mark is None:
            problems.append(MarkProblem(MarkCode.MISSING, key))
        elif not mark.is_finite() or not 0 <= mark <= criterion.maximum:
            problems.append(MarkProblem(MarkCode.OUT_OF_RANGE, key, mark))
        elif mark % criterion.step:
            problems.append(MarkProblem(MarkCode.OFF_STEP, key, mark))
    unknown = sorted(key for key in marks if key not in known)
    return problems + [MarkProblem(MarkCode.UNKNOWN_CRITERION, key, marks[key]) for key in unknown]
