"""The weights are verified; without them nothing starts, and nothing falls back to a weaker search."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import celery
from essays.anonymity import weights
from essays.anonymity.persons import words
from tests.anonymity.identities import redacted


@pytest.fixture
def without_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has not loaded the model and cannot."""
    monkeypatch.setattr(weights, "PACKAGE", "no_such_package")
    monkeypatch.setattr(weights, "recognizer", weights.recognizer.__wrapped__)
    monkeypatch.setattr(words, "recognizer", weights.recognizer)
    monkeypatch.setattr(celery, "recognizer", weights.recognizer)


@pytest.mark.usefixtures("without_package")
def test_a_missing_package_is_told() -> None:

    with pytest.raises(weights.ModelsMissing, match="not installed"):
        redacted("Анна Иванова")


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pretender").mkdir()
    (tmp_path / "pretender" / "__init__.py").touch()
    (tmp_path / "pretender" / "words.tar").write_bytes(b"other")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(weights, "PACKAGE", "pretender")

    with pytest.raises(weights.ModelsMissing, match=r"not the expected ones: words\.tar"):
        weights.checked("words.tar", weights.WORDS[1])
    with pytest.raises(weights.ModelsMissing, match="cannot be read"):
        weights.checked("missing.tar", weights.WORDS[1])


@pytest.mark.usefixtures("without_package")
def test_a_worker_without_weights_does_not_start() -> None:
    with pytest.raises(SystemExit, match="make install"):
        celery.load_models()
