"""Whole essays of the demo contest with leaks planted in them: what is hidden, what stays, and how long it takes."""

from __future__ import annotations

import gc
import random
import time
from datetime import date

from benchmarks.blindness import names, texts
from benchmarks.blindness.score import SEED, Score, covered
from demo.files import build
from demo.roster import load_roster
from demo.texts import DemoEssay, load_essays
from essays.anonymity.document import Document, Paragraph, Text
from essays.anonymity.identity import Identity, Institution, Person
from essays.anonymity.reading import read_bytes
from essays.anonymity.redaction import redact
from essays.anonymity.rendering import to_html
from essays.anonymity.selfattack import find_leaks


def identity_of(essay: DemoEssay) -> Identity:
    roster = load_roster()
    place = roster.institutions[essay.institution]
    mentor = roster.mentors[essay.mentor] if essay.mentor else None
    return Identity(
        surname=essay.surname,
        given_name=essay.given_name,
        patronymic=essay.patronymic,
        birth_date=date(2010, 4, 17),
        institution=Institution(
            place.official_name, place.short_name, roster.municipalities[place.municipality].name, place.locality
        ),
        course=essay.course,
        email=essay.email,
        phone="+7 905 111-22-33",
        mentor=Person(mentor.surname, mentor.given_name, mentor.patronymic) if mentor else None,
    )


def planted(essay: DemoEssay, identity: Identity, source: random.Random) -> tuple[list[tuple[str, str]], list[str]]:
    """(leaks with the sentences that hold them, things that must stay)."""
    male = not identity.patronymic.endswith("а")
    own = names.Name(identity.surname, identity.given_name, identity.patronymic or "Иванович", male)
    own_forms = names.forms(own, names.by_dictionary)
    friend, teacher = names.fresh(source), names.fresh(source)
    friend_forms, teacher_forms = names.forms(friend, names.by_tables), names.forms(teacher, names.by_tables)
    institution = identity.institution
    assert institution is not None
    leaks = [
        (f"{own_forms[1].surname}", f"Тетрадь {own_forms[1].surname} нашли под партой."),
        (f"{own.given} {own.surname}", f"Меня вызвали к доске: {own.given} {own.surname}, отвечайте."),
        (
            f"{own.surname} {own.given[0]}. {own.patronymic[0]}.",
            f"В списке значилось: {own.surname} {own.given[0]}. {own.patronymic[0]}.",
        ),
        (
            f"{friend_forms[4].given} {friend_forms[4].surname}",
            f"Мы сидели рядом с {friend_forms[4].given} {friend_forms[4].surname} на каждом уроке.",
        ),
        (
            f"{teacher_forms[2].given} {teacher_forms[2].patronymic}",
            f"Я показала черновик учительнице {teacher_forms[2].given} {teacher_forms[2].patronymic}.",
        ),
        (
            institution.short_name or institution.name,
            f"Наша {institution.short_name or institution.name} стоит на холме.",
        ),
        (identity.email, f"Пишите мне: {identity.email}."),
        ("8 905 111 22 33", "Мой телефон 8 905 111 22 33 всегда включён."),
        ("17.04.2010", "Дата рождения 17.04.2010 указана верно."),
        ("112-233-445 95", "СНИЛС 112-233-445 95 я помню наизусть."),
        (
            names.transliterated(f"{own.given} {own.surname}", "passport"),
            f"В загранпаспорте стоит {names.transliterated(f'{own.given} {own.surname}', 'passport')}, и это смешно.",
        ),
    ]
    stays = source.sample([piece for line in texts.STAYS.strip().split("\n") for piece in line.split("|")], 12)
    return leaks, stays


def whole_essays() -> dict[str, object]:
    source = random.Random(SEED + 3)
    hidden, stay, clean = Score(), Score(), Score()
    canaries = 0
    times: list[float] = []
    reading: list[float] = []
    first = load_essays()[0]
    # What a worker reads once, at its start or with its first essay, is no essay's time.
    name, content = build(first)
    find_leaks(redact(read_bytes(content, name).document, identity_of(first)).document.text, identity_of(first))
    english = Paragraph((Text("My friend Ivan Petrov told me about Kate Winslet. " * 4),))
    redact(Document((english,)), identity_of(first))
    # As the worker does: no collection of garbage walks through the weights and lists again.
    gc.collect()
    gc.freeze()
    for essay in load_essays():
        identity = identity_of(essay)
        name, content = build(essay)
        before = time.process_time()
        read = read_bytes(content, name)
        if name.endswith(".docx"):
            reading.append(time.process_time() - before)
        leaks, stays = planted(essay, identity, source)
        sentences = [sentence for _, sentence in leaks] + [
            f"Я вспоминаю: {item}. {source.choice(texts.FOLLOWING)}" for item in stays
        ]
        source.shuffle(sentences)
        blocks = list(read.document.blocks)
        for sentence in sentences:
            blocks.insert(source.randrange(len(blocks) // 3, len(blocks) + 1), Paragraph((Text(sentence),)))
        document = Document(tuple(blocks))
        before = time.process_time()
        copy = redact(document, identity)
        html = to_html(copy.document)
        attack = find_leaks(copy.document.text, identity, read.metadata_strings)
        times.append((time.process_time() - before) / len(document.text) * 5_000)
        spans = [(span.start, span.end) for span in copy.spans]
        missed = 0
        for leak, sentence in leaks:
            start = document.text.index(sentence) + sentence.index(leak)
            found = covered(spans, start, start + len(leak), document.text)
            hidden.add(found, f"{essay.key}: {leak}")
            missed += not found
        for item in stays:
            start = document.text.index(f"Я вспоминаю: {item}.") + len("Я вспоминаю: ")
            stay.add(not any(a < start + len(item) and start < b for a, b in spans), f"{essay.key}: {item}")
        canaries += sum(
            string in html
            for string in read.metadata_strings
            if string in (essay.surname, f"{essay.surname} {essay.given_name}")
        )
        clean.add(not missed and not attack, f"{essay.key}: {missed} planted, {[leak.found for leak in attack][:3]}")
    return {"hidden": hidden, "stay": stay, "clean": clean, "canaries": canaries, "times": times, "reading": reading}
