"""Plan and apply: who gets which essay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from essays.anonymity.keys import conflict_key
from essays.anonymity.models import BlindCopy
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from essays.outbox.rendering import render
from judging.assignments import actions, substitutes
from judging.assignments.models import Assignment, Deal, Recusal
from judging.panels.keys import keys_of
from judging.panels.models import Seat
from tests.assignments.dealt import contest_with, readers
from tests.factories.story import (
    BlindCopyFactory,
    ContestFactory,
    InstitutionFactory,
    SeatFactory,
    UserFactory,
    rules,
)


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


@pytest.mark.django_db
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
