"""Every page of every role: axe finds nothing in light and dark, nothing sticks out sideways on a phone, the browser
has nothing to complain of, and no other host is asked for anything."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext
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


def every_page() -> Iterator[Page]:
    """All pages, and then one more moment: the meeting is closed, a ranking approved and not announced."""
    yield from pages()
    contest, organizer = contest_in(Stage.DECIDING), User.objects.get(email=logins.ORGANIZER)
    meeting = JurySession.objects.get(contest=contest, state=JurySession.State.OPEN)
    for question in meeting.questions.filter(state="open"):
        session.drop_question(question, organizer)
    session.close(meeting, organizer)
    ranking.approve(contest, organizer, ranking.propose(contest).digest)
    for name in ("ranking", "results"):
        yield Page(f"organizer-{name}-approved", logins.ORGANIZER, reverse(f"organizer_{name}", args=[contest.slug]))


@pytest.fixture
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """A browser for everybody who signs in, by login."""
    made: dict[str, BrowserContext] = {}
    yield made
    for context in made.values():
        context.close()


@pytest.mark.parametrize(
    ("language", "size", "dark_too"), [("ru-RU", PHONE, True), ("en-GB", DESKTOP, False)], ids=["phone", "desk"]
)
def test_every_page_can_be_used_by_everybody(
    loaded: None,
    browser: Browser,
    live_server: LiveServer,
    contexts: dict[str, BrowserContext],
    language: str,
    size: dict[str, int],
    dark_too: bool,
) -> None:
    complaints, wrong = Complaints(live_server.url), []
    for page in every_page():
        if page.who not in contexts:
            contexts[page.who] = browser.new_context(
                locale=language,
                viewport=size,  # type: ignore[arg-type]
                bypass_csp=True,
                reduced_motion="reduce",
            )
            shown = contexts[page.who].new_page()
            if page.who:
                sign_in(shown, live_server.url, page.who)
            complaints.watch(contexts[page.who])
        shown = contexts[page.who].pages[0]
        shown.emulate_media(color_scheme="light")
        status = open_page(shown, live_server.url, page)
        if status != page.status:
            wrong.append((page.name, f"answers {status}"))
        if shown.locator("html").get_attribute("lang") != language[:2]:
            wrong.append((page.name, "is not in this language"))
        wrong += [(page.name, *one) for one in violations(shown)]
        if dark_too:
            switch_off_the_light(shown)
            wrong += [(f"{page.name}, dark", *one) for one in violations(shown, only="color-contrast")]
        width, fits = shown.evaluate(WIDTHS)
        if width > fits:
            wrong.append((page.name, f"is {width} wide on {fits}"))
    assert not wrong, "\n".join(map(str, wrong))
    assert [said for said in complaints.said if "status of 4" not in said] == []
    assert complaints.strangers == []
