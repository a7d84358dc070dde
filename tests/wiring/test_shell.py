"""The frame around every page: addresses as ``reverse`` makes them, and which link is marked."""

import uuid

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from config.templatetags.shell import address

SOME = uuid.UUID(int=7)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("home", ()),
        ("account_logout", ()),
        ("organizer_board", ("spring-2026",)),
        ("organizer_copy", ("spring-2026", SOME, 3)),
        ("reading_desk", (SOME,)),
        ("protocol", ("spring-2026", "pdf")),
        ("organizer_ranking_download", ("spring-2026", "reviews.csv")),
        ("verify_document", ("LR-2026-AAA-222",)),
    ],
)
def test_an_address_is_that_of_reverse(name: str, arguments: tuple[object, ...]) -> None:
    assert [address(name, *arguments) for _ in range(2)] == [reverse(name, args=arguments)] * 2


@pytest.mark.parametrize("wrong", [("",), ("a b",), ("а",), ("one", "too many")])
def test_what_makes_no_address_is_refused(wrong: tuple[object, ...]) -> None:
    with pytest.raises(NoReverseMatch):
        address("organizer_board", *wrong)


@pytest.mark.parametrize(
    ("path", "marks"),
    [("/", ["page", ""]), ("/entries/", ["", "page"]), ("/entries/7/", ["", "true"]), ("/c/x/", ["", ""])],
)
def test_the_menu_marks_a_page_and_what_lies_below_it(path: str, marks: list[str]) -> None:
    template = engines["django"].from_string('{% door "home" words %}|{% door "my_entries" "B" %}')

    links = template.render({"words": "A < B"}, RequestFactory().get(path)).split("|")

    assert ["page" if '"page"' in one else "true" if '"true"' in one else "" for one in links] == marks
    assert "A &lt; B" in links[0]
