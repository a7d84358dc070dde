"""Numbers of documents, applications and cards, by their form and by the words before them."""

from __future__ import annotations

import re

_SNILS = re.compile(r"(?<!\d)\d{3}[ \-–]\d{3}[ \-–]\d{3}[ \-–]?[ ]?\d{2}(?!\d)")
_CUED_SNILS = re.compile(r"снилс\w{0,2}[^\d\n]{0,25}(?P<it>\d[\d \-–]{9,13}\d)", re.IGNORECASE)
_INN = re.compile(r"\bинн\b[^\d\n]{0,25}(?P<it>\d{10}(?:\d{2})?)(?!\d)", re.IGNORECASE)
_PASSPORT = re.compile(
    r"(?:паспорт\w{0,3}|сери[яию]|удостоверени\w{1,2})[^\d\n]{0,40}?(?P<it>\d{2}[ ]?\d{2}[ ,]{0,3}(?:№"
    r"|номер|n)?[ ]?\d{6,7}|\d{2}[ ]?(?:№[ ]?)?\d{7})(?!\d)",
    re.IGNORECASE,
)
_BARE_PASSPORT = re.compile(r"(?<![\d.,])\d{2}[ ]\d{2}[ ](?:№[ ]?)?\d{6}(?!\d)|(?<!\d)\d{4}[ ]№?[ ]?\d{6}(?!\d)")
_CERTIFICATE = re.compile(r"\b[IVXLC]{1,5}[ ]?[-–][ ]?[А-ЯЁ]{2}[ ]?№?[ ]?\d{6}(?!\d)")
# «удостоверение Т-III № 507714», «бланк АУ № 0915632», «FA 2790413», «ММ-30 № 008114», «17-ДХ 00482», «71 № 003862»
_SERIES_AND_NUMBER = re.compile(
    r"(?<![\w.,-])(?!РФ|ГОСТ|ИНН)(?:[А-ЯЁA-Z]{1,2}[ -]?[IVXLАПШУХ]{1,4}[ ]?(?:№[ ]?)?\d{6,7}"
    r"|[А-ЯЁA-Z]{2}[ ](?:№[ ]?)?\d{5,8}|[А-ЯЁA-Z]{3,6}[ ]\d{6,8}"
    r"|(?:[А-ЯЁA-Z]{1,3}-\d{1,3}|\d{1,3}-[А-ЯЁA-Z]{1,3})[ ](?:№[ ]?)?\d{5,8}|\d{2,4}[ ]№[ ]?\d{5,8}"
    r"|\d{6}[ ]\d{7}|[A-Z]{2}(?:[ ]\d{2,4}){3,4})(?!\d)"
)
_SERIES_OF_PASSPORT = re.compile(
    r"паспорт\w{0,3}[^\d\n]{0,30}?сери\w{1,2}[ :]{1,2}(?P<it>\d{2}[ ]?\d{2})(?!\d)", re.IGNORECASE
)
# «пенсионное удостоверение № 228417»: no law has so many figures.
_BEHIND_NUMBER_SIGN = re.compile(
    r"(?P<it>№[ ]?(?:\d{1,3}(?:[ ]\d{3}){1,3}|\d{5,9})(?:[-–/]\w{1,4})?)(?![\w-]|[ ]?(?:ФЗ|руб|₽|чел))"
)
# «Вид на жительство, серия 83, номер 0912257»
_SERIES_APART = re.compile(r"сери\w{1,2}[ :]{1,2}(?P<it>\d{2,4})(?=,?[ ](?:и[ ]|с[ ])?(?:№|номер))", re.IGNORECASE)
_SUBDIVISION = re.compile(r"подразделени\w{1,2}[ :–—№-]{1,3}(?P<it>\d{3}[-–]\d{3})(?!\d)", re.IGNORECASE)
# «входящий № 1188-ф», «запись акта № 1162», «счёт № 47-Б»
_OF_PAPER = re.compile(
    r"(?:входящ|исходящ|опек|акта|сч[её]т|договор|дел[оау]|реестр|выписк|лист|медполис|полис)\w{0,4}[ ]"
    r"(?P<it>№[ ]?\d{2,6}(?:[-–/][а-яА-Я]{1,2})?)(?![\w-]|[ ]?(?:ФЗ|от))",
    re.IGNORECASE,
)
_LAST_FIGURES = re.compile(
    r"(?:последни\w[ ]цифр\w[^\d\n.!?]{0,20}[ …:–—-]{1,3}"
    r"|номер\w?[^\d\n.!?]{0,40}(?:конча|заканчива|оканчива)\w{2,4}[ ]на[ ])(?P<it>[…*]{0,3}\d{3,4})(?!\d)",
    re.IGNORECASE,
)
_CODE_OF_DOOR = re.compile(r"домофон\w?[ :–—№-]{1,3}(?P<it>[\dА-ЯA-ZК*#]{2,10})(?![\w-])", re.IGNORECASE)
_CARD = re.compile(r"(?<!\d)(?:\d{4}[ \-]?){3}\d{4}(?!\d)")
# Found by the number, and kept if the cue stands before it: a search from the cue on would be slow.
_NUMBER = re.compile(r"(?<![\w.,])(?:[А-ЯЁA-Z]{1,4}[-–/ ]?)?\d[\d\-–/]{4,24}\d(?!\d)(?:[А-ЯЁA-Z]{1,2}(?!\w))?")
_OF_DOCUMENT = re.compile(
    r"(?:заявлени|заявк|обращени|запрос|талон|квитанци|уведомлени|постановлени|документ|договор|полис|свидетельств"
    r"|диплом|справк|дел[оауе]|уин|карт|ответ|письм|входящ|исходящ|жалоб|услуг|сообщени|посылк|трек|очеред|сч[её]т"
    r"|лицев|аттестат|студенческ|зач[её]тк|зач[её]тн|билет|чек|приказ|номер)\w{0,4}[^\d\n.]{0,30}?(?:№"
    r"|номер\w{0,3}|n|:)[ ]?$"
    r"|\bномер\w{0,2}[ ](?:[а-яё]+[ ]){1,4}(?:[:—–-][ ]?)?$",
    re.IGNORECASE,
)
# «лицевой счёт 1234567», «обращение 2025-11-334455»: nothing between the word and the number.
_DIRECT = re.compile(r"(?:заявлени|обращени|квитанци|зач[её]тк|сч[её]т|полис)\w{0,3}[ ]$", re.IGNORECASE)
# «номер АС-22/0417»; «закон номер 1761-1» has too few figures
_BARE_NUMBER = re.compile(r"\bномер\w{0,2}[ ]$", re.IGNORECASE)
_SIX = re.compile(r"(?:[А-ЯЁA-Z]{1,4}[-–/ ]?)?(?:\d[-–/]?){6}")
_ENGLISH_DOCUMENT = re.compile(
    r"(?:application|request|receipt|ticket|appeal|number)s?,? ?(?:is |was )?(?:no\.?|number|#|№)? ?:? ?$",
    re.IGNORECASE,
)
_CAR = re.compile(
    r"(?<!\w)[А-Я][ ]\d{3}[ ][А-Я]{2}[ ]\d{2,3}(?!\w)"
    r"|(?<!\w)[АВЕКМНОРСТУХABEKMHOPCTYX][ ]?\d{3}[ ]?[АВЕКМНОРСТУХABEKMHOPCTYX]{2}(?:[ ]?\d{2,3})?(?!\w)"
)
# «госномер 4471 АВ 03»
_MOTORCYCLE = re.compile(r"(?<![\w.])\d{4}[ ]?[АВЕКМНОРСТУХ]{2}[ ]?\d{2,3}(?!\w)")
_PARCEL = re.compile(r"(?<!\w)[A-Z]{2}\d{9}[A-Z]{2}(?!\w)")
_LAST_FOUR = re.compile(
    r"(?:карт\w{1,2}|сч[её]т\w{0,2})[^\d\n.]{0,15}?[*•xх]{1,4}[ ]?(?P<it>\d{4})(?!\d)", re.IGNORECASE
)
_BEHIND_SIGN, _LONG = re.compile(r"№[ ]?$"), re.compile(r"(?:[А-ЯЁA-Z]{1,4}[-–/ ]?)?\d[-–/\d]{7,}")
# «УИН ГТО 22-54-0017733», «удостоверение ВД 0417722», «КУСП 18742».
_SPORT = re.compile(r"(?<![\d-])\d{2}-\d{2}-\d{7}(?!\d)")
_SERIES = re.compile(
    r"(?:удостоверени|свидетельств|билет|диплом|аттестат|полис)\w{0,3}[^\d\n.]{0,20}?"
    r"(?P<it>(?<!\w)(?-i:(?!(?:на|по|от|за|до|с|и|в|к)[ ]))[а-яё]{1,3}[ ]?№?[ ]?\d{6,7})(?!\d)",
    re.IGNORECASE,
)
_REPORT = re.compile(r"\bкусп\b[^\d\n]{0,10}(?P<it>\d{3,8})(?!\d)", re.IGNORECASE)
_CADASTRAL = re.compile(r"(?<!\d)\d{2}:\d{2}:\d{6,7}:\d{1,6}(?!\d)")
_LONG_NUMBER = re.compile(r"(?<![\d.,/])\d{10,25}(?!\d|,\d)")

# «номер АО 5521 22», «получило номер 2 990 614»: in groups of figures.
_IN_GROUPS = re.compile(
    r"номер\w{0,2}[ ](?:[а-яё]+[ ]){0,2}?(?:[:—–-][ ])?"
    r"(?P<it>(?-i:[А-ЯЁ]{2}[ ])\d{3,6}(?:[ ]\d{2,6})?"
    r"|(?!8[ ]800)\d{1,3}(?:[ ]\d{3}){2,4})(?![\d -]\d|[ ](?:руб|чел|тыс))",
    re.IGNORECASE,
)
# «98.0000.00417.251», «220 114 5087»
_GROUPED = re.compile(
    r"(?<![\d.,+(-])\d{2,6}(?:[./]\d{3,6}){2,4}(?!\d|[.,]\d)|(?<![\d.,+(-])\d{3}[ ]\d{3}[ ]\d{4}(?!\d|[ -]\d)"
)

# «заявку GZ-88120», «ТМ-17-20931», «05-ЕГЭ-33871», «14-СХ/0772»: letters and figures in one word. No laws («210-ФЗ»),
# spans of years, hot lines, machines («Ту-154»).
_CODE = re.compile(
    r"(?<![\w.,@/-])(?<!800 )(?<!800\) )(?<!800\))(?=[А-ЯЁA-Z\d])(?:(?=[\w/–-]*[А-ЯЁA-Z])|(?=(?:[–/-]?\d){7}))"
    r"(?!8[-–]800|(?:19|20)\d\d[-–/](?:19|20)?\d\d(?!\d)|(?:ГОСТ|СанПиН|СНиП|ISO|COVID|ОК|ТУ|ФЗ)[-–/])"
    r"(?=(?:[\w/–-]{0,30}?\d){4})"
    r"(?:[А-ЯЁA-Z]{1,4}|\d{1,6})(?:[-–/](?:[А-ЯЁA-Z]{1,4}\d{0,4}|\d{1,8}|[а-я](?![а-я]))){1,5}(?![\w@]"
    r"|[-–/.]\w)(?:[ ]№[ ]?\d{4,9})?"
    r"|(?<![\w.,@/-])\d{2,4}[-–]\d{2,6}[ ]№[ ]?\d{3,9}(?!\d)"
)
# «личное дело ДМ № 004417», «КУСП № 7716», «карта № 118-Д», «трек 80093187446215», «код поступающего – 4417802»
_BEHIND_WORD = re.compile(
    r"(?:дел[оауе]|кусп|шифр\w{0,2}|карт[аыуеой]{1,2}|трек\w{0,5}|код\w{0,2}|идентификатор\w{0,2}|пропуск\w{0,2}"
    r"|табельн\w+|пин\w{0,3}|лот\w{0,2}"
    r"|талон\w{0,2}|направлени\w{1,2}|заявк\w{1,2}|запрос\w{0,2}|договор\w{0,2}|очеред\w{1,3}|номер\w{0,2})"
    r"(?:[ ][а-яё]{4,14}){0,2}(?: кусп| ее| её| его)?[ ]?(?:[:–—-][ ])?"
    r"(?P<it>(?-i:[А-ЯЁ]{1,3}[ -]?)?(?:№[ ]?)?(?!8[ -]?800)\d{4,16}(?!-\d)"
    r"(?![.,]\d|\d|[ ]?(?:руб|₽|тыс|год|г\.|чел|шт|раз|км|м\b|%|балл))"
    r"|(?-i:[А-ЯЁ]{1,3}[ ]?)?№[ ]?\d{2,8}(?:[-–/][А-ЯЁа-яё\d]{1,4})?(?!\d|[ ]?ФЗ))",
    re.IGNORECASE,
)

Pattern = tuple[re.Pattern[str], str, str, str, float]

NUMBERS: tuple[Pattern, ...] = (
    (_CUED_SNILS, "snils", "СНИЛС", "a number called SNILS", 0.98),
    (_SNILS, "snils", "СНИЛС", "a number written as SNILS", 0.9),
    (_INN, "inn", "ИНН", "a number called INN", 0.98),
    (_PASSPORT, "passport", "ПАСПОРТ", "a number called passport", 0.98),
    (_BARE_PASSPORT, "passport", "ПАСПОРТ", "a number written as of a passport", 0.85),
    (_SERIES_AND_NUMBER, "certificate", "ДОКУМЕНТ", "a series and a number", 0.85),
    (_BEHIND_NUMBER_SIGN, "number", "НОМЕР", "a long number behind its sign", 0.85),
    (_CERTIFICATE, "certificate", "ДОКУМЕНТ", "a certificate's number", 0.95),
    (_CARD, "card", "НОМЕР", "a number written as of a card", 0.9),
    (_SPORT, "number", "НОМЕР", "a number of the sports register", 0.9),
    (_SERIES, "certificate", "ДОКУМЕНТ", "a series and a number", 0.95),
    (_CADASTRAL, "number", "НОМЕР", "a cadastral number", 0.95),
    (_PARCEL, "number", "НОМЕР", "the number of a parcel", 0.95),
    (_LONG_NUMBER, "number", "НОМЕР", "a long number", 0.8),
    (_GROUPED, "number", "НОМЕР", "a long number in groups", 0.8),
)


FEW_FIGURES: tuple[Pattern, ...] = (
    (_CODE, "number", "НОМЕР", "a code of letters and figures", 0.85),
    (_BEHIND_WORD, "number", "НОМЕР", "the number of a document", 0.85),
    (_IN_GROUPS, "number", "НОМЕР", "the number of a document", 0.9),
    (_SERIES_OF_PASSPORT, "passport", "ПАСПОРТ", "the series of a passport", 0.95),
    (_SERIES_APART, "certificate", "ДОКУМЕНТ", "the series of a document", 0.9),
    (_SUBDIVISION, "passport", "ПАСПОРТ", "the code of who gave a passport", 0.9),
    (_OF_PAPER, "number", "НОМЕР", "the number of a paper", 0.85),
    (_LAST_FIGURES, "card", "НОМЕР", "the last figures of a number", 0.9),
    (_CODE_OF_DOOR, "number", "НОМЕР", "the code of a door", 0.9),
    (_REPORT, "number", "НОМЕР", "the number of a report to the police", 0.95),
    (_MOTORCYCLE, "number", "НОМЕР", "the number of a motorcycle", 0.85),
    (_CAR, "number", "НОМЕР", "the number of a car", 0.9),
    (_LAST_FOUR, "card", "НОМЕР", "the last figures of a card", 0.9),
)
"""Numbers that have too few figures in a row to be found by them."""


def number_of_document() -> re.Pattern[str]:
    """What may be the number of an application or document, if `is_numbered` says so."""
    return _NUMBER


def is_numbered(text: str, start: int) -> bool:
    """Whether the words before `start` announce the number of an application or document."""
    if _OF_DOCUMENT.search(text, max(0, start - 60), start) or _DIRECT.search(text, max(0, start - 20), start):
        return True
    if _BARE_NUMBER.search(text, max(0, start - 12), start) and _SIX.match(text, start):
        return True
    if _ENGLISH_DOCUMENT.search(text, max(0, start - 30), start):
        return True
    return bool(_BEHIND_SIGN.search(text, max(0, start - 3), start) and _LONG.match(text, start))
