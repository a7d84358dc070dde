"""Rows of a page, rearranged by its buttons without scripts."""

import pytest
from django.http import QueryDict

from essays.contests.forms import CategoryRow
from essays.contests.rows import MOST, rearranged, row_set, show_rows

KIND = row_set(CategoryRow)


def posted(act: str, *names: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({"act": act, "form-TOTAL_FORMS": str(len(names)), "form-INITIAL_FORMS": "0"})
    for index, name in enumerate(names):
        data.update({f"form-{index}-id": str(index + 1), f"form-{index}-name_ru": name})
    return data


@pytest.mark.parametrize(
    ("act", "order"),
    [
        ("add", ["а", "б", "в", ""]),
        ("up-1", ["б", "а", "в"]),
        ("up-0", ["а", "б", "в"]),
        ("down-1", ["а", "в", "б"]),
        ("down-2", ["а", "б", "в"]),
        ("remove-0", ["б", "в"]),
        ("remove-9", ["а", "б", "в"]),
        ("remove-x", ["а", "б", "в"]),
    ],
)
def test_a_button_rearranges_what_was_typed(act, order):
    rows = rearranged(posted(act, "а", "б", "в"), KIND)

    assert [row.get("name_ru", "") for row in rows] == order


@pytest.mark.parametrize("act", ["save", "", "drop-1"])
def test_other_buttons_rearrange_nothing(act):
    assert rearranged(posted(act, "а"), KIND) is None


def test_a_hostile_number_of_rows_is_not_believed():
    data = posted("add", "а")
    data["form-TOTAL_FORMS"] = "1000000"

    assert len(rearranged(data, KIND)) == MOST


def test_rows_keep_their_ids_when_they_move():
    rows = rearranged(posted("down-0", "а", "б"), KIND)

    assert [row["id"] for row in rows] == ["2", "1"]


def test_empty_rows_are_passed_over_and_a_row_without_a_name_is_an_error():
    data = posted("save", "а", "")
    data["form-1-id"] = ""
    empty = KIND(data)
    assert empty.is_valid()
    assert [row["name_ru"] for row in empty.rows] == ["а"]

    data["form-1-name_en"] = "English only"
    half = KIND(data)
    assert not half.is_valid()
    assert list(half.errors[1]) == ["name_ru"]


def test_a_new_page_shows_what_is_there_and_an_empty_row():
    shown = show_rows(KIND, [{"id": 7, "name_ru": "а"}], blank=1)

    assert [form["name_ru"].value() for form in shown] == ["а", None]
