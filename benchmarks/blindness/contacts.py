"""Contacts and numbers of documents, and text that only looks like numbers."""

from __future__ import annotations

import random
import re

from benchmarks.blindness import texts
from benchmarks.blindness.score import NOBODY, SEED, Score, covered, hide


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
