"""Whole essays with everybody and everything in them: title pages, kin, clerks, numbers; writers, services, laws.

In `whole_essays.txt` whatever tells of a private person stands in `[[ ]]`, a selection of what must stay in `{{ }}`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from essays.anonymity.document import paragraphs
from essays.anonymity.redaction import redact
from tests.anonymity.test_essay_authors import application, marked

ESSAYS = Path(__file__).with_name("whole_essays.txt").read_text(encoding="utf-8").split("\n### ")[1:]


@pytest.mark.parametrize("essay", ESSAYS, ids=lambda essay: essay.split("\n", 1)[0])
def test_private_people_are_hidden_and_public_things_stay(essay: str) -> None:
    _title, line, body = essay.split("\n", 2)
    text, tells, stays = marked(body.strip("\n"))
    spans = redact(paragraphs(text.split("\n")), application(line)).spans
    covered = {index for span in spans for index in range(span.start, span.end) if text[index].isalnum()}

    open_places = [
        text[start:end]
        for start, end in tells
        if not covered.issuperset(i for i in range(start, end) if text[i].isalnum())
    ]
    lost = [text[start:end] for start, end in stays if covered.intersection(range(start, end))]

    assert open_places == []
    assert lost == []
