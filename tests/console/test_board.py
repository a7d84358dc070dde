"""The organizer's board: numbers, what waits for a person, and who may look."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.entries.models import Entry, Essay
from essays.ledger import clock
from essays.outbox.actions import Draft, queue
from essays.outbox.models import Letter
from essays.people.models import User
from judging.console.board import board_of
from judging.panels.models import Seat
from judging.ranking import actions as ranking_actions
from judging.results import actions
from tests.factories.judged import Judged, judged_contest
from tests.factories.story import (
    AssignmentFactory,
    ContestFactory,
    ContestOrganizerFactory,
    SeatFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    """Five admitted entries: two fully scored, one half, one only assigned, one held; one file failed."""
    made = judged_contest([(55, 35), (54, 36)], [(45, 30), (46, 30)])
    half = made.add((40, 30))
    AssignmentFactory(copy=half, seat=made.seats[1], contest=made.contest)
    given = made.add()
    for seat in made.seats:
        AssignmentFactory(copy=given, seat=seat, contest=made.contest)
    held = made.add()
    BlindCopy.objects.filter(pk=held.pk).update(state=BlindCopy.State.HELD)
    failed = made.add()
    Essay.objects.filter(blind_copy=failed).update(state=Essay.State.FAILED, blind_copy=None)
    Entry.objects.filter(code=failed.code).update(state=Entry.State.RECEIVED)
    failed.delete()
    SeatFactory(contest=made.contest, user=None, email="invited@example.org", state=Seat.State.INVITED)
    return made


def board(judged: Judged, user: User | None) -> tuple[int, str]:
    client = Client(headers={"accept-language": "en"})
    if user:
        client.force_login(user)
    answer = client.get(reverse("organizer_board", args=[judged.contest.slug]))
    return answer.status_code, answer.content.decode()


def test_every_entry_is_counted_where_it_stands(judged: Judged) -> None:
    numbers = board_of(judged.contest, clock.now())

    assert (numbers.received, numbers.admitted, numbers.to_decide) == (6, 5, 1)
    assert (numbers.copies_made, numbers.copies_held, numbers.copies_failed, numbers.copies_owed) == (5, 1, 1, 0)
    assert (numbers.in_competition, numbers.assigned, numbers.reviewed, numbers.ranked) == (4, 4, 2, 0)
    assert (numbers.reviews_open, numbers.reviews_wanted) == (3, 8)
    assert (numbers.seats_accepted, numbers.seats_invited) == (2, 1)


def test_what_waits_for_a_person_is_named_with_its_place(judged: Judged) -> None:
    (letter,) = queue([Draft(name="receipt", to="x@example.org", key="k", contest_id=judged.contest.pk)])
    Letter.objects.filter(pk=letter).update(state=Letter.State.FAILED)

    status, text = board(judged, judged.organizer)

    assert status == 200
    for words in (
        "1 file could not be read",
        "1 blind copy waits for a look",
        "1 letter could not be sent",
        "1 entry waits for admission",
        "1 judge has not answered the invitation",
        "3 reviews are overdue",
    ):
        assert words in text
    assert reverse("organizer_entries", args=[judged.contest.slug]) + "?copy=failed" in text


def test_the_board_leads_to_the_next_act() -> None:
    judged = judged_contest([(55, 35), (54, 36)], [(45, 30), (46, 30)])
    assert "Everything is scored: the ranking can be approved" in board(judged, judged.organizer)[1]

    digest = ranking_actions.propose(judged.contest).digest
    ranking = ranking_actions.approve(judged.contest, judged.organizer, digest)
    assert "the results can be announced" in board(judged, judged.organizer)[1]

    actions.complete(actions.announce(judged.contest, judged.organizer, seen=ranking.sha256).pk)
    assert "Nothing waits for you: the results are out." in board(judged, judged.organizer)[1]


def test_the_board_of_a_draft_leads_to_its_regulation() -> None:
    contest = ContestFactory(state=Contest.State.DRAFT)
    maria = ContestOrganizerFactory(contest=contest).user
    client = Client(headers={"accept-language": "en"})
    client.force_login(maria)

    text = client.get(reverse("organizer_board", args=[contest.slug])).content.decode()

    assert "The contest is a draft: fill in the regulation and publish it" in text
    assert "Nothing waits for you" not in text


def test_the_board_knows_no_names_and_no_codes(judged: Judged) -> None:
    text = board(judged, judged.organizer)[1]
    for entry in judged.entries:
        assert entry.surname not in text
        assert entry.code not in text


def test_the_board_asks_the_database_equally_often(judged: Judged) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert board(judged, judged.organizer)[0] == 200
        return len(seen)

    before = queries()
    for marks in (30, 31, 32):
        judged.add((marks, 30), (marks, 30))
    assert queries() == before


@pytest.mark.parametrize(
    ("who", "status"),
    [("outsider", 302), ("stranger", 404), ("author", 404), ("judge", 404), ("another organizer", 404)],
)
def test_the_board_is_the_organizers(judged: Judged, who: str, status: int) -> None:
    users = {
        "outsider": None,
        "stranger": UserFactory(),
        "author": judged.entries[0].owner,
        "judge": judged.seats[0].user,
        "another organizer": judged_contest().organizer,
    }
    assert board(judged, users[who])[0] == status
