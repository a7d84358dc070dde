"""Hostile files through the page that entrants use: a clear refusal in words, and the entry keeps its earlier version."""

import stat
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from essays.anonymity import conversion
from essays.anonymity.models import BlindCopy
from essays.entries import blinding
from essays.entries.models import Entry
from tests.anonymity.builders import SAMPLE, docx, odt, paragraph
from tests.anonymity.test_doc import OLE, WITH_PASSWORD
from tests.anonymity.test_hostile import HOSTILE
from tests.factories.applications import open_contest, sent

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def private_files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "private"


def entrant(entry: Entry) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(entry.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def stored(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


REFUSED = {
    "zip bomb in a part": "too complicated",
    "encrypted package": "protected by a password",
    "old DOC named DOCX": "something else than its name says",
    "zip named PDF": "something else than its name says",
    "truncated zip": "damaged",
    "entities that grow": "damaged",
    "external entity": "damaged",
    "100,000 sections in sections": "too complicated",
    "form in itself": "too complicated",
    "nothing": "empty",
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_file_is_refused_in_words_and_the_earlier_version_stays(case: str, settings):
    entry = sent(open_contest(max_bytes=25 << 20))
    earlier, files = entry.essays.get(), stored(settings.MEDIA_ROOT)
    name, content, codes = HOSTILE[case]

    answer = entrant(entry).post(
        reverse("entry_essay", args=[entry.public_id]), {"file": SimpleUploadedFile(name, content)}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert REFUSED[case] in page
    assert not [code for code in codes if f">{code}<" in page]
    assert [essay.pk for essay in entry.essays.all()] == [earlier.pk]
    assert stored(settings.MEDIA_ROOT) == files


def test_a_name_with_folders_and_control_characters_is_only_a_name(settings):
    entry = sent(open_contest())
    upload = SimpleUploadedFile("x.docx", docx(paragraph(SAMPLE)))
    # Django cuts folders off itself when a request is read; here the name arrives as it was made up.
    upload._name = "..\\..\\etc/\x00pass\x1bwd\u202e.docx"

    entrant(entry).post(reverse("entry_essay", args=[entry.public_id]), {"file": upload})

    newest = entry.essays.current().get()
    assert newest.version == 2
    assert newest.original_name == "passwd.docx"
    assert "passwd" not in str(newest.file.name)


@pytest.mark.parametrize(
    ("formats", "content", "words"),
    [
        (["docx"], OLE, "does not accept files of this kind"),
        (["docx", "doc"], OLE, "Old Word files (DOC) cannot be read here"),
        (["docx", "doc"], WITH_PASSWORD, "protected by a password"),
        (["docx", "doc"], odt(), "something else than its name says"),
    ],
)
def test_old_doc_without_a_converter(formats: list[str], content: bytes, words: str, monkeypatch):
    monkeypatch.setattr(conversion, "PROGRAMS", ("no-such-program",))
    entry = sent(open_contest(formats=[*formats, "txt"]))

    answer = entrant(entry).post(
        reverse("entry_essay", args=[entry.public_id]), {"file": SimpleUploadedFile("a.doc", content)}
    )

    assert (answer.status_code, entry.essays.count()) == (422, 1)
    assert words in answer.content.decode()


def test_old_doc_with_a_converter_waits_for_a_look(tmp_path, monkeypatch):
    made, program = tmp_path / "made.docx", tmp_path / "soffice"
    made.write_bytes(docx(paragraph(SAMPLE)))
    program.write_text(f'#!/bin/sh\nmkdir -p out\ncp "{made}" out/essay.docx\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(conversion, "converter", lambda: str(program))
    entry = sent(open_contest(formats=["doc", "txt"]))

    entrant(entry).post(reverse("entry_essay", args=[entry.public_id]), {"file": SimpleUploadedFile("Иванов.doc", OLE)})
    blinding.blind(entry.essays.current().get().pk)

    essay = entry.essays.current().select_related("blind_copy").get()
    assert essay.blind_copy is not None
    assert (essay.format, essay.blind_copy.state) == ("doc", BlindCopy.State.HELD)
    assert "converted" in essay.blind_copy.doubts
