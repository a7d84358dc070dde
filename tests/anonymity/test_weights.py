"""The weights are verified; without them nothing starts, and nothing falls back to a weaker search."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from config import celery
from essays.anonymity import weights
from essays.anonymity.persons import words
from essays.anonymity.tagging import Tagger
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


def plain_viterbi(scores: np.ndarray[Any, Any], moves: np.ndarray[Any, Any]) -> list[int]:
    total, history = scores[0], []
    for row in scores[1:]:
        ways = total[:, None] + moves
        history.append(ways.argmax(0))
        total = ways.max(0) + row
    path = [int(total.argmax())]
    for best in reversed(history):
        path.append(int(best[path[-1]]))
    return path[::-1]


@pytest.mark.parametrize("surely_nothing", [0.0, 2.0, 5.0, 8.0])
def test_words_that_can_be_nothing_are_passed_over_without_loss(
    surely_nothing: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    tagger = weights.recognizer()._tagger
    scores = np.random.default_rng(2026).normal(0, 3, (400, 8)).astype(np.float32)
    scores[:, 1] += surely_nothing
    monkeypatch.setattr(Tagger, "_scores", lambda self, words, shapes: scores)

    assert tagger.tags([0], [0]) == plain_viterbi(scores, tagger._moves)


def test_what_is_kept_of_words_changes_nothing() -> None:
    tagger = weights.recognizer()._tagger
    text, shapes = [5, 9, 7, 9, 11, 200_000], [3, 4, 5, 4, 3, 3]
    fresh = tagger._scores(text, shapes)

    for first in range(20, 12_000, 900):  # More words than are kept.
        tagger.tags(list(range(first, first + 900)), [3] * 900)

    assert np.allclose(tagger._scores(text, shapes), fresh, atol=1e-4)
