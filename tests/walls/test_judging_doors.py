"""Every address of panels, assignments and reviews, tried by everybody: only who may comes in.

Somebody else's and what does not exist must look the same.
"""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from essays.people.models import User
from judging.assignments.models import Assignment
from judging.panels.models import Seat
from tests.factories.story import (
    AssignmentFactory,
    BlindCopyFactory,
    ContestFactory,
    ContestOrganizerFactory,
    SeatFactory,
    UserFactory,
    rubric,
    rules,
)

pytestmark = pytest.mark.django_db
JUDGE_PAGES = ["reading_desk", "recuse"]
JUDGE_ACTS = ["save_draft", "reopen_review", "recuse", "reading_desk"]
ORGANIZER_PAGES = ["organizer_judges", "organizer_assignments", "organizer_reviews"]


@pytest.fixture
def assignment() -> Assignment:
    contest = ContestFactory(stage="judging")
    rules(contest)
    rubric(contest)
    return AssignmentFactory(copy=BlindCopyFactory(contest=contest))


def of_another_judge(assignment: Assignment) -> User:
    return SeatFactory(contest=assignment.contest).user


def of_another_contest(assignment: Assignment) -> User:
    return AssignmentFactory().seat.user


def who_left(assignment: Assignment) -> User:
    Seat.objects.filter(pk=assignment.seat_id).update(state=Seat.State.LEFT)
    return assignment.seat.user


def organizer(assignment: Assignment) -> User:
    return ContestOrganizerFactory(contest=assignment.contest).user


def organizer_elsewhere(assignment: Assignment) -> User:
    return ContestOrganizerFactory().user


def entrant(assignment: Assignment) -> User:
    return UserFactory()


def judge(assignment: Assignment) -> User:
    return assignment.seat.user


def who_may_create_contests(assignment: Assignment) -> User:
    return UserFactory(is_organizer=True)


STRANGERS_TO_THE_DESK = [of_another_judge, of_another_contest, who_left, organizer, organizer_elsewhere, entrant]
STRANGERS_TO_THE_ROOMS = [judge, of_another_contest, organizer_elsewhere, entrant, who_may_create_contests]


def looks_like_nothing(response: HttpResponse, client: Client) -> bool:
    nothing = client.get(reverse("reading_desk", args=[uuid4()]))
    return (response.status_code, [t.name for t in response.templates]) == (  # type: ignore[attr-defined]
        404,
        [t.name for t in nothing.templates],
    )


@pytest.mark.parametrize("who", STRANGERS_TO_THE_DESK)
@pytest.mark.parametrize("name", JUDGE_PAGES)
def test_nobody_else_sees_an_assignment(
    client: Client, assignment: Assignment, who: Callable[[Assignment], User], name: str
) -> None:
    client.force_login(who(assignment))

    response = client.get(reverse(name, args=[assignment.public_id]))

    assert looks_like_nothing(response, client)
    assert assignment.copy.code not in response.content.decode()


@pytest.mark.parametrize("who", STRANGERS_TO_THE_DESK)
@pytest.mark.parametrize("name", JUDGE_ACTS)
def test_nobody_else_acts_on_an_assignment(
    client: Client, assignment: Assignment, who: Callable[[Assignment], User], name: str
) -> None:
    client.force_login(who(assignment))

    response = client.post(
        reverse(name, args=[assignment.public_id]), {"reason": "conflict", "version": 0, "act": "submit"}
    )

    assert looks_like_nothing(response, client)
    assert not hasattr(assignment, "review")
    assignment.refresh_from_db()
    assert assignment.state == Assignment.State.WAITING


@pytest.mark.parametrize("name", JUDGE_PAGES)
def test_the_judge_comes_in(client: Client, assignment: Assignment, name: str) -> None:
    client.force_login(assignment.seat.user)

    assert client.get(reverse(name, args=[assignment.public_id])).status_code == 200


@pytest.mark.parametrize("who", STRANGERS_TO_THE_DESK)
def test_nobody_else_sees_or_changes_a_seat(
    client: Client, assignment: Assignment, who: Callable[[Assignment], User]
) -> None:
    address = reverse("my_seat", args=[assignment.seat.public_id])
    client.force_login(who(assignment))
    state = Seat.objects.get(pk=assignment.seat_id).state

    assert client.get(address).status_code == 404
    assert client.post(address, {"act": "leave", "reason": "…"}).status_code == 404
    assert Seat.objects.get(pk=assignment.seat_id).state == state


def test_the_judge_sees_and_changes_the_own_seat(client: Client, assignment: Assignment) -> None:
    address = reverse("my_seat", args=[assignment.seat.public_id])
    client.force_login(assignment.seat.user)

    assert client.get(address).status_code == 200
    client.post(address, {"act": "leave", "reason": "Болею"})
    assert Seat.objects.get(pk=assignment.seat_id).state == Seat.State.LEFT


@pytest.mark.parametrize("who", STRANGERS_TO_THE_ROOMS)
@pytest.mark.parametrize("name", ORGANIZER_PAGES)
def test_nobody_else_enters_the_organizers_rooms(
    client: Client, assignment: Assignment, who: Callable[[Assignment], User], name: str
) -> None:
    client.force_login(who(assignment))
    address = reverse(name, args=[assignment.contest.slug])

    assert looks_like_nothing(client.get(address), client)
    assert client.post(address, {"act": "apply", "seed": "1"}).status_code in (404, 405)
    assert Assignment.objects.filter(contest=assignment.contest).count() == 1


@pytest.mark.parametrize("name", ORGANIZER_PAGES)
def test_the_organizer_enters(client: Client, assignment: Assignment, name: str) -> None:
    client.force_login(organizer(assignment))

    assert client.get(reverse(name, args=[assignment.contest.slug])).status_code == 200


@pytest.mark.parametrize("who", [*STRANGERS_TO_THE_ROOMS, organizer])
def test_only_the_organizer_changes_a_seat(
    client: Client, assignment: Assignment, who: Callable[[Assignment], User]
) -> None:
    address = reverse("organizer_seat", args=[assignment.contest.slug, assignment.seat.public_id])
    client.force_login(who(assignment))

    response = client.post(address, {"act": "remove", "reason": "Попросил сам"})

    left = Seat.objects.get(pk=assignment.seat_id).state == Seat.State.LEFT
    assert (left, response.status_code) == ((True, 302) if who is organizer else (False, 404))


def test_a_seat_of_another_contest_is_not_reached_through_the_own_one(client: Client, assignment: Assignment) -> None:
    mine = ContestOrganizerFactory()
    client.force_login(mine.user)

    address = reverse("organizer_seat", args=[mine.contest.slug, assignment.seat.public_id])

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        *((name, "assignment") for name in {*JUDGE_PAGES, *JUDGE_ACTS}),
        *((name, "contest") for name in ORGANIZER_PAGES),
        ("judge_queue", None),
        ("my_seat", "seat"),
    ],
)
def test_who_is_not_signed_in_is_led_to_sign_in(
    client: Client, assignment: Assignment, name: str, argument: str | None
) -> None:
    arguments = {
        "assignment": [assignment.public_id],
        "contest": [assignment.contest.slug],
        "seat": [assignment.seat.public_id],
        None: [],
    }[argument]

    for response in (client.get(reverse(name, args=arguments)), client.post(reverse(name, args=arguments))):
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("account_login"))
