"""An organizer takes scored reviews out, others read instead, and until the freeze it can be undone."""

import pytest

from essays.contests.models import Contest
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from essays.outbox.rendering import render
from judging.assignments import actions, removal, substitutes
from judging.assignments.models import Assignment, Removal
from judging.panels.models import Seat
from judging.ranking.actions import approve, propose
from judging.rubrics.models import Criterion
from tests.factories.judged import Judged, judged_contest
from tests.factories.story import SeatFactory, UserFactory, moment, review

pytestmark = pytest.mark.django_db
State, Round = Assignment.State, Assignment.Round


def judged_with_spare(spare: int = 1) -> tuple[Judged, list[Seat]]:
    """Three entries of two reviews each, judging over, and judges who have read nothing."""
    judged = judged_contest([(50, 30), (45, 30)], [(40, 20), (45, 25)], [(30, 20), (30, 15)])
    return judged, SeatFactory.create_batch(spare, contest=judged.contest)


def fresh(seat: Seat) -> Seat:
    return Seat.objects.select_related("contest", "user").get(pk=seat.pk)


def standing(contest: Contest, state: str) -> list[tuple[str, int]]:
    rows = Assignment.objects.filter(contest=contest, state=state).order_by("copy__code", "seat_id")
    return list(rows.values_list("copy__code", "seat_id"))


def score(contest: Contest) -> None:
    """Whoever still reads hands in 40 and 30."""
    first, second = Criterion.objects.filter(rubric__contest=contest)
    for assignment in Assignment.objects.filter(contest=contest).waiting():
        review(assignment, {first: 40, second: 30})


def test_all_reviews_of_a_judge_go_and_others_read_even_after_the_end_of_judging() -> None:
    judged, (spare,) = judged_with_spare()
    contest, suspect = judged.contest, judged.seats[0]

    done = removal.remove(fresh(suspect), None, "Оценки не связаны с текстами", actor=judged.organizer, tell=True)

    assert done.reviews == 3
    assert standing(contest, State.REMOVED) == [(copy.code, suspect.pk) for copy in judged.copies]
    assert standing(contest, State.WAITING) == [(copy.code, spare.pk) for copy in judged.copies]
    assert set(Removal.objects.values_list("reason", flat=True)) == {"Оценки не связаны с текстами"}
    assert LedgerEvent.objects.filter(action="assignment.removed", actor_ref=judged.organizer.pk).count() == 3
    told = {letter.name: letter.to for letter in Letter.objects.all()}
    assert told == {"reviews_removed": suspect.user.email, "essays_wait": spare.user.email}
    # Whoever reads now has the session's time.
    late = Assignment.objects.waiting().select_related("contest").first()
    assert actions.access.reading_ends_at(late) == late.contest.session_ends_at


def test_the_letter_is_sober_and_sent_only_if_wanted() -> None:
    judged, _spare = judged_with_spare()
    removal.remove(fresh(judged.seats[0]), None, "Причина для протокола", actor=None, tell=False)
    assert not Letter.objects.filter(name="reviews_removed").exists()
    removal.restore(fresh(judged.seats[0]), None, actor=None, tell=True)
    removal.remove(fresh(judged.seats[0]), None, "Причина для протокола", actor=None, tell=True)
    for letter in Letter.objects.filter(to=judged.seats[0].user.email):
        for language in ("ru", "en"):
            everything = " ".join(render(letter.name, letter.context, language))
            assert "3" in everything
            assert not any(word in everything for word in ("Причина", *[copy.code for copy in judged.copies]))


def test_a_removed_review_counts_nowhere_and_its_judge_never_reads_that_essay_again() -> None:
    judged, _none = judged_with_spare(0)
    contest, suspect = judged.contest, judged.seats[0]
    one = Assignment.objects.get(copy=judged.copies[0], seat=suspect)

    done = removal.remove(fresh(suspect), [one.pk], "Член жюри узнал автора", actor=None, tell=False)

    # Nobody else is there: the place stays empty, and is said to.
    assert done.dealt.short == {judged.copies[0].code: ("too_few_judges",)}
    proposal = propose(contest)
    reviews = {line.code: len(line.reviews) for cell in proposal.cells for line in cell.lines}
    assert reviews == {judged.copies[0].code: 1, judged.copies[1].code: 2, judged.copies[2].code: 2}
    assert "too_few_reviews" in {problem.code for problem in proposal.problems}
    assert substitutes.refill(contest, late=True).assignments == []


def test_bringing_back_ends_readings_that_nobody_has_begun_and_keeps_those_that_are_in() -> None:
    judged, (spare,) = judged_with_spare()
    contest, suspect = judged.contest, judged.seats[0]
    removal.remove(fresh(suspect), None, "Проверка", actor=None, tell=False)
    first, second = judged.criteria
    review(Assignment.objects.get(copy=judged.copies[0], seat=spare), {first: 40, second: 30})

    back = removal.restore(fresh(suspect), None, actor=judged.organizer, tell=False)

    assert (back.reviews, back.kept_out, back.relieved) == (3, 0, 2)
    assert standing(contest, State.WAITING) == []
    assert len(standing(contest, State.DONE)) == 7
    assert not Removal.objects.filter(undone_at=None).exists()
    assert propose(contest).approvable


def test_a_removed_third_does_not_come_back_beside_another_third() -> None:
    judged, (spare,) = judged_with_spare()
    copy = judged.add((60, 40), (20, 10), (50, 30), third=True)
    third = Assignment.objects.get(copy=copy, round=Round.THIRD)
    removal.remove(fresh(third.seat), [third.pk], "Проверка", actor=None, tell=False)
    other = Assignment.objects.waiting().get(copy=copy)
    assert (other.seat, other.round) == (spare, Round.THIRD)
    score(judged.contest)

    back = removal.restore(fresh(third.seat), None, actor=None, tell=False)

    assert (back.reviews, back.kept_out) == (0, 1)


def test_after_a_conflict_was_declared_the_review_stays_out() -> None:
    judged, _spare = judged_with_spare()
    suspect = judged.seats[0]
    removal.remove(fresh(suspect), None, "Проверка", actor=None, tell=False)
    judged.copies[0].conflict_keys = ["k" * 64]
    judged.copies[0].save()
    suspect.declared_conflicts.create(key="k" * 64)

    back = removal.restore(fresh(suspect), None, actor=None, tell=False)

    assert (back.reviews, back.kept_out) == (2, 1)


def test_nothing_moves_without_a_reason_or_after_the_freeze() -> None:
    judged, _spare = judged_with_spare()
    seat = judged.seats[0]
    with pytest.raises(removal.Refused):
        removal.remove(fresh(seat), None, "  ", actor=None, tell=False)
    approve(judged.contest, UserFactory(), propose(judged.contest).digest)
    with pytest.raises(removal.Refused):
        removal.remove(fresh(seat), None, "Поздно", actor=None, tell=False)
    assert standing(judged.contest, State.REMOVED) == []
    assert moment(0) > judged.contest.judging_ends_at
