"""Every act that the code can write has a sentence, and a sentence never breaks on old data."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation

from essays.ledger.catalogue import SENTENCES
from essays.ledger.phrases import KINDS, sentence, words

ROOT = Path(__file__).resolve().parents[2]


def codes_in(source: str) -> set[str]:
    """Literal codes given to ``record`` and as ``action=`` to ``move``."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = node.args[:1] if name == "record" else []
        given += [keyword.value for keyword in node.keywords if keyword.arg == "action"]
        for value in given:
            found |= {
                part.value
                for part in ast.walk(value)
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and "." in part.value.strip(".")
            }
    return found


def written_codes() -> set[str]:
    files = [path for app in ("essays", "judging", "demo") for path in (ROOT / app).rglob("*.py")]
    return set().union(*(codes_in(path.read_text("utf-8")) for path in files))


def test_codes_are_found_in_source():
    source = "ledger.record('a.b' if x else 'a.c', y)\nmove(z, 'to', action='z.gone')\nother('q.r')"

    assert codes_in(source) == {"a.b", "a.c", "z.gone"}


def test_every_act_that_is_written_has_a_sentence():
    codes = written_codes() | {"contest.categories_changed", "contest.nominations_changed"}

    assert sorted(codes - SENTENCES.keys()) == []


def test_every_state_that_a_row_moves_to_has_a_sentence():
    # Letters and files of documents move without the ledger: making and sending is mechanics and nobody's act.
    mechanics = {"Letter", "DocumentBundle"}
    models = [model for model in apps.get_models() if hasattr(model, "MOVES") and model.__name__ not in mechanics]
    codes = {
        f"{model._meta.model_name}.{state}" for model in models for targets in model.MOVES.values() for state in targets
    }

    # Acts with codes of their own: taken back, a vote, the end of a meeting.
    own_words = {"contest.draft", "question.settled", "jurysession.closed"}
    assert sorted(codes - SENTENCES.keys() - own_words) == []


def test_every_kind_that_is_written_can_be_filtered():
    kinds = {code.partition(".")[0] for code in written_codes()}

    # The subject of these acts is a contest, an account, a ranking or a rubric.
    assert kinds - KINDS.keys() <= {"names", "assignments", "judgingrules"}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_stands_without_its_data(code):
    assert "%(" not in sentence(code, {})


def test_codes_of_the_data_are_told_in_words():
    with translation.override("en"):
        told = sentence("contest.consent_text_added", {"kind": "processing", "version": 2})

    assert told == "A new text of a consent was published, version 2: processing of personal data."
    assert words("reason", None) == "—"


def test_an_act_without_a_sentence_is_shown_by_its_code():
    assert sentence("comet.seen", {"tail": "long"}) == "comet.seen"
