"""Whose essays a judge must not read."""

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from essays.anonymity.keys import conflict_key
from judging.panels import actions
from judging.panels.keys import keys_of, keys_of_seats
from judging.panels.models import DeclaredConflict, Seat
from tests.factories.story import ContestFactory, InstitutionFactory, SeatFactory

pytestmark = pytest.mark.django_db


def test_keys_cover_institution_parent_addresses_account_and_declared_people() -> None:
    contest = ContestFactory()
    parent = InstitutionFactory()
    branch = InstitutionFactory(parent=parent)
    seat = SeatFactory(contest=contest, email="invited@example.org", user__email="account@example.org")
    seat.institutions.add(branch)
    actions.declare_conflict(seat, "  Niece@Example.org ", "my niece", actor=seat.user)

    assert keys_of(seat) == {
        conflict_key(contest, "institution", str(branch.pk)),
        conflict_key(contest, "institution", str(parent.pk)),
        conflict_key(contest, "email", "invited@example.org"),
        conflict_key(contest, "email", "account@example.org"),
        conflict_key(contest, "user", str(seat.user_id)),
        conflict_key(contest, "email", "niece@example.org"),
    }


def test_a_ring_of_branches_ends() -> None:
    one = InstitutionFactory()
    two = InstitutionFactory(parent=one)
    one.parent = two
    one.save()
    seat = SeatFactory()
    seat.institutions.add(one)

    expected = {conflict_key(seat.contest, "institution", str(each.pk)) for each in (one, two)}
    assert expected <= keys_of(seat)


def test_keys_of_many_seats_take_as_many_queries_as_of_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    contest = ContestFactory()
    seats = SeatFactory.create_batch(3, contest=contest)
    for seat in seats:
        seat.institutions.add(InstitutionFactory(), InstitutionFactory())

    seats = list(Seat.objects.filter(contest=contest))

    with django_assert_num_queries(4):
        keys_of_seats(contest, seats[:1])
    with django_assert_num_queries(4):
        keys_of_seats(contest, seats)
    with_accounts = list(Seat.objects.filter(contest=contest).select_related("user"))
    with django_assert_num_queries(3):
        keys_of_seats(contest, with_accounts)


def test_the_address_of_a_declared_person_is_not_kept() -> None:
    seat = SeatFactory()

    actions.declare_conflict(seat, "secret-niece@example.org", "", actor=seat.user)
    actions.declare_conflict(seat, "secret-niece@example.org", "twice", actor=seat.user)

    kept = DeclaredConflict.objects.get()
    assert "secret-niece" not in f"{kept.key} {kept.note}"
    assert kept.note == "s…@example.org"
