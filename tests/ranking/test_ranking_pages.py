"""The organizer's ranking in a browser: what is shown, what is downloaded, who may."""

import csv
import hashlib
import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essays.anonymity.models import BlindCopy
from essays.people.models import User
from judging.ranking import actions, downloads
from judging.ranking.models import Ranking, TieVote
from tests.factories.judged import Judged, judged_contest
from tests.factories.story import NominationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    return judged_contest([(55, 35), (54, 36)], [(45, 30), (46, 30)], [(20, 10), (21, 10)])


def signed_in(user: User | None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def path(judged: Judged, name: str = "organizer_ranking", *more: str) -> str:
    return reverse(name, args=[judged.contest.slug, *more])


def test_the_page_knows_codes_and_no_names(judged: Judged) -> None:
    text = signed_in(judged.organizer).get(path(judged)).content.decode()

    assert "Mean of the reviews: (75\u00a0+\u00a076)\u00a0/\u00a02 =\u00a075.5" in text
    assert "ready to be approved" in text
    for entry in judged.entries:
        assert entry.code in text
        assert entry.surname not in text
    for seat in judged.seats:
        assert seat.surname not in text


def test_typing_the_word_approves_what_was_seen(judged: Judged) -> None:
    seen = actions.propose(judged.contest).digest

    answer = signed_in(judged.organizer).post(path(judged), {"seen": seen, "word": "утвердить"})

    assert (answer.status_code, answer["Location"]) == (302, path(judged))
    ranking = Ranking.objects.get()
    assert (ranking.sha256, ranking.approved_by) == (seen, judged.organizer)
    text = signed_in(judged.organizer).get(path(judged)).content.decode()
    assert ranking.sha256 in text
    assert "Mean of the reviews: (75\u00a0+\u00a076)\u00a0/\u00a02 =\u00a075.5" in text


def test_a_wrong_word_approves_nothing(judged: Judged) -> None:
    seen = actions.propose(judged.contest).digest
    answer = signed_in(judged.organizer).post(path(judged), {"seen": seen, "word": "ok"})
    assert "Type the word exactly" in answer.content.decode()
    assert not Ranking.objects.exists()


def test_the_second_organizer_reads_who_was_first(judged: Judged) -> None:
    seen = actions.propose(judged.contest).digest
    actions.approve(judged.contest, judged.organizer, seen)

    answer = signed_in(judged.organizer).post(path(judged), {"seen": seen, "word": "approve"})

    assert answer.status_code == 200
    assert f"{judged.organizer} has approved this ranking already." in answer.content.decode()


def test_a_stale_page_says_so_and_the_next_confirmation_names_what_is_true_now(judged: Judged) -> None:
    stale = actions.propose(judged.contest).digest
    judged.add((40, 30), (41, 30))

    answer = signed_in(judged.organizer).post(path(judged), {"seen": stale, "word": "approve"})

    text = answer.content.decode()
    assert "Something has changed since you opened this page." in text
    assert f'value="{actions.propose(judged.contest).digest}"' in text
    assert stale not in text


def test_a_tie_is_put_to_the_vote_on_the_page() -> None:
    judged = judged_contest([(50, 30), (50, 30)], [(50, 30), (50, 30)])
    client = signed_in(judged.organizer)
    text = client.get(path(judged)).content.decode()
    assert "Nothing tells these entries apart" in text
    assert "Type the word" not in text

    first, second = (copy.code for copy in judged.copies)
    answer = client.post(path(judged, "organizer_ranking_vote"), {"code": [first, second], first: "2", second: "1"})

    assert answer.status_code == 302
    assert dict(TieVote.objects.values_list("copy__code", "position")) == {first: 2, second: 1}
    assert "ready to be approved" in client.get(path(judged)).content.decode()


@pytest.mark.parametrize("posted", [{}, {"code": ["A00000"]}, {"code": ["nobody"], "nobody": "1"}])
def test_half_a_vote_is_none(judged: Judged, posted: dict[str, object]) -> None:
    signed_in(judged.organizer).post(path(judged, "organizer_ranking_vote"), posted)
    assert not TieVote.objects.exists()


def test_an_approval_is_taken_back_on_the_page(judged: Judged) -> None:
    actions.approve(judged.contest, judged.organizer, actions.propose(judged.contest).digest)
    client = signed_in(judged.organizer)

    assert client.post(path(judged, "organizer_ranking_take_back")).status_code == 302

    assert not Ranking.objects.in_force().exists()
    assert "Why there is a new edition" in client.get(path(judged)).content.decode()


def test_the_page_asks_the_database_equally_often(judged: Judged) -> None:
    larger = judged_contest(*[[(40 + n, 30), (40 + n, 31)] for n in range(9)])
    larger.add((30, 30), (30, 31), nomination=NominationFactory(contest=larger.contest))
    counts = []
    for made in (judged, larger):
        client = signed_in(made.organizer)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path(made)).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_one_cell_at_a_time(judged: Judged) -> None:
    other = judged.add((30, 30), (30, 31), nomination=NominationFactory(contest=judged.contest))
    client = signed_in(judged.organizer)

    text = client.get(path(judged), {"cell": "2"}).content.decode()

    assert other.code in text
    assert judged.copies[0].code not in text
    assert client.get(path(judged), {"cell": "9"}).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_downloads_hold_the_ranking(judged: Judged, kind: str) -> None:
    answer = signed_in(judged.organizer).get(path(judged, "organizer_ranking_download", kind))

    assert answer["Content-Disposition"] == f'attachment; filename="{judged.contest.slug}-ranking.{kind}"'
    if kind == "json":
        assert hashlib.sha256(answer.content).hexdigest() == actions.propose(judged.contest).digest
        return
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[1][3:] == ["A00000", "2", "90", "1", "Winner"]
    else:
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        assert [cell.value for cell in book.worksheets[0][2]][3:] == ["A00000", 2, 90, 1, "Winner"]
        assert [cell.value for cell in book.worksheets[1][2]][4:] == [55, 35, 90]


@pytest.mark.parametrize("typed", ["=1+1", "+7", "-x", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_a_cell_is_text_whatever_it_begins_with(typed: str) -> None:
    written = downloads.as_csv([["heading"], [typed]]).decode("utf-8-sig")
    assert next(iter(csv.reader(io.StringIO(written.split("\r\n", 1)[1]))))[0] == f"'{typed}"
    book = openpyxl.load_workbook(io.BytesIO(downloads.as_xlsx({"s": [["heading"], [typed]]})))
    cell = book.active["A2"]
    assert (cell.data_type, cell.value) == ("s", typed)


@pytest.mark.parametrize("who", ["outsider", "stranger", "author", "judge", "another organizer"])
def test_the_ranking_belongs_to_the_organizers(judged: Judged, who: str) -> None:
    users = {
        "outsider": None,
        "stranger": UserFactory(),
        "author": judged.entries[0].owner,
        "judge": judged.seats[0].user,
        "another organizer": judged_contest().organizer,
    }
    client, expected = signed_in(users[who]), 302 if who == "outsider" else 404
    digest = actions.propose(judged.contest).digest
    answers = [
        client.get(path(judged)),
        client.post(path(judged), {"seen": digest, "word": "approve"}),
        client.post(path(judged, "organizer_ranking_vote"), {"code": "A00000", "A00000": "1"}),
        client.post(path(judged, "organizer_ranking_take_back")),
        *(client.get(path(judged, "organizer_ranking_download", kind)) for kind in ("csv", "xlsx", "json")),
    ]
    assert [answer.status_code for answer in answers] == [expected] * len(answers)
    assert not Ranking.objects.exists()


def test_an_entry_that_left_after_the_approval_is_named(judged: Judged) -> None:
    actions.approve(judged.contest, judged.organizer, actions.propose(judged.contest).digest)
    BlindCopy.objects.filter(pk=judged.copies[1].pk).update(state=BlindCopy.State.RETIRED)

    text = signed_in(judged.organizer).get(path(judged)).content.decode()

    assert f"An entry left the competition after the ranking was approved: {judged.copies[1].code}." in text
