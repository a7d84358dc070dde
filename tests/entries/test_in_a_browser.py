"""What small scripts do for people in a hurry and people who were away: in a real browser."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from essays.entries.models import Entry
from essays.people.models import User
from tests.factories.applications import filled, open_contest
from tests.factories.story import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def sign_in(page: Page, server: LiveServer, user: User) -> None:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])


def test_what_was_typed_outlives_a_session_that_ended(page: Page, live_server: LiveServer) -> None:
    entry = filled(open_contest())
    address = live_server.url + reverse("entry_author", args=[entry.public_id])
    sign_in(page, live_server, entry.owner)
    page.goto(address)
    page.fill("[name=surname]", "Лёшкина-О'Коннор")
    page.context.clear_cookies(name="sessionid")

    page.click("main form [type=submit]")
    page.wait_for_url("**/accounts/login/**")
    sign_in(page, live_server, entry.owner)
    page.goto(address)

    expect(page.locator("[name=surname]")).to_have_value("Лёшкина-О'Коннор")
    page.click("main form [type=submit]")
    page.wait_for_url("**" + reverse("entry", args=[entry.public_id]))
    assert Entry.objects.get().surname == "Лёшкина-О'Коннор"
    assert page.evaluate("sessionStorage.getItem('typed')") is None


def test_a_second_click_sends_nothing(page: Page, live_server: LiveServer) -> None:
    contest, mentor = open_contest(), UserFactory()
    sign_in(page, live_server, mentor)
    page.goto(live_server.url + reverse("enter", args=[contest.slug]))
    page.check("[name=entered_by][value=mentor]")

    page.dblclick("main form [type=submit]")
    page.wait_for_url("**/entries/*/")

    assert Entry.objects.count() == 1
