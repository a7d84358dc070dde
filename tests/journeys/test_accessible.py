"""Every page of every role: axe finds nothing in light and dark, nothing sticks out sideways on a phone, the browser
has nothing to complain of, and no other host is asked for anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage
from pytest_django.live_server_helper import LiveServer

from demo import logins
from demo.seasons import Stage
from essays.people.models import User
from judging.ranking import actions as ranking
from judging.session import actions as session
from judging.session.models import JurySession
from tests.journeys.browsing import DESKTOP, PHONE, Complaints
from tests.journeys.pages import Page, contest_in, pages
from tests.journeys.walking import open_page, sign_in, switch_off_the_light
from tests.look.axe import violations

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@pytest.fixture
def loaded(settings, tmp_path: Path, valkey: object) -> None:  # type: ignore[no-untyped-def]
    """The small demo."""
    settings.MEDIA_ROOT = tmp_path / "private"
    call_command("load_demo", small=True, verbosity=0)


@dataclass(frozen=True)
class View:
    """A language, a size of the window, and whether the dark theme is looked at too."""

    language: str
    size: dict[str, int]
    dark_too: bool


VIEWS = (View("ru-RU", PHONE, True), View("en-GB", DESKTOP, False))


class Watcher:
    """Browsers for everybody who signs in, by view and login; what is wrong with the pages that they show."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self.browser, self.origin = browser, origin
        self.complaints = Complaints(origin)
        self.shown: dict[tuple[int, str], BrowserPage] = {}

    def page_of(self, view: View, who: str) -> BrowserPage:
        key = VIEWS.index(view), who
        if key not in self.shown:
            context = self.browser.new_context(
                locale=view.language,
                viewport=view.size,  # type: ignore[arg-type]
                bypass_csp=True,
                reduced_motion="reduce",
            )
            self.shown[key] = context.new_page()
            if who:
                sign_in(self.shown[key], self.origin, who)
            self.complaints.watch(context)
        return self.shown[key]

    def wrong_with(self, page: Page, view: View) -> list[tuple[object, ...]]:
        shown, wrong = self.page_of(view, page.who), list[tuple[object, ...]]()
        shown.emulate_media(color_scheme="light")
        status = open_page(shown, self.origin, page)
        if status != page.status:
            wrong.append((f"answers {status}",))
        if shown.locator("html").get_attribute("lang") != view.language[:2]:
            wrong.append(("is not in this language",))
        wrong += violations(shown)
        if view.dark_too:
            switch_off_the_light(shown)
            wrong += [("dark", *one) for one in violations(shown, only="color-contrast")]
        width, fits = shown.evaluate(WIDTHS)
        if width > fits:
            wrong.append((f"is {width} wide on {fits}",))
        return [(page.name, view.language, *one) for one in wrong]


@pytest.fixture
def watcher(browser: Browser, live_server: LiveServer) -> Iterator[Watcher]:
    made = Watcher(browser, live_server.url)
    yield made
    for shown in made.shown.values():
        shown.context.close()


def approved() -> list[Page]:
    """One more moment: the meeting is closed, a ranking approved and not announced."""
    contest, organizer = contest_in(Stage.DECIDING), User.objects.get(email=logins.ORGANIZER)
    meeting = JurySession.objects.get(contest=contest, state=JurySession.State.OPEN)
    for question in meeting.questions.filter(state="open"):
        session.drop_question(question, organizer)
    session.close(meeting, organizer)
    ranking.approve(contest, organizer, ranking.propose(contest).digest)
    return [
        Page(f"organizer-{name}-approved", logins.ORGANIZER, reverse(f"organizer_{name}", args=[contest.slug]))
        for name in ("ranking", "results")
    ]


def test_every_page_can_be_used_by_everybody(loaded: None, watcher: Watcher) -> None:
    """The demo is loaded once, and everybody walks through it in each view."""
    wrong = []
    for moment in (pages, approved):
        for page, view in product(moment(), VIEWS):
            wrong += watcher.wrong_with(page, view)
    assert not wrong, "\n".join(map(str, wrong))
    assert [said for said in watcher.complaints.said if "status of 4" not in said] == []
    assert watcher.complaints.strangers == []
