"""Classes, years of study and groups."""

from __future__ import annotations

import re

from essays.anonymity.folding import Folded, fold
from essays.anonymity.ordinals import ordinal, stem
from essays.anonymity.spans import Span

CLASS, YEAR, GROUP = "КЛАСС", "КУРС", "ГРУППА"

_QUOTE = r"[«\"“”„'»]?"
_ENDING = r"(?:[-–]?(?:ый|ой|ий|й|го|ого|ом|м|му|ому|ым|х|е|я))?"
_CLASS_WORD = r"класс(?:а|е|у|ом|ы|ов|ах)?\b"
# A class with its letter, of anyone: «8 «Б» класса», «8Б класс», «8-б кл.»
_LETTERED = re.compile(
    rf"(?<![\d.,])(?:1[01]|[1-9])[ ]?[-–]?[ ]?{_QUOTE}[ ]?[а-к]{_QUOTE}[ ]?(?:{_CLASS_WORD}|кл\b\.?)"
)
_QUOTED = re.compile(r"(?<![\d.,])(?:1[01]|[1-9])[ ]?[-–]?[ ]?[«\"“„][а-к][»\"”]")
_CLASS_LINE = re.compile(r"(?m)\bкласс[ ]?[:\-–—][ ]?(?P<it>\d{1,2}[ ]?[-–]?[«\"“]?[а-к]?[»\"”]?)")
_GROUP_CODE = re.compile(
    r"\b(?:групп(?:а|ы|е|у|ой)"
    r"|гр\.)[ ]?[:№«\"]?[ ]?(?P<code>[а-яa-z]{1,6}[-–]?\d{1,4}(?:[-–/]?[\wа-я]{1,4})?"
    r"|\d{1,4}[-–]?[а-яa-z]{1,5}(?:[-–]?\d{1,3})?|\d{1,4}(?:[./-]\d{1,4}){1,2}[а-яa-z]?)\b"
)
_COURSE = re.compile(r"(?P<number>\d{1,2})[ ]?[-–]?[ ]?[«\"“„']?(?P<letter>[а-яa-z])?(?![а-яa-z])")


def find_course(folded: Folded, course: str) -> list[Span]:
    """The author's class, year and group, and whatever class or group is written with its letter or code."""
    patterns: list[tuple[re.Pattern[str], str, str, float]] = [
        (_LETTERED, CLASS, "a class with its letter", 0.9),
        (_QUOTED, CLASS, "a class with its letter", 0.9),
        (_CLASS_LINE, CLASS, "a line that names the class", 0.95),
        (_GROUP_CODE, GROUP, "a group with its code", 0.9),
    ]
    own = fold(course).text
    study = re.search(r"курс|групп|колледж", own) is not None
    if match := _COURSE.search(own):
        patterns += _own_patterns(int(match["number"]), match["letter"] or "", study)
    patterns += [(pattern, GROUP, "the author's group", 0.97) for pattern in _codes(own)]
    spans = []
    for pattern, tag, reason, confidence in patterns:
        for found in pattern.finditer(folded.text):
            name = "it" if "it" in pattern.groupindex else "code" if "code" in pattern.groupindex else 0
            start, end = folded.back(*found.span(name))
            spans.append(Span(start, end, "course", tag, reason, confidence))
    return spans


def _own_patterns(number: int, letter: str, study: bool) -> list[tuple[re.Pattern[str], str, str, float]]:
    in_words = ordinal(number) if 0 < number < 400 else ""
    spelled = f"|{in_words}" if in_words else ""
    patterns = []
    if not study:
        number_class = rf"(?<![\d.,])(?:{number}{_ENDING}{spelled})[ ]{_CLASS_WORD}"
        patterns.append((re.compile(number_class), CLASS, "the author's class", 0.95))
        if letter:
            patterns.append((_with_letter(number, letter), CLASS, "the author's class", 0.97))
        if in_words:
            pupil = rf"\b(?:{stem(number) or number}|{number}[-–]?(?:ти)?)классни\w+"
            patterns.append((re.compile(pupil), CLASS, "the author's class", 0.9))
    elif number <= 6:
        year = rf"(?<![\d.,])(?:{number}{_ENDING}{spelled})[ ]курс(?:а|е|у|ом)?\b|\bкурс[ ]?[:\-–—][ ]?{number}\b"
        patterns.append((re.compile(year), YEAR, "the author's year", 0.95))
        if in_words:
            patterns.append((re.compile(rf"\b{stem(number)}курсни\w+"), YEAR, "the author's year", 0.9))
    return patterns


def _with_letter(number: int, letter: str) -> re.Pattern[str]:
    """«9 «А»», «9А», «9-А», «девятый «А»»; «9 а» alone is often a number and a conjunction and is not among them."""
    quoted = rf"(?<![\d.,]){number}[ ]?[-–]?[ ]?[«\"“„]{letter}[»\"”](?:[ ]?{_CLASS_WORD})?"
    close = rf"(?<![\d.,]){number}[-–]?{letter}(?![а-яa-z])(?:[ ]?{_CLASS_WORD})?"
    in_words = ordinal(number)
    spelled = rf"|\b{in_words}[ ]?[«\"“„]{letter}[»\"”](?:[ ]?{_CLASS_WORD})?" if in_words else ""
    return re.compile(f"{quoted}|{close}{spelled}")


def _codes(course: str) -> list[re.Pattern[str]]:
    """Codes such as «ИС-21» inside what was typed as the course, with and without spaces and hyphens."""
    patterns = []
    for code in re.findall(
        r"(?<![\w.-])(?:[а-яa-z]{1,6}[-–]?\d{1,4}(?:[-–]\d{1,3})?[а-яa-z]?|\d{1,4}[-–]?[а-яa-z]{2,5}(?:[-–]?\d+)?"
        r"|\d{1,4}(?:[./]\d{1,4})+[а-яa-z]?)(?![\w.-])",
        course,
    ):
        letters = re.findall(r"\d+|[^\W\d_]+", code)
        if "." in code or "/" in code:
            patterns.append(re.compile(rf"(?<![\w.]){re.escape(code)}(?!\w)"))
        elif len(letters) > 1 and letters[1] not in ("курс", "класс", "й", "го", "ый"):
            patterns.append(re.compile(r"(?<!\w)" + r"[ ]?[-–]?[ ]?".join(map(re.escape, letters)) + r"(?!\w)"))
    return patterns
