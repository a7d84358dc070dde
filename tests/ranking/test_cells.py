"""Merging of nominations with too few entries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.ranking.cells import Cell, cell_of, merge_cells


def merged(**counts: int) -> list[tuple[tuple[str, ...], int, bool]]:
    cells = merge_cells({("A", nomination): entries for nomination, entries in counts.items()}, 3)
    return [(cell.nominations, cell.entries, cell.small) for cell in cells]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"x": 3, "y": 5, "z": 4}, [(("x",), 3, False), (("y",), 5, False), (("z",), 4, False)]),
        ({"x": 2, "y": 1, "z": 4}, [(("x", "y"), 3, False), (("z",), 4, False)]),  # the small ones together
        ({"x": 2, "y": 5, "z": 4}, [(("x", "z"), 6, False), (("y",), 5, False)]),  # alone too few: smallest neighbour
        ({"x": 5, "y": 1, "z": 1}, [(("x", "y", "z"), 7, False)]),
        ({"x": 4, "y": 2, "z": 4}, [(("x", "y"), 6, False), (("z",), 4, False)]),  # equal neighbours: first key
        ({"x": 1, "y": 1, "z": 0}, [(("x", "y"), 2, True)]),  # nobody left to join
        ({"x": 2}, [(("x",), 2, True)]),
        ({"x": 0, "y": 3, "z": 0}, [(("y",), 3, False)]),  # not held
        ({"x": 0}, []),
        ({}, []),
    ],
)
def test_merging_by_hand(counts: dict[str, int], expected: list[tuple[tuple[str, ...], int, bool]]) -> None:
    assert merged(**counts) == expected


def test_categories_never_mix() -> None:
    cells = merge_cells({("A", "x"): 1, ("B", "x"): 1, ("B", "y"): 4}, 3)

    assert cells == (Cell("A", ("x",), 1, small=True), Cell("B", ("x", "y"), 5))
    assert ([cell.merged for cell in cells], cell_of(cells)) == (
        [False, True],
        {("A", "x"): 0, ("B", "x"): 1, ("B", "y"): 1},
    )


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(ValueError, match="A × x"):
        merge_cells({("A", "x"): -1}, 3)


@given(
    st.dictionaries(st.tuples(st.sampled_from("AB"), st.sampled_from("vwxyz")), st.integers(0, 8)),
    st.integers(1, 5),
    st.randoms(use_true_random=False),
)
def test_nobody_is_lost_and_small_cells_remain_only_alone(counts, minimum: int, shuffle) -> None:
    cells = merge_cells(counts, minimum)
    held = {pair for pair, entries in counts.items() if entries}

    assert sum(cell.entries for cell in cells) == sum(counts.values())
    assert cell_of(cells).keys() == held
    assert merge_cells(dict(shuffle.sample(list(counts.items()), len(counts))), minimum) == cells
    for cell in cells:
        alone = sum(other.category == cell.category for other in cells) == 1
        assert cell.small == (cell.entries < minimum)
        assert alone or not cell.small
