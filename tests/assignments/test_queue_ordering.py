"""The order of a judge's queue."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from judging.assignments.ordering import order, place

KEY = b"key of the contest"
CODES = [f"code-{number}" for number in range(12)]


def test_the_order_is_fixed_for_ever() -> None:
    # Computed once: a change would shuffle queues under the judges' hands.
    assert order(["a", "b", "c", "d"], judge="1", key=KEY) == ["c", "d", "b", "a"]


@given(st.permutations(CODES))
def test_the_order_of_input_does_not_matter(codes: list[str]) -> None:
    assert order(codes, judge="7", key=KEY) == order(CODES, judge="7", key=KEY)


@given(st.sets(st.sampled_from(CODES)))
def test_new_entries_do_not_move_the_others(some: set[str]) -> None:
    whole = order(CODES, judge="7", key=KEY)

    assert order(some, judge="7", key=KEY) == [code for code in whole if code in some]


def test_each_judge_and_each_contest_has_its_own_order() -> None:
    orders = {tuple(order(CODES, judge=str(judge), key=KEY)) for judge in range(50)}
    orders.add(tuple(order(CODES, judge="7", key=b"another contest")))

    assert len(orders) == 51


def test_nobody_is_always_read_last() -> None:
    last = Counter(order(CODES, judge=str(judge), key=KEY)[-1] for judge in range(600))

    # 600 judges, 12 entries: 50 each on average.
    assert (len(last), max(last.values()) < 100) == (12, True)


def test_judge_and_entry_are_not_run_together() -> None:
    assert place("23", judge="1", key=KEY) != place("3", judge="12", key=KEY)


@given(st.text(), st.text())
def test_places_fit_a_database_column(entry: str, judge: str) -> None:
    assert (
        0
        <= place(entry.encode("utf-8", "replace").decode(), judge=judge.encode("utf-8", "replace").decode(), key=KEY)
        < 2**63
    )
