"""Totals of a review, and marks that cannot stand."""

from decimal import Decimal as D
from decimal import Inexact

import pytest

from judging.rubrics.totals import Criterion, MarkCode, MarkProblem, mark_problems, maximum, total

DEMO = tuple(Criterion(str(number), D(most)) for number, most in enumerate((25, 20, 20, 15, 10, 10), start=1))
WEIGHTED = (Criterion("idea", D(10), weight=D("2.5")), Criterion("style", D(5), D("0.5"), D("0.1")))


def test_the_demo_rubric_sums_to_a_hundred() -> None:
    assert maximum(DEMO) == D(100)


def test_a_total_is_the_plain_sum_with_weights_of_one() -> None:
    marks = dict(zip("123456", map(D, (20, 15, 17, 10, 0, 9)), strict=True))

    assert total(marks, DEMO) == D(71)


def test_weights_multiply_exactly() -> None:
    assert total({"idea": D(7), "style": D("4.5")}, WEIGHTED) == D("17.95")


def test_zero_counts_and_a_missing_mark_does_not() -> None:
    with pytest.raises(KeyError, match="style"):
        total({"idea": D(0), "style": None}, WEIGHTED)


def test_a_sum_that_would_lose_digits_is_an_error() -> None:
    with pytest.raises(Inexact):
        total({"idea": D(1), "style": D("1e-60")}, WEIGHTED)


def test_every_mark_that_cannot_stand_is_named() -> None:
    marks = {"idea": D(11), "style": D("4.3"), "other": D(1)}

    assert mark_problems(marks, WEIGHTED) == [
        MarkProblem(MarkCode.OUT_OF_RANGE, "idea", D(11)),
        MarkProblem(MarkCode.OFF_STEP, "style", D("4.3")),
        MarkProblem(MarkCode.UNKNOWN_CRITERION, "other", D(1)),
    ]


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        (None, MarkCode.MISSING),
        (D("-0.5"), MarkCode.OUT_OF_RANGE),
        (D("NaN"), MarkCode.OUT_OF_RANGE),
        (D("5.5"), MarkCode.OUT_OF_RANGE),
        (D("0.25"), MarkCode.OFF_STEP),
        (D(0), None),
        (D("2.5"), None),
        (D("5.0"), None),
    ],
)
def test_range_and_step_of_one_mark(mark: D | None, code: MarkCode | None) -> None:
    found = mark_problems({"idea": D(1), "style": mark}, WEIGHTED)

    assert [problem.code for problem in found] == ([code] if code else [])


@pytest.mark.parametrize("wrong", [{"maximum": D(0)}, {"step": D(0)}, {"weight": D(-1)}])
def test_a_criterion_must_make_sense(wrong: dict[str, D]) -> None:
    with pytest.raises(ValueError, match="criterion x"):
        Criterion(**{"key": "x", "maximum": D(10), **wrong})
