"""The journey as people live it: a student with a phone, a judge at the keyboard, an organizer; letters, a worker.

Everything is real: Chromium, the server, a Celery worker in a process of its own, the broker, an SMTP server. The
links of letters are opened from the messages that arrived.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from demo.roster import load_roster
from demo.texts import DemoEssay
from essays.entries.models import Entry, Essay
from essays.ledger import clock
from judging.assignments.models import Assignment
from judging.results.models import Diploma
from judging.reviews.models import Mark, Review
from tests.factories.story import PASSWORD
from tests.journeys.acts import birth_date_of, link_in, mentor_of
from tests.journeys.browsing import People, Person, plain, ru, stored
from tests.journeys.ground import Ground, essay, ground
from tests.plugins.mail import SmtpServer
from tests.plugins.worker import Worker, eventually

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

STUDENT, OTHER = "student@example.org", "other@example.org"
JUDGES = ("judge-0@example.org", "judge-1@example.org", "judge-2@example.org")
FIRST, SECOND = 40, 39
# By essay, what its readers give, criterion by criterion; 39 is disputed and gets a third.
POINTS = {
    FIRST: ([24, 19, 18, 14, 9, 10], [23, 18, 18, 13, 9, 9]),
    SECOND: ([20, 15, 15, 12, 8, 8], [14, 10, 10, 8, 6, 6], [16, 12, 13, 10, 7, 7]),
}


@pytest.fixture
def story(settings, tmp_path: Path, live_server: LiveServer) -> Ground:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path / "private"
    settings.SITE_ORIGIN = live_server.url
    return ground()


@pytest.fixture
def people(browser: Browser, live_server: LiveServer, smtp_server: SmtpServer) -> Iterator[People]:
    made = People(browser, live_server.url, smtp_server)
    yield made
    for context in browser.contexts:
        context.close()


def test_a_student_a_jury_and_an_organizer_come_to_results(
    story: Ground, people: People, celery_worker_process: Worker, tmp_path: Path, live_server: LiveServer
) -> None:
    celery_worker_process.start(env={"SITE_ORIGIN": live_server.url})

    student = people.person(phone=True)
    enters(student, story, essay(FIRST), STUDENT, stored(essay(FIRST), tmp_path))
    sees_what_judges_will_see(student, essay(FIRST))
    other = people.person(phone=True)
    enters(other, story, essay(SECOND), OTHER, stored(essay(SECOND), tmp_path))

    organizer = people.person()
    signs_in(organizer, story.organizer.email)
    closes_intake_and_admits(organizer, story)
    invites_the_jury(organizer, story)
    judges = {address: joins_the_jury(people.person(), address) for address in JUDGES}
    story.time_passes_until("judging_starts_at")
    deals_the_essays(organizer, story)

    first, *others = reviews_to_write()
    scores_by_keyboard(judges[first[0].seat.email], *first)
    for assignment, points in others:
        scores_by_hand(judges[assignment.seat.email], assignment, points)
    third = the_third_is_appointed()
    scores_by_hand(judges[third.seat.email], third, POINTS[SECOND][2])

    story.time_passes_until("judging_ends_at")
    approves_and_announces(organizer, story)
    learns_the_result(student, STUDENT, essay(FIRST), tmp_path)
    anyone_reads_the_results(people.person(), story)
    assert people.complaints.said == []
    assert people.complaints.strangers == []


def enters(person: Person, story: Ground, one: DemoEssay, address: str, file: Path) -> None:
    """From the contest's page to the receipt."""
    person.open("/accounts/signup/")
    person.type(email=address, password1=PASSWORD)
    person.press("Register")
    person.opens_letter(address, "confirm-email")
    person.press("Yes, this is my address")

    person.open(f"/c/{story.contest.slug}/")
    days_left = (story.contest.closes_at - clock.now()).days
    # One day less where it was midnight a moment ago.
    expect(person.page.locator("[data-countdown]")).to_have_text(re.compile(rf"^({days_left}|{days_left - 1})\b"))
    person.follow("Enter an essay")
    person.press("Begin")
    person.follow("The author")
    person.type(
        surname=one.surname,
        given_name=one.given_name,
        patronymic=one.patronymic,
        birth_date=birth_date_of(one).isoformat(),
    )
    person.press("Save and go on")
    person.follow("School, college or university")
    place = story.institutions[one.institution]
    person.page.locator("[name=institution_search]").press_sequentially(place.short_name.split()[-1].strip("«»"))
    person.choose("institution", place.pk)  # found while typing, without the button
    person.type(course=one.course, **mentor_of(one))
    person.press("Save and go on")
    person.follow("Category, nomination and title")
    person.choose("category", story.contest.categories.all()["abcd".index(one.category)].pk)
    person.choose("nomination", story.contest.nominations.last().pk)  # type: ignore[union-attr]
    person.type(title=one.title)
    person.press("Save and go on")
    person.follow("Consents")
    for kind in ("processing", "dissemination"):
        person.page.locator(f"[name={kind}]").check()
    person.press("Save and go on")

    person.follow("The essay")
    person.page.set_input_files("[name=file]", {"name": "эссе.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    person.press("Upload the file")
    expect(person.page.locator(".invalid-feedback").first).to_be_visible()
    person.page.set_input_files("[name=file]", file)
    person.press("Upload the file")
    person.follow("Check and send")
    person.press("Send the entry")
    person.sees(ru("Receipt"))
    receipt = plain(person.letter(address, lambda letter: Entry.objects.get(email=address).code in plain(letter)))
    assert Essay.objects.get(entry__email=address).sha256 in receipt


def sees_what_judges_will_see(student: Person, one: DemoEssay) -> None:
    """The page looks by itself until the worker has made the copy; nothing in it tells who wrote it."""
    student.page.locator("main a[href$='/copy/']").click()
    student.page.locator("article.essay").wait_for()
    text = student.page.locator("article.essay").inner_text()
    assert "[УЧАСТНИК" in text
    mentor = load_roster().mentors[str(one.mentor)]
    for word in (one.surname[:-1], mentor.surname[:-1], load_roster().institutions[one.institution].short_name):
        assert word not in text
    assert student.page.evaluate("document.documentElement.scrollWidth") == 390


def signs_in(person: Person, address: str) -> None:
    person.open("/accounts/login/")
    person.type(login=address, password=PASSWORD)
    person.press("Sign in")
    person.page.wait_for_url("**/organizer/")


def closes_intake_and_admits(organizer: Person, story: Ground) -> None:
    organizer.open(f"/organizer/{story.contest.slug}/regulation/")
    organizer.unfold("Close intake now")
    organizer.press("Close intake now")
    eventually(lambda: Essay.objects.filter(state="blinded").count() == 2, what="both copies are made")
    for entry in Entry.objects.exclude(essays__blind_copy__state="released"):
        organizer.open(f"/organizer/{story.contest.slug}/entries/{entry.public_id}/")
        organizer.follow("Read the copy")
        organizer.press("Release to judges")
    organizer.open(f"/organizer/{story.contest.slug}/entries/")
    organizer.press("Admit all that are complete and clean")
    eventually(
        lambda: set(Entry.objects.values_list("state", flat=True)) == {"admitted"}, what="both entries are admitted"
    )


def invites_the_jury(organizer: Person, story: Ground) -> None:
    organizer.open(f"/organizer/{story.contest.slug}/judges/")
    organizer.unfold("Invite several at once")
    organizer.type(lines="\n".join(f"Судьина Вера Павловна {address}" for address in JUDGES))
    organizer.press("Invite all")
    organizer.sees(JUDGES[2])


def joins_the_jury(judge: Person, address: str) -> Person:
    judge.opens_letter(address, "/seats/")
    judge.type(password=PASSWORD)
    judge.press("Accept")
    judge.follow("To my essays")
    judge.sees(ru("No essays yet"))
    return judge


def deals_the_essays(organizer: Person, story: Ground) -> None:
    organizer.open(f"/organizer/{story.contest.slug}/assignments/")
    organizer.press("Show the plan")
    organizer.press("Apply this plan")
    organizer.sees(ru("How far the judges are"))
    assert Assignment.objects.count() == 4


def reviews_to_write() -> list[tuple[Assignment, list[int]]]:
    """Each assignment with the points that its judge will give."""
    found = []
    for number, both in POINTS.items():
        given = Assignment.objects.filter(copy__title=essay(number).title).select_related("seat", "copy")
        found += list(zip(given.order_by("pk"), both[:2], strict=True))
    return found


def scores_by_keyboard(judge: Person, assignment: Assignment, points: list[int]) -> None:
    """No mouse: digits score, n goes on, c comments; the draft saves itself; Ctrl+Enter hands in and goes on."""
    page = judge.page
    judge.opens_letter(assignment.seat.email, "/judging/")
    judge.open(f"/judging/{assignment.public_id}/")
    for number, given in enumerate(points):
        page.keyboard.press("n")
        current = page.locator("[data-criterion]").nth(number)
        expect(current).to_have_class("criterion is-current")
        page.keyboard.type(str(given))
    expect(page.locator("[data-total]").first).to_have_text(str(sum(points)))
    page.keyboard.press("c")
    page.keyboard.type("Живой рассказ, спасибо!")
    expect(page.locator("[data-saved]").first).to_have_text(ru("Saved"))
    eventually(
        lambda: Mark.objects.filter(review__assignment=assignment).count() == len(points), what="saved by itself"
    )
    assert Review.objects.get(assignment=assignment).state == "draft"
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda address: str(assignment.public_id) not in address)
    assert Review.objects.get(assignment=assignment).total == sum(points)


def scores_by_hand(judge: Person, assignment: Assignment, points: list[int]) -> None:
    judge.open(f"/judging/?contest={assignment.contest.slug}")
    judge.page.locator("main li", has_text=assignment.copy.code).get_by_role("link").click()
    judge.page.locator("#review").wait_for()
    for criterion, given in zip(judge.page.locator("[data-criterion]").all(), points, strict=True):
        scale = judge.page.locator(f"input[type=radio][value='{given}']")
        label = criterion.locator("label", has=scale)
        if label.count():
            label.click()
        else:
            criterion.locator("input[type=number]").fill(str(given))
    judge.type(comment_for_author="Спасибо за работу.")
    judge.press("Hand in and go on")
    eventually(lambda: Review.objects.filter(assignment=assignment, state="submitted").exists())
    judge.page.wait_for_load_state()


def the_third_is_appointed() -> Assignment:
    """By itself: the worker sees that two reviews differ by the threshold."""
    third = Assignment.objects.filter(round=Assignment.Round.THIRD).select_related("seat", "copy", "contest")
    eventually(third.exists, what="a third reviewer is appointed")
    found = third.get()
    assert found.copy.title == essay(SECOND).title
    return found


def approves_and_announces(organizer: Person, story: Ground) -> None:
    organizer.open(f"/organizer/{story.contest.slug}/ranking/")
    for number in (FIRST, SECOND):
        expect(organizer.page.locator("main")).not_to_contain_text(essay(number).surname)
    organizer.type(word="утвердить")
    organizer.press("Approve the ranking")
    organizer.follow("Go on to the announcement")
    expect(organizer.page.locator("main")).to_contain_text(essay(FIRST).surname)
    organizer.type(word="объявить")
    organizer.press("Announce the results")
    eventually(lambda: Diploma.objects.filter(kind="diploma").count() == 2, what="both diplomas have numbers")


def learns_the_result(student: Person, address: str, one: DemoEssay, folder: Path) -> None:
    """The letter says it, the page shows it, and the diploma is a PDF."""
    letter = student.letter(address, lambda one: "/results/" in plain(one))
    assert "92" in plain(letter)
    student.open(link_in(plain(letter), "/entries/"))
    student.sees("Живой рассказ, спасибо!")
    with student.page.expect_download() as download:
        student.page.get_by_role("link", name=ru("Diploma, PDF")).click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    number = Diploma.objects.get(award__entry__email=address, kind="diploma").number
    student.open(f"/documents/{number}/")
    student.sees(one.full_name)


def anyone_reads_the_results(visitor: Person, story: Ground) -> None:
    visitor.open(f"/c/{story.contest.slug}/results/")
    for number in (FIRST, SECOND):
        visitor.sees(essay(number).surname)
