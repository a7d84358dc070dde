"""Severity of judges: the model against its textbook formula, its guards, and what never matters."""

from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.judging import rasch
from judging.ranking.additive import Components, Design, Reading, shrunk_leniency, variances
from judging.ranking.calibration import Calibration, Fallback, Score, calibrate


def made_up(
    seed: int,
    *,
    entries: int = 120,
    judges: int = 10,
    reviews: int = 3,
    cells: int = 3,
    judge_sd: float = 6,
    entry_sd: float = 10,
    chance: float = 8,
) -> tuple[list[Reading], np.ndarray]:
    """Readings, and each judge's true leniency in points."""
    random = np.random.default_rng(seed)
    quality, leniency = random.normal(60, entry_sd, entries), random.normal(0, judge_sd, judges)
    found = []
    for entry in range(entries):
        for judge in random.choice(judges, reviews, replace=False):
            total = quality[entry] + leniency[judge] + random.normal(0, chance)
            found.append(
                Reading(
                    f"c{entry % cells}", f"e{entry:03}", f"j{judge:02}", D(round(float(total), 1)).quantize(D("0.1"))
                )
            )
    return found, leniency


def plain(calibration: Calibration) -> bool:
    return all(score.mean == score.calibrated for score in calibration.scores.values())


def test_predictions_are_those_of_the_textbook() -> None:
    # û = σ²ⱼ Z' V⁻¹ (y − Xβ̂), V = σ²ⱼ ZZ' + σ²ₑ WW' + σ² I, β̂ by generalized least squares: by matrices of all marks.
    readings, _ = made_up(3, entries=40, judges=6, cells=2)
    design = Design.of(readings)
    found = Components(residual=50.0, judge=30.0, entry=110.0, leniency=np.zeros(6))
    judges, entries = np.eye(6)[design.judge], np.eye(40)[design.entry]
    cells = np.eye(2)[design.cell[design.entry]]
    spread = 30.0 * judges @ judges.T + 110.0 * entries @ entries.T + 50.0 * np.eye(len(readings))
    inverse = np.linalg.inv(spread)
    means = np.linalg.solve(cells.T @ inverse @ cells, cells.T @ inverse @ design.total)
    projected = inverse - inverse @ cells @ np.linalg.inv(cells.T @ inverse @ cells) @ cells.T @ inverse
    apart = np.eye(6) - 1 / 6
    variance = 30.0 * np.eye(6) - 30.0 * judges.T @ projected @ judges * 30.0

    leniency, errors = shrunk_leniency(design, found, errors=True)

    assert np.allclose(leniency, 30.0 * judges.T @ inverse @ (design.total - cells @ means), atol=1e-9)
    assert np.allclose(errors, np.sqrt(np.diag(apart @ variance @ apart)), atol=1e-9)


def test_variances_are_found_again() -> None:
    found = [variances(Design.of(made_up(seed, entries=400, judges=40)[0])) for seed in range(12)]

    assert np.mean([one.judge for one in found]) == pytest.approx(36, rel=0.15)
    assert np.mean([one.entry for one in found]) == pytest.approx(100, rel=0.1)
    assert np.mean([one.residual for one in found]) == pytest.approx(64, rel=0.05)


def test_the_fixed_effects_are_those_of_least_squares() -> None:
    readings, _ = made_up(5, entries=50, judges=7)
    design = Design.of(readings)
    columns = np.hstack([np.eye(50)[design.entry], np.eye(7)[design.judge]])
    solution = np.linalg.lstsq(columns, design.total, rcond=None)[0][50:]
    rest = design.total - columns @ np.linalg.lstsq(columns, design.total, rcond=None)[0]

    found = variances(design)

    assert np.allclose(found.leniency, solution - solution.mean(), atol=1e-8)
    assert found.residual == pytest.approx(rest @ rest / (150 - 50 - 7 + 1))


def test_marks_without_chance_are_put_right_to_the_last_point() -> None:
    # Each judge's marks are the entry's quality plus 6, 0 or −6.
    leniency = {"a": 6, "b": 0, "c": -6}
    pairs = [(entry, judge) for entry in range(40) for judge in ("ab", "bc", "ca")[entry % 3]]
    readings = [Reading("cell", f"e{entry:02}", judge, 50 + entry % 7 + leniency[judge]) for entry, judge in pairs]

    found = calibrate(readings)

    assert [round(found.severity[judge]) for judge in "abc"] == [-6, 0, 6]
    assert {entry: round(score.calibrated, 2) for entry, score in found.scores.items()} == {
        f"e{entry:02}": D(50 + entry % 7) for entry in range(40)
    }
    assert found.scores["e00"].mean == D(53)


def test_severity_is_shrunk_the_more_the_less_a_judge_has_read() -> None:
    readings, _ = made_up(7, entries=200, judges=8, reviews=2)
    strict = [reading._replace(judge="strict", total=reading.total - 20) for reading in readings[::2]]
    shift = [calibrate([*readings, *strict[:many]]).severity["strict"] for many in (1, 4, 16, 64)]

    assert 0 < shift[0] < shift[1] < shift[2] < shift[3] < 22


def test_true_severities_are_recovered() -> None:
    readings, leniency = made_up(11, entries=600, judges=20)
    found = calibrate(readings)

    guess = [-float(found.severity[f"j{number:02}"]) for number in range(20)]
    assert np.corrcoef(guess, leniency)[0, 1] > 0.97
    assert (found.fallback, found.components, found.not_corrected) == (None, 1, ())


@given(st.randoms(use_true_random=False), st.integers(0, 5))
@settings(deadline=None, max_examples=30)
def test_the_order_of_rows_changes_nothing(shuffle, seed: int) -> None:
    readings, _ = made_up(seed, entries=40, judges=6)

    assert calibrate(shuffle.sample(readings, len(readings))) == calibrate(readings)


@given(st.integers(0, 200), st.decimals(-5, 5, places=1))
@settings(deadline=None, max_examples=30)
def test_points_added_to_all_marks_are_added_to_all_results(seed: int, points: D) -> None:
    readings, _ = made_up(seed, entries=40, judges=6)
    moved = [reading._replace(total=reading.total + points) for reading in readings]

    before, after = calibrate(readings), calibrate(moved)

    assert before.severity.keys() == after.severity.keys()
    for entry, score in before.scores.items():
        assert after.scores[entry].calibrated == pytest.approx(score.calibrated + points, abs=D("0.00001"))


# --- Where the plain mean stands ----------------------------------------------------------------


def test_no_reviews() -> None:
    assert calibrate([]).fallback == Fallback.NO_REVIEWS


@pytest.mark.parametrize(
    "readings",
    [
        [Reading("c", "e", "j", 50)],  # one judge, one review
        [Reading("c", f"e{n}", "j", n) for n in range(50)],  # one judge
        [Reading("c", f"e{n // 2:02}", f"j{n:03}", n % 60) for n in range(120)],  # one review by each judge
        [Reading("c", f"e{n}", f"j{n % 9}", n % 60) for n in range(120)],  # one review of each entry
        made_up(1, entries=12, judges=3, reviews=2)[0],
    ],
)
def test_with_few_degrees_of_freedom_the_plain_mean_stands(readings: list[Reading]) -> None:
    found = calibrate(readings)

    assert (found.fallback, plain(found)) == (Fallback.FEW_DEGREES, True)


def test_equal_marks_prove_no_difference() -> None:
    readings = [reading._replace(total=70) for reading in made_up(1)[0]]
    found = calibrate(readings)

    assert (found.fallback, set(found.scores.values()), found.judge_sd) == (
        Fallback.NO_DIFFERENCE,
        {Score(D("70"), D("70"))},
        0.0,
    )


def test_judges_who_differ_less_than_chance_would_have_it_are_left_alone() -> None:
    # Marks drift apart within an entry, but each judge is as often above as below.
    readings = [
        Reading("c", f"e{entry:02}", f"j{judge}", 60 + (5 if (entry + judge) % 2 else -5))
        for entry in range(40)
        for judge in range(4)
    ]
    found = calibrate(readings)

    assert (found.fallback, plain(found)) == (Fallback.NO_DIFFERENCE, True)


def test_a_judge_with_few_reviews_is_named_and_not_corrected() -> None:
    readings, _ = made_up(2)
    guest = [Reading("c0", f"e{number:03}", "guest", 5) for number in range(0, 21, 3)]

    found = calibrate([*readings, *guest])

    by_guest = found.scores["e000"]
    others = [reading for reading in readings if reading.entry == "e000"]
    expected = (sum(one.total + found.severity[one.judge] for one in others) + 5) / 4
    assert (found.not_corrected, len(guest)) == (("guest",), 7)
    assert by_guest.calibrated == pytest.approx(expected, abs=D("0.00001"))
    assert calibrate([*readings, *guest, Reading("c0", "e021", "guest", 5)]).not_corrected == ()


def test_cells_read_by_parts_of_the_panel_that_share_nothing_keep_the_plain_mean() -> None:
    one, _ = made_up(3, judge_sd=10)
    two = [
        Reading(f"d{reading.cell}", f"x{reading.entry}", f"x{reading.judge}", reading.total)
        for reading in made_up(4, judge_sd=10)[0]
    ]
    found = calibrate([*one, *two])
    mixed = calibrate([*one, *(reading._replace(cell=reading.cell.replace("dc2", "c2")) for reading in two)])

    assert (found.components, found.fallback, found.plain_cells) == (2, None, ())
    assert (mixed.components, mixed.fallback, mixed.plain_cells) == (2, None, ("c2",))
    cells = {reading.entry: reading.cell for reading in one}
    moved = {cells[entry] for entry, score in mixed.scores.items() if entry in cells and score.mean != score.calibrated}
    assert moved == {"c0", "c1"}


def test_where_no_cell_can_be_compared_it_is_said() -> None:
    one, _ = made_up(3, cells=1)
    two = [Reading("c0", f"x{reading.entry}", f"x{reading.judge}", reading.total) for reading in made_up(4)[0]]

    found = calibrate([*one, *two])

    assert (found.fallback, found.plain_cells, plain(found)) == (Fallback.DISCONNECTED, ("c0",), True)


def test_nothing_is_compared_across_components() -> None:
    one, _ = made_up(3)
    two = [Reading(f"d{r.cell}", f"x{r.entry}", f"x{r.judge}", r.total) for r in made_up(4)[0]]
    # A whole panel ten points milder than the other is no reason to correct anybody.
    milder = [reading._replace(total=reading.total + 10) for reading in two]

    before, after = calibrate([*one, *two]), calibrate([*one, *milder])

    assert max(abs(after.severity[judge] - before.severity[judge]) for judge in before.severity) <= D("0.00001")


@pytest.mark.parametrize(
    ("readings", "message"),
    [
        ([Reading("c", "e", "j", 1), Reading("c", "e", "j", 2)], "j reviews e twice"),
        ([Reading("c", "e", "j", 1), Reading("d", "e", "k", 2)], "e is in two cells"),
        ([Reading("c", "e", "j", D("NaN"))], "not a number"),
    ],
)
def test_nonsense_is_refused(readings: list[Reading], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        calibrate(readings)


def test_zero_is_a_mark() -> None:
    readings, _ = made_up(8)
    zero = [*readings[:-1], readings[-1]._replace(total=0)]

    assert calibrate(zero).scores != calibrate(readings).scores
    assert calibrate(zero).scores[readings[-1].entry].mean < calibrate(readings).scores[readings[-1].entry].mean


def test_severities_agree_with_a_many_facet_rasch_fit() -> None:
    entry, judge, mark = rasch.made_up(1, entries=300, judges=15, reviews=3, categories=11)
    readings = [Reading("c", f"e{e:03}", f"j{j:02}", int(m)) for e, j, m in zip(entry, judge, mark, strict=True)]

    found = calibrate(readings)

    ours = [float(found.severity[f"j{number:02}"]) for number in range(15)]
    assert np.corrcoef(ours, rasch.severities(entry, judge, mark, 11))[0, 1] > 0.95


def test_panels_tied_by_a_single_entry_are_hardly_moved_against_each_other() -> None:
    one, _ = made_up(21)
    two = [Reading(f"d{r.cell}", f"x{r.entry}", f"x{r.judge}", r.total + 30) for r in made_up(22)[0]]
    # One judge of each panel has read this one: alone it would say that all of the second are 30 points milder.
    tie = [Reading("tie", "tie", "j00", 60), Reading("tie", "tie", "xj00", 90)]

    found = calibrate([*one, *two, *tie])

    apart = [float(found.severity[f"j{n:02}"] - found.severity[f"xj{n:02}"]) for n in range(10)]
    assert (found.components, found.plain_cells) == (1, ())
    assert np.mean(apart) < 10


def test_a_judge_who_left_half_way_and_one_whose_reviews_were_removed() -> None:
    readings, _ = made_up(23)
    half = [reading for reading in readings if reading.judge != "j03" or reading.entry < "e060"]
    without = [reading for reading in readings if reading.judge != "j03"]

    assert calibrate(half).severity["j03"] != calibrate(readings).severity["j03"]
    assert ("j03" in calibrate(without).severity, set(calibrate(without).scores)) == (
        False,
        {reading.entry for reading in without},
    )
