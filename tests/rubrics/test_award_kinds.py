"""Awards of every kind on their page, and rules that cannot be computed or not fairly."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from essays.contests.problems import Refused
from judging.rubrics import actions
from judging.rubrics.award_words import in_words
from judging.rubrics.models import AwardRule
from judging.rubrics.soundness import award_problems
from tests.factories.regulations import RULES, award, complete_draft, fresh, organizer

pytestmark = pytest.mark.django_db


def row(kind: str, **values: object) -> dict:
    return {"id": None, "name_ru": "А", "name_en": "", "kind": kind, **values}


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        ([row("places")], ["0-place_from", "0-place_to"]),
        ([row("count")], ["0-count"]),
        ([row("percent")], ["0-percent"]),
        ([row("special")], ["0-criterion"]),
        ([row("special", criterion=9)], ["0-criterion"]),
        ([row("choice")], []),
        ([row("percent", percent=Decimal(60)), row("percent", percent=Decimal(50))], ["1-percent"]),
        ([row("together", percent=Decimal(25)), row("together", percent=Decimal(8))], ["1-percent"]),
        ([row("together", percent=Decimal(8)), row("together", percent=Decimal(25))], []),
        # In two categories the same place is given twice, and in all of them together with one of them it is not.
        ([award("А", 1, 1, 70) | {"category_id": 1}, award("Б", 1, 1, 60) | {"category_id": 2}], []),
        ([award("А", 1, 1, 70), award("Б", 1, 1, 60) | {"category_id": 2}], ["1-place_from"]),
    ],
)
def test_what_an_award_lacks_is_said_beside_it(rows: list[dict], fields: list[str]) -> None:
    assert [problem.field for problem in award_problems(rows, Decimal(100), [1, 2])] == fields


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"aggregation": "sum", "third_at_total": Decimal(20)}, "aggregation"),
        ({"aggregation": "calibrated", "third_at_total": Decimal(20), "third_review": "median"}, "third_review"),
        ({"points_in_all": Decimal(90)}, "points_in_all"),
    ],
)
def test_rules_that_cannot_be_computed_fairly_are_refused(changes: dict, field: str) -> None:
    contest = complete_draft(organizer())
    with pytest.raises(Refused) as refused:
        actions.save_rules(contest, fresh(contest), RULES | changes, actor=organizer())
    assert refused.value.field == field


def test_an_organizer_sets_awards_of_every_kind() -> None:
    contest = complete_draft(person := organizer())
    category = contest.categories.get()
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    address = reverse("organizer_awards", args=[contest.slug])
    rows = [
        {"name_ru": "Победитель", "kind": "places", "place_from": "1", "place_to": "1", "minimum_percent": "70.5"},
        {"name_ru": "Лауреат", "kind": "percent", "percent": "25", "rounding": "up", "at_least": "1"},
        {"name_ru": "За стиль", "kind": "special", "criterion": "2", "category_id": str(category.pk)},
        {"name_ru": "Приз жюри", "kind": "choice", "place_from": "4"},
        {"name_ru": "", "kind": "places", "rounding": "down", "at_least": ""},
    ]
    typed = {f"form-{index}-{name}": value for index, one in enumerate(rows) for name, value in one.items()}
    page = {"act": "save", "version": str(fresh(contest)), "form-TOTAL_FORMS": "5", "form-INITIAL_FORMS": "0"}

    refused = client.post(address, page | typed | {"form-1-percent": "101"})
    assert (refused.status_code, AwardRule.objects.filter(contest=contest).count()) == (200, 2)
    answer = client.post(address, page | typed)

    assert answer.status_code == 302
    rules = list(AwardRule.objects.filter(contest=contest))
    with translation.override("en"):
        words = [in_words(rule, {2: "Style"}) for rule in rules]
    assert words == [
        "place 1, from 70.5 % of the most points",
        "up to 25 % of the entries",
        f"the best by “Style” among those without another award, only in “{category.name}”",
        "by the decision of the jury, among those without another award",
    ]
    # What a kind has no use for is not kept.
    assert rules[3].place_from is None
