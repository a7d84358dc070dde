"""The contest's choices about copies, copies as PDF, and copies that an older version made."""

import io

import pikepdf
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from essays.anonymity.engine import Rule
from essays.anonymity.models import BlindCopy
from essays.contests import actions as contests
from essays.contests.models import Contest
from essays.contests.problems import Refused
from essays.entries import blinding, renewal
from essays.entries.models import Entry, Essay
from essays.ledger.models import LedgerEvent
from essays.people.models import User
from tests.factories.applications import blinded, open_contest, sent
from tests.factories.story import AssignmentFactory, ContestFactory, ContestOrganizerFactory, SeatFactory, rubric, rules

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private_files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def signed_in(user: User | None) -> Client:
    assert user is not None
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def copy_of(entry: Entry) -> BlindCopy:
    copy = entry.essays.current().select_related("blind_copy").get().blind_copy
    assert copy is not None
    return copy


def choose(contest: Contest, organizer: User, **changes: object) -> None:
    contest.refresh_from_db()
    contests.change_regulation(contest, contest.version, changes, section="requirements", actor=organizer)


@pytest.mark.parametrize("blindness", Contest.Blindness.values)
def test_the_copy_is_made_by_the_rule_of_the_contest(blindness: str):
    entry = blinded(open_contest(blindness=blindness))
    copy = copy_of(entry)

    assert entry.institution is not None
    line = f"Ребрихина Мария Сергеевна, {entry.institution.name}" if blindness == "open" else ""
    assert ("Ребрихина" in copy.text, copy.author_line) == (blindness != "full", line)
    assert copy.engine_version == Rule(blindness).version


@pytest.mark.parametrize("blindness", Contest.Blindness.values)
def test_entrants_are_told_what_judges_learn(blindness: str):
    contest = open_contest(blindness=blindness)

    page = Client(headers={"accept-language": "en"}).get(reverse("contest_page", args=[contest.slug])).content.decode()

    said = {
        "full": "what identifies you is hidden before they get it",
        "fields": "they read the text exactly as you wrote it",
        "open": "Judges see who entered",
    }
    assert {name for name, words in said.items() if words in page} == {blindness}


def test_with_entries_more_may_be_hidden_and_not_less():
    contest = open_contest(blindness="fields")
    organizer = ContestOrganizerFactory(contest=contest).user
    sent(contest)

    with translation.override("en"), pytest.raises(Refused, match="not less"):
        choose(contest, organizer, blindness="open")
    choose(contest, organizer, blindness="full")

    contest.refresh_from_db()
    assert contest.blindness == "full"


def test_the_rule_is_frozen_by_the_first_released_copy():
    contest = open_contest()
    organizer = ContestOrganizerFactory(contest=contest).user
    copy = copy_of(blinded(contest))
    BlindCopy.objects.filter(pk=copy.pk).update(state=BlindCopy.State.RELEASED)

    shown = signed_in(organizer).get(reverse("organizer_requirements", args=[contest.slug])).content.decode()
    with pytest.raises(Refused, match="one rule"):
        choose(contest, organizer, hides_places=True)

    assert "judges must get all essays by one rule" in shown


def test_a_held_copy_by_the_old_rule_is_never_released_after_the_rule_has_changed():
    contest = open_contest(blindness="fields")
    organizer = ContestOrganizerFactory(contest=contest).user
    entry = blinded(contest)
    BlindCopy.objects.update(state=BlindCopy.State.HELD, doubts=["organizer"])
    earlier = copy_of(entry)

    choose(contest, organizer, blindness="full")
    waiting = entry.essays.get().state
    blinding.blind(entry.essays.get().pk)

    earlier.refresh_from_db()
    assert (earlier.state, waiting) == (BlindCopy.State.SUPERSEDED, Essay.State.WAITING)
    assert "Ребрихина" not in copy_of(entry).text


def test_copies_of_an_older_version_are_made_anew_in_one_act():
    contest = open_contest()
    organizer = ContestOrganizerFactory(contest=contest).user
    entries = [blinded(contest, surname=f"Тестовская{letter}") for letter in "абв"]
    BlindCopy.objects.filter(pk__in=[copy_of(one).pk for one in entries[:2]]).update(engine_version="1")
    earlier = [copy_of(one) for one in entries]
    client, address = signed_in(organizer), reverse("organizer_copies", args=[contest.slug])

    listed = client.get(reverse("organizer_entries", args=[contest.slug])).content.decode()
    before = client.get(address).content.decode()
    during = client.post(address, follow=True).content.decode()
    for essay_id in renewal.owed_by(contest):
        blinding.blind(essay_id)
    after = client.get(address).content.decode()

    assert "2 copies were made by an older version" in listed
    assert "2 copies were made by an older version" in before
    assert "1 of 3 copies are ready" in during and "hx-trigger" in during
    assert "3 of 3 copies are ready" in after and "hx-trigger" not in after
    states = [BlindCopy.objects.get(pk=copy.pk).state for copy in earlier]
    assert [state == BlindCopy.State.SUPERSEDED for state in states] == [True, True, False]
    assert [copy_of(one).pk == old.pk for one, old in zip(entries, earlier, strict=True)] == [False, False, True]
    assert LedgerEvent.objects.get(action="contest.copies_renewed").data == {"copies": 2}


def test_once_judges_have_essays_copies_are_made_anew_one_by_one_only():
    contest = open_contest()
    rules(contest)
    organizer = ContestOrganizerFactory(contest=contest).user
    entry = blinded(contest)
    copy = copy_of(entry)
    BlindCopy.objects.filter(pk=copy.pk).update(engine_version="1", state=BlindCopy.State.RELEASED, admitted=True)
    AssignmentFactory(copy=copy, seat=SeatFactory(contest=contest))
    client, address = signed_in(organizer), reverse("organizer_copies", args=[contest.slug])

    refused = client.post(address, follow=True).content.decode()
    own = client.get(reverse("organizer_copy", args=[contest.slug, entry.public_id, 1])).content.decode()
    client.post(reverse("organizer_retry", args=[contest.slug, entry.public_id, 1]))
    blinding.blind(entry.essays.get().pk)

    assert "Judging has begun" in refused and ">Make them anew<" not in refused
    assert "Make this copy anew" in own
    assert copy_of(entry).engine_version == Rule().version
    copy.refresh_from_db()
    assert copy.state == BlindCopy.State.SUPERSEDED


def test_the_entrant_the_organizer_and_a_judge_have_the_same_pages():
    contest = open_contest()
    rules(contest)
    rubric(contest)
    organizer = ContestOrganizerFactory(contest=contest).user
    entry = blinded(contest, title='#read("/etc/passwd") $x$ <b>')
    copy = copy_of(entry)
    BlindCopy.objects.filter(pk=copy.pk).update(state=BlindCopy.State.RELEASED, admitted=True, doubts=[])
    assignment = AssignmentFactory(copy=copy, seat=SeatFactory(contest=contest))
    during = ContestFactory.build(stage="judging")
    moments = ("opens_at", "closes_at", "screening_ends_at", "corrections_end_at", "judging_starts_at")
    Contest.objects.filter(pk=contest.pk).update(**{name: getattr(during, name) for name in moments})
    doors = {
        "entrant": (entry.owner, reverse("entry_copy_pdf", args=[entry.public_id])),
        "organizer": (organizer, reverse("organizer_copy_pdf", args=[contest.slug, entry.public_id, 1])),
        "judge": (assignment.seat.user, reverse("reading_copy_pdf", args=[assignment.public_id])),
    }
    answers = {who: signed_in(user).get(address) for who, (user, address) in doors.items()}
    again = signed_in(entry.owner).get(doors["entrant"][1])

    assert {who: answer.status_code for who, answer in answers.items()} == dict.fromkeys(doors, 200)
    assert answers["entrant"].content == again.content == answers["judge"].content
    for answer in answers.values():
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'attachment; filename="copy.pdf"'
        assert "no-store" in answer["Cache-Control"]
        assert not answer.has_header("Last-Modified") and not answer.has_header("ETag")
    judges, organizers = (words_of(answers[who].content) for who in ("judge", "organizer"))
    # An organizer who knows the name does not learn the code from the pages, and the jury not the number.
    assert copy.code in judges and copy.code not in organizers
    assert f"№ {entry.number}" in organizers and f"№ {entry.number}" not in judges
    assert '#read("/etc/passwd") $x$ <b>' in judges and "Ребрихин" not in judges
    with pikepdf.open(io.BytesIO(answers["judge"].content)) as pdf:
        assert {str(key) for key in pdf.docinfo} <= {"/Title", "/Creator", "/Producer"}
        assert str(pdf.docinfo["/Title"]) == copy.code


def words_of(content: bytes) -> str:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    return " ".join(" ".join(pages).split())
