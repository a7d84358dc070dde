"""Classes, years of study and groups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from essays.anonymity.folding import Folded, fold
from essays.anonymity.nearby import Places, Sought, around, starts_of
from essays.anonymity.ordinals import any_ordinal, ordinal, roman, stem
from essays.anonymity.spans import Span

CLASS, YEAR, GROUP, UNIVERSITY = "КЛАСС", "КУРС", "ГРУППА", "ВУЗ"

_OPEN, _CLOSE = "[«\"“„'‘(]", "[»\"”'’)]"
_ENDING = r"(?:[-–]?(?:ый|ой|ий|й|го|ого|ом|м|му|ому|ым|х|е|я|ая|ей))?"
_CLASS_WORD = r"(?:класс?(?:а|е|у|ом|ы|ов|ах)?\b|кл\b\.?)"
_NUMBER = r"(?:1[01]|[1-9])"
_ROMAN = r"(?:xi|ix|x|viii|vii|vi|iv|v|iii|ii|i)"
_SCHOOL_YEAR = rf"(?:{_NUMBER}{_ENDING}|{_ROMAN}|{any_ordinal(11)})"
# Letters of classes, in both alphabets: «9A» is often typed with a Latin letter.
_LETTER = "[а-мэabcdek]"
_NOT_OF_PUPILS = (
    r"(?![ ](?:опасност|точност|защит|энергоэфф|обслуживан|сложност|чистот|качеств|вредност|пожар|комфорт|гостиниц))"
)
# A class with its letter, of anyone: «8 «Б» класса», «8Б класс», «8-б кл.», «в восьмом «Б»».
_LETTERED = re.compile(
    rf"(?<![\w.,]){_SCHOOL_YEAR}[ ]?[-–]?[ ]?{_OPEN}?[ ]?{_LETTER}{_CLOSE}?[ ]?{_CLASS_WORD}{_NOT_OF_PUPILS}"
)
_QUOTED = re.compile(rf"(?<![\w.,]){_SCHOOL_YEAR}[ ]?[-–]?[ ]?[«\"“„‘']{_LETTER}[»\"”’'](?:[ ]?{_CLASS_WORD})?")
_IN_QUOTES = re.compile(rf"[«\"“„‘']{_LETTER}[»\"”’']")
_AFTER_WORD = re.compile(rf"\bкласс\w{{0,2}}[ ]{_NUMBER}[ ]?[-–]?[ ]?{_OPEN}?{_LETTER}{_CLOSE}?(?!\w)")
# «ученица 9б», «учусь в 10-В»: close together behind a cue.
_CUED = re.compile(
    rf"\b(?:учени[кц]\w*|учусь|учимся|обучающ\w+|учащ\w+|наш\w*|мой|моего|одноклассни\w+|перевел\w* |из"
    rf"|чат\w*)[ ](?:в[ ]|во[ ]|из[ ]|[«\"])?"
    rf"(?P<it>{_NUMBER}[ ]?[-–]?{_LETTER})(?![\w.])"
)
# «Голубев Никита, 8 В, СОШ № 1»
_BEFORE_SCHOOL = re.compile(
    rf"(?<=,[ ])(?P<it>{_NUMBER}[ ]?[-–]?[ ]?{_OPEN}?{_LETTER}{_CLOSE}?)(?=,?[ ](?:[мбкаг]{{0,3}}оу[ ]"
    rf"|[«\"])?(?:сош|школ|гимнази|лице))"
)
# «10-2 класс»: schools that number their classes instead of lettering them.
_NUMBERED = re.compile(rf"(?<![\w.,-])(?:1[01]|[5-9])[-–/.]\d{{1,2}}[ ]{_CLASS_WORD}")
_CLASS_LINE = re.compile(
    rf"(?m)\bкласс[ ]?(?:\([^)\n]{{1,20}}\)[ ]?)?[:\-–—|\t][ ]?"
    rf"(?P<it>(?:{_SCHOOL_YEAR})[ ]?[-–]?[ ]?{_OPEN}?{_LETTER}?{_CLOSE}?(?!\w))"
)
_GROUP_WORD = r"\b(?:учебн\w+[ ])?(?:групп(?:а|ы|е|у|ой)(?:[ ]номер|[ ]№)?|гр\.)[ ]?[:№«\"]?[ ]?"
_CODE = (
    r"(?!(?:из|на|по|до|от|за|с|со|в|во|и|к|у|не|свыше|около|всего|было)[ ])"
    r"[а-яa-z]{1,6}[ ]?[-–]?[ ]?\d{1,4}(?:[-–/.]?[\wа-я]{1,4})*(?:\(\d{1,2}\))?"
    r"|\d{1,4}[-–.]?[а-яa-z]{1,5}(?:[-–.]?\d{1,3})?(?:[-–]?[а-я])?(?:\(\d{1,2}\))?"
    r"|\d{1,4}(?:[./-]\d{1,4}){1,2}[а-яa-z]{0,4}"
    r"|\d{2,7}[а-я]?(?![ ]?(?:челов|студен|ребят|дет[еи]|учащ|мест|раз|лет|год|девоч|девуш|парн|юнош|%|,\d))"
)
_GROUP_CODE = re.compile(rf"{_GROUP_WORD}(?P<code>{_CODE})(?!\w)")
_GROUP_AFTER = re.compile(r"(?<![\w.,])(?P<code>\d{3}(?:-?[а-я]{1,2})?)[ ]?(?:-?(?:я|й|ой|ю)[ ])?групп(?:а|ы|е|у|ой)\b")
_GROUP_LINE = re.compile(rf"(?m)\bгрупп[аы][ ]?[:\-–—|\t][ ]?(?P<code>{_CODE})(?!\w)")
# «студент ИВТ-21», «обучающаяся ПКД-32»: a code in capitals behind who bears it.
_CUED_GROUP = re.compile(
    r"(?:студен\w+|обучающ\w+|учащ\w+|первокурсни\w+|второкурсни\w+|одногруппни\w+|староста)"
    r"[ ](?:из[ ]|[1-6I]{1,3}[ ]курс\w*,?[ ])?"
    r"(?P<code>[А-ЯA-Z]{1,5}[-–]?\d{1,4}(?:[-–/][\wа-яА-Я]{1,4})?(?:\(\d{1,2}\))?"
    r"|\d{2}[-–]?[А-ЯA-Z]{1,5}(?:[-–]?\d{1,3})?|\d[А-ЯA-Z]{1,2}\d{1,3})(?!\w)"
)
_YEAR_LINE = re.compile(rf"(?m)\bкурс[ ]?[:\-–—|\t][ ]?(?P<it>[1-6]|{_ROMAN}|{any_ordinal(6)})(?!\w)")
# «3 курс филфак», «студентка юрфака»
_FACULTY_NICKNAME = re.compile(
    r"\b(?:курс\w{0,2}|студент\w{0,3}|учусь|наш\w{0,2}|моего|родн\w{2,3})[ ,]{1,2}(?:на[ ])?"
    r"(?P<it>[а-я]{2,6}фак(?:а|е|у|ом)?)(?!\w)"
)
# «студентка второго курса экономического факультета», «учусь на факультете автоматики»
_FACULTY = re.compile(
    r"\b(?:студент|учусь|учится|училась|учился|магистрант|аспирант|бакалавр|курс[ае]|поступил|окончил|закончил)\w*[ ]"
    r"(?:[а-я\d-]+[ ]){0,4}?(?P<it>(?!наше|свое|эт|все)[а-я-]{4,}(?:ого|ом|ый|ий)[ ]факультет(?:а|е)?(?!\w)"
    r"|факультет(?:а|е)?[ ](?:[«\"][^»\"\n]{3,60}[»\"]|(?!в|на|и|с|у|по)[а-я-]{5,}(?:[ ]и[ ][а-я-]{5,})?))"
)
# «Группа: НД-23-1, факультет: нефтегазовый»
_FACULTY_LABEL = re.compile(r"факультет[ ]?:[ ]?(?P<it>[а-я-]{5,30})(?!\w)")
_YEARS = (
    "(?!)",
    "(?:first|1st)",
    "(?:second|2nd)",
    "(?:third|3rd)",
    "(?:fourth|4th)",
    "(?:fifth|5th)",
    "(?:sixth|6th)",
)
# «магистрантка второго года»: of nobody else a year is told so.
_MASTER_YEAR = re.compile(
    rf"(?:магистрант|аспирант|бакалавр|ординатор)\w{{0,4}}[ ](?P<it>(?:[1-6]{_ENDING}"
    rf"|{any_ordinal(6)})[ ]года?)(?!\w)"
)
_STUDENT = r"(?:бакалавр|магистр|студен|аспирант|обучающ)\w{0,6}[ ]"
_SPOKEN_LETTER = {"б": "бэ", "в": "вэ", "г": "гэ", "д": "дэ", "ж": "жэ", "з": "зэ", "к": "ка"}
_SAME_LETTER = {"а": "аa", "в": "вbv", "б": "бb", "г": "гg", "д": "дd", "е": "еe", "к": "кk", "м": "мm", "л": "лl"}

Pattern = tuple[re.Pattern[str] | Sought, str, str, float]

# Each is tried near the word that it holds.
_BY_CLASS_WORD: tuple[Pattern, ...] = (
    (_LETTERED, CLASS, "a class with its letter", 0.9),
    (_NUMBERED, CLASS, "a class with its number", 0.85),
    (_AFTER_WORD, CLASS, "a class with its letter", 0.9),
    (_CLASS_LINE, CLASS, "a line that names the class", 0.95),
)
_BY_QUOTES: tuple[Pattern, ...] = ((_QUOTED, CLASS, "a class with its letter", 0.9),)
_BY_LETTER: tuple[Pattern, ...] = (
    (_CUED, CLASS, "a class with its letter", 0.85),
    (_BEFORE_SCHOOL, CLASS, "a class before its school", 0.85),
)
_BY_GROUP_WORD: tuple[Pattern, ...] = (
    (_GROUP_CODE, GROUP, "a group with its code", 0.9),
    (_GROUP_AFTER, GROUP, "a group with its number", 0.85),
    (_GROUP_LINE, GROUP, "a line that names the group", 0.9),
)
_BY_FACULTY: tuple[Pattern, ...] = (
    (_MASTER_YEAR, YEAR, "a student's year", 0.9),
    (_FACULTY_NICKNAME, UNIVERSITY, "a faculty's nickname", 0.85),
    (_FACULTY, UNIVERSITY, "a student's faculty", 0.85),
    (_FACULTY_LABEL, UNIVERSITY, "a line that names the faculty", 0.85),
)
_BY_YEAR_WORD: tuple[Pattern, ...] = ((_YEAR_LINE, YEAR, "a line that names the year", 0.9),)
_CLASS_CUE, _LETTER_CUE = re.compile(r"кл(?:ас|\b)"), re.compile(rf"\d[ ]?[-–]?{_LETTER}(?![\w.])")


@dataclass(frozen=True, slots=True)
class Course:
    """What was typed as class, year or group, understood: zero and empty where nothing is known."""

    school_class: int = 0
    letter: str = ""
    year: int = 0
    codes: tuple[str, ...] = ()

    @classmethod
    def read(cls, typed: str) -> Course:
        """«11-м «А» классе», «2 курс, группа ИС-21», «4.305», «9-А»."""
        own = fold(typed).text
        romans = {roman(number): number for number in range(1, 12)}
        number = rf"(\d{{1,2}}|{_ROMAN})"
        if year := re.search(rf"(?<!\w){number}{_ENDING}[ ]курс|курс[ ]?[:№-]?[ ]?{number}(?!\w)", own):
            found = year[1] or year[2]
            value = int(found) if found.isdigit() else romans.get(found, 0)
            return cls(year=value if value <= 6 else 0, codes=tuple(_codes(own)))
        if re.search(r"курс|групп|колледж|студен", own):
            word = next((n for n in range(1, 7) if re.search(rf"\b{ordinal(n)}[ ]курс", own)), 0)
            return cls(year=word, codes=tuple(_codes(own)))
        plain = re.match(
            rf"\W*(?:класс\W*)?(\d{{1,2}}|{_ROMAN}(?![a-zа-я])){_ENDING}[ ]?[-–]?[ ]?{_OPEN}?([а-яa-z])?(?![а-яa-z\d])",
            own,
        )
        if plain:
            value = int(plain[1]) if plain[1].isdigit() else romans.get(plain[1], 0)
            if 0 < value <= 12 and not re.match(r"\W*\d{1,2}[./-]\d", own):
                letter = next((k for k, same in _SAME_LETTER.items() if plain[2] and plain[2] in same), plain[2] or "")
                alone = value <= 6 and re.fullmatch(r"\W*\w{1,3}\W*", own) is not None and not letter
                return cls(school_class=value, letter=letter, year=value if alone else 0)  # «2» may be either.
        word = next((n for n in range(1, 12) if re.search(rf"\b{ordinal(n)}\b", own)), 0)
        if word:
            quoted = re.search(rf"{_OPEN}([а-м]){_CLOSE}", own)
            return cls(school_class=word, letter=quoted[1] if quoted else "")
        return cls(codes=tuple(_codes(own)))


def find_course(folded: Folded, course: str) -> list[Span]:
    """The author's class, year and group, and whatever class or group is written with its letter or code."""
    own, text = Course.read(course), folded.text
    classes = around(text, (match.start() for match in _CLASS_CUE.finditer(text)), 80, 80)
    tried: list[tuple[Iterable[Pattern], Places]] = [
        (_BY_CLASS_WORD, classes),
        (_BY_QUOTES, around(text, (match.start() for match in _IN_QUOTES.finditer(text)), 60, 60)),
        (_BY_LETTER, around(text, (match.start() for match in _LETTER_CUE.finditer(text)), 80, 40)),
        (_BY_GROUP_WORD, around(text, starts_of(text, ("групп", "гр.")), 60, 120)),
        (_BY_YEAR_WORD, around(text, starts_of(text, ("курс",)), 20, 40)),
        (_own_patterns(own), [(0, len(text))]),
        (_BY_FACULTY, around(text, starts_of(text, ("фак", "магистрант", "аспирант", "ординатор")), 90, 70)),
    ]
    spans = []
    for patterns, places in tried:
        for start, end in places:
            for pattern, tag, reason, confidence in patterns:
                for found in pattern.finditer(text, start, end):
                    spans.append(_span(folded, found, tag, reason, confidence))
    if own.letter:
        # «10 Б гордится»: the capital tells the letter of a class from a conjunction.
        letter = own.letter.upper()
        for found in re.finditer(rf"(?<![\w.,]){own.school_class}[ ]?{letter}(?![\w.])", folded.shown):
            spans.append(_span(folded, found, CLASS, "the author's class", 0.9))
    for sought, reason in _faculties(course):
        for found in sought.finditer(text):
            start, end = folded.back(*found.span())
            spans.append(Span(start, end, "institution", UNIVERSITY, reason, 0.9))
    for found in _CUED_GROUP.finditer(folded.shown):
        spans.append(_span(folded, found, GROUP, "a group's code after a student", 0.85))
    return spans


def _span(folded: Folded, found: re.Match[str], tag: str, reason: str, confidence: float) -> Span:
    groups = found.re.groupindex
    name = "it" if "it" in groups else "code" if "code" in groups else 0
    start, end = folded.back(*found.span(name))
    return Span(start, end, "course", tag, reason, confidence)


@lru_cache(maxsize=512)
def _faculties(course: str) -> tuple[tuple[Sought, str], ...]:
    """The faculty or institute typed beside the year: «ИЕНиТБ», «юридический институт», «лечебный факультет»."""
    found = []
    for token in re.findall(r"(?<![\w-])[А-ЯЁ][А-ЯЁа-яё]{2,8}(?![\w-])", course):
        if sum(map(str.isupper, token)) > 2:
            short = fold(token).text
            found.append((Sought(rf"(?<![\w-]){short}(?![\w-])", [short]), "the author's faculty"))
    for word, kind in re.findall(r"([а-яё]{5,})[ ](факультет|институт|отделени)", course.lower()):
        root = fold(re.sub(r"(?:ий|ый|ой|ое)$", "", word)).text
        found.append((Sought(rf"(?<!\w){root}\w{{2,3}}[ ]{kind}\w{{0,3}}(?!\w)", [root]), "the author's faculty"))
        for length in (3, 4, 5):
            nick = root[:length] + "фак"
            found.append((Sought(rf"(?<!\w){nick}\w{{0,2}}(?!\w)", [nick]), "the author's faculty"))
    return tuple(found)


@lru_cache(maxsize=512)
def _own_patterns(own: Course) -> tuple[Pattern, ...]:
    patterns: list[Pattern] = []
    if own.school_class:
        number, in_words = own.school_class, ordinal(own.school_class)
        spelled = rf"{number}{_ENDING}|{roman(number)}" + (f"|{in_words}" if in_words else "")
        only = rf"(?<![\w.,])(?:{spelled})[ ]{_CLASS_WORD}{_NOT_OF_PUPILS}"
        behind = rf"\b(?:класс[:,]?[ ]|кл\.[ ]?){number}(?![\w.,:]\d|\w)"
        bare = (
            rf"\b(?:учусь|учимся|перешл?\w{{1,2}}|хожу|закончил\w?"
            rf"|окончил\w?)[ ](?:(?:уже|я|сейчас"
            rf"|теперь)[ ]){{0,2}}в?[ ]?(?P<it>{spelled})(?![\w-])(?![ ](?!{_CLASS_WORD})[а-я]{{3,}})"
        )
        patterns += [
            (re.compile(only), CLASS, "the author's class", 0.95),
            (re.compile(behind), CLASS, "the author's class", 0.9),
            (
                Sought(rf"(?m)класс[^\n:]{{0,15}}:[^\n]{{0,80}}?[ ,](?P<it>{number})[ ]*$", ["класс"]),
                CLASS,
                "the author's class",
                0.9,
            ),
            (re.compile(bare), CLASS, "the author's class", 0.85),
        ]
        if own.letter:
            patterns.append((_with_letter(number, own.letter), CLASS, "the author's class", 0.97))
        if in_words:
            last = rf"(?:\bуч\w+|класс\w*|школ\w*)[^.!?\n]{{0,60}}?, в[ ](?P<it>{in_words})(?=[.,;!?])"
            patterns.append((re.compile(last), CLASS, "the author's class", 0.85))
        pupil = rf"\b(?:{stem(number) or number}|{number}[-–]?(?:ти|и)?)[-–]?классни\w+"
        patterns.append((re.compile(pupil), CLASS, "the author's class", 0.9))
    if own.year:
        number, in_words = own.year, ordinal(own.year)
        spelled = rf"{number}{_ENDING}|{roman(number)}|{in_words}"
        year = rf"(?<![\w.,])(?:{spelled})[ ]курс(?:а|е|у|ом)?\b|\bкурс[ ]?[:\-–—]?[ ]?{number}(?!\w|[.,]\d)"
        bare = rf"\b(?:учусь|перешл?\w{{1,2}})[ ](?:уже[ ])?(?:на|в)[ ](?P<it>{spelled})(?![\w-])(?![ ][а-я]{{3,}})"
        patterns += [
            (re.compile(year), YEAR, "the author's year", 0.95),
            (re.compile(bare), YEAR, "the author's year", 0.85),
            (re.compile(rf"\b(?:{stem(number)}|{number}-?)курсни\w+"), YEAR, "the author's year", 0.9),
            (
                Sought(rf"{_STUDENT}(?P<it>(?:{spelled})[ ]года?)(?=[ ]обучения)", ["обучения"]),
                YEAR,
                "the author's year",
                0.9,
            ),
            (Sought(rf"(?<!\w){_YEARS[number]}[ -]year(?!s)", ["year"]), YEAR, "the author's year", 0.9),
        ]
    patterns += [(pattern, GROUP, "the author's group", 0.97) for code in own.codes for pattern in _code_patterns(code)]
    return tuple(patterns)


def _with_letter(number: int, letter: str) -> re.Pattern[str]:
    """«9 «А»», «9А», «9-А», «девятый «А»», «IX А»; «9 а» only where the phrase ends: else it may be a conjunction."""
    same = f"[{_SAME_LETTER.get(letter, letter)}]"
    head = rf"(?<![\w.,])(?:{number}{_ENDING}|{roman(number)})"
    close = rf"(?<![\w.,])(?:{number}|{roman(number)})[-–_.]?{same}(?![а-яa-z.])(?:[ ]?{_CLASS_WORD})?"
    quoted = rf"{head}[ ]?[-–]?[ ]?[«\"“„‘'(]{same}[»\"”’')](?:[ ]?{_CLASS_WORD})?"
    apart = rf"{head}[ ]?[-–]?[ ]?{same}(?=[ ]*(?:$|[,;.!?()»\"\n]))"
    in_words = ordinal(number)
    spelled = rf"|\b{in_words}[ ]?[«\"“„]?{same}[»\"”]?(?![\w])(?:[ ]?{_CLASS_WORD})?" if in_words else ""
    aloud = _SPOKEN_LETTER.get(letter)  # «девятый бэ»
    told = rf"|(?<![\w.,])(?:{number}{_ENDING}|{in_words})[ -]?{aloud}(?!\w)" if aloud and in_words else ""
    return re.compile(f"{quoted}|{close}|{apart}{spelled}{told}")


def _codes(course: str) -> list[str]:
    """Codes such as «ИС-21» inside what was typed as the course, and a group's plain number."""
    plain = re.search(
        r"(?<![\w.-])(\d{1,2})[ ]?(?:-?[яй][ ])?гр(?:упп|\.|\b)|групп[аы][ ]?(?:№[ ]?)?(\d{1,2})(?![\w./-])", course
    )
    found = re.findall(
        r"(?<![\w.-])(?:(?!(?:групп|курс|класс|гр|кл|студент|й|го|ый|ой"
        r"|м)\w*[ .])[а-яa-z]{1,6}[ ]?[-–]?[ ]?\d{1,4}(?:[-–/]\w{1,4})*[а-яa-z]?"
        r"|\d{1,4}[-–.]?[а-яa-z]{1,5}(?:[-–.]?\d+)?(?:[-–]?[а-я])?"
        r"|\d{2,4}[ ](?!гр|кур|кл|год|шк)[а-яa-z]{1,4}(?=[,.]|$)"
        r"|\d{1,4}(?:[./-]\d{1,4})+[а-яa-z]{0,4}|\d{3,7})(?:\(\d{1,2}\))?(?![\w-])",
        course,
    )
    ends = r"\d{1,2}[-–. ]?(?:курс|класс|й|го|ый|гр|группа|кл|ой|м|ом|ого)"
    codes = [code for code in found if not re.fullmatch(ends, code)]
    return codes + [plain[1] or plain[2]] if plain and not codes else codes


def _code_patterns(code: str) -> list[Sought]:
    """A code with and without spaces and hyphens, and its look-alikes in the other alphabet."""
    parts = re.findall(r"\d+|[^\W\d_]+", re.sub(r"\(\d+\)$", "", code))
    tail = r"(?:[ ]?\(\d{1,2}\))?(?![\w-])"
    if all(part.isdigit() for part in parts):
        if len(parts) == 1:
            alone = Sought(rf"(?m)(?<=, )(?P<code>{parts[0]})(?=[ ]*$|,)", parts if len(parts[0]) > 2 else ["\0"])
            before = Sought(rf"(?<!\w)(?P<code>{parts[0]})[ ]?(?:-?(?:я|й|ой|ю)[ ])?групп(?:а|ы|е|у|ой)\b", parts)
            return [Sought(rf"{_GROUP_WORD}(?P<code>{parts[0]}){tail}", parts), before, alone]
        if "-" in code or "–" in code:
            # «9-11» is also a span of numbers: a group only where it is called so.
            it = r"[-–/]".join(parts)
            cue = r"(?:групп\w*|гр\.|класс\w*|студен\w+|учусь в|из|весь|наш\w{0,2}|мой|моего)[ ]?[«\"]?"
            return [
                Sought(rf"{cue}(?P<code>{it}){tail}", parts[:1]),
                Sought(rf"(?m)(?<=, )(?P<code>{it})(?:[ ]класс)?\.?[ ]*$", parts[:1]),
            ]
        return [Sought(r"(?<![\w.])" + r"[./]".join(map(re.escape, parts)) + tail, parts[:1])]
    patterns = [Sought(r"(?<!\w)" + r"[ ]?[-–./_]?[ ]?".join(map(re.escape, parts)) + tail, parts[:1])]
    if len(parts) == 2 and parts[1].isdigit() and len(parts[0]) > 1:
        patterns.append(
            Sought(rf"(?<!\w){parts[1]}(?:-?(?:я|й))?[ -]?{re.escape(parts[0])}(?!\w)", parts[:1])
        )  # «241-я СД»
    return patterns
