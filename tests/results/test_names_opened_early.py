"""A name before approval: a reason, two organizers, a day, and every look in the ledger. Never for those who judge."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from essays.entries.unblinding import open_early
from essays.ledger import clock
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from judging.panels.models import Seat
from judging.ranking import actions as ranking
from judging.results import openings
from judging.results.opening_models import NameOpening
from tests.factories.judged import Judged
from tests.factories.story import ContestOrganizerFactory, SeatFactory

pytestmark = pytest.mark.django_db

REASON = "Поступила жалоба на заимствование: нужно спросить автора о черновиках."


def signed_in(user: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


class Two:
    """Two organizers, a third one, and the page of the first entry."""

    def __init__(self, judged: Judged) -> None:
        self.judged, self.entry, self.copy = judged, judged.entries[0], judged.copies[0]
        self.path = reverse("organizer_name", args=[judged.contest.slug, self.copy.code])
        self.one = judged.organizer
        self.other, self.third = (ContestOrganizerFactory(contest=judged.contest).user for _ in range(2))

    def asked(self) -> NameOpening:
        openings.ask(self.judged.contest, self.copy, self.one, REASON)
        return NameOpening.objects.get()

    def confirmed(self) -> NameOpening:
        opening = self.asked()
        openings.confirm(opening, self.other)
        return opening


@pytest.fixture
def two(judged: Judged) -> Two:
    return Two(judged)


def test_two_organizers_open_one_name_by_the_page_and_the_secretary_is_told(two: Two) -> None:
    secretary = SeatFactory(contest=two.judged.contest, role=Seat.Role.SECRETARY)
    one, other, third = (signed_in(user) for user in (two.one, two.other, two.third))
    name = two.entry.surname

    asked = one.post(two.path, {"act": "ask", "reason": REASON})
    opening = NameOpening.objects.get()
    waiting = other.get(two.path).content.decode()
    other.post(two.path, {"act": "confirm", "opening": opening.pk})
    closed = [client.get(two.path).content.decode() for client in (one, other, third)]
    shown = [client.post(two.path, {"act": "look", "opening": opening.pk}) for client in (one, other, third)]

    assert asked.status_code == 302
    assert REASON in waiting and "Confirm" in waiting
    assert [name in page for page in (waiting, *closed)] == [False] * 4
    assert [name in answer.content.decode() for answer in shown] == [True, True, False]
    assert shown[0]["Cache-Control"] == "private, no-store"
    told = dict(Letter.objects.filter(name__startswith="name_opening").values_list("to", "name"))
    assert told == {
        two.other.email: "name_opening_asked",
        two.third.email: "name_opening_asked",
        secretary.email: "name_opening_told",
    }
    assert not [letter for letter in Letter.objects.all() if name in str(letter.context)]
    acts = LedgerEvent.objects.filter(subject_kind="nameopening").order_by("pk").values_list("action", "actor_ref")
    assert list(acts) == [
        ("nameopening.asked", two.one.pk),
        ("nameopening.confirmed", two.other.pk),
        ("nameopening.shown", two.one.pk),
        ("nameopening.shown", two.other.pk),
    ]


def test_nobody_gives_both_words(two: Two) -> None:
    opening = two.asked()

    page = signed_in(two.one).get(two.path).content.decode()
    answer = signed_in(two.one).post(two.path, {"act": "confirm", "opening": opening.pk})

    assert 'value="confirm"' not in page
    assert "another organizer" in answer.content.decode()
    opening.refresh_from_db()
    assert opening.state == "asked"
    opening.confirmed_by, opening.confirmed_at = two.one, clock.now()
    with pytest.raises(PermissionError):
        open_early(opening, actor=two.one)


def test_without_a_reason_nothing_is_asked(two: Two) -> None:
    answer = signed_in(two.one).post(two.path, {"act": "ask", "reason": "надо"})

    assert set(answer.context["form"].errors) == {"reason"}
    assert not NameOpening.objects.exists()


def test_the_second_word_comes_in_time_or_not_at_all(two: Two) -> None:
    opening = two.asked()
    NameOpening.objects.update(until=clock.now() - timedelta(minutes=1))
    opening.refresh_from_db()

    with pytest.raises(openings.Refused):
        openings.confirm(opening, two.other)
    assert "nobody confirmed it in time" in signed_in(two.other).get(two.path).content.decode()
    openings.ask(two.judged.contest, two.copy, two.other, REASON)

    assert list(NameOpening.objects.order_by("pk").values_list("state", flat=True)) == ["dropped", "asked"]


def test_the_name_closes_again_after_a_day(two: Two) -> None:
    opening = two.confirmed()
    NameOpening.objects.update(until=clock.now() - timedelta(minutes=1))

    answer = signed_in(two.one).post(two.path, {"act": "look", "opening": opening.pk})

    assert two.entry.surname not in answer.content.decode()
    assert not LedgerEvent.objects.filter(action="nameopening.shown").exists()


def test_one_name_is_opened_and_no_other(two: Two) -> None:
    opening = two.confirmed()
    elsewhere = reverse("organizer_name", args=[two.judged.contest.slug, two.judged.copies[1].code])

    assert signed_in(two.one).post(elsewhere, {"act": "look", "opening": opening.pk}).status_code == 404


@pytest.mark.parametrize("word", ["ask", "confirm", "look"])
def test_whoever_judges_never_learns_a_name(two: Two, word: str) -> None:
    opening = two.asked() if word == "confirm" else two.confirmed() if word == "look" else None
    SeatFactory(contest=two.judged.contest, user=two.other)

    answer = signed_in(two.other).post(
        two.path, {"act": word, "reason": REASON, "opening": opening.pk if opening else ""}
    )

    assert "whoever gives points never learns a name" in answer.content.decode()
    assert two.entry.surname not in answer.content.decode()
    assert NameOpening.objects.filter(state="confirmed").count() == (word == "look")


def test_a_wish_is_called_off_and_another_one_may_follow(two: Two) -> None:
    opening = two.asked()
    with pytest.raises(openings.Refused):
        openings.ask(two.judged.contest, two.copy, two.other, REASON)

    signed_in(two.other).post(two.path, {"act": "drop", "opening": opening.pk})

    answer = signed_in(two.third).post(two.path, {"act": "confirm", "opening": opening.pk})
    assert "Somebody else was quicker" in answer.content.decode()
    openings.ask(two.judged.contest, two.copy, two.other, REASON)
    assert NameOpening.objects.waiting().count() == 1


def test_one_organizer_alone_opens_nothing_and_after_approval_there_is_no_need(judged: Judged) -> None:
    with pytest.raises(openings.Refused):
        openings.ask(judged.contest, judged.copies[0], judged.organizer, REASON)
    two = Two(judged)
    opening = two.confirmed()
    ranking.approve(judged.contest, two.one, ranking.propose(judged.contest).digest)

    with pytest.raises(openings.Refused):
        openings.look(opening, two.one)


def test_the_page_asks_as_often_for_three_wishes_as_for_one(two: Two, django_assert_max_num_queries: Any) -> None:
    client, counts = signed_in(two.one), []
    for times in (1, 2):
        for _number in range(times):
            openings.drop(opening := NameOpening.objects.get(pk=two_asked(two)), two.one)
            assert opening.state == "dropped"
        client.get(two.path)
        with django_assert_max_num_queries(15) as asked:
            client.get(two.path)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def two_asked(two: Two) -> int:
    openings.ask(two.judged.contest, two.copy, two.one, REASON)
    return NameOpening.objects.waiting().get().pk
