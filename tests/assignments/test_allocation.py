"""The plan of who reads what: hard rules, maximum flow, balance, seeds, replacements."""

import random
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, maximum_flow

from judging.assignments.allocation import Shortage, allocate, replace
from judging.assignments.parties import Entry, Judge, Pair

CELLS = ("a", "b", "c")
KEYS = ("school-1", "school-2", "mentor-3")
sets_of_keys = st.frozensets(st.sampled_from(KEYS), max_size=2)


@st.composite
def panels(draw: st.DrawFn) -> tuple[list[Entry], list[Judge], int, frozenset[Pair], frozenset[Pair]]:
    entries = [
        Entry(f"e{number}", draw(st.sampled_from(CELLS)), draw(sets_of_keys))
        for number in range(draw(st.integers(0, 9)))
    ]
    judges = [
        Judge(
            f"j{number}",
            draw(st.none() | st.frozensets(st.sampled_from(CELLS))),
            draw(sets_of_keys),
            draw(st.none() | st.integers(0, 6)),
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    every = [(entry.id, judge.id) for entry in entries for judge in judges]
    pairs = st.frozensets(st.sampled_from(every), max_size=4) if every else st.just(frozenset())
    return entries, judges, draw(st.integers(1, 4)), draw(pairs), draw(pairs)


def free(entries: int, judges: int, **limits: int) -> tuple[list[Entry], list[Judge]]:
    return (
        [Entry(f"e{number:04}", CELLS[number % 3]) for number in range(entries)],
        [Judge(f"j{number:03}", **limits) for number in range(judges)],
    )


def flow_bound(
    entries: list[Entry], judges: list[Judge], reviews: int, fixed: frozenset[Pair], barred: frozenset[Pair]
) -> int:
    """How many open slots can be filled at all, by another algorithm than ours."""
    size = len(entries) + len(judges) + 2
    source, sink = size - 2, size - 1
    capacities = np.zeros((size, size), dtype=np.int32)
    for row, entry in enumerate(entries):
        capacities[source, row] = max(0, reviews - sum(paired == entry.id for paired, _ in fixed))
        for column, judge in enumerate(judges, start=len(entries)):
            pair = (entry.id, judge.id)
            serves = judge.cells is None or entry.cell in judge.cells
            if serves and not judge.conflict_keys & entry.conflict_keys and pair not in fixed | barred:
                capacities[row, column] = 1
    for column, judge in enumerate(judges, start=len(entries)):
        held = sum(paired == judge.id for _, paired in fixed)
        room = len(entries) if judge.capacity is None else judge.capacity - held
        capacities[column, sink] = max(0, room)
    return int(maximum_flow(csr_matrix(capacities), source, sink).flow_value)


@given(panels())
@settings(max_examples=300, deadline=None)
def test_hard_rules_hold_and_as_much_is_filled_as_can_be(panel) -> None:
    entries, judges, reviews, fixed, barred = panel
    by_id = {item.id: item for item in [*entries, *judges]}

    plan = allocate(entries, judges, reviews=reviews, seed=1, fixed=fixed, barred=barred)

    broken = [
        (entry, judge)
        for entry, judge in plan.added
        if by_id[entry].conflict_keys & by_id[judge].conflict_keys
        or not (by_id[judge].cells is None or by_id[entry].cell in by_id[judge].cells)
        or (entry, judge) in barred | fixed
    ]
    load = Counter(judge for _, judge in plan.pairs)
    held = Counter(judge for _, judge in fixed)
    overloaded = [
        judge.id
        for judge in judges
        if judge.capacity is not None and load[judge.id] > max(judge.capacity, held[judge.id])
    ]
    too_many = [
        entry.id
        for entry in entries
        if sum(paired == entry.id for paired, _ in plan.pairs)
        > max(reviews, sum(paired == entry.id for paired, _ in fixed))
    ]
    assert (broken, overloaded, too_many) == ([], [], [])
    assert (len(set(plan.pairs)), fixed - set(plan.pairs)) == (len(plan.pairs), frozenset())
    assert plan.load == {judge.id: load[judge.id] for judge in judges}
    assert plan.filled == flow_bound(entries, judges, reviews, fixed, barred)
    assert plan.wanted - plan.filled == sum(shortage.slots for shortage in plan.shortages)


@given(panels(), st.randoms(use_true_random=False), st.integers(0, 3))
@settings(deadline=None)
def test_the_order_of_input_does_not_matter(panel, shuffle: random.Random, seed: int) -> None:
    entries, judges, reviews, fixed, barred = panel
    again = [shuffle.sample(list(items), len(items)) for items in (entries, judges, fixed, barred)]

    assert allocate(again[0], again[1], reviews=reviews, seed=seed, fixed=again[2], barred=again[3]) == allocate(
        entries, judges, reviews=reviews, seed=seed, fixed=fixed, barred=barred
    )


def components(pairs: Iterable[Pair], judges: Iterable[Judge]) -> int:
    """Parts of the graph of judges who read anything and of what they read, by another algorithm than ours."""
    numbers = {judge.id: number for number, judge in enumerate(judges)}
    rows = {entry: len(numbers) + number for number, entry in enumerate(sorted({entry for entry, _ in pairs}))}
    links = [(numbers[judge], rows[entry]) for entry, judge in pairs if judge in numbers]
    size = len(numbers) + len(rows)
    graph = csr_matrix((np.ones(len(links)), tuple(np.array(links, dtype=int).reshape(-1, 2).T)), (size, size))
    label = connected_components(graph, directed=False)[1]
    return len({label[judge] for judge, _ in links})


@given(panels())
@settings(deadline=None)
def test_nobody_could_hand_an_entry_to_someone_with_much_less_unless_it_ties_judges(panel) -> None:
    entries, judges, reviews, fixed, barred = panel
    plan = allocate(entries, judges, reviews=reviews, seed=1, fixed=fixed, barred=barred)
    entry_of = {entry.id: entry for entry in entries}
    judge_of = {judge.id: judge for judge in judges}
    pairs = set(plan.pairs)
    roomiest = max([judge.capacity or 1 for judge in judges], default=1)

    def cost(judge: Judge, entries: int) -> Fraction:
        # What the last of so many entries costs, in parts of what the judge can do.
        return Fraction(2 * entries - 1, judge.capacity or roomiest)

    unfair = [
        (entry, giver, taker.id)
        for entry, giver in plan.added
        for taker in judge_of.values()
        if (taker.capacity is None or plan.load[taker.id] < taker.capacity)
        and cost(taker, plan.load[taker.id] + 1) < cost(judge_of[giver], plan.load[giver])
        and (entry, taker.id) not in pairs | barred
        and (taker.cells is None or entry_of[entry].cell in taker.cells)
        and not taker.conflict_keys & entry_of[entry].conflict_keys
        and components(pairs - {(entry, giver)} | {(entry, taker.id)}, judges) <= components(pairs, judges)
    ]

    assert unfair == []


@given(panels())
@settings(deadline=None)
def test_the_plan_counts_its_components_and_the_bound(panel) -> None:
    entries, judges, reviews, fixed, barred = panel
    plan = allocate(entries, judges, reviews=reviews, seed=2, fixed=fixed, barred=barred)

    assert (plan.components, plan.bound) == (components(plan.pairs, judges), plan.filled)


@pytest.mark.parametrize(
    ("entries", "judges", "reviews"), [(40, 6, 2), (41, 7, 3), (10, 10, 5), (900, 30, 2), (7, 3, 3)]
)
def test_loads_differ_by_one_at_most_where_everybody_may_read_everything(
    entries: int, judges: int, reviews: int
) -> None:
    plan = allocate(*free(entries, judges), reviews=reviews, seed=5)
    low, rest = divmod(entries * reviews, judges)

    assert Counter(plan.load.values()) == Counter({low: judges - rest, low + 1: rest} if rest else {low: judges})


def test_loads_are_levelled_round_corners_where_few_may_read() -> None:
    # Half of the entries may go to j1 or j2, half to j1 or j3.
    entries = [Entry(f"e{number:02}", "ab"[number % 2]) for number in range(60)]
    judges = [Judge("j1"), Judge("j2", frozenset("a")), Judge("j3", frozenset("b"))]
    # What j4 has too much of reaches j6 only through j5.
    corner = [Entry(f"x{number}", "x") for number in range(6)] + [Entry(f"y{number}", "y") for number in range(2)]
    chain = [Judge("j4", frozenset("x")), Judge("j5", frozenset("xy")), Judge("j6", frozenset("y"))]

    plans = [
        (allocate(entries, judges, reviews=1, seed=seed), allocate(corner, chain, reviews=1, seed=seed))
        for seed in range(12)
    ]

    assert {tuple(sorted(plan.load.values())) for plan, _ in plans} == {(20, 20, 20)}
    assert {tuple(sorted(plan.load.values())) for _, plan in plans} == {(2, 3, 3)}


def test_seeds_make_plans_and_the_same_seed_the_same_plan() -> None:
    entries, judges = free(60, 6)
    plans = [allocate(entries, judges, reviews=2, seed=seed).pairs for seed in (7, 7, "7", 8)]

    assert (plans[0] == plans[1] == plans[2], plans[0] == plans[3]) == (True, False)


def test_a_published_plan_can_be_run_again_for_ever() -> None:
    # Computed once: another answer means that old seeds no longer prove old deals.
    assert allocate(*free(4, 3), reviews=2, seed="regulation").pairs == (
        ("e0000", "j000"),
        ("e0000", "j001"),
        ("e0001", "j000"),
        ("e0001", "j001"),
        ("e0002", "j001"),
        ("e0002", "j002"),
        ("e0003", "j000"),
        ("e0003", "j002"),
    )


def test_the_same_two_do_not_always_read_together() -> None:
    entries, judges = free(450, 10)
    readers: dict[str, list[str]] = {}
    for entry, judge in allocate(entries, judges, reviews=2, seed=3).pairs:
        readers.setdefault(entry, []).append(judge)
    met = Counter(tuple(sorted(pair)) for pair in readers.values())

    # 45 pairs of judges over 450 entries: ten meetings each on average.
    assert (len(met), max(met.values()) <= 14, min(met.values()) >= 6) == (45, True, True)


def test_a_large_regional_contest_is_dealt_evenly_and_whole() -> None:
    draw = random.Random(1)
    schools = [f"school-{number}" for number in range(700)]
    entries = [Entry(f"e{n}", f"cell-{n % 12}", frozenset([draw.choice(schools)])) for n in range(3500)]
    judges = [Judge(f"j{n}", conflict_keys=frozenset(draw.sample(schools, 2))) for n in range(60)]

    plan = allocate(entries, judges, reviews=2, seed=1)

    assert (plan.filled, plan.shortages, set(plan.load.values())) == (7000, (), {116, 117})


def test_entries_are_handed_on_to_make_room_for_the_one_with_a_single_judge() -> None:
    # Only j1 may read «only», and j1 has room for one: whoever gets there first must give way.
    entries = [Entry(f"e{number}", "a") for number in range(4)] + [Entry("only", "b")]
    judges = [Judge("j1", capacity=1), Judge("j2", frozenset("a"), capacity=4)]

    plans = [allocate(entries, judges, reviews=1, seed=seed) for seed in range(20)]

    assert {(plan.filled, ("only", "j1") in plan.pairs) for plan in plans} == {(5, True)}


def test_a_chain_of_three_is_handed_on() -> None:
    # a→j1|j2, b→j2|j3, c→j3|j1 and d→j1 only, with room for one, one and two.
    entries = [
        Entry("a", "x", frozenset(["not-3"])),
        Entry("b", "x", frozenset(["not-1"])),
        Entry("c", "x", frozenset(["not-2"])),
        Entry("d", "x", frozenset(["not-2", "not-3"])),
    ]
    room = {"1": 1, "2": 1, "3": 2}
    judges = [Judge(f"j{n}", conflict_keys=frozenset([f"not-{n}"]), capacity=room[n]) for n in room]

    plans = [allocate(entries, judges, reviews=1, seed=seed).pairs for seed in range(20)]

    assert set(plans) == {(("a", "j2"), ("b", "j3"), ("c", "j3"), ("d", "j1"))}


def test_too_few_judges_are_told_by_cell() -> None:
    entries = [Entry("e1", "a"), Entry("e2", "b"), Entry("e3", "b")]
    judges = [Judge("j1"), Judge("j2", frozenset("a"))]

    plan = allocate(entries, judges, reviews=2, seed=1)

    assert plan.shortages == (Shortage("b", 2, ("e2", "e3"), ("j1",), (), ()),)
    assert plan.shortages[0].reasons == ("too_few_judges",)


def test_conflicts_are_named_as_the_reason() -> None:
    entries = [Entry("e1", "a", frozenset(["school-1"])), Entry("e2", "a")]
    judges = [Judge("j1", conflict_keys=frozenset(["school-1"])), Judge("j2")]

    (shortage,) = allocate(entries, judges, reviews=2, seed=1).shortages

    assert (shortage, shortage.reasons) == (Shortage("a", 1, ("e1",), ("j1", "j2"), ("j1",), ()), ("conflict",))


def test_full_judges_are_named_as_the_reason() -> None:
    entries, judges = free(6, 2, capacity=2)

    plan = allocate(entries, judges, reviews=1, seed=1)

    assert (plan.filled, sum(shortage.slots for shortage in plan.shortages)) == (4, 2)
    assert {(shortage.full, shortage.reasons) for shortage in plan.shortages} == {(("j000", "j001"), ("capacity",))}


def test_nobody_at_all() -> None:
    plan = allocate([Entry("e1", "a")], [], reviews=2, seed=1)

    assert (plan.pairs, plan.shortages) == ((), (Shortage("a", 2, ("e1",), (), (), ()),))
    assert allocate([], [Judge("j1")], reviews=2, seed=1).load == {"j1": 0}


def test_late_entries_leave_the_first_deal_as_it_was() -> None:
    entries, judges = free(30, 6)
    first = allocate(entries[:20], judges, reviews=2, seed=1)

    late = allocate(entries, judges, reviews=2, seed=2, fixed=first.pairs)

    assert (set(first.pairs) <= set(late.pairs), {entry for entry, _ in late.added}, set(late.load.values())) == (
        True,
        {entry.id for entry in entries[20:]},
        {10},
    )


def test_when_a_judge_leaves_only_their_slots_move() -> None:
    entries, judges = free(30, 6)
    first = allocate(entries, judges, reviews=2, seed=1)
    stay = [pair for pair in first.pairs if pair[1] != "j000"]

    after = allocate(entries, judges[1:], reviews=2, seed=2, fixed=stay)

    assert (set(stay) <= set(after.pairs), len(after.added), set(after.load.values())) == (True, 10, {12})


def test_a_review_by_someone_who_has_left_still_counts() -> None:
    plan = allocate([Entry("e1", "a")], [Judge("j1")], reviews=2, seed=1, fixed=[("e1", "gone")])

    assert (plan.pairs, plan.added, plan.load) == ((("e1", "gone"), ("e1", "j1")), (("e1", "j1"),), {"j1": 1})


@pytest.mark.parametrize(
    ("entries", "judges", "reviews", "message"),
    [
        ([Entry("e", "a")], [Judge("j")], 0, "at least one"),
        ([Entry("e", "a"), Entry("e", "b")], [Judge("j")], 1, "more than once: e"),
        ([Entry("e", "a")], [Judge("j"), Judge("j")], 1, "more than once: j"),
    ],
)
def test_nonsense_is_refused(entries: list[Entry], judges: list[Judge], reviews: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        allocate(entries, judges, reviews=reviews, seed=1)


def test_a_negative_capacity_is_refused() -> None:
    with pytest.raises(ValueError, match="j: a capacity"):
        Judge("j", capacity=-1)


ENTRY = Entry("e1", "a", frozenset(["school-1"]))


@pytest.mark.parametrize(
    ("judges", "pairs", "barred", "expected"),
    [
        ([Judge("j1"), Judge("j2")], [("e1", "j1")], [], "j2"),  # has read it
        ([Judge("j1"), Judge("j2")], [], [("e1", "j1")], "j2"),  # recused
        ([Judge("j1", conflict_keys=frozenset(["school-1"])), Judge("j2")], [], [], "j2"),
        ([Judge("j1", frozenset("b")), Judge("j2")], [], [], "j2"),
        ([Judge("j1", capacity=1), Judge("j2")], [("e2", "j1"), ("e2", "j2"), ("e3", "j2")], [], "j2"),
        ([Judge("j1"), Judge("j2")], [("e2", "j1")], [], "j2"),  # least load
        # Two of four is less than two of three.
        ([Judge("j1", capacity=3), Judge("j2", capacity=4)], [(e, j) for e in "xy" for j in ("j1", "j2")], [], "j2"),
        ([Judge("j1")], [("e1", "j1")], [], None),
        ([Judge("j1", capacity=0)], [], [], None),
        ([], [], [], None),
    ],
)
def test_a_replacement_may_read_has_not_read_and_has_the_least_to_do(
    judges: list[Judge], pairs: list[Pair], barred: list[Pair], expected: str | None
) -> None:
    assert {replace(pairs, ENTRY, judges, seed=seed, barred=barred) for seed in range(8)} == {expected}


def test_equal_judges_are_chosen_by_the_seed_and_not_by_their_order() -> None:
    judges = [Judge(f"j{number}") for number in range(4)]
    chosen = [replace([], ENTRY, order, seed=seed) for seed in range(60) for order in (judges, judges[::-1])]

    assert (chosen[::2] == chosen[1::2], set(chosen)) == (True, {"j0", "j1", "j2", "j3"})


@given(panels(), st.integers(0, 5))
@settings(deadline=None)
def test_a_replacement_is_found_whenever_there_is_one(panel, seed: int) -> None:
    entries, judges, reviews, fixed, barred = panel
    plan = allocate(entries, judges, reviews=reviews, seed=seed, fixed=fixed, barred=barred)
    for entry in entries:
        able = {
            judge.id
            for judge in judges
            if (judge.cells is None or entry.cell in judge.cells)
            and not judge.conflict_keys & entry.conflict_keys
            and (entry.id, judge.id) not in {*plan.pairs, *barred}
            and (judge.capacity is None or plan.load[judge.id] < judge.capacity)
        }

        chosen = replace(plan.pairs, entry, judges, seed=seed, barred=barred)

        assert chosen in (able or {None})


def test_third_readers_are_spread_over_the_panel() -> None:
    entries, judges = free(30, 6)
    pairs = list(allocate(entries, judges, reviews=2, seed=1).pairs)
    for entry in entries:
        third = replace(pairs, entry, judges, seed=1)
        pairs.append((entry.id, third))

    assert max(Counter(judge for _, judge in pairs).values()) <= 16
    assert all(len({j for e, j in pairs if e == entry.id}) == 3 for entry in entries)
