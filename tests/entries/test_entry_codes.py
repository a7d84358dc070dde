"""Entry codes: random, readable in both layouts, forgiving to type."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.entries.codes import ALPHABET, LENGTH, in_cyrillic, new_code, normalise

codes = st.integers(0, 2**32).map(lambda seed: new_code(random.Random(seed).randrange))
# Fixed sample, valid by its check symbol.
SAMPLE = new_code(random.Random(11).randrange)


def test_a_code_has_four_groups_of_three() -> None:
    code = new_code()

    assert [len(group) for group in code.split("-")] == [3, 3, 3, 3]


def test_codes_differ() -> None:
    assert len({new_code() for _ in range(500)}) == 500


@given(codes)
def test_no_group_can_spell_a_word(code: str) -> None:
    assert all(any(sign.isdigit() for sign in group) for group in code.split("-"))


@given(codes)
def test_a_code_is_its_own_normal_form(code: str) -> None:
    assert normalise(code) == code


@given(codes)
def test_the_cyrillic_form_means_the_same(code: str) -> None:
    cyrillic = in_cyrillic(code)

    assert (normalise(cyrillic), cyrillic.isascii()) == (code, not any(sign.isalpha() for sign in code))


@given(codes, st.sampled_from(["", " ", "-", " – ", ".", "\u00a0", "/"]), st.booleans(), st.data())
def test_case_layout_and_separators_do_not_matter(code: str, gap: str, lower: bool, data: st.DataObject) -> None:
    mixed = gap.join(in_cyrillic(sign) if data.draw(st.booleans()) else sign for sign in code.replace("-", ""))

    assert normalise(f"  «{mixed.lower() if lower else mixed}» ") == code


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_every_single_wrong_symbol_is_found(code: str, position: int, symbol: str) -> None:
    symbols = list(code.replace("-", ""))
    was, symbols[position] = symbols[position], symbol

    assert normalise("".join(symbols)) == (code if symbol == was else None)


@pytest.mark.parametrize("first", range(LENGTH))
@pytest.mark.parametrize("second", range(LENGTH))
def test_every_exchange_of_two_symbols_is_found(first: int, second: int) -> None:
    for seed in range(20):
        code = new_code(random.Random(seed).randrange)
        symbols = list(code.replace("-", ""))
        same = symbols[first] == symbols[second]
        symbols[first], symbols[second] = symbols[second], symbols[first]

        assert normalise("".join(symbols)) == (code if same else None)


@pytest.mark.parametrize(
    ("heard", "meant"),
    # The wrong layout, the letter that sounds alike, the sign that looks alike.
    [("Р", "P"), ("R", "P"), ("С", "C"), ("S", "C"), ("У", "Y"), ("U", "Y"), ("З", "3"), ("Ч", "4"), ("В", "8")],
)
def test_what_people_hear_or_read_is_understood(heard: str, meant: str) -> None:
    draws = iter([ALPHABET.index(meant), *([ALPHABET.index("7")] * (LENGTH - 2))] * 2)
    code = new_code(lambda _: next(draws))

    assert normalise(code.replace(meant, heard)) == code


@pytest.mark.parametrize(
    "typed", ["", "-", SAMPLE[:-1], SAMPLE + "2", "Q" + SAMPLE[1:], "Иванов Иван Иванович", "0" * 12]
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert normalise(typed) is None


def test_no_symbol_is_mistaken_for_another() -> None:
    # О and zero, В and eight, one, Н and Х are left out; what remains is one shape in both layouts.
    assert (set(ALPHABET) & set("01BHOX"), len(set(ALPHABET))) == (set(), 16)
