"""Pages of the rubric, of the rules of judging and of the awards."""

import pytest
from django.urls import reverse

from judging.rubrics.models import AwardRule, Criterion, JudgingRules, LevelDescriptor
from tests.contests.typed import rows
from tests.factories.regulations import complete_draft, draft

pytestmark = pytest.mark.django_db


def test_the_rubric_is_written_on_its_page(signed_in, maria):
    contest = draft(maria)
    client, address = signed_in(maria), reverse("organizer_rubric", args=[contest.slug])
    typed = [{"name_ru": "Тема", "maximum": "25"}, {"name_ru": "Стиль", "maximum": "7,5", "step": "0,5"}]

    client.post(address, rows(contest, *typed))

    found = Criterion.objects.filter(rubric__contest=contest)
    assert [(str(one.maximum), str(one.step), str(one.weight)) for one in found] == [
        ("25.00", "1.00", "1.0000"),
        ("7.50", "0.50", "1.0000"),
    ]


def test_a_step_that_does_not_lead_to_the_maximum_is_said_beside_it(signed_in, maria):
    contest = draft(maria)
    typed = {"name_ru": "Тема", "maximum": "10", "step": "3"}

    answer = signed_in(maria).post(reverse("organizer_rubric", args=[contest.slug]), rows(contest, typed))

    assert list(answer.context["rows"].forms[0].errors) == ["step"]
    assert not Criterion.objects.exists()


def test_levels_are_written_and_may_not_overlap(signed_in, maria):
    contest = complete_draft(maria)
    client, address = signed_in(maria), reverse("organizer_levels", args=[contest.slug, 1])
    low = {"points_from": "0", "points_to": "9", "text_ru": "Мало."}

    wrong = client.post(address, rows(contest, low, {"points_from": "9", "points_to": "20", "text_ru": "Много."}))
    assert list(wrong.context["rows"].forms[1].errors) == ["points_from"]
    client.post(address, rows(contest, low, {"points_from": "10", "points_to": "60", "text_ru": "Много."}))

    assert LevelDescriptor.objects.count() == 2


def test_rules_are_written_with_ties_by_name(signed_in, maria):
    contest = complete_draft(maria)
    given = {
        "version": contest.version,
        "reviews_per_entry": "3",
        "third_at_total": "15,5",
        "aggregation": "median",
        "third_review": "mean",
        "smallest_cell": "0",
        "tie_1": "2",
        "tie_2": "",
    }

    signed_in(maria).post(reverse("organizer_rules", args=[contest.slug]), given)

    rules = JudgingRules.objects.get(contest=contest)
    assert (rules.reviews_per_entry, str(rules.third_at_total), rules.third_at_criterion) == (3, "15.50", None)
    assert (rules.aggregation, rules.tie_criteria) == ("median", [2])


def test_overlapping_places_are_said_beside_the_second(signed_in, maria):
    contest = complete_draft(maria)
    first = {"name_ru": "Победитель", "kind": "places", "place_from": "1", "place_to": "2"}
    second = {"name_ru": "Призёр", "kind": "places", "place_from": "2", "place_to": "3"}

    answer = signed_in(maria).post(reverse("organizer_awards", args=[contest.slug]), rows(contest, first, second))

    assert list(answer.context["rows"].forms[1].errors) == ["place_from"]
    assert [award.place_to for award in AwardRule.objects.filter(contest=contest)] == [1, 3]
