"""Saving, submitting and reopening a review; the third reviewer that follows from two."""

from decimal import Decimal

import pytest
from django.utils import timezone

from essays.contests.models import Contest
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from judging.assignments.actions import apply
from judging.assignments.models import Assignment
from judging.reviews import actions
from judging.reviews.disagreement import in_disagreement
from judging.reviews.models import Mark, Review
from judging.reviews.tasks import check_disagreement, sweep_disagreements
from judging.rubrics.models import Criterion, JudgingRules
from judging.rubrics.totals import MarkCode
from tests.factories.story import (
    AssignmentFactory,
    BlindCopyFactory,
    ContestFactory,
    SeatFactory,
    review,
    rubric,
    rules,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment() -> Assignment:
    return AssignmentFactory()


@pytest.fixture
def criteria(assignment: Assignment) -> list[Criterion]:
    return rubric(assignment.contest)


def points(criteria: list[Criterion], *values: str | None) -> dict[int, Decimal]:
    return {one.pk: Decimal(value) for one, value in zip(criteria, values, strict=False) if value is not None}


def test_opening_twice_begins_one_review(assignment: Assignment) -> None:
    first, second = actions.open_review(assignment), actions.open_review(assignment)

    assert (first.pk, second.version, Review.objects.count()) == (second.pk, 0, 1)


def test_a_draft_keeps_what_is_there_and_zero_is_not_missing(assignment: Assignment, criteria: list[Criterion]) -> None:
    opened = actions.open_review(assignment)

    actions.save_draft(opened, points(criteria, "0"), "good", "note", 0)

    opened = Review.objects.get()
    assert (opened.version, opened.total, opened.comment_for_author, opened.note_for_jury) == (1, None, "good", "note")
    assert list(Mark.objects.values_list("criterion_id", "points")) == [(criteria[0].pk, Decimal(0))]


def test_a_later_draft_takes_marks_away_and_changes_them(assignment: Assignment, criteria: list[Criterion]) -> None:
    opened = actions.open_review(assignment)
    actions.save_draft(opened, points(criteria, "10", "20"), "", "", 0)

    actions.save_draft(opened, points(criteria, None, "21"), "", "", 1)

    assert list(Mark.objects.values_list("criterion_id", "points")) == [(criteria[1].pk, Decimal(21))]


def test_two_tabs_never_overwrite_each_other(assignment: Assignment, criteria: list[Criterion]) -> None:
    tab, other_tab = actions.open_review(assignment), actions.open_review(assignment)
    actions.save_draft(tab, points(criteria, "10"), "first", "", 0)

    with pytest.raises(actions.Outdated) as outdated:
        actions.save_draft(other_tab, points(criteria, "50"), "second", "", 0)

    there = outdated.value.review
    assert (there.version, there.comment_for_author) == (1, "first")
    assert Mark.objects.get().points == 10


@pytest.mark.parametrize(
    ("value", "code"),
    [("61", MarkCode.OUT_OF_RANGE), ("-1", MarkCode.OUT_OF_RANGE), ("1.5", MarkCode.OFF_STEP)],
)
def test_points_outside_range_or_step_are_refused(
    assignment: Assignment, criteria: list[Criterion], value: str, code: MarkCode
) -> None:
    opened = actions.open_review(assignment)

    for act in (actions.save_draft, actions.submit):
        extra = {"actor": None} if act is actions.submit else {}
        with pytest.raises(actions.BadMarks) as bad:
            act(opened, points(criteria, value, "1"), "", "", 0, **extra)
        assert bad.value.problems == {criteria[0].pk: code}
    assert (Mark.objects.count(), Review.objects.get().version) == (0, 0)


def test_submission_needs_every_criterion(assignment: Assignment, criteria: list[Criterion]) -> None:
    opened = actions.open_review(assignment)

    with pytest.raises(actions.BadMarks) as bad:
        actions.submit(opened, points(criteria, "10"), "", "", 0, actor=None)

    assert bad.value.problems == {criteria[1].pk: MarkCode.MISSING}
    assert Review.objects.get().state == Review.State.DRAFT


def test_submission_stores_the_weighted_total_and_is_recorded(assignment: Assignment) -> None:
    criteria = rubric(assignment.contest)
    Criterion.objects.filter(pk=criteria[1].pk).update(weight=Decimal("0.3333"), step=Decimal("0.5"))
    opened = actions.open_review(assignment)

    actions.submit(opened, points(criteria, "10", "7.5"), "", "", 0, actor=assignment.seat.user)

    opened.refresh_from_db()
    assignment.refresh_from_db()
    rubric_ = criteria[0].rubric
    rubric_.refresh_from_db()
    assert (opened.state, opened.total) == (Review.State.SUBMITTED, Decimal("12.50"))
    assert assignment.state == Assignment.State.DONE
    assert rubric_.frozen_at is not None
    events = LedgerEvent.objects.filter(contest_ref=assignment.contest_id).order_by("pk")
    assert [event.action for event in events] == ["review.submitted", "assignment.done", "rubric.frozen"]


def test_submitting_twice_changes_nothing(assignment: Assignment, criteria: list[Criterion]) -> None:
    opened, stale = actions.open_review(assignment), actions.open_review(assignment)
    actions.submit(opened, points(criteria, "10", "20"), "", "", 0, actor=None)

    for again in (opened, stale):
        with pytest.raises((actions.Submitted, actions.Closed)):
            actions.submit(again, points(criteria, "60", "40"), "", "", again.version, actor=None)

    assert Review.objects.get().total == 30
    assert LedgerEvent.objects.filter(action="review.submitted").count() == 1


def test_only_the_first_submission_freezes_the_rubric(assignment: Assignment, criteria: list[Criterion]) -> None:
    second = AssignmentFactory(copy=assignment.copy)

    for one in (assignment, second):
        actions.submit(actions.open_review(one), points(criteria, "10", "20"), "", "", 0, actor=None)

    assert LedgerEvent.objects.filter(action="rubric.frozen").count() == 1


@pytest.mark.parametrize("how", ["held", "retired", "recused", "over", "not_begun", "frozen"])
def test_nothing_is_written_where_nothing_may_be_scored(
    assignment: Assignment, criteria: list[Criterion], how: str
) -> None:
    opened = actions.open_review(assignment)
    if how in ("held", "retired"):
        assignment.copy.state = how
    elif how == "recused":
        assignment.state = Assignment.State.RECUSED
    elif how == "over":
        assignment.contest.judging_ends_at = timezone.now()
    elif how == "not_begun":
        assignment.contest.judging_starts_at = assignment.contest.judging_ends_at
    else:
        rules(assignment.contest, results_frozen_at=timezone.now())

    with pytest.raises(actions.Closed):
        actions.save_draft(opened, points(criteria, "10"), "", "", 0)
    with pytest.raises(actions.Closed):
        actions.submit(opened, points(criteria, "10", "20"), "", "", 0, actor=None)
    assert Mark.objects.count() == 0


def test_submission_loses_against_a_recusal_of_the_same_moment(
    assignment: Assignment, criteria: list[Criterion]
) -> None:
    opened = actions.open_review(assignment)
    Assignment.objects.filter(pk=assignment.pk).update(state=Assignment.State.RECUSED)

    with pytest.raises(actions.Closed):
        actions.submit(opened, points(criteria, "10", "20"), "", "", 0, actor=None)

    assert (Review.objects.get().state, Mark.objects.count()) == (Review.State.DRAFT, 0)


def test_a_review_may_be_reopened_changed_and_handed_in_again(
    assignment: Assignment, criteria: list[Criterion]
) -> None:
    opened = actions.open_review(assignment)
    actions.submit(opened, points(criteria, "10", "20"), "", "", 0, actor=None)

    actions.reopen(opened, actor=assignment.seat.user)
    state_between = Assignment.objects.get().state
    actions.submit(opened, points(criteria, "11", "20"), "", "", opened.version, actor=None)

    assert state_between == Assignment.State.WAITING
    assert (Review.objects.get().total, Assignment.objects.get().state) == (31, Assignment.State.DONE)


@pytest.mark.parametrize("how", ["draft", "over", "frozen"])
def test_reopening_ends_with_the_judging_and_with_the_ranking(
    assignment: Assignment, criteria: list[Criterion], how: str
) -> None:
    opened = actions.open_review(assignment)
    if how != "draft":
        actions.submit(opened, points(criteria, "10", "20"), "", "", 0, actor=None)
    if how == "over":
        assignment.contest.judging_ends_at = timezone.now()
    if how == "frozen":
        rules(assignment.contest, results_frozen_at=timezone.now())

    with pytest.raises(actions.Closed):
        actions.reopen(opened, actor=None)


def test_a_criterion_that_is_taken_out_while_all_are_drafts_takes_its_marks_along(
    assignment: Assignment, criteria: list[Criterion]
) -> None:
    opened = actions.open_review(assignment)
    actions.save_draft(opened, points(criteria, "10", "20"), "", "", 0)

    criteria[1].delete()
    actions.submit(opened, points(criteria[:1], "10"), "", "", 1, actor=None)

    assert Review.objects.get().total == 10


class TestDisagreement:
    def two_reviews(self, first: dict[int, int], second: dict[int, int], judges: int = 3, **changes: object) -> Contest:
        """One copy with two submitted reviews; points by position of the criterion."""
        contest = ContestFactory(stage="judging")
        rules(contest, **changes)
        criteria = rubric(contest)
        SeatFactory.create_batch(judges, contest=contest)
        BlindCopyFactory(contest=contest)
        apply(contest, "lot", None)
        for assignment, marks in zip(Assignment.objects.order_by("pk"), (first, second), strict=True):
            review(assignment, {one: marks[one.position] for one in criteria})
        return contest

    def third(self) -> Assignment | None:
        return Assignment.objects.filter(round=Assignment.Round.THIRD).first()

    @pytest.mark.parametrize(("second", "expected"), [(30, False), (31, True)])
    def test_totals_apart_by_the_threshold_call_a_third(self, second: int, expected: bool) -> None:
        contest = self.two_reviews({1: 10, 2: 1}, {1: second, 2: 0})
        copy = Assignment.objects.first().copy

        check_disagreement(copy.pk)

        assert (self.third() is not None) is expected
        assert in_disagreement(contest) == []

    def test_one_criterion_apart_by_its_threshold_calls_a_third(self) -> None:
        self.two_reviews({1: 20, 2: 10}, {1: 10, 2: 20}, third_at_total=None, third_at_criterion=10)

        sweep_disagreements()

        assert self.third() is not None

    def test_sweeping_and_ringing_appoint_one_third_and_one_letter(self) -> None:
        self.two_reviews({1: 0, 2: 0}, {1: 60, 2: 40}, judges=5)
        letters = Letter.objects.count()

        for _ in range(2):
            sweep_disagreements()
            check_disagreement(Assignment.objects.first().copy_id)

        assert Assignment.objects.filter(round=Assignment.Round.THIRD).count() == 1
        assert Letter.objects.count() == letters + 1

    def test_it_waits_until_the_whole_first_round_is_in(self) -> None:
        contest = self.two_reviews({1: 0, 2: 0}, {1: 60, 2: 40}, judges=5)
        actions.reopen(Review.objects.select_related("assignment__contest", "assignment__copy").first(), actor=None)

        sweep_disagreements()

        assert (self.third(), in_disagreement(contest)) == (None, [])

    def test_without_a_rule_nobody_is_appointed(self) -> None:
        self.two_reviews({1: 0, 2: 0}, {1: 60, 2: 40}, third_at_total=None)

        sweep_disagreements()

        assert self.third() is None

    def test_nobody_eligible_stays_visible_and_is_appointed_as_soon_as_somebody_is(self) -> None:
        contest = self.two_reviews({1: 0, 2: 0}, {1: 60, 2: 40}, judges=2)
        sweep_disagreements()
        before = [copy.pk for copy, _why in in_disagreement(contest)]
        SeatFactory(contest=contest)

        sweep_disagreements()

        assert len(before) == 1
        assert self.third() is not None and in_disagreement(contest) == []

    def test_the_third_may_read_after_the_first_round_has_ended(self) -> None:
        contest = self.two_reviews({1: 0, 2: 0}, {1: 60, 2: 40})
        sweep_disagreements()
        Contest.objects.update(judging_ends_at=timezone.now())
        third = Assignment.objects.select_related("contest", "copy").get(round=Assignment.Round.THIRD)
        criteria = list(Criterion.objects.filter(rubric__contest=contest))

        actions.submit(actions.open_review(third), points(criteria, "30", "20"), "", "", 0, actor=None)

        third.refresh_from_db()
        assert third.state == Assignment.State.DONE

    def test_a_frozen_contest_is_left_alone(self) -> None:
        self.two_reviews({1: 0, 2: 0}, {1: 60, 2: 40})
        JudgingRules.objects.update(results_frozen_at=timezone.now())

        sweep_disagreements()

        assert self.third() is None
