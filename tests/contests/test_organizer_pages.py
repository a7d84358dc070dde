"""The organizer's pages of a contest: who gets in, the home, a new contest, publishing, intake, the team."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from essays.contests import team
from essays.contests.models import Contest
from essays.entries.models import Entry
from essays.outbox.models import Letter
from tests.contests.typed import ENGLISH
from tests.factories.regulations import complete_draft, draft, organizer, published
from tests.factories.story import ContestOrganizerFactory, SeatFactory, UserFactory, moment

pytestmark = pytest.mark.django_db

PAGES = [
    "organizer_regulation",
    "organizer_texts",
    "organizer_requirements",
    "organizer_calendar",
    "organizer_categories",
    "organizer_nominations",
    "organizer_consents",
    "organizer_team",
    "organizer_rubric",
    "organizer_rules",
    "organizer_awards",
    "organizer_ledger",
    "organizer_letters",
    "organizer_reopen_intake",
]
ACTS = ["organizer_publish", "organizer_unpublish", "organizer_archive", "organizer_close_intake"]


@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_for_the_contests_team_alone(signed_in, client, maria, name):
    contest = published(maria)
    address = reverse(name, args=[contest.slug])
    judge = SeatFactory(contest=contest).user
    other_team = ContestOrganizerFactory().user
    entrant = Entry.objects.create(contest=contest, owner=UserFactory(), code="T1").owner

    assert client.get(address).status_code == 302  # to the log-in
    for stranger in (judge, other_team, entrant, organizer()):
        assert signed_in(stranger).get(address).status_code == 404
        assert client.post(address, {"act": "save"}).status_code == 404
    assert signed_in(maria).get(address).status_code == 200


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_for_the_contests_team_alone_and_only_by_post(signed_in, maria, name):
    contest = complete_draft(maria)
    address = reverse(name, args=[contest.slug])

    assert signed_in(organizer()).post(address).status_code == 404
    assert signed_in(maria).get(address).status_code == 405
    assert signed_in(maria).post(address).url == reverse("organizer_regulation", args=[contest.slug])


def test_a_new_contest_is_for_those_who_may_create_contests(signed_in, maria):
    address = reverse("organizer_new")

    assert signed_in(UserFactory()).get(address).status_code == 404
    assert signed_in(maria).get(address).status_code == 200


def test_the_home_of_organizers_is_hidden_from_others(signed_in, maria):
    address = reverse("organizer_home")

    assert signed_in(UserFactory()).get(address).status_code == 404
    assert signed_in(maria).get(address).status_code == 200
    assert signed_in(ContestOrganizerFactory().user).get(address).status_code == 200


def test_a_contest_is_made_in_its_own_zone(signed_in, maria):
    client = signed_in(maria)
    given = {
        "title_ru": "Новый",
        "slug": "new-one",
        "time_zone": "Europe/Moscow",
        "opens_at": "2027-02-01T00:00",
        "closes_at": "2027-03-01T23:59",
    }

    answer = client.post(reverse("organizer_new"), given)

    assert answer.url == reverse("organizer_regulation", args=["new-one"])
    contest = Contest.objects.get()
    assert contest.opens_at == datetime(2027, 1, 31, 21, 0, tzinfo=UTC)
    assert contest.closes_at == datetime(2027, 3, 1, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_at": "2027-01-01T00:00"}, "closes_at"),
        ({"slug": "institutions"}, "slug"),
        ({"slug": "taken"}, "slug"),
        ({"opens_at": "tomorrow"}, "opens_at"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
    ],
)
def test_what_is_wrong_with_a_new_contest_is_said_beside_the_field(signed_in, maria, changes, field):
    draft(maria, "taken")
    given = {
        "title_ru": "Новый",
        "slug": "new-one",
        "time_zone": "Europe/Moscow",
        "opens_at": "2027-02-01T00:00",
        "closes_at": "2027-03-01T23:59",
    } | changes

    answer = signed_in(maria).post(reverse("organizer_new"), given)

    assert list(answer.context["form"].errors) == [field]
    assert 'value="Новый"' in answer.content.decode()


def test_only_ones_own_contests_can_be_copied(signed_in, maria):
    theirs = published(organizer(), "theirs")

    answer = signed_in(maria).post(reverse("organizer_new"), {"source": theirs.pk})

    assert "source" in answer.context["form"].errors


def test_publishing_from_the_overview(signed_in, maria):
    contest = complete_draft(maria)
    client = signed_in(maria)

    assert (
        "Publish the contest"
        in client.get(reverse("organizer_regulation", args=[contest.slug]), headers=ENGLISH).content.decode()
    )
    client.post(reverse("organizer_publish", args=[contest.slug]))

    contest.refresh_from_db()
    assert contest.state == Contest.State.PUBLISHED


def test_an_unfinished_draft_names_its_problems_instead_of_a_button(signed_in, maria):
    contest = draft(maria)

    html = signed_in(maria).get(reverse("organizer_regulation", args=[contest.slug]), headers=ENGLISH).content.decode()

    assert "There is no nomination: nobody could enter." in html
    assert "The rubric has no criterion: judges could not score." in html
    assert "Publish the contest" not in html


def test_intake_is_closed_and_reopened_on_pages(signed_in, maria):
    contest = published(maria)
    client = signed_in(maria)
    client.post(reverse("organizer_close_intake", args=[contest.slug]))
    contest.refresh_from_db()
    assert contest.intake_closed_at is not None

    client.post(
        reverse("organizer_reopen_intake", args=[contest.slug]),
        {"closes_at": moment(8).strftime("%Y-%m-%dT23:59")},
    )

    contest.refresh_from_db()
    assert contest.intake_closed_at is None


def test_a_colleague_is_added_with_a_letter_and_taken_off(signed_in, maria, django_capture_on_commit_callbacks):
    contest, oleg = draft(maria), UserFactory(email="oleg@example.org")
    client = signed_in(maria)

    client.post(reverse("organizer_team", args=[contest.slug]), {"email": "oleg@example.org"})
    assert contest.organizers.count() == 2
    assert [letter.to for letter in Letter.objects.all()] == ["oleg@example.org"]
    address = reverse("organizer_team_remove", args=[contest.slug, oleg.pk])
    assert f'href="{address}"' in client.get(reverse("organizer_team", args=[contest.slug])).content.decode()
    asked = client.get(address, headers=ENGLISH).content.decode()
    # One tap asks, and takes nobody off.
    assert f"{oleg} will see nothing of this contest any more" in asked
    assert contest.organizers.count() == 2
    own = reverse("organizer_team_remove", args=[contest.slug, maria.pk])
    assert "You will see nothing of this contest any more." in client.get(own, headers=ENGLISH).content.decode()

    client.post(address)

    assert contest.organizers.count() == 1
    # Neither who has gone nor the last one is asked about.
    assert [client.get(one).status_code for one in (address, own)] == [302, 302]


def test_the_home_of_organizers_asks_alike_for_one_contest_and_for_three(
    signed_in, maria, django_assert_max_num_queries
):
    published(maria)
    client = signed_in(maria)
    client.get(reverse("organizer_home"))
    with django_assert_max_num_queries(15) as one:
        client.get(reverse("organizer_home"))
    for number in (1, 2):
        draft(maria, f"draft-{number}")
    with django_assert_max_num_queries(15) as three:
        html = client.get(reverse("organizer_home"), headers=ENGLISH).content.decode()

    assert len(one) == len(three)
    assert html.count("finish the regulation and publish it") == 2


def test_what_waits_is_counted_on_the_home_of_organizers(signed_in, maria):
    contest = published(maria)
    for code, state in (("A1", "received"), ("A2", "received"), ("A3", "draft")):
        number = None if state == "draft" else int(code[1])
        Entry.objects.create(contest=contest, owner=UserFactory(), code=code, state=state, number=number)
    Letter.objects.create(
        key="k",
        name="receipt",
        to="a@example.org",
        contest=contest,
        state="failed",
        next_attempt_at=moment(0),
        queued_at=moment(0),
    )

    html = signed_in(maria).get(reverse("organizer_home"), headers=ENGLISH).content.decode()

    assert "<dt>Entries</dt><dd>2</dd>" in html  # a draft counts for nothing, and takes nothing away
    assert "2 applications to check" in html
    assert "1 letter that could not be sent" in html


def test_team_and_consents_ask_alike_for_one_row_and_for_three(signed_in, maria, django_assert_max_num_queries):
    contest = draft(maria)
    client, address = signed_in(maria), reverse("organizer_team", args=[contest.slug])
    client.get(address)
    with django_assert_max_num_queries(15) as one:
        client.get(address)
    for _ in range(2):
        team.add_organizer(contest, UserFactory().email, actor=maria)
    with django_assert_max_num_queries(15) as three:
        client.get(address)

    assert len(one) == len(three)
