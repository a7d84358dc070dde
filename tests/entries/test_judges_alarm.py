"""A judge can tell who wrote it: off every queue, onto the redaction desk with the judge's words, and back."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from essays.entries import admission, redaction_queue
from essays.entries.models import Entry
from essays.people.models import User
from judging.assignments import actions
from judging.assignments.models import Assignment
from judging.assignments.tasks import sweep_assignments
from tests.entries.desk import address, copy_of, held, move_to, place, signed_in
from tests.factories.applications import blinded, open_contest
from tests.factories.story import ContestOrganizerFactory, SeatFactory, rubric, rules

pytestmark = pytest.mark.usefixtures("private_files")

TEXT = (
    "Летом я получала паспорт через портал. Наш отряд «Ромашковый ветер» знают все в районе.\n\n"
    "Мария Ребрихина и её сосед Прохор долго ждали письма. Потом оказалось просто.\n"
)
WORDS = "Узнаю отряд Канарейкиных"


def story() -> tuple[Entry, User]:
    entry = blinded(open_contest(), text=TEXT)
    organizer = ContestOrganizerFactory(contest=entry.contest).user
    admission.admit(entry, organizer)
    return entry, organizer


@pytest.mark.django_db
def test_off_all_queues_and_back_with_everything_written() -> None:
    entry, organizer = story()
    contest = entry.contest
    rules(contest)
    criterion, *_others = rubric(contest)
    SeatFactory.create_batch(3, contest=contest)
    move_to(contest, "judging")
    actions.apply(contest, "lot", organizer)
    first, second = Assignment.objects.select_related("seat__user").order_by("pk")
    alarmed, reading = signed_in(first.seat.user), signed_in(second.seat.user)
    desks = [reverse("reading_desk", args=[one.public_id]) for one in (first, second)]
    reading.get(desks[1])
    draft = {"version": "0", f"mark_{criterion.pk}": "7", "comment_for_author": "Живо написано", "note_for_jury": ""}
    saved = reading.post(reverse("save_draft", args=[second.public_id]), draft)

    alarmed.post(reverse("recuse", args=[first.public_id]), {"reason": "identity_visible", "note": WORDS})
    away = reading.get(desks[1]).content.decode()
    row = redaction_queue.waiting(contest)[0]
    desk = signed_in(organizer).get(address(entry)).content.decode()
    words = {"act": "hide_all", "words": "Ромашковый ветер", "kind": "institution", "revision": 0}
    signed_in(organizer).post(address(entry, "decide"), words)
    signed_in(organizer).post(address(entry, "release"), {"revision": copy_of(entry).revision})
    sweep_assignments()
    back = reading.get(desks[1]).content.decode()
    third = Assignment.objects.exclude(pk__in=[first.pk, second.pk]).select_related("seat__user").get()
    new = signed_in(third.seat.user).get(reverse("reading_desk", args=[third.public_id])).content.decode()
    gone = alarmed.get(desks[0]).content.decode()
    first.refresh_from_db()

    assert saved.json()["saved"] and "This copy is being checked" in away and "Ромашковый" not in away
    assert (row.severity, row.held) == (1, True) and WORDS in desk
    assert "Живо написано" in back and "[ШКОЛА]" in back and "Ромашковый" not in back
    assert "Ромашковый" not in new and WORDS not in back + new
    assert (first.state, "You gave this essay back" in gone) == ("recused", True)
    mine = signed_in(entry.owner).get(reverse("entry_copy", args=[entry.public_id])).content.decode()
    assert WORDS not in mine and redaction_queue.waiting(contest) == []


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.django_db(transaction=True)
def test_the_desk_by_keyboard_alone(page: Page, live_server: LiveServer) -> None:
    entry, organizer = story()
    held(entry, "leak:author")
    following = blinded(entry.contest, text=TEXT, given_name="Марьяна")
    held(following, "converted")
    # The program has missed a place: somebody showed it once.
    signed_in(organizer).post(address(entry, "decide"), {"act": "show", **place(entry, "Мария Ребрихина")})
    client = Client()
    client.force_login(organizer, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([session])
    page.goto(live_server.url + address(entry))
    said, current = page.locator("[data-said]"), page.locator(".place-card.is-current")

    # The page turns to the doubt; one key hides it, and the check is content.
    expect(current).to_contain_text("Мария Ребрихина")
    page.keyboard.press("h")
    expect(said).to_have_text("1 place is hidden.")
    expect(page.locator(".redaction-why .notice-error")).to_have_count(0)
    # The next place is shown, on a Russian keyboard, and hidden again.
    page.keyboard.press("n")
    expect(current).to_contain_text("Прохор")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'р', bubbles: true}))")
    expect(said).to_have_text("1 place is shown.")
    expect(page.locator(".redaction-copy")).to_contain_text("сосед Прохор")
    page.keyboard.press("h")
    expect(page.locator(".redaction-copy")).not_to_contain_text("Прохор")
    # Words selected in the copy are hidden by the same key.
    page.evaluate(
        """() => {
          const run = [...document.querySelectorAll('.redaction-copy [data-at]')].find(one => one.textContent.includes('Ромашковый'));
          const node = run.firstChild, start = node.textContent.indexOf('Ромашковый'), range = document.createRange();
          range.setStart(node, start); range.setEnd(node, start + 'Ромашковый ветер'.length);
          document.getSelection().removeAllRanges(); document.getSelection().addRange(range);
        }"""
    )
    expect(page.locator("#hide-words")).to_have_value("Ромашковый ветер")
    page.keyboard.press("h")
    expect(page.locator(".redaction-copy")).to_contain_text("«[СКРЫТО]»")
    # Released, and on to the next.
    page.keyboard.press("r")
    page.wait_for_url("**" + address(following))

    copy = copy_of(entry)
    assert (copy.state, "Ромашковый" in copy.text, "Ребрихина" in copy.text) == ("released", False, False)
