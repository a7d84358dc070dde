"""A prepared question answers as the query set that it is made of."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from essays.contests.models import Category, Contest
from essays.ledger.prepared import prepared, prepared_listing, prepared_numbers
from judging.panels.models import Seat
from tests.factories.story import ContestFactory, SeatFactory

pytestmark = pytest.mark.django_db


def opened_since(state: str, since: datetime) -> QuerySet[Contest]:
    return Contest.objects.filter(state=state, opens_at__gte=since).defer("regulation_ru").order_by("slug")


def slugs_of(pk: int) -> QuerySet[Contest, tuple[str, datetime]]:
    return Contest.objects.filter(pk=pk).values_list("slug", "opens_at")


def with_contest(contest: int) -> QuerySet[Category]:
    return Category.objects.filter(contest=contest).select_related("contest").order_by("position")[:1]


def numbers(since: datetime) -> dict[str, int]:
    return Contest.objects.aggregate(all=Count("pk"), new=Count("pk", filter=Q(opens_at__gte=since)))


def is_there(slug: str) -> bool:
    return Contest.objects.filter(slug=slug).exists()


@pytest.fixture
def contest() -> Contest:
    return ContestFactory(slug="later")


@pytest.fixture
def two(contest: Contest) -> Contest:
    """A second contest beside ``contest``, that opened a year before it."""
    return ContestFactory(slug="earlier", state=contest.state, opens_at=contest.opens_at - timedelta(days=365))


def test_rows_come_as_the_query_set_gives_them(contest: Contest, two: Contest) -> None:
    ask = prepared(opened_since)

    for since in (contest.opens_at, two.opens_at, contest.opens_at + timedelta(seconds=1)):
        assert ask(contest.state, since) == list(opened_since(contest.state, since))
    found = ask(contest.state, contest.opens_at)[0]
    assert found.get_deferred_fields() == {"regulation_ru"}
    assert (found.opens_at, found._state.db, found._state.adding) == (contest.opens_at, "default", False)


def test_values_and_joined_rows_are_whole(contest: Contest, django_assert_num_queries: object) -> None:
    Category.objects.filter(contest=contest).delete()
    made = Category.objects.create(contest=contest, position=1, name_ru="Школьники", name_en="Pupils")

    assert prepared(slugs_of)(contest.pk) == [(contest.slug, contest.opens_at)]
    (found,) = prepared(with_contest)(contest.pk)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert (found, found.contest, found.contest.opens_at) == (made, contest, contest.opens_at)
    assert prepared(with_contest)(0) == []


def test_numbers_come_as_a_row(contest: Contest, two: Contest) -> None:
    assert prepared_numbers(numbers)(contest.opens_at) == (2, 1)
    assert prepared_numbers(numbers)(two.opens_at) == tuple(numbers(two.opens_at).values())
    assert bool(prepared_numbers(is_there)(contest.slug))
    assert prepared_numbers(is_there)("nowhere") is None


def test_numbers_may_be_asked_first_where_questions_are_written_down(contest: Contest) -> None:
    ask = prepared_numbers(is_there)

    with CaptureQueriesContext(connection) as written:
        assert bool(ask(contest.slug))

    assert [contest.slug in one["sql"] for one in written.captured_queries] == [True]


@pytest.mark.parametrize("arguments", [(None, datetime(2026, 1, 1, tzinfo=UTC)), ("draft",), ("draft", None)])
def test_nothing_stands_for_a_value(arguments: tuple[object, ...]) -> None:
    with pytest.raises(TypeError, match="opened_since takes 2 values"):
        prepared(opened_since)(*arguments)  # type: ignore[arg-type]


def test_a_listing_is_counted_and_cut(contest: Contest, two: Contest) -> None:
    listing = prepared_listing(opened_since)(contest.state, two.opens_at)

    first, last = Paginator(listing, 1).page(1), Paginator(listing, 1).page(2)
    assert (listing.count(), list(first), list(last)) == (2, [two], [contest])
    assert (listing[0:9], listing[1:2]) == ([two, contest], [contest])
    assert prepared_listing(opened_since)("nowhere", two.opens_at).count() == 0


def test_a_uuid_is_written_as_the_database_keeps_it(contest: Contest) -> None:
    def by_address(public_id: UUID) -> QuerySet[Seat]:
        return Seat.objects.filter(public_id=public_id)

    seat = SeatFactory(contest=contest)

    assert prepared(by_address)(seat.public_id) == [seat]


def test_an_argument_that_the_question_does_not_have_is_refused(contest: Contest) -> None:
    def chosen(state: str, pk: int) -> QuerySet[Contest]:
        return Contest.objects.filter(state=state) if pk is None else Contest.objects.all()

    def many(pk: int) -> int:
        return Contest.objects.filter(pk__gt=0 if pk else 1).count()

    with pytest.raises(TypeError, match=r"chosen: the question does not depend on arguments \[0, 1\]"):
        prepared(chosen)("draft", 1)
    with pytest.raises(TypeError, match=r"many: the question does not depend on arguments \[0\]"):
        prepared_numbers(many)(1)


def test_what_is_locked_is_refused(contest: Contest) -> None:
    def locked(pk: int) -> QuerySet[Contest]:
        return Contest.objects.select_for_update().filter(pk=pk)

    with pytest.raises(TypeError, match="rows are locked by actions"):
        prepared(locked)(contest.pk)


def test_a_session_key_that_no_database_takes_is_nobodys(client: Client) -> None:
    """Octal signs of a quoted cookie are read: PostgreSQL refuses the null among them."""
    answer = client.get("/", headers={"cookie": 'sessionid="' + r"\000" * 9 + '"'})

    assert answer.status_code == 200


def test_what_is_prefetched_is_refused() -> None:
    def with_categories(state: str) -> QuerySet[Contest]:
        return Contest.objects.filter(state=state).prefetch_related("categories")

    with pytest.raises(TypeError, match="question of its own"):
        prepared(with_categories)("draft")
