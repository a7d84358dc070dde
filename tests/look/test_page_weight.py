"""A page's first load: 150 kB at most, and 220 kB where an essay is set."""

import pytest
from django.test import Client
from look.page_weight import covers, first_load

TEXT = ("Golos Text", "400 900", "normal")
HEADINGS = ("Literata", "500 700", "normal")
ESSAY = {("Literata", "400", "normal"), ("Literata", "400", "italic")}


@pytest.mark.django_db
def test_ordinary_page(client: Client) -> None:
    html = client.get("/accounts/signup/", headers={"accept-language": "ru"}).content.decode()
    weights = first_load(html, {TEXT, HEADINGS})
    # htmx is loaded by pages that use it; every page must have room for it.
    weights |= first_load('<script src="/static/django_htmx/htmx-2.min.js">', set())
    assert sum(weights.values()) <= 150_000, weights


@pytest.mark.django_db
def test_page_with_an_essay(client: Client) -> None:
    html = client.get("/styleguide/", headers={"accept-language": "ru"}).content.decode()
    weights = first_load(html, {TEXT, HEADINGS} | ESSAY)
    assert "vendor/fonts/literata-cyrillic-400-italic.woff2" in weights
    assert sum(weights.values()) <= 220_000, weights


def test_range_is_read_as_browsers_do() -> None:
    assert [covers("U+0301, U+0400-045F", {point}) for point in (0x301, 0x3FF, 0x400, 0x45F, 0x460)] == [
        True,
        False,
        True,
        True,
        False,
    ]
