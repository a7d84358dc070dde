"""Figures of the panel and of each judge: against definitions written out in full."""

from itertools import permutations

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.ranking.additive import Reading
from judging.ranking.reliability import Flag, JudgeFigures, alpha, reliability
from tests.ranking.test_calibration import made_up

marks = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4), st.integers(0, 20)), min_size=1, max_size=25)


@given(marks)
@settings(deadline=None)
def test_alpha_is_that_of_a_library(rows: list[tuple[int, int, int]]) -> None:
    by_pair = {(unit, judge): value for unit, judge, value in rows}
    table = np.full((5, 6), np.nan)
    for (unit, judge), value in by_pair.items():
        table[judge, unit] = value
    units = np.array([unit for unit, _ in by_pair])
    paired = [value for (unit, _), value in by_pair.items() if (units == unit).sum() > 1]

    found = alpha(units, np.array(list(by_pair.values()), dtype=float))

    if len(set(paired)) < 2:
        assert found is None
    else:
        expected = krippendorff.alpha(reliability_data=table, level_of_measurement="interval")
        assert found == pytest.approx(expected, abs=1e-9)


def test_alpha_by_hand() -> None:
    # Two units of (1, 2) and (3, 3): observed 1·2/4, expected from all twelve ordered pairs of 1, 2, 3, 3.
    values = [1, 2, 3, 3]
    expected = sum((one - two) ** 2 for one, two in permutations(values, 2)) / 12

    assert alpha(np.array([0, 0, 1, 1]), np.array(values, dtype=float)) == pytest.approx(1 - 0.5 / expected)


def panel(**special: list[int]) -> list[Reading]:
    """Eight judges read all of forty entries; ``special`` judges' marks are as given."""
    random = np.random.default_rng(1)
    quality = random.normal(60, 10, 40)
    readings = [
        Reading("c", f"e{entry:02}", f"j{judge}", round(float(quality[entry] + random.normal(0, 5))))
        for entry in range(40)
        for judge in range(8)
    ]
    readings += [
        Reading("c", f"e{entry:02}", judge, value) for judge, own in special.items() for entry, value in enumerate(own)
    ]
    return readings


def figures(readings: list[Reading], **times: list[float]) -> dict[str, JudgeFigures]:
    return {one.judge: one for one in reliability(readings, times).judges}


def test_an_ordinary_panel_raises_no_question() -> None:
    found = figures(panel())

    assert {one.flags for one in found.values()} == {()}
    assert all(0.8 < one.agreement < 1 and 0.5 < one.infit < 1.5 for one in found.values())


def test_who_always_gives_the_same_is_asked_about() -> None:
    found = figures(panel(same=[65] * 40))

    assert (found["same"].spread, found["same"].agreement) == (0.0, 0.0)
    assert Flag.CONSTANT in found["same"].flags
    assert {one.flags for judge, one in found.items() if judge != "same"} == {()}


def test_who_marks_at_random_is_asked_about() -> None:
    random = np.random.default_rng(2)
    found = figures(panel(dice=random.integers(30, 90, 40).tolist()))

    assert found["dice"].flags == (Flag.RANDOM,)
    assert (found["dice"].agreement < 0.2 or found["dice"].infit > 1.8, found["dice"].infit > 1.8) == (True, True)


def test_who_is_much_stricter_than_all_others_is_asked_about() -> None:
    own = [reading.total - 40 for reading in panel() if reading.judge == "j0"]
    found = figures(panel(strict=own))

    assert (found["strict"].flags, found["strict"].agreement > 0.8) == ((Flag.EXTREME,), True)
    assert found["strict"].severity == pytest.approx(35.5, abs=2)
    assert 0 < found["strict"].interval < 5


def test_who_reads_in_a_third_of_the_usual_time_is_asked_about() -> None:
    found = figures(panel(), j0=[2, 2.5, 3], **{f"j{n}": [9, 10, 14] for n in range(1, 8)})

    assert ({judge: one.flags for judge, one in found.items() if one.flags}, found["j1"].minutes) == (
        {"j0": (Flag.QUICK,)},
        10,
    )


def test_few_reviews_raise_no_question() -> None:
    found = figures(panel(short=[0, 0, 0, 0, 0, 0, 0]))

    assert (found["short"].reviews, found["short"].flags) == (7, ())


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    inside = []
    for seed in range(25):
        readings, leniency = made_up(seed, judges=12)
        found = figures(readings)
        inside += [
            abs(found[f"j{number:02}"].severity + value - leniency.mean()) <= found[f"j{number:02}"].interval
            for number, value in enumerate(leniency)
        ]

    assert 0.9 < np.mean(inside) < 0.99


def test_icc_is_the_share_of_variance_that_comes_from_entries() -> None:
    found = [reliability(made_up(seed, entries=400, judges=40)[0]) for seed in range(8)]

    assert np.mean([one.icc_single for one in found]) == pytest.approx(100 / 200, abs=0.04)
    assert np.mean([one.icc_mean for one in found]) == pytest.approx(100 / (100 + 100 / 3), abs=0.03)
    assert np.mean([one.judge_sd for one in found]) == pytest.approx(6, rel=0.1)


def test_the_order_of_rows_changes_nothing() -> None:
    readings, _ = made_up(4)

    assert reliability(readings[::-1]) == reliability(readings)


@pytest.mark.parametrize(
    "readings",
    [
        [],
        [Reading("c", "e", "j", 50)],
        [Reading("c", f"e{number}", "j", number) for number in range(20)],
        [Reading("c", f"e{number // 2}", f"j{number}", number) for number in range(20)],
        [Reading("c", f"e{number // 4}", f"j{number % 4}", 50) for number in range(80)],
    ],
)
def test_too_little_to_tell_is_told_as_nothing(readings: list[Reading]) -> None:
    found = reliability(readings)

    assert [flag for one in found.judges for flag in one.flags] == []
    assert found.icc_single is None


def test_parts_of_the_panel_are_counted() -> None:
    two = [Reading("d", f"x{r.entry}", f"x{r.judge}", r.total) for r in panel()]

    assert reliability([*panel(), *two]).components == 2
