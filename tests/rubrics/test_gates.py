"""A criterion may close a gate: with too few points there the whole total is zero."""

from decimal import Decimal as D

import pytest
from django.test import Client
from django.urls import reverse

from judging.ranking import scoring
from judging.reviews import actions
from judging.rubrics.models import Criterion as Row
from judging.rubrics.totals import Criterion, closed_gates, maximum, total
from tests.factories.story import AssignmentFactory, BlindCopyFactory, ContestFactory, rubric, rules

GATED = (Criterion("theme", D(10), gate=D(4)), Criterion("style", D(5), D("0.5"), D(2)))


@pytest.mark.parametrize(("theme", "expected"), [(D(0), D(0)), (D(3), D(0)), (D(4), D(14)), (D(10), D(20))], ids=str)
def test_below_the_gate_the_total_is_zero_and_from_it_on_the_plain_sum(theme: D, expected: D) -> None:
    assert total({"theme": theme, "style": D(5)}, GATED) == expected


def test_a_gate_does_not_hide_what_is_missing() -> None:
    with pytest.raises(KeyError):
        total({"theme": D(0)}, GATED)
    assert closed_gates({"style": D(5)}, GATED) == ()
    assert maximum(GATED) == D(20)


@pytest.mark.parametrize("gate", [D(0), D(-1), D(11)])
def test_a_gate_lies_within_the_scale(gate: D) -> None:
    with pytest.raises(ValueError, match="gate"):
        Criterion("theme", D(10), gate=gate)


def test_the_ranking_counts_a_closed_gate_as_the_review_does() -> None:
    marks = {"theme": D(3), "style": D(5)}
    rows = [scoring.Row("1", "A", "1", marks), scoring.Row("1", "A", "2", {"theme": D(10), "style": D(5)})]

    ranked = scoring.rank(rows, scoring.Rules(criteria=GATED))

    assert ranked.standings[0].score == D("10.00")


@pytest.mark.django_db
def test_a_submitted_review_below_the_gate_has_no_points_and_the_desk_says_so(client: Client) -> None:
    contest = ContestFactory(stage="judging")
    rules(contest)
    first, second = rubric(contest, (10, 30))
    Row.objects.filter(pk=first.pk).update(gate=5)
    assignment = AssignmentFactory(copy=BlindCopyFactory(contest=contest))
    client.force_login(assignment.seat.user)
    desk = reverse("reading_desk", args=[assignment.public_id])

    shown = client.get(desk).content.decode()
    review = actions.open_review(assignment)
    actions.submit(review, {first.pk: D(4), second.pk: D(30)}, "", "", 0, actor=assignment.seat.user)

    assert review.total == 0
    assert 'data-gate="5.00"' in shown
    assert client.get(desk).context["closed_gates"] == [Row.objects.get(pk=first.pk)]
