"""Addresses in the loose ways in which people say them: «Гагарина, 7, корпус В», «общага на Ленина», «в доме 18»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from essays.anonymity.home_addresses import is_office_near
from essays.anonymity.name_forms import known_given_names
from essays.anonymity.nearby import Places, around, starts_of

Found = tuple[int, int, str, float]

_HOUSE = r"\d{1,3}(?:[ ]?[-–]?[ ]?[«\"]?[а-яА-Я](?![\w-])[»\"]?)?(?:[/–-]\d{1,4}(?!\d))?"
_CARDINAL = (
    r"(?:двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто)"
    r"(?:[ ](?:один|два|три|четыре|пять|шесть|семь|восемь|девять))?"
    r"|один|два|три|четыре|пять|шесть|семь|восемь|девять|десять|[а-яё]{3,8}надцать"
)
_PART = (
    r"(?:,?[ ](?:корп(?:ус|\.)?|к\.|кв(?:артира|\.)?|комн(?:ата|\.)?|секция|блок|строение|стр\.|литера|подъезд"
    r"|под\.|этаж)"
    r"[ ]?(?:№[ ]?)?(?:\d{1,4}(?:[ -]?[а-яА-Я](?!\w))?|[А-Яа-я](?![\w-])|[а-яё]{4,12}(?:ый|ой|ий)(?!\w))"
    r"|,[ ]\d{1,4}(?![\d:.]|[ ]?[а-яё]))"
)
_UNITS = (
    r"лет|год|г\.|век|месяц|мин|сек|час|человек|чел\b|класс|кл\b|балл|руб|тыс|млн|км|м\b|регион|%|процент|курс"
    r"|глав|сери"
    r"|том|стр\.|раз|шт|мест|дн|утра|вечера|кабинет|окн|окош|талон|част|пункт|стать|параграф"
    r"|январ|феврал|март|апрел|ма[йя]\b|июн|июл|август|сентябр|октябр|ноябр|декабр"
)
_GENITIVE = r"(?:ова|ева|ёва|ина|ына|ого|его|ой|ей|ых|их|ев|ов|ёв|ая|а|я|ы|и)"
_STREET = (
    rf"(?:[А-ЯЁ][а-яё]+[ ]){{0,2}}(?:[А-ЯЁ][а-яё]{{2,}}{_GENITIVE}|(?:[А-ЯЁ][а-яё]+(?:ий|ый|ой|ов|ев|ин)[ ])"
    r"(?:тупик|проезд|порядок|переулок|бульвар|тракт|проспект|спуск|взвоз|вал))"
)
# «Гагарина, 7, корпус В», «Рыбацкий тупик, 2», «Губкина, 17-б, 54»
_STREET_AND_HOUSE = re.compile(
    rf"(?<![\w.«-])(?<![А-ЯЁ]\. )(?P<street>(?!Госуслуг|Статья|Псалом){_STREET}),[ ](?:(?:дом"
    rf"|д\.)[ ]?)?(?!10[1-4](?!\d)|11[25]|122){_HOUSE}(?![\d:.]\d|[ ]?(?:{_UNITS})){_PART}{{0,3}}"
    r"(?=[.,;:)»\"\n–—]|[ ](?:[–—(]|(?:кв|дом|за|напротив|возле|у|рядом|где|вход|и|там)(?!\w))|$)"
)
# «Закруткина 41, корпус 2, кв 19», «Тулака, дом семь»
_STREET_AND_PARTS = re.compile(
    rf"(?<![\w.«-])(?P<street>{_STREET})(?:[ ]{_HOUSE},?(?=[ ](?:корп|кв|комн|подъезд|строение|блок)){_PART}{{1,3}}"
    rf"|,[ ]дом[ ](?:{_CARDINAL})(?=[.,;:)»\n]|$))"
)
# «Записали грамотно: Ойусут, 4, корпуса нет»: whatever it is called, behind a colon
_BEHIND_COLON = re.compile(
    rf"[:–—][ ]?«?(?P<it>[А-ЯЁ][а-яё]{{3,}}(?:[ ][А-ЯЁ][а-яё]+)?,[ ]{_HOUSE}(?![\d:.]\d"
    rf"|[ ]?(?:{_UNITS})){_PART}{{0,3}})(?=[.,;»])"
)
# «в доме 18, комната 906», «изба 9», «девятиэтажка 25», «дом 146, литера Б», «дом номер 17а»
_HOUSE_ALONE = re.compile(
    rf"(?<!\w)(?:[Дд]ом(?:е|а|у|ом)?|[Дд]\.|[Ии]зб[ауе]|\w{{4,8}}этажк[аеуи]|[Бб]арак\w?)[ ](?:№[ ]?"
    rf"|номер[ ])?(?P<it>{_HOUSE}{_PART}{{0,3}}|(?:{_CARDINAL})(?=[.,;:)»\n]|$))"
    rf"(?![\d:.]\d|[ ]?(?:{_UNITS})|[ ](?:по|на)[ ]улиц)"
)
_TENS = (
    r"(?:сто |двести |триста )?"
    r"(?:двадцать |тридцать |сорок |пятьдесят |шестьдесят |семьдесят |восемьдесят |девяносто )?"
)
_IN_WORDS = (
    rf"{_TENS}(?:перв|втор|трет|четв[её]рт|пят|шест|седьм|восьм|девят|десят|[а-яё]{{3,9}}надцат"
    rf"|[а-яё]{{2,6}}десят|двадцат"
    r"|тридцат|сороков|девяност|сот)(?:ая|ую|ой|ей|ья|ью|ьей)"
)
_ROOMS = re.compile(
    r"(?<![\d.,])(?:\d{1,4}-?(?:я|ю|й|ой|ей)[ ](?:комнат|квартир)[аеуы](?!\w))"
    r"|(?<!\w)(?:комнат[аеуы]|[Кк]убрик\w?|блок\w?|секци[ияю]|подъезд\w?|участ(?:ок|ке|ка))[ ](?:№[ ]?|номер[ ])?"
    rf"\d{{1,4}}(?:[ -]?[а-яА-Я](?![\w-]))?(?![\d:.]\d|[ ]?(?:{_UNITS}))"
    r"|(?<!\w)подъезд[ ](?:перв|втор|трет|четв[её]рт|пят|шест)[а-я]{2}(?!\w)"
)
_FLAT_IN_WORDS = re.compile(
    rf"(?<!\w)(?!(?:перв|втор)[а-яё]+ )(?P<it>{_IN_WORDS})[ ]квартир[аеуы](?!\w)", re.IGNORECASE
)
# «общага на Ленина», «снимаю угол на Кольцовской», «живём на Розы Люксембург»
_ON_STREET = re.compile(
    r"(?:[Жж]ив[уёе]\w*|[Жж]ил[аи]?|[Пп]еребрал\w*|[Гг]остинк[аеиу]|[Сс]нима[а-я]{1,4}|[Оо]бщаг\w{1,2}|[Оо]бщежити\w|[Кк]вартир[аеуы]|[Пп]рописан\w*"
    r"|[Дд]воре|[Дд]оме"
    r"|[Кк]омнат[аеу]|[Кк]ойк[аеу]|экипаж)(?:[ ](?!на\b)[\wё«»,-]{1,14}){0,3},?[ –—«]{1,4}(?<!не )на[ ]"
    rf"(?P<it>(?:улиц[еы][ ]|ул\.[ ]?)?(?:[А-ЯЁ][а-яё]+[ ])?[А-ЯЁ][а-яё]{{3,}}(?:ой|ого|его|ых|их|ев|ов|ова|ева"
    rf"|ина|а|я|ы|ург)"
    rf"(?:,?[ ](?:(?:в|возле|у|напротив)[ ])?(?:дом\w?[ ])?{_HOUSE})?)(?![\w-])(?![ ](?:реке|озере|поле|горе))"
)
# «улица Лермонтовская, возле дома 27», «на Астраханской, в доме 90»
_STREET_BY_HOUSE = re.compile(
    r"(?:(?<!\w)(?:[Уу]лиц[аеы]|[Уу]л\.|[Пп]роспект\w?"
    r"|[Пп]ереул\w{2})[ ](?P<street>[А-ЯЁ][\wё-]+(?:[ ][А-ЯЁ][а-яё]+)?)"
    r"|(?<!\w)[Нн]а[ ](?P<on>[А-ЯЁ][а-яё]{3,}(?:ой|ого|его|ых|их|ова|ева|ина))),?[ ]"
    rf"(?:в|возле|у|около|перед|за|напротив)[ ]дом\w{{1,2}}[ ](?:№[ ]?)?{_HOUSE}"
)
# «Адрес она диктовала так: «Липовая гора, …»»
_DICTATED = re.compile(r"(?i:адрес)\w{0,2}[^.!?\n«»]{0,30}[:–—][ ]?«(?P<it>[^»\n]{5,110})»")
# «Регистрация по адресу п. Аякс, корп. 8.2, комн. 914»
_REGISTERED = re.compile(
    r"(?:[Рр]егистраци\w|[Пп]рописк\w|прожива\w+|прописан\w*|зарегистрирован\w*"
    r"|[Жж]ив[уё]\w*)[^.\n]{0,25}по адресу:?[ ]"
    r"(?P<it>[^!?\n]{3,70}?(?:кв|комн|корп|дом|д)\w*\.?[ ]?№?[ ]?\d[\d.]*[а-я]?(?:,?[ ](?:кв|комн"
    r"|корп)\w*\.?[ ]?\d+)*)(?![\d.]\d)"
)
_CUES = ("дом", "д. ", "изб", "этажк", "барак")
_PARTS = ("корп", "кв ", "кв.", "квартир", "комн", "подъезд", "строение", "блок", "дом ")
_ROOM_CUES = ("комнат", "квартир", "кубрик", "блок", "секци", "подъезд", "участ")
_HOME_CUES = (
    "жив",
    "снима",
    "общаг",
    "общежити",
    "квартир",
    "прописан",
    "дворе",
    "доме",
    "комнат",
    "койк",
    "экипаж",
    "жил",
    "гостинк",
    "перебрал",
)
_COMMA_AND_FIGURE = re.compile(r", (?:дом |д\. ?)?\d")


def find_loose_addresses(text: str, low: str) -> Iterator[Found]:
    """(start, end, reason, confidence) of places where somebody lives; offices, shops and museums stay.

    `low` is the text in small letters, character for character.
    """
    houses = around(text, (match.start() for match in _COMMA_AND_FIGURE.finditer(text)), 70, 90)
    for match in _found(_STREET_AND_HOUSE, text, houses):
        # «Голубев Никита, 8 В» is a pupil with a class.
        if match["street"].rpartition(" ")[2].lower() not in known_given_names():
            yield *match.span(), "a street and a house", 0.85
    for match in _found(_STREET_AND_PARTS, text, around(low, starts_of(low, _PARTS), 60, 60)):
        yield *match.span(), "a street and a house", 0.85
    if "адрес" in low or "жив" in low or "прописк" in low:
        for match in _found(_BEHIND_COLON, text, houses):
            yield *match.span("it"), "a street and a house", 0.8
    near = around(low, starts_of(low, _CUES), 10, 40)
    for match in _found(_HOUSE_ALONE, text, near):
        yield *match.span("it"), "the number of a house", 0.85
    for match in _found(_STREET_BY_HOUSE, text, around(low, starts_of(low, ("дом",)), 80, 40)):
        yield match.start("street" if match["street"] else "on"), match.end(), "a street and a house", 0.85
    for match in _found(_ROOMS, text, around(low, starts_of(low, _ROOM_CUES), 20, 40)):
        yield *match.span(), "a room or a flat", 0.85
    if "квартир" in low:
        for match in _FLAT_IN_WORDS.finditer(text):
            yield *match.span("it"), "a flat in words", 0.85
    for match in _found(_ON_STREET, text, around(low, starts_of(low, _HOME_CUES), 10, 140)):
        yield *match.span("it"), "a street where somebody lives", 0.8
    if "адрес" in low:
        for pattern in (_DICTATED, _REGISTERED):
            for match in _found(pattern, text, [(0, len(text))]):
                yield *match.span("it"), "an address as it was told", 0.8


def _found(pattern: re.Pattern[str], text: str, places: Places) -> Iterator[re.Match[str]]:
    """What a pattern finds in these places, but for addresses of offices."""
    for start, end in places:
        for match in pattern.finditer(text, start, end):
            if not is_office_near(match, text):
                yield match
