"""The organizer's page of how far marks can be relied on."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from judging.assignments import removal
from judging.assignments.models import Assignment
from judging.panels.models import Seat
from judging.reviews.models import Review
from tests.factories.judged import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def panel_of(entries: int) -> Judged:
    """Three judges of everything: one as most, one five points stricter, one who gives 40 and 20 whatever it is."""
    rows = []
    for number in range(entries):
        first, second = 25 + (number * 7) % 30, 10 + (number * 11) % 25
        rows.append([(first, second), (first - 3, second - 2), (40, 20)])
    return judged_contest(*rows, reviews_per_entry=3)


def page_of(judged: Judged, query: str = "", name: str = "organizer_judges_numbers") -> tuple[dict, str]:
    client = Client(headers={"accept-language": "en"})
    client.force_login(judged.organizer)
    response = client.get(reverse(name, args=[judged.contest.slug]) + query)
    assert response.status_code == 200
    return response.context, response.content.decode()


def test_each_judge_stands_with_figures_a_picture_and_questions() -> None:
    judged = panel_of(12)
    usual, strict, constant = judged.seats

    context, html = page_of(judged)

    rows = {row.seat: row for row in context["rows"]}
    assert rows[strict].severity > rows[usual].severity
    assert rows[usual].figures.flags == ()
    assert set(rows[constant].figures.flags) == {"constant", "random"}
    assert context["asked"] == 1
    assert "Check: almost the same points for every essay." in html
    assert html.count('class="whisker"') == 3
    assert "style=" not in html.split("<main")[1].split("</main")[0]
    _context, only = page_of(judged, "?show=questions")
    assert (str(constant) in only, str(strict) in only) == (True, False)


@pytest.mark.parametrize("order", ["severity", "name", "agreement", "spread", "minutes", "reviews", "nonsense"])
def test_every_order_shows_everybody(order: str) -> None:
    judged = panel_of(8)
    context, _html = page_of(judged, f"?order={order}")
    assert {row.seat for row in context["rows"]} == set(judged.seats)


@pytest.mark.parametrize("entries", [[], [[(50, 30)]], [[(50, 30), (50, 30)]], [[(50, 30), (20, 10)]] * 2])
def test_few_reviews_are_no_fault_of_the_page(entries: list) -> None:
    context, _html = page_of(judged_contest(*entries))
    assert len(context["rows"]) == (len(entries[0]) if entries else 0)
    assert context["asked"] == 0


def test_removed_and_unfinished_reviews_are_not_in_the_numbers() -> None:
    judged = panel_of(8)
    constant = Seat.objects.select_related("contest", "user").get(pk=judged.seats[2].pk)
    assert page_of(judged)[0]["numbers"].reviews == 24

    removal.remove(constant, None, "Одинаковые баллы всем", actor=judged.organizer, tell=False)

    context, html = page_of(judged)
    assert context["numbers"].reviews == 16
    assert {row.seat for row in context["rows"]} == set(judged.seats[:2])
    assert "8 reviews are removed and not counted." in html


def test_time_is_counted_from_opening_to_handing_in_and_only_where_it_says_something() -> None:
    judged = panel_of(8)
    for number, seat in enumerate(judged.seats):
        for review in Review.objects.filter(assignment__seat=seat):
            # The second judge typed from paper, the third left every page open overnight.
            taken = [timedelta(minutes=12), timedelta(seconds=1), timedelta(hours=14)][number]
            Review.objects.filter(pk=review.pk).update(started_at=review.submitted_at - taken)

    rows = {row.seat: row.figures for row in page_of(judged)[0]["rows"]}

    assert [rows[seat].minutes for seat in judged.seats] == [12, None, None]
    assert all("quick" not in rows[seat].flags for seat in judged.seats)


def test_questions_to_the_database_do_not_grow_and_numbers_are_kept() -> None:
    asked = []
    for entries in (1, 9):
        judged = panel_of(entries)
        client = Client()
        client.force_login(judged.organizer)
        client.get(reverse("organizer_judges", args=[judged.contest.slug]))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("organizer_judges_numbers", args=[judged.contest.slug])).status_code == 200
        asked.append(len(queries))
        with CaptureQueriesContext(connection) as again:
            client.get(reverse("organizer_judges_numbers", args=[judged.contest.slug]))
        assert len(again) < len(queries)
    assert asked[0] == asked[1] <= 15


def test_the_start_of_a_web_process_does_not_load_the_numbers() -> None:
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import django, sys; django.setup(); import config.urls; print(sorted({'numpy', 'scipy', 'pandas'} & sys.modules.keys()))",
        ],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
    )
    assert loaded.stdout.strip() == "[]"


# --- One judge's reviews -------------------------------------------------------------------------------------


def reviews_page(judged: Judged, seat: Seat) -> str:
    return reverse("organizer_judge_reviews", args=[judged.contest.slug, seat.public_id])


def test_an_organizer_takes_single_reviews_out_and_brings_them_back() -> None:
    judged = panel_of(3)
    seat, client = judged.seats[2], Client(headers={"accept-language": "en"})
    client.force_login(judged.organizer)
    address = reviews_page(judged, seat)
    one = Assignment.objects.filter(seat=seat).order_by("pk").first()

    refused = client.post(address, {"act": "remove", "assignment": [one.pk], "reason": ""})
    assert "This field is required." in refused.content.decode()
    nothing = client.post(address, {"act": "remove", "reason": "Почему-то"})
    assert "Tick the reviews" in nothing.content.decode()

    page = client.post(address, {"act": "remove", "assignment": [one.pk], "reason": "Спор о шкале"}, follow=True)

    html = page.content.decode()
    assert "1 review is removed. 0 readings in their place are dealt." in html
    assert "For 1 essay nobody may be asked" in html
    assert "Спор о шкале" in html
    rows = {row.assignment.pk: row for row in page.context["rows"]}
    assert [row.is_removed for row in rows.values()].count(True) == 1
    assert rows[one.pk].is_removed and rows[one.pk].difference is not None

    back = client.post(address, {"act": "restore_all"}, follow=True).content.decode()
    assert "1 review counts again." in back
    assert not Assignment.objects.filter(state=Assignment.State.REMOVED).exists()


def test_reviews_of_another_judge_cannot_be_named() -> None:
    judged = panel_of(2)
    client = Client()
    client.force_login(judged.organizer)
    strange = Assignment.objects.filter(seat=judged.seats[0]).first()
    client.post(
        reviews_page(judged, judged.seats[1]), {"act": "remove", "assignment": [strange.pk, "x"], "reason": "Ошибка"}
    )
    assert not Assignment.objects.filter(state=Assignment.State.REMOVED).exists()


def test_queries_of_a_judges_reviews_do_not_grow() -> None:
    asked = []
    for entries in (1, 3):
        judged = panel_of(entries)
        client = Client()
        client.force_login(judged.organizer)
        client.get(reverse("organizer_judges", args=[judged.contest.slug]))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reviews_page(judged, judged.seats[0])).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 15
