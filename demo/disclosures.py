"""How the authors of the demo give themselves away around the text of an essay. Pure.

`manuscript(essay)` turns an essay and its list of leaks into a Manuscript: everything that a writer of DOCX, ODT, PDF
or TXT puts into the file. Wordings vary with the number of the essay, never at random.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from demo.markup import Block
from demo.roster import Institution, Person, load_roster
from demo.texts import DemoEssay

LEAKS = frozenset(
    "title_page byline header_footer comments tracked_changes properties signature hidden_text file_name pdf_info".split()
)
CONTEST = "Краевой конкурс эссе «Госуслуги: мой опыт»"
NOMINATIONS = {
    "first": "Моя первая электронная услуга",
    "family": "Помог близким",
    "portal": "Каким я вижу портал завтра",
}
PLAIN_NAMES = ("эссе", "Эссе Госуслуги", "Документ Microsoft Word", "конкурс_чистовик", "эссе (2) исправленное")
REMARKS = (
    "{given}, начало отличное! Проверь запятые и не забудь подписать работу: {surname}, {course}.",
    "{given}, здесь хорошо бы один пример из жизни. Вечером посмотрим вместе.",
    "Сильный абзац. {given_name_patronymic}, отправляйте как есть, только уберите повтор.",
    "{surname}, подумай над последним предложением. Покажи мне до пятницы.",
)
REMOVED = (
    "(меня зовут {given} {surname}, {course}) ",
    "– это пишу я, {surname} {given}, {institution}, – ",
    "[{surname} {initials}: черновик, показать {mentor}] ",
)
HIDDEN = (
    "{surname} {given}, {course}, {institution}, вариант 2",
    "Шаблон школьного отчёта. Автор: {full_name}. Проверил(а): {mentor}",
)
FIRST_DRAFT = datetime(2026, 9, 14, 15, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Remark:
    """A mentor's comment in the margin."""

    author: str
    initials: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Revision:
    """A tracked change: `removed` stands before the last word of the first paragraph, which was typed by `author`."""

    author: str
    removed: str
    at: datetime


@dataclass(frozen=True)
class Properties:
    """What office programs and typesetters write about the author. All strings may be empty."""

    creator: str
    modified_by: str
    company: str
    template: str
    printer: str
    subject: str
    keywords: str
    created: datetime
    modified: datetime


@dataclass(frozen=True)
class Manuscript:
    """Everything that goes into a file; None or an empty tuple where the author gives nothing away."""

    title: str
    blocks: tuple[Block, ...]
    title_page: tuple[str, ...]
    byline: str | None
    header: str | None
    footer: str | None
    signature: tuple[str, ...]
    hidden: str | None
    remark: Remark | None
    revision: Revision | None
    properties: Properties

    @property
    def revised_block(self) -> int:
        """The index of the first paragraph: there the revision stands; the remark is beside it."""
        return next(index for index, block in enumerate(self.blocks) if block.kind == "paragraph")


def manuscript(essay: DemoEssay) -> Manuscript:
    """Raises ValueError for an unknown leak, KeyError for an institution or mentor that the roster does not know."""
    unknown = set(essay.leaks) - LEAKS
    if unknown:
        raise ValueError(f"{essay.key}: unknown leaks {sorted(unknown)}")
    roster = load_roster()
    institution = roster.institutions[essay.institution]
    mentor = roster.mentors[essay.mentor] if essay.mentor else None
    names = {
        "given": essay.given_name,
        "surname": essay.surname,
        "full_name": essay.full_name,
        "given_name_patronymic": f"{essay.given_name} {essay.patronymic}",
        "initials": _initials(essay),
        "course": essay.course,
        "institution": institution.short_name,
        "mentor": mentor.initials if mentor else institution.short_name,
    }
    teacher = mentor.full_name if mentor else "Учебная часть"
    at = FIRST_DRAFT + timedelta(days=essay.number % 26, minutes=essay.number * 17)

    def leaks(name: str) -> bool:
        return name in essay.leaks

    def wording(variants: tuple[str, ...]) -> str:
        return variants[essay.number % len(variants)].format(**names)

    signed = _signed(essay)
    return Manuscript(
        title=essay.title,
        blocks=essay.blocks,
        title_page=_title_page(essay, institution, mentor) if leaks("title_page") else (),
        byline=_byline(essay, institution) if leaks("byline") else None,
        header=f"{essay.surname} {essay.given_name}, {essay.course}" if leaks("header_footer") else None,
        footer=f"{institution.short_name}, {institution.locality}" if leaks("header_footer") else None,
        signature=_signature(essay, institution) if leaks("signature") and not signed else (),
        hidden=wording(HIDDEN) if leaks("hidden_text") else None,
        remark=Remark(teacher, _letters(teacher), wording(REMARKS), at) if leaks("comments") else None,
        revision=Revision(teacher, wording(REMOVED), at) if leaks("tracked_changes") else None,
        properties=_properties(essay, institution, mentor, at),
    )


def file_name(essay: DemoEssay) -> str:
    """The name the author gave to the file: «Рудакова_Мария_8Б_эссе.docx» or a name that says nothing."""
    suffix = "txt" if essay.format.startswith("txt") else essay.format
    if "file_name" not in essay.leaks:
        return f"{PLAIN_NAMES[essay.number % len(PLAIN_NAMES)]}.{suffix}"
    course = essay.course.split("группа ")[-1].replace(" класс", "")
    return f"{essay.surname}_{essay.given_name}_{''.join(filter(_is_name_character, course))}_эссе.{suffix}"


def _is_name_character(character: str) -> bool:
    return character.isalnum() or character in "-."


def _initials(essay: DemoEssay) -> str:
    return f"{essay.given_name[0]}. {essay.patronymic[0]}."


def _letters(name: str) -> str:
    return "".join(word[0] for word in name.split())


def _author_line(essay: DemoEssay, institution: Institution) -> str:
    """«ученица 8 «Б» класса МКОУ …», «студент 2 курса, группа М-25, КГБПОУ …»."""
    feminine = essay.sex == "f"
    if institution.kind == "school":
        course = essay.course.removesuffix(" класс")
        return f"{'ученица' if feminine else 'ученик'} {course} класса {institution.short_name}"
    course = essay.course.replace("курс", "курса", 1)
    return f"{'студентка' if feminine else 'студент'} {course}, {institution.short_name}"


def _title_page(essay: DemoEssay, institution: Institution, mentor: Person | None) -> tuple[str, ...]:
    done = "Выполнила" if essay.sex == "f" else "Выполнил"
    lines = [
        institution.official_name,
        CONTEST,
        f"Номинация «{NOMINATIONS[essay.nomination]}»",
        f"Эссе на тему: {essay.title}",
        f"{done}: {_author_line(essay, institution)} {essay.full_name}",
    ]
    if mentor:
        label = {"school": "Учитель", "college": "Преподаватель", "university": "Научный руководитель"}
        lines.append(f"{label[institution.kind]}: {mentor.full_name}, {mentor.position}")
    return (*lines, f"{institution.locality}, 2026")


def _byline(essay: DemoEssay, institution: Institution) -> str:
    variants = (
        f"{essay.surname} {essay.given_name}, {_author_line(essay, institution)}",
        f"Автор: {essay.full_name}, {_author_line(essay, institution)}",
        f"{essay.surname} {_initials(essay)}, {essay.course}, {institution.short_name}",
    )
    return variants[essay.number % len(variants)]


def _signed(essay: DemoEssay) -> bool:
    """Whether the text itself already ends with the author's name."""
    ending = " ".join(block.text for block in essay.blocks[-2:])[-120:]
    return essay.surname in ending or essay.given_name in ending


def _signature(essay: DemoEssay, institution: Institution) -> tuple[str, ...]:
    return (
        f"{essay.given_name} {essay.surname}, {essay.course}, {institution.locality}",
        f"{essay.email}, {essay.phone}",
    )


def _properties(essay: DemoEssay, institution: Institution, mentor: Person | None, at: datetime) -> Properties:
    if not {"properties", "pdf_info"} & set(essay.leaks):
        return Properties("user", "user", "", "", "", "", "", at, at + timedelta(hours=2))
    return Properties(
        creator=f"{essay.given_name} {essay.surname}",
        modified_by=mentor.initials if mentor else essay.full_name,
        company=institution.short_name,
        template=f"C:\\Users\\{essay.given_name} {essay.surname}\\Documents\\Шаблоны\\Эссе.dotx",
        printer=f"Kyocera {institution.locality} каб. {10 + essay.number}",
        subject=f"{essay.full_name}, {essay.course}",
        keywords=f"эссе, {essay.surname}, {institution.short_name}",
        created=at,
        modified=at + timedelta(days=2, hours=3),
    )
