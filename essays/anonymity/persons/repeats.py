"""Names that were found once, looked for in the rest of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from essays.anonymity.inflection import nickname_roots, roots_of_nickname
from essays.anonymity.name_forms import common_words, is_surname_like
from essays.anonymity.persons.evidence import VERB, is_idiom
from essays.anonymity.persons.lexicon import NO_PEOPLE
from essays.anonymity.persons.mentions import Mention
from essays.anonymity.persons.setting import Setting
from essays.anonymity.persons.stems import (
    given_names,
    is_also_a_word,
    may_be_patronymic,
    may_be_surname,
    patronymic_stem,
    surname_stem,
)

# «Ванино свидетельство», «Петин велосипед».
_BELONGS = re.compile(r"(\w{2,})ин(?:а|о|ы|у|ой|ого|ому|ым|ых|ыми|ом)?")
_YEARS_OLD = re.compile(r"\d{1,2}|два|три|четыре|пять|шесть|семь|восемь|девять|десять|[а-я]+надцать|двадцать")
_DID = re.compile(r"\w+(?:л|ла|лся|лась)")
"""The past: of somebody known «Надежда умирала от стыда» tells, of hope «Надежда умирает последней»."""


def spread(setting: Setting, known: list[Mention]) -> Iterator[Mention]:
    """Words that repeat a surname or given name found elsewhere in the text, where they were not seen."""
    surnames = {m.surname for m in known if len(m.surname) > 1 and (len(m.surname) > 2 or not m.alone)}
    full = {m.surname for m in known if m.surname and (not m.alone or m.confidence > 0.81)}
    given = frozenset(name for m in known if not m.alone for name in m.given)
    patronymics = {m.patronymic for m in known if m.patronymic}
    given_roots = {
        surname_stem(word): m.given
        for m in known
        if m.given and not m.alone
        for word in m.words
        if given_names(word) or surname_stem(word) in m.given
    }
    roots = {root: stem for stem in surnames & full if len(stem) > 2 for root in nickname_roots(stem)}
    taken = sorted((m.start, m.end) for m in known)
    place = 0
    for index, word in enumerate(setting.words):
        if not word.capital:
            continue
        while place < len(taken) and taken[place][1] <= word.start:
            place += 1
        if place < len(taken) and taken[place][0] < word.end:
            continue
        if len(word.text) < 2 or word.text in NO_PEOPLE or not word.text[0].isalpha():
            continue
        stem = setting.stems[index]
        if stem in surnames and _repeats(setting, index, named=stem in full):
            yield Mention(word.start, word.end, surname=stem, words=(word.text,), confidence=0.85)
        elif len(word.text) < 3:
            continue
        elif (own_roots := given_roots.keys() & roots_of_nickname(word.text)) and not given_names(word.text):
            if not setting.is_plain(word) and not word.place_or_body and not may_be_surname(word.text):
                yield Mention(
                    word.start, word.end, given=given_roots[min(own_roots)], words=(word.text,), confidence=0.8
                )
        elif (known_roots := roots.keys() & roots_of_nickname(word.text)) and _is_nickname(setting, index):
            surname = roots[min(known_roots)]
            yield Mention(word.start, word.end, surname=surname, words=(word.text,), confidence=0.8)
        elif given_names(word.text) & given and not word.place_or_body and _repeats_given(setting, index):
            yield Mention(word.start, word.end, given=given_names(word.text), words=(word.text,), confidence=0.85)
        elif (own := _BELONGS.fullmatch(word.text)) and (
            owner := (given_names(own[1] + "а") | given_names(own[1] + "я")) & given
        ):
            yield Mention(word.start, word.end, given=owner, words=(own[1] + "а",), confidence=0.82)
        elif may_be_patronymic(word.text) and patronymic_stem(word.text) in patronymics:
            yield Mention(
                word.start, word.end, patronymic=patronymic_stem(word.text), words=(word.text,), confidence=0.85
            )


def _is_nickname(setting: Setting, index: int) -> bool:
    """Whether what a surname's bearer may be called is a name here: «Зубок пришёл», no «зубок»."""
    word = setting.words[index]
    if setting.is_plain(word) or given_names(word.text) or word.place_or_body or may_be_surname(word.text):
        return False
    return not word.opens or setting.acts(index) or setting.nicknamed(index)


def _repeats(setting: Setting, index: int, *, named: bool) -> bool:
    """Whether the word is a known surname again; `named` says that it stood beside a given name or initials."""
    word = setting.words[index]
    if word.shown.isupper() and len(word.text) < 4:
        return False
    if word.opens:
        sure = word.person or is_surname_like(word.text) or (named and word.text not in common_words()["surnames"])
        following = setting.after(index)
        sure = sure or (following is not None and VERB.fullmatch(following.text) is not None)
        return sure and not setting.is_plain(word) and (named or not word.place_or_body)
    if word.tag.endswith("ORG"):
        return True  # «у ЗАГСа Хелми записана через «е»»
    return named or not word.place_or_body or setting.before(index) in ("и", ",", "с")


def _repeats_given(setting: Setting, index: int) -> bool:
    word = setting.words[index]
    if is_also_a_word(word.text) and is_idiom(setting, index):
        return False
    following = setting.after(index)
    if following is not None and _YEARS_OLD.fullmatch(following.text):
        return True  # «Марку шесть, Мишутке три.»
    if word.opens and following is not None and _DID.fullmatch(following.text):
        return True
    return not is_also_a_word(word.text) or (not word.opens and not setting.is_plain(word)) or setting.acts(index)
