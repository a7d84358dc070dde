"""When reviews disagree."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.reviews.spread import Disagreement, Gap, Scored, SpreadRules, disagree

DEMO = SpreadRules(total=D(20))


def pair(first: str, second: str) -> list[Scored]:
    return [Scored("a", D(first)), Scored("b", D(second))]


@pytest.mark.parametrize(
    ("first", "second", "difference"),
    [("60", "79", None), ("60", "79.99", None), ("60", "80", D(20)), ("80", "60", D(20)), ("10", "90.5", D("80.5"))],
)
def test_totals_disagree_from_the_threshold_on(first: str, second: str, difference: D | None) -> None:
    found = disagree(pair(first, second), DEMO)

    assert (found.gaps[0].difference if found else None) == difference


def test_the_gap_says_who_and_how_much() -> None:
    assert disagree(pair("85", "60"), DEMO) == Disagreement((Gap(None, D(60), D(85), D(20), "b", "a"),))


def test_one_criterion_is_enough() -> None:
    reviews = [
        Scored("a", D(70), {"topic": D(25), "style": D(5)}),
        Scored("b", D(72), {"topic": D(15), "style": D(12)}),
    ]

    found = disagree(reviews, SpreadRules(total=D(20), criterion=D(10)))

    assert found == Disagreement((Gap("topic", D(15), D(25), D(10), "b", "a"),))


def test_a_criterion_may_have_its_own_threshold() -> None:
    reviews = [Scored("a", D(8), {"spelling": D(3)}), Scored("b", D(8), {"spelling": D(8)})]
    strict = SpreadRules(criterion=D(10), criteria={"spelling": D(5)})

    assert (disagree(reviews, SpreadRules(criterion=D(10))), disagree(reviews, strict)) == (
        None,
        Disagreement((Gap("spelling", D(3), D(8), D(5), "a", "b"),)),
    )


def test_all_reasons_are_named_totals_first() -> None:
    reviews = [Scored("a", D(90), {"x": D(9), "b": D(9)}), Scored("b", D(50), {"x": D(1), "b": D(1)})]

    found = disagree(reviews, SpreadRules(total=D(20), criterion=D(8)))

    assert [gap.criterion for gap in found.gaps] == [None, "b", "x"]


def test_zero_is_a_mark_and_a_missing_mark_is_not() -> None:
    rules = SpreadRules(criterion=D(10))
    zero = [Scored("a", D(0), {"x": D(0)}), Scored("b", D(0), {"x": D(10)})]
    missing = [Scored("a", D(0), {"x": None}), Scored("b", D(0), {"x": D(10)})]

    assert (disagree(zero, rules) is None, disagree(missing, rules)) == (False, None)


@pytest.mark.parametrize("reviews", [[], [Scored("a", D(100))]])
def test_less_than_two_reviews_cannot_disagree(reviews: list[Scored]) -> None:
    assert disagree(reviews, DEMO) is None


def test_without_thresholds_nobody_disagrees() -> None:
    assert disagree(pair("0", "100"), SpreadRules()) is None


@pytest.mark.parametrize("rules", [{"total": D(0)}, {"criterion": D(-1)}, {"criteria": {"x": D(0)}}])
def test_a_threshold_is_positive(rules: dict) -> None:
    with pytest.raises(ValueError, match="positive"):
        SpreadRules(**rules)


scored = st.builds(
    Scored,
    st.uuids().map(str),
    st.decimals(0, 100, places=1),
    st.dictionaries(st.sampled_from("xyz"), st.none() | st.decimals(0, 25, places=1)),
)


@given(st.lists(scored, min_size=2, max_size=5, unique_by=lambda item: item.review), st.randoms())
def test_the_order_of_reviews_does_not_matter(reviews: list[Scored], random) -> None:
    rules = SpreadRules(total=D(20), criterion=D(8))
    shuffled = random.sample(reviews, len(reviews))

    assert disagree(shuffled, rules) == disagree(reviews, rules)
