"""Russian names in Latin letters: one pattern for all the schemes in use (passports, GOST, BGN, ICAO, by ear)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_LETTERS = {
    "а": "a",
    "б": "b",
    "в": "[vw]",
    "г": "[gh]",
    "д": "d",
    "е": "(?:ye|je|yo|jo|io|[eo])",
    "ж": "(?:zh|[jgz])",
    "з": "[zs]",
    "и": "(?:ee|iy|ij|[iyj])",
    "й": "(?:[iyj]?)",
    "к": "(?:ck|[kcq])",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "[oa]",
    "п": "p",
    "р": "r",
    "с": "s{1,2}",
    "т": "t",
    "у": "(?:ou|[uy])",
    "ф": "(?:ph|f)",
    "х": "(?:kh|ch|[hx])",
    "ц": "(?:ts|tz|cz|[cz])",
    "ч": "(?:tch|tsch|ch|4|c)",
    "ш": "(?:sch|sh|s|w)",
    "щ": "(?:shch|shh|sch|sh|sc|w)",
    "ъ": "['’\"`]?",
    "ы": "(?:yi|[yi])",
    "ь": "['’`yji]?",
    "э": "(?:eh|e)",
    "ю": "(?:yu|ju|iu|u)",
    "я": "(?:ya|ja|ia|a|q)",
}
CLUSTERS = {
    "кс": "(?:ks|x|cs)",
    "ий": "(?:iy|ij|yi|yy|ii|i|y|j)",
    "ый": "(?:yy|yi|iy|ij|yj|i|y|j)",
    "ья": "(?:['’]?(?:ya|ia|ja)|a)",
}


def pattern(name: str) -> str:
    """A regular expression for a folded name in Latin letters, lower case; «е» also stands for ё."""
    return "".join(_pieces(name))


def _pieces(name: str) -> list[str]:
    """The same letter by letter."""
    parts: list[str] = []
    position = 0
    while position < len(name):
        pair = name[position : position + 2]
        if pair in CLUSTERS:
            parts.append(CLUSTERS[pair])
            position += 2
            continue
        letter = name[position]
        doubled = position and name[position - 1] == letter
        piece = _LETTERS.get(letter, re.escape(letter))
        # Double letters are often written once: Анна is also Ana.
        parts.append(f"(?:{piece})?" if doubled else piece)
        position += 1
    return parts


_BACK = tuple(
    pair.split(":")
    for pair in (
        "shch:щ sch:щ zh:ж kh:х ts:ц tch:ч ch:ч sh:ш yu:ю iu:ю ju:ю ya:я ia:я ja:я yo:ё jo:ё ye:е je:е ck:к ph:ф"
        " x:кс iy:ий "
        "yy:ый ey:ей ay:ай oy:ой uy:уй a:а b:б v:в w:в g:г d:д e:е z:з i:и j:й k:к c:к q:к l:л m:м n:н o:о p:п r:р s:с "
        "t:т u:у f:ф h:х y:ы"
    ).split()
)


def to_cyrillic(name: str) -> str:
    """A name in Latin letters, lower case, in the likeliest Russian spelling: «sokolova» → «соколова»."""
    result, position = "", 0
    while position < len(name):
        latin, russian = next(((a, b) for a, b in _BACK if name.startswith(a, position)), (name[position], ""))
        result += russian
        position += len(latin)
    return re.sub(r"ы$", "ий", result) if result.endswith(("ск" + "ы", "цк" + "ы")) else result


def compiled(names: Iterable[str]) -> re.Pattern[str]:
    """One pattern for many names, the longest first. Matches nothing when there are none."""
    return _compiled(frozenset(names))


@lru_cache(maxsize=1024)
def _compiled(names: frozenset[str]) -> re.Pattern[str]:
    ordered = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
    return re.compile("|".join(f"(?:{pattern(name)})" for name in ordered) if ordered else r"(?!)")


def is_one_of(word: str, names: frozenset[str]) -> bool:
    """Whether a word in Latin letters, lower case, is one of the names as a whole."""
    return _whole(names).fullmatch(word) is not None


@lru_cache(maxsize=1024)
def _whole(names: frozenset[str]) -> re.Pattern[str]:
    """As `compiled`, for whole words only. Forms of a name begin alike: what they share is compiled once."""
    root: _Branches = {}
    for name in sorted(names):
        branch = root
        for piece in _pieces(name):
            branch = branch.setdefault(piece, {})
        branch[""] = {}
    return re.compile(_any_of(root) if root else r"(?!)")


_Branches = dict[str, "_Branches"]


def _any_of(branches: _Branches) -> str:
    ways = [piece + _any_of(rest) if piece else "" for piece, rest in branches.items()]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
