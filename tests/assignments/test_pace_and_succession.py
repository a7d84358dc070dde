from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.assignments.pace import is_behind, today
from judging.assignments.parties import Entry, Judge
from judging.assignments.succession import successor, why_nobody

BARNAUL = ZoneInfo("Asia/Barnaul")
# The first moment that is out: midnight in Barnaul after 14 December.
ENDS = datetime(2026, 12, 14, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("remaining", "at", "expected"),
    [
        (43, datetime(2026, 12, 5, 10, tzinfo=UTC), 5),  # ten days left, today included
        (10, datetime(2026, 12, 14, 10, tzinfo=UTC), 10),  # the last day
        (10, datetime(2026, 12, 13, 18, tzinfo=UTC), 10),  # in Barnaul it is the last day already
        (10, datetime(2026, 12, 20, tzinfo=UTC), 10),  # too late: all of it
        (0, datetime(2026, 12, 5, tzinfo=UTC), 0),
    ],
)
def test_today_spreads_what_remains_over_the_days_left(remaining: int, at: datetime, expected: int) -> None:
    assert today(remaining, at=at, ends_at=ENDS, zone=BARNAUL) == expected


@pytest.mark.parametrize(
    ("done", "day", "expected"),
    [(0, 1, False), (0, 2, True), (4, 5, False), (3, 5, True), (10, 11, False), (9, 11, True), (0, 0, False)],
)
def test_behind_is_less_than_an_even_pace(done: int, day: int, expected: bool) -> None:
    starts, ends = datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 11, tzinfo=UTC)
    at = datetime(2026, 12, 1 + day, 1, tzinfo=UTC) if day else datetime(2026, 11, 30, tzinfo=UTC)

    assert is_behind(done, 10, at=at, starts_at=starts, ends_at=ends) is expected


def test_the_least_loaded_of_those_who_may_reads_next() -> None:
    entry = Entry("e", "cell", frozenset({"school"}))
    judges = [
        Judge("conflict", conflict_keys=frozenset({"school"})),
        Judge("full", capacity=0),
        Judge("other-cell", cells=frozenset({"another"})),
        Judge("read-it"),
        Judge("busy"),
        Judge("free"),
    ]

    chosen = successor(entry, judges, load={"busy": 5, "free": 4}, barred={"read-it"}, seed="s")

    assert chosen is not None and chosen.id == "free"


@pytest.mark.parametrize(
    ("judges", "reasons"),
    [
        ([], ("too_few_judges",)),
        ([Judge("a", conflict_keys=frozenset({"school"}))], ("conflict",)),
        ([Judge("a", capacity=0)], ("capacity",)),
        ([Judge("a", capacity=0), Judge("b", conflict_keys=frozenset({"school"}))], ("capacity", "conflict")),
        ([Judge("a")], ()),
    ],
)
def test_it_is_said_why_nobody_may_read(judges: list[Judge], reasons: tuple[str, ...]) -> None:
    entry = Entry("e", "cell", frozenset({"school"}))

    assert why_nobody(entry, judges, load={}, barred=()) == reasons


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 3)), max_size=8),
    st.text(max_size=4),
    st.randoms(),
)
def test_a_successor_never_has_a_conflict_and_does_not_hang_on_the_order(
    people: list[tuple[bool, int, int]],
    seed: str,
    random: "st.Random",  # type: ignore[name-defined]
) -> None:
    entry = Entry("e", "cell", frozenset({"school"}))
    judges = [
        Judge(str(n), conflict_keys=frozenset({"school"} if conflict else {"other"}), capacity=capacity)
        for n, (conflict, capacity, _load) in enumerate(people)
    ]
    load = {str(n): held for n, (_conflict, _capacity, held) in enumerate(people)}
    shuffled = random.sample(judges, len(judges))

    chosen = successor(entry, judges, load=load, barred=(), seed=seed)

    assert chosen == successor(entry, shuffled, load=load, barred=(), seed=seed)
    assert (chosen is None) == bool(why_nobody(entry, judges, load=load, barred=()))
    if chosen is not None:
        assert "school" not in chosen.conflict_keys
        assert load[chosen.id] < (chosen.capacity or 0)
