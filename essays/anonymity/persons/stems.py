"""Forms brought together: the stem of a surname, the full names that a given name may stand for."""

from __future__ import annotations

import csv
import re
from functools import lru_cache

from essays.anonymity.folding import fold
from essays.anonymity.inflection import given_name_forms
from essays.anonymity.name_forms import DATA, common_words, is_patronymic_like, is_surname_like, short_names
from essays.anonymity.persons.dictionary import is_plain

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
    """«Иванович», «Ивановна», «Иваныч» in any case → «иван»."""
    stem = _PATRONYMIC.sub("", word)
    stem = _SPOKEN.get(stem, stem)
    return stem[:-1] if len(stem) > 3 and stem[-1] in "ьийе" else stem


@lru_cache(maxsize=1)
def _lists() -> tuple[dict[str, frozenset[str]], frozenset[str], frozenset[str]]:
    """(full names by form of a given name, forms that are also words, stems of frequent surnames that are no words)."""
    full: dict[str, set[str]] = {}
    words: set[str] = set()
    stems: set[str] = set()
    with (DATA / "frequent_names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = fold(row["name"]).text
            if row["kind"] == "surname":
                if row["also_a_word"] == "0" and len(name) > 3:
                    stems.add(surname_stem(name))
                continue
            if name in _RULERS:
                continue
            for form in given_name_forms(name):
                if len(form) > 2:
                    full.setdefault(form, set()).add(name)
                    if row["also_a_word"] == "1":
                        words.add(form)
    for name, shorts in short_names().items():
        for short in (name, *shorts):
            for form in given_name_forms(short):
                if len(form) > 2:
                    full.setdefault(form, set()).add(name)
    words |= common_words()["given_names"] | _SPARE
    return {form: frozenset(names) for form, names in full.items()}, frozenset(words), frozenset(stems)


def given_names(word: str) -> frozenset[str]:
    """The full names that a folded word may be a form or a diminutive of; empty for none."""
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


def may_be_surname(word: str) -> bool:
    return is_surname_like(word) or is_frequent_surname(word)


_RARE_FATHERS = re.compile(r"(?:савв?|фок|лук|фом|кузьм|никит|ильин?|сил)(?:ич|ичн|иничн|овн)(?:а|у|ем|е|ы|ой|ою)?")


def may_be_patronymic(word: str) -> bool:
    word = word.rpartition("-")[2] or word  # «Дадар-ооловна»
    if is_plain(word):
        return False  # «деревне», «бревне»
    return is_patronymic_like(word) or _RARE_FATHERS.fullmatch(word) is not None
