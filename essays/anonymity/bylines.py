"""Title pages, bylines and named teachers: people whom a cue gives away, whatever the application says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from essays.anonymity.folding import Folded, fold
from essays.anonymity.identity import Person
from essays.anonymity.name_forms import is_patronymic_like, is_surname_like, known_given_names, public_figures
from essays.anonymity.spans import Span

_PLACE_LINE = re.compile(
    r"(?m)^[ ]*(?P<it>(?:(?:г|с|п|пгт|р\.[ ]?п|пос|ст|д|город|село|посёлок|поселок"
    r"|деревня)\.?[ ]?)?[А-ЯЁ][а-яё]+(?:[- ][А-ЯЁ][а-яё]+)?),?[ ]+20\d\d[ ]?(?:г\.?|год)?\.?[ ]*$"
    r"|^[ ]*(?P<that>(?:г|с|п|пгт|рп|пос|ст|д|город|село|посёлок|поселок"
    r"|деревня)\.?[ ][А-ЯЁ][а-яё]+(?:[- ][А-ЯЁ][а-яё]+)?)[ ]*$",
)
AUTHOR, MENTOR, RELATIVE, PLACE = "УЧАСТНИК", "ПЕДАГОГ", "РОДСТВЕННИК", "МЕСТО"

_WORD = r"[А-ЯЁ](?:[а-яё]+|[А-ЯЁ]+)(?:[-‑][А-ЯЁ](?:[а-яё]+|[А-ЯЁ]+))?"
_INITIAL = r"[А-ЯЁ]\.[ ]?(?:[А-ЯЁ]\.[ ]?)?"
_NAME = re.compile(rf"(?<!\w)(?:{_WORD},?[ ]{{1,2}}{_INITIAL}|{_INITIAL}{_WORD}|{_WORD}(?:[ ]{{1,2}}{_WORD}){{1,2}})")
_AUTHOR_CUE = re.compile(
    r"(?:выполнил\w{0,3}|автор(?:ы|а)?|подготовил\w{0,3}|написал\w{0,2}|работ[ау] выполн\w+|участни(?:к"
    r"|ца)\w{0,2}|ф\.?[ ]?и\.?[ ]?о\.?|ученик\w{0,3}|учениц\w{1,2}|учащ\w+|студент\w{0,3}|обучающ\w+)",
    re.IGNORECASE,
)
_MENTOR_CUE = re.compile(
    r"\b(?:учител\w{1,5}|преподавател\w{1,6}|педагог\w{0,3}|руководител\w{1,5}|наставни\w{1,5}"
    r"|куратор\w{0,3}|проверил\w{0,2}|тьютор\w{0,2}|директор\w{0,3}|завуч\w{0,2}|воспитател\w{1,5}"
    r"|библиотекар\w{1,3}|классн\w{2,3}[ ](?:мам\w{1,2}|дам\w{1,2})|консультант\w{0,2})\b",
    re.IGNORECASE,
)
_KIN_CUE = re.compile(
    r"\b(?:(?:мам|пап|бабушк|дедушк|прабабушк|прадедушк|т[её]т|сестр|сест[её]р|соседк|подруг|одноклассниц)(?:а|ы|и|е|у|ой|ей|ою|я|ю|ям|ам)?"
    r"|(?:мамочк|папочк|бабул|дедул|сестр[её]нк|подружк)\w{1,2}|дядя|дяди|дяде|дядю|дядей|брат(?:а|у|ом|е)?|друг(?:а|у|ом|е)?|дед(?:а|у|ом|е)?"
    r"|мать|матери|матерью|отец|отца|отцу|отцом|отце|сосед(?:а|у|ом|е)?|одноклассник(?:а|у|ом|е)?|жен(?:а|ы|е|у|ой)|муж(?:а|у|ем|е)?)\b",
    re.IGNORECASE,
)
_ZONE_BLOCKS = 14
_LONG_LINE = 260


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody found by a cue, to be looked for in the rest of the text."""

    person: Person
    tag: str
    kind: str


def find_bylines(folded: Folded, locality: str = "") -> tuple[list[Span], list[Named]]:
    """Names behind cues: authors and teachers on the title page, teachers and kin anywhere.

    `locality` is where the author's institution stands: it is hidden in the lines of title page and signature.
    """
    # Case matters here: the visible letters of the original, without invisible characters and look-alikes.
    text = _shown(folded)
    spans: list[Span] = []
    named: list[Named] = []
    for start, end in _zones(text):
        for match, _person_named in _names_after(text, start, end, _AUTHOR_CUE, reach=90):
            spans.append(_span(folded, match.start(), match.end(), "participant", AUTHOR, "a name in a byline", 0.9))
        for match in _PLACE_LINE.finditer(text, start, end):
            group = "it" if match["it"] else "that"
            spans.append(_span(folded, *match.span(group), "place", PLACE, "the place on a title page", 0.85))
    spans += _places(folded, text, locality)
    for match, name in _names_after(text, 0, len(text), _MENTOR_CUE, reach=70):
        spans.append(_span(folded, match.start(), match.end(), "mentor", MENTOR, "a teacher's name after its cue", 0.9))
        named.append(Named(name, MENTOR, "mentor"))
    for match, name in _names_after(text, 0, len(text), _KIN_CUE, reach=25):
        spans.append(
            _span(folded, match.start(), match.end(), "relative", RELATIVE, "a name after a word of kin", 0.85)
        )
        named.append(Named(name, RELATIVE, "relative"))
    return spans, named


def _places(folded: Folded, text: str, locality: str) -> list[Span]:
    """The author's place in short lines at both ends: «Тимофей Ш., Бийск». Inside the essay places stay."""
    words = re.findall(
        r"[^\W\d_]+", re.sub(r"^(?:г|с|п|пгт|рп|ст|д|город|село|пос[её]лок)\.? ", "", fold(locality).text)
    )
    if not words or len("".join(words)) < 4:
        return []
    stems = (word[:-1] + r"\w{0,3}" if len(word) > 4 else word + r"\w{0,2}" for word in words)
    kind = r"(?:(?<!\w)(?:г|с|п|пгт|рп|ст|д|город|село|пос[её]лок)\.?[ ]?)?"
    pattern = re.compile(rf"(?<!\w){kind}(?<!\w){r'[- ]'.join(stems)}(?!\w)", re.IGNORECASE)
    spans = []
    for start, end in _zones(text):
        for match in pattern.finditer(text, start, end):
            line = text[
                text.rfind("\n", 0, match.start()) + 1 : (text.find("\n", match.end()) + 1 or len(text) + 1) - 1
            ]
            if len(line) < 120 and not line.rstrip().endswith((".", "!", "?", "»", "…")):
                spans.append(_span(folded, match.start(), match.end(), "place", PLACE, "the place in a byline", 0.85))
    return spans


def _shown(folded: Folded) -> str:
    """Folded text with the case of the original."""
    letters = []
    for index, character in enumerate(folded.text):
        original = folded.original[folded.starts[index]]
        letters.append(character.upper() if original.isupper() else character)
    return "".join(letters)


def _span(folded: Folded, start: int, end: int, kind: str, tag: str, reason: str, confidence: float) -> Span:
    left, right = folded.back(start, end)
    return Span(left, right, kind, tag, reason, confidence)


def _zones(text: str) -> list[tuple[int, int]]:
    """Where bylines stand: the short lines before the first long paragraph, and those after the last one."""
    lines: list[tuple[int, int]] = []
    position = 0
    for line in text.split("\n"):
        lines.append((position, position + len(line)))
        position += len(line) + 1
    head = 0
    while head < min(len(lines), _ZONE_BLOCKS) and lines[head][1] - lines[head][0] < _LONG_LINE:
        head += 1
    tail = len(lines)
    while tail > max(head, len(lines) - 6) and lines[tail - 1][1] - lines[tail - 1][0] < 120:
        tail -= 1
    zones = []
    if head:
        zones.append((0, lines[head - 1][1]))
    if tail < len(lines):
        zones.append((lines[tail][0], len(text)))
    return zones


def _names_after(
    text: str, start: int, end: int, cue: re.Pattern[str], *, reach: int
) -> Iterator[tuple[re.Match[str], Person]]:
    for found in cue.finditer(text, start, end):
        limit = min(end, found.end() + reach)
        position = found.end()
        while (match := _NAME.search(text, position, min(end, limit + 60))) and match.start() < limit:
            between = text[found.end() : match.start()]
            if re.search(r"[.!?][ ]+[А-ЯЁ]|\n[^\n]*\n", between) and cue is not _AUTHOR_CUE:
                break
            person = _person(match[0])
            if person is not None:
                yield match, person
                break
            position = match.start() + 1


def _person(name: str) -> Person | None:
    """The parts of what looks like a name; None for what is not a private person's name."""
    words = re.findall(r"[А-ЯЁа-яё]+(?:[-‑][А-ЯЁа-яё]+)?", name)
    folded = [fold(word).text for word in words]
    initials = [word for word in folded if len(word) == 1]
    full = [word for word in folded if len(word) > 1]
    if not full:
        return None
    if any(word in public_figures() for word in full) and len(full) > 1:
        return None
    if initials:
        surname = full[0]
        if len(initials) == 1 and not is_surname_like(surname):
            return None  # «СНИЛС. Искала» and «А. Потом» are no names.
        return Person(surname, initials[0], initials[1] if len(initials) > 1 else "") if len(full) == 1 else None
    patronymic = next((word for word in full if is_patronymic_like(word)), "")
    given = next((word for word in full if word in known_given_names() and word != patronymic), "")
    others = [word for word in full if word not in (patronymic, given)]
    if patronymic and (given or others):
        given = given or others.pop()
        return Person(others[0] if others else "", given, patronymic)
    if given and others and is_surname_like(others[0]):
        return Person(others[0], given, "")
    return None
