"""How an institution is called by its number: «наша двенадцатая», «учусь в семёрке», «ЦО 7», «гимназистка 42-й».

Numbers behind the noun and its № («школа № 12») are found with the mentions, see `school_mentions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from essays.anonymity.nearby import Sought
from essays.anonymity.ordinals import cardinal, ordinal

# «наша двенашка», «учусь в семёрке»
_NICKNAMES = {
    2: "двойк",
    3: "тройк",
    4: "четверк",
    5: "пятерк",
    6: "шестерк",
    7: "семерк",
    8: "восьмерк",
    9: "девятк",
    10: "десятк",
    11: "одиннашк",
    12: "двенашк|двенадцатк",
    13: "тринашк",
    14: "четырнашк",
    15: "пятнашк",
    16: "шестнашк",
    17: "семнашк",
    18: "восемнашк",
    19: "девятнашк",
    20: "двадцатк",
    30: "тридцатк",
    40: "сороковк",
}


def patterns_of_numbers(values: Iterable[int]) -> Iterator[tuple[Sought, str]]:
    """(pattern, reason) for each of `values`, the numbers in an institution's name.

    A group `it` or `that` is the place, where there is one.
    """
    for value in values:
        in_words, digits = ordinal(value), str(value)
        yield (
            Sought(
                rf"\b(?:наш\w*|родн\w+|мо[яей]\w?|учусь в|учимся в|хожу в|(?:школ|гимнази|лице)\w{{1,2}}(?: наша"
                rf"| моя| у нас)? [—–-])[ ][«\"]?(?P<it>{in_words})(?=[ ]*(?:$"
                rf"|[.,!?;:»)\n—–-])|[ ](?:без|бел|стоит|стоял|был|счита|закрыл|лучш|самая|рядом)\w*)",
                [in_words.partition("(")[0]],
            ),
            "the number of the institution in words",
        )
        yield (
            Sought(
                rf"\b(?:школ|гимнази|лице)\w{{1,3}}[ -](?:номер[ ]|№[ ]?)?{cardinal(value)}(?!\w)",
                [cardinal(value)],
            ),
            "the number of the institution in words",
        )
        centre = rf"(?<!\w)(?:цо|центр\w{{0,2}}[ ]образования)[ ]?№?[ ]?{value}(?!\d)"
        yield Sought(centre, [digits]), "the number of the institution"
        yield Sought(rf"(?<![\w.,]){value}-?к(?:а|и|е|у|ой)(?!\w)", [digits]), "the number of the institution"
        line = (
            r"(?:школ|лице|гимнази|организаци|учреждени)\w{0,3}[ ]?(?:[:—–-]|\t)[ ]?(?:сош[ ])?"
            rf"(?P<it>№?[ ]?{value})(?!\d)"
        )
        yield Sought(line, [digits]), "the number of the institution"
        pupils = r"(?:гимназист|лицеист|учени[кц]|выпускни[кц])\w{0,3}[ ](?:из[ ])?"
        short = r"(?<=оу )[гл]\.?[ ]?№?[ ]?"
        yield (
            Sought(rf"\b{pupils}{value}-?(?:о?й|ей)(?!\w)|{short}{value}(?!\w)", [digits]),
            "the number of the institution",
        )
        if value > 20 and value % 10:
            # «вся шестьдесят третья», «из двадцать второй»: two words, and no thing that is counted so behind them.
            yield (
                Sought(
                    rf"(?<!\w){in_words}(?!\w)(?![ ](?:стать|минут|секунд|страниц|строк|сери|попытк|годовщин"
                    rf"|част|глав|квартир"
                    r"|кабинет|автобус|маршрут|год|ступен|мест|этаж|регион|раз|пункт|вопрос|лист|весн|осен|зим"
                    r"|недел|миля|верст"
                    r"|неделя|октябр|ноябр|декабр|январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|век"
                    r"|день|дня|окн|талон))",
                    [in_words.partition("(")[0]],
                ),
                "the number of the institution in words",
            )
        if nick := _NICKNAMES.get(value):
            own = r"(?:наш\w{1,2}|родн\w{2}|мо[яейю]{1,2}|учусь в|учимся в|хожу в|из|просто|зовут|называют)"
            ours = rf"(?P<that>\b(?:{nick})а)(?=,?[ ](?:это[ ])?наша)"
            pattern = rf"\b{own}[ ][«\"]?(?P<it>(?:{nick})(?:а|и|е|у|ой))(?!\w)|{ours}"
            yield Sought(pattern, nick.split("|")), "the number of the institution"
