"""The author under every form of the name."""

from __future__ import annotations

import random

from benchmarks.blindness import names
from benchmarks.blindness.score import SEED, Score, covered
from essays.anonymity.document import paragraphs
from essays.anonymity.identity import Identity
from essays.anonymity.redaction import redact

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


def authors(count: int) -> dict[str, Score]:
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
