import pytest

from judging.ranking import actions as ranking
from judging.ranking.models import Ranking
from judging.results import actions
from judging.results.models import Announcement
from tests.factories.judged import Judged, judged_contest


@pytest.fixture
def judged() -> Judged:
    """Four judged entries: a winner, two prize-winners (the second not to be named), one without an award."""
    made = judged_contest([(55, 35), (54, 36)], [(45, 30), (46, 30)])
    made.add((40, 19), (40, 22), named=False, mentor="Наставникова")
    made.add((20, 10), (21, 10))
    return made


@pytest.fixture
def approved(judged: Judged) -> Ranking:
    return ranking.approve(judged.contest, judged.organizer, ranking.propose(judged.contest).digest)


@pytest.fixture
def announced(judged: Judged, approved: Ranking) -> Announcement:
    made = actions.announce(judged.contest, judged.organizer, seen=approved.sha256)
    actions.complete(made.pk)
    made.refresh_from_db()
    return made
