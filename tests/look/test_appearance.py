"""Theme, text size and what low vision needs: chosen once, set by the server from then on."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from config.appearance import Appearance

pytestmark = pytest.mark.django_db


def root_of(client: Client) -> str:
    html = client.get("/accounts/login/", headers={"accept-language": "ru"}).content.decode()
    return html[html.index("<html") : html.index("<head>")].strip()


def test_without_a_choice_the_device_decides(client: Client) -> None:
    assert root_of(client) == '<html lang="ru">'


def test_choice_is_kept_and_put_on_the_root(client: Client) -> None:
    response = client.post("/appearance/", {"theme": "dark", "next": "/accounts/login/"})
    client.post("/appearance/", {"text": "large", "next": "/accounts/login/"})

    assert (response.status_code, response["Location"]) == (302, "/accounts/login/")
    assert root_of(client) == '<html lang="ru" data-bs-theme="dark" data-text="large">'


def test_choice_can_be_taken_back(client: Client) -> None:
    client.post("/appearance/", {"theme": "dark"})
    client.post("/appearance/", {"theme": ""})
    assert root_of(client) == '<html lang="ru">'


def test_what_low_vision_needs_is_kept_and_dropped_at_once(client: Client) -> None:
    style_sheet = "/static/css/low-vision.css"
    usual = client.get("/accounts/login/").content.decode()
    for name, value in (("theme", "blue"), ("spacing", "wide"), ("lines", "wider"), ("pictures", "off")):
        address = client.post("/appearance/", {name: value, "next": "/accounts/login/#low-vision"})["Location"]
        assert address == "/accounts/login/#low-vision"
    client.cookies["measure"] = "wide"

    chosen = client.get("/accounts/login/").content.decode()

    assert (style_sheet in usual, style_sheet in chosen) == (False, True)
    assert '<details class="appearance-more" id="low-vision" open>' in chosen
    assert '<details class="appearance-more" id="low-vision">' in usual
    assert root_of(client) == (
        '<html lang="ru" data-bs-theme="light" data-measure="wide" data-colours="blue" data-spacing="wide" '
        'data-lines="wider" data-pictures="off">'
    )
    client.post("/appearance/", {"usual": "1"})
    assert root_of(client) == '<html lang="ru" data-measure="wide">'


def test_without_pictures_their_words_stand_there() -> None:
    pages = [{"number": 1, "width": 600, "height": 800, "address": "/pages/1.png"}]
    with translation.override("en"):
        shown = render_to_string("_pages.html", {"pages": pages, "appearance": Appearance()})
        hidden = render_to_string("_pages.html", {"pages": pages, "appearance": Appearance(pictures="off")})
    assert ("<img" in shown, "<img" in hidden) == (True, False)
    assert '<a href="/pages/1.png">page 1 of 1</a>' in hidden


def test_unknown_choice_is_no_choice(client: Client) -> None:
    client.cookies["theme"] = '"><script>'
    assert root_of(client) == '<html lang="ru">'


@pytest.mark.parametrize("address", ["//other.example/", "https://other.example/", "javascript:alert(1)", ""])
def test_never_leads_to_another_site(client: Client, address: str) -> None:
    assert client.post("/appearance/", {"theme": "dark", "next": address})["Location"] == "/"


def test_reading_it_changes_nothing(client: Client) -> None:
    assert client.get("/appearance/?theme=dark").status_code == 405


def test_broken_site_page_needs_no_context() -> None:
    html = render_to_string("500.html")
    assert ("Что-то сломалось" in html, "Something broke" in html) == (True, True)
