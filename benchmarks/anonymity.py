"""How blind the copies are: make bench-anonymity [ARGS="--quick"]

Everything comes from fixed seeds and from data in this repository: identities from a list of names with frequencies,
forms from two inflectors that share nothing with the product's, sentences of our own with their people marked, and
the demo contest's essays with leaks planted in them. A name counts as hidden when every letter of it is.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import random
import re
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benchmarks import anonymity_names as names
from benchmarks import anonymity_texts as texts
from demo.files import build
from demo.roster import load_roster
from demo.texts import DemoEssay, load_essays
from essays.anonymity.document import Document, Paragraph, Text, paragraphs
from essays.anonymity.identity import Identity, Institution, Person
from essays.anonymity.reading import read_bytes
from essays.anonymity.redaction import redact
from essays.anonymity.rendering import to_html
from essays.anonymity.selfattack import find_leaks

SEED = 20_261_124
NOBODY = Identity("Кшиштопорская", "Мельпомена")


@dataclass
class Score:
    """What was hidden of what had to be."""

    found: int = 0
    total: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, hidden: bool, what: str) -> None:
        self.total += 1
        self.found += hidden
        if not hidden:
            self.missed.append(what)

    @property
    def share(self) -> float:
        return self.found / self.total if self.total else 1.0


def covered(spans: list[tuple[int, int]], start: int, end: int, text: str) -> bool:
    """Whether every letter and digit of the place is hidden."""
    hidden = set(itertools.chain.from_iterable(range(left, right) for left, right in spans))
    return all(index in hidden for index in range(start, end) if text[index].isalnum())


def hide(text: str, identity: Identity) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in redact(paragraphs(text.split("\n")), identity).spans]


# The author

UNTOLD = "lower case without a cue, hidden or flagged"
FRAMES = {
    "nomn": "Эту работу написал не кто иной, как {}, и сдал вовремя.",
    "gent": "В журнале нет отметки для {}, хотя урок был.",
    "datv": "Письмо пришло {} прямо на почту вечером.",
    "accs": "Все в зале увидели {} и захлопали.",
    "ablt": "Мы разговаривали с {} до самой темноты.",
    "loct": "Потом долго говорили о {} и смеялись.",
}


def author_layouts(form: names.Name) -> list[str]:
    s, g, p = form.surname, form.given, form.patronymic
    return [f"{s} {g} {p}", f"{g} {s}", f"{s} {g[0]}. {p[0]}.", f"{g[0]}.{p[0]}. {s}", s, g]


def author(count: int) -> dict[str, Score]:
    source, other = random.Random(SEED), random.Random(SEED + 4)
    scores: dict[str, Score] = {}
    leaking: set[int] = set()
    for number in range(count):
        name = names.fresh(source)
        identity = Identity(name.surname, name.given, name.patronymic)
        lines: list[tuple[str, str]] = []
        for inflect in (names.by_tables, names.by_dictionary):
            for case, form in zip(names.CASES, names.forms(name, inflect), strict=True):
                lines += [("case forms", FRAMES[case].format(layout)) for layout in author_layouts(form)[:5]]
        nominative = author_layouts(name)
        whole = f"{name.surname} {name.given}"
        frame = FRAMES["nomn"].format
        lines += [("CAPS", frame(layout.upper())) for layout in nominative[:4]]
        lines += [("initials", frame(text)) for text in initials(name)]
        lines += [("homoglyphs", frame(names.look_alikes(whole)))]
        lines += [("zero width", frame(names.zero_width(whole))), ("letters set apart", frame(names.spaced(whole)))]
        lines += [("lower case", f"меня зовут {whole.lower()}, и я сдал работу вовремя вместе со всеми.")]
        lines += [
            ("transliteration", frame(names.transliterated(f"{name.given} {name.surname}", s))) for s in names.SCHEMES
        ]
        if len(name.surname) >= 6:
            lines += [("typos beside the given name", frame(f"{names.typo(name.surname, source)} {name.given}"))]
        if len(name.surname) >= 6:
            lines += [("typos in the surname alone", frame(names.typo(name.surname, other)))]
        if len(name.given) >= 6:
            lines += [("typos in the given name alone", frame(names.typo(name.given, other)))]
        lines += [(UNTOLD, frame(text.lower())) for text in (whole, name.surname, name.given)]
        lines += [("surname alone broken by PDF", frame(names.broken(name.surname, other)))]
        lines += [("broken by PDF", frame(names.broken(name.surname, source) + f" {name.given}"))]
        for kind, line in lines:
            start, end = place_of(line)
            copy = redact(paragraphs(line.split("\n")), identity)
            hidden = covered([(span.start, span.end) for span in copy.spans], start, end, line)
            if kind == UNTOLD:
                hidden = hidden or bool(copy.warnings)
            scores.setdefault(kind, Score()).add(hidden, f"{name}: {line[start:end]!r}")
            if not hidden and kind in (
                "case forms",
                "CAPS",
                "initials",
                "homoglyphs",
                "zero width",
                "letters set apart",
            ):
                leaking.add(number)
    scores["identities without any leak"] = Score(count - len(leaking), count)
    return scores


def initials(name: names.Name) -> list[str]:
    s, g, p = name.surname, name.given[0], name.patronymic[0]
    return [f"{s} {g}. {p}.", f"{s} {g}.{p}.", f"{g}. {p}. {s}", f"{g}.{p}.{s}", f"{s} {g}.", f"{g}. {s}"]


def place_of(line: str) -> tuple[int, int]:
    """Where the name stands: between what every frame begins and ends with."""
    for frame in (*FRAMES.values(), "меня зовут {}, и я сдал работу вовремя вместе со всеми."):
        before, after = frame.split("{}")
        if line.startswith(before) and line.endswith(after):
            return len(before), len(line) - len(after)
    raise ValueError(line)


# Other people

_SLOT = re.compile(r"<(\w) (\w+) ([gpsi]+)>")


def filled(source: random.Random, template: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """(text, places of people, places that must stay)."""
    people: dict[str, names.Name] = {}
    text, marked, stays = "", [], []
    position = 0
    for match in re.finditer(rf"{_SLOT.pattern}|\{{([^}}]+)\}}", template):
        text += template[position : match.start()]
        position = match.end()
        start = len(text)
        if match[4]:
            text += match[4]
            stays.append((start, len(text)))
            continue
        name = people.setdefault(match[1], names.fresh(source))
        inflect = source.choice((names.by_tables, names.by_dictionary))
        form = names.forms(name, inflect)[names.CASES.index(match[2])]
        parts = {
            "g": form.given,
            "p": form.patronymic,
            "s": form.surname,
            "i": f"{name.given[0]}. {name.patronymic[0]}.",
        }
        text += " ".join(parts[letter] for letter in match[3])
        marked.append((start, len(text)))
    return text + template[position:], marked, stays


def others(source: random.Random, source_text: str, rounds: int, joined: int) -> tuple[Score, float, Score]:
    """(full-entity recall, token precision, what stayed) over documents of `joined` paragraphs."""
    templates = source_text.strip().split("\n")
    recall, stay = Score(), Score()
    right = wrong = 0
    for _ in range(rounds):
        source.shuffle(templates)
        for first in range(0, len(templates), joined):
            text, marked, stays = "", [], []
            for template in templates[first : first + joined]:
                piece, places, kept = filled(source, template)
                offset = len(text)
                text += piece + "\n"
                marked += [(a + offset, b + offset) for a, b in places]
                stays += [(a + offset, b + offset) for a, b in kept]
            spans = hide(text.rstrip("\n"), NOBODY)
            for a, b in marked:
                recall.add(covered(spans, a, b, text), f"{text[max(0, a - 25) : a]}[{text[a:b]}]{text[b : b + 15]}")
            for a, b in stays:
                stay.add(not any(x < b and a < y for x, y in spans), text[a:b])
            for left, right_end in spans:
                for word in re.finditer(r"\w+", text[left:right_end]):
                    inside = any(a <= left + word.start() < b for a, b in marked)
                    right, wrong = right + inside, wrong + (not inside)
    return recall, right / max(1, right + wrong), stay


# Contacts and numbers of documents


def contact(source: random.Random) -> str:
    def digits(count: int) -> str:
        return "".join(str(source.randrange(10)) for _ in range(count))

    login = source.choice(["anna.k", "ivan_2009", "petya-m", "sweet.girl", "k.smirnov"]) + digits(2)
    phone = source.choice(
        ["+7 9{0} {1}-{2}-{3}", "8 (9{0}) {1}-{2}-{3}", "89{0}{1}{2}{3}", "+79{0}{1}{2}{3}", "8-9{0}-{1}-{2}-{3}"]
    )
    kinds = [
        f"{login}@{source.choice(['mail.ru', 'yandex.ru', 'gmail.com', 'example.org'])}",
        phone.format(digits(2), digits(3), digits(2), digits(2)),
        f"СНИЛС {digits(3)}-{digits(3)}-{digits(3)} {digits(2)}",
        f"ИНН {digits(12)}",
        f"паспорт {digits(4)} {digits(6)}",
        f"https://vk.com/{login.replace('-', '_')}",
        f"@{login.replace('.', '_').replace('-', '_')}",
        f"t.me/{login.replace('.', '_').replace('-', '_')}",
        f"заявление № {digits(10)}",
        f"карта {digits(4)} {digits(4)} {digits(4)} {digits(4)}",
        f"родился {source.randrange(1, 29):02d}.{source.randrange(1, 13):02d}.{source.randrange(2005, 2014)}",
    ]
    return source.choice(kinds)


def contacts(count: int, characters: int) -> tuple[Score, float]:
    """(recall, false hits per million characters of text that only looks like numbers)."""
    source = random.Random(SEED + 2)
    score = Score()
    for _ in range(count):
        value = contact(source)
        text = f"Мои данные: {value}, прошу проверить."
        telling = re.search(r"(?:СНИЛС|ИНН|паспорт|заявление №|карта|родился)? ?(.+)", value)
        assert telling is not None
        start = text.index(value) + telling.start(1)
        score.add(covered(hide(text, NOBODY), start, start + len(telling[1]), text), text)
    pieces = [piece for line in texts.CLEAN.strip().split("\n") for piece in line.split("|")]
    false = read = 0
    while read < characters:
        text = " ".join(numbers(source, source.choice(pieces)) for _ in range(60))
        read += len(text)
        false += len(hide(text, NOBODY))
    return score, false / read * 1e6


def numbers(source: random.Random, piece: str) -> str:
    ranges = {
        "d": (1, 28),
        "m": (10, 12),
        "y": (10, 26),
        "n": (12, 99),
        "r": (10, 99),
        "h": (100, 999),
        "x": (1995, 2026),
        "q": (10, 59),
        "k": (2, 9),
    }
    return re.sub(r"\{(\w)\}", lambda match: str(source.randint(*ranges[match[1]])), piece)


# Whole essays


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


def resident() -> float:
    """Megabytes of memory that this process holds now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def rows(quick: bool) -> Iterator[tuple[str, str, str, bool, list[str]]]:
    """(what, measured, goal, whether it holds, what was missed)."""
    by_kind = author(40 if quick else 300)
    goals = {
        UNTOLD: 0.95,
        "typos in the surname alone": 0.98,
        "typos in the given name alone": 0.98,
        "surname alone broken by PDF": 0.95,
        "transliteration": 0.99,
        "typos beside the given name": 0.98,
        "broken by PDF": 0.95,
        "lower case": 0.95,
        "identities without any leak": 1.0,
    }
    for kind, score in by_kind.items():
        goal = goals.get(kind, 0.999)
        yield f"author: {kind} ({score.total})", f"{score.share:.4f}", f"≥ {goal}", score.share >= goal, score.missed
    source = random.Random(SEED + 1)
    for kind, text, recall_goal, precision_goal in (
        ("news", texts.NEWS, 0.975, 0.94),
        ("essays", texts.ESSAY, 0.965, 0.91),
    ):
        recall, precision, stay = others(source, text, 2 if quick else 6, 5)
        yield (
            f"others in {kind}: whole names found ({recall.total})",
            f"{recall.share:.4f}",
            f"≥ {recall_goal}",
            recall.share >= recall_goal,
            recall.missed,
        )
        yield (
            f"others in {kind}: precision by word",
            f"{precision:.4f}",
            f"≥ {precision_goal}",
            precision >= precision_goal,
            stay.missed,
        )
    found, false = contacts(200 if quick else 2_000, 100_000 if quick else 1_000_000)
    yield f"contacts and numbers ({found.total})", f"{found.share:.4f}", "≥ 0.995", found.share >= 0.995, found.missed
    yield "contacts: false hits per million characters", f"{false:.1f}", "≤ 2", false <= 2, []
    essays = whole_essays()
    hidden, stay, clean = (essays[key] for key in ("hidden", "stay", "clean"))
    assert isinstance(hidden, Score) and isinstance(stay, Score) and isinstance(clean, Score)
    times, reading = essays["times"], essays["reading"]
    assert isinstance(times, list) and isinstance(reading, list)
    yield (
        f"essays: planted leaks hidden ({hidden.total})",
        f"{hidden.share:.4f}",
        "≥ 0.98",
        hidden.share >= 0.98,
        hidden.missed,
    )
    yield f"essays: what must stay ({stay.total})", f"{stay.share:.4f}", "≥ 0.95", stay.share >= 0.95, stay.missed
    yield f"essays with any leak (of {clean.total})", f"{1 - clean.share:.3f}", "told", True, clean.missed
    yield "metadata canaries through", str(essays["canaries"]), "0", essays["canaries"] == 0, []
    speed, slow = 1 / statistics.mean(times), statistics.quantiles(times, n=20)[-1] * 1000
    yield "essays of 5,000 characters a second and core", f"{speed:.1f}", "≥ 15", speed >= 15, []
    yield "the same, 95th percentile", f"{slow:.0f} ms", "≤ 120 ms", slow <= 120, []
    yield (
        "reading a DOCX, median",
        f"{statistics.median(reading) * 1000:.1f} ms",
        "≤ 30 ms",
        statistics.median(reading) <= 0.03,
        [],
    )
    yield "resident memory", f"{resident():.0f} MB", "≤ 300 MB", resident() <= 300, []


def main() -> int:
    parser = argparse.ArgumentParser(description="How blind the copies are.")
    parser.add_argument("--quick", action="store_true", help="a fraction of everything, in a minute")
    parser.add_argument("--missed", action="store_true", help="tell what was missed, to look at")
    chosen = parser.parse_args()
    redact(paragraphs(["Разогрев."]), NOBODY)
    failed = 0
    print("| what | measured | goal | |\n|---|---|---|---|", flush=True)
    for what, measured, goal, holds, missed in rows(chosen.quick):
        failed += not holds
        print(f"| {what} | {measured} | {goal} | {'' if holds else 'missed'} |", flush=True)
        if chosen.missed:
            for line, times in Counter(missed).most_common(25):
                print(f"    {times}× {line}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
