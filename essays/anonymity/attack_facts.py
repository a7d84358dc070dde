"""What else tells who wrote a copy: contacts, date of birth, institution, class and group, the file's own"
" properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from essays.anonymity.identity import Identity
from essays.anonymity.leaks import Leak, Seen

_SCHOOL = re.compile(
    r"школ|сош|гимназ|лице[йяюе]|колледж|техникум|училищ|университет|институт|академи|бюджетн|[мг][бак]?оу\b",
    re.IGNORECASE,
)
_GENERIC = frozenset(
    "user users admin administrator owner home student pupil teacher author microsoft office word "
    "libreoffice python docx пользователь админ администратор ученик ученица учитель студент автор дом "
    "компьютер работа эссе сочинение конкурс документ windows lenovo asus acer samsung normal template "
    "госуслуги unknown none мама папа класс школа россия барнаул".split()
)
_MONTHS = "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр".split()
_NUMBERS = (
    " перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат"
    " пятнадцат шестнадцат "
    "семнадцат восемнадцат девятнадцат двадцат"
).split(" ")
_ROMANS = " i ii iii iv v vi vii viii ix x xi".split(" ")
_SAME_LETTER = {"а": "аa", "в": "вbv", "б": "бb", "г": "гg", "д": "дd", "е": "еe", "к": "кk"}
# Contacts of anybody, by their shape alone.
_SHAPES = (
    (r"[\w.+-]+@(?!gosuslugi|mfc|.{0,12}gov\.)[\w-]+\.(?:ru|com|рф|org|net|su|me)", "an e-mail address"),
    (r"(?:vk\.com|t\.me|ok\.ru|wa\.me)/(?!gosuslugi|mfc|gov)[\w.@-]{3,}", "a personal page"),
    (r"(?<!\d)(?:\+7|8)[\W_]{0,3}9\d{2}(?:[\W_]{0,3}\d){7}(?!\d)", "a telephone number"),
    (r"(?<!\d)\d{3}-\d{3}-\d{3}[ -]\d{2}(?!\d)", "a number written as SNILS"),
)


def contacts(seen: Seen, identity: Identity) -> Iterator[Leak]:
    """The author's contacts and date of birth, and whatever has the shape of a contact."""
    login, _, domain = identity.email.lower().partition("@")
    if login and domain:
        for needle, kind in ((f"{login}@{domain}", "e-mail"), (login if len(login) >= 6 else "", "mailbox")):
            yield from seen.find(needle, kind)
    digits = re.sub(r"\D", "", identity.phone)[-10:]
    if len(digits) >= 6:
        yield from seen.search(r"\D{0,3}".join(digits[-10:]), "phone")
    for pattern, kind in _SHAPES:
        yield from seen.search(pattern, kind)
    if identity.birth_date:
        day = identity.birth_date
        month = _MONTHS[day.month - 1]
        words = _NUMBERS[day.day] if day.day < len(_NUMBERS) else r"(?!)"
        yield from seen.search(
            rf"(?<!\d)0?{day.day}[\W_]{{1,3}}0?{day.month}[\W_]{{1,3}}(?:{day.year}"
            rf"|{day:%y})(?!\d)",
            "date of birth",
        )
        yield from seen.search(rf"(?<!\d){day.year}-{day:%m-%d}", "date of birth")
        yield from seen.search(
            rf"(?<!\w)(?:0?{day.day}|{words}\w+)\W{{1,3}}{month}\w*\W+(?:{day.year}|две"
            rf" тысячи)",
            "date of birth",
        )
        yield from seen.search(
            rf"родил\w{{2,4}}\W+(?:\w+\W+){{0,2}}(?:0?{day.day}"
            rf"|{words}\w+)\W+{month}",
            "date of birth",
        )


def institution(seen: Seen, identity: Identity) -> Iterator[Leak]:
    """The institution by its whole name, number, abbreviation, or the rare words of its name beside its kind."""
    if identity.institution is None:
        return
    names = (identity.institution.name, identity.institution.short_name)
    for name in names:
        words = re.findall(r"\w+", name.lower().replace("ё", "е"))
        if len(words) > 1 and len("".join(words)) > 5:
            yield from seen.search(r"(?<!\w)" + r"\W{0,4}".join(map(re.escape, words)) + r"(?!\w)", "institution")
    for token in re.findall(r"[А-ЯЁ][А-ЯЁа-яё]{2,9}", " ".join(names)):
        short = token.lower().replace("ё", "е")
        if sum(map(str.isupper, token)) > 1 and not _LEGAL_SHORT.fullmatch(short):
            yield from seen.search(rf"(?<!\w){short}(?:а|у|е|ом)?(?!\w)", "institution")
    whole = identity.institution.name.lower().replace("ё", "е")
    for number in set(re.findall(r"\d+", whole)):
        yield from _numbered(seen, number)
    for word in re.findall(r"[а-я]{6,}", whole):
        if (root := re.sub(r"(?:ая|ий|ый|ой|ое|ого|ия)$", "", word)) == word or _PLAIN.match(word):
            continue
        for match in re.finditer(rf"(?<!\w){root}\w{{2,3}}\W+(?:\w+\W+){{0,2}}?(?:{_KIND})", seen.lower):
            if not re.search(r"\[|[.!?\n]", match[0]):
                yield seen.leak("institution: name", match.start(), match.end())
    for name in re.findall(r"[«\"]([а-яё]{4,})[»\"]", whole):
        yield from seen.search(
            rf"(?:{_KIND})\w*\W{{1,3}}{name[:-1]}\w{{0,2}}(?!\w)"
            rf"|[«\"]{name[:-1]}\w{{1,2}}[»\"]",
            "institution: name",
        )


_KIND = r"школ|сош\b|гимнази|лице[йяюе]|колледж|техникум|училищ|университет|институт|академи"
_PLAIN = re.compile(
    r"муницип|бюджет|автоном|казен|общеобраз|образоват|учрежд|средн|основн|начальн|государств|краев|профессион"
    r"|федерал|алтайск|высш"
    r"|российск|советск|школ|гимназ|лице|колледж|технику|универс|институт|академ|педагогич|медицинск|техническ"
    r"|аграрн|музыкальн|полн"
)
_LEGAL_SHORT = re.compile(r"[мкгфоба]{1,3}[бак]?[пд]?оу|с[рош]?ош|ано|чоу|фгобу|фгаоу|огрн|инн|россии")


def _numbered(seen: Seen, number: str) -> Iterator[Leak]:
    pattern = (
        rf"(?:№|номер)\s?{number}(?!\d)|(?<!\d){number}(?:-?\w{{1,2}})?\s(?=школ|гимназ|лице)"
        rf"|(?:школ\w|сош|лице\w|гимнази\w)[ -]{number}(?!\d)"
    )
    for match in re.finditer(pattern, seen.lower):
        if _SCHOOL.search(seen.lower[max(0, match.start() - 40) : match.end() + 20]):
            yield seen.leak("institution: number", match.start(), match.end())
    if number.isdigit() and 0 < int(number) < len(_NUMBERS):
        word = _NUMBERS[int(number)]
        yield from seen.search(
            rf"(?<!\w){word}(?:ая|ой|ую|ый|ом|ого|ья|ьей|ью|ий|ем)\s(?:школ|гимнази"
            rf"|лице)",
            "institution: number",
        )


def course(seen: Seen, identity: Identity) -> Iterator[Leak]:
    """The class with its letter or its word, and the group's code, squeezed together."""
    typed = identity.course.lower().replace("ё", "е")
    match = re.match(r"\W*(\d{1,2})(?:-?(?:й|го|м|ом|ый))?\W{0,3}([а-м])?(?!\w)", typed)
    if match and 0 < int(match[1]) < 12 and not re.search(r"курс|групп", typed):
        number = int(match[1])
        said = rf"(?<![\d.,])(?:{number}(?:-?(?:й|го|м|ом|ый|ого))?|{_NUMBERS[number]}\w{{2,3}}|{_ROMANS[number]})"
        yield from seen.search(rf"(?:уч\w+|учени[кц]\w*|учусь в|из|наш\w*)\W{{1,3}}{said}\W{{1,2}}класс", "class")
        if match[2]:
            letter = f"[{_SAME_LETTER.get(match[2], match[2])}]"
            yield from seen.search(
                rf"{said}\W{{0,2}}[«\"„“]{letter}[»\"“”]"
                rf"|(?<![\d.,]){number}-?{letter}(?!\w)",
                "class",
            )
    for code in re.findall(
        r"[а-яa-z]{1,6}-?\d{2,4}(?:-\d{1,3})?|\d{2,4}-?[а-яa-z]{1,5}(?:-?\d+)?"
        r"|\d{1,3}\.\d{2,4}",
        typed,
    ):
        parts = re.findall(r"\d+|[^\W\d_]+", code)
        if parts[-1] not in ("курс", "класс", "й") and len(parts) > 1:
            yield from seen.search(r"(?<!\w)" + r"[\W_]{0,3}".join(parts) + r"(?!\w)", "group")


def metadata(seen: Seen, strings: Iterable[str]) -> Iterator[Leak]:
    for string in strings:
        words = re.findall(r"\w+", string.lower().replace("ё", "е"))
        telling = [word for word in words if len(word) > 2 and word not in _GENERIC]
        if not telling or len(" ".join(words)) < 5 or len(words) > 12:
            continue
        if len(words) == 1 and words[0].islower() and string == string.lower():
            continue  # A single common word in small letters names nobody.
        pattern = r"(?<!\w)" + r"\W{1,4}".join(map(re.escape, words)) + r"(?!\w)"
        for match in re.finditer(pattern, seen.lower):
            yield seen.leak("metadata", match.start(), match.end())
