"""Anchor essays: who reads them when, what they show, and that no result rests on them."""

from decimal import Decimal as D

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from essays.contests.models import Contest
from essays.contests.problems import Refused
from judging.anchors import actions
from judging.anchors.access import due_of
from judging.anchors.drift import Drift, mean_change, median
from judging.anchors.models import AnchorEssay, AnchorReading
from judging.assignments.models import Assignment
from judging.panels.models import Seat
from judging.rubrics.access import lock_reason
from judging.rubrics.models import Criterion
from tests.factories.story import (
    AssignmentFactory,
    BlindCopyFactory,
    ContestFactory,
    ContestOrganizerFactory,
    SeatFactory,
    review,
    rubric,
    rules,
)

FIRST, SECOND = AnchorReading.Turn.FIRST, AnchorReading.Turn.SECOND


@pytest.mark.parametrize(
    ("totals", "expected"),
    [([], None), ([D(7)], D(7)), ([D(9), D(1), D(4)], D(4)), ([D(1), D("2.01")], D("1.51"))],
)
def test_the_median_is_the_middle_or_half_the_sum_of_two(totals: list[D], expected: D | None) -> None:
    assert median(totals) == expected


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=9))
def test_the_median_lies_between_the_ends_whatever_the_order(totals: list[D]) -> None:
    found = median(totals)

    assert found is not None and min(totals) <= found <= max(totals)
    assert found == median(reversed(totals))


def test_drift_is_second_less_first_and_an_open_turn_counts_for_nothing() -> None:
    drifts = [Drift(D(60), D(66), D(62), D(61)), Drift(D(40), None, D(45)), Drift(D(50), D(53))]

    assert [one.change for one in drifts] == [D(6), None, D(3)]
    assert [one.beside_panel for one in drifts] == [D(5), D(-5), None]
    assert (mean_change(drifts), mean_change(drifts[1:2])) == (D("4.50"), None)


@pytest.fixture
def contest(db: None) -> Contest:
    contest = ContestFactory(stage="judging")
    rules(contest)
    return contest


@pytest.fixture
def criteria(contest: Contest) -> list[Criterion]:
    return rubric(contest, (10, 20))


@pytest.fixture
def anchors(contest: Contest) -> list[AnchorEssay]:
    return [
        AnchorEssay.objects.create(contest=contest, position=n, title=f"Якорь {n}", text="Строка.", reference=D(20))
        for n in (1, 2)
    ]


@pytest.fixture
def queue(contest: Contest, criteria: list[Criterion]) -> list[Assignment]:
    seat = SeatFactory(contest=contest)
    return [AssignmentFactory(seat=seat, copy=BlindCopyFactory(contest=contest), place=place) for place in range(4)]


def due(seat: Seat, done: int, of: int = 4) -> tuple[int, int, int] | None:
    found = due_of(seat, done=done, of=of)
    return (found.anchor.position, int(found.turn), found.left) if found else None


def test_all_anchors_come_first_and_again_half_way(
    queue: list[Assignment], anchors: list[AnchorEssay], criteria: list[Criterion]
) -> None:
    seat = queue[0].seat
    marks = {criteria[0].pk: D(5), criteria[1].pk: D(10)}
    turns = [due(seat, 0)]
    for anchor in anchors:
        actions.score_anchor(seat, anchor, FIRST, marks)
        turns.append(due(seat, 0))
    turns += [due(seat, 1), due(seat, 2)]
    for anchor in anchors:
        actions.score_anchor(seat, anchor, SECOND, marks)
    turns += [due(seat, 2), due(seat, 4)]

    assert turns == [(1, 1, 2), (2, 1, 1), None, None, (1, 2, 2), None, None]


def test_a_turn_is_scored_once_and_whole(
    queue: list[Assignment], anchors: list[AnchorEssay], criteria: list[Criterion]
) -> None:
    seat = queue[0].seat
    with pytest.raises(Refused):
        actions.score_anchor(seat, anchors[0], FIRST, {criteria[0].pk: D(5)})
    actions.score_anchor(seat, anchors[0], FIRST, {criteria[0].pk: D(5), criteria[1].pk: D(0)})
    with pytest.raises(Refused):
        actions.score_anchor(seat, anchors[0], FIRST, {criteria[0].pk: D(9), criteria[1].pk: D(9)})

    assert AnchorReading.objects.get().total == 5


def test_a_reading_locks_the_anchors_and_the_rubric(
    contest: Contest, queue: list[Assignment], anchors: list[AnchorEssay], criteria: list[Criterion]
) -> None:
    organizer = ContestOrganizerFactory(contest=contest).user
    row = {"id": anchors[0].pk, "title": "Иначе", "text": "Иной текст.", "reference": None}
    actions.save_anchors(contest, contest.version, [row], actor=organizer)
    assert [one.title for one in contest.anchors.all()] == ["Иначе"]

    actions.score_anchor(queue[0].seat, contest.anchors.get(), FIRST, {criteria[0].pk: D(5), criteria[1].pk: D(0)})

    contest.refresh_from_db()
    with pytest.raises(Refused):
        actions.save_anchors(contest, contest.version, [], actor=organizer)
    assert lock_reason(contest)
    assert contest.anchors.count() == 1


def test_a_judge_reads_scores_and_sees_the_drift_after_the_own_points_only(
    client: Client, contest: Contest, queue: list[Assignment], anchors: list[AnchorEssay], criteria: list[Criterion]
) -> None:
    seat, other = queue[0].seat, SeatFactory(contest=contest)
    actions.score_anchor(other, anchors[0], FIRST, {criteria[0].pk: D(9), criteria[1].pk: D(17)})
    client.force_login(seat.user)
    own = reverse("own_anchors", args=[contest.slug])
    desk = reverse("own_anchor", args=[contest.slug, anchors[0].public_id])

    assert "Якорь 1" in client.get(reverse("judge_queue")).content.decode()
    before = [(row.drift.median_first, row.drift.reference) for row in client.get(own).context["rows"]]
    refused = client.post(desk, {"version": "0", f"mark_{criteria[0].pk}": "5"})
    kept = client.post(desk, {"version": "0", f"mark_{criteria[0].pk}": "5", f"mark_{criteria[1].pk}": "9"})
    after = client.get(own).context["rows"][0].drift

    assert before == [(None, None), (None, None)]
    assert (refused.status_code, kept.status_code) == (422, 302)
    assert (after.first, after.median_first, after.reference) == (D(14), D(20), D(20))
    assert client.get(desk).status_code == 302, "a measure is not taken twice"


def test_the_organizer_sees_every_judges_hand(
    client: Client, contest: Contest, queue: list[Assignment], anchors: list[AnchorEssay], criteria: list[Criterion]
) -> None:
    seat = queue[0].seat
    for one in queue[:2]:
        review(one, dict.fromkeys(criteria, 5))
    for turn, points in ((FIRST, 4), (SECOND, 8)):
        for anchor in anchors:
            actions.score_anchor(seat, anchor, turn, {criteria[0].pk: D(points), criteria[1].pk: D(points)})
    client.force_login(ContestOrganizerFactory(contest=contest).user)

    page = client.get(reverse("organizer_anchors", args=[contest.slug]))

    assert [row.mean_change for row in page.context["drifts"]] == [D("8.00")]
    assert "+8" in page.content.decode()


def test_a_new_contest_begins_with_the_anchors_of_the_earlier_one(contest: Contest, anchors: list[AnchorEssay]) -> None:
    later = ContestFactory()

    actions.copy_anchors(contest, later)

    assert list(later.anchors.values_list("title", "reference")) == [("Якорь 1", D(20)), ("Якорь 2", D(20))]
