"""Dates of birth in figures and in words: the author's anywhere, anybody's beside a cue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from essays.anonymity.nearby import around, starts_of
from essays.anonymity.ordinals import cardinal, ordinal

_MONTHS = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
_DATE = (
    r"(?:\d{1,2}[ ]?[./\-][ ]?\d{1,2}[ ]?[./\-][ ]?\d{2,4}|\d{1,2}[ ](?:янв|фев|мар|апр|ма[йя]|июн|июл"
    r"|авг|сен|окт|ноя|дек)\w*(?:[ ]\d{4})?|\d{4}-\d{2}-\d{2})(?:[ ]?г(?:ода|\.|\b))?"
)
BIRTH = re.compile(
    rf"(?:дат[аыу] рождени[яе]|д\.[ ]?р\.|родил\w{{1,4}}|рожден\w{{0,4}}|день рождения"
    rf"|(?:мне|сыну|дочери) исполнил\w{{2,3}}|рождения)[^\d\n.]{{0,25}}(?P<it>{_DATE})"
    rf"|(?P<that>{_DATE})[ ]?(?:г\.[ ]?р\.|года? рождения|рождения)"
    r"|(?P<year>(?:19|20)\d{2})[ ]?(?:г\.[ ]?р\.|г/р|года?[ ]рождения)",
    re.IGNORECASE,
)
_ENGLISH_MONTHS = "January February March April May June July August September October November December".split()
_ENGLISH_MONTH = "|".join(_ENGLISH_MONTHS)
_ENGLISH_DAYS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth thirtieth"
).split()
_ENGLISH_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|(?:twenty-|thirty-)?(?:{'|'.join(_ENGLISH_DAYS)}))"
_ENGLISH_YEAR = r"(?:,? (?:\d{4}|(?:two thousand|nineteen|twenty)(?: and)?(?: [a-z]+(?:-[a-z]+)?)?))?"
_ENGLISH_DATE = (
    rf"(?:the )?{_ENGLISH_DAY}(?: of)? (?:{_ENGLISH_MONTH}){_ENGLISH_YEAR}"
    rf"|(?:{_ENGLISH_MONTH}) (?:the )?{_ENGLISH_DAY}{_ENGLISH_YEAR}"
)
# «was born on 12 May 2010», «born in 2010, on the 9th of December», «January 27, my birthday», «turned 14 on 12 March»
ENGLISH_BIRTH = re.compile(
    rf"\b[Tt]urn(?:ed|ing|s)? (?:\d\d?|[a-z]*(?:teen|ty|six|seven|eight|nine|ten|eleven|twelve)(?:-[a-z]+)?)"
    rf"(?: years old)?,? (?:on |in )?(?P<day>{_ENGLISH_DATE})(?!\w)|"
    rf"\b(?:[Bb]orn|[Bb]irthday|[Dd]ate of birth)\b[^\n.\d]{{0,25}}?(?P<it>(?:\d{{4}},? on )?(?:{_ENGLISH_DATE}))(?!\w)"
    rf"|(?P<that>{_ENGLISH_DATE}),? (?:is )?(?:my|his|her|our) birthday"
)
# «мама родилась 12.07.1980, сестра 3.09.2015»
NEXT_BIRTH = re.compile(
    r"(?:[ ]?г(?:ода|\.))?,?[ ](?:[а-яё]+[ ]){1,3}(?:[—–-][ ])?"
    rf"(?P<it>\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|{_DATE}(?<=\d{{4}}))(?!\d)"
)
_CUE = r"(?:родил\w{1,4}|рожден\w{0,5}|день рождения|дат[аыу] рождения|на свет|появил\w{1,3} на свет)"
# Beside the author's own day these tell too: «в день своего восемнадцатилетия», «мне исполнится».
_OWN_CUE = (
    rf"(?:{_CUE}|днюх\w|именинни\w+|[а-я]+(?:надцати|десяти)лети[яеюй]|\d\d-?лети[яеюй]|совершеннолети\w"
    r"|исполн(?:ил|ит|яет|ял)\w{0,4}|стукн\w{2,4}|стал[ао] (?:лет|на год)|мне (?:будет )?\d\d(?: лет)?)"
)


_SEP = r"[ ]?[./\-–][ ]?"
_YEAR_WORD = r"(?:[ ]?г(?:ода|\.|\b)(?:[ ]рождения)?)?"


def own_birth_dates(day: date, low: str, figures: str) -> Iterator[tuple[re.Pattern[str], int, int]]:
    """What finds the author's date of birth, in figures and in words, and between which places it is worth a try.

    With the year anywhere; without it only beside a cue. `low` is the text in small letters, `figures` its digits
    alone.
    """
    whole = (0, len(low))
    days, months = {f"{day.day}", f"{day.day:02d}"}, {f"{day.month}", f"{day.month:02d}"}
    dates = {d + m for d in days for m in months}
    years = (f"{day.year}", f"{day.year % 100:02d}")
    if any(date + year in figures for date in dates for year in years):
        yield _in_figures(day), *whole
    if any(f"{day.year}{m}{d}" in figures for d in days for m in months):
        yield _year_first(day), *whole
    for start, end in around(low, starts_of(low, [_MONTHS[day.month - 1]]), 160, 160):
        for pattern in _with_month(day):
            yield pattern, start, end


@lru_cache(maxsize=64)
def _in_figures(day: date) -> re.Pattern[str]:
    year = rf"(?:{day.year}|{day.year % 100:02d})"
    return re.compile(rf"(?<!\d)0?{day.day}{_SEP}0?{day.month}{_SEP}{year}(?!\d){_YEAR_WORD}")


@lru_cache(maxsize=64)
def _year_first(day: date) -> re.Pattern[str]:
    return re.compile(rf"(?<!\d){day.year}[-./]0?{day.month}[-./]0?{day.day}(?!\d)")


@lru_cache(maxsize=64)
def _with_month(day: date) -> tuple[re.Pattern[str], ...]:
    d = rf"0?{day.day}"
    month = _MONTHS[day.month - 1] + r"\w{1,3}"
    spelled_day = _yo(ordinal(day.day))
    spelled_year = _yo(year_in_words(day.year))
    # «5 мая», «пятого мая», «в мае, пятого», «первого мая две тысячи двадцать шестого года»
    that_year = r"(?:[ ](?:20\d\d|две[ ]тысячи[ ][а-яё ]{4,30}?)[ ]года)?"
    dated = (
        rf"(?<!\d){d}(?:-?го|-?е)?[ ]{month}|\b{spelled_day}[ ]{month}|\b{month},?[ ](?:{d}-?го|{spelled_day})(?!\w)"
    )
    return (
        re.compile(
            rf"(?<!\d){d}(?:-?го|-?е)?[ ]{month},?[ ](?:{day.year}(?!\d)(?:-?го)?|{spelled_year}){_YEAR_WORD}",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b{spelled_day}[ ]{month},?[ ](?:{day.year}(?!\d)(?:-?го)?|{spelled_year}){_YEAR_WORD}", re.IGNORECASE
        ),
        re.compile(
            rf"{_OWN_CUE}[^\n.]{{0,40}}?(?P<it>(?:{dated}){that_year})",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?P<it>{dated})[^\n.]{{0,25}}?{_OWN_CUE}",
            re.IGNORECASE,
        ),
    )


def year_in_words(year: int) -> str:
    """A pattern for «две тысячи десятого» and «тысяча девятьсот девяносто девятого»; matches nothing beyond."""
    rest = year % 100
    if 2000 <= year < 2100:
        return rf"(?:две[ ]тысячи[ ]{ordinal(rest)}|двухтысячн\w+)" if rest else r"двухтысячн\w+"
    return rf"тысяча[ ]девятьсот[ ]{ordinal(rest)}" if 1900 < year < 2000 and rest else r"(?!)"


@lru_cache(maxsize=1)
def birth_in_words() -> re.Pattern[str]:
    """Anybody's date of birth in words, beside a cue: «родилась пятого ноября две тысячи седьмого года»."""
    days = "|".join(_yo(ordinal(number)) for number in range(31, 0, -1))
    months = "|".join(month + r"\w{1,3}" for month in _MONTHS)
    hundreds = r"(?:две[ ]тысячи|тысяча[ ]девятьсот)"
    tens = "|".join({cardinal(tens) for tens in range(20, 100, 10)})
    units = "|".join(_yo(ordinal(number)) for number in (*range(1, 20), *range(20, 100, 10)))
    year = rf"(?:{hundreds}[ ](?:(?:{tens})[ ])?(?:{units})|(?:19|20)\d\d(?:-?го)?)(?:[ ]г(?:ода|\.))?"
    return re.compile(
        rf"{_CUE}[^\n.\d]{{0,40}}?(?P<it>\b(?:{days})[ ](?:{months})(?:,?[ ]{year})?)"
        rf"|(?P<whole>\b(?!девят\w+ мая|двадцать второ\w+ июня)(?:{days})[ ](?:{months}),?[ ]тысяча[ ]девятьсот[ ]"
        rf"(?:(?:{tens})[ ])?(?:{units})(?:[ ]года?)?)"
        rf"|(?P<that>\b{hundreds}[ ](?:(?:{tens})[ ])?(?:{units})[ ](?:года?|г\.)[ ]рождения)",
        re.IGNORECASE,
    )


def is_history(match: re.Match[str]) -> bool:
    """Whether a match of `BIRTH` names a year in which nobody was born who lives: «родился 6 июня 1799 года»."""
    year = re.search(r"(?<!\d)1\d{3}(?!\d)", match[0])
    return year is not None and int(year[0]) < 1915


def _yo(pattern: str) -> str:
    """A pattern for text in which ё has not been folded."""
    return pattern.replace("трет", "тр[её]т").replace("четверт", "четв[её]рт")
