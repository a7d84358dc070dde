"""From reviews to places."""

import random
from dataclasses import replace
from decimal import Decimal as D
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.ranking.gathering import Problem, Row, Rules
from judging.ranking.methods import Value
from judging.ranking.rounding import Rounding
from judging.ranking.scoring import Explanation
from judging.ranking.standings import Ranking, Tie, rank
from judging.rubrics.totals import Criterion

CRITERIA = tuple(Criterion(str(number), D(most)) for number, most in enumerate((25, 20, 20, 15, 10, 10), start=1))
# The rules of the demo regulation.
DEMO = Rules(method="mean", third="median", criteria=CRITERIA, ties=("1", "3", "2"))


def review(entry: str, review: str, points: str, *, third: bool = False, cell: str = "a") -> Row:
    marks = dict(zip("123456", map(D, points.split()), strict=True))
    return Row(cell, entry, review, marks, third=third)


def total(entry: str, review: str, points: str, *, cell: str = "a") -> Row:
    return Row(cell, entry, review, total=D(points))


TABLE = [
    review("A", "A1", "20 15 17 10 8 8"),  # 78
    review("A", "A2", "21 16 17 12 8 8"),  # 82 → 80
    review("B", "B1", "15 12 13 8 6 6"),  # 60
    review("B", "B2", "22 17 18 12 8 8"),  # 85
    review("B", "B3", "18 14 14 10 7 7", third=True),  # 70 → median 70; criteria 18, 14, 14
    review("C", "C1", "18 14 14 10 7 7"),  # 70
    review("C", "C2", "18 16 12 10 7 7"),  # 70 → 70; criteria 18, 13, 15
    review("D", "D1", "18 14 13 11 7 7"),  # 70; criteria 18, 13, 14
    review("D", "D2", "18 14 13 11 7 7"),
    review("E", "E1", "17 14 13 12 7 7"),  # 70
    review("E", "E2", "19 14 13 10 7 7"),  # 70; criteria 18, 13, 14
    review("F", "F1", "10 10 10 10 5 5"),  # 50
    review("F", "F2", "11 10 10 10 5 5"),  # 51 → 50.50
]


def places(ranking: Ranking) -> list[tuple[str, int, str]]:
    return [(row.entry, row.place, str(row.score)) for row in ranking.standings]


def test_the_demo_regulation_by_hand() -> None:
    ranking = rank(TABLE, DEMO)

    assert places(ranking) == [
        ("A", 1, "80.00"),
        ("B", 2, "70.00"),  # by criterion 3
        ("C", 3, "70.00"),  # by criterion 2
        ("D", 4, "70.00"),
        ("E", 4, "70.00"),
        ("F", 6, "50.50"),
    ]
    assert (ranking.ties, ranking.unranked, ranking.problems) == ((Tie("a", 4, D(70), ("D", "E")),), (), ())


def test_what_was_compared_is_told() -> None:
    first, second, *_ = rank(TABLE, DEMO).standings

    assert (first.equals, second.equals, second.compared) == (1, 4, (("1", F(18)), ("3", F(14)), ("2", F(14))))


def test_the_explanation_is_the_sum_that_was_done() -> None:
    first, second, *_ = rank(TABLE, DEMO).standings

    assert first.explanation == Explanation(
        method="mean",
        counted=(Value(D(78), "A1"), Value(D(82), "A2")),
        left_out=(),
        divisor=2,
        exact=F(80),
        rounding=Rounding("ROUND_HALF_UP", 2),
        score=D(80),
    )
    assert (second.explanation.method, second.explanation.counted, second.explanation.left_out) == (
        "median",
        (Value(D(70), "B3", third=True),),
        (Value(D(60), "B1"), Value(D(85), "B2")),
    )


@pytest.mark.parametrize(
    ("third", "score", "fourth_criterion"),
    # Totals 60, 85 and 70; criterion 4: 8, 12 and 10. The nearest two are the reviews of 60 and 70, also for criterion 4.
    [("median", "70.00", F(10)), ("mean", "71.67", F(10)), ("nearest", "65.00", F(9)), ("decides", "70.00", F(10))],
)
def test_rules_for_a_third_review(third: str, score: str, fourth_criterion: F) -> None:
    rows = [row for row in TABLE if row.entry == "B"]

    (row,) = rank(rows, replace(DEMO, third=third, ties=("4",))).standings

    assert (str(row.score), row.compared) == (score, (("4", fourth_criterion),))


def test_places_are_shared_and_the_next_ones_used_up() -> None:
    rows = [total(entry, "1", points) for entry, points in zip("abcde", "90 80 80 70 70".split(), strict=True)]

    ranking = rank(rows, Rules())

    assert [row.place for row in ranking.standings] == [1, 2, 2, 4, 4]
    assert [tie.entries for tie in ranking.ties] == [("b", "c"), ("d", "e")]


def test_weights_count() -> None:
    criteria = (Criterion("idea", D(10), weight=D(3)), Criterion("style", D(10), weight=D("0.5")))
    rows = [
        Row("a", "x", "1", {"idea": D(5), "style": D(10)}),  # 20
        Row("a", "y", "1", {"idea": D(6), "style": D(5)}),  # 20.5
    ]

    assert places(rank(rows, Rules(criteria=criteria))) == [("y", 1, "20.50"), ("x", 2, "20.00")]


def test_equal_as_printed_is_equal() -> None:
    # 66.666… and 66.67 are one number to the reader of the table.
    rows = [total("x", "1", "66"), total("x", "2", "67"), total("x", "3", "67"), total("y", "1", "66.67")]

    assert [row.place for row in rank(rows, Rules()).standings] == [1, 1]
    assert [row.place for row in rank(rows, Rules(rounding=Rounding(places=3))).standings] == [1, 2]


def test_cells_are_ranked_apart() -> None:
    rows = [total("x", "1", "50", cell="a"), total("y", "1", "90", cell="b"), total("z", "1", "60", cell="a")]

    cells = rank(rows, Rules()).cells()

    assert {cell: [(row.entry, row.place) for row in standings] for cell, standings in cells.items()} == {
        "a": [("z", 1), ("x", 2)],
        "b": [("y", 1)],
    }


def test_the_jury_breaks_a_tie() -> None:
    ranking = rank(TABLE, DEMO, votes={"E": 1, "D": 2})

    assert (places(ranking)[3:5], ranking.ties) == ([("E", 4, "70.00"), ("D", 5, "70.00")], ())


def test_a_vote_cannot_overrule_points_and_half_a_vote_is_none() -> None:
    overruled = rank(TABLE, DEMO, votes={"F": 1, "A": 2})
    half = rank(TABLE, DEMO, votes={"E": 1})

    assert (places(overruled), half.ties) == (places(rank(TABLE, DEMO)), (Tie("a", 4, D(70), ("D", "E")),))


def test_the_jury_may_put_entries_level() -> None:
    assert rank(TABLE, DEMO, votes={"E": 1, "D": 1}).ties == (Tie("a", 4, D(70), ("D", "E"), voted=True),)


def test_a_vote_on_three_may_leave_two_level() -> None:
    rows = [total(entry, "1", "70") for entry in "xyz"]

    ranking = rank(rows, Rules(), votes={"z": 1, "x": 2, "y": 2})

    assert ([(row.entry, row.place) for row in ranking.standings], ranking.ties) == (
        [("z", 1), ("x", 2), ("y", 2)],
        (Tie("a", 2, D(70), ("x", "y"), voted=True),),
    )


def test_a_review_that_cannot_stand_is_left_out_and_named() -> None:
    rows = [
        review("A", "A1", "20 15 17 10 8 8"),
        Row("a", "A", "A2", {"1": D(26), "2": D(1), "3": D(1), "4": D(1), "5": D(1)}),
    ]

    ranking = rank(rows, DEMO)

    assert (places(ranking), ranking.problems) == (
        [("A", 1, "78.00")],
        (
            Problem("out_of_range", "a", "A", "A2", "1"),
            Problem("missing", "a", "A", "A2", "6"),
        ),
    )


def test_zero_is_a_score_and_nothing_is_none() -> None:
    rows = [total("zero", "1", "0"), Row("a", "nothing", "1")]

    ranking = rank(rows, Rules())

    assert (places(ranking), ranking.unranked, ranking.problems) == (
        [("zero", 1, "0.00")],
        (("a", "nothing"),),
        (Problem("too_few_reviews", "a", "nothing"), Problem("no_total", "a", "nothing", "1")),
    )


def test_too_few_reviews_have_no_place() -> None:
    rows = [total("x", "1", "90"), total("y", "1", "60"), total("y", "2", "62")]

    ranking = rank(rows, Rules(minimum_reviews=2), entered={"x": "a", "y": "a", "z": "b"})

    assert (places(ranking), ranking.unranked, ranking.problems) == (
        [("y", 1, "61.00")],
        (("a", "x"), ("b", "z")),
        (Problem("too_few_reviews", "a", "x"), Problem("too_few_reviews", "b", "z")),
    )


def test_a_review_given_twice_counts_in_no_version() -> None:
    rows = [total("x", "1", "90"), total("x", "1", "10"), total("x", "2", "50")]

    ranking = rank(rows, Rules())

    assert (places(ranking), {problem.code for problem in ranking.problems}) == ([("x", 1, "50.00")], {"review_twice"})


def test_an_entry_in_two_cells_is_in_none() -> None:
    ranking = rank([total("x", "1", "90", cell="a"), total("x", "2", "90", cell="b")], Rules())

    assert (ranking.standings, ranking.unranked, [problem.code for problem in ranking.problems]) == (
        (),
        (("a", "x"), ("b", "x")),
        ["two_cells", "two_cells"],
    )


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"method": "best"}, "no method"),
        ({"third": "coin"}, "no method"),
        ({"ties": ("9",)}, "unknown criteria"),
        ({"criteria": (*CRITERIA, CRITERIA[0])}, "named twice"),
        ({"minimum_reviews": 0}, "at least one"),
    ],
)
def test_rules_that_make_no_sense_are_refused(wrong: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(DEMO, **wrong)


def test_nothing_to_rank() -> None:
    assert rank([], DEMO) == Ranking((), (), (), ())


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    rows = []
    for number in range(draw(st.integers(1, 7))):
        cell = draw(st.sampled_from("ab"))
        count = draw(st.integers(1, 3))
        for which in range(count):
            marks = {key: D(draw(st.integers(0, 3))) for key in "xyz"}
            rows.append(Row(cell, f"e{number}", f"r{number}-{which}", marks, third=which == 2))
    return rows


SMALL = tuple(Criterion(key, D(9)) for key in "xyz")
rules = st.builds(
    Rules,
    method=st.sampled_from(["mean", "sum", "median", "trimmed"]),
    third=st.sampled_from(["mean", "median", "decides"]),
    criteria=st.just(SMALL),
    ties=st.sampled_from([(), ("x",), ("z", "y")]),
)


@given(tables(), rules, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(table: list[Row], how: Rules, shuffle: random.Random) -> None:
    assert rank(shuffle.sample(table, len(table)), how) == rank(table, how)


@given(tables(), rules)
def test_a_place_is_one_more_than_the_number_of_better_entries(table: list[Row], how: Rules) -> None:
    for standings in rank(table, how).cells().values():
        merits = {row.entry: (row.score, *(value for _, value in row.compared)) for row in standings}
        assert [row.place for row in standings] == [
            1 + sum(other > merits[row.entry] for other in merits.values()) for row in standings
        ]


@given(tables(), rules, st.data())
def test_a_better_mark_never_lowers_a_place(table: list[Row], how: Rules, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(table) - 1))
    row, key = table[index], data.draw(st.sampled_from("xyz"))
    better = replace(row, marks={**row.marks, key: row.marks[key] + data.draw(st.integers(1, 6))})

    def place(rows: list[Row]) -> int:
        return next(one.place for one in rank(rows, how).standings if one.entry == row.entry)

    assert place([*table[:index], better, *table[index + 1 :]]) <= place(table)


@given(tables(), rules)
def test_every_entry_is_placed_once_and_every_shared_place_is_a_named_tie(table: list[Row], how: Rules) -> None:
    ranking = rank(table, how)
    shared = {
        (cell, row.place)
        for cell, rows in ranking.cells().items()
        for row in rows
        if sum(other.place == row.place for other in rows) > 1
    }

    assert sorted(row.entry for row in ranking.standings) == sorted({row.entry for row in table})
    assert {(tie.cell, tie.place) for tie in ranking.ties} == shared
