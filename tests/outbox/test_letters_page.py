"""The organizer's page of letters."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from essays.entries import letters as entry_letters
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from essays.outbox.rendering import message_of
from essays.outbox.words import KINDS, reason_of
from judging.panels import actions as panels
from judging.ranking import actions as ranking
from tests.factories.judged import judged_contest
from tests.factories.regulations import draft, organizer
from tests.factories.story import ContestOrganizerFactory, SeatFactory, moment

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def maria(client):
    user = organizer()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


def letter(contest, number: int, state: str = "failed", **values) -> Letter:
    given = {
        "key": f"k{contest.pk}:{number}",
        "name": "receipt",
        "to": f"reader{number}@example.org",
        "contest": contest,
        "state": state,
        "attempts": 1,
        "next_attempt_at": moment(0),
        "queued_at": moment(0),
        **values,
    }
    return Letter.objects.create(**given)


def test_letters_stand_with_their_state_and_reason_but_without_their_text(client, maria):
    contest = draft(maria)
    letter(contest, 1, last_error="SMTPRecipientsRefused: 550", context={"code": "CANARY"}, text="CANARY", attempts=1)
    letter(contest, 2, "sent")
    letter(contest, 3, "queued", last_error="TimeoutError: timed out")

    html = client.get(reverse("organizer_letters", args=[contest.slug]), headers=ENGLISH).content.decode()

    for words in (
        "reader1@example.org",
        "receipt of the essay",
        "The mail server does not take letters for this address.",
        "The mail server did not answer.",
        "Not sent (1)",
        "Waiting (1)",
        "Sent (1)",
    ):
        assert words in html, words
    assert "CANARY" not in html


def test_the_state_is_a_filter(client, maria):
    contest = draft(maria)
    letter(contest, 1)
    letter(contest, 2, "sent")

    answer = client.get(reverse("organizer_letters", args=[contest.slug]), {"state": "sent"})

    assert [row["letter"].to for row in answer.context["rows"]] == ["reader2@example.org"]


def test_another_contests_letters_can_neither_be_seen_nor_retried(client, maria):
    mine, other = draft(maria), draft(organizer(), "other")
    theirs = letter(other, 1)

    assert "reader1@" not in client.get(reverse("organizer_letters", args=[mine.slug])).content.decode()
    for slug in (mine.slug, other.slug):
        assert client.post(reverse("organizer_letter_retry", args=[slug, theirs.pk])).status_code == 404
    assert client.post(reverse("organizer_letters_retry", args=[other.slug])).status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == Letter.State.FAILED


def test_failed_letters_are_tried_again_one_by_one_and_all_together(client, maria):
    contest = draft(maria)
    one, two, three = (letter(contest, number) for number in (1, 2, 3))

    client.post(reverse("organizer_letter_retry", args=[contest.slug, one.pk]))
    assert [item.state for item in Letter.objects.order_by("pk")] == ["queued", "failed", "failed"]
    client.post(reverse("organizer_letters_retry", args=[contest.slug]))

    assert {item.state for item in Letter.objects.filter(pk__in=[two.pk, three.pk])} == {"queued"}


def test_a_letter_that_is_on_its_way_is_left_alone(client, maria):
    contest = draft(maria)
    sending = letter(contest, 1, "sending")

    answer = client.post(
        reverse("organizer_letter_retry", args=[contest.slug, sending.pk]), follow=True, headers=ENGLISH
    )

    assert "This letter is on its way already." in answer.content.decode()


def test_the_page_asks_alike_for_one_letter_and_for_three(client, maria, django_assert_max_num_queries):
    contest = draft(maria)
    address = reverse("organizer_letters", args=[contest.slug])
    letter(contest, 1)
    client.get(address)
    with django_assert_max_num_queries(15) as one:
        client.get(address)
    letter(contest, 2)
    letter(contest, 3)
    with django_assert_max_num_queries(15) as three:
        client.get(address)

    assert len(one) == len(three)


def test_every_letter_of_the_product_has_a_name_in_words():
    folder = Path(settings.BASE_DIR) / "templates" / "letters"

    assert sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name not in KINDS) == []


@pytest.mark.parametrize("state", ["queued", "failed"])
def test_a_letter_without_a_failure_has_no_reason(state):
    assert reason_of(Letter(state=state, last_error="")) == ""


def read(client, one: Letter) -> str:
    return client.get(reverse("organizer_letter", args=[one.contest.slug, one.pk]), headers=ENGLISH).content.decode()


def test_a_letter_is_read_without_links_that_open_doors_and_without_the_code_before_approval(
    client, maria, tmp_path, settings
):
    settings.MEDIA_ROOT = tmp_path
    judged = judged_contest([(55, 35), (54, 36)], [(45, 30), (46, 30)])
    ContestOrganizerFactory(contest=judged.contest, user=maria)
    entry = judged.entries[0]
    receipt = Letter.objects.get(pk=entry_letters.receipt(entry, entry.essays.get())[0])
    entry.guardian_email = "olga@example.org"
    token = entry_letters.guardian_token(entry)
    link = reverse("guardian", args=[token])
    asked = letter(judged.contest, 1, "sent", name="guardian_request", context={"given_name": "Вера", "link": link})
    panels.invite_again(SeatFactory(contest=judged.contest, user=None, state="invited"), actor=maria)
    invited = Letter.objects.get(name="judge_invitation")

    before = read(client, receipt)

    assert (entry.code in before, "••••••" in before) == (False, True)
    assert f"№ {entry.number}" in before and entry.essays.get().sha256 in before
    assert reverse("entry", args=[entry.public_id]) in before
    assert token in message_of(asked).body
    assert (token in read(client, asked), "••••••" in read(client, asked)) == (False, True)
    seat_token = re.search(r"/seats/([^/\s]+)/", message_of(invited).body)[1]
    assert (seat_token in read(client, invited), "/••••••" in read(client, invited)) == (False, True)
    # The ledger knows who has read it, and the page says so.
    assert (
        LedgerEvent.objects.filter(action="letter.read", subject_ref=str(receipt.pk), actor_ref=maria.pk).count() == 1
    )
    assert "is in the ledger" in before
    told = client.get(reverse("organizer_ledger", args=[judged.contest.slug]), {"kind": "letter"}, headers=ENGLISH)
    assert {row["subject"] for row in told.context["rows"] if "read a letter" in row["what"]} == {
        f"receipt of the essay, to {receipt.to}",
        f"a parent's consent is asked for, to {asked.to}",
        f"invitation to the jury, to {invited.to}",
    }
    assert (f"to {receipt.to}" in told.content.decode(), entry.code in told.content.decode()) == (True, False)

    ranking.approve(judged.contest, maria, ranking.propose(judged.contest).digest)

    assert entry.code in read(client, receipt)
    assert token not in read(client, asked)
