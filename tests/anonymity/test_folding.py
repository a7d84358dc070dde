"""Folding: many spellings become one, and every place finds its way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.anonymity.folding import fold

wild = st.text(
    alphabet=st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("иИеЕ\u0306\u0308\u200b\u00adАаBвё«№…ﬁ½"),
    ),
    max_size=60,
)


@given(wild)
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    folded = fold(text)

    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюя .,", min_size=1, max_size=40), st.data())
def test_the_way_back_is_exact_through_invisible_characters(plain: str, data: st.DataObject) -> None:
    noise = data.draw(
        st.lists(
            st.sampled_from(["", "\u200b", "\u00ad", "\u2060", "\U000e0041"]), min_size=len(plain), max_size=len(plain)
        )
    )
    noisy = "".join(letter + extra for letter, extra in zip(plain, noise, strict=True))
    start = data.draw(st.integers(0, len(plain) - 1))
    end = data.draw(st.integers(start + 1, len(plain)))

    folded = fold(noisy)
    left, right = folded.back(start, end)

    assert folded.text == plain
    assert "".join(c for c in noisy[left:right] if c in plain) == plain[start:end]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ИВАНОВА", "иванова"),
        ("Фёдорова", "федорова"),
        ("Фе\u0308доров", "федоров"),
        ("Толсто\u0438\u0306", "толстой"),
        ("Ивaнoвa", "иванова"),
        ("Ивaн0вa", "иванова"),
        ("И\u0301ванова", "иванова"),
        ("Ива\u200bно\u00adва", "иванова"),
        ("Ｉvan", "ivan"),
        ("Ivan Иван", "ivan иван"),
        ("9А и 2010", "9а и 2010"),
        ("№ 5…", "№ 5…"),
        ("а\u00a0б", "а б"),
    ],
)
def test_spellings_fold(text: str, folded: str) -> None:
    assert fold(text).text == folded
