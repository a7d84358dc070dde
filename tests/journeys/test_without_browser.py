"""The whole journey through HTTP, on real files: from an uploaded essay to announced winners and prize-winners.

Every step is a page that somebody opens and a button that stands on it; every letter is one that was sent, and the
links in it are the ones that are followed.
"""

import hashlib
import io
from pathlib import Path

import pypdf
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from demo.roster import load_roster
from essays.anonymity.models import BlindCopy
from essays.entries.models import Entry, Essay
from judging.assignments.models import Assignment
from judging.results.models import Diploma
from judging.reviews.models import Review
from tests.journeys import acts
from tests.journeys.cast import FIRST, JUDGES, MINORS, NOT_TO_BE_NAMED, PARENT, POINTS, THIRD_POINTS, address_of
from tests.journeys.ground import Ground, answer_bells, essay, file_of, ground
from tests.journeys.visitor import Visitor
from tests.plugins.broker import Broker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(valkey: Broker, settings, tmp_path: Path) -> Ground:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path / "private"
    return ground()


def enters(story: Ground, number: int) -> Visitor:
    """An author, or the mentor of essay 2, enters it; for minors a parent agrees by the letter's link."""
    one, publish = essay(number), number not in NOT_TO_BE_NAMED
    person = acts.sign_up(address_of(number))
    guardian = {}
    if number in MINORS:
        guardian = {"guardian_surname": "Родителева", "guardian_given_name": "Анна"}
        guardian["guardian_email"] = PARENT.format(number)
    if number == 2:
        guardian["entered_by"] = "mentor"
    acts.begin(person, story, one, FIRST, **guardian)
    acts.upload(person, one)
    if number not in (2, 4):  # the mentor may not sign for the author, and under 14 only the parent does
        acts.consent(person, to_publication=publish)
    acts.hand_in(person)
    answer_bells()
    if number in MINORS:
        acts.guardian_agrees(PARENT.format(number), to_publication=publish)
    return person


def test_from_an_uploaded_essay_to_announced_winners(story: Ground) -> None:
    contest = story.contest
    a_visitor_reads_what_it_is_about(story)
    people = {1: a_student_enters_with_a_wrong_file_first(story)}
    people |= {number: enters(story, number) for number in POINTS if number != 1}
    organizer = acts.sign_in(story.organizer.email)
    the_organizer_closes_intake_and_admits(story, organizer)
    judges = the_jury_is_invited_and_says_where_it_works(story, organizer)
    the_essays_are_dealt(story, organizer)
    nothing_is_readable_before_its_time(story, people, judges)
    the_judges_score(story, judges)
    nothing_is_readable_before_its_time(story, people, judges)
    the_ranking_is_proposed_by_the_rules_and_approved(story, organizer)
    a_frozen_review_does_not_change(judges)
    nothing_is_readable_before_its_time(story, people, judges)
    the_results_are_announced(story, organizer)
    everybody_learns_the_own_result(story, people)
    a_diploma_is_downloaded_and_checked(people[1], organizer)
    contest.refresh_from_db()
    assert contest.announced_at is not None
    call_command("check_invariants")


def a_visitor_reads_what_it_is_about(story: Ground) -> None:
    page = Visitor("en").open("/").follow(story.contest.title_en).text
    for words in ("Grades 7–9", "2,500", "DOCX", "25", "Left to enter", "Barnaul"):
        assert words in page, words


def a_student_enters_with_a_wrong_file_first(story: Ground) -> Visitor:
    """A scan without text is refused beside the field; the good file after it goes through, and a receipt comes."""
    one, address = essay(1), address_of(1)
    student = acts.sign_up(address)
    acts.begin(
        student,
        story,
        one,
        FIRST,
        guardian_surname="Рудакова",
        guardian_given_name="Анна",
        guardian_email=PARENT.format(1),
    )
    acts.consent(student, to_publication=True)
    bad = SimpleUploadedFile("essay.docx", b"%PDF-1.4 not what its name says")
    student.follow("The essay").press("Upload the file", status=422, file=bad)
    assert len(student.problems) == 1
    student.open(student.url.removesuffix("essay/"))
    acts.upload(student, one)
    acts.hand_in(student)
    assert "Your essay is received" in student.text

    answer_bells()
    acts.guardian_agrees(PARENT.format(1), to_publication=True)
    entry = Entry.objects.get(email=address)
    receipt = acts.last_words_to(address)
    assert entry.code in receipt
    assert hashlib.sha256(file_of(one).read()).hexdigest() in receipt
    copy = student.open(acts.link_in(acts.last_words_to(address), "/entries/")).follow("Read the copy").text
    assert "[УЧАСТНИК" in copy
    assert_hidden(copy, 1)
    return student


def assert_hidden(text: str, number: int) -> None:
    """Nothing of the author's, the school's and the mentor's is in what a judge reads."""
    one, roster = essay(number), load_roster()
    school = roster.institutions[one.institution]
    assert one.surname[:-1] not in text
    assert school.short_name not in text
    assert school.official_name not in text
    if one.mentor:
        assert roster.mentors[one.mentor].surname[:-1] not in text


def the_organizer_closes_intake_and_admits(story: Ground, organizer: Visitor) -> None:
    organizer.open(f"/organizer/{story.contest.slug}/regulation/").press("Close intake now")
    assert "Intake was closed by hand" in organizer.text
    late = Visitor("en").open(f"/c/{story.contest.slug}/")
    assert "Essays are no longer taken." in late.text
    organizer.follow("Entries").press("Admit all that are complete and clean")
    held = Entry.objects.filter(contest=story.contest, state=Entry.State.RECEIVED)
    for entry in list(held):
        # A copy in which something looks doubtful waits for a person's look.
        organizer.open(f"/organizer/{story.contest.slug}/entries/{entry.public_id}/").follow("Read the copy")
        organizer.press("Release")
        organizer.open(f"/organizer/{story.contest.slug}/entries/{entry.public_id}/")
        organizer.press("Decide", decision="admit")
    states = Entry.objects.filter(contest=story.contest).values_list("state", flat=True)
    assert list(states) == ["admitted"] * len(POINTS)


def the_jury_is_invited_and_says_where_it_works(story: Ground, organizer: Visitor) -> dict[str, Visitor]:
    lines = [f"Судьина{n} Вера Павловна {address}" for n, address in enumerate(JUDGES)]
    organizer.follow("Judges").press("Invite all", lines="\n".join(lines))
    answer_bells()
    return {
        address: acts.accept_seat(address, story.institutions.get(place)) if place else acts.accept_seat(address, None)
        for address, place in JUDGES.items()
    }


def the_essays_are_dealt(story: Ground, organizer: Visitor) -> None:
    """The plan is looked at, then applied; the author's own institution never judges."""
    story.time_passes_until("judging_starts_at")
    organizer.follow("Assignments").press("Show the plan", seed="drawn by lot").press("Apply this plan")
    answer_bells()
    given = Assignment.objects.filter(contest=story.contest)
    assert given.count() == 2 * len(POINTS)
    for number, place in ((33, "technology-university"), (2, "barnaul-261")):
        assert essay(number).institution == place
        readers = set(given.filter(copy=copy_of(number)).values_list("seat__email", flat=True))
        assert len(readers) == 2
        assert not any(JUDGES[address] == place for address in readers)
    for address in JUDGES:
        assert "/judging/" in acts.last_words_to(address)


def copy_of(number: int) -> BlindCopy:
    copy = Essay.objects.get(entry__surname=essay(number).surname, is_current=True).blind_copy
    assert copy is not None
    return copy


def the_judges_score(story: Ground, judges: dict[str, Visitor]) -> None:
    for number, both in POINTS.items():
        assignments = Assignment.objects.filter(copy=copy_of(number)).select_related("seat").order_by("pk")
        for assignment, points in zip(assignments, both, strict=True):
            judge = judges[assignment.seat.email]
            judge.open(f"/judging/?contest={story.contest.slug}")
            assert copy_of(number).code in judge.text
            text = judge.open(f"/judging/{assignment.public_id}/").text
            assert_hidden(text, number)
            acts.score(judge, f"/judging/{assignment.public_id}/", points, f"Спасибо за работу {number}.")
    assert Review.objects.filter(state="submitted").count() == 2 * len(POINTS)
    letters_before = len(mail.outbox)

    answer_bells()

    third = Assignment.objects.get(round=Assignment.Round.THIRD)
    assert third.copy == copy_of(2)
    assert len(mail.outbox) == letters_before + 1
    judge = judges[third.seat.email]
    link = acts.link_in(acts.last_words_to(third.seat.email), "/judging/")
    assert copy_of(2).code in judge.open(link).text
    acts.score(judge, f"/judging/{third.public_id}/", THIRD_POINTS, "Спасибо за работу 2.")
    answer_bells()


def the_ranking_is_proposed_by_the_rules_and_approved(story: Ground, organizer: Visitor) -> None:
    story.time_passes_until("judging_ends_at")
    organizer.open(f"/organizer/{story.contest.slug}/ranking/")
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td|./th")]
        for row in organizer.page.xpath("//table[contains(@class, 'ranking')]/tbody/tr")
    ]
    codes = {copy_of(number).code: number for number in POINTS}
    assert [(row[0], codes[row[1]], row[2], row[4]) for row in rows] == [
        ("1", 1, "94", "Winner, place 1"),
        ("2", 3, "80", "Prize-winner, place 2"),
        ("3", 4, "80", "Prize-winner, place 3"),
        ("4", 2, "55", ""),
        ("1", 33, "65", "Prize-winner, place 2"),
        ("2", 34, "62", "Prize-winner, place 3"),
        ("3", 35, "58", ""),
    ]
    for number in POINTS:
        assert essay(number).surname not in organizer.text
    organizer.press("Approve the ranking", word="утвердить")
    assert "frozen" in organizer.text


def a_frozen_review_does_not_change(judges: dict[str, Visitor]) -> None:
    review = Review.objects.select_related("assignment__seat").first()
    assert review is not None
    address, before = review.assignment.public_id, list(review.marks.values_list("points", flat=True))
    judge = judges[review.assignment.seat.email].open(f"/judging/{address}/")
    assert "Change my review" not in judge.text
    for tail in ("", "draft/", "reopen/"):
        values = {"version": review.version, "act": "submit", f"mark_{review.marks.first().criterion_id}": 0}  # type: ignore[union-attr]
        answer = judge.client.post(f"/judging/{address}/{tail}", values)
        assert answer.status_code == 409, tail
    assert list(review.marks.values_list("points", flat=True)) == before


def nothing_is_readable_before_its_time(story: Ground, people: dict[int, Visitor], judges: dict[str, Visitor]) -> None:
    """No page of anybody but the organizer has a result, a rank or another person's name; no letter has either."""
    somebody = Visitor("en")
    entry = Entry.objects.get(surname=essay(1).surname)
    slug, results = story.contest.slug, f"/c/{story.contest.slug}/results/"
    everybody = [somebody, *people.values(), *judges.values()]
    assert {one.status_of(results) for one in everybody} == {404}
    assert {one.status_of(f"/organizer/{slug}/ranking/") for one in everybody[1:]} == {404}
    assert {one.status_of(f"/entries/{entry.public_id}/") for one in everybody[2:]} == {404}
    assert somebody.status_of(f"/entries/{entry.public_id}/") == 302
    for number, person in people.items():
        own = Entry.objects.get(surname=essay(number).surname)
        page = person.open(f"/entries/{own.public_id}/").text
        assert "points" not in page
        assert "Спасибо за работу" not in page
    assert not Diploma.objects.exists()
    assert not any("Result" in letter.subject or "Итог" in letter.subject for letter in mail.outbox)


def the_results_are_announced(story: Ground, organizer: Visitor) -> None:
    organizer.follow("Results")
    assert essay(1).surname in organizer.text
    assert essay(4).surname not in organizer.text
    organizer.press("Announce the results", word="объявить", when="now")
    answer_bells()
    public = Visitor("en").open(f"/c/{story.contest.slug}/").follow("See the results").text
    for number in (1, 3, 33, 34):
        assert essay(number).surname in public, number
    assert copy_of(4).code in public
    for number in (2, 4, 35):
        assert essay(number).surname not in public, number


def everybody_learns_the_own_result(story: Ground, people: dict[int, Visitor]) -> None:
    scores = {1: "94", 2: "55", 3: "80", 4: "80", 33: "65", 34: "62", 35: "58"}
    for number, points in scores.items():
        letter = acts.last_words_to(address_of(number))
        assert essay(number).title in letter
        assert points in letter
        page = people[number].open(acts.link_in(letter, "/entries/")).text
        assert f"{points} of 100 points" in page
        assert f"Спасибо за работу {number}." in page
        assert "Судьина" not in page


def a_diploma_is_downloaded_and_checked(winner: Visitor, organizer: Visitor) -> None:
    one = essay(1)
    diploma = Diploma.objects.get(award__entry__surname=one.surname, kind=Diploma.Kind.DIPLOMA)
    link = next(str(link.get("href")) for link in winner.page.iter("a") if "Diploma, PDF" in link.text_content())
    answer = winner.client.get(link)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert answer["Content-Type"] == "application/pdf"
    assert {one.surname, one.given_name, diploma.number} <= set(text.replace("№", " ").split())
    assert Visitor("en").status_of(link) in (302, 404)
    check = Visitor("en").open("/documents/").press("Check", number=diploma.number.lower().replace("-", " ")).text
    assert "This diploma is genuine" in check
    assert one.full_name in check
    hidden = Diploma.objects.get(award__entry__surname=essay(4).surname, kind=Diploma.Kind.DIPLOMA)
    assert essay(4).surname not in Visitor("en").open(f"/documents/{hidden.number}/").text
    assert organizer.client.get(f"/documents/{hidden.number}/pdf/").status_code == 200
