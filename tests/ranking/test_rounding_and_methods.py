"""Named rounding, and the registry of methods."""

import decimal
from decimal import Decimal as D
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.ranking.methods import METHODS, Value, method
from judging.ranking.rounding import MODES, Rounding

marks = st.decimals(0, 100, places=1)
several = st.lists(marks, min_size=1, max_size=6)


def values(numbers: list[D] | list[int], third: int | None = None) -> list[Value]:
    return [Value(D(number), f"r{index}", index == third) for index, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("value", "half_up", "half_even", "floor"),
    [
        (F(161, 2), "80.50", "80.50", "80.50"),
        (F(200, 3), "66.67", "66.67", "66.66"),
        (F(1, 200), "0.01", "0.00", "0.00"),  # exactly half a hundredth
        (F(3, 200), "0.02", "0.02", "0.01"),
        (F(4999999, 1000000000), "0.00", "0.00", "0.00"),  # rounding twice would give 0.01
        (F(5000001, 1000000000), "0.01", "0.01", "0.00"),
        (F(-1, 200), "-0.01", "0.00", "-0.01"),
        (F(0), "0.00", "0.00", "0.00"),
    ],
)
def test_rounding_by_name(value: F, half_up: str, half_even: str, floor: str) -> None:
    rounded = [Rounding(mode).apply(value) for mode in ("ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_FLOOR")]

    assert [str(number) for number in rounded] == [half_up, half_even, floor]


@given(st.fractions(-1000, 1000, max_denominator=5000), st.sampled_from(sorted(MODES)), st.integers(0, 4))
def test_rounding_agrees_with_a_very_long_decimal(value: F, mode: str, places: int) -> None:
    with decimal.localcontext(prec=200):
        expected = (D(value.numerator) / D(value.denominator)).quantize(D(1).scaleb(-places), mode)

    assert Rounding(mode, places).apply(value) == expected


@pytest.mark.parametrize("wrong", [("ROUND_AT_WILL", 2), ("ROUND_HALF_UP", -1)])
def test_unknown_rounding_is_refused(wrong: tuple[str, int]) -> None:
    with pytest.raises(ValueError, match="no such rounding"):
        Rounding(*wrong)


@pytest.mark.parametrize(
    ("numbers", "mean", "total", "median", "trimmed", "nearest"),
    [
        ([78], F(78), F(78), F(78), F(78), F(78)),
        ([78, 82], F(80), F(160), F(80), F(80), F(80)),
        ([60, 85, 70], F(215, 3), F(215), F(70), F(70), F(65)),
        ([90, 60, 70], F(220, 3), F(220), F(70), F(70), F(65)),
        ([60, 70, 80], F(70), F(210), F(70), F(70), F(75)),  # equally near: the higher pair
        ([50, 50, 90], F(190, 3), F(190), F(50), F(50), F(50)),
        ([10, 60, 70, 100], F(60), F(240), F(65), F(65), F(65)),
        ([0, 0, 0], F(0), F(0), F(0), F(0), F(0)),
    ],
)
def test_methods_by_hand(numbers: list[int], mean: F, total: F, median: F, trimmed: F, nearest: F) -> None:
    keys = ("mean", "sum", "median", "trimmed", "nearest")

    assert [method(key).apply(values(numbers)).exact for key in keys] == [mean, total, median, trimmed, nearest]


def test_the_third_decides_and_without_one_all_count() -> None:
    decides = method("decides")

    assert (decides.apply(values([60, 85, 70], third=2)).exact, decides.apply(values([60, 85])).exact) == (
        F(70),
        F(145, 2),
    )


def test_an_outcome_names_what_was_counted() -> None:
    outcome = method("nearest").apply(values([60, 85, 70]))

    assert ([(item.review, item.value) for item in outcome.counted], outcome.divisor) == (
        [("r0", D(60)), ("r2", D(70))],
        2,
    )


def test_an_unknown_method_and_nothing_to_aggregate_are_refused() -> None:
    with pytest.raises(ValueError, match="no method 'best'; there are mean, sum"):
        method("best")
    with pytest.raises(ValueError, match="nothing to aggregate"):
        method("mean").apply([])


@given(several, st.sampled_from(sorted(METHODS)), st.randoms())
def test_the_order_of_reviews_does_not_matter(numbers: list[D], key: str, shuffle) -> None:
    given_values = values(numbers, third=len(numbers) - 1)

    assert method(key).apply(shuffle.sample(given_values, len(numbers))) == method(key).apply(given_values)


@given(several, st.sampled_from(sorted(METHODS)))
def test_a_result_lies_between_the_reviews(numbers: list[D], key: str) -> None:
    exact = method(key).apply(values(numbers)).exact

    assert (sum(map(F, numbers)) if key == "sum" else F(min(numbers))) <= exact <= F(max(sum(numbers), max(numbers)))


@given(several, st.sampled_from(sorted(METHODS.keys() - {"nearest"})), st.data())
def test_raising_one_value_never_lowers_the_result(numbers: list[D], key: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(numbers) - 1))
    third = data.draw(st.none() | st.integers(0, len(numbers) - 1))
    better = [*numbers[:position], numbers[position] + data.draw(marks), *numbers[position + 1 :]]

    assert method(key).apply(values(better, third)).exact >= method(key).apply(values(numbers, third)).exact


@given(several, st.sampled_from(["mean", "sum", "median", "trimmed"]), marks)
def test_one_more_review_as_good_as_the_best_never_lowers_the_result(numbers: list[D], key: str, extra: D) -> None:
    more = [*numbers, max(numbers) + extra]

    assert method(key).apply(values(more)).exact >= method(key).apply(values(numbers)).exact


def test_the_nearest_two_are_known_not_to_be_monotone() -> None:
    nearest = method("nearest")

    assert (nearest.apply(values([60, 70, 79])).exact, nearest.apply(values([60, 70, 81])).exact) == (F(149, 2), F(65))
