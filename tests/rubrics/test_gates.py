"""A criterion may close a gate: with too few points there the whole total is zero."""

from decimal import Decimal as D

import pytest
from django.test import Client
from django.urls import reverse

from essays.contests.models import Contest
from judging.ranking import actions as ranking_actions
from judging.ranking import gathering, standings
from judging.results import actions as results
from judging.results.panel import panel_of
from judging.reviews import actions
from judging.rubrics.models import Criterion as Row
from judging.rubrics.totals import Criterion, closed_gates, maximum, total
from tests.factories.judged import judged_contest
from tests.factories.story import (
    AssignmentFactory,
    BlindCopyFactory,
    ContestFactory,
    ContestOrganizerFactory,
    rubric,
    rules,
)

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
    rows = [gathering.Row("1", "A", "1", marks), gathering.Row("1", "A", "2", {"theme": D(10), "style": D(5)})]

    ranked = standings.rank(rows, gathering.Rules(criteria=GATED))

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


@pytest.mark.django_db
def test_the_ranking_and_the_entrant_learn_why_the_total_is_zero(client: Client) -> None:
    """One of two reviews lies below the limit: (0 + 90) / 2."""
    judged = judged_contest([(10, 30), (60, 30)], [(50, 30), (50, 30)], third_at_total=None)
    Row.objects.filter(pk=judged.criteria[0].pk).update(gate=20)

    approved = ranking_actions.approve(judged.contest, judged.organizer, ranking_actions.propose(judged.contest).digest)
    announcement = results.announce(judged.contest, judged.organizer, seen=approved.sha256)
    results.complete(announcement.pk)
    announcement.refresh_from_db()

    assert {row.copy.code: row.score for row in approved.rows.select_related("copy")} == {
        "A00000": D(45),
        "A00001": D(80),
    }
    assert approved.record["criteria"][0]["gate"] == "20"
    (gate,) = panel_of(judged.entries[0], announcement).gates
    assert (gate.limit, gate.reviews) == ("20", 1)
    assert panel_of(judged.entries[1], announcement).gates == ()
    client.force_login(judged.entries[0].owner)
    assert gate.name in client.get(reverse("entry", args=[judged.entries[0].public_id])).content.decode()


@pytest.mark.django_db
def test_an_organizer_sets_a_limit_and_everybody_reads_it(client: Client) -> None:
    contest = ContestFactory(state=Contest.State.PUBLISHED)
    organizer = ContestOrganizerFactory(contest=contest).user
    row = {"form-0-name_ru": "Тема", "form-0-maximum": "10", "form-0-gate": "12"}
    form = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "version": str(contest.version), "act": "save"}
    client.force_login(organizer)
    address = reverse("organizer_rubric", args=[contest.slug])

    refused = client.post(address, {**form, **row})
    client.post(address, {**form, **row, "form-0-gate": "4,5"})

    assert "gate" in refused.context["rows"].forms[0].errors
    assert Row.objects.get().gate == D("4.5")
    assert (
        "4,5"
        in client.get(reverse("contest_page", args=[contest.slug]), headers={"accept-language": "ru"}).content.decode()
    )
