"""Two at once: approvals, approval against a review, announcements, completions. Real threads, real transactions."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from essays.outbox.models import Letter
from judging.console.invariants import INVARIANTS
from judging.ranking import actions as ranking_actions
from judging.ranking.models import Ranking
from judging.results import actions
from judging.results.models import Announcement, Award, Diploma
from judging.reviews import actions as reviews
from judging.reviews.models import Review
from tests.factories.judged import Judged, judged_contest
from tests.factories.story import ContestOrganizerFactory, moment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def judged() -> Judged:
    return judged_contest([(55, 35), (54, 36)], [(45, 30), (46, 30)], [(20, 10), (21, 10)])


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave or raised, all started together."""
    gate = threading.Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)

    def run(index: int, act: Callable[[], Any]) -> None:
        try:
            gate.wait()
            outcomes[index] = act()
        except Exception as refusal:
            outcomes[index] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def broken() -> list[str]:
    return [one.name for one in INVARIANTS if list(one.violations())]


def test_of_two_approvals_one_wins_and_the_other_is_told(judged: Judged) -> None:
    other = ContestOrganizerFactory(contest=judged.contest).user
    seen = ranking_actions.propose(judged.contest).digest

    outcomes = at_once(
        lambda: ranking_actions.approve(judged.contest, judged.organizer, seen),
        lambda: ranking_actions.approve(judged.contest, other, seen),
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["Ranking", "Refused"]
    assert Ranking.objects.count() == 1
    assert broken() == []


def test_a_review_reopened_during_the_approval_is_in_it_or_stops_it(judged: Judged) -> None:
    judged.contest.judging_ends_at = moment(2)
    judged.contest.save()
    seen = ranking_actions.propose(judged.contest).digest
    review = Review.objects.select_related("assignment__contest", "assignment__copy", "assignment__seat__user").first()

    approval, reopening = at_once(
        lambda: ranking_actions.approve(judged.contest, judged.organizer, seen),
        lambda: reviews.reopen(review, actor=review.assignment.seat.user),
    )

    review.refresh_from_db()
    if isinstance(approval, Ranking):
        assert isinstance(reopening, reviews.Closed)
        assert review.state == Review.State.SUBMITTED
    else:
        assert isinstance(approval, ranking_actions.Refused)
        assert (reopening, review.state) == (None, Review.State.DRAFT)
    assert broken() == []


def test_of_two_announcements_one_wins_and_the_other_is_told(judged: Judged) -> None:
    other = ContestOrganizerFactory(contest=judged.contest).user
    digest = ranking_actions.propose(judged.contest).digest
    seen = ranking_actions.approve(judged.contest, judged.organizer, digest).sha256

    outcomes = at_once(
        lambda: actions.announce(judged.contest, judged.organizer, seen=seen),
        lambda: actions.announce(judged.contest, other, seen=seen),
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["Announcement", "Refused"]
    assert Announcement.objects.count() == 1


def test_two_schedulers_complete_one_announcement_once(judged: Judged) -> None:
    digest = ranking_actions.propose(judged.contest).digest
    seen = ranking_actions.approve(judged.contest, judged.organizer, digest).sha256
    made = actions.announce(judged.contest, judged.organizer, seen=seen)

    at_once(*[lambda: actions.complete(made.pk)] * 3)
    actions.complete(made.pk)

    assert (Award.objects.count(), Diploma.objects.count(), Letter.objects.count()) == (3, 3, 5)
    assert broken() == []
