"""Words around a name that tell whether its bearer is private or public, and in which role (`data/cues.json`)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache

from essays.anonymity.name_forms import DATA
from essays.anonymity.persons.stems import given_names, is_nominative


@dataclass(frozen=True, slots=True)
class Role:
    tag: str
    kind: str


PERSON = Role("ЧЕЛОВЕК", "person")
TEACHER = Role("ПЕДАГОГ", "mentor")
FRIEND = Role("ДРУГ", "person")

_WORDS = json.loads((DATA / "cues.json").read_text(encoding="utf-8"))
_ROLES = tuple(Role(entry["tag"], entry["kind"]) for entry in _WORDS["roles"])
_ANY_ROLE = "|".join(f"(?P<r{number}>{'|'.join(entry['words'])})" for number, entry in enumerate(_WORDS["roles"]))
_OWN = (
    r"(?:мо(?:й|я|ю|ей|его|ему|им|е[йю]|и)|наш(?:а|у|ей|его|ему|им|и|ею)?"
    r"|тво\w{1,3}|сво\w{1,3})"
)
_THEIR = r"(?:его|е[её]|их)"
_CALLED = r"(?: по имени| по прозвищу|,? котор(?:ую|ого) зовут| зовут| звали)?"
_BEFORE = re.compile(
    rf"(?<!\w)(?P<own>{_OWN} (?:[а-яё-]+ ){{0,2}}|(?:мы|вместе|я) со? )?(?:{_ANY_ROLE}){_CALLED}[ ,:–—«\"-]{{1,3}}$"
)
# «Мой сосед по комнате, …,»
_SET_APART = re.compile(rf"(?<!\w){_OWN} (?:[а-яё-]+ ){{0,1}}(?:{_ANY_ROLE})(?: [а-яё]+){{1,5}}, $")
_AFTER = re.compile(rf"[ ]?[,–—-][ ]?[–—-]?[ ]?(?:это )?(?:(?:{_OWN}|{_THEIR}) (?:[а-яё-]+ )?)(?:{_ANY_ROLE})(?!\w)")
# «Лев Гумилёв, её сын»
_OF_THEIRS = re.compile(rf"\W{{1,4}}(?:это )?{_THEIR} ")
# «Учительница русского языка и литературы …»
_FURTHER = re.compile(
    r"(?<!\w)(?:[Уу]чител|[Пп]реподавател|[Рр]уководител|[Тт]ренер|[Дд]иректор|[Зз]авуч)\w* "
    r"(?P<what>(?:[а-яё\d-]+ ){1,5})$"
)
_VERB = r"\w+(?:л|ла|ли|ло|ет|ит|ут|ют|ат|ят|ся|сь|ть)"
_VERB_LIKE = re.compile(rf"(?<!\w){_VERB}(?!\w)")

_FILLER = rf"(?: (?!(?:и|к|с|в|на|у|о|об|от|для|по|за|из|как|что) )(?!{_VERB} )[А-ЯЁа-яё«»-]+)"
_PRAISE = (
    r"(?:(?:великий|известный|русский|советский|французский|английский|американский|немецкий|знаменитый"
    r"|выдающийся|наш|герой|главный|главная) )"
)
_PUBLIC_BEFORE = re.compile(
    rf"(?<!\w)(?:{'|'.join(_WORDS['public_before'])}){_FILLER}{{0,3}}(?: зовут| звали| назвали)?(?: [–—-])? ?[«\"(]?$",
    re.IGNORECASE,
)
_PUBLIC_AFTER = re.compile(
    rf"[ ]?[,–—(][ ]?[–—-]?[ ]?(?:это )?{_PRAISE}{{0,2}}(?:{'|'.join(_WORDS['public_after'])})(?!\w)"
)
_NAMED_AFTER = re.compile(rf"(?<!\w)(?:{'|'.join(_WORDS['named_after'])}) ?(?:[А-ЯЁ]\. ?){{0,2}}[«\"]?$", re.IGNORECASE)
_TITLE_BEFORE = re.compile(
    rf"(?<!\w)(?:{'|'.join(_WORDS['titles'])})\w{{0,4}}(?: [А-ЯЁа-яё.]+){{0,3}} ?[«\"]$", re.IGNORECASE
)
# «Машу из мультика», «Вера — самая несчастная героиня Лермонтова».
_OF_A_WORK = re.compile(
    r" из (?:\w+ )?(?:рассказа|повести|романа|фильма|мульт\w+|сказки|кни(?:ги|жки)|анекдота|игры|басни|поэмы|пьесы"
    r"|сериала|песни|кино)(?!\w)"
    r"| ?[,–—-] ?(?:это )?(?:\w+ ){0,3}геро(?:й|иня) (?:его |ее )?"
    r"(?:романа|повести|рассказа|книги|сказки|поэмы|пьесы|(?!Росси|Совет|Соц|Труд|Отеч|Вели)[А-Я]\w+[аоы])"
)
_EPITHET = re.compile(rf" (?:{'|'.join(_WORDS['epithets'])})")


_ROLE_WORD = re.compile(_ANY_ROLE)


_EPITHET_WORD = re.compile(rf"(?:{'|'.join(_WORDS['epithets'])})\w*", re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_epithet(word: str) -> bool:
    """«Первый», «Грозного»: what rulers and saints have instead of a surname."""
    return _EPITHET_WORD.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def is_role(word: str) -> bool:
    """Whether a folded word is one of kin, teachers, friends … and so no part of a name: «Тётя», «Прабабушке»."""
    return _ROLE_WORD.fullmatch(word) is not None


_INTRODUCES = re.compile(
    "|".join(
        pattern
        for entry in _WORDS["roles"]
        if entry["kind"] == "relative" or entry["tag"] == FRIEND.tag
        for pattern in entry["words"]
    )
    + r"|учител\w{1,6}|тренер\w{0,2}|вожат\w{2,3}|воспитател\w{1,6}|репетитор\w{0,2}|наставни\w{1,4}|завуч\w{0,2}"
    + r"|сосед(?:а|у|ом|ка|ки|ке|ку|кой)?|классн(?:ая|ой|ую|ый|ого|ому|ым)|классрук\w{0,2}"
    + r"|физрук\w{0,2}|трудовик\w{0,2}|математичк\w{1,2}|историчк\w{1,2}|химичк\w{1,2}|физичк\w{1,2}"
    + r"|русичк\w{1,2}|англичанк\w{1,2}|медсестр\w{1,2}|преподавательниц\w{1,2}|репетиторш\w{1,2}"
    + r"|нянечк\w{1,2}|крестн(?:ая|ой|ую|ый|ого|ому|ым)|тезк\w{1,2}"
)


@lru_cache(maxsize=4096)
def introduces(word: str) -> bool:
    """Whether a capitalised word behind this folded one is what somebody is called: «тренер Бублик», «баба Нюся»."""
    return _INTRODUCES.fullmatch(word) is not None


def private_role(before: str, after: str) -> tuple[Role, bool] | None:
    """(role, whether an own one is named: «моя бабушка») from the text on both sides of a name; None for no cue."""
    lowered = before.lower().replace("ё", "е")
    if match := _BEFORE.search(lowered):
        return _role(match), bool(match["own"])
    if (match := _FURTHER.search(before.replace("ё", "е"))) and not _VERB_LIKE.search(match["what"]):
        return TEACHER, False
    if (match := _SET_APART.search(lowered)) and after[:1] in ",.":
        return _role(match), True
    if match := _AFTER.match(after.lower().replace("ё", "е")):
        return _role(match), _OF_THEIRS.match(after.lower()) is None
    return None


_NOMINATIVE = re.compile(
    r"(?<!\w)(?:мам(?:а|очка)|пап(?:а|очка)|(?:пра)?бабушка|(?:пра)?дед(?:ушка)?|отец|мать|брат|сестра|т[её]тя|дядя|друг|подруга|муж|жена"
    r"|сын|дочь|дочка|внук|внучка|сосед|соседка) $",
    re.IGNORECASE,
)


def somebody_elses(before: str, name: str) -> bool:
    """Whether the word of kin before a (folded) name belongs to its bearer: «мама Вики», «брат Дениса»."""
    return _NOMINATIVE.search(before) is not None and bool(given_names(name)) and not is_nominative(name)


def _role(match: re.Match[str]) -> Role:
    return next(role for number, role in enumerate(_ROLES) if match[f"r{number}"])


_LOCAL = re.compile(
    r"(?<!\w)(?:мо[йяюе]|моего|моему|моим|моей|наш\w{0,3}|местн\w+|сельск\w+|школьн\w+|знаком\w+|сосед\w*) "
    r"(?:(?!любим)\w+ ){0,2}$",
    re.IGNORECASE,
)
# «Президент компании …», «министр школьного самоуправления …» hold no office of state.
_NO_OFFICE = re.compile(
    r"компани|фирм|холдинг|банк|клуб|федерации (?!росс)|фонд|ассоциаци|союза? |корпораци|класс|школ|самоуправлен"
    r"|академии|»|форум|институт|партии|фифа|фиде|уефа|групп|семь|семей|сельсовет|поселен|посел|админист|крестьян|двор|семейств",
    re.IGNORECASE,
)


def is_public(before: str, after: str, *, surname: bool) -> bool:
    """Whether the words around a name make its bearer public: «писатель …», «улица …», «Пётр Первый».

    `surname` tells that the name has one: things are named after surnames («роман Толстого»), not after a friend.
    """
    office = _PUBLIC_BEFORE.search(before)
    if office and (_LOCAL.search(before[: office.start()]) or _NO_OFFICE.search(office[0])):
        office = None
    return bool(
        office
        or (surname and _NAMED_AFTER.search(before))
        or is_title(before, after)
        or _EPITHET.match(after)
        or _PUBLIC_AFTER.match(after)
    )


def has_epithet(after: str) -> bool:
    """«Пётр | Великий»: whether a ruler's or a saint's epithet follows a name."""
    return _EPITHET.match(after) is not None


def is_of_a_work(after: str) -> bool:
    """Whether the text behind a name makes its bearer a hero: «Машу из мультика», «Вера — героиня Лермонтова»."""
    return _OF_A_WORK.match(after) is not None


_REVERED = re.compile(
    r"(?<!\w)(?:сам(?:ого|им|ому|ой|у)?|жив(?:ого|ым|ому)|велик(?:ого|им|ому)|канцлер\w{0,2}|госпож\w{1,2}|господин\w{0,2}"
    r"|(?:закон|палочк|таблиц|опыт|формул|принцип|эффект|теорем|бином|треугольник|шкал|числ|метод|правил)\w{0,3}) $"
)
_FEATS = re.compile(
    r"[^.!?]*?(?<!\w)(?:спутник|косм|ракет|орбит|полковод|маршал|сражени|битв|восстани|басн|балет|опер[аыу]\b|автомат"
    r"|первый полет|реформ|таблиц[аыу]\b)"
)


def is_revered(before: str, after: str) -> bool:
    """Whether lower-case words around an everyday surname mean its famous bearer: «самого Калашникова»."""
    return _REVERED.search(before) is not None or _FEATS.match(after) is not None


def is_title(before: str, after: str) -> bool:
    """Whether the text on both sides of a name makes it a title: «роман «Ким»», «сочинил «Нарспи»»."""
    return after[:1] in '»"' and _TITLE_BEFORE.search(before) is not None


WRITES = re.compile(
    r" (?:в свое время |когда-то |еще |не зря |недаром )?(?:пис(?:ал|ала)|написал|сочин(?:ил|ял)|воспе(?:л|вал)"
    r"|утвержда(?:л|ла|ет))\b[^.!?\n]{0,25}[«\"“:]"
)
"""Behind a writer's surname: «Симонов писал: «Жди меня…»."""
