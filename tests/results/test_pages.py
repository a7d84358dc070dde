"""The gate before every page, and what stands behind it."""

import io
import re
from datetime import timedelta
from unittest.mock import patch

import pypdf
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image

from essays.entries import consents
from essays.ledger import clock
from essays.people.models import User
from judging.ranking import actions as ranking_actions
from judging.ranking.models import Ranking
from judging.results import actions
from judging.results.forms import normal_number
from judging.results.models import Announcement, Diploma
from judging.templatetags.appeals import appeal_of
from judging.templatetags.results import result_of
from tests.factories.judged import Judged, judged_contest
from tests.factories.story import NominationFactory, UserFactory

pytestmark = pytest.mark.django_db


def signed_in(user: User | None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def everybody(judged: Judged) -> dict[str, User | None]:
    return {
        "outsider": None,
        "stranger": UserFactory(),
        "author": judged.entries[0].owner,
        "judge": judged.seats[0].user,
        "organizer": judged.organizer,
    }


def page(client: Client, path: str) -> tuple[int, str]:
    response = client.get(path)
    return response.status_code, without_tokens(response.content)


def without_tokens(content: bytes) -> str:
    """Two answers of one view differ by their anti-forgery tokens."""
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", content.decode(errors="replace"))


def results_path(judged: Judged) -> str:
    return reverse("contest_results", args=[judged.contest.slug])


# --- before -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["outsider", "stranger", "author", "judge", "organizer"])
def test_before_the_moment_nobody_can_tell_results_from_none(judged: Judged, approved: Ranking, who: str) -> None:
    empty = judged_contest()
    at = clock.now() + timedelta(days=1)
    made = actions.announce(judged.contest, judged.organizer, at, seen=approved.sha256)
    actions.complete(made.pk)
    diploma = Diploma.objects.first()
    assert diploma is not None
    client = signed_in(everybody(judged)[who])

    waiting, none = page(client, results_path(judged)), page(client, results_path(empty))
    assert waiting[0] == none[0] == 404
    assert waiting[1].replace(judged.contest.slug, "") == none[1].replace(empty.contest.slug, "")

    for contest in (judged.contest, empty.contest):
        assert client.get(reverse("results_picture", args=[contest.slug])).status_code == 404

    unknown = "LR-2026-222-222-222-222"
    for name in ("verify_document", "diploma_pdf"):
        ours, nobodys = reverse(name, args=[diploma.number]), reverse(name, args=[unknown])
        answer, blank = client.get(ours), client.get(nobodys)
        assert answer.status_code == blank.status_code
        if who != "outsider" or name == "verify_document":
            assert answer.status_code == 404
            assert judged.entries[0].surname not in answer.content.decode()
            ours_said = without_tokens(answer.content).replace(diploma.number, "")
            assert ours_said == without_tokens(blank.content).replace(unknown, "")


@pytest.mark.parametrize("stage", ["judged", "approved", "announcing"])
def test_the_authors_page_says_the_same_before_whoever_wins(judged: Judged, stage: str) -> None:
    if stage != "judged":
        ranking = ranking_actions.approve(
            judged.contest, judged.organizer, ranking_actions.propose(judged.contest).digest
        )
        if stage == "announcing":
            actions.announce(judged.contest, judged.organizer, seen=ranking.sha256)
    winner, loser = judged.entries[0], judged.entries[3]

    pages = []
    for entry in (winner, loser):
        answer = signed_in(entry.owner).get(reverse("entry", args=[entry.public_id]))
        assert answer.status_code == 200
        pages.append(answer.content.decode())

    for text in pages:
        assert "Your result" not in text
        assert 'class="sheet sheet-raised result"' not in text
        assert "эксперта" not in text
        assert reverse("contest_results", args=[judged.contest.slug]) not in text


# --- after --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["outsider", "stranger", "author", "judge", "organizer"])
def test_after_the_moment_everybody_reads_the_same_results(judged: Judged, announced: Announcement, who: str) -> None:
    status, text = page(signed_in(everybody(judged)[who]), results_path(judged))

    assert status == 200
    assert judged.entries[0].full_name in text
    assert judged.entries[2].surname not in text
    assert judged.entries[2].institution.short_name not in text
    assert judged.entries[2].code in text
    # Who was not awarded is counted and not listed.
    assert judged.entries[3].surname not in text
    assert judged.entries[3].code not in text
    assert "1 more essay took part." in text


def test_a_consent_withdrawn_takes_the_name_out_at_once(judged: Judged, announced: Announcement) -> None:
    winner = judged.entries[0]
    diploma = Diploma.objects.get(award__entry=winner)
    consents.withdraw(winner, "dissemination")

    for path in (results_path(judged), reverse("verify_document", args=[diploma.number])):
        status, text = page(signed_in(None), path)
        assert status == 200
        assert winner.surname not in text
        assert winner.institution.short_name not in text
    assert winner.code in page(signed_in(None), results_path(judged))[1]


def test_the_public_page_asks_the_database_equally_often(announced: Announcement, judged: Judged) -> None:
    def queries(made: Judged) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            assert signed_in(None).get(results_path(made)).status_code == 200
        return len(seen)

    larger = judged_contest([(55, 35), (54, 36)], [(45, 30), (46, 30)], [(40, 30), (46, 30)])
    for marks in (50, 51, 52):
        larger.add((marks, 30), (marks, 30), nomination=NominationFactory(contest=larger.contest))
    ranking = ranking_actions.approve(larger.contest, larger.organizer, ranking_actions.propose(larger.contest).digest)
    actions.complete(actions.announce(larger.contest, larger.organizer, seen=ranking.sha256).pk)

    assert queries(larger) == queries(judged)


def test_a_shared_link_brings_a_picture_without_names(judged: Judged, announced: Announcement) -> None:
    judged.contest.title_ru = judged.contest.title_en = "Щ" + "ирокое название " * 12
    judged.contest.organizer_name_ru = "Министерство " * 20
    judged.contest.save()
    path = reverse("results_picture", args=[judged.contest.slug])
    assert f'content="{settings.SITE_ORIGIN}{path}"' in page(signed_in(None), results_path(judged))[1]

    answer = signed_in(None).get(path)

    assert answer["Content-Type"] == "image/png"
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.size == (1200, 630)


def test_filters_are_links_that_narrow_the_page(judged: Judged) -> None:
    other = NominationFactory(contest=judged.contest, name_ru="Каким я вижу портал", name_en="The portal tomorrow")
    judged.add((59, 39), (59, 39), nomination=other)
    ranking = ranking_actions.approve(judged.contest, judged.organizer, ranking_actions.propose(judged.contest).digest)
    actions.complete(actions.announce(judged.contest, judged.organizer, seen=ranking.sha256).pk)

    status, text = page(signed_in(None), f"{results_path(judged)}?nomination={other.pk}")

    assert status == 200
    assert judged.entries[4].surname in text
    assert judged.entries[0].surname not in text
    assert f"?nomination={judged.nomination.pk}" in text


@pytest.mark.parametrize("query", ["category=x", "nomination=-1", "category=99999999999999999999", "nomination=%00"])
def test_a_filter_that_is_no_number_is_no_page(judged: Judged, announced: Announcement, query: str) -> None:
    assert signed_in(None).get(f"{results_path(judged)}?{query}").status_code == 404


def test_the_owner_sees_points_comments_and_documents(judged: Judged, announced: Announcement) -> None:
    entry = judged.entries[1]
    text = signed_in(entry.owner).get(reverse("entry", args=[entry.public_id])).content.decode()

    assert "Prize-winner, place 2" in text
    assert "<strong>75.5</strong> of 100 points" in text
    assert "45.5 of 60" in text
    assert "Автору работы 2: слово эксперта 1" in text
    assert "Только жюри" not in text
    for seat in judged.seats:
        assert seat.surname not in text
    assert reverse("diploma_pdf", args=[Diploma.objects.get(award__entry=entry).number]) in text


# --- documents ----------------------------------------------------------------------------------------------


def test_parts_of_a_page_share_its_moment(judged: Judged, announced: Announcement) -> None:
    """On PostgreSQL each look at the clock is a question, and a page has one answer to «now»."""
    entry = judged.entries[0]
    entry.contest.refresh_from_db()
    shown = []
    for at in (announced.at - timedelta(seconds=1), announced.at, announced.at + timedelta(days=100)):
        context = {"user": entry.owner, "at": at}
        shown.append((result_of(context, entry)["panel"] is not None, "until" in appeal_of(context, entry)))

    assert shown == [(False, False), (True, True), (True, False)]


def pdf_text(content: bytes) -> str:
    return pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("who", "status"), [("outsider", 302), ("stranger", 404), ("author", 200), ("judge", 404), ("organizer", 200)]
)
def test_a_document_is_for_its_owner_and_the_organizers(
    judged: Judged, announced: Announcement, who: str, status: int
) -> None:
    diploma = Diploma.objects.get(award__entry=judged.entries[0])
    answer = signed_in(everybody(judged)[who]).get(reverse("diploma_pdf", args=[diploma.number]))
    assert answer.status_code == status


def test_another_contests_organizer_gets_nothing(judged: Judged, announced: Announcement) -> None:
    diploma = Diploma.objects.get(award__entry=judged.entries[0])
    other = judged_contest().organizer
    assert signed_in(other).get(reverse("diploma_pdf", args=[diploma.number])).status_code == 404


def test_the_diploma_says_what_was_decided(judged: Judged, announced: Announcement) -> None:
    entry = judged.entries[0]
    diploma = Diploma.objects.get(award__entry=entry)
    answer = signed_in(entry.owner).get(reverse("diploma_pdf", args=[diploma.number]))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{diploma.number}.pdf"'
    text = " ".join(pdf_text(answer.content).split())
    for words in (entry.surname, "Вера Ильинична", entry.institution.short_name, entry.title, diploma.number):
        assert words in text
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 1
    assert set(reader.metadata or {}) <= {"/Title", "/Creator"}


def test_a_document_is_the_same_whoever_asks_and_whenever(judged: Judged, announced: Announcement) -> None:
    entry = judged.entries[0]
    path = reverse("diploma_pdf", args=[Diploma.objects.get(award__entry=entry).number])
    first = signed_in(entry.owner).get(path).content
    with translation.override("en"):
        second = signed_in(judged.organizer).get(path, headers={"accept-language": "en"}).content
    assert first == second


def test_what_people_wrote_is_never_markup_and_never_a_second_page(judged: Judged) -> None:
    entry = judged.entries[0]
    entry.title = '#read("/etc/passwd") *жирно* $x$ \\ #pagebreak() ' + "длинное " * 30
    entry.surname, entry.given_name = "Константинопольская-" * 4, "Анна-Мария" * 8
    entry.save()
    judged.contest.title_ru = "Очень длинное название " * 8
    judged.contest.organizer_name_ru = "Министерство " * 23
    judged.contest.save()
    ranking = ranking_actions.approve(judged.contest, judged.organizer, ranking_actions.propose(judged.contest).digest)
    actions.complete(actions.announce(judged.contest, judged.organizer, seen=ranking.sha256).pk)
    diploma = Diploma.objects.get(award__entry=entry)

    content = signed_in(entry.owner).get(reverse("diploma_pdf", args=[diploma.number])).content

    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == 1
    assert '#read("/etc/passwd") *жирно*' in " ".join(pdf_text(content).split()).replace("/ ", "/")


def test_anybody_can_check_a_number(judged: Judged, announced: Announcement) -> None:
    diploma = Diploma.objects.get(award__entry=judged.entries[0])

    status, text = page(signed_in(None), reverse("verify_document", args=[diploma.number]))

    assert status == 200
    for words in ("This diploma is genuine", judged.entries[0].full_name, "Winner, place 1", diploma.number):
        assert words in text
    assert judged.entries[0].email not in text


def test_a_document_of_somebody_who_is_not_named_is_confirmed_by_initials(
    judged: Judged, announced: Announcement
) -> None:
    thanks = Diploma.objects.get(kind=Diploma.Kind.THANKS)
    diploma = Diploma.objects.get(award=thanks.award, kind=Diploma.Kind.DIPLOMA)

    for number in (diploma.number, thanks.number):
        status, text = page(signed_in(None), reverse("verify_document", args=[number]))
        assert status == 200
        assert judged.entries[2].surname not in text
        assert "Наставникова" not in text
    assert "Н. О." in text


def test_a_number_may_be_typed_as_it_is_read(judged: Judged, announced: Announcement) -> None:
    number = Diploma.objects.first().number  # type: ignore[union-attr]
    typed = number.replace("-", " ").lower()

    answer = signed_in(None).get(reverse("check_document"), {"number": typed})

    assert answer.status_code == 302
    assert answer["Location"] == reverse("verify_document", args=[number])
    assert normal_number("LR-2026-XXX") is None
    assert signed_in(None).get(reverse("check_document"), {"number": "LR-2026-XXX"}).status_code == 200


# --- the organizer's page -----------------------------------------------------------------------------------


def test_the_organizer_previews_announces_and_sees_it_done(judged: Judged, approved: Ranking) -> None:
    client = signed_in(judged.organizer)
    path = reverse("organizer_results", args=[judged.contest.slug])
    preview = client.get(path).content.decode()
    for words in (judged.entries[0].full_name, judged.entries[2].code, "6 letters will go out", "To the awarded (3)"):
        assert words in preview
    assert judged.entries[2].surname not in preview

    with patch("judging.results.organizer.complete_announcement.delay_on_commit") as bell:
        answer = client.post(path, {"seen": approved.sha256, "when": "now", "at": "", "word": "announce"})

    announcement = Announcement.objects.get()
    bell.assert_called_once_with(announcement.pk)
    assert answer.status_code == 302
    assert "being prepared" in client.get(path).content.decode()
    actions.complete(announcement.pk)
    assert "Everybody can read the results." in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"word": "yes"}, "Type the word exactly"),
        ({"when": "later"}, "Choose the day and the hour."),
        ({"when": "later", "at": "2020-01-01T10:00"}, "This moment is over already."),
        ({"seen": "0" * 64}, "The ranking has changed"),
    ],
)
def test_nothing_is_announced_by_accident(
    judged: Judged, approved: Ranking, changed: dict[str, str], said: str
) -> None:
    path = reverse("organizer_results", args=[judged.contest.slug])
    posted = {"seen": approved.sha256, "when": "now", "at": "", "word": "announce", **changed}

    answer = signed_in(judged.organizer).post(path, posted)

    assert said in answer.content.decode()
    assert not Announcement.objects.exists()


def test_a_moment_is_typed_on_the_contests_wall_clock(judged: Judged, approved: Ranking) -> None:
    day = (clock.now() + timedelta(days=3)).astimezone(judged.contest.zone)
    path = reverse("organizer_results", args=[judged.contest.slug])
    posted = {"seen": approved.sha256, "when": "later", "at": day.strftime("%Y-%m-%dT10:30"), "word": "объявить"}

    with patch("judging.results.organizer.complete_announcement.delay_on_commit"):
        assert signed_in(judged.organizer).post(path, posted).status_code == 302

    at = Announcement.objects.get().at.astimezone(judged.contest.zone)
    assert (at.date(), at.hour, at.minute) == (day.date(), 10, 30)


@pytest.mark.parametrize("who", ["outsider", "stranger", "author", "judge"])
@pytest.mark.parametrize("name", ["organizer_results", "organizer_results_call_off"])
def test_the_announcement_belongs_to_the_organizers(judged: Judged, approved: Ranking, who: str, name: str) -> None:
    path = reverse(name, args=[judged.contest.slug])
    client = signed_in(everybody(judged)[who])
    expected = 302 if who == "outsider" else 404
    posted = {"seen": approved.sha256, "when": "now", "word": "announce"}
    assert client.post(path, posted).status_code == expected
    if name == "organizer_results":
        assert client.get(path).status_code == expected
    assert not Announcement.objects.exists()
