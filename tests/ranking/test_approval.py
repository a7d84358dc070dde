"""Proposing, approving and taking back a ranking."""

import hashlib
import json
from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils import translation

from essays.anonymity.models import BlindCopy
from essays.contests import hooks
from essays.ledger.models import LedgerEvent
from judging.ranking import actions, sentences
from judging.ranking.models import Ranking
from judging.ranking.problems import Problem
from judging.ranking.table import cells_of
from judging.rubrics.models import JudgingRules
from tests.factories.judged import Judged, judged_contest
from tests.factories.story import AssignmentFactory, CategoryFactory, NominationFactory, UserFactory

pytestmark = pytest.mark.django_db
QUERIES = 8


def places(proposal: actions.Proposal, cell: int = 0) -> list[tuple[str, str | None, int | None, str]]:
    return [
        (line.code, None if line.score is None else f"{line.score}", line.place, line.award_key)
        for line in proposal.cells[cell].lines
    ]


@pytest.fixture
def golden() -> Judged:
    """Four entries counted by hand: 90, 75.5, 61, 59 points."""
    return judged_contest(
        [(55, 35), (54, 36)],
        [(40, 19), (40, 22)],
        [(36, 22), (36, 24)],
        [(45, 30), (46, 30)],
    )


def test_a_small_contest_is_ranked_as_by_hand(golden: Judged) -> None:
    proposal = actions.propose(golden.contest)

    assert places(proposal) == [
        ("A00000", "90.00", 1, "winner"),
        ("A00003", "75.50", 2, "prize-winner"),
        ("A00001", "60.50", 3, "prize-winner"),
        ("A00002", "59.00", 4, ""),
    ]
    assert proposal.problems == ()


def test_a_score_is_explained_in_one_sentence(golden: Judged) -> None:
    third = golden.add((60, 40), (20, 10), (40, 22), third=True)

    with translation.override("en"):
        rows = {row.code: row for row in cells_of(actions.propose(golden.contest).record)[0].rows}

    assert rows["A00003"].explanation == "Mean of the reviews: (75\u00a0+\u00a076)\u00a0/\u00a02 =\u00a075.5"
    assert rows[third.code].explanation == "Median of the reviews: 62; the others: 30, 100"


def test_the_number_of_queries_does_not_grow(golden: Judged, django_assert_num_queries) -> None:
    with django_assert_num_queries(QUERIES):
        actions.propose(golden.contest)
    golden.add((30, 30), (30, 31), nomination=NominationFactory(contest=golden.contest))
    with django_assert_num_queries(QUERIES):
        actions.propose(golden.contest)


def test_equal_points_are_told_apart_by_criteria() -> None:
    judged = judged_contest([(40, 30), (40, 30)], [(50, 20), (50, 20)])

    proposal = actions.propose(judged.contest)

    assert places(proposal) == [("A00001", "70.00", 1, "winner"), ("A00000", "70.00", 2, "prize-winner")]
    with translation.override("en"):
        first = cells_of(proposal.record)[0].rows[0]
    assert (
        first.comparison
        == "Equal points, so criteria were compared in order: Criterion 1\u00a0– 50; Criterion 2\u00a0– 20"
    )


def test_a_tie_over_an_award_blocks_approval_until_the_jury_votes() -> None:
    judged = judged_contest([(50, 30), (50, 30)], [(50, 30), (50, 30)])
    before = actions.propose(judged.contest)
    assert [(problem.code, problem.codes) for problem in before.problems] == [("tie", ("A00000", "A00001"))]
    with pytest.raises(actions.Refused):
        actions.approve(judged.contest, judged.organizer, before.digest)

    actions.record_vote(judged.contest, judged.organizer, {"A00001": 1, "A00000": 2})

    after = actions.propose(judged.contest)
    assert after.problems == ()
    assert places(after) == [("A00001", "80.00", 1, "winner"), ("A00000", "80.00", 2, "prize-winner")]


def test_a_vote_names_every_entry_and_only_those_in_competition(golden: Judged) -> None:
    with pytest.raises(actions.Refused):
        actions.record_vote(golden.contest, golden.organizer, {"A00000": 1, "nobody": 2})
    with pytest.raises(actions.Refused):
        actions.record_vote(golden.contest, golden.organizer, {"A00000": 0})


def test_small_nominations_of_a_category_compete_together() -> None:
    judged = judged_contest([(50, 30), (50, 30)], [(30, 30), (30, 30)], smallest_cell=3)
    other = NominationFactory(contest=judged.contest)
    judged.add((60, 30), (60, 30), nomination=other)
    apart = CategoryFactory(contest=judged.contest)
    for marks in (40, 45, 50):
        judged.add((marks, 30), (marks, 30), category=apart, nomination=other)

    cells = actions.propose(judged.contest).cells

    assert [[line.code for line in cell.lines] for cell in cells] == [
        ["A00002", "A00000", "A00001"],
        ["A00005", "A00004", "A00003"],
    ]
    assert [cell.merged for cell in cells] == [True, False]


def test_everything_that_stands_against_approval_is_named(golden: Judged) -> None:
    held = golden.add((40, 30), (41, 30))
    BlindCopy.objects.filter(pk=held.pk).update(state=BlindCopy.State.HELD)
    waiting = golden.add((40, 30))
    AssignmentFactory(copy=waiting, seat=golden.seats[1], contest=golden.contest)
    incomplete = golden.add((40, 30), (41, 30))
    incomplete.assignments.first().review.marks.first().delete()
    apart = golden.add((60, 40), (30, 30))

    problems = {problem.code: problem.codes for problem in actions.propose(golden.contest).problems}

    assert problems == {
        "held_copy": (held.code,),
        "open_assignment": (waiting.code,),
        "missing": (incomplete.code,),
        "too_few_reviews": (waiting.code, incomplete.code),
        "third_missing": (apart.code,),
    }
    for problem in actions.propose(golden.contest).problems:
        assert problem.codes[0] in sentences.of_problem(problem)


def test_one_reason_is_said_once_for_all_cells_and_each_tie_apart() -> None:
    few = [Problem("too_few_reviews", cell, codes=(code,)) for cell, code in ((1, "A"), (2, "B"))]
    ties = [Problem("tie", cell, codes=codes) for cell, codes in ((1, ("C", "D")), (2, ("E", "F")))]

    sentences_said = sentences.of_problems([few[0], ties[0], few[1], ties[1]])

    assert sentences_said == [
        sentences.of_problem(Problem("too_few_reviews", codes=("A", "B"))),
        sentences.of_problem(ties[0]),
        sentences.of_problem(ties[1]),
    ]


def test_a_contest_without_rules_says_so() -> None:
    judged = judged_contest()
    judged.contest.rubric.delete()
    JudgingRules.objects.all().delete()

    problems = actions.propose(judged.contest).problems

    assert [problem.code for problem in problems] == ["no_rules", "no_criteria", "nothing_to_rank"]


def test_approval_freezes_what_was_seen(golden: Judged) -> None:
    seen = actions.propose(golden.contest)

    ranking = actions.approve(golden.contest, golden.organizer, seen.digest)

    canonical = json.dumps(ranking.record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    ranking.refresh_from_db()
    assert ranking.sha256 == hashlib.sha256(canonical.encode()).hexdigest() == seen.digest
    assert ranking.record == seen.record
    rows = ranking.rows.order_by("place").values_list("copy__code", "score", "place", "award_key", "award_place")
    assert list(rows) == [
        ("A00000", Decimal(90), 1, "winner", 1),
        ("A00003", Decimal("75.5"), 2, "prize-winner", 2),
        ("A00001", Decimal("60.5"), 3, "prize-winner", 3),
        ("A00002", Decimal(59), 4, "", None),
    ]
    rules = JudgingRules.objects.get(contest=golden.contest)
    assert rules.results_frozen_at == ranking.approved_at
    event = LedgerEvent.objects.get(action="ranking.approved")
    assert (event.actor_ref, event.data["sha256"]) == (golden.organizer.pk, ranking.sha256)


def test_the_record_holds_every_mark_and_no_name(golden: Judged) -> None:
    record = actions.propose(golden.contest).record

    first = record["cells"][0]["entries"][0]
    assert [review["marks"] for review in first["reviews"]] == [{"1": "55", "2": "35"}, {"1": "54", "2": "36"}]
    # Which reviews count, in whatever order: as numbers and as words, ids stand differently around a thousand.
    assert sorted(first["counted"]) == sorted(review["id"] for review in first["reviews"])
    text = json.dumps(record, ensure_ascii=False)
    for entry in golden.entries:
        assert entry.surname not in text
    for seat in golden.seats:
        assert seat.surname not in text


def test_what_changed_since_the_page_was_opened_is_not_approved(golden: Judged) -> None:
    seen = actions.propose(golden.contest).digest
    mark = golden.copies[0].assignments.first().review.marks.first()
    mark.points -= 1
    mark.save()

    with pytest.raises(actions.Refused):
        actions.approve(golden.contest, golden.organizer, seen)

    assert not Ranking.objects.exists()
    assert JudgingRules.objects.get(contest=golden.contest).results_frozen_at is None


def test_of_two_organizers_the_second_is_told_who_was_first(golden: Judged) -> None:
    seen = actions.propose(golden.contest).digest
    actions.approve(golden.contest, golden.organizer, seen)

    with pytest.raises(actions.Refused) as refusal:
        actions.approve(golden.contest, UserFactory(), seen)

    assert str(golden.organizer) in str(refusal.value)
    assert Ranking.objects.count() == 1


def test_an_approval_can_be_taken_back_until_it_is_announced(golden: Judged) -> None:
    before = hooks.ranking_is_approved(golden.contest)
    first = actions.approve(golden.contest, golden.organizer, actions.propose(golden.contest).digest)
    approved = hooks.ranking_is_approved(golden.contest)

    actions.take_back(golden.contest, golden.organizer)

    # Copies may change again: the redaction desk asks the same question.
    assert (before, approved, hooks.ranking_is_approved(golden.contest)) == (False, True, False)
    assert JudgingRules.objects.get(contest=golden.contest).results_frozen_at is None
    with pytest.raises(ObjectDoesNotExist):
        Ranking.objects.in_force().get(contest=golden.contest)
    digest = actions.propose(golden.contest).digest
    with pytest.raises(actions.Refused) as refusal:
        actions.approve(golden.contest, golden.organizer, digest)
    assert refusal.value.field == "reason"
    second = actions.approve(golden.contest, golden.organizer, digest, reason="Ошибка в баллах")
    assert (second.edition, second.predecessor, second.reason) == (2, first, "Ошибка в баллах")


def test_a_settled_ranking_cannot_be_taken_back(golden: Judged) -> None:
    ranking = actions.approve(golden.contest, golden.organizer, actions.propose(golden.contest).digest)
    Ranking.objects.filter(pk=ranking.pk).update(settled_at=ranking.approved_at)

    with pytest.raises(actions.Refused):
        actions.take_back(golden.contest, golden.organizer)

    assert Ranking.objects.in_force().get() == ranking
