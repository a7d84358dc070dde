"""A cell with hundreds of entries is shown page by page, and an approved ranking without reading its whole record."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from judging.ranking import actions, organizer
from tests.factories.judged import Judged, judged_contest

pytestmark = pytest.mark.django_db
A_PAGE = 2


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Judged:
    """Five entries, two of them alike in their sum on either side of the end of the first page."""
    monkeypatch.setattr(organizer, "ALL_AT_ONCE", A_PAGE)
    return judged_contest(
        *[[(first, second)] * 2 for first, second in ((55, 35), (50, 30), (48, 32), (40, 25), (30, 20))]
    )


def codes(judged: Judged, query: str = "") -> list[str]:
    client = Client(headers={"accept-language": "en"})
    client.force_login(judged.organizer)
    html = client.get(reverse("organizer_ranking", args=[judged.contest.slug]) + query).content.decode()
    return re.findall(r'class="shelf-mark"[^>]*>(A\d{5})<', html)


@pytest.mark.parametrize("approved", [False, True])
def test_entries_come_page_by_page_in_their_order(judged: Judged, approved: bool) -> None:
    if approved:
        actions.approve(judged.contest, judged.organizer, actions.propose(judged.contest).digest)
    pages = [codes(judged, f"?page={number}") for number in (1, 2, 3)]
    assert pages == [["A00000", "A00001"], ["A00002", "A00003"], ["A00004"]]
    # «All» would be a page without end.
    assert codes(judged, "?cell=all") == pages[0]


@pytest.mark.parametrize("approved", [False, True])
def test_what_told_two_apart_is_said_though_they_stand_on_two_pages(judged: Judged, approved: bool) -> None:
    if approved:
        actions.approve(judged.contest, judged.organizer, actions.propose(judged.contest).digest)
    client = Client(headers={"accept-language": "en"})
    client.force_login(judged.organizer)
    address = reverse("organizer_ranking", args=[judged.contest.slug])
    said = [
        client.get(f"{address}?page={number}").content.decode().count("Equal points, so criteria were compared")
        for number in (1, 2, 3)
    ]
    assert said[0] == said[1] > said[2] == 0


def test_the_page_of_an_approved_ranking_leaves_the_record_in_the_database(judged: Judged) -> None:
    actions.approve(judged.contest, judged.organizer, actions.propose(judged.contest).digest)
    client = Client()
    client.force_login(judged.organizer)
    for name in ("organizer_ranking", "organizer_results"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse(name, args=[judged.contest.slug])).status_code == 200
        assert [one["sql"] for one in asked if '"record"' in one["sql"]] == []
