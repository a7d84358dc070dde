"""Forms brought together: the stem of a surname, the full names that a given name may stand for."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from essays.anonymity.folding import fold
from essays.anonymity.inflection import given_name_forms
from essays.anonymity.name_forms import DATA, common_words, is_patronymic_like, is_surname_like, short_names
from essays.anonymity.persons.dictionary import is_plain, is_unknown

_ADJECTIVE = re.compile(r"(.*(?:ск|цк))(?:ий|ого|ому|им|ом|ая|ой|ую|ою|ие|их|ими)")
_POSSESSIVE = re.compile(r"(.{2,}(?:ов|ев|ин|ын))(?:а|у|ым|ом|е|ой|ою|ы|ых|ым|ыми)?")
_ENDING = re.compile(
    r"(?<=\w\w)(?:аем|аю|ай|ае|еем|ея|ее|ого|его|ому|ему|ыми|ими|ами|ями|ый|ий|ой|ая|яя|ую|юю|ым|им|ом|ем|ых|их|ые|ие|ою|ею|ам|ям|ах|ях|ей"
    r"|а|я|у|ю|е|и|ы|о|й|ь)$"
)
_PATRONYMIC = re.compile(r"(?:ович|евич|ыч|ич|овн|евн|ичн|инич?н)?(?:а|у|ем|ом|е|ы|ой|ою|и|ей)?$")
# Rare given names that nobody hears as such: a ruler's or a thinker's name.
_RULERS = frozenset(
    "ленина сталина сократ гомер аристотель архимед пифагор эзоп данте ганнибал наполеон цезарь".split()
)
_SPARE = frozenset(
    "людей люди людям людях людьми иди идите ради прошу дана дано даны "
    "каким такой этот тот весь мой твой свой наш ваш нет вот вон тут там при для про над под без".split()
)


# Names whose last letter looks like an ending.
_IN_M = frozenset(
    "максим ефим герасим аким клим вадим никодим трофим серафим анисим иоаким рустам ислам адам авраам артем пахом "
    "ибрагим карим рахим салим хаким назим акрам байрам вильгельм уильям том сэм джим ким наум абрам ильхам".split()
)


@lru_cache(maxsize=65536)
def surname_stem(word: str) -> str:
    """What all cases of a folded surname share; both genders of -ов, -ин, -ский fall together."""
    word = word.rpartition("-")[2] or word
    word = word.rpartition("’")[2] or word.rpartition("'")[2]  # «д’Артаньян»
    if word in _IN_M:
        return word
    for pattern in (_ADJECTIVE, _POSSESSIVE):
        if match := pattern.fullmatch(word):
            return match[1]
    stem = _ENDING.sub("", word)
    if len(stem) > 3:
        stem = stem.removesuffix("и")  # Георгий, Георгия; Берия, Берии
    if stem.endswith("ец") and len(stem) > 4:
        stem = stem[:-2] + "ц"
    return stem if len(stem) > 1 else word


# «Палыч» is Павлович, «Саныч» Александрович.
_SPOKEN = {"пал": "павл", "сан": "александр", "алексан": "александр", "михал": "михайл", "вячесла": "вячеслав"}


@lru_cache(maxsize=4096)
def patronymic_stem(word: str) -> str:
    """«Иванович», «Ивановна», «Иваныч», «Иванкызы» in any case → «иван»."""
    if father := _glued(word):
        return father
    stem = _PATRONYMIC.sub("", word)
    stem = _SPOKEN.get(stem, stem)
    return stem[:-1] if len(stem) > 3 and stem[-1] in "ьийе" else stem


@lru_cache(maxsize=1)
def _lists() -> tuple[dict[str, frozenset[str]], frozenset[str], frozenset[str]]:
    """(full names by form of a given name, forms that are also words, stems of frequent surnames that are no words)."""
    full: dict[str, frozenset[str]] = {}
    words: set[str] = set()
    stems: set[str] = set()

    def add(form: str, own: frozenset[str]) -> None:
        others = full.get(form)
        full[form] = own if others is None or others <= own else others | own

    with (DATA / "frequent_names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = fold(row["name"]).text
            if row["kind"] == "surname":
                if row["also_a_word"] == "0" and len(name) > 3:
                    stems.add(surname_stem(name))
                continue
            if name in _RULERS:
                continue
            own = frozenset((name,))
            for form in given_name_forms(name):
                if len(form) > 2:
                    add(form, own)
                    if row["also_a_word"] == "1":
                        words.add(form)
    for name, shorts in short_names().items():
        own = frozenset((name,))
        for short in (name, *shorts):
            for form in given_name_forms(short):
                if len(form) > 2:
                    add(form, own)
    peoples = _peoples()
    words |= common_words()["given_names"] | _SPARE | peoples.word_forms
    words |= {form for name in peoples.words for form in given_name_forms(name)}
    return full, frozenset(words), frozenset(stems | peoples.surname_stems)


class _Peoples(NamedTuple):
    """`data/peoples_names.json`, folded: given names; those that are words too, wholly or in one form; surnames."""

    given: frozenset[str]
    words: frozenset[str]
    word_forms: frozenset[str]
    surname_stems: frozenset[str]
    eastern: frozenset[str]


_EASTERN = frozenset(("chinese", "korean", "vietnamese"))
"""Peoples whose family names are a syllable that stands before the given name: no list of surnames is for them."""


@lru_cache(maxsize=1)
def _peoples() -> _Peoples:
    data = json.loads((DATA / "peoples_names.json").read_text(encoding="utf-8"))

    def folded(names: Iterable[str]) -> frozenset[str]:
        return frozenset(" ".join(names).lower().replace("ё", "е").split())

    surnames = {people: folded(names) for people, names in data["surnames"].items()}
    return _Peoples(
        given=folded(name for names in data["given_names"].values() for name in names),
        words=folded(data["also_words"]),
        word_forms=frozenset(data["also_word_forms"]),
        surname_stems=frozenset(
            surname_stem(name) for people, names in surnames.items() if people not in _EASTERN for name in names
        ),
        eastern=frozenset(name for people in _EASTERN for name in surnames[people]),
    )


# What a case may have made of a name's end, longest first, and what may have stood there.
_CASES = ("", *"а я у ю е и ы ь й ой ей ою ею ом ем ам ям ах ях ев ов ию ии ью ями ами ией ьей".split())
_ENDS = ("", "а", "я", "й", "ь")
_WITH_HYPHEN = re.compile(
    r"(\w{2,}-(?:оол|кыс|уруг|белек|херел|мерген|демир|чурек|доржу|лама|хаан|суу|али))(?:а|у|ом|ем|е)?"
)


@lru_cache(maxsize=32768)
def _of_peoples(word: str) -> frozenset[str]:
    """The peoples' names of which a folded word is a case. They are many: no table of their forms is built."""
    if double := _WITH_HYPHEN.fullmatch(word):
        return frozenset((double[1],))  # «Дадар-оолу»
    names = _peoples().given
    found = set()
    for case in _CASES:
        if word.endswith(case):
            stem = word[: len(word) - len(case)]
            found |= {
                stem + end
                for end in _ENDS
                if len(stem) > 1 and stem + end in names and word in given_name_forms(stem + end)
            }
    return frozenset(found)


@lru_cache(maxsize=1)
def peoples_names() -> frozenset[str]:
    """The peoples' given names beside those of the other lists, folded, without those that are words too."""
    peoples = _peoples()
    return peoples.given - peoples.words - peoples.word_forms


def given_names(word: str) -> frozenset[str]:
    """The full names that a folded word may be a form or a diminutive of; empty for none."""
    return _lists()[0].get(word) or ((_of_peoples(word) or _tender(word)) if len(word) > 2 else frozenset())


# «Дашутка», «Танюху», «Серёженьку»: diminutives that nobody has listed.
_TENDER = re.compile(r"(\w{2,}?)(?:[ую]тк|[ую]шк|[оеё]чк|[ео]ньк|[ую]льк|[ую]х|[ую]сик|[ую]нчик)(?:а|у|е|и|ой|ою|ом|)")


@lru_cache(maxsize=8192)
def _tender(word: str) -> frozenset[str]:
    match = _TENDER.fullmatch(word)
    if match is None or not is_unknown(word):
        return frozenset()
    known = _lists()[0]
    return known.get(match[1] + "а") or known.get(match[1] + "я") or frozenset()


def usual_given_names(word: str) -> frozenset[str]:
    """As `given_names`, by the lists of frequent names alone: among those of the peoples there is a Маркс."""
    return _lists()[0].get(word, frozenset())


@lru_cache(maxsize=8192)
def own_given_names(word: str) -> frozenset[str]:
    """The full names of which a folded word is a case, not a diminutive: «Егору» is Егор, though Георгий too."""
    stem = surname_stem(word)
    return frozenset(name for name in given_names(word) if surname_stem(name) == stem)


@lru_cache(maxsize=1)
def all_given_names() -> frozenset[str]:
    """Full given names and diminutives as the lists have them, folded."""
    full = frozenset(name for names in _lists()[0].values() for name in names)
    return full | {short for shorts in short_names().values() for short in shorts}


def is_nominative(word: str) -> bool:
    """Whether a folded word is a given name or diminutive as the lists have it, in no other case."""
    return word in all_given_names() or word in _peoples().given


def is_eastern_surname(word: str) -> bool:
    """Whether a folded word is a Chinese, Korean or Vietnamese family name: the given name stands behind it."""
    return word in _peoples().eastern


def is_vocative(word: str) -> bool:
    """Whether a folded word calls somebody by a shortened name: «Лен», «Тань»."""
    names = all_given_names()
    return word + "а" in names or (word.endswith("ь") and word[:-1] + "я" in names)


def is_also_a_word(word: str) -> bool:
    """Whether a form of a given name is an ordinary word too («вера», «роман», «рим»)."""
    return word in _lists()[1]


def is_frequent_surname(word: str) -> bool:
    """Whether a folded word is a form of a frequent surname that is not a word itself."""
    return len(word) > 3 and surname_stem(word) in _lists()[2]


@lru_cache(maxsize=1)
def _surname_counts() -> dict[str, int]:
    with (DATA / "frequent_names.csv").open(encoding="utf-8", newline="") as file:
        counts: dict[str, int] = {}
        for row in csv.DictReader(file):
            if row["kind"] == "surname":
                key = surname_stem(fold(row["name"]).text)
                counts[key] = max(counts.get(key, 0), int(row["count"]))
    return counts


def surname_count(stem: str) -> int:
    """How many bearers of a surname the list of frequent names has, by its stem: Иванов 6926, Выготский none."""
    return _surname_counts().get(stem, 0)


# «Лехтонен», «Казлаускене», «Берзиньш», «Пападопулос», «Йылдызоглу», «Попеску», «Розенберг».
_OF_NEIGHBOURS = re.compile(
    r"\w{2,}(?:[аоуыяюеё]нен|йнен|аускас|аускене|авичюс|авичене|айте|ините|юнас|юнене|[инл]ьш|опулос|опуло|оглу"
    r"|еску|штейн|блюм|розен|энберг|енберг|вельт|фельд|хузен|дорф|кампф)(?:а|у|ом|е|ы)?"
)


@lru_cache(maxsize=8192)
def may_be_surname(word: str) -> bool:
    return is_surname_like(word) or is_frequent_surname(word) or _OF_NEIGHBOURS.fullmatch(word) is not None


_RARE_FATHERS = re.compile(
    r"(?:(?:савв?|фок|лук|фом|кузьм|никит|ильин?|сил)(?:ич|ичн|иничн|овн)|\w{2,}славн)(?:а|у|ем|е|ы|ой|ою)?"
)


@lru_cache(maxsize=8192)
def may_be_patronymic(word: str) -> bool:
    word = word.rpartition("-")[2] or word  # «Дадар-ооловна»
    if is_plain(word):
        return False  # «деревне», «бревне»
    return is_patronymic_like(word) or _RARE_FATHERS.fullmatch(word) is not None or bool(_glued(word))


_GLUED = re.compile(r"(\w{3,}?)(?:оглы|оглу|углы|улы|уулу|кызы|гызы|зода)(?:м|й)?")


def _glued(word: str) -> str:
    """The father in «Серикулы», «Болаткызы»; nobody in «каникулы»."""
    match = _GLUED.fullmatch(word)
    return match[1] if match and given_names(match[1]) else ""
