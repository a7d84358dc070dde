"""An invitation from the organizer's form to the accepted seat."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from essays.outbox.rendering import render
from essays.people.models import User
from judging.panels import actions, tokens
from judging.panels.models import Seat
from judging.panels.pasted import Person
from tests.factories.story import ContestFactory, SeatFactory, UserFactory

pytestmark = pytest.mark.django_db
PERSON = Person("Иванова", "Анна", "Петровна", "anna@example.org")
NEW_PASSWORD = "тихий-вечер-у-реки-7"


@pytest.fixture
def seat() -> Seat:
    return actions.invite(ContestFactory(), [PERSON], role=Seat.Role.MEMBER, actor=None).seats[0]


def address(seat: Seat) -> str:
    return reverse("seat_invitation", args=[tokens.make(seat.public_id, seat.invited_at)])


def test_inviting_makes_a_seat_owes_a_letter_and_is_in_the_ledger() -> None:
    contest, organizer = ContestFactory(), UserFactory()

    invited = actions.invite(contest, [PERSON], role=Seat.Role.CHAIR, actor=organizer)

    seat = invited.seats[0]
    assert (seat.state, seat.role, seat.role_order, seat.user_id) == ("invited", "chair", 0, None)
    letter = Letter.objects.get(pk__in=invited.letters)
    assert (letter.name, letter.to) == ("judge_invitation", "anna@example.org")
    assert LedgerEvent.objects.get(action="seat.invited").actor_ref == organizer.pk


def test_inviting_the_same_address_again_leaves_the_seat_alone() -> None:
    contest = ContestFactory()
    actions.invite(contest, [PERSON], role=Seat.Role.MEMBER, actor=None)

    again = actions.invite(contest, [PERSON], role=Seat.Role.MEMBER, actor=None)

    assert (again.seats, again.letters, again.already) == ([], [], [PERSON])
    assert Seat.objects.count() == Letter.objects.count() == 1


def test_a_jury_has_one_chair() -> None:
    contest = ContestFactory()
    SeatFactory(contest=contest, role=Seat.Role.CHAIR)

    with pytest.raises(actions.Refused):
        actions.invite(contest, [PERSON], role=Seat.Role.CHAIR, actor=None)

    assert Seat.objects.count() == 1


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_letter_holds_a_link_that_opens_the_invitation(client: Client, seat: Seat, language: str) -> None:
    letter = Letter.objects.get()

    _subject, text, html = render(letter.name, letter.context, language)

    assert address(seat) in text and address(seat) in html
    assert tokens.make(seat.public_id, seat.invited_at) not in str(letter.context)
    assert client.get(address(seat)).status_code == 200


def test_looking_at_the_invitation_changes_nothing(client: Client, seat: Seat) -> None:
    client.get(address(seat))
    client.head(address(seat))

    seat.refresh_from_db()
    assert seat.state == Seat.State.INVITED


def test_a_person_without_an_account_sets_a_password_and_is_in(client: Client, seat: Seat) -> None:
    response = client.post(address(seat), {"password": NEW_PASSWORD})

    seat.refresh_from_db()
    user = User.objects.get(email="anna@example.org")
    assert response.headers["Location"] == reverse("my_seat", args=[seat.public_id])
    assert (seat.state, seat.user_id) == (Seat.State.ACCEPTED, user.pk)
    assert (user.surname, user.check_password(NEW_PASSWORD)) == ("Иванова", True)
    assert EmailAddress.objects.filter(user=user, email="anna@example.org", verified=True, primary=True).exists()
    assert client.get(response.headers["Location"]).status_code == 200


def test_a_weak_password_is_explained_and_changes_nothing(client: Client, seat: Seat) -> None:
    response = client.post(address(seat), {"password": "12345678"})

    seat.refresh_from_db()
    assert (response.status_code, seat.state) == (200, Seat.State.INVITED)
    assert response.context["form"].errors["password"]
    assert not User.objects.filter(email=seat.email).exists()


def test_a_person_with_an_account_signs_in_and_accepts(client: Client, seat: Seat) -> None:
    user = UserFactory(email="anna@example.org")
    page = client.get(address(seat))
    refused = client.post(address(seat), {"password": NEW_PASSWORD})
    client.force_login(user)
    client.post(address(seat))

    seat.refresh_from_db()
    assert page.context["has_account"] and refused.context["form"].non_field_errors()
    assert (seat.state, seat.user_id) == (Seat.State.ACCEPTED, user.pk)


def test_an_account_that_nobody_confirmed_falls_to_the_owner_of_the_address(client: Client, seat: Seat) -> None:
    squatter = User.objects.create_user("anna@example.org", "known-to-the-squatter")
    EmailAddress.objects.create(user=squatter, email=squatter.email, verified=False, primary=True)

    client.post(address(seat), {"password": NEW_PASSWORD})

    squatter.refresh_from_db()
    assert (squatter.check_password("known-to-the-squatter"), squatter.check_password(NEW_PASSWORD)) == (False, True)


def test_a_forwarded_invitation_may_be_accepted_with_another_account(client: Client, seat: Seat) -> None:
    user = UserFactory(email="work@example.org")
    client.force_login(user)

    client.post(address(seat))

    seat.refresh_from_db()
    assert seat.user_id == user.pk
    assert not EmailAddress.objects.filter(email="anna@example.org").exists()


def test_one_account_has_one_seat_on_a_jury(client: Client, seat: Seat) -> None:
    user = UserFactory()
    SeatFactory(contest=seat.contest, user=user)
    client.force_login(user)

    response = client.post(address(seat))

    seat.refresh_from_db()
    assert (response.status_code, seat.state) == (200, Seat.State.INVITED)
    assert response.context["refusal"]


def test_declining_needs_no_account(client: Client, seat: Seat) -> None:
    client.post(address(seat), {"decline": "1"})

    seat.refresh_from_db()
    assert seat.state == Seat.State.DECLINED
    assert client.post(address(seat), {"password": NEW_PASSWORD}).templates[0].name.endswith("invitation_over.html")


def test_a_token_that_is_not_ours_is_not_found(client: Client, seat: Seat) -> None:
    good = address(seat)
    for bad in (good[:-2] + "x/", reverse("seat_invitation", args=["nonsense"])):
        assert client.get(bad).status_code == 404


def test_an_invitation_ends_after_fourteen_days(client: Client, seat: Seat) -> None:
    seat.invited_at -= timedelta(days=14)
    seat.save()

    response = client.post(address(seat), {"password": NEW_PASSWORD})

    seat.refresh_from_db()
    assert seat.state == Seat.State.INVITED
    assert response.templates[0].name == "judging/panels/invitation_over.html"


def test_a_fresh_invitation_ends_the_earlier_one(client: Client, seat: Seat) -> None:
    Seat.objects.filter(pk=seat.pk).update(invited_at=seat.invited_at - timedelta(days=1))
    seat.refresh_from_db()
    old = address(seat)
    Letter.objects.all().delete()

    letters = actions.invite_again(seat, actor=None)

    client.post(old, {"password": NEW_PASSWORD})
    seat.refresh_from_db()
    assert len(letters) == 1
    assert seat.state == Seat.State.INVITED
    client.post(address(seat), {"password": NEW_PASSWORD})
    seat.refresh_from_db()
    assert seat.state == Seat.State.ACCEPTED


def test_who_declined_or_left_may_be_invited_again(seat: Seat) -> None:
    actions.decline(seat)

    actions.invite_again(seat, actor=None)

    assert seat.state == Seat.State.INVITED


def test_who_sits_on_the_jury_is_not_invited_again() -> None:
    with pytest.raises(actions.Refused):
        actions.invite_again(SeatFactory(), actor=None)
