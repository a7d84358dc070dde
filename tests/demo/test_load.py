"""The demo as it is loaded: a contest in each stage, everything in order, nobody recognisable, nothing twice."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from demo import load as loading
from demo import logins
from demo.load import is_told
from demo.seasons import SEASONS
from demo.wipe import wipe
from essays.anonymity.models import BlindCopy, CopyAlarm
from essays.contests.calendar import Stage
from essays.contests.models import Contest
from essays.entries.models import Entry, Essay
from essays.ledger import clock
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from essays.outbox.words import reason_of
from essays.people.models import Institution, Municipality, User, searchable
from judging.anchors.models import AnchorReading
from judging.appeals.access import award_to_appeal
from judging.appeals.models import Appeal, AppealMember
from judging.assignments.models import Assignment, Recusal
from judging.console.invariants import INVARIANTS
from judging.panels.models import Seat
from judging.ranking.actions import propose
from judging.results.models import Announcement, Diploma
from judging.reviews.models import Review
from judging.session.models import Question

COUNTED = (
    Contest, User, Institution, Municipality, Entry, Essay, BlindCopy, Seat, Assignment, Review, Letter, Diploma,
    Announcement, LedgerEvent,
)  # fmt: skip
pytestmark = pytest.mark.django_db
ANNOUNCED, DECIDING, JUDGING, INTAKE, DRAFT, APPROVED = (season.slug for season in SEASONS)


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once for the module, and forgotten after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", "--small", verbosity=0)
        yield
        transaction.set_rollback(True)


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in COUNTED}


def test_there_is_a_contest_in_every_stage() -> None:
    now = clock.now()
    assert {slug: Contest.objects.get(slug=slug).stage_at(now) for slug in (one.slug for one in SEASONS)} == {
        ANNOUNCED: Stage.ANNOUNCED,
        DECIDING: Stage.DECIDING,
        JUDGING: Stage.JUDGING,
        INTAKE: Stage.INTAKE,
        DRAFT: Stage.DRAFT,
        APPROVED: Stage.DECIDING,
    }


@pytest.mark.parametrize("invariant", INVARIANTS, ids=lambda one: one.name)
def test_every_invariant_holds(invariant: Any) -> None:
    assert list(invariant.violations()) == []


def test_no_blind_copy_shows_the_surname_of_an_author_or_mentor() -> None:
    seen = []
    for essay in Essay.objects.exclude(blind_copy=None).select_related("entry", "blind_copy"):
        copy, entry = essay.blind_copy, essay.entry
        assert copy is not None
        shown = searchable(f"{copy.title} {copy.text} {copy.html}")
        for surname in (entry.surname, entry.mentor_surname):
            if surname and searchable(surname)[:-1] in shown:
                seen.append((essay.original_name, surname))
    assert seen == []


def test_loading_again_changes_nothing() -> None:
    before = counts()
    call_command("load_demo", "--small", verbosity=0)
    assert counts() == before


def test_a_season_that_was_interrupted_is_told_anew_and_nothing_is_doubled() -> None:
    class Interrupted(Exception):
        pass

    def say(words: str) -> None:
        if words == f"{INTAKE}: № 2":
            raise Interrupted

    before = counts()
    wipe(Contest.objects.get(slug=INTAKE))
    with pytest.raises(Interrupted):
        loading.load(say, small=True)
    half = Contest.objects.get(slug=INTAKE)
    assert half.entries.count() == 2
    assert not is_told(half)

    assert loading.load(lambda words: None, small=True) == 1

    # The ledger forgets nothing: it alone tells of the attempts.
    assert {**counts(), "LedgerEvent": 0} == {**before, "LedgerEvent": 0}


def test_the_open_season_has_an_entry_in_every_state() -> None:
    entries = Entry.objects.filter(contest__slug=INTAKE)
    assert Counter(entries.values_list("state", flat=True)) == {
        "draft": 1,
        "received": 4,
        "admitted": 1,
        "returned": 1,
        "rejected": 1,
        "withdrawn": 1,
    }
    assert entries.get(state="draft").owner.email == logins.STUDENT
    copies = BlindCopy.objects.filter(contest__slug=INTAKE)
    held = copies.filter(state=BlindCopy.State.HELD).values_list("doubts", flat=True)
    assert len(held) == 3
    assert {code for codes in held for code in codes} >= {"entrant_remark", "misspelt_surname", "pictures_unpainted"}
    assert copies.filter(state=BlindCopy.State.SUPERSEDED).count() == 1


def test_the_guardian_of_the_mentors_pupil_has_not_answered_yet() -> None:
    from essays.entries.consents import missing

    entry = Entry.objects.get(contest__slug=INTAKE, owner__email=logins.MENTOR)
    assert [str(signer) for signer in missing(entry)] == ["entrant", "guardian"]


def test_the_jury_is_half_way_one_essay_waits_for_a_third_and_somebody_recused_themselves() -> None:
    standing = Assignment.objects.filter(contest__slug=JUDGING)
    assert standing.done().exists() and standing.waiting().exists()
    assert standing.waiting().filter(round=Assignment.Round.THIRD).count() == 1
    reasons = Recusal.objects.filter(assignment__contest__slug=JUDGING).values_list("reason", flat=True)
    assert sorted(reasons) == [Recusal.Reason.IDENTITY_VISIBLE, Recusal.Reason.KNOWS_AUTHOR]


def test_nothing_but_the_open_meeting_stands_against_the_ranking_to_be_decided() -> None:
    proposal = propose(Contest.objects.get(slug=DECIDING))
    assert [problem.code for problem in proposal.problems] == ["session_open"]
    assert any(cell.merged for cell in proposal.cells)
    questions = Question.objects.filter(session__contest__slug=DECIDING)
    assert [(one.state, one.ballots.count() > 0) for one in questions] == [("settled", True), ("open", False)]


def test_there_is_an_appeal_in_each_state_and_the_demos_people_have_something_to_do() -> None:
    contest = Contest.objects.get(slug=ANNOUNCED)
    appeals = Appeal.objects.filter(contest=contest)
    assert Counter(appeals.values_list("state", "outcome")) == {
        ("filed", ""): 1,
        ("hearing", ""): 1,
        ("decided", "raised"): 1,
    }
    (hearing,) = AppealMember.objects.open().filter(seat__user__email=logins.JUDGE)
    assert (hearing.heard, hearing.appeal.members.exclude(found_at=None).count()) == (False, 2)
    student = User.objects.get(email=logins.STUDENT)
    own = Entry.objects.select_related("contest").get(contest=contest, owner=student)
    assert award_to_appeal(student, own, clock.now()) is not None


def test_an_announcement_waits_for_a_second_organizer() -> None:
    waiting = Announcement.objects.get(contest__slug=APPROVED)
    assert waiting.state == Announcement.State.PROPOSED and waiting.at > clock.now()
    assert waiting.announced_by.email == logins.SECRETARY
    assert waiting.contest.organizers.filter(user__email=logins.ORGANIZER).exists()


def test_anchors_are_read_and_a_judge_has_raised_an_alarm() -> None:
    readings = AnchorReading.objects.filter(anchor__contest__slug=JUDGING)
    assert set(readings.values_list("turn", flat=True)) == {1, 2}
    (alarm,) = CopyAlarm.objects.filter(settled=False)
    assert (alarm.copy.contest.slug, alarm.copy.state) == (JUDGING, BlindCopy.State.HELD)


def test_letters_that_came_back_have_their_reason() -> None:
    failed = Letter.objects.filter(state=Letter.State.FAILED)
    assert Counter(failed.values_list("contest__slug", "name")) == {
        (INTAKE, "receipt"): 1,
        (INTAKE, "guardian_request"): 1,
    }
    assert all(reason_of(letter) for letter in failed)


def test_every_season_can_be_wiped() -> None:
    with transaction.atomic():
        for slug in (season.slug for season in SEASONS):
            wipe(Contest.objects.get(slug=slug))
        assert not Contest.objects.filter(slug__in=[season.slug for season in SEASONS]).exists()
        transaction.set_rollback(True)


def test_the_announced_season_has_documents_and_its_letters_are_not_sent_again() -> None:
    contest = Contest.objects.get(slug=ANNOUNCED)
    admitted = contest.entries.filter(state=Entry.State.ADMITTED).count()
    kinds = [Diploma.Kind.DIPLOMA, Diploma.Kind.CERTIFICATE]
    assert Diploma.objects.filter(award__announcement__contest=contest, kind__in=kinds).count() == admitted
    assert set(Letter.objects.filter(contest=contest).values_list("state", flat=True)) == {"sent"}


def test_everything_happened_while_the_calendar_allowed_it() -> None:
    for entry in Entry.objects.exclude(received_at=None).select_related("contest"):
        assert entry.received_at is not None
        assert entry.contest.opens_at <= entry.received_at < entry.contest.closes_at
    for review in Review.objects.exclude(submitted_at=None).select_related("assignment__contest"):
        contest = review.assignment.contest
        assert contest.judging_starts_at <= review.submitted_at < contest.session_ends_at
    told = LedgerEvent.objects.exclude(action=loading.TOLD)
    assert not told.filter(at__gt=clock.now()).exists()


@pytest.mark.parametrize("login", logins.LOGINS, ids=lambda login: login.email)
def test_every_demo_person_may_sign_in(login: logins.Login) -> None:
    from allauth.account.models import EmailAddress

    user = User.objects.get(email=login.email)
    assert user.check_password(login.password)
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()
