"""Rules as a document: awards of every kind by hand-counted tables, and what holds whatever the marks."""

import random
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.ranking import rules_file
from judging.ranking.cells import merged_names
from judging.ranking.computation import Computed, compute
from judging.ranking.gathering import Row
from judging.ranking.regulation import BadRules, read

TEN = "90 80 70 60 50 40 30 20 10 5"


def rows(points: str, cell: str = "a") -> list[Row]:
    totals = zip("abcdefghijklmnopqrstuvwxyz", points.split(), strict=False)
    return [Row(cell, entry, "1", total=D(total), judge="j") for entry, total in totals]


def awarded(computed: Computed) -> list[str]:
    return [f"{one.entry} {one.award} {one.place or '–'}" for one in computed.awards.given]


@pytest.mark.parametrize(
    ("awards", "expected"),
    [
        ([{"key": "w", "places": 1}, {"key": "l", "count": 2}], ["a w 1", "b l –", "c l –"]),
        # 8 % of ten are none, but one at least; 25 % are 2.5.
        ([{"key": "w", "percent": 8, "at_least": 1}, {"key": "p", "percent": 25}], ["a w –", "b p –", "c p –"]),
        ([{"key": "w", "percent": 8, "rounding": "up"}, {"key": "p", "percent_together": 25}], ["a w –", "b p –"]),
        (
            [{"key": "w", "percent": 8, "rounding": "up"}, {"key": "p", "percent_together": 25, "rounding": "half-up"}],
            ["a w –", "b p –", "c p –"],
        ),
        ([{"key": "w", "percent": 25, "rounding": "half-even"}], ["a w –", "b w –"]),
        # Half of a hundred points.
        ([{"key": "l", "count": 9, "minimum_percent": 50}], ["a l –", "b l –", "c l –", "d l –", "e l –"]),
        ([{"key": "w", "places": [1, 2], "minimum": 85}, {"key": "p", "places": 3}], ["a w 1", "b p 3"]),
        ([{"key": "l", "places": [1, 2], "numbered": False}], ["a l –", "b l –"]),
        ([{"key": "s", "special": True, "entries": ["j", "a"]}, {"key": "w", "places": 1}], ["a w 1", "j s –"]),
        ([{"key": "w", "places": 1, "cells": ["b"]}], []),
    ],
)
def test_awards_of_every_kind_by_hand(awards: list[dict[str, Any]], expected: list[str]) -> None:
    document = {"score": {"maximum": 100}, "awards": awards}
    assert awarded(compute(rows(TEN), read(document))) == expected


def marked(**entries: tuple[int, int]) -> list[Row]:
    return [
        Row("a", entry, "1", {"idea": D(idea), "style": D(style)}, judge="j")
        for entry, (idea, style) in entries.items()
    ]


SPECIAL = {
    "criteria": [{"key": "idea"}, {"key": "style"}],
    "awards": [{"key": "w", "places": 1}, {"key": "s", "special": True, "by": "style"}],
}


def test_a_special_prize_goes_to_the_best_by_a_criterion_that_has_no_other() -> None:
    computed = compute(marked(a=(9, 9), b=(8, 3), c=(1, 8), d=(2, 5)), read(SPECIAL))
    assert (awarded(computed), computed.awards.blocks) == (["a w 1", "c s –"], ())


def test_of_equals_by_the_criterion_the_better_placed_and_of_equally_placed_nobody_without_a_vote() -> None:
    better = compute(marked(a=(9, 9), b=(3, 8), c=(1, 8)), read(SPECIAL))
    level = compute(marked(a=(9, 9), b=(3, 8), c=(3, 8)), read(SPECIAL))
    assert awarded(better) == ["a w 1", "b s –"]
    assert (awarded(level), [block.entries for block in level.awards.blocks]) == (["a w 1"], [("b", "c")])


def test_a_sum_of_three_is_not_compared_with_a_sum_of_two() -> None:
    table = [
        Row("a", entry, f"{entry}{number}", total=D(10))
        for entry, many in {"x": 2, "y": 2, "z": 3}.items()
        for number in range(many)
    ]
    computed = compute(table, read({"score": {"aggregation": "sum"}}))
    assert [(one.code, one.entry) for one in computed.problems] == [("uneven_reviews", "z")]


def test_small_cells_are_merged_by_name_and_bring_their_awards_along() -> None:
    entered = {"1": "7-9/idea", "2": "7-9/deed", "3": "7-9/deed", "4": "10-11/idea", "5": "open"}
    names = merged_names(entered, 3, "/")
    assert names == {
        "7-9/idea": "7-9/deed + idea",
        "7-9/deed": "7-9/deed + idea",
        "10-11/idea": "10-11/idea",
        "open": "open",
    }
    own = [{"key": key, "places": 1, "cells": [f"7-9/{key}"]} for key in ("idea", "deed")]
    moved = read({"awards": own}).awards.moved(names)
    assert [(rule.key, rule.cells) for rule in moved.awards] == [("idea", frozenset({"7-9/deed + idea"}))]


DOCUMENT = {
    "score": {"aggregation": "median", "needed": 2, "third": None, "rounding": "down", "maximum": "9.5"},
    "criteria": [{"key": "1", "name": 'Имя «с» "кавычками" \\ и\tтабуляцией', "maximum": "9.5", "step": "0.5"}],
    "ties": {"criteria": ["1"], "votes": {"Ключ-1": 1, 'б"в': 2}},
    "places": {"shared": True, "unawarded": False},
    "cells": {"smallest": 2},
    "awards": [{"key": "w", "places": [1, 2], "minimum": "0.1", "cells": ["a", "б"]}],
    "corrections": [{"entry": "x", "marks": {"1": "7.25"}, "why": "апелляция"}],
    "withheld": [{"cell": "a", "award": "w", "place": 2}],
}


def test_a_document_comes_back_from_its_file_as_it_was(tmp_path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(rules_file.dump(DOCUMENT), encoding="utf-8")
    assert read(rules_file.load(path)) == read(DOCUMENT)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"scores": {}}, "unknown word scores"),
        ({"score": []}, "a table is expected"),
        ({"score": {"needed": 1.5}}, "needed is a number"),
        ({"score": {"needed": "1.5"}}, "needed is a whole number"),
        ({"score": {"needed": True}}, "needed is a number"),
        ({"score": {"aggregation": "sum", "third_at_total": 3}}, "cannot go with the sum"),
        ({"score": {"aggregation": "calibrated", "third": "median"}}, "calibrated marks are averaged"),
        ({"criteria": {"key": "1"}}, "a list of tables"),
        ({"criteria": [{"key": "1"}, {"key": "1"}]}, "named twice"),
        ({"criteria": [{"key": "1", "maximum": 5, "step": 2}]}, "does not lead to the maximum"),
        ({"awards": [{"key": "w"}]}, "either places or a share or a count"),
        ({"awards": [{"key": "w", "places": [3, 1]}]}, "places is a place or"),
        ({"awards": [{"key": "w", "percent": 5, "percent_together": 8}]}, "exclude each other"),
        ({"awards": [{"key": "w", "special": True}]}, "names entries or a criterion"),
        ({"awards": [{"key": "w", "special": True, "by": "9"}]}, "unknown criteria"),
        ({"withheld": [{"cell": "a", "award": "w"}]}, "award is one of"),
        ({"corrections": [{"entry": "x"}]}, "total is missing"),
        ({"awards": [{"key": "a", "places": [1, 100_000_000]}]}, "go up to 10000"),
        ({"ties": {"votes": {"x": 0}}}, "x is at least 1"),
    ],
)
def test_a_document_that_makes_no_sense_is_refused_by_name(document: dict[str, Any], message: str) -> None:
    with pytest.raises(BadRules, match=message):
        read(document)


def test_calibration_moves_places_only_as_far_as_judges_differ() -> None:
    draw = random.Random(3)
    severe = {f"j{number}": D(number * 3) for number in range(8)}
    table = [
        Row("a", f"e{number:02}", f"{number}{judge}", total=D(60 + number % 30) - severe[judge], judge=judge)
        for number in range(60)
        for judge in draw.sample(sorted(severe), 2)
    ]

    plain = compute(table, read({}))
    calibrated = compute(draw.sample(table, len(table)), read({"score": {"aggregation": "calibrated"}}))

    best = {row.entry for row in calibrated.ranking.standings if row.place <= 2}
    assert best == {"e29", "e59"} != {row.entry for row in plain.ranking.standings if row.place <= 2}
    first = calibrated.ranking.standings[0].explanation
    assert first.exact == sum(value.value for value in first.counted) / D(2) + first.shift


quotas = st.fixed_dictionaries(
    {
        "key": st.just("q"),
        "percent": st.integers(1, 100),
        "rounding": st.sampled_from(["up", "down", "half-up", "half-even"]),
        "at_least": st.integers(0, 2),
    }
)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), quotas, st.booleans())
def test_shares_never_exceed_their_quota(points: list[int], quota: dict[str, Any], shared: bool) -> None:
    computed = compute(rows(" ".join(map(str, points))), read({"awards": [quota], "places": {"shared": shared}}))
    exact = D(quota["percent"]) * len(points) / 100
    assert len(computed.awards.given) <= min(
        len(points), max(exact.to_integral_value("ROUND_CEILING"), quota["at_least"])
    )
    assert len(computed.awards.given) + sum(block.places for block in computed.awards.blocks) <= len(points)
