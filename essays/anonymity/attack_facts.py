"""What else tells who wrote a copy: contacts, date of birth, institution, class and group, the file's properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from essays.anonymity.courses import Course
from essays.anonymity.identity import Identity
from essays.anonymity.leaks import Leak, Seen
from essays.anonymity.nearby import around, starts_of
from essays.anonymity.ordinals import ordinal, roman, stem

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
_SAME_LETTER = {"а": "аa", "в": "вbv", "б": "бb", "г": "гg", "д": "дd", "е": "еe", "к": "кk"}
# Contacts of anybody, by their shape alone, and the plain strings of which such a shape holds at least one.
_NUMBERS = (
    (r"(?<!\d)(?:\+7|8)[\W_]{0,3}9\d{2}(?:[\W_]{0,3}\d){7}(?!\d)", "a telephone number"),
    (r"(?<![\d-])9\d{2}[- ]\d{3}[- ]\d{2}[- ]\d{2}(?!\d)|(?<![\d.-])\d{2}-\d{2}-\d{2}(?![\d.-])", "a telephone number"),
    (r"(?<!\d)\d{3}[- ]\d{3}[- ]\d{3}[ -]\d{2}(?!\d)|снилс\D{0,12}\d{11}", "a number written as SNILS"),
    (
        r"(?<!\d)\d{2} ?\d{2} ?(?:№ ?)?\d{6}(?!\d)|(?:сери\w|номер)\W{1,3}\d{2} \d{7}(?!\d)",
        "a number written as of a passport",
    ),
    (r"\(\d{3,5}\) ?\d{1,3}[ -]\d\d[ -]?\d\d(?!\d)", "a telephone number"),
    (r"(?:№|номер\w{0,2}|заявлени\w|обращени\w) ?№? ?\d\d-\d{2,4}/\d{2,6}(?!\d)", "the number of a document"),
    (r"(?<!\w)инн\D{0,12}\d{10,12}", "a number called INN"),
    (r"(?<!\d)(?:\d{4}[ -]?){3}\d{4}(?!\d)|(?<!\d)\d{10,}(?!\d)", "a long number"),
)
_PLACE_KIND = r"(?:г|с|п|пгт|рп|р\. ?п|пос|ст|д|город|село|поселок|деревня|станица)\b\.? ?"
_FIGURES = re.compile(r"\d[\d\W_]{3,8}\d")
_SHAPES = (
    (r"[\w.+-]+@(?!gosuslugi|mfc|.{0,12}gov\.)[\w-]+\.(?:ru|com|рф|org|net|su|me)", "an e-mail address", ("@",)),
    (
        r"(?:vk\.com|t\.me|ok\.ru|wa\.me|github\.com|instagram\.com|tiktok\.com|youtube\.com|rutube\.ru)/(?!gosuslugi|mfc|gov)[\w.@-]{3,}",
        "a personal page",
        (".com/", ".me/", ".ru/"),
    ),
    (
        (
            r"(?<![\w@.])@(?!gosuslugi|mfc)[a-z][\w.]{3,}|(?<![\w#])\w{2,}#\d{4}(?!\d)"
            r"|(?<![\w/.@])[a-z]{2,}_[a-z0-9_]{2,}"
        ),
        "a handle",
        ("@", "#", "_"),
    ),
    (r"(?<!\w)(?:кв\.|квартира) ?№? ?\d{1,3}(?!\d)", "a flat", ("кв.", "квартира")),
    (r"(?:общежити|общаг|прожива|живу|адрес)[^.!?\n]{0,60}комн\w{0,3}\.? ?№? ?\d{1,4}(?!\d)", "a room", ("комн",)),
    (
        (
            r"(?<![\w/.@-])[a-z]{3,}[._]?(?:19|20)\d\d[a-z]{0,8}(?![\w@/-])"
            r"|(?:телег\w|телеграмм?\w?|\bтг|\bник\w?|\bвк|инст\w{0,7}|аккаунт\w?|логин\w?)[^\w<>&]{1,4}"
            r"(?:[а-я]+[^\w<>&]+){0,2}?(?!gosuslugi|mfc|iphone|android|premium|bot|steam|discord|telegram|whatsapp|instag|minecraft|roblox|youtube|google)(?P<it>[a-z][\w.]{4,})"
        ),
        "a handle",
        ("19", "20", "тел", "тг", "ник", "вк", "инст", "акк", "логин"),
    ),
)


def contacts(seen: Seen, identity: Identity) -> Iterator[Leak]:
    """The author's contacts and date of birth, and whatever has the shape of a contact."""
    login, _, domain = identity.email.lower().partition("@")
    if login and domain:
        for needle, kind in ((f"{login}@{domain}", "e-mail"), (login if len(login) >= 6 else "", "mailbox")):
            yield from seen.find(needle, kind)
    digits = re.sub(r"\D", "", identity.phone)[-10:]
    figures = re.sub(r"\D+", "", seen.lower)
    if len(digits) >= 6 and digits in figures:
        yield from seen.search(r"\D{0,3}".join(digits[-10:]), "phone")
    numbers = around(seen.lower, (match.start() for match in _FIGURES.finditer(seen.lower)), 80, 80)
    for number, kind in _NUMBERS:
        yield from seen.search_in(numbers, number, kind)
    for pattern, kind, cues in _SHAPES:
        yield from seen.search(pattern, kind, *cues)
    if identity.birth_date:
        yield from _birth(seen, identity.birth_date, figures)
    yield from _place(seen, identity)


def _place(seen: Seen, identity: Identity) -> Iterator[Leak]:
    """The author's place alone on a short line at either end: a title page's or a signature's."""
    if identity.institution is None:
        return
    name = re.sub(rf"^{_PLACE_KIND}", "", identity.institution.locality.lower().replace("ё", "е")).strip()
    if len(name) < 4:
        return
    own = re.escape(name[:-1] if len(name) > 4 else name)
    line = re.compile(rf"\W*(?:{_PLACE_KIND})?\W?{own}\w{{0,3}}\W*(?:\d\d?[ .]\w+[ .])?(?:20\d\d)?\W*(?:г|год)?\W*")
    places = list(re.finditer(r"[^\n]+", seen.lower))
    for place in (*places[:12], *places[-3:]):
        if place.end() - place.start() < 60 and own in place[0] and line.fullmatch(place[0]):
            yield seen.leak("place", *place.span())


def _birth(seen: Seen, day: date, figures: str) -> Iterator[Leak]:
    """The date of birth in figures, and in words near its month."""
    month = _MONTHS[day.month - 1]
    words = ordinal(day.day)
    if f"{day:%y}" in figures:
        yield from seen.search(
            rf"(?<!\d)0?{day.day}[\W_]{{1,3}}0?{day.month}[\W_]{{1,3}}(?:{day.year}|{day:%y})(?!\d)", "date of birth"
        )
        yield from seen.search(rf"(?<!\d){day.year}-{day:%m-%d}", "date of birth", f"{day.year}-")
    near = around(seen.lower, starts_of(seen.lower, [month]), 100, 60)
    if near:
        yield from seen.search_in(
            near, rf"(?<!\w)(?:0?{day.day}|{words})\W{{1,3}}{month}\w*\W+(?:{day.year}|две тысячи)", "date of birth"
        )
        yield from seen.search_in(
            near, rf"родил\w{{2,4}}\W+(?:\w+\W+){{0,2}}(?:0?{day.day}|{words})\W+{month}", "date of birth"
        )
        yield from seen.search_in(
            near,
            rf"(?<![\d\w])(?:0?{day.day}|{words})\W{{1,2}}{month}\w*[^.\n]{{0,30}}?(?:исполн|день рожд|рождени|родил)"
            rf"|(?:исполн|день рожд)[^.\n]{{0,40}}?(?<![\d\w])(?:0?{day.day}|{words})\W{{1,2}}{month}",
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
            pattern = r"(?<!\w)" + r"\W{0,4}".join(map(re.escape, words)) + r"(?!\w)"
            yield from seen.search(pattern, "institution", max(words, key=len))
    whole = identity.institution.name.lower().replace("ё", "е")
    shorts = _abbreviations(" ".join(names), whole)
    for word in seen.words if shorts else ():
        if word.text[1:].islower():
            continue
        plain = word.text.lower().replace("ё", "е")
        if sum(map(str.isupper, word.text)) > 1 and {plain, re.sub(r"(?:ом|[ауеы])$", "", plain)} & shorts:
            yield seen.leak("institution: abbreviation", word.start, word.end)
    for number in set(re.findall(r"\d+", whole)):
        yield from _numbered(seen, number)
    roots = [root for word in re.findall(r"[а-я]{5,}", whole) if (root := _root(word)) and not _LEGAL_WORD.match(word)]
    for root in roots:
        if root not in seen.lower:
            continue
        if not _PLAIN.match(root):
            yield from _said(seen, rf"(?<!\w){root}\w{{2,5}}\W+(?:\w+\W+){{0,2}}?(?:{_KIND})")
        for other in roots:
            if other != root and other in seen.lower:
                yield from _said(seen, rf"(?<!\w){root}\w{{1,5}}\W+(?:\w+\W+){{0,1}}?{other}\w{{1,5}}(?!\w)")
    for name in re.findall(r"[«\"]([а-яё]{4,}(?: [а-яё]{4,})?)[»\"]", whole):
        last = rf"(?:{_KIND})\w*\W{{1,3}}{name[:-1]}\w{{0,2}}(?!\w)|[«\"]{name[:-1]}\w{{1,2}}[»\"]"
        yield from seen.search(last, "institution: name", name[:-1])
    for named in re.findall(r"\bим(?:ени|\.) ?(.+)", whole):
        for word in re.findall(r"[а-я]{5,}", named):
            yield from seen.search(
                rf"(?<!\w)им(?:ени"
                rf"|\.)\W+(?:[а-я.]+\W+){{0,3}}?{word[:-1]}\w{{0,2}}(?!\w)",
                "institution: name",
                word[:-1],
            )


def _said(seen: Seen, pattern: str) -> Iterator[Leak]:
    for match in seen.matches(pattern):
        if not re.search(r"[\[.!?\n]", match[0]):
            yield seen.leak("institution: name", match.start(), match.end())


def _root(word: str) -> str:
    root = re.sub(r"(?:ная|ный|ной|ное|ская|ский|ского|ская|кая|кий)$", "", word)
    return root if root != word and len(root) > 3 else ""


def _abbreviations(names: str, whole: str) -> set[str]:
    """First letters of the name, with more letters of the first word, and what the name itself abbreviates."""
    inner = re.search(r"[«\"](.+)[»\"]", whole)
    words = re.findall(r"[а-я]{3,}", re.split(r"\bим(?:ени|\.)", inner[1] if inner else whole)[0])
    words = [word for word in words if not _LEGAL_WORD.match(word) or word.startswith("государств")]
    letters = "".join(word[0] for word in words)
    shorts = {letters} | {words[0][:length] + letters[1:] for length in (2, 3, 4)} if len(letters) > 2 else set()
    for token in re.findall(r"[А-ЯЁ][А-ЯЁа-яё]{2,9}", names):
        short = token.lower().replace("ё", "е")
        if sum(map(str.isupper, token)) > 1 and not _LEGAL_SHORT.fullmatch(short):
            shorts.add(short)
    return shorts


_KIND = r"школ|сош\b|гимнази|лице[йяюе]|колледж|техникум|училищ|университет|институт|академи"
_PLAIN = re.compile(
    r"муницип|бюджет|автоном|казен|общеобраз|образоват|учрежд|средн|основн|начальн|государств|краев|профессион"
    r"|федерал|алтай|высш"
    r"|росси|советск|школ|гимназ|лице|колледж|технику|универс|институт|академ|педагогич|медицинск|техническ"
    r"|аграрн|музыкальн|полн"
)
_LEGAL_WORD = re.compile(
    r"муницип|бюджет|автоном|казен|общеобраз|образоват|образован|учрежд|средн|основн|начальн|государств|краев"
    r"|профессион|федерал"
    r"|высш|росси|советск|героя|союза|школ|гимназ|лице|имени"
)
_LEGAL_SHORT = re.compile(r"[мкгфоба]{1,3}[бак]?[пд]?оу|с[рош]?ош|ано|чоу|фгобу|фгаоу|огрн|инн|россии")


def _numbered(seen: Seen, number: str) -> Iterator[Leak]:
    pattern = (
        rf"(?:№|номер)\s?{number}(?!\d)|(?<!\d){number}(?:-?\w{{1,2}})?\s(?=школ|гимназ|лице)"
        rf"|(?:школ\w|сош|лице\w|гимнази\w)[ -]{number}(?!\d)"
    )
    for match in seen.matches(pattern, number):
        if _SCHOOL.search(seen.lower[max(0, match.start() - 40) : match.end() + 20]):
            yield seen.leak("institution: number", match.start(), match.end())
    yield from seen.search(
        rf"(?:lyceum|school|gymnasium|college)\W{{1,3}}(?:no\W{{1,2}}|№|number"
        rf" )?{number}(?!\d)",
        "institution: number",
        number,
    )
    if in_words := ordinal(int(number)) if len(number) < 4 else "":
        kinds = r"(?:\w+\s)?(?:школ|гимнази|лице)"
        yield from seen.search(
            rf"(?<!\w){in_words}\s{kinds}|(?:школ|гимнази|лице)\w{{1,2}}[^.!?\n]{{0,12}}[—–-]"
            rf" {in_words}",
            "institution: number",
            in_words.partition("(")[0],
        )


def course(seen: Seen, identity: Identity) -> Iterator[Leak]:
    """The class with its letter or its word, the year, and the group's code, squeezed together."""
    own = Course.read(identity.course)
    yield from seen.search(
        r"(?:групп(?:а|ы|е|у|ой)|гр\.) ?[:№]? ?[«\"]?[а-я]{1,4}-?\d{1,3}(?!\w)(?! ?(?:человек|лет|мест|%))",
        "group",
        "гр",
    )
    yield from seen.search(
        r"(?<![\d.,])(?:1[01]|[1-9])[ -]?[«\"“]?[а-е][»\"”]? ?класс(?!\w*\s(?:опасн|точн|защит|обслуж|энерг))",
        "class",
        "класс",
    )
    if number := own.school_class:
        said = rf"(?<![\d.,])(?:{number}(?:-?(?:й|го|м|ом|ый|ого))?|{ordinal(number)}|{roman(number)})"
        yield from seen.search(
            rf"{said}\W{{1,2}}(?:класс|кл\b)(?!\w*\s(?:опасн|точн|защит|обслуж))"
            rf"|(?<!\w){stem(number)}классни",
            "class",
            "кл",
        )
        if own.letter:
            capital = f"[{_SAME_LETTER.get(own.letter, own.letter).upper()}]"
            for match in re.finditer(rf"(?<![\w.,№-]){number} {capital}(?![\w.])", seen.text):
                yield seen.leak("class", *match.span())
            letter = f"[{_SAME_LETTER.get(own.letter, own.letter)}]"
            yield from seen.search(
                rf"{said}\W{{0,2}}[«\"„“]{letter}[»\"“”]"
                rf"|(?<![\d.,]){number}-?{letter}(?!\w)",
                "class",
            )
    if year := own.year:
        said = rf"(?:{year}(?:-?(?:й|го|м|ом|ый|ого))?|{ordinal(year)}|{roman(year)})"
        yield from seen.search(rf"(?<![\w.,]){said}\W{{1,2}}курс|(?<!\w){stem(year)}курсни", "year", "курс")
    for code in own.codes:
        parts = re.findall(r"\d+|[^\W\d_]+", re.sub(r"\(\d+\)$", "", code))
        if len(parts) > 1:
            yield from seen.search(r"(?<!\w)" + r"[\W_]{0,3}".join(parts) + r"(?!\w)", "group", parts[0])
        else:
            yield from seen.search(
                rf"(?:групп\w*|гр\.)\W{{1,3}}{parts[0]}(?!\w)"
                rf"|(?<!\w){parts[0]}\W{{1,3}}групп",
                "group",
                "гр",
            )


def metadata(seen: Seen, strings: Iterable[str]) -> Iterator[Leak]:
    for string in strings:
        words = re.findall(r"\w+", string.lower().replace("ё", "е"))
        telling = [word for word in words if len(word) > 2 and word not in _GENERIC]
        if not telling or len(" ".join(words)) < 5 or len(words) > 12:
            continue
        if len(words) == 1 and words[0].islower() and string == string.lower():
            continue  # A single common word in small letters names nobody.
        pattern = r"(?<!\w)" + r"\W{1,4}".join(map(re.escape, words)) + r"(?!\w)"
        yield from seen.search(pattern, "metadata", max(words, key=len))
