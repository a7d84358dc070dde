"""Home addresses: with their street and house, by a flat, or behind «живу на»."""

from __future__ import annotations

import re

_STREET = (
    r"(?:\bул(?:иц[аеы]|\.|(?=[ ]))|\bпр(?:оспект\w?|-т|-кт|\.)|\bпер(?:еул(?:ок|ке)|\.)|\bмкр\.?|\bмикрорайон\w?"
    r"|\bбульвар\w?|\bпроезд\w?|\bтракт\w?|\bшоссе|\bплощад[ьи]|\bпер\b|\bпр\b)"
)
_TOWN = (
    r"(?:(?:\d{6},?[ ])?(?:(?<!\w)[А-ЯЁ][а-яё]{2,20}[ ](?:край|кр\.|р-н|район),?[ ])?\b(?:г|с|п|пгт|рп"
    r"|р\.[ ]?п|пос|д|ст|город|село|посёлок|деревня)\.?[ ][А-ЯЁ][\w-]+(?:[ ][А-ЯЁ][\w-]+)?,[ ]?|\b\d{6},?[ ])?"
)
_HOUSE_WORD = (
    r"(?:один|два|три|четыре|пять|шесть|семь|восемь|девять|\w+надцать|\w+дцать(?:[ ][а-я]{3,6})?"
    r"|(?:сорок|\w+десят|девяносто|сто)(?:[ ][а-я]{3,12}){0,2})"
)
_FLAT = (
    r"(?P<flat>,?[ ]?[-–]?[ ]?\b(?:квартир[аеыу]|кв\.?|комн(?:ата|\.)?|ком\.|к\.)[ ]?(?:№[ ]?)?(?:\d{1,4}|"
    + _HOUSE_WORD
    + r")|[ ]?[-–][ ]?\d{1,3}(?!\d))?"
)
_MONTH = r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)"
ADDRESS = re.compile(
    rf"{_TOWN}{_STREET}[ ]?[«\"]?(?!минус|плюс|около|всего)[А-ЯЁ0-9][\w \-.»\"]{{1,40}}?,?[ ](?:(?:д(?:ом\w?"
    rf"|\.)?[ ]?)?(?:№[ ]?)?\d{{1,3}}[а-я]?(?!\d|[ ]{_MONTH})(?:/\d+)?"
    rf"|д(?:ом\w?|\.)[ ]{_HOUSE_WORD})(?:,?[ ]?(?:корп(?:ус|\.)"
    rf"|к\.|стр\.)[ ]?\d+)?{_FLAT}",
    re.IGNORECASE,
)
# «Ленина 5, кв. 12», «Гущина, 150, квартира 33»: the street is not called one.
HOUSE_FIRST = re.compile(
    r"\b(?:дом[еау]?|д\.)[ ]?(?:№[ ]?)?\d{1,3}[а-я]?[ ](?:по|на)[ ](?:ул(?:ице|\.)|переулку|пер\.|проспекту?"
    r"|пр\.)[ ][А-ЯЁ0-9][\w-]*(?:[ ][А-ЯЁ][\w-]+)?"
    r"(?P<flat>,?[ ](?:квартир[аеыу]|кв\.?)[ ]?\d{1,4})?",
    re.IGNORECASE,
)
STREET_FLAT = re.compile(
    rf"{_STREET}[ ][А-ЯЁ0-9][\w-]*(?:[ ][А-ЯЁ][\w-]+)?,?(?P<flat>[ ](?:квартир[аеыу]"
    rf"|кв\.?)[ ]?\d{{1,4}})",
    re.IGNORECASE,
)
# «Генриетта Фёдоровна, кв. 56»
BARE_FLAT = re.compile(
    r"\b(?:кв\.[ ]?|квартир[аеу][ ](?:№[ ]?)?)\d{1,4}(?![\d.,]\d|\d|[ ]?(?:м\b|м²|руб|тыс|процент|%))", re.IGNORECASE
)
BARE_ADDRESS = re.compile(
    r"\b[А-ЯЁ][а-яё]+(?:[ -][А-ЯЁ][а-яё]+)?,?[ ](?:д(?:ом"
    r"|\.)?[ ]?)?\d{1,3}[а-я]?(?:/\d+)?,?[ ]?[-–]?[ ]?(?P<flat>(?:квартир[аеыу]|кв\.?)[ ]?\d{1,4})(?!\d)"
)
# «живу на Ленина 5», «проживаю на Социалистической, 12-4».
BARE_HOME = re.compile(
    r"(?:[Жж]ив[уё]\w*|[Пп]рожива\w+|[Пп]рописан\w*|[Аа]дрес\w*|[Пп]ереехал\w*|[Дд]ом"
    r"|снима\w{1,4} (?:комнату|квартиру|жильё))[ :,–—-]{1,3}(?:(?:мы|я|она|он|теперь|сейчас"
    r"|с мамой|с родителями|у нас)[ ]){0,2}(?:на[ ]|по[ ]|:[ ]?)?"
    r"(?P<it>[А-ЯЁ][а-яё]+(?:[ -][А-ЯЁ][а-яё]+)?,?[ ](?:д(?:ом|\.)?[ ]?)?\d{1,3}[а-я]?(?:[/-]\d{1,4}){0,2})(?![\d:]"
    r"|[ ]?(?:лет|год|месяц|человек|км|этаж))"
)
_TO_STREET = r"(?:на[ ]|по[ ]|ул\.?[ ]|улиц\w[ ]|пер\.?[ ])"
_STREET_NAME = r"[а-яё-]{3,}(?:ина|ова|ева|ёва|ого|его|ой|ей|ых|их|ая|а|ы|я|и|е)"
_COUNTED = r"лет|год|месяц|мин|час|человек|студент|мест|км|этаж|тыс|руб|т\.|р\.|дн|раз|сут|процент|%"
# «живу на кочетова 118», «адрес: ленина 5 кв 12»: in texts without capitals.
SMALL_HOME = re.compile(
    rf"(?:\bжив[уё]\w*|прожива\w+|прописан\w*|\bадрес\w*|во дворе)[ :,]{{1,2}}(?:[а-яё]{{1,10}}[ ]){{0,3}}?{_TO_STREET}"
    rf"(?P<it>(?:ул\.?[ ]|улице[ ]|пер\.?[ ])?{_STREET_NAME}[ ,]{{1,2}}(?:дом[ ]|д\.?[ ]?)?"
    rf"\d{{1,3}}[а-я]?(?:[/-]\d{{1,3}})?"
    rf"(?:[ ,]{{1,2}}(?:кв\w*|комн\w*|корп\w*)\.?[ ]?\d{{1,4}}){{0,2}})(?![\d:]|[ ]?(?:{_COUNTED}))"
)
# «общежитие № 2, блок 15», «в общаге на Кочетова, 118, комната 41», «общага 3 комн. 212».
_ROOM_WORD = r"(?:корп(?:ус|\.)?|к\.|блок|секци[яи]|комн(?:ата|ате|\.)?|ком\.|кв(?:артира|\.)?)"
_ROOM = rf"(?:,?[ ](?:{_ROOM_WORD}[ ]?№?[ ]?\d{{1,4}}[а-я]?|\d{{1,4}}(?:-я)?[ ]комната|\d{{1,2}}(?:-й)?[ ]этаж))"
_ON_STREET = r"(?:на[ ])?(?:ул\w*\.?[ ]|пр\w*\.?[ ]|пер\w*\.?[ ])?[а-яё-]{4,24}(?:[ ][а-яё-]{4,24})?"
DORMITORY = re.compile(
    r"\b(?:общежити\w{1,3}|общаг\w{1,2}|общ\.)(?:[ ](?:[А-ЯЁ]{2,7}|колледжа|техникума|университета|института))?(?:"
    rf"(?P<it>[ ]?(?:№[ ]?|номер[ ])\d{{1,3}}(?:,?[ ]{_ON_STREET},?[ ]\d{{1,3}}[а-я]?)?{_ROOM}*)"
    rf"|[ ,(:]{{1,2}}(?:по адресу:?[ ])?"
    rf"(?P<street>(?:[«\"][а-яё ]{{3,20}}[»\"],?[ ])?{_ON_STREET},?[ ]"
    rf"(?:д(?:ом|\.)[ ]?)?\d{{1,3}}[а-я]?(?:/\d+)?{_ROOM}*)"
    rf"|(?P<room>{_ROOM}+|,[ ]\d{{2,4}}(?=[.;\n]|$)))(?!\d|[ ]?(?:{_COUNTED}))",
    re.IGNORECASE,
)
_HOME_CUE = re.compile(
    r"(?:жив\w+|\bжил[аи]?\b|индекс|прожива\w+|адрес\w*|прописан\w*|регистраци\w+|дом[аой]*|квартир\w+"
    r"|прописк\w+)[^\n.!?]{0,50}$",
    re.IGNORECASE,
)
_OFFICES = (
    "мфц|отделени|центр|библиотек|больниц|поликлиник|администраци|управлени|офис|музе[йя]|мои документы|почт[аеы]|банк"
    "|загс|военкомат|комиссариат|паспортн|суд(?:а|е|у)?\\b|полици|гибдд|фнс|налогов|росреестр|пенсионн|соцзащит|филармони"
    "|театр|кинотеатр|магазин|аптек|вокзал|стадион|дворец|диспансер|пункт|памятник|офтальмолог|клиник|церк|храм|мечет|кафе"
)
_PUBLIC_PLACE = re.compile(
    rf"(?:{_OFFICES})\w*[^\n.!?]{{0,60}}$",
    re.IGNORECASE,
)
_PUBLIC_PLACE_BEHIND = re.compile(rf"[^\n.!?]{{0,40}}?(?<!\w)(?:{_OFFICES})", re.IGNORECASE)

# «12 Lenin Street, flat 4», «Lenina St. 12-4», «Ulitsa Vasil'eva, 41», in English lines.
_ENGLISH_STREET = r"(?:[Ss]treet|St\b\.?|Avenue|Ave\b\.?|Lane|Road|Rd\b\.?|Prospekt|Prospect|Pereulok|Ulitsa|Trakt)"
_ENGLISH_FIRST = r"(?:[Uu]litsa|[Uu]l\.|[Pp]rospe[ck]t|[Pp]ereulok|[Pp]er\.|[Bb]ulvar|[Pp]roezd)"
_ENGLISH_FLAT = r"(?:flat|apt\.?|apartment|room)[ ]?\d{1,4}"
ENGLISH_ADDRESS = re.compile(
    rf"(?<![\w-])(?:[A-Z][a-z]+,[ ])?(?:\d{{1,3}}[a-z]?,?[ ](?:[A-Z][\w'’-]+[ ]){{1,2}}{_ENGLISH_STREET}"
    rf"|(?:[A-Z][\w'’-]+[ ]){{1,2}}{_ENGLISH_STREET},?[ ](?:house[ ])?\d{{1,3}}[a-z]?(?:[-/]\d{{1,4}})?"
    rf"|{_ENGLISH_FIRST}[ ](?:[A-Z][\w'’-]+,?[ ]){{1,2}}(?:(?:house|dom|d\.)[ ]?)?\d{{1,3}}[a-z]?(?:[-/]\d{{1,4}})?)"
    rf"(?P<flat>,?[ ]{_ENGLISH_FLAT})?(?![\w-])"
)
_ENGLISH_OFFICE = re.compile(
    r"\b(?:MFC|[Oo]ffices?|[Cc]ent(?:re|er)s?|[Ll]ibrary|[Bb]ank|[Pp]ost|[Hh]ospital|[Pp]olyclinic|[Cc]linic|[Mm]useum"
    r"|[Tt]heat(?:re|er)|[Ss]hops?|[Ss]tore|[Aa]dministration|[Cc]ourt|[Pp]olice|[Pp]harmacy|[Cc]inema|[Dd]epartment"
    r"|[Ss]tation|[Cc]hurch|[Mm]osque|[Cc]afe|[Mm]onument|[Rr]egistry|[Bb]ureau|[Bb]ranch|[Gg]osuslugi|[Dd]okumenty)\b"
    r"[^\n.!?]{0,60}$"
)
# «In our yard, on Gushchina Street»: a street alone where somebody lives.
ENGLISH_STREET_OF_HOME = re.compile(
    r"(?:\b(?:[Ii]|[Ww]e|[Hh]e|[Ss]he|[Tt]hey|who|family|grand\w+|mother|father) lives?"
    r"|\b(?:my|our) (?:yard|house|home|flat|block))"
    rf",?(?: [a-z]+)?,? (?:on|in|at) (?P<it>(?:[A-Z][\w'’-]+[ ]){{1,2}}{_ENGLISH_STREET})(?![\w-])"
)


def is_english_home(match: re.Match[str], text: str) -> bool:
    """Whether an English address is somebody's: one with a flat, or with a house that is no office's."""
    return bool(match["flat"] or not _ENGLISH_OFFICE.search(text, max(0, match.start() - 80), match.start()))


# «Сегежа, ул. Спиридонова, 24-9»
TOWN_BEFORE = re.compile(r"(?<![\w.-])(?<!\bв )(?P<it>(?:\d{6}, ?)?[А-ЯЁ][а-яё]{3,}(?:-[А-ЯЁа-яё]+)*),[ ]$")

# What every address holds that `ADDRESSES` finds, in small letters: its kind of street or its flat.
STREET_OR_FLAT = re.compile(
    r"(?:ая|ова|ева|ина|ского),? \d|ул(?:иц|[^\w])|пр(?:осп|оезд|[^\w])|"
    r"пер(?:еул|[^\w])|мкр|микрорайон|бульвар|тракт|шоссе|площад|кв(?:артир|[. \d])"
)

# «Павловский тракт, дом 267, квартира 40», «Ленинский пр., 5-12»
STREET_LAST = re.compile(
    rf"{_TOWN}(?-i:[А-ЯЁ])[а-яё-]+(?:ий|ый|ой|ом|ая)[ ](?:проспект\w?|пр-т|пр\.|тракт\w?|пер(?:еул(?:ок|ке)|\.)"
    rf"|бульвар\w?|проезд\w?|шоссе|улица|ул\.),?[ ](?:д(?:ом\w?|\.)?[ ]?)?"
    rf"\d{{1,3}}[а-я]?(?!\d|[ ]{_MONTH})(?:/\d+)?{_FLAT}",
    re.IGNORECASE,
)

_NEXT_SENTENCE = re.compile(r"(?<!\w)(?!(?:мкр|пер|корп|стр|комн|ком|просп|пос|дер)\.)\w{3,}\. ")
_MAIL = re.compile(r"\S+@\S+")
_SHORTENED = re.compile(r"(?<=\bул)\.|(?<=\bпр)\.|(?<=\bпер)\.|(?<=\bг)\.|(?<=\bд)\.")
# «заречная, 64», «светлова 82» in texts without capitals
SMALL_STREET = re.compile(
    r"(?<=[,(] )[а-яё]{4,}(?:ая|ова|ева|ина|ского),? \d{1,3}[а-я]?(?:/\d+)?(?P<flat>(?!))?(?=[.,;)])"
)
# «комсомольская 204, кв 51» without a capital
SMALL_FLAT = re.compile(
    r"(?<!\w)[а-яё-]{4,}(?:ая|ого|ой|ина|ова|ева|ых|их|а|ы|и),?[ ](?:д(?:ом|\.)?[ ]?)?\d{1,3}[а-я]?(?:/\d+)?,?[ ]"
    r"(?P<flat>(?:квартир[аеыу]|кв\.?)[ ]?\d{1,4})(?!\d)"
)
# «Партизанская, 117», «Молодёжная, 28а, к. 317»: a street by its adjective, and a house.
ADJECTIVE_STREET = re.compile(
    r"(?<![\w-])[А-ЯЁ][а-яё]{4,}(?:ая|ского|ова|ева|ина), \d{1,3}[а-я]?(?:/\d+)?"
    r"(?P<flat>(?:,[ ]?(?:к|кв|ком|корп|подъезд)\.?[ ]?\d{1,4})*)"
    r"(?=[.,;:)»\n]|[ ](?!лет|год|час|мин|руб|клас|чел)[а-яё]|$)"
)
ADDRESSES = (STREET_LAST, ADDRESS, HOUSE_FIRST, STREET_FLAT, BARE_ADDRESS, SMALL_FLAT, SMALL_STREET, ADJECTIVE_STREET)


def is_public_place(match: re.Match[str], text: str) -> bool:
    """Whether an address is that of an office, a shop or a museum: any other with its house is somebody's."""
    before = text[max(0, match.start() - 80) : match.start()]
    if _NEXT_SENTENCE.search(match[0]):
        return True  # «на площади Арата. спросил 20 человек»
    if match["flat"] or re.match(r"\d{6}", match[0]):
        return False
    before = _MAIL.sub("", before)
    line = text[text.rfind("\n", 0, match.start()) + 1 :]
    if "\n" not in line and len(line) < 80 and not _PUBLIC_PLACE.search(before):
        return False  # A signature.
    if _HOME_CUE.search(before):
        return bool(_PUBLIC_PLACE.search(before))
    return bool(_PUBLIC_PLACE.search(before) or _PUBLIC_PLACE_BEHIND.match(text, match.end()))


def is_office_near(match: re.Match[str], text: str) -> bool:
    """Whether an office, a shop or a museum stands in the same sentence as a place: it is theirs."""
    before = _SHORTENED.sub("", _MAIL.sub("", text[max(0, match.start() - 70) : match.start()]))
    return bool(_PUBLIC_PLACE.search(before) or _PUBLIC_PLACE_BEHIND.match(text, match.end()))
