"""Judges who leave or declare a conflict, essays that leave the competition, and reminders."""

import pytest

from essays.anonymity.actions import admit, release, retire, supersede
from essays.anonymity.keys import conflict_key
from essays.contests.models import Contest
from essays.outbox.models import Letter
from essays.outbox.rendering import render
from judging.assignments import actions, substitutes
from judging.assignments.models import Assignment
from judging.assignments.tasks import sweep_assignments
from judging.panels import actions as panel
from tests.assignments.dealt import contest_with, readers
from tests.factories.story import (
    BlindCopyFactory,
    InstitutionFactory,
    review,
    rubric,
)


@pytest.mark.django_db
class TestPanelChanges:
    def test_a_judge_who_leaves_hands_on_what_is_open_and_nothing_else_moves(self) -> None:
        contest, seats, copies = contest_with(4, 6)
        criteria = rubric(contest)
        actions.apply(contest, "lot", None)
        leaver = seats[0]
        scored, *open_ones = leaver.assignments.order_by("pk")
        review(scored, dict.fromkeys(criteria, 30))
        others = set(Assignment.objects.exclude(seat=leaver).values_list("pk", flat=True))

        panel.leave(leaver, "ill", actor=None)

        assert set(leaver.assignments.standing().values_list("pk", flat=True)) == {scored.pk}
        assert {one.state for one in leaver.assignments.exclude(pk=scored.pk)} == {Assignment.State.WITHDRAWN}
        assert [len(readers(copy)) for copy in copies] == [2] * 6
        assert others <= set(Assignment.objects.standing().values_list("pk", flat=True))
        assert len(open_ones) == 2

    def test_a_judge_who_comes_back_may_be_dealt_the_same_essays(self) -> None:
        contest, seats, copies = contest_with(2, 2)
        actions.apply(contest, "lot", None)
        panel.leave(seats[0], "ill", actor=None)
        panel.invite_again(seats[0], actor=None)
        panel.accept(seats[0], seats[0].user)

        actions.apply(contest, "lot", None)

        assert [len(readers(copy)) for copy in copies] == [2, 2]
        assert Assignment.objects.count() == 4

    @pytest.mark.parametrize("scored", [False, True])
    def test_a_conflict_declared_later_takes_the_essay_back(self, scored: bool) -> None:
        contest, _seats, copies = contest_with(3, 1)
        criteria = rubric(contest)
        copies[0].conflict_keys = [conflict_key(contest, "email", "niece@example.org")]
        copies[0].save()
        actions.apply(contest, "lot", None)
        mine = Assignment.objects.select_related("seat").first()
        if scored:
            review(mine, dict.fromkeys(criteria, 30))

        letters = panel.declare_conflict(mine.seat, "niece@example.org", "", actor=mine.seat.user)

        mine.refresh_from_db()
        assert mine.state == Assignment.State.WITHDRAWN
        assert len(readers(copies[0])) == 2 and mine.seat_id not in readers(copies[0])
        assert len(letters) == 1

    def test_an_institution_named_later_takes_its_essays_back(self) -> None:
        contest, _seats, copies = contest_with(3, 1)
        parent = InstitutionFactory()
        copies[0].conflict_keys = [conflict_key(contest, "institution", str(parent.pk))]
        copies[0].save()
        actions.apply(contest, "lot", None)
        mine = Assignment.objects.select_related("seat").first()

        panel.add_institution(mine.seat, InstitutionFactory(parent=parent), actor=mine.seat.user)

        assert mine.seat_id not in readers(copies[0])


@pytest.mark.django_db
class TestSweep:
    def test_what_left_the_competition_leaves_the_queues_and_scored_reviews_stay(self) -> None:
        contest, _seats, copies = contest_with(2, 3)
        criteria = rubric(contest)
        actions.apply(contest, "lot", None)
        scored = Assignment.objects.filter(copy=copies[0]).first()
        review(scored, dict.fromkeys(criteria, 30))
        retire(copies[0], None, "withdrawn")
        supersede(copies[1], None)

        sweep_assignments()
        sweep_assignments()

        assert readers(copies[0]) == {scored.seat_id}
        assert (readers(copies[1]), len(readers(copies[2]))) == (set(), 2)

    def test_an_entry_that_is_admitted_again_goes_back_to_its_readers(self) -> None:
        contest, _seats, copies = contest_with(2, 1)
        actions.apply(contest, "lot", None)
        retire(copies[0], None, "disqualified")
        sweep_assignments()
        admit(copies[0], True, None)
        release(copies[0], None)

        sweep_assignments()

        assert len(readers(copies[0])) == 2
        assert Assignment.objects.count() == 2

    def test_essays_that_were_never_dealt_wait_for_the_organizer(self) -> None:
        contest, _seats, _copies = contest_with(2, 1)
        actions.apply(contest, "lot", None)
        late = BlindCopyFactory(contest=contest)

        sweep_assignments()

        assert readers(late) == set()

    def test_take_back_is_safe_to_repeat(self) -> None:
        contest, _seats, copies = contest_with(2, 1)
        actions.apply(contest, "lot", None)

        assert [actions.take_back(copies[0]), actions.take_back(copies[0])] == [2, 0]

    def test_nobody_is_asked_after_the_end(self) -> None:
        contest, _seats, _copies = contest_with(3, 1)
        actions.apply(contest, "lot", None)
        Contest.objects.update(judging_ends_at=contest.judging_starts_at)
        contest.refresh_from_db()
        Assignment.objects.first().delete()

        assert substitutes.refill(contest).assignments == []


@pytest.mark.django_db
def test_reminders_go_once_a_day_to_those_who_are_behind() -> None:
    contest, seats, _copies = contest_with(2, 8)
    criteria = rubric(contest)
    actions.apply(contest, "lot", None)
    for assignment in seats[0].assignments.all():
        review(assignment, dict.fromkeys(criteria, 30))

    first = actions.remind(contest, actor=None)
    second = actions.remind(contest, actor=None)

    letter = Letter.objects.get(pk__in=first)
    assert (letter.to, letter.context["left"], second) == (seats[1].user.email, 8, [])
    assert all(render(letter.name, letter.context, language) for language in ("ru", "en"))
