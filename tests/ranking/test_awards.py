"""Who is awarded what."""

from decimal import Decimal as D
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.ranking.award_rules import AwardRule, AwardRules
from judging.ranking.awards import Block, Unawarded, propose
from judging.ranking.gathering import Row, Rules
from judging.ranking.rounding import Rounding
from judging.ranking.standings import Ranking, rank

DEMO = AwardRules((AwardRule("winner", 1, 1, minimum=D(70)), AwardRule("prize", 2, 3, minimum=D(60))))
SHARING = AwardRules(DEMO.awards, sharing=True)


def ranking(points: str, cell: str = "a", votes: dict[str, int] | None = None) -> Ranking:
    """Entries a, b, c … with these totals."""
    totals = zip("abcdefghijklmnopqrstuvwxyz", points.split(), strict=False)
    return rank([Row(cell, entry, "1", total=D(total)) for entry, total in totals], Rules(), votes=votes)


def awarded(points: str, rules: AwardRules = DEMO, **votes: int) -> list[tuple[str, str, int | None]]:
    return [(one.entry, one.award, one.place) for one in propose(ranking(points, votes=votes), rules).given]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("90 80 70 69", [("a", "winner", 1), ("b", "prize", 2), ("c", "prize", 3)]),
        ("70 60 59.99", [("a", "winner", 1), ("b", "prize", 2)]),
        ("69.99 65 60 59", [("a", "prize", 2), ("b", "prize", 3)]),  # nobody wins; the best are prize-winners
        ("90", [("a", "winner", 1)]),
        ("59 58", []),
        ("", []),
    ],
)
def test_the_demo_regulation_by_hand(points: str, expected: list[tuple[str, str, int | None]]) -> None:
    assert awarded(points) == expected


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("90 80 70", []),
        ("69 65 60", [Unawarded("a", "winner", 1, "below_minimum")]),
        (
            "90 59 58",
            [Unawarded("a", "prize", 2, "below_minimum"), Unawarded("a", "prize", 3, "below_minimum")],
        ),
        ("90 80", [Unawarded("a", "prize", 3, "no_entry")]),
    ],
)
def test_places_that_stay_unawarded_say_why(points: str, expected: list[Unawarded]) -> None:
    assert list(propose(ranking(points), DEMO).unawarded) == expected


def test_an_award_tells_the_rank_and_the_score_beside_the_place() -> None:
    (first, *_) = propose(ranking("69 65"), DEMO).given

    assert (first.place, first.rank, first.score) == (2, 1, D(69))


@pytest.mark.parametrize(
    ("points", "given_awards", "blocks"),
    [
        # Over the border between winner and prize-winner.
        ("90 90 70", [("c", "prize", 3)], [Block("a", 1, D(90), ("a", "b"), ("winner", "prize"), 2)]),
        # Both are prize-winners, but second and third place differ.
        ("90 80 80 70", [("a", "winner", 1)], [Block("a", 2, D(80), ("b", "c"), ("prize",), 2)]),
        # Three for one place.
        (
            "90 80 70 70 70",
            [("a", "winner", 1), ("b", "prize", 2)],
            [Block("a", 3, D(70), ("c", "d", "e"), ("prize",), 1)],
        ),
        # Below the places and below the minimum a tie is nobody's trouble.
        ("90 80 70 60 60", [("a", "winner", 1), ("b", "prize", 2), ("c", "prize", 3)], []),
        ("90 59 59", [("a", "winner", 1)], []),
        # Too few points for a winner: the tie is about the prizes only.
        ("65 65", [], [Block("a", 1, D(65), ("a", "b"), ("prize",), 2)]),
    ],
)
def test_a_tie_over_a_border_blocks(points: str, given_awards: list, blocks: list[Block]) -> None:
    awards = propose(ranking(points), DEMO)

    assert ([(one.entry, one.award, one.place) for one in awards.given], list(awards.blocks)) == (given_awards, blocks)


def test_a_vote_opens_the_way() -> None:
    assert awarded("90 90 70", a=2, b=1) == [("b", "winner", 1), ("a", "prize", 2), ("c", "prize", 3)]


@pytest.mark.parametrize(
    ("points", "expected", "unawarded"),
    [
        ("90 90 70 65", [("a", "winner", 1), ("b", "winner", 1), ("c", "prize", 3)], [("prize", 2, "shared_above")]),
        ("90 80 80 70", [("a", "winner", 1), ("b", "prize", 2), ("c", "prize", 2)], [("prize", 3, "shared_above")]),
        ("90 80 70 70", [("a", "winner", 1), ("b", "prize", 2), ("c", "prize", 3), ("d", "prize", 3)], []),
        (
            "65 65 65",
            [("a", "prize", 2), ("b", "prize", 2), ("c", "prize", 2)],
            [("winner", 1, "below_minimum"), ("prize", 3, "shared_above")],
        ),
    ],
)
def test_where_sharing_is_allowed_a_shared_place_uses_up_the_next(points: str, expected: list, unawarded: list) -> None:
    awards = propose(ranking(points), SHARING)

    assert (awarded(points, SHARING), [(u.award, u.place, u.reason) for u in awards.unawarded], awards.blocks) == (
        expected,
        unawarded,
        (),
    )


def test_places_that_are_not_told_apart_need_no_vote_inside() -> None:
    laureates = AwardRules((AwardRule("winner", 1, 1), AwardRule("laureate", 2, 4, numbered=False)))

    assert awarded("90 80 80 70", laureates) == [
        ("a", "winner", 1),
        ("b", "laureate", None),
        ("c", "laureate", None),
        ("d", "laureate", None),
    ]
    assert propose(ranking("90 80 80 70 70"), laureates).blocks == (Block("a", 4, D(70), ("d", "e"), ("laureate",), 1),)


def shares(rounding: str = "ROUND_FLOOR", **more) -> AwardRules:
    return AwardRules(
        (
            AwardRule("winner", share=F(8, 100), rounding=Rounding(rounding, 0)),
            AwardRule("prize", share=F(25, 100), rounding=Rounding(rounding, 0), **more),
        ),
        maximum=D(100),
    )


TWENTY_SIX = " ".join(str(99 - number) for number in range(26))


@pytest.mark.parametrize(
    ("rounding", "winners", "prizes"),
    # 8 % of 26 is 2.08, 25 % is 6.5: winners and prize-winners together.
    [("ROUND_FLOOR", "ab", "cdef"), ("ROUND_HALF_UP", "ab", "cdefg"), ("ROUND_CEILING", "abc", "defg")],
)
def test_shares_of_the_entries_with_named_rounding(rounding: str, winners: str, prizes: str) -> None:
    assert awarded(TWENTY_SIX, shares(rounding)) == [
        *((entry, "winner", None) for entry in winners),
        *((entry, "prize", None) for entry in prizes),
    ]


def test_shares_are_of_all_admitted_entries() -> None:
    awards = propose(ranking("99 98 97"), shares(), admitted={"a": 26})

    assert [(one.entry, one.award) for one in awards.given] == [("a", "winner"), ("b", "winner"), ("c", "prize")]


def test_a_minimum_may_be_a_share_of_the_maximum() -> None:
    rules = shares(minimum_share=F(94, 100))  # of 100

    assert [entry for entry, _, _ in awarded(TWENTY_SIX, rules)] == list("abcdef")
    assert [entry for entry, _, _ in awarded(TWENTY_SIX, shares(minimum_share=F(96, 100)))] == list("abcd")


@pytest.mark.parametrize(("points", "part"), [(D(96), F(94, 100)), (D(94), F(96, 100))])
def test_of_two_minima_the_higher_counts(points: D, part: F) -> None:
    assert [entry for entry, _, _ in awarded(TWENTY_SIX, shares(minimum=points, minimum_share=part))] == list("abcd")


def test_a_share_is_never_exceeded_not_even_by_sharing() -> None:
    rules = AwardRules((AwardRule("winner", share=F(1, 2)),), sharing=True)

    awards = propose(ranking("90 80 80 70"), rules)

    assert ([one.entry for one in awards.given], awards.blocks) == (
        ["a"],
        (Block("a", 2, D(80), ("b", "c"), ("winner",), 1),),
    )


def test_cells_are_awarded_apart_and_empty_ones_too() -> None:
    rows = [Row("a", "x", "1", total=D(90)), Row("b", "y", "1", total=D(75))]

    awards = propose(rank(rows, Rules(), entered={"x": "a", "y": "b", "z": "c"}), DEMO)

    assert [(one.cell, one.entry, one.award) for one in awards.given] == [("a", "x", "winner"), ("b", "y", "winner")]
    assert [(one.cell, one.place) for one in awards.unawarded] == [
        ("a", 2),
        ("a", 3),
        ("b", 2),
        ("b", 3),
        ("c", 1),
        ("c", 2),
        ("c", 3),
    ]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: AwardRule("x"), "either places or a share"),
        (lambda: AwardRule("x", 1, 1, share=F(1, 2)), "either places or a share"),
        (lambda: AwardRule("x", 1, None), "either places or a share"),
        (lambda: AwardRule("x", 1, share=F(1, 2)), "either places or a share"),
        (lambda: AwardRule("x", 3, 2), "run upwards"),
        (lambda: AwardRule("x", 0, 2), "run upwards"),
        (lambda: AwardRule("x", share=F(3, 2)), "at most 1"),
        (lambda: AwardRule("x", share=F(1, 2), rounding=Rounding()), "whole entries"),
        (lambda: AwardRules((AwardRule("x", 1, 2), AwardRule("y", 2, 3))), "given away before"),
        (lambda: AwardRules((AwardRule("x", 1, 1, minimum_share=F(1, 2)),)), "needs the maximum"),
    ],
)
def test_rules_that_make_no_sense_are_refused(make, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


fixed_rules = st.tuples(st.integers(1, 3), st.integers(1, 4), st.booleans(), st.integers(0, 6), st.booleans()).map(
    lambda drawn: AwardRules(
        (
            AwardRule("winner", 1, drawn[0], minimum=D(drawn[3])),
            AwardRule("prize", drawn[0] + 1, drawn[0] + drawn[1], minimum=D(2), numbered=drawn[4]),
        ),
        sharing=drawn[2],
    )
)
share_rules = st.tuples(st.fractions(F(1, 20), 1), st.fractions(F(1, 20), 1), st.booleans()).map(
    lambda drawn: AwardRules(
        (AwardRule("winner", share=min(drawn[:2])), AwardRule("prize", share=max(drawn[:2]))), sharing=drawn[2]
    )
)
points = st.lists(st.integers(0, 9), min_size=1, max_size=12).map(lambda numbers: " ".join(map(str, numbers)))


@given(points, fixed_rules | share_rules)
def test_nobody_is_awarded_below_someone_worse(text: str, rules: AwardRules) -> None:
    table = ranking(text)
    awards = propose(table, rules)
    order = {"winner": 0, "prize": 1}
    level = {one.entry: order[one.award] for one in awards.given}
    undecided = {entry for block in awards.blocks for entry in block.entries}

    for better in table.standings:
        for worse in table.standings:
            if better.place < worse.place and better.entry not in undecided and worse.entry in level:
                assert level.get(better.entry, 2) <= level[worse.entry]


@given(points, fixed_rules | share_rules)
def test_minima_hold_and_equals_are_treated_equally(text: str, rules: AwardRules) -> None:
    table = ranking(text)
    awards = propose(table, rules)
    floors = {rule.key: rule.minimum or D(0) for rule in rules.awards}
    got = {one.entry: (one.award, one.place) for one in awards.given}

    assert all(one.score >= floors[one.award] for one in awards.given)
    for tie in table.ties:
        assert len({got.get(entry) for entry in tie.entries}) == 1


@given(points, share_rules)
def test_shares_never_exceed_their_quota(text: str, rules: AwardRules) -> None:
    given_awards = propose(ranking(text), rules).given
    entries = len(text.split())
    counts = [sum(one.award in keys for one in given_awards) for keys in ({"winner"}, {"winner", "prize"})]

    assert all(count <= rule.share * entries for count, rule in zip(counts, rules.awards, strict=True))


@given(points, fixed_rules)
def test_without_sharing_each_place_is_given_once(text: str, rules: AwardRules) -> None:
    strict = AwardRules(rules.awards)
    awards = propose(ranking(text), strict)
    places = [one.place for one in awards.given if one.place is not None]

    assert len(places) == len(set(places))
    assert len(awards.given) <= strict.awards[-1].place_to
