"""The judge's pages in a real browser: by keyboard alone, with the connection cut, in two tabs, and without a script."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from look.axe import violations
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from essays.anonymity.models import BlindCopy
from essays.people.models import User
from judging.anchors.models import AnchorEssay
from judging.assignments.models import Assignment
from judging.reviews.models import Highlight, Review
from judging.rubrics.models import LevelDescriptor
from tests.factories.story import (
    AssignmentFactory,
    BlindCopyFactory,
    ContestFactory,
    ContestOrganizerFactory,
    SeatFactory,
    rubric,
    rules,
)
from tests.journeys.walking import switch_off_the_light
from tests.plugins.worker import eventually

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Visit]:
    """``visit(user)``: a page of a browser in which that person is signed in."""
    contexts = []

    def as_(user: User, **options: object) -> Page:
        client = Client()
        client.force_login(user)
        context = browser.new_context(locale="ru-RU", timezone_id="Europe/Moscow", bypass_csp=True, **options)  # type: ignore[arg-type]
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield as_
    for context in contexts:
        context.close()


@pytest.fixture
def queue() -> list[Assignment]:
    """Five essays of one judge; a criterion of 0–10 on buttons and one of 0–25 as a number."""
    contest = ContestFactory(stage="judging")
    rules(contest)
    criteria = rubric(contest, (10, 25))
    LevelDescriptor.objects.create(criterion=criteria[0], points_from=8, points_to=10, text_ru="Точный личный опыт")
    seat = SeatFactory(contest=contest)
    return [AssignmentFactory(seat=seat, copy=BlindCopyFactory(contest=contest), place=place) for place in range(5)]


def desk(live_server: LiveServer, assignment: Assignment) -> str:
    return live_server.url + reverse("reading_desk", args=[assignment.public_id])


def test_five_essays_by_keyboard_alone_with_the_connection_cut_in_the_middle(
    visit: Visit, live_server: LiveServer, queue: list[Assignment]
) -> None:
    """The third essay is scored, commented and handed in without a connection; it goes out when there is one again."""
    page = visit(queue[0].seat.user)
    page.goto(desk(live_server, queue[0]))
    for number, assignment in enumerate(queue):
        page.wait_for_url(desk(live_server, assignment))
        if number == 2:
            page.context.set_offline(True)
        for key in ("1", "0", "n", "2", str(number), "c"):
            page.keyboard.press(key)
        page.keyboard.type("Ясный вывод")
        expect(page.locator("[data-total]").first).to_have_text(str(30 + number))
        page.keyboard.press("Control+Enter")
        if number == 2:
            expect(page.locator("[data-saved]")).to_have_class(re.compile("saved-trouble"))
            between = Review.objects.get(assignment=assignment)
            page.context.set_offline(False)
    page.wait_for_url("**/judging/?contest=*")

    assert (between.state, between.total) == (Review.State.DRAFT, None)
    reviews = Review.objects.order_by("assignment__place")
    assert [(one.state, one.total, one.comment_for_author) for one in reviews] == [
        (Review.State.SUBMITTED, Decimal(30 + number), "Ясный вывод") for number in range(5)
    ]


def test_what_could_not_be_sent_outlives_the_tab_that_was_closed(
    visit: Visit, live_server: LiveServer, queue: list[Assignment]
) -> None:
    page = visit(queue[0].seat.user)
    page.goto(desk(live_server, queue[0]))
    page.context.set_offline(True)
    page.keyboard.press("7")
    page.get_by_label("Комментарий автору").fill("Написано без связи")
    page.close(run_before_unload=False)
    another = page.context.new_page()
    page.context.set_offline(False)

    another.goto(desk(live_server, queue[0]))

    expect(another.get_by_label("Комментарий автору")).to_have_value("Написано без связи")
    # Where the connection is back before the old tab has quite gone, it is that tab which saves, and no word is shown.
    eventually(lambda: Review.objects.get().comment_for_author == "Написано без связи", what="the text is stored")


def test_an_answer_lost_on_its_way_is_not_taken_for_another_tab(
    visit: Visit, live_server: LiveServer, queue: list[Assignment]
) -> None:
    """The server has stored the first save, but the page never learns of it, and the judge writes on."""
    page = visit(queue[0].seat.user)
    page.goto(desk(live_server, queue[0]))
    lost: list[Route] = []

    def store_and_cut(route: Route) -> None:
        if not lost:
            lost.append(route)
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/draft/", store_and_cut)
    page.get_by_label("Комментарий автору").fill("первое")
    expect(page.locator("[data-saved]")).to_have_class(re.compile("saved-trouble"))
    page.get_by_label("Комментарий автору").fill("первое и второе")

    expect(page.locator("[data-saved]")).to_have_text("Сохранено")
    expect(page.locator("[data-outdated]")).to_be_hidden()
    stored = Review.objects.get()
    assert (stored.comment_for_author, stored.version) == ("первое и второе", 2)


def test_words_are_marked_found_again_in_a_changed_copy_and_else_stand_without_a_place(
    visit: Visit, live_server: LiveServer, queue: list[Assignment]
) -> None:
    copy = queue[0].copy
    BlindCopy.objects.filter(pk=copy.pk).update(html="<p>Один два <em>три</em> четыре.</p><p>Пять шесть.</p>")
    page = visit(queue[0].seat.user)
    page.goto(desk(live_server, queue[0]))
    choose(page, "два три чет")
    page.locator("[data-marker] [data-colour=green]").click()
    expect(page.locator("[data-copy] .own-mark-green").first).to_have_text("два ")
    choose(page, "Пять шесть")
    page.keyboard.press("m")
    expect(page.locator("[data-list] li")).to_have_count(2)
    marked = "".join(page.locator("[data-copy] .own-mark").all_text_contents())

    BlindCopy.objects.filter(pk=copy.pk).update(html="<p>[УЧАСТНИК], один два <em>три</em> четыре.</p><p>Семь.</p>")
    page.reload()

    assert marked == "два три четПять шесть"
    assert "".join(page.locator("[data-copy] .own-mark").all_text_contents()) == "два три чет"
    assert [one.is_visible() for one in page.locator("[data-lost]").all()] == [False, True]
    page.locator("[data-copy] .own-mark").first.click()
    page.keyboard.type("К выводу")
    page.keyboard.press("Escape")
    expect(page.locator(".notes li p").first).to_have_text("К выводу")
    expect(page.locator(".note-card")).to_have_count(0)
    assert sorted(Highlight.objects.values_list("quote", "note")) == [("Пять шесть", ""), ("два три чет", "К выводу")]


def choose(page: Page, words: str) -> None:
    """Select words of the essay, as a mouse or a finger would."""
    page.evaluate(
        """words => {
            const text = document.querySelector('[data-copy]'), at = text.textContent.indexOf(words);
            const range = document.createRange(), walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            let seen = 0;
            while (walker.nextNode()) {
                const node = walker.currentNode, end = seen + node.data.length;
                if (at >= seen && at < end) { range.setStart(node, at - seen); }
                if (at + words.length > seen && at + words.length <= end) { range.setEnd(node, at + words.length - seen); }
                seen = end;
            }
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        words,
    )
    expect(page.locator("[data-marker]")).to_be_visible()


def test_the_setting_of_the_text_is_there_before_the_page_is_painted(
    visit: Visit, live_server: LiveServer, queue: list[Assignment]
) -> None:
    page = visit(queue[0].seat.user)
    page.goto(desk(live_server, queue[0]))
    page.keyboard.press("t")
    for name, value in (("measure", "narrow"), ("leading", "loose"), ("text", "large"), ("theme", "dark")):
        page.locator(f".text-menu button[name={name}][value={value}]").click()
    page.goto(desk(live_server, queue[1]))

    sent = page.context.request.get(desk(live_server, queue[1])).text().split("<head>")[0]
    for attribute in ('data-measure="narrow"', 'data-leading="loose"', 'data-text="large"', 'data-bs-theme="dark"'):
        assert attribute in sent


def test_single_keys_can_be_switched_off_and_that_is_remembered(
    visit: Visit, live_server: LiveServer, queue: list[Assignment]
) -> None:
    page = visit(queue[0].seat.user)
    page.goto(desk(live_server, queue[0]))
    page.keyboard.press("?")
    page.get_by_label("Отключить одиночные клавиши").check()
    page.reload()

    page.keyboard.press("7")
    page.keyboard.press("j")

    assert page.locator("input[type=radio]:checked").count() == 0
    assert page.url == desk(live_server, queue[0])


def test_j_and_k_walk_through_the_queue(visit: Visit, live_server: LiveServer, queue: list[Assignment]) -> None:
    page = visit(queue[0].seat.user)
    page.goto(desk(live_server, queue[0]))

    page.keyboard.press("j")
    page.wait_for_url(desk(live_server, queue[1]))
    page.dispatch_event("body", "keydown", {"key": "л", "bubbles": True})  # k on a Russian keyboard
    page.wait_for_url(desk(live_server, queue[0]))


def test_what_was_typed_is_there_again_after_signing_in(
    visit: Visit, live_server: LiveServer, queue: list[Assignment]
) -> None:
    judge = queue[0].seat.user
    page = visit(judge)
    page.goto(desk(live_server, queue[0]))
    session = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("7")
    page.get_by_label("Комментарий автору").fill("Долго писала, и всё на месте")

    page.get_by_role("button", name="Сдать и дальше").click()
    page.wait_for_url("**/accounts/login/**")
    page.context.add_cookies(session)  # signs in
    page.goto(desk(live_server, queue[0]))

    expect(page.get_by_label("Комментарий автору")).to_have_value("Долго писала, и всё на месте")
    expect(page.locator("input[type=radio]:checked")).to_have_value("7")
    expect(page.locator("[data-saved]")).to_have_text("Сохранено")
    assert Review.objects.get().comment_for_author == "Долго писала, и всё на месте"


def test_the_second_tab_is_told_and_may_choose(visit: Visit, live_server: LiveServer, queue: list[Assignment]) -> None:
    first = visit(queue[0].seat.user)
    second = first.context.new_page()
    for page in (first, second):
        page.goto(desk(live_server, queue[0]))
    first.get_by_label("Комментарий автору").fill("из первой")
    expect(first.locator("[data-saved]")).to_have_text("Сохранено")

    second.get_by_label("Комментарий автору").fill("из второй")
    expect(second.locator("[data-outdated]")).to_be_visible()
    between = Review.objects.get().comment_for_author
    second.get_by_role("button", name="Оставить введённое здесь").click()
    expect(second.locator("[data-saved]")).to_have_text("Сохранено")

    assert (between, Review.objects.get().comment_for_author) == ("из первой", "из второй")


def test_a_reload_after_a_refused_hand_in_is_no_other_tab(
    visit: Visit, live_server: LiveServer, queue: list[Assignment]
) -> None:
    """What is typed after the refusal is stored; F5 then asks for it, instead of sending the refused form once more."""
    page = visit(queue[0].seat.user)
    page.goto(desk(live_server, queue[0]))
    page.keyboard.press("7")
    page.get_by_role("button", name="Сдать и дальше").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("Комментарий автору").fill("Дописано после отказа")
    expect(page.locator("[data-saved]")).to_have_text("Сохранено")

    page.reload()

    expect(page.get_by_label("Комментарий автору")).to_have_value("Дописано после отказа")
    expect(page.locator("input[type=radio]:checked")).to_have_value("7")
    expect(page.locator("[role=alert]", has_text="в другой вкладке")).to_have_count(0)
    assert Review.objects.get().comment_for_author == "Дописано после отказа"


def test_without_scripts_the_two_buttons_do_everything(
    visit: Visit, live_server: LiveServer, queue: list[Assignment]
) -> None:
    page = visit(queue[0].seat.user, java_script_enabled=False)
    page.goto(desk(live_server, queue[0]))
    page.get_by_label("9", exact=True).check()
    page.get_by_role("button", name="Сохранить черновик").click()
    page.locator("input[type=number]").fill("25")
    page.get_by_role("button", name="Сдать и дальше").click()

    page.wait_for_url(desk(live_server, queue[1]))
    assert Review.objects.get(assignment=queue[0]).total == 34


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_by_day_and_by_night_and_nothing_sticks_out(
    visit: Visit, live_server: LiveServer, queue: list[Assignment], width: int
) -> None:
    contest, seat = queue[0].contest, queue[0].seat
    organizer = ContestOrganizerFactory(contest=contest).user
    page = visit(seat.user, viewport={"width": width, "height": 900})
    rooms = visit(organizer, viewport={"width": width, "height": 900})
    slug = contest.slug
    anchor = AnchorEssay.objects.create(contest=contest, position=1, title="Сверка", text="Ничей текст.")
    Highlight.objects.create(assignment=queue[0], quote="Слово", note="Хорошо")
    addresses = [
        (page, reverse("judge_queue")),
        (page, reverse("reading_desk", args=[queue[0].public_id])),
        (page, reverse("recuse", args=[queue[0].public_id])),
        (page, reverse("judge_offline", args=[slug])),
        (page, reverse("own_anchors", args=[slug])),
        (page, reverse("own_anchor", args=[slug, anchor.public_id])),
        (page, reverse("my_seat", args=[seat.public_id]) + "?q=СОШ"),
        (rooms, reverse("organizer_judges", args=[slug])),
        (rooms, reverse("organizer_seat", args=[slug, seat.public_id])),
        (rooms, reverse("organizer_assignments", args=[slug]) + "?seed=1"),
        (rooms, reverse("organizer_reviews", args=[slug])),
        (rooms, reverse("organizer_anchors", args=[slug])),
    ]

    found = {}
    for tab, address in addresses:
        tab.emulate_media(color_scheme="light")
        tab.goto(live_server.url + address)
        by_day, sticks_out = violations(tab), tab.evaluate("document.documentElement.scrollWidth") - width
        switch_off_the_light(tab)
        found[address] = (by_day, violations(tab, only="color-contrast"), sticks_out)

    assert found == {address: ([], [], 0) for _, address in addresses}
