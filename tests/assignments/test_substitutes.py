"""An essay given back finds another reader; a disagreement finds a third."""

import pytest

from essays.anonymity.actions import release, supersede
from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from judging.assignments import actions, substitutes
from judging.assignments.models import Assignment, Recusal
from judging.assignments.tasks import sweep_assignments
from judging.rubrics.models import JudgingRules
from tests.assignments.dealt import contest_with, readers
from tests.factories.story import (
    BlindCopyFactory,
    review,
    rubric,
)


@pytest.mark.django_db
class TestRecusal:
    def test_the_essay_leaves_the_queue_and_another_judge_gets_it(self) -> None:
        contest, _seats, copies = contest_with(3, 1)
        actions.apply(contest, "lot", None)
        mine = Assignment.objects.first()
        before = readers(copies[0])

        dealt = actions.recuse(mine, Recusal.Reason.KNOWS_AUTHOR, " a neighbour ", actor=mine.seat.user)

        assert mine.seat_id not in readers(copies[0])
        assert len(readers(copies[0])) == 2 and readers(copies[0]) != before
        assert Letter.objects.get(pk__in=dealt.letters).context["count"] == 1
        assert (mine.recusal.reason, mine.recusal.note) == ("knows_author", "a neighbour")
        event = LedgerEvent.objects.get(action="assignment.recused")
        assert (event.actor_ref, "neighbour" in str(event.data)) == (mine.seat.user_id, False)

    def test_who_gave_it_back_never_gets_it_again_not_even_a_newer_version(self) -> None:
        contest, _seats, copies = contest_with(2, 1)
        actions.apply(contest, "lot", None)
        mine = Assignment.objects.first()
        actions.recuse(mine, Recusal.Reason.CONFLICT, "", actor=None)
        supersede(copies[0], None)
        newer = BlindCopyFactory(
            contest=contest, code=copies[0].code, category=copies[0].category, nomination=copies[0].nomination
        )

        actions.apply(contest, "another", None)

        assert mine.seat_id not in readers(newer)
        assert len(readers(newer)) == 1

    def test_nobody_left_is_named(self) -> None:
        contest, _seats, copies = contest_with(2, 1)
        actions.apply(contest, "lot", None)

        dealt = actions.recuse(Assignment.objects.first(), Recusal.Reason.CONFLICT, "", actor=None)

        assert dealt.short == {copies[0].code: ("too_few_judges",)}

    def test_visible_identity_holds_the_copy_and_finds_a_reader_once_it_is_released(self) -> None:
        contest, _seats, copies = contest_with(3, 1)
        actions.apply(contest, "lot", None)

        dealt = actions.recuse(Assignment.objects.first(), Recusal.Reason.IDENTITY_VISIBLE, "", actor=None)
        copies[0].refresh_from_db()
        held, waiting = copies[0].state, len(readers(copies[0]))
        release(copies[0], None)
        sweep_assignments()

        assert (held, waiting, dealt.assignments) == (BlindCopy.State.HELD, 1, [])
        assert len(readers(copies[0])) == 2

    def test_twice_is_refused(self) -> None:
        contest, _seats, _copies = contest_with(3, 1)
        actions.apply(contest, "lot", None)
        mine = Assignment.objects.first()
        stale = Assignment.objects.get(pk=mine.pk)
        actions.recuse(mine, Recusal.Reason.CONFLICT, "", actor=None)

        for again in (mine, stale):
            with pytest.raises(actions.Refused):
                actions.recuse(again, Recusal.Reason.CONFLICT, "", actor=None)
        assert Recusal.objects.count() == 1

    def test_a_scored_essay_may_be_given_back_until_results_are_frozen(self) -> None:
        contest, seats, _copies = contest_with(3, 2)
        criteria = rubric(contest)
        actions.apply(contest, "lot", None)
        first, second = (
            Assignment.objects.filter(seat=seats[0])[:2]
            if seats[0].assignments.count() > 1
            else Assignment.objects.all()[:2]
        )
        for one in (first, second):
            review(one, dict.fromkeys(criteria, 30))
            one.refresh_from_db()

        actions.recuse(first, Recusal.Reason.CONFLICT, "", actor=None)
        JudgingRules.objects.update(results_frozen_at=contest.judging_ends_at)
        contest = Contest.objects.get(pk=contest.pk)
        second = Assignment.objects.get(pk=second.pk)

        assert first.state == Assignment.State.RECUSED
        with pytest.raises(actions.Refused):
            actions.recuse(second, Recusal.Reason.CONFLICT, "", actor=None)


@pytest.mark.django_db
class TestThird:
    def test_one_third_is_appointed_however_often_it_is_asked_for(self) -> None:
        contest, _seats, copies = contest_with(4, 1)
        actions.apply(contest, "lot", None)

        first = substitutes.appoint_third(copies[0])
        second = substitutes.appoint_third(copies[0])

        third = Assignment.objects.get(round=Assignment.Round.THIRD)
        assert [one.pk for one in first.assignments] == [third.pk]
        assert (second.assignments, second.letters) == ([], [])
        assert len(readers(copies[0])) == 3
        assert Letter.objects.get(pk__in=first.letters).to == third.seat.user.email

    def test_nobody_eligible_is_named(self) -> None:
        contest, _seats, copies = contest_with(2, 1)
        actions.apply(contest, "lot", None)

        assert substitutes.appoint_third(copies[0]).short == {copies[0].code: ("too_few_judges",)}
        assert substitutes.why_no_third(contest, copies) == {copies[0].pk: ("too_few_judges",)}

    def test_a_third_who_recuses_is_replaced_by_a_third(self) -> None:
        contest, _seats, copies = contest_with(4, 1)
        actions.apply(contest, "lot", None)
        third = substitutes.appoint_third(copies[0]).assignments[0]

        actions.recuse(third, Recusal.Reason.KNOWS_AUTHOR, "", actor=None)

        standing = substitutes.third_of(copies[0])
        assert standing is not None and standing.seat_id != third.seat_id
        assert len(readers(copies[0])) == 3

    def test_a_held_copy_gets_none(self) -> None:
        contest, _seats, copies = contest_with(4, 1)
        actions.apply(contest, "lot", None)
        BlindCopy.objects.update(state=BlindCopy.State.HELD)

        assert substitutes.appoint_third(copies[0]).assignments == []
