"""Paragraphs as pupils write them, with private people and with names that must stay: what is hidden of each.

In `essay_people.txt` private people stand in `[[ ]]`, what must stay in `{{ }}`; `\\n` begins a line.
"""

from __future__ import annotations

import re
from pathlib import Path

from essays.anonymity.document import paragraphs
from essays.anonymity.identity import Identity
from essays.anonymity.redaction import redact

NOBODY = Identity("Кшиштопорская", "Мельпомена")
MARK = re.compile(r"\[\[([^\]]+)\]\]|\{\{([^}]+)\}\}")


def marked(line: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """(text, places of private people, places that must stay)."""
    text, people, stays, position = "", [], [], 0
    for match in MARK.finditer(line):
        text += line[position : match.start()]
        start = len(text)
        text += match[1] or match[2]
        (people if match[1] else stays).append((start, len(text)))
        position = match.end()
    return text + line[position:], people, stays


def test_private_people_are_hidden_and_public_ones_stay() -> None:
    hidden, leaked, kept, lost = 0, [], 0, []
    for line in Path(__file__).with_name("essay_people.txt").read_text(encoding="utf-8").splitlines():
        text, people, stays = marked(line.replace("\\n", "\n"))
        spans = [(span.start, span.end) for span in redact(paragraphs(text.split("\n")), NOBODY).spans]
        for start, end in people:
            letters = [index for index in range(start, end) if text[index].isalnum()]
            whole = all(any(left <= index < right for left, right in spans) for index in letters)
            hidden += whole
            leaked += [] if whole else [text[start:end]]
        for start, end in stays:
            touched = any(left < end and start < right for left, right in spans)
            kept += not touched
            lost += [text[start:end]] if touched else []

    assert hidden / (hidden + len(leaked)) >= 0.98, leaked
    assert kept / (kept + len(lost)) >= 0.96, lost
