"""Title pages and bylines: people whom a cue gives away there, whatever the application says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from essays.anonymity.folding import Folded, fold
from essays.anonymity.name_forms import is_patronymic_like, is_surname_like, known_given_names, public_figures
from essays.anonymity.persons.cues import TEACHER
from essays.anonymity.persons.people import Seed
from essays.anonymity.school_words import tag_of_name
from essays.anonymity.spans import Span

_KIND = r"(?:г|с|п|пгт|рп|р\.?[ ]?п|пос|ст|д|х|аул|город|село|пос[её]лок|деревня|станица|хутор)"
_NAME_OF_PLACE = (
    r"(?!(?:Январ|Феврал|Март|Апрел|Ма[йя]|Июн|Июл|Август|Сентябр|Октябр|Ноябр|Декабр|Весн|Зим|Осен|Лет)\w{0,2}\b)"
    r"[А-ЯЁ][а-яё]+(?:[- ][А-ЯЁ][а-яё]+)?"
)
# «19 ноября 2025 г.», «19.11.2025», «2025 год»
_WHEN = r"(?:\d{1,2}[ ][а-я]{3,8}[ ]|\d{1,2}\.\d{1,2}\.)?20\d\d[ ]?(?:г\.?|года?)?\.?"
_PLACE_LINE = re.compile(
    rf"(?m)^[ ]*(?P<it>(?:{_KIND}\.?[ ]?)?{_NAME_OF_PLACE})(?:,?[ ]+(?=20)|,[ ]+){_WHEN}[ ]*$"
    rf"|^[ ]*(?P<that>{_KIND}\.?[ ]{_NAME_OF_PLACE})[ ]*$"
)
_AT_THE_END = re.compile(rf"[ ,]*{_WHEN}[ ]*$")
# «Юридический институт, кафедра международного права», «Факультет экономики»: only among other lines of a title page.
_FACULTY_LINE = re.compile(
    r"(?m)^[ ]*(?P<it>(?:[А-ЯЁ][а-яё-]+(?:ий|ый|ой|ое)[ ])?(?i:институт|факультет|кафедра|отделение)(?![а-яё])"
    r"(?:[ ,][^\n.!?]{3,150})?)[ ]*$"
)
# «Государственный университет просвещения»: a line of its own that names an institution.
_INSTITUTION_LINE = re.compile(
    r"(?m)^[ ]*(?:(?i:вуз|учебное заведение|место учёбы|школа|колледж)[ ]?[:—–-][ ]?)?"
    r"(?P<it>(?:[А-ЯЁ][а-яё-]+[ ])?(?:[А-ЯЁа-яё][а-яё-]+[ ]){0,3}"
    r"(?i:университет|академия|колледж|техникум|училище|гимназия|лицей)"
    r"(?:[ ][^\n.!?,]{3,60})?)[ ]*$"
)
_LABELLED = re.compile(
    r"(?m)^[ ]*(?i:факультет|кафедра|институт|отделение|специальность|направление(?: подготовки)?|профессия)"
    r"[ ]?[:—–-][ ]?"
    r"(?P<it>[^\n]{3,90}?)[ ]*$"
)
# «магистрант направления 38.04.04 «Государственное управление»»
_DIRECTION = re.compile(
    r"(?i:направлени[еяю]|специальност[ьи]|професси[яи])(?: подготовки)?:? "
    r"(?P<it>\d\d\.\d\d\.\d\d(?: [«\"][^»\"\n]{4,90}[»\"])?)"
)
_TITLE_PAGE = re.compile(
    r"(?i:выполнил|проверил|студент|магистрант|бакалавр|курс(?:[а ,)]|$)|групп[аы]|гр\.|руководитель)", re.MULTILINE
)
# «Бадмаева С. Б., БГУ, ИФИМ, 2 курс»
_SHORT_FACULTY = re.compile(r"(?<=, )[А-ЯЁ][А-ЯЁа-яё]{0,7}[А-ЯЁ](?=,)")
# «… , исторический факультет, 3 курс», «(4 курс, факультет «Инновационный бизнес»)», «АлтГПУ, филфак, 1 курс»
_FACULTY_BETWEEN = re.compile(
    r"(?m)(?:^|, ?|\(|: |\. )(?P<it>(?i:(?:[а-яё-]+(?:ий|ый|ой|ое)[ ])?(?:факультет|институт|отделение|кафедра)"
    r"(?:[ ][«\"][^»\"\n]{3,80}[»\"]|(?:[ ](?!курс|группа|студент)[а-яё-]+){0,5})|[а-яё]{2,7}фак|\d{1,2}[ ]группа))"
    r"(?=,|\)|\.?[ ]*$|[ ]\d[ ]курс)"
)
# «смирнов артём, ам1-14, автомех»
_GROUP_BETWEEN = re.compile(
    r"(?<![\w-])(?!(?i:ковид|covid|гост|санпин|форма|су|ту|ми|ил|як|т"
    r"|ак)[-–])(?:[А-ЯЁ]{2,5}[-–])?[А-ЯЁа-яё]{1,5}\d?[-–]\d{2,3}(?:[-–]\d{1,2})?[а-я]?(?![\w-])"
)
# «команда «Кнопка», КТК, группа ЛД-21», «группа ПД-402, ВИЭС»: where the group learns.
_BESIDE_GROUP = re.compile(
    r"(?<=, )(?P<it>[А-ЯЁ]{3,7})(?=, (?:группа|гр\.|[1-6I]{1,3} курс))|(?:группа"
    r"|гр\.) [\w-]{3,12}, (?P<that>[А-ЯЁ]{3,7})(?=[.,;\n])"
)
_NO_FACULTY = frozenset("МФЦ ЕГЭ ОГЭ ЭССЕ СНИЛС ИНН РФ США СССР".split())
AUTHOR, PLACE = "УЧАСТНИК", "МЕСТО"

_WORD = r"[А-ЯЁ](?:[а-яё]+|[А-ЯЁ]+)(?:[-‑][А-ЯЁ](?:[а-яё]+|[А-ЯЁ]+))?"
_INITIAL = r"[А-ЯЁ]\.[ ]?(?:[А-ЯЁ]\.[ ]?)?"
_NAME = re.compile(rf"(?<!\w)(?:{_WORD},?[ ]{{1,2}}{_INITIAL}|{_INITIAL}{_WORD}|{_WORD}(?:[ ]{{1,2}}{_WORD}){{1,2}})")
_AUTHOR_CUE = re.compile(
    r"(?:выполнил\w{0,3}|автор(?:ы|а)?|подготовил\w{0,3}|написал\w{0,2}|работ[ау] выполн\w+|участни(?:к"
    r"|ца)\w{0,2}|ф\.?[ ]?и\.?[ ]?о\.?|ученик\w{0,3}|учениц\w{1,2}|учащ\w+|студент\w{0,3}|обучающ\w+)(?![-\w])",
    re.IGNORECASE,
)
_MENTOR_CUE = re.compile(
    r"\b(?:учител\w{1,5}|преподавател\w{1,6}|педагог\w{0,3}|руководител\w{1,5}|наставни\w{1,5}"
    r"|куратор\w{0,3}|проверил\w{0,2}|тьютор\w{0,2}|директор\w{0,3}|завуч\w{0,2}|воспитател\w{1,5}"
    r"|библиотекар\w{1,3}|классн\w{2,3}[ ](?:мам\w{1,2}|дам\w{1,2})|консультант\w{0,2})\b",
    re.IGNORECASE,
)
_BYLINE_WORD = re.compile(
    r"(?:уч[ае]\w+|учени\w+|класс\w*|школ\w*|студент\w*|район\w*|кра[йя]\w*|област\w*|год\w*|работ\w*|выполни\w+"
    r"|автор\w*"
    r"|сел\w|город\w?|курс\w?|групп\w|средн\w+|общеобразовательн\w+|руководител\w+|колледж\w*|язык\w|литератур\w"
    r"|участни\w+)"
)
# «Комитет по образованию города Барнаула» says less than the school below it.
_BODY_OF_STATE = re.compile(r"\W*(?:комитет|министерство|администрация|управление|департамент|отдел)\b", re.IGNORECASE)
_GREETING = re.compile(r"(?:уважаем|дорог|здравствуй)\w*[ ,]{1,2}$", re.IGNORECASE)
_PROSE = re.compile(r"(?<!\w)[а-яё]{3,}(?!\w)")
_ZONE_BLOCKS = 14
_LONG_LINE = 260


def find_bylines(folded: Folded, *places: str) -> tuple[list[Span], list[Seed]]:
    """(authors and places on the title page, teachers after their cues anywhere).

    `places` are where the author's institution stands: it is hidden in the lines of title page and signature.
    """
    # Case matters here: the visible letters of the original, without invisible characters and look-alikes.
    text = folded.shown
    spans: list[Span] = []
    for start, end in _zones(text):
        for match in _names_after(text, start, end, _AUTHOR_CUE, reach=90):
            spans.append(_span(folded, match.start(), match.end(), "participant", AUTHOR, "a name in a byline", 0.9))
        for match in _PLACE_LINE.finditer(text, start, end):
            group = "it" if match["it"] else "that"
            spans.append(_span(folded, *match.span(group), "place", PLACE, "the place on a title page", 0.85))
        spans += _faculties(folded, text, start, end)
    for place in dict.fromkeys(places):
        spans += _places(folded, text, place)
    teachers = [
        Seed(match.start(), match.end(), TEACHER, "a teacher's name after its cue", 0.9)
        for match in _names_after(text, 0, len(text), _MENTOR_CUE, reach=70)
    ]
    return spans, teachers


def _faculties(folded: Folded, text: str, start: int, end: int) -> Iterator[Span]:
    """Institutes, faculties and chairs in lines of a title page, and their abbreviations in a byline."""
    reason = "a faculty on a title page"
    if _TITLE_PAGE.search(text, start, end):
        for match in _FACULTY_LINE.finditer(text, start, end):
            yield _span(folded, *match.span("it"), "institution", "ВУЗ", reason, 0.85)
        for pattern in (_LABELLED, _DIRECTION):
            for match in pattern.finditer(text, start, end):
                yield _span(folded, *match.span("it"), "institution", "ВУЗ", reason, 0.85)
        for match in _INSTITUTION_LINE.finditer(text, start, end):
            tag = tag_of_name(match["it"].lower())
            yield _span(folded, *match.span("it"), "institution", tag, "an institution on a title page", 0.85)
    for pattern in (_SHORT_FACULTY, _FACULTY_BETWEEN):
        for match in pattern.finditer(text, start, end):
            line = _line(text, match)
            told = _TITLE_PAGE.search(line) or (":" in line and _TITLE_PAGE.search(text, start, end))
            if len(line) < 140 and match[0] not in _NO_FACULTY and told:
                name = "it" if pattern is _FACULTY_BETWEEN else 0
                yield _span(folded, *match.span(name), "institution", "ВУЗ", reason, 0.85)
    for match in _BESIDE_GROUP.finditer(text, start, end):
        name = "it" if match["it"] else "that"
        if match[name] not in _NO_FACULTY:
            yield _span(folded, *match.span(name), "institution", "ВУЗ", "an abbreviation beside a group", 0.8)
    for match in _GROUP_BETWEEN.finditer(text, start, end):
        line = _line(text, match)
        if (
            len(line) < 100
            and (_TITLE_PAGE.search(line) or line.count(",") > 1 or (len(line) < 50 and line.startswith("by ")))
            and line.rstrip()[-1] not in "!?"
        ):
            yield _span(folded, *match.span(), "course", "ГРУППА", "a group in a byline", 0.8)


def _line(text: str, match: re.Match[str]) -> str:
    """The line that a match stands in."""
    return text[text.rfind("\n", 0, match.start()) + 1 : text.find("\n", match.end()) % (len(text) + 1)]


def _places(folded: Folded, text: str, locality: str) -> list[Span]:
    """The author's place in short lines at both ends: «Тимофей Ш., Бийск». Inside the essay places stay."""
    words = re.findall(
        r"[^\W\d_]+", re.sub(r"^(?:г|с|п|пгт|р\.? ?п|ст|д|город|село|пос[её]лок)\.? ", "", fold(locality).text)
    )
    if not words or len("".join(words)) < 4:
        return []
    stems = (
        word[:-2] + r"\w{2,3}"
        if word.endswith("ий")
        else word[:-1] + r"\w{0,3}"
        if len(word) > 4
        else word + r"\w{0,2}"
        for word in words
    )
    kind = r"(?:(?<!\w)(?:г|с|п|пгт|р\.?[ ]?п|ст|д|город|село|пос[её]лок)\.?[ ]?)?"
    pattern = re.compile(rf"(?<!\w){kind}(?<!\w){r'[- ]'.join(stems)}(?!\w)", re.IGNORECASE)
    spans = []
    for start, end in _zones(text):
        for match in pattern.finditer(text, start, end):
            line = text[
                text.rfind("\n", 0, match.start()) + 1 : (text.find("\n", match.end()) + 1 or len(text) + 1) - 1
            ]
            line = _AT_THE_END.sub("", line)
            prose = len(_PROSE.findall(_BYLINE_WORD.sub("", line)))
            told = prose < 3 if not line.rstrip().endswith((".", "!", "?", "»", "…")) else prose < 2 and len(line) < 60
            if len(line) < 120 and told and not _BODY_OF_STATE.match(line):
                spans.append(_span(folded, match.start(), match.end(), "place", PLACE, "the place in a byline", 0.85))
    return spans


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


def _names_after(text: str, start: int, end: int, cue: re.Pattern[str], *, reach: int) -> Iterator[re.Match[str]]:
    for found in cue.finditer(text, start, end):
        limit = min(end, found.end() + reach)
        position = found.end()
        while (match := _NAME.search(text, position, min(end, limit + 60))) and match.start() < limit:
            between = text[found.end() : match.start()]
            if re.search(r"[.!?][ ]+[А-ЯЁ]|\n[^\n]*\n", between) and cue is not _AUTHOR_CUE:
                break
            if cue is _AUTHOR_CUE and _MENTOR_CUE.search(between):
                break  # «Автор: … / Преподаватель: Рыжкова О. Л.»
            if _is_person(match[0]) and not _GREETING.search(between):
                yield match
                break
            position = match.start() + 1


def _is_person(name: str) -> bool:
    """Whether what looks like a name is a private person's."""
    words = re.findall(r"[А-ЯЁа-яё]+(?:[-‑][А-ЯЁа-яё]+)?", name)
    folded = [fold(word).text for word in words]
    initials = [word for word in folded if len(word) == 1]
    full = [word for word in folded if len(word) > 1]
    if not full or (len(full) > 1 and any(word in public_figures() for word in full)):
        return False
    if initials:
        # «СНИЛС. Искала» and «А. Потом» are no names.
        return len(full) == 1 and (len(initials) > 1 or is_surname_like(full[0]))
    patronymic = next((word for word in full if is_patronymic_like(word)), "")
    given = next((word for word in full if word in known_given_names() and word != patronymic), "")
    others = [word for word in full if word not in (patronymic, given)]
    if patronymic:
        return bool(given or others)
    return bool(given and others and is_surname_like(others[0]))
