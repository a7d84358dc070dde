"""`manage.py anonymize`: the copy, its places and its refusals, without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from essays.anonymity.identity import Identity, Institution, Person
from essays.anonymity.reading import read_bytes
from essays.anonymity.tool import anonymize
from tests.anonymity.builders import docx, paragraph
from tests.anonymity.identities import PUPIL
from tests.walls.leaky_files import AUTHORS, WRITERS, Canaries

TEXT = "Меня зовут Анна Иванова. Портал помог."


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    path = tmp_path / "identity.json"
    path.write_text(json.dumps(PUPIL.to_dict(), ensure_ascii=False), encoding="utf-8")
    return path


def refused(capsys: pytest.CaptureFixture[str], path: Path, identity: Path) -> str:
    """The one line by which the command refuses."""
    with pytest.raises(SystemExit) as end:
        call_command("anonymize", str(path), identity=identity)
    output = capsys.readouterr()
    assert (end.value.code, output.out, output.err.count("\n")) == (2, "", 1)
    return output.err


def test_json_holds_text_copy_and_places(tmp_path: Path, identity: Path) -> None:
    path = tmp_path / "работа Ивановой.docx"
    path.write_bytes(docx(paragraph(TEXT)))

    # As a person runs it, with the address of a database that is not there.
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing", "ENV_FILE": os.devnull}
    options = ["--identity", identity, "--json", "--explain", "--out", tmp_path / "out"]
    done = subprocess.run(
        [sys.executable, "manage.py", "anonymize", path, *options],
        cwd=settings.BASE_DIR,
        env={**os.environ, **nowhere, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
    )

    answer = json.loads(done.stdout)
    span = {"start": 11, "end": 23, "kind": "participant", "reason": "surname with given name", "confidence": 1.0}
    assert done.returncode == 0
    assert answer == {
        "text": TEXT,
        "redacted": "Меня зовут [УЧАСТНИК]. Портал помог.",
        "html": '<p>Меня зовут <span class="role-tag">[УЧАСТНИК]</span>. Портал помог.</p>',
        "spans": [span],
        "warnings": [],
    }
    assert "«Анна Иванова»  surname with given name (1.00)" in done.stderr
    assert json.loads((tmp_path / "out" / "copy.json").read_text(encoding="utf-8")) == answer
    assert (tmp_path / "out" / "copy.txt").read_text(encoding="utf-8") == answer["redacted"]
    assert answer["html"] in (tmp_path / "out" / "copy.html").read_text(encoding="utf-8")
    pages = read_bytes((tmp_path / "out" / "copy.pdf").read_bytes(), "copy.pdf")
    assert (pages.document.text, pages.metadata_strings) == (f"copy\n{answer['redacted']}", ())


@pytest.mark.parametrize("kind", AUTHORS)
def test_places_are_offsets_into_the_text_and_the_copy_is_the_text_without_them(kind: str, tmp_path: Path) -> None:
    author, path = AUTHORS[kind], tmp_path / f"a.{kind}"
    path.write_bytes(WRITERS[kind](author, Canaries()))
    identity = Identity(
        author.surname,
        author.given_name,
        author.patronymic,
        institution=Institution(author.official_name, author.school, author.municipality, author.locality),
        course=author.course,
        email=author.email,
        phone=author.phone,
        mentor=Person(*author.mentor),
        guardian=Person(*author.guardian) if author.guardian[0] else None,
    )

    made = anonymize(path, identity)

    ends = [0, *(span.end for span in made.spans)]
    assert all(end <= span.start < span.end <= len(made.text) for end, span in zip(ends, made.spans, strict=False))
    rebuilt, position = "", 0
    for span in made.spans:
        rebuilt += made.text[position : span.start] + f"[{span.tag}]"
        position = span.end
    rebuilt += made.text[position:]
    # Paragraphs of which nothing is left are left out: only white space may differ.
    assert rebuilt.split() == made.redacted.split()
    assert not [stem for stem in author.stems if stem in made.redacted.casefold()]
    answer = made.to_dict()
    assert list(answer) == ["text", "redacted", "html", "spans", "warnings"]
    assert all(list(span) == ["start", "end", "kind", "reason", "confidence"] for span in answer["spans"])


BAD_IDENTITIES = {"no JSON": "{", "a list": "[]", "no surname": "{}", "deep": "[" * 100_000, "binary": "\0"}
BAD_IDENTITIES |= {
    "no given name": '{"surname": "Петрова"}',
    "a number for a name": '{"surname": 1.5, "given_name": "Анна"}',
    "no such date": '{"surname": "Петрова", "given_name": "Анна", "birth_date": "31.02.2010"}',
    "a list for a mentor": '{"surname": "Петрова", "given_name": "Анна", "mentor": []}',
    "a number for an institution": '{"surname": "Петрова", "given_name": "Анна", "institution": 5}',
}


@pytest.mark.parametrize("content", BAD_IDENTITIES.values(), ids=BAD_IDENTITIES)
def test_a_bad_identity_is_one_line_and_code_2(
    tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "essay.txt"
    path.write_text(TEXT, encoding="utf-8")
    identity = tmp_path / "identity.json"
    identity.write_text(content, encoding="utf-8")

    assert refused(capsys, path, identity).startswith("identity: ")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", b"PK\x03\x04", "damaged"),
        ("a.exe", b"MZ", "not read"),
        ("a.txt", b"", "empty"),
        ("b\n.txt", None, "no such"),
    ],
)
def test_a_bad_file_is_one_line_and_code_2(
    tmp_path: Path, identity: Path, name: str, content: bytes | None, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    assert reason in refused(capsys, path, identity)
