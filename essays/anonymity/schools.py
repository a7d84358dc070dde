"""Schools, colleges and universities in a text: the author's one in every form, and any whose legal form is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from essays.anonymity.folding import Folded
from essays.anonymity.identity import Institution
from essays.anonymity.school_mentions import mention, whole_quotes
from essays.anonymity.school_names import InstitutionForms, forms_of
from essays.anonymity.school_patterns import ABBREVIATION
from essays.anonymity.school_sayings import BY_STREET
from essays.anonymity.school_slang import find_slang
from essays.anonymity.school_words import (
    ADJECTIVE,
    COLLEGE,
    LONG_LEGAL,
    SCHOOL,
    Token,
    Tokens,
    is_legal,
    profile_of,
    tag_of_word,
)
from essays.anonymity.spans import Span


def find_institution(folded: Folded, institution: Institution | None) -> list[Span]:
    """Mentions of the author's institution, and of any whose legal form is named, as on title pages."""
    forms = forms_of(institution) if institution else None
    spans = []
    tokens = Tokens(folded)
    seen = -1
    for index in tokens.kinds():
        if index <= seen:
            continue
        token = tokens[index]
        tag = tag_of_word(token.text)
        if not tag and not is_legal(token):
            continue
        first, last, legal = mention(tokens, index, forms)
        seen = last
        words = [t.text for t in tokens[first : last + 1]]
        before = folded.text[max(0, tokens[first].start - 40) : tokens[first].start]
        reason = forms.meant(words, before) if forms else ""
        if not reason and legal:
            reason = "an institution with its legal form"
        if not forms and tag == SCHOOL and _BY_NUMBER.search("".join(words)):
            reason = reason or "a school by its number"  # Nobody told which one is the author's.
        reason = reason or _of_others(tag, tokens[first : last + 1], folded.text[: tokens[first].start][-90:])
        if not reason:
            continue
        first, last = whole_quotes(tokens, first, last)
        start, end = folded.back(tokens[first].start, tokens[last].end)
        tag = tag or next((t for word in words if (t := tag_of_word(word))), "") or (forms.tag if forms else SCHOOL)
        spans.append(Span(start, end, "institution", tag, reason, 0.95))
    if forms and institution:
        spans += _direct(folded, institution, forms)
    for found in _OF_ART.finditer(folded.shown):
        start, end = folded.back(*found.span())
        spans.append(Span(start, end, "institution", SCHOOL, "a school of art or sport by its number", 0.85))
    spans = [_with_abbreviation(span, folded.original) for span in spans]
    places = (_balanced(folded.original, span.start, span.end) for span in spans)
    return [replace(span, start=start, end=end) for span, (start, end) in zip(spans, places, strict=True)]


# «ДШИ № 3»: a school of art or of sport
_OF_ART = re.compile(r"(?<!\w)(?:ДШИ|ДМШ|ДЮСШ|ДХШ|СШОР|ЦДТ|ДДТ|СЮТ)[ ]?№[ ]?\d{1,3}(?!\d)")
_BY_NUMBER = re.compile(r"(?:№|n|номер)\d{1,4}|\d{1,4}(?:-?(?:я|й|ю|ой|ей|ом|м|го))+|номер\w{0,2}[а-я]{3,}")


_ONCE_THERE = re.compile(
    r"(?:оконч|законч|выпускни|аттестат|учил[аи]?[сь]|после|бывш|учебы|сестр|брат|дочь|дочк|сын|друг|подруг|переш[елё]|"
    r"перев[её]л|в \w+ классе,)[^.!?\n]{0,60}$"
)


def _of_others(tag: str, words: list[Token], before: str) -> str:
    """Why a school is told apart that is not the author's: where a sister studies, or the author did before.

    By its number, or a college by its town: «гимназия № 19», «Каменский медицинский колледж».
    """
    if tag == SCHOOL and _ONCE_THERE.search(before) and _BY_NUMBER.search("".join(word.text for word in words)):
        return "a school by its number"
    first = words[0]
    town = first.capital and ADJECTIVE.fullmatch(first.text) and not LONG_LEGAL.fullmatch(first.text)
    if (
        town
        and not profile_of([first.text])
        and ((tag == COLLEGE and not _is_military(words)) or _ONCE_THERE.search(before))
    ):
        return "a school or college by its town"
    return ""


def _is_military(words: list[Token]) -> bool:
    """«Рязанское училище» is one of a few that everybody knows."""
    return any(word.text.startswith("училищ") for word in words)


def _direct(folded: Folded, institution: Institution, forms: InstitutionForms) -> Iterator[Span]:
    for pattern, reason in forms.direct:
        for match in pattern.finditer(folded.text):
            if reason == ABBREVIATION and not _is_written_short(folded, match):
                continue
            name = next((name for name, value in match.groupdict().items() if value), 0)
            start, end = _widened(folded, *match.span(name))
            before = _ADJECTIVE_BEFORE.search(folded.text, max(0, start - 24), start)
            if before and any(before["it"].startswith(stem) for stem in forms.stems | forms.regions):
                start = before.start()  # «Алтайский ГАУ»
            yield Span(*folded.back(start, end), "institution", forms.tag, reason, 0.95)
    for start, end, reason, confidence in find_slang(folded, institution, forms.tag):
        yield Span(*folded.back(start, end), "institution", forms.tag, reason, confidence)
    for match in BY_STREET.finditer(folded.shown):
        start, end = folded.back(*match.span("it"))
        yield Span(start, end, "institution", "АДРЕС", "a school known by its street", 0.8)


_HEAD = 120
"""Characters at the head of a text where three small letters are an institution: «ткаченко богдан ктк 2 курс»."""


def _is_written_short(folded: Folded, match: re.Match[str]) -> bool:
    """«КАК» may be the Коломенский аграрный колледж, «как» is not; in small letters only what is no short word."""
    shown = folded.shown[match.start() : match.end()]
    at_head = match.start() < _HEAD and folded.text.find("\n", match.start()) < _HEAD
    return sum(map(str.isupper, shown)) > 1 or (len(shown) > (2 if at_head else 3) and folded.shown.islower())


# «Государственный университет просвещения (бывший МГОУ)», «КНИТУ (КХТИ)»
_ABBREVIATION = re.compile(
    r"[»\"”]?[ ]?\((?:бывш\w{2,4}[ ]|ранее[ ]|далее[ ]?[—–-]?[ ]?)?[А-ЯЁ][А-ЯЁа-яё]?[А-ЯЁ][А-ЯЁа-яё]{0,7}\)"
)


def _with_abbreviation(span: Span, text: str) -> Span:
    found = _ABBREVIATION.match(text, span.end)
    return replace(span, end=found.end()) if found else span


# «БГПК имени В. К. Штильке», «Горно-Алтайском политехническом».
_NAMED_AFTER = re.compile(
    r",? (?i:им(?:ени|\.)) ?(?:[А-ЯЁ]\. ?){0,2}(?:[А-ЯЁ][а-яё-]+(?: [А-ЯЁ][а-яё-]+){0,2}|[А-ЯЁ]{4,})"
)
_ADJECTIVE_BEFORE = re.compile(r"(?<!\w)(?P<it>[а-я]{5,}(?:ий|ый|ого|ому|ом|им))[ ]$")
_HYPHENED = re.compile(r"(?<!\w)[А-ЯЁа-яё][а-яё]+-$")


def _widened(folded: Folded, start: int, end: int) -> tuple[int, int]:
    """The place with whom the institution is named after, and with the first half of a compound name."""
    after = _NAMED_AFTER.match(folded.shown, end)
    before = _HYPHENED.search(folded.shown, max(0, start - 24), start)
    return before.start() if before else start, after.end() if after else end


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """The place with both quotation marks or with neither."""
    if start > 2 and text[start - 1] == "-" and text[start - 2].isalpha():
        start = re.search(r"[^\W\d_]+-$", text[max(0, start - 24) : start]).start() + max(0, start - 24)  # type: ignore[union-attr]
    inside = text[start:end]
    opened = sum(inside.count(mark) for mark in "«“„") - sum(inside.count(mark) for mark in "»”")
    while opened > 0 and end < len(text) and text[end] in "»”":
        end, opened = end + 1, opened - 1
    while opened < 0 and start > 0 and text[start - 1] in "«“„":
        start, opened = start - 1, opened + 1
    if inside.count('"') % 2 and end < len(text) and text[end] == '"':
        end += 1
    if end < len(text) and start > 0 and text[start - 1] in "«“„" and text[end] in "»”":
        return start - 1, end + 1
    return start, end
