"""Heroes and well-known people who are told by little: имя-отчество beside the writer, a rare name, a comparison."""

from __future__ import annotations

import csv
import re
from functools import lru_cache

from essays.anonymity.folding import fold
from essays.anonymity.name_forms import DATA
from essays.anonymity.persons.at_hand import is_at_hand
from essays.anonymity.persons.figures import Figure, figures
from essays.anonymity.persons.stems import (
    given_names,
    may_be_patronymic,
    patronymic_stem,
    surname_count,
    surname_stem,
    usual_given_names,
)

_NEAR_WRITER = 150
"""Characters on each side of имя-отчество in which its writer is looked for."""
_RAREST, _RARE, _UNUSUAL = 50, 120, 700
"""Bearers of a given name in the list: nobody of here, nobody whom tales are told of, few."""
_RARE_SURNAME = 40
_WORD = re.compile(r"[а-яё]{3,}")
_ENDS = ("", "й", "ь", "а", "я", "ий", "ей", "ай")
_SHORTENED = {"михайл": "михаил", "павл": "павел", "яковл": "яков", "льв": "лев", "гаврил": "гавриил"}
_LAST_LETTERS = re.compile(r"(?:ий|ей|ай|[аяйьео])$")
# «похож на Гамлета», «хитрее Емели», «как Герда».
_LIKENED = re.compile(
    r"(?:(?<!\w)(?:как|словно|будто|точно|вроде|похож\w{0,3} на|не хуже|наподобие|второй|второго|вторым"
    r"|сам|самого|самому|самим|сама|саму|самой|даже|ну прямо|прямо|прямо-таки|\w+ее|хуже|лучше) [«\"]?)$",
    re.IGNORECASE,
)
_VERB = re.compile(r"[»\"]? \w+(?:л|ла|лся|лась|ет|ит|[ауяю]т)(?!\w)")
_WOULD = re.compile(r"[»\"]?(?: (?:тоже|и тот|и та|сам|сама))? бы(?!\w)")
# «…, создатель нашей азбуки», «…, сочинивший «Нарспи»»
_WHO_MADE = re.compile(
    r"[»\"]?[ ]?[,–—(-]+ (?:\w+ ){0,3}?(?:просветител|создател|создавш|основател|основавш|основополож|изобретател"
    r"|изобр[её]вш|сочинивш|написавш|придумавш|открывш|первооткрывател|переводчик|перев[её]дш|языковед|лингвист|этнограф"
    r"|востоковед|историк|собирател|летописец|сказител|олонхосут|манасчи|джангарчи|хоомейжи|реформатор|правовед"
    r"|первый (?:космонавт|ученый|учёный|писатель|поэт|президент|композитор|художник)|лауреат|академик|автор [«\"])"
)
# «портрет, с которого улыбался Титов»
_PORTRAYED = re.compile(r"(?:портрет|памятник|бюст|плакат|мемориальн\w+ доск|барельеф|фреск)\w{0,3}[^.!?\n]{0,40}$")


@lru_cache(maxsize=1)
def _counts() -> dict[str, int]:
    """How many the list of frequent names has of each given name, by what is left of it without its ending."""
    counts: dict[str, int] = {}
    with (DATA / "frequent_names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] == "given":
                root = _root(fold(row["name"]).text)
                counts[root] = max(counts.get(root, 0), int(row["count"]))
    return counts


def _root(name: str) -> str:
    return _LAST_LETTERS.sub("", name) or name


def _bearers(word: str) -> int:
    """How many bear the commonest name of which a folded given name may be a form."""
    return max((_counts().get(_root(name), 0) for name in given_names(word)), default=0)


def _bearers_of(patronymic: str) -> int:
    """As `_bearers`, for the father's name; where no name is found it is anybody's."""
    stem = patronymic_stem(patronymic)
    stem = _SHORTENED.get(stem, stem)
    fathers = [stem + end for end in _ENDS if given_names(stem + end)]
    return max(map(_bearers, fathers), default=_UNUSUAL)


@lru_cache(maxsize=1)
def _pairs() -> dict[tuple[str, str], frozenset[str]]:
    """Stems of the writers of all heroes by the stems of their given names and fathers."""
    pairs: dict[tuple[str, str], frozenset[str]] = {}
    for words, writer in figures().named_by_father:
        names = [(surname_stem(word), patronymic_stem(word), may_be_patronymic(word)) for word in words]
        fathers = {father for _stem, father, is_father in names if is_father}
        for stem in {stem for stem, _father, is_father in names if not is_father}:
            for father in fathers:
                pairs[stem, father] = pairs.get((stem, father), frozenset()) | {writer}
    return pairs


def is_hero_by_father(words: tuple[str, ...], before: str, after: str, around: str) -> bool:
    """Whether folded имя-отчество is a hero's: a name that nobody has, or the writer is named in the text `around`."""
    if len(words) != 2 or not may_be_patronymic(words[1]):
        return False
    writers = _pairs().get((surname_stem(words[0]), patronymic_stem(words[1])))
    if writers is None or is_at_hand(before, after):
        return False
    if min(_bearers(words[0]), _bearers_of(words[1])) <= _RAREST:
        return True  # «Акакий Акакиевич»
    return any(surname_stem(word) in writers for word in _WORD.findall(around) if word not in words)


def near(text: str, start: int, end: int) -> str:
    """The text in which a hero's writer is looked for."""
    return text[max(0, start - _NEAR_WRITER) : end + _NEAR_WRITER]


def is_hero_by_rare_name(word: str, before: str, after: str, around: str) -> bool:
    """Whether a folded given name that few have is a hero's here: he is likened to, or tales are spoken of."""
    known = figures()
    heroes = [
        one
        for one in known.by_any.get(surname_stem(word), ())
        if len(one.names) == 1 and one.kind.startswith(("characters", "folk"))
    ]
    bearers = _bearers(word)
    if not heroes or bearers > _UNUSUAL or is_at_hand(before, after):
        return False
    likened = _WOULD.match(after) is not None
    likened = likened or (_LIKENED.search(before) is not None and _VERB.match(after) is None)
    told = any(known.is_topic(one, around) for one in heroes)
    if bearers > _RARE:
        return likened and told
    return likened or (told and bool(usual_given_names(word)))  # A Сослан of today reads tales too.


def is_told_by_deed(figure: Figure, surname: str, before: str, after: str) -> bool:
    """Whether a full name of one whose name others have too is his: few have it, or it is said what he made."""
    if is_at_hand(before, after):
        return False
    few = surname_count(surname or figure.names[-1]) < _RARE_SURNAME
    few = few or any(given_names(word) and _bearers(word) <= _RAREST for word in figure.words)
    return few or _WHO_MADE.match(after) is not None


def is_portrayed(before: str) -> bool:
    """Whether lower-case text before a surname speaks of a portrait or a monument."""
    return _PORTRAYED.search(before) is not None


_STREET = re.compile(
    r"(?<!\w)(?:улиц\w{1,2}|ул\.|проспект\w{0,2}|просп\.|пр\.|площад\w{1,2}|переул\w{2,3}|бульвар\w{0,2}"
    r"|набережн\w{2,3}) $"
)
_CAPITAL = re.compile(r"[А-ЯЁ][а-яё]{2,}")


def is_on_sign(word: str, before: str) -> bool:
    """Whether a street is named by a folded name that few have: «улица Маркса», «проспект Коста»."""
    return (
        _STREET.search(before.lower()) is not None
        and _bearers(word) <= _UNUSUAL
        and surname_stem(word) in figures().by_any
    )


def is_title_by_writer(before: str, after: str) -> bool:
    """Whether a name is all of a quotation behind a writer's: «Лермонтов в «Валерике»»."""
    if before[-1:] not in ("«", '"', "“") or after[:1] not in ("»", '"', "”"):
        return False
    known = figures()
    stems = (surname_stem(word.lower().replace("ё", "е")) for word in _CAPITAL.findall(before[-60:]))
    return any(
        bearer.kind.startswith("writers") and not bearer.weak
        for stem in stems
        if stem not in known.ambiguous
        for bearer in known.bearers(stem)
    )
