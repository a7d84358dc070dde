"""The difference that asks a third judge may be typed in points or as a part of the most points."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from judging.rubrics.models import JudgingRules
from tests.factories.story import ContestFactory, ContestOrganizerFactory, rubric, rules

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "maxima", "kept"),
    [
        ("15", (30, 20), Decimal(15)),
        ("20 %", (30, 20), Decimal(10)),
        ("12,5%", (60, 40), Decimal("12.5")),
        ("0 %", (60, 40), None),
        ("150%", (60, 40), None),
        ("много %", (60, 40), None),
        ("20 %", (), None),
    ],
)
def test_points_or_a_part_of_them(client: Client, typed: str, maxima: tuple[int, ...], kept: Decimal | None) -> None:
    contest = ContestFactory(stage="upcoming")
    rules(contest, third_at_total=None, tie_criteria=[])
    rubric(contest, maxima)
    client.force_login(ContestOrganizerFactory(contest=contest).user)
    address = reverse("organizer_rules", args=[contest.slug])
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    posted = {name: value for name, value in values.items() if value is not None and value is not False}

    page = client.post(address, {**posted, "third_at_total": typed})

    errors = page.context["form"].errors if page.context else {}
    assert page.status_code == (302 if kept is not None else 200), errors
    assert JudgingRules.objects.get(contest=contest).third_at_total == kept
    if kept is None:
        assert page.context["form"].errors.keys() == {"third_at_total"}
