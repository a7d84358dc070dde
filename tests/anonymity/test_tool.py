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

from tests.anonymity.builders import docx, paragraph
from tests.anonymity.identities import PUPIL

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


BAD_IDENTITIES = {"no JSON": "{", "a list": "[]", "no surname": "{}", "deep": "[" * 100_000, "binary": "\0"}


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
