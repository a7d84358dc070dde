"""What a visitor sees of contests."""

from datetime import timedelta

import pytest
from django.urls import reverse

from essays.contests import actions
from essays.contests.models import Contest
from tests.factories.regulations import complete_draft, organizer, published
from tests.factories.story import ContestFactory, UserFactory, moment

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def page(client, contest: Contest) -> str:
    response = client.get(reverse("contest_page", args=[contest.slug]), headers=ENGLISH)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_what_one_wants_to_know_before_entering(client):
    contest = published(organizer(), closes_at=moment(10))

    html = page(client, contest)

    for words in (
        "О чём он.",
        "Grades 7–9",
        "Helped my family",
        "DOCX, ODT, PDF, TXT",
        "up to 10 MB",
        "Тема",
        "60 points",
        "100 points at most.",
        "place 1, from 70 points",
        "places 2–3, from 60 points",
        "<h3>Участники</h3>",
        "ask@example.org",
        'property="og:title" content="My experience"',
        "Enter an essay",
    ):
        assert words in html, words


def test_the_deadline_is_the_last_minute_that_counts_in_the_contests_zone(client):
    contest = ContestFactory(slug="zone", time_zone="Asia/Barnaul")
    midnight_in_barnaul = moment(5).replace(hour=17, minute=0, second=0)
    Contest.objects.filter(pk=contest.pk).update(closes_at=midnight_in_barnaul)

    html = page(client, contest)

    assert "23:59 Barnaul time" in html
    assert 'data-zone="Asia/Barnaul"' in html
    # The countdown runs to the first moment that is too late.
    next_day = midnight_in_barnaul + timedelta(days=1)
    assert f'data-countdown="{next_day:%Y-%m-%d}T00:00:00+07:00"' in html


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("upcoming", "Intake opens on"),
        ("intake", "Enter an essay"),
        ("screening", "Essays are no longer taken."),
        ("judging", "Essays are no longer taken."),
        ("deciding", "Essays are no longer taken."),
    ],
)
def test_the_main_act_follows_the_stage(client, stage, words):
    assert words in page(client, ContestFactory(stage=stage))


def test_after_the_announcement_the_main_act_is_the_results(client):
    contest = ContestFactory(stage="after", announced_at=moment(-1))

    assert "See the results" in page(client, contest)


def test_a_draft_is_seen_by_its_organizers_alone(client):
    maria = organizer()
    contest = complete_draft(maria)
    address = reverse("contest_page", args=[contest.slug])

    assert client.get(address).status_code == 404
    client.force_login(organizer(), backend=BACKEND)
    assert client.get(address).status_code == 404
    client.force_login(maria, backend=BACKEND)
    assert "Only the organizers see this page" in page(client, contest)


def test_the_home_page_sorts_contests_by_what_one_can_do(client):
    ContestFactory(title_en="Open one")
    ContestFactory(title_en="Coming one", stage="upcoming")
    ContestFactory(title_en="Judged one", stage="judging")
    ContestFactory(title_en="Past one", stage="after", announced_at=moment(-1))
    ContestFactory(title_en="Hidden draft", state=Contest.State.DRAFT)

    html = client.get(reverse("home"), headers=ENGLISH).content.decode()

    places = [html.index(words) for words in ("Open one", "Coming one", "Judged one", "Past one")]
    assert places == sorted(places)
    assert "Hidden draft" not in html


def test_the_home_page_without_contests_says_what_will_be_there(client):
    assert "No contest is open yet" in client.get(reverse("home"), headers=ENGLISH).content.decode()


def test_the_home_page_asks_the_database_alike_for_one_contest_and_for_three(client, django_assert_max_num_queries):
    stages = ("intake", "upcoming", "judging", "deciding")
    for stage in stages:
        ContestFactory(stage=stage)
    client.get(reverse("home"))
    with django_assert_max_num_queries(3) as one:
        client.get(reverse("home"))
    for stage in stages * 2:
        ContestFactory(stage=stage)
    with django_assert_max_num_queries(3) as three:
        client.get(reverse("home"))

    assert len(one) == len(three)


def test_the_contests_page_asks_alike_for_one_row_and_for_three(client, django_assert_max_num_queries):
    maria = organizer()
    contest = published(maria)
    with django_assert_max_num_queries(20) as one:
        page(client, contest)
    rows = [
        {"id": None, "name_ru": f"Номинация {number}", "name_en": "", "description_ru": "", "description_en": ""}
        for number in range(3)
    ]
    actions.set_rows(contest, contest.version, "nominations", rows, actor=maria)
    with django_assert_max_num_queries(20) as three:
        page(client, contest)

    assert len(one) == len(three)


def test_russian_is_the_language_of_who_asks_for_none(client):
    contest = ContestFactory(title_ru="По-русски", title_en="In English")
    address = reverse("contest_page", args=[contest.slug])

    assert "По-русски" in client.get(address).content.decode()
    assert "In English" in client.get(address, headers=ENGLISH).content.decode()
    assert "По-русски" in client.get(address, headers={"accept-language": "de"}).content.decode()


def test_a_signed_in_entrant_sees_the_same_page_without_organizers_links(client):
    contest = ContestFactory(closes_at=moment(3) + timedelta(hours=1))
    client.force_login(UserFactory(), backend=BACKEND)

    assert reverse("organizer_regulation", args=[contest.slug]) not in page(client, contest)
