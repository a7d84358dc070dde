"""Meetings and appeals that break what must be true are found."""

from decimal import Decimal

import pytest

from essays.ledger import clock
from judging.appeals import access, actions
from judging.appeals.models import AppealMember
from judging.console import invariants_of_hearings as invariants
from judging.ranking import actions as ranking
from judging.ranking.models import CorrectedScore
from judging.results import actions as results
from judging.session import actions as session
from judging.session.models import Attendance, JurySession, Question
from tests.factories.judged import judged_contest
from tests.factories.story import SeatFactory

pytestmark = pytest.mark.django_db


def test_an_appeal_heard_by_a_reader_or_not_counted_is_found() -> None:
    made = judged_contest([(55, 35), (54, 36)], [(45, 30), (46, 30)])
    for _number in range(3):
        SeatFactory(contest=made.contest)
    approved = ranking.approve(made.contest, made.organizer, ranking.propose(made.contest).digest)
    results.complete(results.announce(made.contest, made.organizer, seen=approved.sha256).pk)
    made.contest.refresh_from_db()
    entry = made.entries[1]
    entry.refresh_from_db()
    appeal = actions.file(entry, entry.owner, "Не согласен с баллами по первому критерию.")
    actions.blind(appeal.pk)
    appeal.refresh_from_db()
    actions.appoint(appeal, made.organizer, access.able_to_hear(appeal))
    for member in appeal.members.all():
        actions.hear(member, made.organizer, {"1": Decimal(50)}, "Первый критерий недооценён.")
    actions.decide(appeal, made.organizer, answer="Первый критерий недооценён, балл повышен.")
    assert [*invariants.appeals_are_heard_afresh.violations(), *invariants.appeals_are_decided_whole.violations()] == []

    CorrectedScore.objects.update(total=1)
    AppealMember.objects.filter(pk=appeal.members.first().pk).update(seat=made.seats[0])  # type: ignore[union-attr]

    assert len(list(invariants.appeals_are_heard_afresh.violations())) == 1
    assert len(list(invariants.appeals_are_decided_whole.violations())) == 1


def test_a_vote_of_somebody_who_was_not_there_is_found() -> None:
    made = judged_contest([(55, 35), (54, 36)])
    meeting = session.open_session(
        made.contest, made.organizer, held_at=clock.now(), place="", quorum=JurySession.Quorum.HALF
    )
    session.note_attendance(meeting, made.organizer, {seat.pk: "present" for seat in made.seats})
    question = session.put_question(meeting, made.organizer, kind=Question.Kind.DECISION, text="Решаем?")
    session.settle(question, made.organizer, {seat.pk: "yes" for seat in made.seats})
    assert list(invariants.votes_of_those_present.violations()) == []

    Attendance.objects.filter(seat=made.seats[0]).update(presence="absent")

    assert len(list(invariants.votes_of_those_present.violations())) == 1
