"""Plan, apply, give back, find another reader."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from essays.anonymity.actions import admit, release, retire, supersede
from essays.anonymity.keys import conflict_key
from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from essays.outbox.rendering import render
from judging.assignments import actions, substitutes
from judging.assignments.models import Assignment, Deal, Recusal
from judging.assignments.tasks import sweep_assignments
from judging.panels import actions as panel
from judging.panels.keys import keys_of
from judging.panels.models import Seat
from judging.rubrics.models import JudgingRules
from tests.factories.story import (
    BlindCopyFactory,
    CategoryFactory,
    ContestFactory,
    InstitutionFactory,
    NominationFactory,
    SeatFactory,
    UserFactory,
    review,
    rubric,
    rules,
)


def contest_with(judges: int, copies: int, **changes: object) -> tuple[Contest, list[Seat], list[BlindCopy]]:
    """A contest in its judging with two reviews per entry, one cell, these judges and copies."""
    contest = ContestFactory(stage="judging")
    rules(contest, **changes)
    cell = {"category": CategoryFactory(contest=contest), "nomination": NominationFactory(contest=contest)}
    seats = SeatFactory.create_batch(judges, contest=contest)
    return contest, seats, BlindCopyFactory.create_batch(copies, contest=contest, **cell)


def readers(copy: BlindCopy) -> set[int]:
    return set(Assignment.objects.filter(copy=copy).standing().values_list("seat_id", flat=True))


@pytest.mark.django_db
class TestDeal:
    def test_every_essay_gets_two_judges_and_loads_are_even(self) -> None:
        contest, seats, copies = contest_with(4, 6)

        dealt = actions.apply(contest, "lot", UserFactory())

        assert [len(readers(copy)) for copy in copies] == [2] * 6
        assert [seat.assignments.count() for seat in seats] == [3] * 4
        assert dealt.deal is not None and (dealt.deal.seed, dealt.deal.assigned) == ("lot", 12)
        assert LedgerEvent.objects.filter(action="deal.applied").count() == 1

    def test_what_was_planned_is_what_is_applied(self) -> None:
        contest, _seats, _copies = contest_with(3, 4)
        planned = actions.plan(contest, "lot").added

        actions.apply(contest, "lot", None)

        rows = Assignment.objects.values_list("copy_id", "seat_id")
        assert {(str(copy), str(seat)) for copy, seat in rows} == set(planned)

    def test_applied_twice_it_deals_once(self) -> None:
        contest, _seats, _copies = contest_with(3, 4)
        actions.apply(contest, "lot", None)

        again = actions.apply(contest, "lot", None)

        assert (again.assignments, again.letters) == ([], [])
        assert (Assignment.objects.count(), Deal.objects.count(), Letter.objects.count()) == (8, 1, 3)

    def test_letters_name_numbers_and_dates_and_no_essay(self) -> None:
        contest, seats, copies = contest_with(2, 3)
        actions.apply(contest, "lot", None)

        for letter in Letter.objects.all():
            for language in ("ru", "en"):
                everything = " ".join(render(letter.name, letter.context, language))
                assert "3" in everything
                assert not any(copy.code in everything or copy.title in everything for copy in copies)
        assert set(Letter.objects.values_list("to", flat=True)) == {seat.user.email for seat in seats}

    def test_it_waits_for_the_end_of_intake_unless_told(self) -> None:
        contest = ContestFactory(stage="intake")
        rules(contest)
        SeatFactory.create_batch(2, contest=contest)
        BlindCopyFactory(contest=contest)

        with pytest.raises(actions.Refused):
            actions.apply(contest, "lot", None)
        assert len(actions.apply(contest, "lot", None, early=True).assignments) == 2

    def test_intake_closed_by_hand_counts(self) -> None:
        contest = ContestFactory(stage="intake")
        contest.intake_closed_at = contest.opens_at
        contest.save()
        rules(contest)
        SeatFactory.create_batch(2, contest=contest)
        BlindCopyFactory(contest=contest)

        assert len(actions.apply(contest, "lot", None).assignments) == 2

    @pytest.mark.parametrize("missing", ["rules", "judges", "essays"])
    def test_it_says_what_is_missing(self, missing: str) -> None:
        contest = ContestFactory(stage="judging")
        if missing != "rules":
            rules(contest)
        if missing != "judges":
            SeatFactory(contest=contest)
        if missing != "essays":
            BlindCopyFactory(contest=contest)

        with pytest.raises(actions.Refused):
            actions.plan(contest, "lot")

    def test_only_who_accepted_and_scores_gets_essays(self) -> None:
        contest, seats, _copies = contest_with(2, 2)
        for state in (Seat.State.INVITED, Seat.State.DECLINED, Seat.State.LEFT):
            SeatFactory(contest=contest, state=state)
        SeatFactory(contest=contest, role=Seat.Role.SECRETARY)
        SeatFactory(contest=ContestFactory(stage="judging"))

        actions.apply(contest, "lot", None)

        assert set(Assignment.objects.values_list("seat_id", flat=True)) == {seat.pk for seat in seats}

    @pytest.mark.parametrize(
        "change",
        [{"state": "held"}, {"state": "retired", "admitted": False}, {"admitted": False}, {"state": "superseded"}],
    )
    def test_only_essays_in_the_competition_are_dealt(self, change: dict[str, object]) -> None:
        contest, _seats, copies = contest_with(2, 2)
        BlindCopy.objects.filter(pk=copies[0].pk).update(**change)

        actions.apply(contest, "lot", None)

        assert (readers(copies[0]), len(readers(copies[1]))) == (set(), 2)

    def test_limits_to_categories_and_nominations_hold(self) -> None:
        contest, seats, copies = contest_with(3, 1)
        elsewhere = BlindCopyFactory(contest=contest)
        seats[0].categories.add(elsewhere.category)
        seats[1].nominations.add(copies[0].nomination)

        actions.apply(contest, "lot", None)

        assert readers(elsewhere) == {seats[0].pk, seats[2].pk}
        assert readers(copies[0]) == {seats[1].pk, seats[2].pk}

    def test_no_judge_reads_an_essay_of_their_own_institution_and_the_shortage_is_named(self) -> None:
        contest, seats, copies = contest_with(2, 1)
        school = InstitutionFactory()
        seats[0].institutions.add(school)
        copies[0].conflict_keys = [conflict_key(contest, "institution", str(school.pk))]
        copies[0].save()

        plan = actions.plan(contest, "lot")

        assert [judge for _entry, judge in plan.added] == [str(seats[1].pk)]
        assert (plan.wanted - plan.filled, plan.shortages[0].reasons) == (1, ("conflict",))

    def test_capacity_counts_third_reviews_too(self) -> None:
        contest, seats, copies = contest_with(3, 3)
        seats[0].capacity = 1
        seats[0].save()
        Assignment.objects.create(
            contest=contest, seat=seats[0], copy=copies[0], round=3, place=1, assigned_at=contest.opens_at
        )

        actions.apply(contest, "lot", None)

        assert seats[0].assignments.count() == 1

    def test_nobody_has_the_order_of_another(self) -> None:
        contest, seats, _copies = contest_with(2, 12)
        actions.apply(contest, "lot", None)

        orders = [list(seat.assignments.for_queue().values_list("copy__code", flat=True)) for seat in seats]
        assert sorted(orders[0]) == sorted(orders[1])
        assert orders[0] != orders[1]


class TestNoConflictIsEverDealt(TestCase):
    """Whatever the panel looks like, no dealt pair shares a key."""

    @settings(max_examples=15)
    @given(
        st.lists(st.sets(st.integers(0, 2), max_size=2), min_size=1, max_size=4),
        st.lists(st.sets(st.integers(0, 2), max_size=2), min_size=1, max_size=5),
        st.text(alphabet="abc", max_size=3),
    )
    def test_property(self, judges: list[set[int]], essays: list[set[int]], seed: str) -> None:
        contest, seats, copies = contest_with(len(judges), len(essays))
        schools = InstitutionFactory.create_batch(3)
        for seat, mine in zip(seats, judges, strict=True):
            seat.institutions.set([schools[n] for n in mine])
        for copy, of in zip(copies, essays, strict=True):
            copy.conflict_keys = [conflict_key(contest, "institution", str(schools[n].pk)) for n in of]
            copy.save()

        actions.apply(contest, seed, None)
        for assignment in Assignment.objects.order_by("pk")[:2]:
            actions.recuse(assignment, Recusal.Reason.CONFLICT, "", actor=None)
        for copy in copies:
            substitutes.appoint_third(copy)

        for assignment in Assignment.objects.select_related("seat__contest", "copy"):
            assert keys_of(assignment.seat).isdisjoint(assignment.copy.conflict_keys)


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
