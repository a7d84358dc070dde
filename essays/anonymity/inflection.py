"""Every form that a Russian name can take, by the class of its stem.

No dictionary and no inflector: for each class there is a set of endings, wide on purpose. A form that nobody uses
costs nothing; a missing one shows the author. All names here are folded: lower case, е for ё.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

VOWELS = "аеиоуыэюя"
APOSTROPHE = re.compile(r"['’‘`´ʼʹ\"]")
OF_A_FATHER = re.compile(r"(?:оглы|оглу|огли|кызы|гызы|кизи|улы|уулу)(?:ы|а|у|ом|е)?")
"""What stands for «-ович» and «-овна» in Turkic patronymics: «Вагиф оглы», «Мехти кызы»."""
_SIBILANTS = "жшчщц"

_NOUN_HARD = ("", "а", "у", "ом", "ем", "е", "ы", "и", "ов", "ев", "ей", "ам", "ами", "ах")
_NOUN_SOFT = ("ь", "я", "ю", "ем", "ом", "е", "и", "ей", "ев", "ям", "ями", "ях", "ью")
_NOUN_J = ("й", "я", "ю", "ем", "е", "и", "ев", "ям", "ями", "ях", "ей")
_NOUN_A = ("а", "ы", "и", "е", "у", "ой", "ею", "ей", "ою", "", "ам", "ами", "ах")
_NOUN_YA = ("я", "и", "е", "ю", "ей", "ею", "ь", "й", "ям", "ями", "ях")
_ADJECTIVE = (
    "ый",
    "ий",
    "ой",
    "ая",
    "яя",
    "ое",
    "ее",
    "ого",
    "его",
    "ому",
    "ему",
    "ым",
    "им",
    "ом",
    "ем",
    "ою",
    "ею",
    "ей",
) + ("ую", "юю", "ые", "ие", "ых", "их", "ыми", "ими")
_POSSESSIVE = ("", "а", "у", "ым", "ом", "е", "ой", "ою", "ы", "ых", "ыми")
_FEMALE_POSSESSIVE = ("ова", "ева", "ина", "ына")
_MALE_POSSESSIVE = ("ов", "ев", "ин", "ын")


def _forms(stem: str, endings: tuple[str, ...]) -> set[str]:
    return {stem + ending for ending in endings}


def _noun(name: str) -> set[str]:
    """Forms of a name that declines as a noun, whatever its gender."""
    last = name[-1]
    if last == "а":
        return _forms(name[:-1], _NOUN_A)
    if last == "я":
        forms = _forms(name[:-1], _NOUN_YA)
        return forms | _forms(name[:-1], ("ии", "ию")) if name.endswith("ия") else forms
    if last == "ь":
        forms = _forms(name[:-1], _NOUN_SOFT)
        return forms | {form for stem in fleeting_stems(name[:-1]) for form in _forms(stem, _NOUN_SOFT[1:])}
    if last == "й":
        forms = _forms(name[:-1], _NOUN_J)
        if name.endswith("ей"):  # Соловей → Соловья, Воробей → Воробья
            forms |= {name[:-2] + "ь" + ending for ending in ("я", "ю", "ем", "е", "и", "ев", "ям", "ями", "ях")}
        return forms
    if last in VOWELS:
        return {name}
    forms = _forms(name, _NOUN_HARD)
    return forms | {form for stem in fleeting_stems(name) for form in _forms(stem, _NOUN_HARD[1:])}


def fleeting_stems(stem: str) -> set[str]:
    """Stems that lose their last vowel: Кравец → Кравц-, Заяц → Зайц-, Павел → Павл-, Лев → Льв-, Волчок → Волчк-."""
    if len(stem) < 3 or stem[-2] not in "еояи" or (stem[-3] in VOWELS and stem[-2:] != "ец"):
        return {stem[:-2] + "й" + stem[-1]} if len(stem) > 3 and stem[-3] in VOWELS and stem[-2] in "ея" else set()
    if stem[-2:] == "яц":
        return {stem[:-2] + "йц"}
    bases = {stem[:-2] + stem[-1]}
    if stem[-2] == "е":
        bases |= {stem[:-2] + "ь" + stem[-1], stem[:-2] + "й" + stem[-1]}
    return bases if stem[-1] in "цклнврг" else set()


def surname_forms(surname: str) -> set[str]:
    """All forms of a folded surname: every case, both genders, the family, and forms that grammar frowns on.

    A compound surname gives the forms of its parts; matching puts the parts together again.
    """
    parts = [part for part in surname.replace(" ", "-").split("-") if part]
    # «О’Коннор» is also written «Оконнор», and found as «Коннор»; «Д’Артаньян», «Лук’янов».
    parts += [piece for part in parts for piece in APOSTROPHE.split(part) if piece != part and len(piece) > 3]
    return {form for part in parts for form in _single_surname(APOSTROPHE.sub("", part))}


class SurnameIndex:
    """Which of many folded surnames a word is a form of: forms are made for the few that begin like the word."""

    def __init__(self, names: Iterable[str]) -> None:
        self._beginning: dict[str, list[tuple[str, str, int]]] = {}
        for place, name in enumerate(names):
            self._beginning.setdefault(name[:2], []).append((_root(name), name, place))
        self.places = lru_cache(maxsize=4096)(self._places)

    def _places(self, word: str) -> tuple[int, ...]:
        """Places among the names, in order. Of a compound surname only the first part is looked at."""
        near = self._beginning.get(word[:2], ())
        return tuple(place for root, name, place in near if word.startswith(root) and word in surname_forms(name))


def _root(name: str) -> str:
    """What all forms of a surname begin with, or a part of that: vowels may flee, endings have two letters."""
    if not name.isalpha():
        return ""
    if name.endswith(_MALE_POSSESSIVE) and len(name) > 3:
        return name
    return name[:-3] if name.removesuffix("ь")[-2:-1] in "еояи" else name[:-2]


def _single_surname(name: str) -> set[str]:
    if len(name) < 2:
        return {name}
    forms = {name}
    if name.endswith(_FEMALE_POSSESSIVE) and len(name) > 4:
        forms |= _forms(name[:-1], _POSSESSIVE)
        if name.endswith(("ина", "ына")):  # Калина, Малина: nouns beside Калинина.
            forms |= _noun(name)
    elif name.endswith(_MALE_POSSESSIVE) and len(name) > 3:
        forms |= _forms(name, _POSSESSIVE)
    elif name.endswith(("ый", "ой", "ая", "яя")) or (name.endswith("ий") and len(name) > 4):
        forms |= _forms(name[:-2], _ADJECTIVE)
        if name.endswith(("ий", "ой")):
            forms |= _noun(name)
        if name[-3:-2] in "кгхжшчщ":  # -ский: the family is -ские, the woman -ская; hard and soft mix.
            forms |= _forms(name[:-2], ("ий", "ой"))
    elif name.endswith(("ых", "их")):
        forms |= _forms(name[:-2], ("ых", "их")) | _forms(name, ("", "а", "у", "ом", "е"))
    elif name.endswith("ко"):
        forms |= _forms(name[:-1], ("о", "а", "у", "и", "е", "ой", "ою", "ом", "ов"))
    elif name.endswith(("аго", "яго", "ово")):
        return forms
    else:
        forms |= _noun(name)
    return {form for form in forms if len(form) >= min(3, len(name))}


@lru_cache(maxsize=512)
def given_name_forms(name: str) -> frozenset[str]:
    """All forms of a folded given name or diminutive, the vocative («Маш», «Ань») among them."""
    # «Ай-кыс»: its first part alone is a word of its own.
    parts = [part for part in name.split("-") if len(part) > 2] or [name]
    forms = {form for part in parts for form in _noun(part)} | set(parts)
    if name.endswith(("ия", "ья")):
        forms |= _forms(name[:-2], ("ия", "ии", "ию", "ией", "ья", "ьи", "ью", "ье", "ьей", "ьею", "иею"))
    if name == "любовь":
        forms |= {"любови", "любовью", "любовь"}
    if name == "лев":
        forms = {"лев"} | _forms("льв", ("а", "у", "ом", "е"))
    if name == "павел":
        forms = {"павел"} | _forms("павл", ("а", "у", "ом", "е"))
    if name == "петр":
        forms = _forms("петр", ("", "а", "у", "ом", "е"))
    return frozenset(form for form in forms if len(form) >= 2)


def made_up_shorts(name: str) -> set[str]:
    """Diminutives of the whole name that nobody has listed, by the suffixes in use: Ринатик, Агатка, Миланочка."""
    stem = name.rstrip(VOWELS + "ьй")
    if len(name) < 4 or len(stem) < 3 or not name.isalpha():
        return set()
    suffixes = (
        "ка ик чик улька очка ечка ичка уля юля уша юша ушка юшка енька онька ок ос ян ыч ич уся юся ус ас чык".split()
    )
    if name[-1] == "ь":  # Рамиль, Рамилька
        suffixes += ["ька", "юшка", "енок"]
    return {stem + suffix for suffix in suffixes} | {name + suffix for suffix in ("кай", "кайым", "жан", "джан")}


def clipped_shorts(name: str) -> set[str]:
    """Diminutives of the first syllable: Нурлан, Нурик; Демид, Демка; Аделина, Ада."""
    start = re.match(rf"[^{VOWELS}]*[{VOWELS}][^{VOWELS}]", name)
    if start is None or len(name) < 5 or not name.isalpha():
        return set()
    if len(start[0]) < 3:
        further = re.match(rf"[{VOWELS}][^{VOWELS}]{{2,3}}(?=[{VOWELS}])", name)  # Ислам → Ислик
        longer = {further[0] + suffix for suffix in ("ик", "ка", "уша", "ян")} if further else set()
        return {start[0] + ending for ending in "ая"} | longer
    # Сослан, Сослик; Руслан, Русличек
    cluster = re.match(rf"[^{VOWELS}]+[{VOWELS}][^{VOWELS}]{{2}}(?=[{VOWELS}])", name)
    longer = {cluster[0] + suffix for suffix in ("ик", "ичек", "юша", "уша")} if cluster else set()
    return longer | {start[0] + suffix for suffix in "ик чик ка очка юша уша уся юся ян ос ена енька".split()}


_FAMILY_SUFFIX = re.compile(r"(?<=\w\w\w)(?:енк|ченк|чук|юк|ук|ович|евич|ов|ев|ин|ск|цк)$")
_NICKNAME_SUFFIXES = tuple("ик чик ок ек ец к ух юх яр ыч он ян ос уш юш ушк".split())
_NICKNAME_ENDING = re.compile(r"(?:а|у|ом|ем|е|и|ы|ой|ою|ей|ами|ам|ов)$")


def nickname_roots(stem: str) -> frozenset[str]:
    """What nicknames of a surname with this stem begin with: «дыб», «кравч», «зуб» of a Зубков."""
    roots = {stem, _FAMILY_SUFFIX.sub("", stem)}
    roots |= {root[:-1] for root in roots if len(root) > 3 and not set(root[-2:]) & set(VOWELS)}
    return frozenset(root for root in roots if len(root) > 1)


@lru_cache(maxsize=4096)
def roots_of_nickname(word: str) -> frozenset[str]:
    """What is left of a folded word without a suffix by which classmates call each other: Дыбик, Кравчик, Зубок.

    Only what has a suffix counts: «Сокол» and «Москва» say nothing of a Соколов and a Москвин.
    """
    words = {word, _NICKNAME_ENDING.sub("", word)}
    return frozenset(
        one.removesuffix(suffix)
        for one in words
        for suffix in _NICKNAME_SUFFIXES
        if one.endswith(suffix) and len(one) - len(suffix) > 1 and len(one) > 3
    )


def patronymic_forms(patronymic: str) -> set[str]:
    """All forms of a folded patronymic, the colloquial ones («Иваныч», «Пална») among them."""
    forms: set[str] = set()
    words = patronymic.replace("-", " ").split()
    for end, name in zip(words[1:], words, strict=False):
        if OF_A_FATHER.fullmatch(end):
            forms |= {name + end, name} | patronymic_forms(name + "ович") | patronymic_forms(name + "овна")
    for part in words:
        forms.add(part)
        if part.endswith("ич"):
            bases = {part}
            if part.endswith("евич"):
                bases |= {part[:-4] + "ич", part[:-4] + "ыч", part.removesuffix("аевич") + "аич"}
            if part.endswith("ович"):
                bases |= {part[:-4] + "ыч"}
            endings = ("", "а", "у", "ем", "ом", "е", "и", "ей", "ам", "ами", "ах")
            forms |= {base + ending for base, ending in product(bases, endings)}
        elif part.endswith("на"):
            bases = {part[:-1]}
            if part.endswith(("овна", "евна")):
                bases |= {part[:-4] + "н", part[:-4] + "нн"}
                bases |= (
                    {part.removesuffix("аевна") + "авн", part.removesuffix("аевна") + "ан"}
                    if part.endswith("аевна")
                    else set()
                )
            if part == "павловна":
                bases |= {"палн"}
            if part == "александровна":
                bases |= {"алексанн", "александрн"}
            forms |= {base + ending for base, ending in product(bases, ("а", "ы", "е", "у", "ой", "ою"))}
        else:
            forms |= _noun(part)
    return {form for form in forms if len(form) > 3 or form == patronymic}


def other_gender_patronymic(patronymic: str) -> str:
    """«Сергеевна» for «Сергеевич» and back: what a brother or sister is called. Empty when unknown."""
    for male, female in (("ович", "овна"), ("евич", "евна"), ("ич", "инична")):
        if patronymic.endswith(female):
            return patronymic.removesuffix(female) + male
        if patronymic.endswith(male):
            return patronymic.removesuffix(male) + female
    return ""
