"""Single lines in which schools, courses, contacts, addresses and births are told in many manners, and what only looks so.

A line of `said_places.txt` that begins with @ is the application of those after it; `[[ ]]` must be hidden, `{{ }}` must stay.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from essays.anonymity.document import paragraphs
from essays.anonymity.redaction import redact
from essays.anonymity.selfattack import find_leaks
from tests.anonymity.test_essay_authors import application, marked

GROUPS = [
    group.split("\n", 1)
    for group in Path(__file__).with_name("said_places.txt").read_text(encoding="utf-8").removeprefix("@").split("\n@")
]
BESIDE = "Очередь стала короче."


@pytest.mark.parametrize(("author", "lines"), GROUPS, ids=[author.split(";")[0] for author, _lines in GROUPS])
def test_what_tells_is_hidden_and_what_only_looks_so_stays(author: str, lines: str) -> None:
    identity, open_places, lost = application(author), [], []
    for line in lines.strip().split("\n"):
        text, tells, stays = marked(line)
        spans = redact(paragraphs([BESIDE, text, BESIDE]), identity).spans
        start = len(BESIDE) + 1
        covered = {index - start for span in spans for index in range(span.start, span.end)}
        open_places += [
            text[a:b] for a, b in tells if not covered.issuperset(i for i in range(a, b) if text[i].isalnum())
        ]
        lost += [text[a:b] for a, b in stays if covered.intersection(range(a, b))]

    assert (open_places, lost) == ([], [])


@pytest.mark.parametrize(
    "left_open",
    [
        "Учусь в 9 Б, пришла рано.",
        "наш 9 «Б» класс смеялся",
        "группа ПИ-31 опоздала",
        "с. Ребриха",
        "19 августа мне исполнилось шестнадцать",
        "пишите в телегу kruglova_a",
        "мой логин krug2010lova",
        "Заявление № 22-11/05683",
        "живу в общежитии, комната 212",
        "Вот и всё.\nА. К.",
        "читала Толстая А. П. вслух",
    ],
)
def test_the_self_attack_sees_what_was_left_open(left_open: str) -> None:
    author = "Толстая Анна Петровна" if "Толстая" in left_open else "Круглова Анна Петровна"
    identity = application(f"@{author}; inst=МБОУ «Ребрихинская СОШ»; loc=с. Ребриха; course=9 «Б»; birth=2010-08-19")

    assert find_leaks(left_open, identity) != []


@pytest.mark.parametrize(
    "innocent",
    [
        "Расул Гамзатов писал о журавлях.",
        "Комната 412, рассказ.",
        "в 9 в школе звонок",
        "денег не было",
        "ник в Steam придумал брат",
        "Поезд идёт из Ребрихи в Барнаул три часа.",
    ],
)
def test_the_self_attack_lets_pass_what_tells_nobody(innocent: str) -> None:
    identity = application("@Магомедов Расул Гамзатович; inst=МБОУ «Ребрихинская СОШ»; loc=с. Ребриха; course=9 «Б»")

    assert find_leaks(innocent, identity) == []
