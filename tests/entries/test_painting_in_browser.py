"""Painting by mouse and by keys, on a wide screen and a narrow one: saved by itself, gone in what judges get."""

import io
from collections.abc import Iterator

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from essays.anonymity.models import BlindCopy
from essays.entries import actions, blinding, pages
from essays.entries.models import Essay
from essays.entries.page_models import EssayPage
from tests.entries.test_in_a_browser import sign_in
from tests.factories.applications import filled, open_contest
from tests.factories.pictures import picture
from tests.factories.story import ContestOrganizerFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


@pytest.fixture(params=[{"viewport": {"width": 1200, "height": 1400}}, {"viewport": {"width": 390, "height": 844}}])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", **request.param)
    yield context.new_page()
    context.close()


def waiting(tmp_path, settings, monkeypatch) -> Essay:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path / "private"
    monkeypatch.setenv("PATH", str(tmp_path))
    entry = filled(open_contest(formats=["jpg"]))
    pages.add(entry, entry.owner, picture())
    essay = pages.hand_in(entry, entry.owner)
    actions.send(entry, entry.owner)
    blinding.blind(essay.pk)
    return Essay.objects.select_related("entry__contest").get()


def drag(page: Page, surface: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    box = surface.bounding_box()
    assert box
    for (x, y), act in ((start, page.mouse.down), (end, page.mouse.up)):
        page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        act()


def test_what_is_painted_by_hand_and_by_keys_is_gone_in_the_judges_picture(
    page: Page, live_server: LiveServer, tmp_path, settings, monkeypatch
) -> None:  # type: ignore[no-untyped-def]
    essay = waiting(tmp_path, settings, monkeypatch)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    sign_in(page, live_server, ContestOrganizerFactory(contest=essay.entry.contest).user)
    page.goto(live_server.url + reverse("organizer_pages", args=[essay.entry.contest.slug, essay.entry.public_id, 1]))
    surface, list_ = page.locator("[data-surface]"), page.locator("[data-list] li > span")
    surface.scroll_into_view_if_needed()

    drag(page, surface, (0.1, 0.1), (0.6, 0.2))
    expect(list_).to_have_count(1)
    expect(page.locator("[data-saved]")).to_have_text("Saved")
    # A second place by keys alone: added, moved to the corner, undone, added again.
    page.get_by_role("button", name="Add a place").focus()
    page.keyboard.press("Enter")
    for _press in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Delete")
    expect(list_).to_have_count(1)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(list_).to_have_count(2)
    # Pressed while the last change is on its way: it goes first.
    page.get_by_role("button", name="Nothing on this page identifies the author").press("Enter")
    page.get_by_role("button", name="Release to judges").press("Enter")
    expect(page.get_by_text("The painted pages are what judges will see.")).to_be_visible()

    kept = EssayPage.objects.get()
    assert [[round(number, -2) for number in place] for place in kept.places] == [
        [1000, 1000, 5000, 1000],
        [3600, 4800, 3000, 400],
    ]
    assert kept.places[1] == [3650, 4800, 3000, 450]
    with BlindCopy.objects.get().pages.get().file.open("rb") as file:
        shown = Image.open(io.BytesIO(file.read())).convert("RGB")
    assert [shown.getpixel(at) for at in ((70, 90), (350, 150), (300, 400))] == [(0, 0, 0)] * 3
    assert min(shown.getpixel((590, 790))) > 200
    assert faults == []
