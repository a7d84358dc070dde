"""Theme and text size: chosen once, set by the server from then on."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

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
