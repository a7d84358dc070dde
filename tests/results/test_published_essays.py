"""Awarded essays in public, and where a result stands among all: as far as the author agreed, and no further."""

import io
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse

from essays.anonymity.models import BlindCopy, CopyPage
from essays.anonymity.reading.pictures import encode
from essays.contests.models import ConsentText
from essays.entries import consents
from essays.entries.models import Entry
from judging.ranking import actions as ranking
from judging.results import actions
from judging.results.distribution import Distribution, picture_of, step_of
from judging.results.models import Announcement
from tests.factories.judged import Judged, judged_contest
from tests.factories.pictures import drawn_page

pytestmark = pytest.mark.django_db


def agree(judged: Judged, entry: Entry) -> None:
    ConsentText.objects.get_or_create(contest=judged.contest, kind="essay", defaults={"body_ru": "Публикуйте."})
    for signer in consents.signers_of(entry):
        consents.give(entry, ["essay"], signer, channel="account")


def address(judged: Judged, number: int) -> str:
    return reverse("contest_essay", args=[judged.contest.slug, judged.copies[number].code])


def test_an_awarded_essay_is_read_where_its_author_agreed(judged: Judged, announced: Announcement) -> None:
    agree(judged, judged.entries[0])
    client = Client(headers={"accept-language": "en"})

    page = client.get(address(judged, 0))

    assert judged.copies[0].html in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    listed = client.get(reverse("contest_results", args=[judged.contest.slug])).content.decode()
    assert address(judged, 0) in listed
    assert address(judged, 1) not in listed


def test_an_awarded_essay_of_pictures_is_read_as_its_painted_pages(
    judged: Judged, announced: Announcement, tmp_path: Path, settings: LazySettings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    copy, jpeg = judged.copies[0], encode(drawn_page()).jpeg
    BlindCopy.objects.filter(pk=copy.pk).update(html="", text="", characters=0, words=0)
    CopyPage.objects.create(
        copy=copy, number=1, file=default_storage.save("a.jpg", ContentFile(jpeg)), width=600, height=800
    )
    picture = reverse("contest_essay_page", args=[judged.contest.slug, copy.code, 1])
    client = Client(headers={"accept-language": "en"})
    before = client.get(picture).status_code, client.get(address(judged, 0)).status_code
    agree(judged, judged.entries[0])

    page = client.get(address(judged, 0)).content.decode()
    listed = client.get(reverse("contest_results", args=[judged.contest.slug])).content.decode()
    shown = client.get(picture)

    assert before == (404, 404) and shown.content == jpeg and shown["Cache-Control"] == "private, no-store"
    assert picture in page and "These are the pages that the jury read." in page and address(judged, 0) in listed
    client.force_login(judged.entries[0].owner)
    client.post(reverse("entry_withdraw_consent", args=[judged.entries[0].public_id, "essay"]))
    assert Client().get(picture).status_code == 404


def test_without_a_word_of_the_author_there_is_no_such_page(judged: Judged, announced: Announcement) -> None:
    agree(judged, judged.entries[3])  # took part without an award
    answers = {Client().get(address(judged, number)).status_code for number in (0, 1, 2, 3)}

    assert answers == {404}


def test_a_consent_taken_back_takes_the_essay_away_at_once(judged: Judged, announced: Announcement) -> None:
    agree(judged, judged.entries[0])
    owner = Client()
    owner.force_login(judged.entries[0].owner)
    path = reverse("entry_withdraw_consent", args=[judged.entries[0].public_id, "essay"])

    owner.post(path)

    assert Client().get(address(judged, 0)).status_code == 404
    assert consents.may_be_named([judged.entries[0]]) == {judged.entries[0].pk}


def test_before_the_announcement_nobody_reads_it(judged: Judged) -> None:
    agree(judged, judged.entries[0])

    assert Client().get(address(judged, 0)).status_code == 404


def test_the_name_stands_only_where_the_other_consent_does(judged: Judged, announced: Announcement) -> None:
    agree(judged, judged.entries[2])  # an awarded author who is not to be named
    page = Client().get(address(judged, 2)).content.decode()

    assert judged.entries[2].surname not in page
    assert judged.copies[2].code in page


def text_of_the_list(judged: Judged) -> str:
    made = Client(headers={"accept-language": "en"}).get(reverse("results_list", args=[judged.contest.slug]))
    assert made["Cache-Control"] == "no-store"
    pages = pypdf.PdfReader(io.BytesIO(made.content)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def test_a_consent_taken_back_takes_the_name_out_of_the_printed_list(judged: Judged, announced: Announcement) -> None:
    named, hidden = judged.entries[0], judged.entries[2]
    before = text_of_the_list(judged)
    assert named.surname in before
    assert hidden.surname not in before
    assert judged.copies[2].code in before

    consents.withdraw(named, "dissemination")

    after = text_of_the_list(judged)
    assert named.surname not in after
    assert judged.copies[0].code in after


def test_before_the_announcement_there_is_no_list(judged: Judged) -> None:
    assert Client().get(reverse("results_list", args=[judged.contest.slug])).status_code == 404


def test_a_result_among_all_others() -> None:
    counts = dict.fromkeys(range(9), 1) | {19: 3}

    picture = picture_of(counts, Decimal("41.5"), 8, Decimal(100))

    assert isinstance(picture, Distribution)
    assert (picture.entries, picture.percent) == (12, 66)
    assert [bar.entries for bar in picture.bars if bar.own] == [1]
    assert [bar.height for bar in picture.bars][-1] == "120.0"
    assert (step_of(Decimal(100), Decimal(100)), step_of(Decimal(0), Decimal(100))) == (19, 0)


def test_among_few_results_there_is_no_picture() -> None:
    assert picture_of({3: 9}, Decimal(15), 0, Decimal(100)) is None


def test_the_entrant_s_page_shows_the_picture(django_assert_max_num_queries) -> None:
    made = judged_contest(*[[(20 + 3 * number, 10), (21 + 3 * number, 10)] for number in range(11)])
    approved = ranking.approve(made.contest, made.organizer, ranking.propose(made.contest).digest)
    announcement = actions.announce(made.contest, made.organizer, seen=approved.sha256)
    actions.complete(announcement.pk)
    client = Client(headers={"accept-language": "en"})
    client.force_login(made.entries[5].owner)

    path = reverse("entry", args=[made.entries[5].public_id])
    client.get(path)
    # PostgreSQL is asked for its clock, too.
    with django_assert_max_num_queries(16 if connection.vendor == "postgresql" else 15):
        page = client.get(path).content.decode()

    assert "11 results of the contest; 45 % have fewer points than you." in " ".join(page.split())
    assert page.count('class="own"') == 1
