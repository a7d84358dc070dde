"""Numbers of classes and schools in words: «двенадцатая», «сорок вторая», «номер двенадцать»."""

from __future__ import annotations

_UNITS = {
    1: ("один", "перв"),
    2: ("два", "втор"),
    3: ("три", "трет"),
    4: ("четыре", "четверт"),
    5: ("пять", "пят"),
    6: ("шесть", "шест"),
    7: ("семь", "седьм"),
    8: ("восемь", "восьм"),
    9: ("девять", "девят"),
    10: ("десять", "десят"),
    11: ("одиннадцать", "одиннадцат"),
    12: ("двенадцать", "двенадцат"),
    13: ("тринадцать", "тринадцат"),
    14: ("четырнадцать", "четырнадцат"),
    15: ("пятнадцать", "пятнадцат"),
    16: ("шестнадцать", "шестнадцат"),
    17: ("семнадцать", "семнадцат"),
    18: ("восемнадцать", "восемнадцат"),
    19: ("девятнадцать", "девятнадцат"),
}
_TENS = {
    20: ("двадцать", "двадцат"),
    30: ("тридцать", "тридцат"),
    40: ("сорок", "сороков"),
    50: ("пятьдесят", "пятидесят"),
    60: ("шестьдесят", "шестидесят"),
    70: ("семьдесят", "семидесят"),
    80: ("восемьдесят", "восьмидесят"),
    90: ("девяносто", "девяност"),
}
_HUNDREDS = {100: ("сто", "сот"), 200: ("двести", "двухсот"), 300: ("триста", "трехсот")}
_ORDINAL_ENDING = r"(?:ый|ой|ий|ья|ая|ое|ье|ого|ьего|ому|ьему|ым|ьим|ом|ьем|ую|ью|ей|ьей|ою|ых|ие|ые)"


def ordinal(number: int) -> str:
    """A pattern for the ordinal of `number` (1–399) in any gender and case; empty beyond."""
    words = _words(number)
    return " ".join([*(cardinal for cardinal, _stem in words[:-1]), words[-1][1] + _ORDINAL_ENDING]) if words else ""


def any_ordinal(most: int) -> str:
    """A pattern for the ordinals from 1 to `most` in any gender and case."""
    return "(?:" + "|".join(ordinal(number) for number in range(1, most + 1)) + ")"


def roman(number: int) -> str:
    """The number (1–12) in small Roman numerals; empty beyond."""
    numerals = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
    return numerals[number] if 0 < number < len(numerals) else ""


def cardinal(number: int) -> str:
    """The number (1–399) in words, nominative; empty beyond."""
    return " ".join(word for word, _stem in _words(number))


def stem(number: int) -> str:
    """The stem in «девятиклассник», «второкурсница»: «девяти», «второ»; empty from 12 on."""
    stems = (
        "",
        "перво",
        "второ",
        "треть?е",
        "четверо",
        "пяти",
        "шести",
        "семи",
        "восьми",
        "девяти",
        "десяти",
        "одиннадцати",
    )
    return stems[number] if 0 < number < len(stems) else ""


def _words(number: int) -> list[tuple[str, str]]:
    result: list[tuple[str, str]] = []
    for table, size in ((_HUNDREDS, 100), (_TENS, 10)):
        part = number // size * size
        if size == 10 and number < 20:
            break
        if part:
            if part not in table:
                return []
            result.append(table[part])
            number -= part
    if number:
        result.append(_UNITS[number])
    return result
