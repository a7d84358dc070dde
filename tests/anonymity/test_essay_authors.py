"""Texts of many manners with their applications: what tells the author goes, what only looks like it stays.

In `essay_authors.txt` the second line of each text is its application. What must be hidden stands in `[[ ]]`, what
must stay in `{{ }}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from essays.anonymity.document import paragraphs
from essays.anonymity.identity import Identity
from essays.anonymity.redaction import redact
from essays.anonymity.rendering import to_html
from essays.anonymity.selfattack import find_leaks

MARK = re.compile(r"\[\[([^\]]+)\]\]|\{\{([^}]+)\}\}")
IN_INSTITUTION = {"inst": "name", "loc": "locality", "mun": "municipality"}
Places = list[tuple[int, int]]


def person(line: str) -> dict[str, str]:
    names = [name.replace("_", " ") for name in line.split()]
    return {"surname": names[0], "given_name": " ".join(names[1:2]), "patronymic": " ".join(names[2:])}


def application(line: str) -> Identity:
    author, *rest = (part.strip() for part in line.removeprefix("@").split(";"))
    data: dict[str, Any] = dict(person(author))
    for part in rest:
        field, _, value = (piece.strip() for piece in part.partition("="))
        if field in IN_INSTITUTION:
            data.setdefault("institution", {})[IN_INSTITUTION[field]] = value
        elif field in ("mentor", "guardian"):
            data[field] = person(value)
        else:
            data["birth_date" if field == "birth" else field] = value
    return Identity.from_dict(data)


def marked(body: str) -> tuple[str, Places, Places]:
    text, tells, stays, position = "", [], [], 0
    for match in MARK.finditer(body):
        text += body[position : match.start()]
        start = len(text)
        text += match[1] or match[2]
        (tells if match[1] else stays).append((start, len(text)))
        position = match.end()
    return text + body[position:], tells, stays


@lru_cache(maxsize=1)
def essays() -> tuple[tuple[Identity, str, Places, Places], ...]:
    def read() -> Iterator[tuple[Identity, str, Places, Places]]:
        source = Path(__file__).with_name("essay_authors.txt").read_text(encoding="utf-8")
        for chunk in source.split("\n### ")[1:]:
            _title, line, body = chunk.split("\n", 2)
            yield application(line), *marked(body.strip("\n"))

    return tuple(read())


def test_the_author_is_hidden_in_whole_essays_and_namesakes_stay() -> None:
    leaked, touched, hidden, kept = [], [], 0, 0
    for identity, text, tells, stays in essays():
        places = [(span.start, span.end) for span in redact(paragraphs(text.split("\n")), identity).spans]
        covered = {index for start, end in places for index in range(start, end)}
        for start, end in tells:
            whole = all(index in covered for index in range(start, end) if text[index].isalnum())
            hidden += whole
            leaked += [] if whole else [text[start:end]]
        for start, end in stays:
            lost = any(index in covered for index in range(start, end) if text[index].isalnum())
            kept += not lost
            touched += [text[start:end]] if lost else []

    assert hidden / (hidden + len(leaked)) >= 0.99, leaked
    assert kept / (kept + len(touched)) >= 0.97, touched


def test_the_self_attack_seldom_cries_wolf_on_finished_copies() -> None:
    alarms = []
    for identity, text, _tells, _stays in essays():
        leaks = find_leaks(to_html(redact(paragraphs(text.split("\n")), identity).document), identity)
        alarms += [[leak.found for leak in leaks]] if leaks else []

    assert len(alarms) / len(essays()) <= 0.05, alarms


def test_the_self_attack_finds_most_of_what_one_forgotten_place_tells() -> None:
    missed, found = [], 0
    for identity, text, tells, _stays in essays():
        document = paragraphs(text.split("\n"))
        spans = redact(document, identity).spans
        for start, end in tells:
            rest = [(span.start, span.end, span.tag) for span in spans if span.end <= start or end <= span.start]
            leaks = find_leaks(document.replace_spans(rest).text, identity)
            found += bool(leaks)
            missed += [] if leaks else [text[start:end]]

    assert found / (found + len(missed)) >= 0.8, missed
