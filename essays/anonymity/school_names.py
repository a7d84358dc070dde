"""What tells that a mention of a school, college or university means the author's one."""

from __future__ import annotations

import re

from essays.anonymity.folding import fold
from essays.anonymity.identity import Institution
from essays.anonymity.ordinals import cardinal, ordinal
from essays.anonymity.school_words import (
    ADJECTIVE,
    COLLEGE,
    LEGAL,
    LONG_LEGAL,
    SCHOOL,
    UNIVERSITY,
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
        words = re.findall(r"[^\W\d_]+", name)
        stems = {
            word[:-2]
            for word in words
            if len(word) > 6 and ADJECTIVE.fullmatch(word) and not LONG_LEGAL.fullmatch(word)
        }
        self.tag = tag_of_name(name)
        # «Алтайский» is shared by dozens: such names are recognised as a whole only.
        self.stems = stems - _REGIONS
        # A numbered school is one of many in its town; a school without a number is often the only one.
        self.places = (
            set() if self.numbers or self.tag != SCHOOL else {_place_stem(fold(institution.locality).text)} - {""}
        )
        self.named = _named_words(name)
        self.quoted = _quoted_names(whole)
        self.exact = [pattern for text in (institution.name, institution.short_name) if (pattern := _exact(text))]
        values = [int(number) for number in self.numbers if len(number) < 4 and 0 < int(number) < 400]
        self.spelled = [re.compile(rf"\b(?:{ordinal(value)}|{cardinal(value)})\b") for value in values]
        self.spelled_words = [
            re.compile(f"{cardinal(value).replace(' ', '|')}|{ordinal(value).rpartition(' ')[2]}") for value in values
        ]
        self.exact += [pattern for pattern in (_inflected(institution.name), _tail(institution.name)) if pattern]
        self.short = _abbreviations(institution)

    def meant(self, words: list[str]) -> str:
        """Why the words of a mention mean this institution; empty if nothing says so."""
        tags = {tag for word in words if (tag := tag_of_word(word))}
        if tags and self.tag not in tags:
            return ""
        if any(word in self.numbers for word in words):
            return "the number of the institution"
        for word in words:
            if not _PLURAL.isdisjoint(words):
                break
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
        return ""


def _place_stem(place: str) -> str:
    place = re.sub(r"^(?:г|с|п|пгт|город|село|поселок|деревня|станция)\.? ", "", place)
    return place[:-1] if len(place) > 4 and place[-1] in "аяоеыиьй" else place


def _named_words(name: str) -> set[str]:
    found = re.search(r"\bим(?:ени|\.)\s?(.+)", name)
    words = re.findall(r"[^\W\d_]{4,}", found[1]) if found else []
    return {word[:-1] for word in words if word not in _STOP and not tag_of_word(word)}


def _quoted_names(name: str) -> set[str]:
    """Own names in quotes: «Сигма». Not those that only describe («Средняя школа № 5»)."""
    found = re.findall(r"[«\"“„]([^«»\"“”„]{3,40})[»\"”]", name)
    return {
        text
        for raw in found
        if (text := fold(raw.strip()).text)
        and not any(tag_of_word(w) for w in re.findall(r"\w+", text))
        and not re.search(r"\d", text)
    }


def _exact(text: str) -> re.Pattern[str] | None:
    """The name as written, whatever its quotes, spaces and hyphens."""
    words = re.findall(r"\d+|[^\W\d_]+", fold(text).text)
    # A name of one common word («Школа») tells nothing.
    if not words or (len(words) == 1 and (tag_of_word(words[0]) or len(words[0]) < 4)):
        return None
    if all(tag_of_word(word) or LONG_LEGAL.fullmatch(word) or LEGAL.fullmatch(word) for word in words):
        return None
    return re.compile(r"(?<!\w)" + r"[\W_]{0,4}".join(map(re.escape, words)) + r"(?!\w)")


def _inflected(name: str) -> re.Pattern[str] | None:
    """The name in any case, without its legal form and whom it is named after."""
    folded = fold(name).text
    inner = re.search(r"[«\"“„](.+)[»\"”]", folded)
    words = re.findall(r"\d+|[^\W\d_]+", re.split(r"\bим(?:ени|\.)", inner[1] if inner else folded)[0])
    words = [word for word in words if not LEGAL.fullmatch(word) and word not in ("во", "впо", "спо")]
    if len(words) < 3 or not any(tag_of_word(word) for word in words):
        return None
    stems = (
        word if len(word) < 5 else re.escape(word[:-2] if len(word) > 6 else word[:-1]) + r"\w{0,4}" for word in words
    )
    return re.compile(r"(?<!\w)" + r"[\W_]{1,4}".join(stems))


def _tail(name: str) -> re.Pattern[str] | None:
    """The kind with what follows it: «университет технологий и управления» without «Барнаульский государственный»."""
    inner = re.search(r"[«\"“„](.+)[»\"”]", fold(name).text)
    words = re.findall(r"[^\W\d_]+", re.split(r"\bим(?:ени|\.)", inner[1])[0]) if inner else []
    place = next((index for index, word in enumerate(words) if tag_of_word(word)), len(words))
    rest = words[place + 1 :]
    if len(rest) < 2:
        return None
    return re.compile(
        rf"(?<!\w){re.escape(words[place][:-1])}\w{{0,4}}[\W_]{{1,3}}" + r"[\W_]{1,3}".join(map(re.escape, rest))
    )


def _abbreviations(institution: Institution) -> list[tuple[re.Pattern[str], str]]:
    """«АлтГУ», «БГПК»: first letters of the name in capitals, and the colloquial words for universities."""
    patterns: list[tuple[re.Pattern[str], str]] = []
    folded = fold(institution.name).text
    inner = re.search(r"[«\"“„](.+)[»\"”]", folded)
    words = re.findall(r"[^\W\d_]+", re.split(r"\bим(?:ени|\.)", inner[1] if inner else folded)[0])
    words = [word for word in words if not LEGAL.fullmatch(word) and word not in ("и", "во", "с", "в", "по")]
    kinds = [word for word in words if tag_of_word(word) in (COLLEGE, UNIVERSITY)]
    if kinds and len(words) >= 3:
        letters = "".join(word[0] for word in words)
        forms = {letters, words[0][:3] + letters[1:], words[0][:4] + letters[1:], words[0][:2] + letters[1:]}
        patterns.append(
            (re.compile(r"(?<!\w)(?:" + "|".join(sorted(forms)) + r")(?!\w)"), "an abbreviation of the name")
        )
    if any(tag_of_word(word) == UNIVERSITY for word in words):
        for part, slang in (
            ("техническ", "политех"),
            ("педагогич", "пед(?:универ|институт|вуз)"),
            ("медицинск", "мед(?:универ|институт|вуз)"),
            ("аграрн", "аграрк"),
        ):
            if part in folded:
                patterns.append((re.compile(rf"(?<!\w){slang}\w{{0,6}}"), "a colloquial name"))
    return patterns
