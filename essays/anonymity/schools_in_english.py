"""What institutions and numbers are called in English: «the forty-second school», «named after Sidorov», «ASU»."""

from __future__ import annotations

import re

from essays.anonymity.folding import fold
from essays.anonymity.identity import Institution
from essays.anonymity.persons.latin import transliterated
from essays.anonymity.transliteration import compiled

KIND = r"(?:school|lyceum|gymnasium|college|university|academy|institute|technical school|boarding school)"
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_CARDINALS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_TEENS = "sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
PROFILES = {
    "железнодорожн": "railway",
    "лингвист": "linguistic",
    "кадет": "cadet",
    "музык": "music(?:al)?",
    "художеств": "arts?",
    "спортив": "sports?",
    "математич": "math(?:s|ematical)?",
    "кулинар": "culinary",
    "торгов": "trade",
    "юридич": "law",
    "энергет": "power",
    "финно-угорск": "finno-ugric",
    "техническ": "technical",
    "педагогич": "pedagogical",
    "медицинск": "medical",
    "аграрн": "(?:agrarian|agricultural)",
    "финансов": "financial?",
    "промышленн": "industrial",
    "строительн": "construction",
    "политехнич": "polytechnic(?:al)?",
    "транспорт": "transport",
    "экономич": "economic",
}


def aloud(number: int) -> str:
    """«three», «forty-two» for a number below a hundred; empty beyond."""
    units = [*_CARDINALS, *_TEENS]
    if 0 < number <= len(units):
        return units[number - 1]
    if not 0 < number < 100:
        return ""
    tens, unit = _TENS[number // 10 - 2], number % 10
    return f"{tens}[ -]{units[unit - 1]}" if unit else tens


def aloud_nth(number: int) -> str:
    """«third», «forty-second» for a number below a hundred."""
    if number <= len(ORDINALS):
        return ORDINALS[number - 1]
    if number < 20 or number % 10 == 0:
        return re.sub("ty$", "tie", aloud(number)) + "th"
    return f"{_TENS[number // 10 - 2]}[ -]{ORDINALS[number % 10 - 1]}"


_OF_PLACE = re.compile(
    r"([^\W\d_]+?)(?:-([^\W\d_]+))?(?:ск(?:ий|ая|ое)) (?=государственн|технич|педагог|политех|медиц)"
)
_ABBREVIATION = re.compile(r"[А-ЯЁ]{3,}|[А-ЯЁ][а-яё]{1,4}[А-ЯЁ]{2,4}")
_QUOTED = re.compile(r"[«\"“]([^«»\"“”]{3,30})[»\"”]")
_HONOURED = re.compile(
    r"(?:имени|им\.) (?:[^\W\d_]+ |[^\W\d_]\. ?){0,5}?([^\W\d_]{4,})(?=[ »\"”.,]*(?:$|г\.|города|с\.|села))"
)
_FORMS = frozenset("мбоу маоу мкоу гбоу фгбоу кгбпоу гбпоу сош оош моу фгаоу".split())
_KINDS = {"университет": "u", "академи": "a", "институт": "i", "колледж": "c", "техникум": "c"}


def by_name(institution: Institution, name: str) -> list[re.Pattern[str]]:
    """Patterns for what an institution is called besides its number: «Sigma», «named after Sidorov», «ASU», «AltGU»."""
    found = []
    for quoted in _QUOTED.findall(name):
        if not re.search(r"школ|лице|гимнази|коллед|техникум|университет|\d", quoted):
            own = " ".join(compiled([word]).pattern for word in quoted.split())
            named = rf"[\"“«'‘]?(?:{own})[\"”»'’]?"
            found.append(re.compile(rf"(?<!\w)(?:{KIND} {named}|{named} {KIND})(?!\w)"))
    if honoured := _HONOURED.search(name):
        stem = compiled([re.sub(r"(?:ого|[аяыи])$", "", honoured[1])]).pattern
        after = r"[^.\n]{0,25}? named (?:after|for) [^\n]{0,40}?"
        found.append(re.compile(rf"(?<!\w){KIND}{after}(?:{stem})[a-z]{{0,4}}(?!\w)"))
        found.append(re.compile(rf"(?<!\w)(?:the )?(?:{stem})[a-z]{{0,4}}(?:['’]s)? (?:{KIND})(?!\w)"))
    for short in re.findall(r"[^\W\d_]{3,8}", institution.short_name):
        letters = fold(short).text
        if _ABBREVIATION.fullmatch(short) and letters not in _FORMS:
            found.append(re.compile(rf"(?<![\w-])(?:{compiled([letters]).pattern})(?![\w-])"))
    kind = next((letter for russian, letter in _KINDS.items() if russian in name), "")
    adjective = _OF_PLACE.search(name)
    if kind and adjective:
        first = _initial(adjective[1]) + (_initial(adjective[2]) if adjective[2] else "")
        state = "s" if "государственн" in name else ""
        profile = "".join(
            english.lstrip("(?:")[0]
            for russian, english in PROFILES.items()
            if russian in name[adjective.end() :].split("имени")[0]
        )
        short = first[:1] + "[a-z]{0,2}" + first[1:] + state + profile[:1] + kind
        if len(first + state + profile[:1] + kind) > 2:
            found.append(re.compile(rf"(?<![\w-]){short}(?![\w-])"))
    return found


def _initial(word: str) -> str:
    """The first letter of a Russian word in Latin letters."""
    return transliterated(word)[:1]
