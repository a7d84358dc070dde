"""Length of a text against the requirements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.entries.intake import Code, Problem, Requirements, Size, check, measure

DEMO = Requirements(characters_min=2500, characters_max=7000)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", Size(0, 0)),
        ("Госуслуги", Size(9, 1)),
        ("Я подал заявление.", Size(18, 3)),
        ("два  пробела", Size(12, 2)),
        ("первая\nвторая", Size(12, 2)),
        ("первая\r\nвторая\r\n\r\n", Size(12, 2)),
        ("неразрывный\u00a0пробел", Size(18, 2)),
        ("с\u00adкры\u200bтый", Size(7, 1)),  # soft hyphen and zero-width space
        ("и\u0306", Size(1, 1)),  # й in two code points
        ("слово — слово", Size(13, 3)),
        ("таб\tчик", Size(7, 2)),
    ],
)
def test_measure(text: str, size: Size) -> None:
    assert measure(text) == size


@pytest.mark.parametrize(
    ("characters", "problems"),
    [
        (2499, [Problem(Code.TOO_FEW_CHARACTERS, 2499, 2500)]),
        (2500, []),
        (7000, []),
        (7001, [Problem(Code.TOO_MANY_CHARACTERS, 7001, 7000)]),
    ],
)
def test_bounds_belong_to_what_is_allowed(characters: int, problems: list[Problem]) -> None:
    assert check("ы" * characters, DEMO) == problems


def test_all_problems_come_at_once() -> None:
    requirements = Requirements(characters_max=5, words_min=3)

    assert check("длинное слово", requirements) == [
        Problem(Code.TOO_MANY_CHARACTERS, 13, 5),
        Problem(Code.TOO_FEW_WORDS, 2, 3),
    ]


def test_the_difference_says_how_much_to_mend() -> None:
    (short,) = check("один два", Requirements(words_min=300))
    (long,) = check("один два три", Requirements(words_max=2))

    assert (short.difference, long.difference) == (298, 1)


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u200b\ufeff", "\u00a0"])
def test_a_text_without_a_word_is_empty_whatever_is_required(text: str) -> None:
    assert check(text, Requirements()) == [Problem(Code.EMPTY, 0, 1)]


def test_an_empty_text_is_told_once() -> None:
    assert [problem.code for problem in check("", DEMO)] == [Code.EMPTY]


def test_without_bounds_any_text_fits() -> None:
    assert check("слово", Requirements()) == []


@pytest.mark.parametrize("bounds", [{"characters_min": 5, "characters_max": 4}, {"words_min": -1}])
def test_contradictory_requirements_are_refused(bounds: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"minimum|negative"):
        Requirements(**bounds)


@given(st.text("абв \n\u00a0", min_size=1), st.integers(1, 40))
def test_padding_with_invisible_characters_changes_nothing(text: str, padding: int) -> None:
    assert measure(text + "\u200b\u2060" * padding) == measure(text)


@given(st.lists(st.text("абв", min_size=1), max_size=20), st.sampled_from([" ", "\n", "\t", "\u2003"]))
def test_words_are_runs_without_white_space(words: list[str], gap: str) -> None:
    assert measure(gap.join(words)).words == len(words)
