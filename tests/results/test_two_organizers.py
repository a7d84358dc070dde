"""Where a contest asks for it, results take two people: one decides, another one confirms."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from essays.contests import team
from essays.contests.problems import Refused as ContestRefused
from essays.ledger import clock
from essays.ledger.models import LedgerEvent
from essays.people.models import User
from judging.ranking.models import Ranking
from judging.results import access, actions, tasks
from judging.results.models import Announcement
from tests.factories.judged import Judged
from tests.factories.story import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(judged: Judged) -> User:
    colleague = UserFactory()
    judged.contest.organizers.create(user=colleague)
    type(judged.contest).objects.filter(pk=judged.contest.pk).update(two_announce=True)
    judged.contest.refresh_from_db()
    return colleague


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def decide(judged: Judged, approved: Ranking) -> Announcement:
    return actions.announce(judged.contest, judged.organizer, seen=approved.sha256)


def test_one_decision_alone_opens_nothing(judged: Judged, second: User, approved: Ranking) -> None:
    made = decide(judged, approved)
    tasks.sweep_announcements()
    actions.complete(made.pk)

    made.refresh_from_db()
    assert made.state == Announcement.State.PROPOSED
    assert access.readable(judged.contest, clock.now()) is None
    assert not made.awards.exists()


def test_the_second_word_announces(judged: Judged, second: User, approved: Ranking) -> None:
    made = decide(judged, approved)
    client = signed_in(second)
    page = client.get(reverse("organizer_results", args=[judged.contest.slug])).content.decode()
    assert "Confirm and announce" in page

    client.post(
        reverse("organizer_results_confirm", args=[judged.contest.slug]), {"seen": approved.sha256, "word": "announce"}
    )
    tasks.sweep_announcements()

    made.refresh_from_db()
    assert (made.state, made.announced_by, made.confirmed_by) == ("announced", judged.organizer, second)
    assert access.readable(judged.contest, clock.now()) is not None
    acts = (
        LedgerEvent.objects.filter(action__startswith="announcement.").order_by("pk").values_list("action", flat=True)
    )
    assert list(acts) == [
        "announcement.proposed",
        "announcement.confirmed",
        "announcement.announced",
        "announcement.completed",
    ]


def test_nobody_gives_both_words(judged: Judged, second: User, approved: Ranking) -> None:
    decide(judged, approved)
    client = signed_in(judged.organizer)

    page = client.get(reverse("organizer_results", args=[judged.contest.slug])).content.decode()
    refused = client.post(
        reverse("organizer_results_confirm", args=[judged.contest.slug]), {"seen": approved.sha256, "word": "announce"}
    ).content.decode()

    assert "Confirm and announce" not in page
    assert "the second word is another organizer" in refused
    assert access.readable(judged.contest, clock.now()) is None


def test_the_second_word_needs_the_word(judged: Judged, second: User, approved: Ranking) -> None:
    decide(judged, approved)

    answer = signed_in(second).post(
        reverse("organizer_results_confirm", args=[judged.contest.slug]), {"seen": approved.sha256, "word": "ok"}
    )

    assert set(answer.context["form"].errors) == {"word"}
    assert Announcement.objects.get().state == "proposed"


def test_a_decision_that_waited_past_its_moment_counts_from_the_second_word(
    judged: Judged, second: User, approved: Ranking
) -> None:
    made = decide(judged, approved)
    Announcement.objects.update(at=clock.now() - timedelta(hours=3))

    confirmed = actions.confirm(judged.contest, second, seen=approved.sha256)

    assert clock.now() - confirmed.at < timedelta(minutes=1)
    assert confirmed.pk == made.pk


def test_a_decision_is_called_off_by_either(judged: Judged, second: User, approved: Ranking) -> None:
    decide(judged, approved)

    actions.call_off(judged.contest, second)

    assert not Announcement.objects.exists()
    approved.refresh_from_db()
    assert approved.settled_at is None


def test_the_rule_of_two_needs_two_and_stays_once_essays_are_with_judges(judged: Judged) -> None:
    with pytest.raises(ContestRefused):
        team.let_two_announce(judged.contest, True, actor=judged.organizer)
    colleague = UserFactory()
    judged.contest.organizers.create(user=colleague)
    signed_in(judged.organizer).post(reverse("organizer_team_two", args=[judged.contest.slug]), {"two": "yes"})
    judged.contest.refresh_from_db()
    assert judged.contest.two_announce is True

    with pytest.raises(ContestRefused):
        team.let_two_announce(judged.contest, False, actor=judged.organizer)
    with pytest.raises(ContestRefused):
        team.remove_organizer(judged.contest, colleague.pk, actor=judged.organizer)
