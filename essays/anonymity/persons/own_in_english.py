"""The author in an English text: other spellings of the surname in both scripts, nicknames; the famous of that name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from essays.anonymity.folding import Folded, fold
from essays.anonymity.identity import Identity
from essays.anonymity.persons.latin import (
    english_data,
    is_latin_given,
    is_latin_place,
    is_phrase_latin,
    is_plain_english,
    is_public_latin,
    latin_key,
    transliterated,
)
from essays.anonymity.spans import Span

AUTHOR, NICKNAME = "УЧАСТНИК", "НИК"
_INITIAL = r"(?:[A-Z]|Yu|Ya|Ye|Zh|Kh|Ch|Sh|Ts|Je|Ju|Ja)\."
_INITIALS_BEFORE = re.compile(rf"(?<![\w.])(?:{_INITIAL} ?){{1,3}}$")
_INITIALS_AFTER = re.compile(rf",? (?:{_INITIAL} ?){{1,2}}(?=[ ,;:)\"”»]|$)", re.MULTILINE)
_WORD = re.compile(r"(?<![\w@.])[^\W\d_]{3,}(?:['’-][^\W\d_]{2,}){0,2}(?![\w@])")
_LEAST, _LEAST_FOR_ERRORS, _LEAST_CUT = 4, 6, 6

# «Friends call me Sara», «my nickname is Bublik», «also known as Hoff»; not «call me tomorrow».
_CALLED = re.compile(
    r"(?:\bcall(?:s|ed)? me|\bnick(?:name)?d? me|\bknow me as|\b(?:my|the) nick(?:name)? (?:is|was)"
    r"|\bI(?:['’]m| am) (?:also )?(?:known as|called|nicknamed))"
    r" (?:just |simply |only )?[\"“«'‘]?(?P<it>[^\W\d_]{3,}(?:-[^\W\d_]+)?)"
    r"(?=[\"”»'’]? ?(?:[,.!;:)]|and |but |because |or |in |at |$|\n))"
)
_SIGNED = re.compile(r"(?:\b[Aa]lso known as|\baka|\ba\.k\.a\.|\bformerly) [\"“«]?(?P<it>[A-Z][^\W\d_]{2,})")
_FIELD = re.compile(r"\b[Nn]ick(?:name)?[\"”»]?[ ]?[:–—=-][ ]?[\"“«]?(?P<it>[A-Z][^\W\d_]+(?:-[^\W\d_]+)?)")
# The answer to a secret question opens an account: «"What is my dog's name?" The answer was Pirat».
_SECRET = re.compile(
    r"(?:[Ss]ecret|[Ss]ecurity|[Cc]ontrol) (?:question|word)"
    r"[^\n]{0,200}?\banswer(?: is| was|:)? [\"“«]?(?P<it>[A-Z][^\W\d_]+)"
)
_NOT_CALLED = frozenset("again back later soon now today tomorrow when anytime there here please that this".split())

# «The poet Taras Shevchenko», «Andrei Bely, who wrote …», «like Bruce Lee»
_FAMOUS_BEFORE = re.compile(
    r"\b(?:poet|writer|author|novelist|artist|painter|composer|singer|actor|actress|scientist|inventor|director|cosmonaut"
    r"|astronaut|footballer|hero|heroine|philosopher|president|minister|king|queen|tsar|emperor|general|marshal|by|named"
    r" after|great|famous|[Ll]ike) (?:the )?$"
)
_FAMOUS_AFTER = re.compile(
    r",? (?:who|that) (?:wrote|painted|composed|invented|discovered|created|sang|played|flew|said)"
    r"|['’]s (?:[\"“«]|novel|poem)"
    r"|,? (?:wrote|painted|composed|invented)\b"
)
_OF_KIN = re.compile(
    r"\b(?:mother|father|mum|mom|dad|brother|sister|uncle|aunt|grand\w+|granny|cousin|friend|teacher|classmate|roommate)"
    r"(?:['’]s name)?(?: is| was|,| called| named)? $"
)


def find_own_in_english(folded: Folded, identity: Identity, lines: Sequence[tuple[int, int]]) -> list[Span]:
    """Places in the English `lines` where the author is called otherwise than the application says."""
    text = folded.shown
    spans = []
    for start, end in lines:
        for left, right, reason in (*_spellings(text, identity, start, end), *_called(text, identity, start, end)):
            spans.append(Span(*folded.back(left, right), "participant", AUTHOR, reason, 0.85))
        for pattern in (_FIELD, _SECRET):
            for match in pattern.finditer(text, start, end):
                spans.append(Span(*folded.back(*match.span("it")), "handle", NICKNAME, "a name as an answer", 0.85))
    return spans


def _called(text: str, identity: Identity, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    surname = _key(identity.surname)
    for pattern in (_CALLED, _SIGNED):
        for match in pattern.finditer(text, start, end):
            name = match["it"]
            low = name.lower()
            told = name[0].isupper() or is_latin_given(low) or not is_plain_english(low)
            known = is_public_latin([low]) or is_latin_place(low)
            if told and low not in _NOT_CALLED and (not known or surname.startswith(_key(low))):
                yield *match.span("it"), "what the author is called"


def _spellings(text: str, identity: Identity, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """«Khofman» and «Гоффман» of a Hoffmann, «Abdul-Muslimov» and «Abdulmuslimo» of an Абдулмуслимов."""
    own = {_key(part) for part in _parts(identity.surname)} | {_key(re.sub(r"[\W_]", "", identity.surname))}
    own = {key for key in own if len(key) >= _LEAST}
    given = {_key(re.sub(r"[\W_]", "", identity.given_name))}
    father = _key(identity.patronymic)
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        if not word[0].isupper() or is_plain_english(word.lower()) or is_latin_place(word.lower()):
            continue
        key = _key(re.sub(r"['’s]{2}$|[\W_]", "", word))
        if key in own or (len(key) >= _LEAST_FOR_ERRORS and any(_alike(key, one) for one in own)):
            left, right = match.span()
            # «Khofman Yan Petrovich»
            beside = re.compile(r" [A-ZА-ЯЁ][^\W\d_]+").match(text, right)
            while beside and (_key(beside[0][1:]) in given or (father and _key(beside[0][1:]).startswith(father[:4]))):
                right = beside.end()
                beside = re.compile(r" [A-ZА-ЯЁ][^\W\d_]+").match(text, right)
            before = re.search(r"([A-ZА-ЯЁ][^\W\d_]+) $", text[max(start, left - 30) : left])
            both = before and not word.isascii() and not before[1].isascii()  # «Роза Смит» for a Rose
            if before and (both or any(_alike(_key(before[1]), one) for one in given)):
                left -= len(before[0])
            yield left, right, "the surname spelled otherwise"
        elif (
            "-" not in word
            and len(key) >= _LEAST_CUT
            and text[match.end() : match.end() + 1] in '"”»'
            and any(one.startswith(key) for one in own)
        ):
            yield *match.span(), "the surname cut short"


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s-]+", name) if part]


def _key(name: str) -> str:
    """What the spellings of a name share: «Хоффманн», «Гофман», «Khofman», «Hoffmann»."""
    key = latin_key(transliterated(fold(name).text))
    key = re.sub(r"([a-z])\1", r"\1", key.replace("th", "t").replace("g", "h").replace("ks", "x"))
    return key[:-1] if key.endswith(("a", "i")) and len(key) > 4 else key


def _alike(one: str, other: str) -> bool:
    """Whether two keys differ in a letter at most."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return one[at + 1 :] == other[at + 1 :] or one[at + 1 :] == other[at:] or one[at:] == other[at + 1 :]


def without_famous(folded: Folded, spans: list[Span], lines: Sequence[tuple[int, int]]) -> list[Span]:
    """The spans without those in the English `lines` that are somebody well known who has the same name."""
    text = folded.shown
    phrases = [
        match.span()
        for phrase in english_data()["phrases"]
        if " " in phrase and not phrase.endswith(" I") and phrase in text
        for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)
    ]
    kept = []
    for span in spans:
        start, end = _place(folded, span)
        inside = span.kind in ("participant", "mentor", "guardian", "person", "relative")
        named = span.kind in ("mentor", "guardian") and span.reason == "surname with given name"
        if not inside or named or not any(a <= start < b for a, b in lines):
            kept.append(span)
            continue
        in_phrase = any(a <= start and end <= b for a, b in phrases) and not _OF_KIN.search(
            text[max(0, start - 30) : start]
        )
        if not in_phrase and not _is_famous(text, start, end):
            kept.append(span)
    return kept


def _is_famous(text: str, start: int, end: int) -> bool:
    name = text[start:end]
    before = text[max(0, start - 30) : start]
    initials = _INITIALS_BEFORE.search(before)
    if initials:
        name, before = initials[0] + name, before[: initials.start()]
    given = re.search(r"(?:[A-Z][a-z]+ ){1,2}$", before)
    if given and " " not in name:
        name, before = given[0] + name, before[: given.start()]
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", name)
    if len(words) < 2 or not all(word.isascii() for word in words) or _OF_KIN.search(before):
        return False
    if is_phrase_latin(" ".join(words).lower()):
        return True
    told = _FAMOUS_BEFORE.search(before) is not None or _FAMOUS_AFTER.match(text, end) is not None
    return told and len(words[0]) > 1 and is_public_latin([word.lower() for word in words if len(word) > 1])


def with_initials(folded: Folded, spans: list[Span], lines: Sequence[tuple[int, int]]) -> list[Span]:
    """The spans of people in the English `lines` with the initials beside them: «I. Yu. Mikkoeva»."""
    text = folded.shown
    result = []
    for span in spans:
        start, end = _place(folded, span)
        if span.kind in ("participant", "mentor", "guardian", "person", "relative") and any(
            a <= start < b for a, b in lines
        ):
            line = next(a for a, b in lines if a <= start < b)
            before = _INITIALS_BEFORE.search(text[max(line, start - 16) : start])
            left = start - len(before[0]) if before else start
            after = _INITIALS_AFTER.match(text, end)
            right = end + len(after[0].rstrip()) if after else end
            first, last = folded.back(left, right)
            span = replace(span, start=first, end=last)
        result.append(span)
    return result


def _place(folded: Folded, span: Span) -> tuple[int, int]:
    return bisect_left(folded.starts, span.start), bisect_left(folded.starts, span.end)
