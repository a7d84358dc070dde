"""Old DOC goes through a converter of another's: whatever that does ends as a reading or as a clear refusal."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from essays.anonymity import conversion
from essays.anonymity.child import read_in_child
from essays.anonymity.conversion import as_docx
from essays.anonymity.reading import Unreadable, read_bytes
from tests.anonymity.builders import SAMPLE, docx, paragraph

HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
OLE = HEAD + b"\xec\xa5" + bytes(510) + "WordDocument".encode("utf-16-le")
WITH_PASSWORD = HEAD + b"\xec\xa5" + bytes(9) + b"\x01" + bytes(500) + "WordDocument".encode("utf-16-le")


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(OLE)
    return path


def converter(folder: Path, script: str) -> str:
    """A program that stands for LibreOffice; it is called with «… --outdir FOLDER FILE»."""
    path = folder / "soffice"
    path.write_text(f'#!/bin/sh\nfor last; do :; done; out="$(dirname "$last")/out"; mkdir -p "$out"\n{script}\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_a_doc_is_read_as_what_the_converter_made_of_it(
    tmp_path: Path, upload: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "made.docx"
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Ивановский</dc:creator></c>'
    hidden = paragraph("тайное", properties="<w:vanish/>")
    made.write_bytes(docx(paragraph(SAMPLE) + hidden, parts={"docProps/core.xml": core}))
    program = converter(tmp_path, f'cp "{made}" "$out/essay.docx"')
    monkeypatch.setattr(conversion, "converter", lambda: program)

    reading = read_in_child(upload, "Иванов.doc")

    assert (reading.format, reading.document.text) == ("doc", SAMPLE)
    assert (reading.warnings, reading.metadata_strings) == (("converted", "hidden_text"), ("Ивановский",))


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("exit 1", "damaged"),
        ("true", "damaged"),
        ("kill -9 $$", "damaged"),
        ('echo nonsense > "$out/essay.docx"', "type_mismatch"),
        ("sleep 60", "timeout"),
        ("while :; do :; done", "timeout"),
        ("sleep 60 & sleep 60", "timeout"),
    ],
)
def test_a_converter_that_fails_is_a_refusal(script: str, code: str, tmp_path: Path, upload: Path) -> None:
    # Where no time is to run out, a busy machine has enough of it.
    seconds = 1 if code == "timeout" else 60
    with pytest.raises(Unreadable) as refusal, as_docx(upload, converter(tmp_path, script), seconds=seconds) as made:
        read_in_child(made, made.name)

    assert refusal.value.code == code


def test_the_converter_sees_no_name_of_the_upload_and_writes_nothing_large(tmp_path: Path, upload: Path) -> None:
    script = 'basename "$last" > "$out/essay.docx"; head -c 100000000 /dev/zero > "$out/large"; true'

    with as_docx(upload, converter(tmp_path, script)) as made:
        assert made.read_text() == "essay.doc\n"
        assert (made.parent / "large").stat().st_size <= 64 << 20
        folder = made.parents[1]
        assert "DisableMacrosExecution" in (folder / "profile/user/registrymodifications.xcu").read_text()
    assert not folder.exists()


@pytest.mark.parametrize(("content", "code"), [(OLE, "unsupported"), (WITH_PASSWORD, "encrypted")])
def test_without_a_converter_doc_is_refused(
    content: bytes, code: str, upload: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversion, "PROGRAMS", ("no-such-program",))
    upload.write_bytes(content)

    with pytest.raises(Unreadable) as refusal:
        read_in_child(upload, "a.doc")
    with pytest.raises(Unreadable) as inside:
        read_bytes(content, "a.doc")

    assert (refusal.value.code, inside.value.code) == (code, code)
