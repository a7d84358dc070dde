"""Declaring a conflict is no way to learn whose essay it was."""

import pytest
from django.test import Client
from django.urls import reverse

from essays.anonymity.keys import conflict_key
from judging.assignments.models import Assignment
from judging.panels import actions
from judging.panels.models import Seat
from tests.factories.story import (
    AssignmentFactory,
    ContestFactory,
    ContestOrganizerFactory,
    InstitutionFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def dealt() -> tuple[Assignment, object]:
    """An assignment whose author studies at the institution that is given beside it."""
    place = InstitutionFactory()
    assignment = AssignmentFactory()
    assignment.copy.conflict_keys = [conflict_key(assignment.contest, "institution", place.pk)]
    assignment.copy.save()
    return assignment, place


def test_before_the_deal_a_judge_declares_where_they_work(client: Client) -> None:
    seat, place = SeatFactory(), InstitutionFactory()
    client.force_login(seat.user, backend=BACKEND)

    client.post(reverse("my_seat", args=[seat.public_id]), {"act": "add_institution", "institution": place.pk})

    assert list(seat.institutions.all()) == [place]


def test_after_the_deal_a_declaration_changes_nothing_and_tells_nothing(client: Client) -> None:
    assignment, place = dealt()
    client.force_login(assignment.seat.user, backend=BACKEND)
    address = reverse("my_seat", args=[assignment.seat.public_id])

    client.post(address, {"act": "add_institution", "institution": place.pk})
    client.post(address, {"act": "declare_conflict", "email": "pupil@example.org", "note": "племянник"})

    assignment.refresh_from_db()
    assert assignment.state == "waiting"
    assert not assignment.seat.institutions.exists()
    assert not assignment.seat.declared_conflicts.exists()
    assert "add_institution" not in client.get(address + "?q=СОШ").content.decode()


def test_after_the_deal_an_organizer_notes_it_and_the_essay_goes_to_others(client: Client) -> None:
    assignment, place = dealt()
    organizer = ContestOrganizerFactory(contest=assignment.contest).user
    client.force_login(organizer, backend=BACKEND)

    client.post(
        reverse("organizer_seat", args=[assignment.contest.slug, assignment.seat.public_id]),
        {"act": "add_institution", "institution": place.pk},
    )

    assignment.refresh_from_db()
    assert assignment.state == "withdrawn"


def test_an_institution_that_an_entrant_wrote_in_is_not_shown_to_judges(client: Client) -> None:
    seat = SeatFactory()
    InstitutionFactory(short_name="Школа из заявки", confirmed=False)
    client.force_login(seat.user, backend=BACKEND)

    page = client.get(reverse("my_seat", args=[seat.public_id]), {"q": "заявки"})

    assert "Школа из заявки" not in page.content.decode()


@pytest.mark.parametrize(("role", "may"), [(Seat.Role.MEMBER, False), (Seat.Role.SECRETARY, True)])
def test_who_sees_the_names_does_not_score(role: str, may: bool) -> None:
    contest = ContestFactory(stage="judging")
    organizer = ContestOrganizerFactory(contest=contest).user
    seat = SeatFactory(contest=contest, user=None, email=organizer.email, state=Seat.State.INVITED, role=role)

    try:
        actions.accept(seat, organizer)
    except actions.Refused:
        assert not may
    else:
        assert may
