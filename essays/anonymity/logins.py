"""Logins and handles: by their shape, or behind a word such as «ник», «телега», «ВК»."""

from __future__ import annotations

import re

LOGIN = re.compile(r"(?<![\w@.-])[A-Za-z](?:[\w.\-]*[\d_.\-][\w.\-]*\w|\w{4,}(?=[»\")]?[ ]?(?:$|[.,;\n])))")
"""What may be a login, if `is_called_login` says so."""
_CALLED = re.compile(
    r"(?:\bник(?:нейм)?|\bлогин|\bаккаунт|\bканал|github|гитхаб|репозитор|\bvk|\btg|телеграмм?|\bтг|telegram|instagram|инстаграмм?|\bвк"
    r"|вконтакте|kakaotalk|какао\w*|wechat|вичат|zalo|weibo|вайбер|viber|whatsapp|ватсап|скайп|skype|дискорд|discord|tiktok|тикток|\bтелег[аиеу]|\bмакс[ае]?|\bmax"
    r"|\bинст[аеу]?|\bютуб\w{0,2}|youtube|рутуб\w?|\bчате?|\bигр[еы]|\bконтакт[ае]?|\bодноклассник"
    r"|\bstream|\bтвич|twitch|\bsteam|\bстим[ае]?|nickname|login|username|уч[её]тн\w+ запис)\w{0,2}"
    r"(?:[ ]?[:\-–—(][ ]?|[ ](?:[^\W\d_a-zA-Z]{1,12}[ ]){0,4})(?:[:\-–—][ ]?)?[«\"@]?$",
    re.IGNORECASE,
)
# «yulka_2010», «frol2009art»: nothing but a login has such a shape.
LOGIN_SHAPE = re.compile(
    r"(?<![\w@./:-])(?=[a-z0-9_.]{6,32}(?![\w@/-]))(?=[^\s]*[a-z]{3})(?:[a-z]+_[a-z0-9_]*[a-z0-9]"
    r"|(?i:[a-z])[a-z]{2,}[._]?(?:19|20)\d\d[a-z]{0,8})(?![\w@/-]|\.\w)"
)
MAY_BE_SHAPED = re.compile(r"_|(?:19|20)\d\d")
# Most essays hold nothing that the slower patterns could find.
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_.]{3}")
_NO_LOGINS = frozenset(
    {"ios", "windows", "minecraft", "covid", "web", "wi_fi", "read_me", "expo", "euro", "office", "fifa", "html"}
)
_PRODUCTS = frozenset(
    "youtube google facebook whatsapp telegram discord steam instagram tiktok skype viber twitter windows android"
    " minecraft roblox iphone rutube max premium online apple yandex huawei samsung xiaomi dota fortnite".split()
)
PUBLIC_PAGES = frozenset(
    {"gosuslugi", "gosuslugi_official", "mfc", "mos", "altairegion", "rosobrnadzor", "edu", "government"}
)


def is_called_login(match: re.Match[str], text: str) -> bool:
    """Whether the words before a match of `LOGIN` call it somebody's login."""
    before = _CALLED.search(text, max(0, match.start() - 70), match.start())
    return before is not None and match[0].lower() not in PUBLIC_PAGES | _PRODUCTS


def is_no_login(match: re.Match[str]) -> bool:
    """«windows_2010» and its like: products, not people."""
    return match[0].rstrip("0123456789_.") in _NO_LOGINS
