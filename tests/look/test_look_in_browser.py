"""The parts in a real browser: accessible in both themes, no sideways scroll, small scripts that do their work."""

from collections.abc import Iterator

import pytest
from look.axe import violations
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.journeys.walking import switch_off_the_light

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
ADDRESSES = ["/styleguide/", "/accounts/signup/", "/accounts/login/", "/accounts/password/reset/", "/nowhere/"]


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A Russian visitor in Moscow with a phone; axe may run past the content policy."""
    context = browser.new_context(
        locale="ru-RU", timezone_id="Europe/Moscow", bypass_csp=True, viewport={"width": 390, "height": 844}
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_by_day_and_by_night(visitor: Page, live_server: LiveServer, address: str) -> None:
    visitor.emulate_media(color_scheme="light")
    visitor.goto(live_server.url + address)
    by_day = violations(visitor)
    switch_off_the_light(visitor)
    assert (by_day, violations(visitor, only="color-contrast")) == ([], [])


def test_axe_would_find_something(visitor: Page) -> None:
    visitor.set_content('<html lang="ru"><title>t</title><main><h1>h</h1><img src="data:,"></main></html>')
    assert [rule for rule, _ in violations(visitor)] == ["image-alt"]


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
@pytest.mark.parametrize("text", ["", "larger"])
def test_nothing_sticks_out_sideways(visitor: Page, live_server: LiveServer, width: int, text: str) -> None:
    visitor.set_viewport_size({"width": width, "height": 800})
    if text:
        visitor.context.add_cookies([{"name": "text", "value": text, "url": live_server.url}])
    visitor.goto(live_server.url + "/styleguide/")
    assert visitor.evaluate("document.documentElement.scrollWidth") == width


def test_nothing_sticks_out_with_all_that_low_vision_needs(visitor: Page, live_server: LiveServer) -> None:
    chosen = {"theme": "black", "text": "larger", "spacing": "wider", "lines": "wider", "pictures": "off"}
    visitor.context.add_cookies([{"name": name, "value": chosen[name], "url": live_server.url} for name in chosen])
    visitor.set_viewport_size({"width": 320, "height": 800})
    visitor.goto(live_server.url + "/styleguide/")
    assert visitor.evaluate("document.documentElement.scrollWidth") == 320
    assert violations(visitor) == []
    visitor.locator("#low-vision button[name=pictures][value='']").click()
    visitor.wait_for_url("**/#low-vision")
    assert visitor.evaluate("document.documentElement.dataset.pictures") is None
    visitor.locator("button[name=theme][value=light]").first.click()
    assert visitor.evaluate("document.documentElement.dataset.colours") is None
    visitor.locator("#low-vision button[name=usual]").click()
    visitor.wait_for_function("!Object.keys(document.documentElement.dataset).length")


def test_measure_of_reading_is_60_to_72_characters(visitor: Page, live_server: LiveServer) -> None:
    visitor.set_viewport_size({"width": 1440, "height": 900})
    visitor.goto(live_server.url + "/styleguide/")
    visitor.evaluate("document.fonts.ready")
    lines = visitor.evaluate(
        """() => {
          const paragraph = document.querySelector(".essay p:nth-of-type(2)"), lines = [];
          const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            for (let at = 0; at < node.length; at++) {
              const range = document.createRange();
              range.setStart(node, at);
              range.setEnd(node, at + 1);
              const bottom = Math.round(range.getBoundingClientRect().bottom / 20);
              if (lines.length && Math.abs(lines[lines.length - 1][0] - bottom) < 1) lines[lines.length - 1][1]++;
              else lines.push([bottom, 1]);
            }
          }
          return lines.map(line => line[1]);
        }"""
    )
    full = [count for count in lines if count > 30]
    assert 60 <= sum(full[1:-1]) / len(full[1:-1]) <= 72, lines


def test_theme_changes_without_a_reload_and_stays(visitor: Page, live_server: LiveServer) -> None:
    visitor.goto(live_server.url + "/accounts/login/")
    visitor.evaluate("window.sameDocument = true")

    visitor.click("button[name=theme][value=dark]")

    here = visitor.evaluate("[window.sameDocument, document.documentElement.dataset.bsTheme]")
    visitor.goto(live_server.url + "/accounts/signup/")
    assert (here, visitor.get_attribute("html", "data-bs-theme")) == ([True, "dark"], "dark")


def test_theme_changes_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/accounts/login/")
    page.click("button[name=theme][value=dark]")
    assert (page.url, page.get_attribute("html", "data-bs-theme")) == (live_server.url + "/accounts/login/", "dark")
    context.close()


def test_moment_is_told_in_the_visitors_zone_too(visitor: Page, live_server: LiveServer) -> None:
    visitor.goto(live_server.url + "/styleguide/")
    # Barnaul is four hours ahead of Moscow, all year round.
    contest = visitor.inner_text(".countdown time").split(", ")[1][:5]
    hour = (int(contest[:2]) - 4) % 24
    assert f"{hour:02}:{contest[3:]} у вас)" in visitor.inner_text(".countdown .local-time")


def test_no_message_of_the_browser(visitor: Page, live_server: LiveServer) -> None:
    said: list[str] = []
    context = visitor.context.browser.new_context()  # type: ignore[union-attr]
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(live_server.url + "/styleguide/")
    page.wait_for_load_state("networkidle")
    context.close()
    assert said == []
