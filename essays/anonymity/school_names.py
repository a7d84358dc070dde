"""What tells that a mention of a school, college or university means the author's one."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from essays.anonymity.folding import fold
from essays.anonymity.identity import Institution
from essays.anonymity.nearby import Sought
from essays.anonymity.ordinals import cardinal, ordinal
from essays.anonymity.school_patterns import first_letters, patterns_of
from essays.anonymity.school_words import (
    ADJECTIVE,
    LEGAL,
    LONG_LEGAL,
    SCHOOL,
    kinds_of,
    profile_of,
    spelled_out,
    tag_of_name,
    tag_of_word,
)

_STOP = frozenset(
    "средняя средней основная общеобразовательная школа школы имени россии алтайского края района героя "
    "советского союза государственный "
    "государственного университет институт академия колледж техникум гимназия лицей муниципальное "
    "бюджетное казенное автономное "
    "образовательное учреждение профессиональное общеобразовательное краевое высшего образования "
    "федеральное углубленным изучением "
    "отдельных предметов филиал название кадетский корпус город города села".split()
)
_VILLAGE = re.compile(r"(?:с|п|пгт|рп|р\. ?п|пос|ст|д|село|поселок|деревня|станция|рабочий поселок)\b\.?")
_TOWN_WORDS = frozenset("г город города городе с село села селе п пос поселок поселка пгт рп".split())
_OWN = re.compile(
    r"(?:\bнаш\w{0,3}|\bмо(?:й|я|ем|ей|его|ю)|\bродн\w{2,3}|\bуч(?:усь|имся|илась|ился|ится) в[о]?"
    r"|\bстудент\w{0,3}|\bобучаю\w* в|\bучащ\w+"
    r"|\bпоступи\w+ в|\bвыпускни\w+|\bучени[кц]\w{0,2})[ ](?:\w+[ ]){0,2}$"
)
_REGIONS = frozenset({"алтайск", "российск", "сибирск", "русск", "московск", "краев"})
_PLURAL = frozenset(
    {"школ", "школам", "школах", "школами", "гимназий", "лицеев", "колледжей", "техникумов", "вузов", "университетов"}
)


class InstitutionForms:
    """What tells that a mention means this institution."""

    def __init__(self, institution: Institution) -> None:
        whole = f"{institution.name} {institution.short_name}"
        name = fold(whole).text
        self.numbers = set(re.findall(r"\d+", name))
        words = re.findall(r"[^\W\d_]+", spelled_out(name))
        adjectives = {word[:-2] for word in words if len(word) > 6 and ADJECTIVE.fullmatch(word)}
        self.tag = tag_of_name(name)
        self.kinds = kinds_of(words)
        self.profile = profile_of(words)
        # «Алтайский» is shared by dozens: it tells only together with the profile.
        self.regions = adjectives & _REGIONS
        self.stems = {stem for stem in adjectives if not LONG_LEGAL.fullmatch(stem)} - _REGIONS
        place = _place_stem(fold(institution.locality).text)
        self.town = {stem for stem in (place, _place_stem(fold(institution.municipality).text)) if len(stem) > 2}
        # A numbered school is one of many in its town; a village's, or one without a number, is often the only one.
        alone = not self.numbers or _VILLAGE.match(fold(institution.locality).text) is not None
        self.places = {place} - {""} if alone and self.tag == SCHOOL else set()
        is_village = len(place) > 4 and _VILLAGE.match(fold(institution.locality).text) is not None
        self.village = re.compile(rf"{place}\w{{0,3}}ск\w{{2,3}}") if is_village else None
        # «СВФУ имени М. К. Аммосова» is the Северо-Восточный федеральный университет.
        capitals = re.findall(r"(?<![\w-])[А-ЯЁ]{3,7}(?![\w-])", whole)
        self.short = {
            one.lower() for one in capitals if not LEGAL.fullmatch(one.lower()) and not tag_of_word(one.lower())
        }
        self.named = _named_words(name)
        self.quoted = _quoted_names(whole)
        values = [int(number) for number in self.numbers if len(number) < 4 and 0 < int(number) < 400]
        self._values = values
        self._is_state = "государственн" in name and self.tag != SCHOOL
        self.direct = patterns_of(institution, self.quoted, values)
        for value in values:
            # «кулундинской первой», «Тальменская шестая»
            for town in self.town if self.tag == SCHOOL else ():
                said = rf"(?<!\w){town}\w{{0,4}}ск\w{{2,3}}[ ]{ordinal(value)}(?!\w)"
                self.direct.append((Sought(said, [town]), "the place and the number of the institution"))
        for stem in self.named:
            after = rf"\bим(?:ени|я|енем|\.)[ ]?(?P<it>(?:[а-я.]+[ ]?){{0,5}}?\b{stem}\w{{0,3}})(?!\w)"
            self.direct.append((Sought(after, [stem]), "the person whom the institution is named after"))

    @cached_property
    def spelled(self) -> list[re.Pattern[str]]:
        """The numbers of its name in words."""
        return [re.compile(rf"\b(?:{ordinal(value)}|{cardinal(value)})\b") for value in self._values]

    @cached_property
    def spelled_words(self) -> list[re.Pattern[str]]:
        """Single words of these numbers."""
        return [
            re.compile(f"{cardinal(value).replace(' ', '|')}|{ordinal(value).rpartition(' ')[2]}")
            for value in self._values
        ]

    def meant(self, words: list[str], before: str = "") -> str:
        """Why the words of a mention mean this institution; empty if nothing says so.

        `before` is the folded text before it, where «наш» or «учусь в» may stand.
        """
        tags = {tag for word in words if (tag := tag_of_word(word))}
        if tags and self.tag not in tags:
            village = self.tag != SCHOOL and SCHOOL in tags and self.village
            return "the school of the author's village" if village and any(map(village.match, words)) else ""
        profile, kinds = profile_of(words), kinds_of(words)
        strange = bool(profile - self.profile) or bool(kinds - self.kinds) or self._elsewhere(words)
        if strange:
            return ""
        if any(word in self.numbers for word in words):
            return "the number of the institution"
        if not _PLURAL.isdisjoint(words):
            return ""
        if self.short and any(short in "".join(map(first_letters, filter(str.isalpha, words))) for short in self.short):
            return "the institution's abbreviation in full"
        for word in words:
            if any(word.startswith(stem) for stem in self.stems):
                return "the name of the institution"
            if any(word[:-1].startswith(stem) or word == stem for stem in self.named):
                return "the person whom the institution is named after"
            if word in self.quoted:
                return "the name of the institution"
            if any(place and word.startswith(place) for place in self.places):
                return "the place of the institution"
        if any(pattern.search(" ".join(words)) for pattern in self.spelled):
            return "the number of the institution in words"
        return self._by_profile(words, profile, before)

    def _by_profile(self, words: list[str], profile: set[str], before: str) -> str:
        """«Алтайский госуниверситет», «наш педагогический колледж»: what it teaches, with its region or a cue."""
        regional = any(word.startswith(region) for region in self.regions for word in words)
        # «строительный колледж» says little of a town with three of them, but it is where the author studies.
        if profile and (regional or self.tag != SCHOOL or _OWN.search(before)):
            return "the profile of the institution"
        state = any(word.startswith("гос") for word in words)
        if state and not self.profile and (regional or (self._is_state and _OWN.search(before))):
            return "the name of the institution"
        return ""

    def _elsewhere(self, words: list[str]) -> bool:
        """Whether the mention names another town: «школа № 12 города Бийска» for an author of Рубцовск."""
        if not self.town:
            return False
        for index, word in enumerate(words[:-1]):
            if word in _TOWN_WORDS:
                named = words[index + 2] if words[index + 1] == "." and index + 2 < len(words) else words[index + 1]
                if named.isalpha() and not any(named.startswith(stem[:-1] or stem) for stem in self.town):
                    return True
        return False


@lru_cache(maxsize=256)
def forms_of(institution: Institution) -> InstitutionForms:
    """The forms of one institution, made once: many entrants come from the same school."""
    return InstitutionForms(institution)


def _place_stem(place: str) -> str:
    """«с. Тальменка» → «тальмен», which «тальменская» begins with."""
    place = re.sub(
        r"^(?:г|с|п|пгт|рп|р\. ?п|пос|ст|д|город|село|поселок|деревня|станция|рабочий поселок|муниципальное"
        r" образование)\.? "
        r"|[ ]?(?:городской округ|муниципальный округ|округ|район)$",
        "",
        place,
    )
    place = re.split(r"[ -]", place)[0] if place else ""
    stem = place[:-1] if len(place) > 4 and place[-1] in "аяоеыиьй" else place
    stem = re.sub(r"(?:ск|цк)(?:ий|ого|ая|ой)?$", "ск", stem) if len(stem) > 6 else stem
    return stem[:-1] if len(stem) > 5 and stem.endswith("к") and not stem.endswith("ск") else stem


def _named_words(name: str) -> set[str]:
    found = re.search(r"\bим(?:ени|\.)\s?(.+)", name)
    words = re.findall(r"[^\W\d_]{4,}", found[1]) if found else []
    return {word[:-1] for word in words if word not in _STOP and not tag_of_word(word)}


def _quoted_names(name: str) -> set[str]:
    """Own names in quotes: «Сигма». Not those that only describe («Средняя школа № 5»)."""
    found = re.findall(r"[«\"“„]([^«»\"“”„]{3,40})[»\"”]", name)
    if not re.search(r"\bим(?:ени|\.)", name):  # «Колледж цифровых технологий Омега»
        found += re.findall(r"[«\"“„][^«»\"“”„]*[ ][а-яё]{4,}[ ]([А-ЯЁ][а-яё]{3,})[»\"”]", name)
    return {
        text
        for raw in found
        if (text := fold(raw.strip()).text)
        and not any(tag_of_word(w) for w in re.findall(r"\w+", text))
        and not re.search(r"\d", text)
    }
