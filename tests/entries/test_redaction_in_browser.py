"""The redaction desk by keys alone: a word in all its forms is asked about, hidden, undone; then on to the next."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from essays.anonymity import actions as copies
from essays.anonymity.models import BlindCopy
from tests.entries.desk import PEOPLE
from tests.entries.test_in_a_browser import sign_in
from tests.factories.applications import blinded, open_contest
from tests.factories.story import ContestOrganizerFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


SELECT = """(run, words) => {
    const range = document.createRange(), text = run.firstChild, start = text.data.indexOf(words);
    range.setStart(text, start);
    range.setEnd(text, start + words.length);
    document.getSelection().removeAllRanges();
    document.getSelection().addRange(range);
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def test_a_word_in_all_its_forms_by_keys(
    page: Page, live_server: LiveServer, tmp_path: Path, settings: LazySettings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    entry = blinded(open_contest(), text=PEOPLE)
    organizer = ContestOrganizerFactory(contest=entry.contest).user
    if BlindCopy.objects.get().state == BlindCopy.State.RELEASED:
        copies.hold(BlindCopy.objects.get(), organizer, "organizer")
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    sign_in(page, live_server, organizer)
    page.goto(live_server.url + reverse("organizer_redaction_desk", args=[entry.contest.slug, entry.public_id]))
    said, asked, copy = page.locator("[data-said]"), page.locator("[data-asked]"), page.locator("#copy-side")

    # Selected in the text: asked about, left alone, asked about again, hidden, undone.
    page.get_by_text("Слово зюзюка").first.evaluate(SELECT, "зюзюка")
    page.keyboard.press("w")
    expect(asked).to_contain_text("2 places will be hidden:")
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    page.locator("#hide-words").fill("зюзюк")
    page.locator("#hide-words").fill("зюзюку")
    page.get_by_role("button", name="Hide everywhere").click()
    expect(asked.get_by_role("button", name="Hide all 2")).to_be_focused()
    page.keyboard.press("w")
    expect(said).to_have_text("2 places are hidden.")
    expect(copy).not_to_contain_text("зюзюк")
    page.keyboard.press("u")
    expect(said).to_have_text("Undone. The last step counts no more.")
    expect(copy).to_contain_text("зюзюки")

    # From a card, whose button says how far it reaches.
    page.locator("#original-side mark", has_text="Гречихову").click()
    page.keyboard.press("w")
    expect(said).to_have_text("5 places are shown.")
    page.keyboard.press("w")
    expect(said).to_have_text("5 places are hidden.")
    page.keyboard.press("r")
    page.wait_for_url("**/redaction/")

    assert BlindCopy.objects.get().state == BlindCopy.State.RELEASED and "Гречих" not in BlindCopy.objects.get().text
    assert faults == []
