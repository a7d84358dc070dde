"""People at real browsers. What the browser complains of, and whom else it asks, is noted for the test to look at."""

from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request

from demo.files import build
from demo.texts import DemoEssay
from tests.journeys.acts import link_in
from tests.plugins.mail import SmtpServer
from tests.plugins.worker import eventually

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}


def ru(words: str) -> str:
    """The Russian words of the interface for these English ones, so that a better translation breaks no test."""
    with translation.override("ru"):
        return gettext(words)


@dataclass
class Complaints:
    """``said``: the browser's messages and errors of scripts. ``strangers``: requests to other hosts than ours."""

    origin: str
    said: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.said.append(str(error.error)))
        context.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        # A form that comes back with what is wrong in it answers 422, and the browser notes that.
        if "status of 422" not in message.text:
            self.said.append(f"{message.page.url if message.page else '?'}: {message.text}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.origin).netloc and not request.url.startswith(
            ("data:", "blob:")
        ):
            self.strangers.append(request.url)


@dataclass
class Person:
    """Somebody at a browser of their own that speaks Russian."""

    context: BrowserContext
    page: Page
    mail: SmtpServer
    origin: str

    def open(self, address: str) -> None:
        answer = self.page.goto(self.origin + address.removeprefix(self.origin))
        assert answer is not None
        assert answer.status == 200, (answer.status, address)

    def follow(self, words: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name=ru(words)).first.click()

    def press(self, words: str) -> None:
        self.button(words).click()

    def unfold(self, words: str) -> None:
        self.page.locator("summary", has_text=ru(words)).click()

    def button(self, words: str) -> Locator:
        return self.page.get_by_role("button", name=ru(words), exact=True).first

    def type(self, **values: str) -> None:
        """Fill in fields by the names they are sent by."""
        for name, value in values.items():
            self.page.locator(f"main [name={name}]").first.fill(value)

    def choose(self, name: str, value: object) -> None:
        """A radio button or box, by a click on its words: they are the larger target."""
        found = self.page.locator(f"main [name={name}][value='{value}']")
        self.page.locator(f"label[for='{found.get_attribute('id')}']").click()
        assert found.is_checked()

    def sees(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()

    def opens_letter(self, address: str, part: str) -> None:
        """Wait for a letter with an address that has ``part`` in it, and follow it."""
        letter = self.letter(address, lambda one: any(part in word for word in plain(one).split()))
        self.open(link_in(plain(letter), part))

    def letter(self, address: str, wanted: Callable[[EmailMessage], bool]) -> EmailMessage:
        """Wait until such a letter has arrived; the newest of them."""

        def found() -> list[EmailMessage]:
            return [one for one in self.mail.messages if one["To"] == address and wanted(one)]

        eventually(found, what=f"a letter for {address}")
        return found()[-1]


def plain(letter: EmailMessage) -> str:
    """A letter's text without HTML."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


class People:
    """Opens browsers for as many people as a story has."""

    def __init__(self, browser: Browser, origin: str, mail: SmtpServer) -> None:
        self.browser, self.origin, self.mail = browser, origin, mail
        self.complaints = Complaints(origin)

    def person(self, *, phone: bool = False) -> Person:
        size = PHONE if phone else DESKTOP
        context = self.browser.new_context(
            locale="ru-RU",
            timezone_id="Europe/Moscow",
            viewport=size,  # type: ignore[arg-type]
            has_touch=phone,
            is_mobile=phone,
        )
        self.complaints.watch(context)
        return Person(context, context.new_page(), self.mail, self.origin)


def stored(essay: DemoEssay, folder: Path) -> Path:
    """The essay's file on its author's disk."""
    name, content = build(essay)
    path = folder / name
    path.write_bytes(content)
    return path
