"""What a plan is like as a whole: relative loads, shortages shared, judges tied together and well mixed."""

import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.assignments.allocation import allocate
from judging.assignments.lots import lots, start
from judging.assignments.parties import Entry, Judge, Pair

CELLS = [f"cell-{number}" for number in range(12)]


def panel(
    entries: int, judges: int, *, cells_each: int | None = None, seed: int = 1
) -> tuple[list[Entry], list[Judge]]:
    draw = random.Random(seed)
    schools = [f"school-{number}" for number in range(200)]
    return (
        [Entry(f"e{n:05}", draw.choice(CELLS), frozenset([draw.choice(schools)])) for n in range(entries)],
        [
            Judge(
                f"j{n:03}",
                frozenset(draw.sample(CELLS, cells_each)) if cells_each else None,
                frozenset([draw.choice(schools)]),
            )
            for n in range(judges)
        ],
    )


def error_of_a_difference(pairs: tuple[Pair, ...]) -> float:
    """Mean standard error of the difference between two judges' severities, in standard deviations of one mark."""
    judges = {judge: number for number, judge in enumerate(sorted({judge for _, judge in pairs}))}
    readers: dict[str, list[int]] = {}
    for entry, judge in pairs:
        readers.setdefault(entry, []).append(judges[judge])
    information = np.zeros((len(judges), len(judges)))
    for several in readers.values():
        information[np.ix_(several, several)] -= 1 / len(several)
        information[several, several] += 1
    covariance = np.linalg.pinv(information)
    variances = np.diag(covariance)[:, None] + np.diag(covariance)[None, :] - 2 * covariance
    return float(np.sqrt(variances[np.triu_indices(len(judges), 1)]).mean())


@pytest.mark.parametrize("cells_each", [None, 3])
def test_a_large_contest_is_dealt_whole_evenly_and_well_mixed(cells_each: int | None) -> None:
    entries, judges = panel(3000, 90, cells_each=cells_each)
    conflicts = {judge.id: judge.conflict_keys for judge in judges}

    plan = allocate(entries, judges, reviews=3, seed=7)

    keys = {entry.id: entry.conflict_keys for entry in entries}
    assert [pair for pair in plan.pairs if keys[pair[0]] & conflicts[pair[1]]] == []
    assert (plan.filled, plan.bound, plan.components, set(plan.load.values())) == (9000, 9000, 1, {100})
    # A hundred readings each, three an entry: no design does better than 0.1722; a greedy deal gives 0.2 and more.
    assert 0.172 < error_of_a_difference(plan.pairs) < 0.18


def test_loads_are_even_relative_to_capacity() -> None:
    entries = [Entry(f"e{number}", "a") for number in range(120)]
    judges = [Judge("small", capacity=20), Judge("middle", capacity=40), Judge("large", capacity=120), Judge("any")]

    assert dict(allocate(entries, judges, reviews=2, seed=1).load) == {
        "small": 16,
        "middle": 32,
        "large": 96,
        "any": 96,
    }


def test_a_shortage_is_shared_by_all_entries() -> None:
    entries = [Entry(f"e{number}", CELLS[number % 3]) for number in range(30)]
    judges = [Judge(f"j{number}", capacity=25) for number in range(3)]

    plan = allocate(entries, judges, reviews=3, seed=1)

    reviews = Counter(entry for entry, _ in plan.pairs)
    assert (plan.filled, plan.bound, plan.wanted, Counter(reviews.values())) == (75, 75, 90, Counter({2: 15, 3: 15}))
    assert sum(shortage.slots for shortage in plan.shortages) == 15


def test_what_is_short_already_is_filled_first() -> None:
    entries = [Entry(f"e{number}", "a") for number in range(6)]
    judges = [Judge("j1", capacity=4), Judge("j2", capacity=2), Judge("j3", capacity=1)]
    fixed = [("e0", "j1"), ("e1", "j1"), ("e0", "gone")]

    plan = allocate(entries, judges, reviews=3, seed=1, fixed=fixed)

    reviews = Counter(entry for entry, _ in plan.pairs)
    assert (plan.filled, plan.bound) == (5, 5)
    assert sorted(reviews.values()) == [1, 1, 1, 1, 2, 2]


def test_cells_stay_tied_even_where_balance_would_part_them() -> None:
    # Whoever serves both cells is needed in the large one: even loads alone would leave them nothing of the small.
    entries = [Entry(f"a{number}", "large") for number in range(300)] + [Entry(f"b{n}", "small") for n in range(20)]
    both = frozenset(["large", "small"])
    judges = [Judge(f"l{n}", frozenset(["large"])) for n in range(4)] + [Judge(f"b{n}", both) for n in range(4)]
    judges += [Judge(f"s{n}", frozenset(["small"])) for n in range(4)]

    plans = [allocate(entries, judges, reviews=2, seed=seed) for seed in range(5)]

    assert {(plan.filled, plan.components) for plan in plans} == {(640, 1)}
    assert max(max(plan.load.values()) for plan in plans) <= 76


def test_small_panels_are_tied_by_handing_over_one_entry() -> None:
    entries = [Entry(f"a{number}", "a") for number in range(8)] + [Entry(f"b{number}", "b") for number in range(2)]
    judges = [Judge("a1", frozenset("a")), Judge("ab", frozenset("ab")), Judge("b1", frozenset("b"))]
    judges += [Judge("a2", frozenset("a")), Judge("b2", frozenset("b"))]

    plan = allocate(entries, judges, reviews=2, seed=1)

    assert (plan.filled, plan.components, max(plan.load.values())) == (20, 1, 6)


def test_two_panels_without_a_common_cell_stay_two_components() -> None:
    entries = [Entry(f"e{number}", "ab"[number % 2]) for number in range(40)]
    judges = [Judge(f"j{number}", frozenset("ab"[number % 2])) for number in range(8)]

    assert allocate(entries, judges, reviews=2, seed=1).components == 2


@given(st.integers(0, 10_000), st.integers(4, 14), st.integers(1, 3), st.integers(2, 3))
@settings(deadline=None, max_examples=60)
def test_one_component_wherever_eligibility_allows(seed: int, size: int, cells_each: int, reviews: int) -> None:
    draw = random.Random(seed)
    entries = [Entry(f"e{number}", draw.choice(CELLS[:5])) for number in range(size * 8)]
    judges = [Judge(f"j{number}", frozenset(draw.sample(CELLS[:5], cells_each))) for number in range(size)]

    plan = allocate(entries, judges, reviews=reviews, seed=seed)

    # Cells that one judge alone serves tie nobody: an entry needs two readers for that.
    parts = {judge.id: judge.id for judge in judges}
    for cell in {entry.cell for entry in entries}:
        serving = [judge.id for judge in judges if judge.serves(cell)]
        for judge in serving[1:]:
            old, new = parts[judge], parts[serving[0]]
            parts = {name: new if part == old else part for name, part in parts.items()}
    busy = {part for judge, part in parts.items() if plan.load[judge]}
    assert plan.components == len(busy)


def test_when_some_judges_leave_only_their_slots_move() -> None:
    entries, judges = panel(2000, 60)
    first = allocate(entries, judges, reviews=3, seed=1)
    gone = {judge.id for judge in judges[:3]}
    stay = [pair for pair in first.pairs if pair[1] not in gone]

    after = allocate(entries, judges[3:], reviews=3, seed=2, fixed=stay)

    assert (set(stay) <= set(after.pairs), after.filled, after.components) == (True, 300, 1)
    assert max(after.load.values()) - min(after.load.values()) <= 1


def test_a_judge_with_conflicts_almost_everywhere_gets_what_is_left_for_them() -> None:
    entries = [Entry(f"e{n}", "a", frozenset(["city"] if n % 10 else ["village"])) for n in range(200)]
    judges = [Judge(f"c{n}", conflict_keys=frozenset(["city"])) for n in range(2)] + [Judge(f"j{n}") for n in range(6)]

    plan = allocate(entries, judges, reviews=3, seed=1)

    # Twenty entries for those two, every one of them: less than the others have, but no more is possible.
    assert (plan.filled, plan.load["c0"], plan.load["c1"]) == (600, 20, 20)
    assert {plan.load[f"j{n}"] for n in range(6)} <= {93, 94}


def test_a_judge_of_two_institutions_reads_for_neither() -> None:
    entries = [Entry(f"e{n}", "a", frozenset([f"school-{n % 4}"])) for n in range(40)]
    judges = [Judge("two", conflict_keys=frozenset(["school-1", "school-2"])), *(Judge(f"j{n}") for n in range(3))]

    plan = allocate(entries, judges, reviews=2, seed=1)

    assert {int(entry[1:]) % 4 for entry, judge in plan.pairs if judge == "two"} == {0, 3}
    assert (plan.filled, plan.load["two"]) == (80, 20)


@pytest.mark.parametrize("judges", [1, 2])
def test_fewer_judges_than_reviews_all_read_everything(judges: int) -> None:
    entries = [Entry(f"e{number}", "a") for number in range(12)]

    plan = allocate(entries, [Judge(f"j{number}") for number in range(judges)], reviews=3, seed=1)

    assert (plan.filled, plan.bound, set(plan.load.values())) == (12 * judges, 12 * judges, {12})


def test_lots_are_the_same_everywhere() -> None:
    # Computed once: other numbers mean that old seeds no longer prove old deals.
    assert lots(start("seed", "hands"), 3).tolist() == [802072932233636020, 7183201303162094654, 9861183648735567941]
