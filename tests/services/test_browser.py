"""The browser of the tests is a real one, and speaks Russian."""

from playwright.sync_api import Page


def test_the_browser_shows_a_page_of_the_live_server(live_server, page: Page) -> None:  # type: ignore[no-untyped-def]
    page.goto(live_server.url + "/accounts/login/")
    assert page.locator("html").get_attribute("lang") == "ru"
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Europe/Moscow"
    assert page.locator("form").count() > 0
