"""Fresh identities, their forms by two inflectors that share nothing with the product, and ways to misspell them."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pymorphy3

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
NAMES = Path(__file__).parent.parent.parent / "essays" / "anonymity" / "data" / "frequent_names.csv"


@dataclass(frozen=True)
class Name:
    surname: str
    given: str
    patronymic: str
    male: bool


@lru_cache(maxsize=1)
def lists() -> tuple[list[tuple[str, int]], dict[str, list[tuple[str, int]]]]:
    """(surnames, given names by gender), with frequencies."""
    surnames: list[tuple[str, int]] = []
    given: dict[str, list[tuple[str, int]]] = {"m": [], "f": []}
    with NAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] == "surname":
                surnames.append((row["name"], int(row["count"])))
            elif row["gender"] in given and int(row["count"]) > 200:
                given[row["gender"]].append((row["name"], int(row["count"])))
    return surnames, given


@lru_cache(maxsize=1)
def rare() -> list[str]:
    return Path(__file__).with_name("rare_surnames.txt").read_text(encoding="utf-8").split()


def pick(source: random.Random, pairs: list[tuple[str, int]]) -> str:
    return source.choices([name for name, _ in pairs], [count for _, count in pairs])[0]


def fresh(source: random.Random) -> Name:
    surnames, given = lists()
    male = source.random() < 0.5
    # Half by frequency, half from surnames that the product's lists do not hold.
    surname = pick(source, surnames) if source.random() < 0.5 else source.choice(rare())
    father = pick(source, given["m"])
    return Name(
        surname if male else feminine(surname),
        pick(source, given["m" if male else "f"]),
        patronymic(father, male),
        male,
    )


def feminine(surname: str) -> str:
    if surname.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return surname + "а"
    if surname.endswith(("ский", "цкий")):
        return surname[:-2] + "ая"
    if surname.endswith(("ый", "ой")):
        return surname[:-2] + "ая"
    return surname


def patronymic(father: str, male: bool) -> str:
    special = {
        "Илья": "Ильич",
        "Никита": "Никитич",
        "Лука": "Лукич",
        "Фома": "Фомич",
        "Кузьма": "Кузьмич",
        "Лев": "Львович",
        "Павел": "Павлович",
    }
    if father in special:
        own = special[father]
        return (
            own
            if male
            else (
                own.removesuffix("ович") + "овна"
                if own.endswith("ович")
                else own + "на"
                if own != "Ильич"
                else "Ильинична"
            )
        )
    if father.endswith("ий") and father not in ("Дмитрий", "Георгий"):
        stem = father[:-2] + "ье"
    elif father.endswith(("й", "ь")):
        stem = father[:-1] + "е"
    elif father.endswith(("а", "я")):
        stem = father[:-1] + "о"
    else:
        stem = father + "о"
    return stem + ("вич" if male else "вна")


# First inflector: endings from a school grammar.

_MALE = {
    "possessive": ("", "а", "у", "а", "ым", "е"),
    "hard": ("", "а", "у", "а", "ом", "е"),
    "adj": ("ий", "ого", "ому", "ого", "им", "ом"),
}
_FEMALE = {"possessive": ("а", "ой", "ой", "у", "ой", "ой"), "adj": ("ая", "ой", "ой", "ую", "ой", "ой")}


def by_tables(word: str, male: bool, what: str) -> list[str]:
    """Six cases by tables of endings."""
    if what == "surname":
        if male and word.endswith(("ов", "ев", "ёв", "ин", "ын")):
            return [word + ending for ending in _MALE["possessive"]]
        if not male and word.endswith(("ова", "ева", "ёва", "ина", "ына")):
            return [word[:-1] + ending for ending in _FEMALE["possessive"]]
        if word.endswith(("ский", "цкий")):
            return [word[:-2] + ending for ending in _MALE["adj"]]
        if not male and word.endswith("ая"):
            return [word[:-2] + ending for ending in _FEMALE["adj"]]
        if male and word.endswith(("ый", "ой")):
            return [word[:-2] + ending for ending in (word[-2:], "ого", "ому", "ого", "ым", "ом")]
        if not male and word[-1] not in "ая":
            return [word] * 6
    if word.endswith("ич"):
        return [word + ending for ending in ("", "а", "у", "а", "ем", "е")]
    if word.endswith("а"):
        soft = word[-2] in "гкхжшчщ"
        return [
            word[:-1] + ending
            for ending in ("а", "и" if soft else "ы", "е", "у", "ей" if word[-2] in "жшчщц" else "ой", "е")
        ]
    if word.endswith("ия"):
        return [word[:-1] + ending for ending in ("я", "и", "и", "ю", "ей", "и")]
    if word.endswith("я"):
        return [word[:-1] + ending for ending in ("я", "и", "е", "ю", "ей", "е")]
    if male and word.endswith("ий"):
        return [word[:-1] + ending for ending in ("й", "я", "ю", "я", "ем", "и")]
    if male and word.endswith(("й", "ь")):
        return [word[:-1] + ending for ending in (word[-1], "я", "ю", "я", "ем", "е")]
    if not male and word.endswith("ь"):
        return [word[:-1] + ending for ending in ("ь", "и", "и", "ь", "ью", "и")]
    if male and word in ("Лев", "Павел"):
        stem = {"Лев": "Льв", "Павел": "Павл"}[word]
        return [word, stem + "а", stem + "у", stem + "а", stem + "ом", stem + "е"]
    if word[-1] in "оеиуюыэ" or word.endswith(("ых", "их")):
        return [word] * 6
    return [word + ending for ending in _MALE["hard"]] if male else [word] * 6


# Second inflector: a dictionary with prediction.


@lru_cache(maxsize=1)
def analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


_MARK = {"surname": "Surn", "given": "Name", "patronymic": "Patr"}


def by_dictionary(word: str, male: bool, what: str) -> list[str]:
    """Six cases by pymorphy; a form that it does not know stays as it is."""
    gender = "masc" if male else "femn"
    parses = [p for p in analyzer().parse(word) if "nomn" in p.tag and "sing" in p.tag]
    chosen = next((p for p in parses if _MARK[what] in p.tag and gender in p.tag), None) or next(
        (p for p in parses if gender in p.tag), None
    )
    forms = []
    for case in CASES:
        inflected = chosen.inflect({case}) if chosen else None
        if (
            inflected
            and word.endswith(("ов", "ев", "ин"))
            and not inflected.word.startswith(word.lower().replace("ё", "е")[:-1])
        ):
            inflected = None  # «Сыстерва»: the prediction took the surname for a noun with a fleeting vowel.
        forms.append("-".join(part.capitalize() for part in inflected.word.split("-")) if inflected else word)
    return forms


def forms(name: Name, inflect: Callable[[str, bool, str], list[str]]) -> list[Name]:
    """The whole name in six cases."""
    parts = (
        inflect(name.surname, name.male, "surname"),
        inflect(name.given, name.male, "given"),
        inflect(name.patronymic, name.male, "patronymic"),
    )
    return [Name(*each, name.male) for each in zip(*parts, strict=True)]


# Spellings

_LOOKS = str.maketrans("аеорсухкАЕОРСХКНВМТ", "aeopcyxkAEOPCXKHBMT")
SCHEMES: dict[str, dict[str, str]] = {
    "passport": dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
            "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia".split(),
            strict=True,
        )
    ),
    "gost": dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
            "a b v g d e yo zh z i j k l m n o p r s t u f x cz ch sh shh '' y' ' e' yu ya".split(),
            strict=True,
        )
    ),
    "bgn": dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
            "a b v g d ye ye zh z i y k l m n o p r s t u f kh ts ch sh shch ” y ’ e yu ya".split(),
            strict=True,
        )
    ),
    "by ear": dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
            "a b v g d e e j z i y k l m n o p r s t u f h c ch sh sch - i - e u ya".split(),
            strict=True,
        )
    ),
}


def transliterated(text: str, scheme: str) -> str:
    table = SCHEMES[scheme]
    out = []
    for character in text:
        latin = table.get(character.lower(), character).replace("-", "") if character.lower() in table else character
        out.append(latin.capitalize() if character.isupper() else latin)
    return "".join(out)


def look_alikes(text: str) -> str:
    return text.translate(_LOOKS)


def zero_width(text: str) -> str:
    return "\u200b".join(text)


def spaced(text: str) -> str:
    return "   ".join(" ".join(word) for word in text.split())


def typo(word: str, source: random.Random) -> str:
    """One letter wrong, missing, doubled or two swapped; never the first."""
    at = source.randrange(1, len(word) - 1)
    kind = source.randrange(4)
    if kind == 0:
        other = source.choice([c for c in "абвгдеиклмнопрстуя" if c != word[at]])
        return word[:at] + other + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def broken(word: str, source: random.Random) -> str:
    at = source.randrange(2, len(word) - 1) if len(word) > 3 else 1
    return word[:at] + source.choice(["-\n", "- ", "\n", " "]) + word[at:]
