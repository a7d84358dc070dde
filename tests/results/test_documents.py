"""Documents: names in the right case, the contest's own words and pictures, all of them as one file."""

import csv
import io
import unicodedata
import zipfile
from datetime import timedelta
from unittest.mock import patch

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, PngImagePlugin

from essays.entries.models import Entry
from essays.ledger import clock
from judging.ranking import actions as ranking
from judging.results import actions, documents, pictures, tasks
from judging.results.declension import Declined, dative
from judging.results.glyphs import showable
from judging.results.models import Announcement, Diploma, DocumentBundle, DocumentDesign
from tests.factories.judged import Judged
from tests.factories.story import ContestFactory


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        (("Петрова", "Анна", "Сергеевна"), ("Петровой", "Анне", "Сергеевне")),
        (("Лёшкин", "Илья", "Лукич"), ("Лёшкину", "Илье", "Лукичу")),
        (("Шевченко", "Мария", "Ильинична"), ("Шевченко", "Марии", "Ильиничне")),
        (("Седых", "Лев", "Павлович"), ("Седых", "Льву", "Павловичу")),
        (("Коваль", "Анна", "Юрьевна"), ("Коваль", "Анне", "Юрьевне")),
        (("Коваль", "Павел", "Юрьевич"), ("Ковалю", "Павлу", "Юрьевичу")),
        (("Мусина-Пушкина", "Анна Мария", ""), ("Мусиной-Пушкиной", "Анне Марии", "")),
        (("Мамедов", "Эльчин", "Расим оглы"), ("Мамедову", "Эльчину", "Расим оглы")),
    ],
)
def test_a_name_in_the_dative(name: tuple[str, str, str], printed: tuple[str, str, str]) -> None:
    assert dative(*name) == Declined(*printed, sure=True)


@pytest.mark.parametrize("name", [("Коваль", "Женя", ""), ("Smith", "Emma", ""), ("", "", "")])
def test_a_name_that_tells_no_sex_is_left_for_a_person(name: tuple[str, str, str]) -> None:
    assert dative(*name) == Declined(*name, sure=False)


def png_with_a_secret() -> bytes:
    note = PngImagePlugin.PngInfo()
    note.add_text("Author", "CANARY-AUTHOR")
    made = io.BytesIO()
    Image.new("RGBA", (1600, 400), (20, 90, 60, 120)).save(made, "PNG", pnginfo=note)
    return made.getvalue() + b"CANARY-TAIL"


def test_a_picture_is_rebuilt_from_its_pixels() -> None:
    made = pictures.rebuilt(png_with_a_secret())

    assert b"CANARY" not in made
    with Image.open(io.BytesIO(made)) as picture:
        red, green, blue, opaque = picture.getpixel((5, 5))  # type: ignore[misc]
        assert (picture.size, opaque) == ((700, 175), 120)
        assert (abs(red - 20), abs(green - 90), abs(blue - 60)) <= (2, 2, 2)


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"GIF89a" + b"\0" * 60])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(pictures.Unreadable):
        pictures.rebuilt(data)


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def organizer(judged: Judged) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(judged.organizer)
    return client


def typed(version: int = 0, **given: str) -> dict[str, str]:
    cases = {f"{kind}_case": "nominative" for kind in Diploma.Kind.values}
    return cases | {"version": str(version)} | given


@pytest.mark.django_db
def test_the_contest_s_own_words_stand_on_the_document(judged: Judged, announced: Announcement) -> None:
    client, slug = organizer(judged), judged.contest.slug
    answer = client.post(
        reverse("organizer_documents", args=[slug]),
        typed(
            diploma_lead="вручается",
            diploma_reason="за {award} в конкурсе {contest}",
            diploma_case="dative",
            signer_post="Министр",
            signer_name="И. И. Подписантов",
            place="Барнаул",
        )
        | {"signature": SimpleUploadedFile("s.png", png_with_a_secret(), "image/png")},
    )
    assert answer.status_code == 302
    diploma = Diploma.objects.filter(kind="diploma").order_by("award__row__place").first()
    assert diploma is not None
    type(judged.entries[0]).objects.filter(pk=diploma.award.entry_id).update(
        surname="Петрова", given_name="Анна", patronymic="Сергеевна"
    )

    shown = client.get(reverse("diploma_pdf", args=[diploma.number])).content

    page = text_of(shown)
    for words in ("вручается", "Петровой", "Анне Сергеевне", "Министр", "И. И. Подписантов", "Барнаул,"):
        assert words in page
    assert "{" not in page
    assert len(pypdf.PdfReader(io.BytesIO(shown)).pages) == 1
    assert len(list(pypdf.PdfReader(io.BytesIO(shown)).pages[0].images)) == 1


@pytest.mark.django_db
def test_a_slip_in_the_design_is_told_beside_its_field_and_nothing_is_lost(judged: Judged) -> None:
    client, slug = organizer(judged), judged.contest.slug
    answer = client.post(
        reverse("organizer_documents", args=[slug]),
        typed(diploma_reason="за {surname}", place="Барнаул")
        | {"emblem": SimpleUploadedFile("e.png", b"not a picture", "image/png")},
    )

    assert set(answer.context["form"].errors) == {"diploma_reason", "emblem"}
    assert "Барнаул" in answer.content.decode()
    assert not DocumentDesign.objects.exists()


@pytest.mark.django_db
def test_two_organizers_do_not_overwrite_each_other(judged: Judged) -> None:
    client, address = organizer(judged), reverse("organizer_documents", args=[judged.contest.slug])
    client.post(address, typed(place="Барнаул"))

    late = client.post(address, typed(version=0, place="Бийск"))

    assert "Somebody else has changed the documents" in late.content.decode()
    assert "Бийск" in late.content.decode()
    assert DocumentDesign.objects.get().place == "Барнаул"
    again = client.post(address, typed(version=int(late.context["form"]["version"].value()), place="Бийск"))
    assert (again.status_code, DocumentDesign.objects.get().place) == (302, "Бийск")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Diploma.Kind.values)
def test_the_preview_is_a_picture_of_nobody(judged: Judged, kind: str) -> None:
    answer = organizer(judged).get(reverse("document_preview", args=[judged.contest.slug, kind]))

    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.format == "PNG"
        assert picture.width == 661


@pytest.mark.django_db
def test_a_name_put_right_is_printed_and_nothing_else_changes(judged: Judged, announced: Announcement) -> None:
    client, slug = organizer(judged), judged.contest.slug
    diploma = Diploma.objects.filter(kind="certificate").get()
    before = diploma.award.entry.full_name

    client.post(reverse("printed_name", args=[slug, diploma.number]), {"printed_name": "  Д’Артаньян  Шарль "})

    page = text_of(client.get(reverse("diploma_pdf", args=[diploma.number])).content)
    diploma.refresh_from_db()
    assert "Д’Артаньян" in page
    assert (diploma.award.entry.full_name, diploma.printed_name) == (before, "Д’Артаньян Шарль")
    assert "Д’Артаньян Шарль" in client.get(reverse("organizer_document_list", args=[slug])).content.decode()


@pytest.mark.django_db
def test_all_documents_come_as_one_file_once(judged: Judged, announced: Announcement, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    client, slug = organizer(judged), judged.contest.slug
    for _ in range(2):
        client.post(reverse("ask_bundle", args=[slug]), {"kind": ""})
    bundle = DocumentBundle.objects.get()

    assert [documents.make(bundle.pk), documents.make(bundle.pk)] == [True, False]

    answer = client.get(reverse("bundle_file", args=[slug, bundle.public_id]))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    listed = list(csv.reader(archive.read("list.csv").decode("utf-8-sig").splitlines()))
    numbers = set(Diploma.objects.values_list("number", flat=True))
    assert {row[0] for row in listed[1:]} == numbers
    assert {name for name in archive.namelist() if name.endswith(".pdf")} == {row[3] for row in listed[1:]}
    assert {text_of(archive.read(row[3])).count(row[0]) >= 1 for row in listed[1:]} == {True}
    bundle.refresh_from_db()
    assert (bundle.state, bundle.made, bundle.total) == ("made", 5, 5)
    assert [path.name for path in (tmp_path / "bundles").iterdir()] == [f"{bundle.public_id}.zip"]


@pytest.mark.django_db
def test_a_worker_that_died_is_replaced_and_one_that_lost_its_lease_leaves_nothing(
    judged: Judged, announced: Announcement, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    bundle = documents.ask(judged.contest, judged.organizer, "diploma")
    at_page = documents.pdf

    def overtaken(*given: object) -> bytes:
        DocumentBundle.objects.filter(pk=bundle.pk).update(lease_until=clock.now() - timedelta(seconds=1))
        return at_page(*given)  # type: ignore[arg-type]

    with patch.object(documents, "pdf", overtaken):
        assert documents.make(bundle.pk) is False
    assert list((tmp_path / "bundles").iterdir()) == []

    tasks.sweep_bundles()

    bundle.refresh_from_db()
    assert (bundle.state, bundle.attempts, bundle.made) == ("made", 2, 3)


@pytest.mark.django_db
def test_a_file_that_fails_three_times_is_given_up(judged: Judged, announced: Announcement, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    bundle = documents.ask(judged.contest, judged.organizer, "")
    with patch.object(documents, "pdf", side_effect=RuntimeError("no page")):
        for _ in range(4):
            tasks.sweep_bundles()
            DocumentBundle.objects.update(lease_until=clock.now() - timedelta(seconds=1))

    bundle.refresh_from_db()
    assert (bundle.state, bundle.attempts) == ("failed", 3)
    assert documents.ask(judged.contest, judged.organizer, "").pk != bundle.pk


@pytest.mark.django_db
def test_who_left_takes_the_document_out_of_the_file(
    judged: Judged, announced: Announcement, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    bundle = documents.ask(judged.contest, judged.organizer, "")
    documents.make(bundle.pk)
    Entry.objects.filter(pk=judged.entries[3].pk).update(state=Entry.State.DISQUALIFIED)

    answer = organizer(judged).get(reverse("bundle_file", args=[judged.contest.slug, bundle.public_id]))

    assert answer.status_code == 302
    assert list((tmp_path / "bundles").iterdir()) == []
    again = documents.ask(judged.contest, judged.organizer, "")
    documents.make(again.pk)
    again.refresh_from_db()
    assert again.made == 4


@pytest.mark.django_db
def test_a_file_is_kept_for_a_week(judged: Judged, announced: Announcement, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    bundle = documents.ask(judged.contest, judged.organizer, "")
    documents.make(bundle.pk)
    DocumentBundle.objects.update(made_at=clock.now() - timedelta(days=8))

    tasks.sweep_bundles()

    bundle.refresh_from_db()
    assert (bundle.state, list((tmp_path / "bundles").iterdir())) == ("gone", [])


@pytest.mark.django_db
def test_before_the_announcement_there_are_no_documents(judged: Judged) -> None:
    client, slug = organizer(judged), judged.contest.slug
    client.post(reverse("ask_bundle", args=[slug]), {"kind": ""})

    assert not DocumentBundle.objects.exists()
    assert "No documents yet" in client.get(reverse("organizer_document_list", args=[slug])).content.decode()


@pytest.mark.django_db
def test_the_list_asks_as_often_for_five_documents_as_for_two(
    judged: Judged, announced: Announcement, django_assert_max_num_queries
) -> None:
    client, address = organizer(judged), reverse("organizer_document_list", args=[judged.contest.slug])
    client.get(address)
    counts = []
    for words in ({"kind": "certificate"}, {}):
        with django_assert_max_num_queries(15) as asked:
            client.get(address, words)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_a_contest_after_an_earlier_one_begins_with_its_documents_but_not_its_signature(judged: Judged) -> None:
    organizer(judged).post(
        reverse("organizer_documents", args=[judged.contest.slug]),
        typed(diploma_lead="вручается", place="Барнаул", signer_name="И. И. Подписантов"),
    )

    documents.copy_design(judged.contest, other := ContestFactory())

    design = DocumentDesign.objects.get(contest=other)
    assert (design.wordings["diploma"]["lead"], design.place, design.signer_name) == ("вручается", "Барнаул", "")


# --- signs without a shape ---------------------------------------------------------------------------------------


def test_signs_that_the_fonts_lack_stop_no_page() -> None:
    shown = showable("Мой 🦄 портал: 👩\u200d👩\u200d👧 «да» – ҥӱӧ №5")
    assert unicodedata.normalize("NFC", shown) == "Мой портал: «да» – нӱӧ №5"
    assert (showable("שלום"), showable("Ｇ１ ⅷ"), showable("a\u2028b\x00c")) == ("????", "G1 viii", "a b c")


@pytest.mark.django_db
def test_a_title_of_emoji_leaves_every_document_whole(judged: Judged) -> None:
    for entry, copy in zip(judged.entries, judged.copies, strict=True):
        entry.title = copy.title = "🦄" * 200 + " Портал \u202eשלום ҥӱӧ"
        entry.surname = "Я" * 100
        entry.mentor_surname = "Наставникова🙂"
        entry.save()
        copy.save()
    approved = ranking.approve(judged.contest, judged.organizer, ranking.propose(judged.contest).digest)
    actions.complete(actions.announce(judged.contest, judged.organizer, seen=approved.sha256).pk)
    client = Client()
    client.force_login(judged.organizer)
    slug = judged.contest.slug

    numbers = Diploma.objects.values_list("number", flat=True)
    addresses = [reverse("diploma_pdf", args=[number]) for number in numbers]
    addresses += [reverse("results_list", args=[slug]), reverse("protocol", args=[slug, "pdf"])]
    assert {client.get(address).status_code for address in addresses} == {200}
    assert set(Diploma.objects.values_list("kind", flat=True)) == {"diploma", "certificate", "thanks"}
