"""Institutions that English texts call by a name in capitals: «Barnaul Basic Medical College»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from essays.anonymity.identity import Identity
from essays.anonymity.schools_in_english import PROFILES

_KINDS = r"(?:Boarding |Technical |Vocational |Cadet )?(?:School|College|Lyceum|Gymnasium|University|Academy|Institute)"
_NAMED = re.compile(
    rf"(?<![\w-])(?:[A-Z][\w'’]+(?:-[A-Z]?[\w'’]+)*,? (?:(?:and|of|for|the) ){{0,2}}){{1,6}}?{_KINDS}(?![\w-])"
    r"(?: (?:No\.?|№|#|Number) ?\d{1,4})?(?: (?:of|in) [A-Z][\w-]+(?: [A-Z][\w-]+)?)?"
    r"(?: named after (?:[A-Z]\. ?)*[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})?"
)
# «I study at …», «a student of group 1142 of …», «in our …»
_STUDENT = re.compile(r"\b(?:student|pupil|cadet|freshman)(?: [\w-]+){0,4} (?:of|at|in|from) (?:the )?$")
_OWN = re.compile(
    r"(?:\b(?:I|[Ww]e)(?:['’]m|['’]re| am| are)? (?:study|studying|studied|learn|learning|go|attend|entered|enrolled)"
    r"(?: [a-z]+){0,3}? ?(?:(?:at|in|to) )?(?:the )?"
    r"|\b(?:[Mm]y|[Oo]ur) )$"
)
_PROSE = re.compile(r"(?<!\w)[a-z]{2,}(?!\w)")
_MOST_PROSE, _LONGEST_LINE = 6, 160
_OPENERS = re.compile(r"(?:The|A|An|At|In|From|My|Our|By|Of|Student|Pupil|Author|Form|Grade|Class|Group|Year) ")
# «The pedagogical lyceum» where somebody studies
_BY_PROFILE = re.compile(
    r"\b(?:[Ii]s (?:he|she)|study|studies|studying|studied|student|pupil|is|am|are) (?:still |now |already )?"
    r"(?:a student )?(?:in|at|of) "
    rf"(?P<it>the (?:{'|'.join(PROFILES.values())}) (?:lyceum|college|gymnasium|academy|university|institute))(?!\w)"
)
# «We preferred kindergartens … I chose No. 248»
_KINDERGARTEN = re.compile(r"\bkindergartens?\b[^\n]{0,120}?(?:No\.|№|number|#) ?(?P<it>\d{1,4})(?![\d:,.]\d)")


def named_in_english(
    text: str, identity: Identity, places: str, lines: list[tuple[int, int]], ends: set[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """(start, end) of the author's institution in the English `lines` of a text; `ends` are its title and last lines.

    `places` is a pattern for the places in the institution's own name, in small letters; it may be empty.
    """
    kinds = _own_kinds(identity)
    where = re.compile(rf"(?<!\w)(?:{places})") if places else None
    for start, end in lines:
        for match in _NAMED.finditer(text, start, end):
            left, right = match.span()
            while opener := _OPENERS.match(text, left, right):
                left = opener.end()
            if "," in text[left:right]:
                left = max(left, text.rfind(", ", left, right) + 2)
            name = text[left:right]
            rest = text[start:left] + text[right:end]
            before = text[max(start, left - 70) : left]
            if _OWN.search(before):
                yield left, right
            elif kinds.search(name):
                prose = len(_PROSE.findall(rest))
                byline = (start, end) in ends and end - start < _LONGEST_LINE and prose < _MOST_PROSE
                byline = byline and not rest.rstrip().endswith(("?", "!"))
                if byline or _STUDENT.search(before) or (where and where.search(name.lower())):
                    yield left, right
        for match in _BY_PROFILE.finditer(text, start, end):
            yield match.span("it")
        for match in _KINDERGARTEN.finditer(text, start, end):
            yield match.span("it")


def _own_kinds(identity: Identity) -> re.Pattern[str]:
    """What the author's institution may be called in English."""
    place = identity.institution
    name = f"{place.name} {place.short_name}".lower() if place else ""
    kinds = [
        english
        for russian, english in (
            ("школ", "School"),
            ("сош", "School"),
            ("лице", "Lyceum"),
            ("гимнази", "Gymnasium"),
            ("интернат", "Boarding"),
            ("коллед", "College"),
            ("техникум", "College|Technical School"),
            ("училищ", "College|School"),
            ("университет", "University"),
            ("академи", "Academy"),
            ("институт", "Institute"),
        )
        if russian in name
    ]
    return re.compile("|".join(kinds) or "(?!)")
