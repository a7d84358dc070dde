"""The organizer's overview of reviews."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from judging.assignments.substitutes import appoint_third
from judging.rubrics.models import Criterion
from tests.factories.story import (
    AssignmentFactory,
    BlindCopyFactory,
    CategoryFactory,
    ContestFactory,
    ContestOrganizerFactory,
    InstitutionFactory,
    SeatFactory,
    review,
    rubric,
    rules,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest() -> Contest:
    contest = ContestFactory(stage="judging")
    rules(contest)
    rubric(contest)
    return contest


@pytest.fixture
def organizer(client: Client, contest: Contest) -> Client:
    client.force_login(ContestOrganizerFactory(contest=contest).user)
    return client


def copy_with(contest: Contest, *totals: int) -> BlindCopy:
    copy = BlindCopyFactory(contest=contest)
    first = Criterion.objects.filter(rubric__contest=contest).first()
    for total in totals:
        review(AssignmentFactory(copy=copy), {first: total})
    return copy


def address(contest: Contest) -> str:
    return reverse("organizer_reviews", args=[contest.slug])


def test_it_shows_spread_thirds_and_who_is_missing(organizer: Client, contest: Contest) -> None:
    agreed, apart = copy_with(contest, 40, 45), copy_with(contest, 10, 50)
    AssignmentFactory(copy=copy_with(contest))

    page = organizer.get(address(contest))

    rows = {row.copy.code: row for row in page.context["rows"]}
    assert (rows[agreed.code].spread, rows[agreed.code].wants_third) == (Decimal(5), False)
    assert (rows[apart.code].spread, rows[apart.code].wants_third) == (Decimal(40), True)
    assert (page.context["submitted"], page.context["of"], page.context["wanting"]) == (4, 5, 1)


def test_a_missing_third_says_why(organizer: Client, contest: Contest) -> None:
    apart = copy_with(contest, 10, 50)
    contest.seats.exclude(assignments__copy=apart).delete()

    row = organizer.get(address(contest), {"show": "disagreement"}).context["rows"][0]

    assert row.why_no_third == ("too_few_judges",)


def test_an_appointed_third_is_shown(organizer: Client, contest: Contest) -> None:
    apart = copy_with(contest, 10, 50)
    SeatFactory(contest=contest)
    appoint_third(apart)

    page = organizer.get(address(contest), {"show": "third"})

    row = page.context["rows"][0]
    assert (row.copy, row.wants_third, row.third is not None) == (apart, False, True)


@pytest.mark.parametrize("show", ["all", "waiting", "done", "disagreement", "third", "nonsense"])
def test_every_filter_answers(organizer: Client, contest: Contest, show: str) -> None:
    done, waiting = copy_with(contest, 10, 50), copy_with(contest)
    AssignmentFactory(copy=waiting)

    found = {row.copy for row in organizer.get(address(contest), {"show": show}).context["rows"]}

    expected = {"waiting": {waiting}, "done": {done}, "disagreement": {done}, "third": set()}
    assert found == expected.get(show, {done, waiting})


def test_queries_do_not_grow_with_rows(organizer: Client, contest: Contest) -> None:
    """Also where it is asked why nobody may be the third: of judges with institutions, limits and declared people."""
    for seat in SeatFactory.create_batch(2, contest=contest):
        seat.institutions.add(InstitutionFactory(parent=InstitutionFactory()))
        seat.categories.add(CategoryFactory(contest=contest))
        seat.declared_conflicts.create(key="0" * 64)
    organizer.get(address(contest))

    def asked(show: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(organizer.get(address(contest), {"show": show}).context["rows"]) == rows
        return len(queries)

    found = []
    for rows in (1, 3):
        while BlindCopy.objects.of_contest(contest).count() < rows:
            copy_with(contest, 10, 50)
        found.append((asked("all"), asked("disagreement")))

    assert found[0] == found[1]
    assert max(found[0]) <= 15 + (connection.vendor == "postgresql")
