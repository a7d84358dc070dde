"""Results before their moment: approved, written, numbered, and yet nobody outside the organizers can tell.

Three states of the same contest are compared page by page: judged, approved, and announced for tomorrow with every
envelope opened and every document numbered. Then the winner's pages are compared with those of somebody without an award.
"""

import re
import uuid
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from essays.contests.models import Contest
from essays.entries.models import Entry
from essays.ledger import clock
from essays.outbox.models import Letter
from essays.people.models import User
from judging.assignments.models import Assignment
from judging.ranking import actions as ranking
from judging.results import actions
from judging.results.models import Announcement, Diploma
from tests.factories.judged import Judged, judged_contest
from tests.factories.story import UserFactory
from tests.walls.cast import stored_file

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)
# What says whose page it is, and which contest's: the same page in other words.
OWN = ("public_id", "code", "surname", "email", "title")


@pytest.fixture
def judged() -> Judged:
    """A winner, a prize-winner and two without an award; the winner and the last are told apart by nothing else."""
    made = judged_contest([(55, 35), (54, 36)], [(45, 30), (46, 30)], [(20, 10), (21, 10)], [(20, 9), (21, 9)])
    winner, loser = made.entries[0], made.entries[-1]
    # To the second: pages show minutes, and one may begin between the two.
    for name in ("institution", "municipality", "created_at", "received_at", "decided_at"):
        setattr(loser, name, getattr(winner, name))
    loser.save()
    of_winner = winner.essays.get()
    loser.essays.update(received_at=of_winner.received_at, blinded_at=of_winner.blinded_at)
    loser.consents.update(given_at=winner.consents.get().given_at)
    stored_file("essays/none.txt")
    return made


def approve(judged: Judged) -> str:
    return ranking.approve(judged.contest, judged.organizer, ranking.propose(judged.contest).digest).sha256


def announce_for_tomorrow(judged: Judged) -> Announcement:
    made = actions.announce(judged.contest, judged.organizer, clock.now() + TOMORROW, seen=approve(judged))
    assert actions.complete(made.pk) == []
    made.refresh_from_db()
    assert made.state == Announcement.State.ANNOUNCED and Diploma.objects.count() == len(judged.entries)
    return made


def the_moment_comes(announcement: Announcement) -> None:
    now = clock.now()
    Announcement.objects.filter(pk=announcement.pk).update(at=now)
    Contest.objects.filter(pk=announcement.contest_id).update(announced_at=now)


def people(judged: Judged) -> dict[str, User | None]:
    return {
        "nobody": None,
        "somebody": UserFactory(),
        "winner": judged.entries[0].owner,
        "loser": judged.entries[-1].owner,
        "judge": judged.seats[0].user,
    }


def browser(user: User | None, language: str = "ru") -> Client:
    client = Client(headers={"accept-language": language})
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        # The first page of a session notes its use and sets a cookie anew, whatever page it is.
        client.get(reverse("check_document"))
    return client


def addresses(judged: Judged, number: str = "LR-2026-AAA-AAA-AAA-AAA") -> list[str]:
    """Everything that anybody but an organizer could think of asking."""
    slug = judged.contest.slug
    found = [
        reverse("home"),
        reverse("contest_page", args=[slug]),
        reverse("contest_results", args=[slug]),
        reverse("contest_results", args=[slug]) + "?category=1&nomination=1",
        reverse("results_picture", args=[slug]),
        reverse("enter", args=[slug]),
        reverse("my_entries"),
        reverse("judge_queue"),
        reverse("judge_queue") + "?show=done",
        reverse("check_document"),
        reverse("check_document") + f"?number={number}",
        reverse("verify_document", args=[number]),
        reverse("diploma_pdf", args=[number]),
        *(reverse(name, args=[slug]) for name in ("organizer_board", "organizer_ranking", "organizer_results")),
        *(
            reverse("organizer_ranking_download", kwargs={"slug": slug, "kind": kind})
            for kind in ("csv", "xlsx", "json")
        ),
    ]
    for entry in judged.entries:
        for name in ("entry", "entry_copy", "entry_consents", "entry_withdraw", "entry_original"):
            found.append(reverse(name, args=[entry.public_id]))
    for assignment in Assignment.objects.filter(contest=judged.contest).order_by("pk"):
        for name in ("reading_desk", "recuse"):
            found.append(reverse(name, args=[assignment.public_id]))
    return found


def plain(response: HttpResponse) -> str:
    """A response whole, without anti-forgery tokens and session cookies, which differ at every visit."""
    # The length would say no more than the body does, which is compared.
    headers = "\n".join(f"{name}: {value}" for name, value in response.items() if name != "Content-Length")
    cookies = sorted(response.cookies)
    body = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    text = f"{response.status_code}\n{headers}\n{cookies}\n" + body.decode("utf-8", "replace")
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", text)


def everything(judged: Judged, client: Client, number: str = "LR-2026-AAA-AAA-AAA-AAA") -> dict[str, str]:
    return {address: plain(client.get(address)) for address in addresses(judged, number)}


@pytest.mark.parametrize("language", ["ru", pytest.param("en", marks=pytest.mark.any_database)])
def test_no_page_changes_by_approval_and_preparation(judged: Judged, language: str) -> None:
    clients = {role: browser(user, language) for role, user in people(judged).items()}
    # Opening a desk may begin a review; here everything has been scored.
    only_judged = {role: everything(judged, client) for role, client in clients.items()}
    sha256 = approve(judged)
    approved = {role: everything(judged, client) for role, client in clients.items()}
    actions.complete(actions.announce(judged.contest, judged.organizer, clock.now() + TOMORROW, seen=sha256).pk)
    prepared = {role: everything(judged, client) for role, client in clients.items()}
    for role in clients:
        for address, page in only_judged[role].items():
            assert prepared[role][address] == approved[role][address], (role, address)
            if role != "judge":
                # The jury itself may know that it has decided: its reviews are closed from then on.
                assert approved[role][address] == page, (role, address)


def test_the_winner_sees_what_everybody_else_sees(judged: Judged) -> None:
    announcement = announce_for_tomorrow(judged)
    winner, loser = judged.entries[0], judged.entries[-1]
    assert own_pages(winner) == own_pages(loser)
    the_moment_comes(announcement)
    assert own_pages(winner) != own_pages(loser)


def own_pages(entry: Entry) -> dict[str, str]:
    """The entrant's own pages, with everything that is only their own made the same."""
    client = browser(entry.owner)
    pages = {}
    for name in ("my_entries", "home", "entry", "entry_copy", "entry_consents", "entry_withdraw"):
        text = plain(client.get(reverse(name, args=[entry.public_id] if name.startswith("entry") else [])))
        for field in OWN:
            text = text.replace(str(getattr(entry, field)), f"<{field}>")
        # A whole number: «№ 1» is also the beginning of a school's «№ 1012».
        text = re.sub(rf"№(?: |&nbsp;){entry.number}\b", "<number>", text)
        text = text.replace(entry.owner.email, "<owner>").replace(entry.owner.surname, "<owner>")
        pages[name] = text
    return pages


@pytest.mark.parametrize("role", ["nobody", "somebody", "winner", "loser", "judge"])
def test_documents_that_exist_are_like_numbers_that_were_never_given(judged: Judged, role: str) -> None:
    announcement = announce_for_tomorrow(judged)
    client = browser(people(judged)[role])
    diploma = Diploma.objects.get(award__entry=judged.entries[0], kind=Diploma.Kind.DIPLOMA)
    made_up = "LR-2026-234-567-89A-BCD"
    for name in ("verify_document", "diploma_pdf"):
        for known, unknown in ((diploma.number, made_up), (str(diploma.public_id), str(uuid.UUID(int=7)))):
            there, nowhere = (client.get(reverse(name, args=[one])) for one in (known, unknown))
            assert plain(there).replace(known, "") == plain(nowhere).replace(unknown, "")
            assert there.status_code in (302, 404)
    assert [
        client.get(f"/documents/{one}/").status_code for one in (announcement.pk, diploma.pk, judged.contest.slug)
    ] == [404, 404, 404]


@pytest.mark.parametrize("role", ["nobody", "winner", "judge"])
def test_results_that_wait_are_like_no_results(judged: Judged, role: str) -> None:
    announcement = announce_for_tomorrow(judged)
    none = judged_contest()
    client = browser(people(judged)[role])
    waiting, empty = (
        plain(client.get(reverse("contest_results", args=[one.contest.slug]))).replace(one.contest.slug, "")
        for one in (judged, none)
    )
    assert waiting == empty and waiting.startswith("404")
    the_moment_comes(announcement)
    assert client.get(reverse("contest_results", args=[judged.contest.slug])).status_code == 200


def test_no_letter_is_owed_before_the_moment(judged: Judged) -> None:
    announcement = announce_for_tomorrow(judged)
    assert list(Letter.objects.values_list("name", flat=True)) == []
    the_moment_comes(announcement)
    actions.complete(announcement.pk)
    assert Letter.objects.filter(name__startswith="result").count() == len(judged.entries) + len(judged.seats)


def test_a_contest_that_was_put_away_keeps_its_results_until_their_moment(judged: Judged) -> None:
    announce_for_tomorrow(judged)
    Contest.objects.filter(pk=judged.contest.pk).update(state=Contest.State.ARCHIVED)
    client = browser(None)
    waiting = {address: plain(client.get(address)) for address in addresses(judged)}
    Contest.objects.filter(pk=judged.contest.pk).update(announced_at=None)
    assert waiting == {address: plain(client.get(address)) for address in addresses(judged)}
