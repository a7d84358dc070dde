"""Walking through the pages of ``tests.journeys.pages`` in a browser."""

from playwright.sync_api import Page as BrowserPage

from demo import logins
from tests.journeys.pages import Page

PRESS = """([press, cleared]) => {
  const [name, value] = press.split("=");
  const wanted = value ? `button[name="${name}"][value="${value}"]` : "form[method=post] button:not([formnovalidate])";
  const button = document.querySelector(`main ${wanted}`);
  if (!button) throw new Error(`no ${wanted} on ${location.pathname}: ${document.title}`);
  const form = button.form;
  for (const field of form.elements) {
    if (!cleared.some(start => field.name.startsWith(start))) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = false; else field.value = "";
  }
  form.noValidate = true;
  form.requestSubmit(button);
}"""

# Colours slide from one theme into the other; they are looked at when all have arrived.
SETTLED = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame(); await frame();
  while (document.getAnimations().length) {
    await Promise.allSettled(document.getAnimations().map(one => one.finished));
    await frame();
  }
}"""


def sign_in(browser: BrowserPage, origin: str, who: str) -> None:
    """Through the page, like anybody."""
    browser.goto(origin + "/accounts/login/")
    browser.fill("[name=login]", who)
    browser.fill("[name=password]", logins.PASSWORD)
    with browser.expect_navigation(url=lambda address: "/accounts/login/" not in address):
        browser.press("[name=password]", "Enter")


def open_page(browser: BrowserPage, origin: str, page: Page) -> int | None:
    """Show a page, and press what is to be pressed on it; returns the status of the answer."""
    answer = browser.goto(origin + page.address)
    if page.press:
        with browser.expect_navigation() as pressed:
            browser.evaluate(PRESS, [page.press, list(page.cleared)])
        answer = pressed.value
    browser.evaluate("document.fonts.ready.then(() => null)")
    return answer.status if answer else None


def switch_off_the_light(browser: BrowserPage) -> None:
    """Show the page that is open as a device in dark mode would."""
    browser.emulate_media(color_scheme="dark")
    browser.evaluate(SETTLED)
