"""Who is read once more, and what that costs."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.reviews.second_look import Cost, FirstRound, cost_of_disagreement, cost_of_leaders, leaders
from judging.reviews.spread import Scored, SpreadRules


def entry(cell: str, name: str, *totals: int) -> FirstRound:
    return FirstRound(cell, name, tuple(Scored(f"{name}-{n}", D(total)) for n, total in enumerate(totals)))


CONTEST = [
    entry("a", "a1", 90, 80),
    entry("a", "a2", 70, 70),
    entry("a", "a3", 60, 80),
    entry("a", "a4", 10, 20),
    entry("a", "a5", 30, 30),
    entry("b", "b1", 5, 45),
    entry("b", "b2", 20, 20),
]


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ("0", ()),
        ("0.2", ("a1", "b1")),  # one of five; one of two, rounded up
        ("0.4", ("a1", "a2", "a3", "b1")),  # a3 is level with a2
        ("0.6", ("a1", "a2", "a3", "b1", "b2")),
        ("1", ("a1", "a2", "a3", "a4", "a5", "b1", "b2")),
    ],
)
def test_leaders_of_each_cell(share: str, expected: tuple[str, ...]) -> None:
    assert leaders(CONTEST, D(share)) == expected


def test_what_each_choice_costs() -> None:
    assert cost_of_leaders(CONTEST, D("0.2")) == Cost({"a": 1, "b": 1})
    assert cost_of_leaders(CONTEST, Fraction(2, 5), readings=2).readings == 8
    assert cost_of_disagreement(CONTEST, SpreadRules(total=D(20))) == Cost({"a": 1, "b": 1})
    assert cost_of_disagreement(CONTEST, SpreadRules(total=D(10))).by_cell == {"a": 3, "b": 1}
    assert cost_of_leaders(CONTEST, D("0.4")).hours(12) == D("0.8")


@pytest.mark.parametrize("share", ["-0.1", "1.1"])
def test_a_share_is_a_part_of_the_whole(share: str) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        leaders(CONTEST, D(share))


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), st.fractions(0, 1), st.randoms())
def test_no_leader_is_behind_anyone_left_out_and_the_order_does_not_matter(
    totals: list[int], share: Fraction, shuffle
) -> None:
    entries = [entry("a", f"e{number}", total) for number, total in enumerate(totals)]

    chosen = leaders(shuffle.sample(entries, len(entries)), share)

    out = [total for number, total in enumerate(totals) if f"e{number}" not in chosen]
    ahead = [total for number, total in enumerate(totals) if f"e{number}" in chosen]
    assert chosen == leaders(entries, share)
    assert not out or not ahead or max(out) < min(ahead)
    assert len(chosen) >= share * len(totals)
