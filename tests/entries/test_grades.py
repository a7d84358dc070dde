"""A class that does not go with its category is asked about: on the author's pages, and before admission."""

import pytest
from django.test import Client
from django.urls import reverse

from essays.anonymity.models import BlindCopy
from essays.contests.models import Category, Contest
from essays.entries.grades import grade_of, grades_of, outside
from essays.entries.models import Entry
from tests.factories.judged import Judged, judged_contest
from tests.factories.story import moment


@pytest.mark.parametrize(
    ("course", "grade"),
    [
        ("9 «А»", 9),
        ("11-б класс", 11),
        ("8", 8),
        ("Grade 8", 8),
        ("10А", 10),
        ("2 курс, группа ИС-21", None),
        ("1st year", None),
        ("девятый", None),
        ("25", None),
        ("7 или 8", None),
        ("", None),
    ],
)
def test_the_class_that_is_typed(course: str, grade: int | None) -> None:
    assert grade_of(course) == grade


@pytest.mark.parametrize(
    ("category", "grades"),
    [
        ("А. 7–9 классы", range(7, 10)),
        ("Б. 10-11 кл.", range(10, 12)),
        ("5-е – 6-е классы", range(5, 7)),
        ("11 класс", range(11, 12)),
        ("Grades 7–9", range(7, 10)),
        ("В. Студенты колледжей", None),
        ("Авторы 14–17 лет", None),
        ("9–7 классы", None),
    ],
)
def test_the_classes_of_a_category(category: str, grades: range | None) -> None:
    assert grades_of(category) == grades


def test_only_what_both_say_is_compared() -> None:
    assert (outside("8 «Б»", "9–11 классы"), outside("9 «Б»", "9–11 классы")) == (8, None)
    assert (outside("1 курс", "9–11 классы"), outside("8 «Б»", "Колледжи")) == (None, None)


@pytest.fixture
def received(db: None) -> Judged:
    """One entry of the eleventh class in the category of the seventh to ninth, waiting for a decision."""
    made = judged_contest([])
    made.contest.categories.update(name_ru="7–9 классы", name_en="")
    Entry.objects.update(state=Entry.State.RECEIVED, entered_by=Entry.EnteredBy.ENTRANT)
    BlindCopy.objects.update(state=BlindCopy.State.RELEASED, admitted=False)
    opens = {"opens_at": moment(-2), "closes_at": moment(2), "screening_ends_at": moment(3)}
    later = ("corrections_end_at", "judging_starts_at", "judging_ends_at", "session_ends_at", "results_at")
    Contest.objects.filter(pk=made.contest.pk).update(
        **opens, **{name: moment(4 + number) for number, name in enumerate(later)}
    )
    return made


def signed_in(user: object) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_the_author_is_asked_and_not_refused(received: Judged) -> None:
    entry = received.entries[0]
    client = signed_in(entry.owner)
    category = Category.objects.get(pk=entry.category_id)

    answer = client.post(
        reverse("entry_theme", args=[entry.public_id]),
        {"category": category.pk, "nomination": entry.nomination_id, "title": "Моя первая услуга"},
        follow=True,
    )

    entry.refresh_from_db()
    assert entry.title == "Моя первая услуга"
    assert "You study in class 11, and the category is" in answer.content.decode()


def test_the_organizer_sees_it_and_it_is_not_admitted_unseen(received: Judged) -> None:
    client, entry = signed_in(received.organizer), received.entries[0]
    slug = received.contest.slug
    page = client.get(reverse("organizer_entry", args=[slug, entry.public_id])).content.decode()

    all_at_once = client.post(reverse("organizer_admit_all", args=[slug]), follow=True).content.decode()

    assert "Class 11 does not go with this category" in page
    assert "1 entry waits" in all_at_once
    entry.refresh_from_db()
    assert entry.state == Entry.State.RECEIVED
    received.contest.categories.update(name_ru="10–11 классы")
    assert "does not go" not in client.get(reverse("organizer_entry", args=[slug, entry.public_id])).content.decode()
