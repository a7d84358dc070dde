"""Where the mention of a school, college or university begins and ends, as the words around its kind tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from essays.anonymity.school_words import ADJECTIVE, LONG_LEGAL, Token, Tokens, is_legal, tag_of_word

if TYPE_CHECKING:
    from essays.anonymity.school_names import InstitutionForms

_NUMBER_SIGN = re.compile(r"№|n|no|номер\w{0,2}|#")
_NAMED = re.compile(r"им|имени")
_PLACE = re.compile(
    r"г|с|п|пгт|пос|ст|д|р|город|города|городе|села|селе|село|поселка|поселке|поселок|деревни|деревне"
    r"|деревня|станции|станица|рп|рабочего|зато|городского|округа"
)
_AREA = re.compile(r"район(?:а|е)?|края|крае|край|области|округа|республики")
_REACH = 40
_FORM = re.compile(r"муниципальн|казенн|бюджетн|автономн|федеральн|краев|областн")
_OPEN, _CLOSE = "«\"“„‹'", "»\"”“›'"


def mention(tokens: Tokens, index: int, forms: InstitutionForms | None) -> tuple[int, int, bool]:
    """(first token, last token, whether a legal form is named) of the mention around the token at `index`."""
    first = index
    while first > max(0, index - _REACH) and _belongs_left(tokens, first - 1, forms):
        first -= 1
    while first < index and (tokens[first].text in _OPEN + _CLOSE + ".,-–—\n"):
        first += 1
    last = _right_end(tokens, index)
    words = [token.text for token in tokens[first : last + 1]]
    spelled = any(word.startswith("учреждени") for word in words) and any(map(_FORM.match, words))
    return first, last, spelled or any(map(is_legal, tokens[first : last + 1]))


def _belongs_left(tokens: Tokens, index: int, forms: InstitutionForms | None) -> bool:
    token = tokens[index]
    if token.text == "\n":
        # A title page sets «муниципальное бюджетное … учреждение» on lines of its own.
        return index > 0 and (
            is_legal(tokens[index - 1])
            or tokens[index - 1].text.startswith(("учреждени", "образовательн", "общеобразовательн"))
        )
    if token.text in _OPEN + _CLOSE:
        before = tokens[index - 1] if index else token
        if before.text == "\n":
            return _belongs_left(tokens, index - 1, forms)
        return is_legal(before) or before.text in ("во", "впо", "спо") or LONG_LEGAL.fullmatch(before.text) is not None
    if is_legal(token) or LONG_LEGAL.fullmatch(token.text) or tag_of_word(token.text):
        return True
    if token.text in ("во", "впо", "спо") and index > 0 and is_legal(tokens[index - 1]):
        return True
    if token.text in "-–" and index > 0 and tokens[index - 1].text.isdigit():
        return True
    if token.text in "-–" and index > 0 and tokens[index - 1].end == token.start == tokens[index + 1].start - 1:
        # «Усть-Пристанская»
        return tokens[index - 1].capital and tokens[index - 1].text.isalpha()
    if (
        token.text in ("я", "й", "ю", "ой", "ей", "ом", "м", "го", "ую", "ая")
        and index > 0
        and tokens[index - 1].text in "-–"
    ):
        return True
    if token.text.isdigit():
        follower = tokens[index + 1].text
        return len(token.text) <= 4 and follower not in ("\n", ".", ",")
    if (
        token.capital
        and tokens[index + 1].text in "-–"
        and token.end == tokens[index + 1].start
        and token.text.isalpha()
    ):
        return True
    if forms is None:
        return token.capital and ADJECTIVE.fullmatch(token.text) is not None
    own = any(token.text.startswith(stem) for stem in forms.stems | {p for p in forms.places if p})
    spelled = any(pattern.fullmatch(token.text) for pattern in forms.spelled_words)
    return (
        own
        or spelled
        or (
            token.capital
            and ADJECTIVE.fullmatch(token.text) is not None
            and index > 0
            and tokens[index - 1].text != "\n"
        )
    )


def _right_end(tokens: Tokens, index: int) -> int:
    last = index
    position = index + 1
    while position < len(tokens) and position - index < _REACH:
        token = tokens[position]
        before = tokens[position - 1]
        if token.text == "\n":
            area = (
                _area_end(tokens, position + 1)
                if position <= last + 2 and (tokens[last].capitals or tokens[last].text in _CLOSE)
                else None
            )
            if not area:
                break
            last = area
            position = area + 1
            continue
        if _NUMBER_SIGN.fullmatch(token.text):
            position += 1
        elif after := _region_end(tokens, position):
            position = after
        elif (
            token.text.isdigit()
            and len(token.text) <= 4
            and (
                before.text in '№#-–n«"'
                or before.text.startswith("номер")
                or (_kind(before) and not _counts(tokens, position))
            )
        ):
            last = position
            position += 1
        elif token.text in _CLOSE and position == last + 1:
            position += 1  # What follows may still belong: «…» города Барнаула.
        elif token.text in _OPEN and (close := _closing(tokens, position)):
            last = close
            position = close + 1
        elif _NAMED.fullmatch(token.text) and (named := _name_end(tokens, position)):
            last = named
            position = named + 1
        elif _PLACE.fullmatch(token.text) and (place := _place_end(tokens, position)):
            last = place
            position = place + 1
        elif area := _area_end(tokens, position):
            last = area
            position = area + 1
        elif _kind(token) or LONG_LEGAL.fullmatch(token.text) or (is_legal(token)):
            last = position
            position += 1
        elif (
            token.text in ("-", "–", ",", ".")
            and position + 1 < len(tokens)
            and position == last + 1
            and token.text != "."
        ):
            position += 1
            if token.text == "," and not (
                _PLACE.fullmatch(tokens[position].text)
                or _AREA.fullmatch(tokens[position].text)
                or _area_end(tokens, position)
            ):
                break
        elif (
            token.text in ("во", "впо", "спо", "с", "и", "н")
            and position + 1 < len(tokens)
            and LONG_LEGAL.fullmatch(tokens[position + 1].text)
        ):
            position += 1
        elif (
            token.capital
            and ADJECTIVE.fullmatch(token.text)
            and position + 1 < len(tokens)
            and (LONG_LEGAL.fullmatch(tokens[position + 1].text) or _kind(tokens[position + 1]))
        ) or (
            re.fullmatch(r"номер\w{0,2}", before.text)
            and re.fullmatch(r"[а-я]+", token.text)
            and before.text.startswith("номер")
        ):
            last = position
            position += 1
        else:
            break
    return last


def _region_end(tokens: Tokens, position: int) -> int | None:
    """Behind «РА» in «БПОУ РА «…»», «РС(Я)» in «ГАПОУ РС(Я) «…»»: a region between legal form and name."""
    token = tokens[position]
    if not (is_legal(tokens[position - 1]) and token.capitals and 2 <= len(token.text) <= 4 and token.text.isalpha()):
        return None
    following = [tokens[place].text for place in range(position + 1, min(len(tokens), position + 5))]
    skip = 3 if following[:1] == ["("] and following[2:3] == [")"] else 0
    return position + 1 + skip if following[skip : skip + 1] and following[skip] in _OPEN else None


_COUNTED = re.compile(r"\w*(?:ов|ев|ей|ек|ок|лет|раз|минут|тысяч|ниц|ий|мест|лиц|команд|парт|групп|а|я)")


def _counts(tokens: Tokens, position: int) -> bool:
    """Whether the number counts what follows («в школе 12 кабинетов») and is no name."""
    follower = tokens[position + 1] if position + 1 < len(tokens) else None
    return follower is not None and not follower.capital and _COUNTED.fullmatch(follower.text) is not None


def _kind(token: Token) -> str:
    return tag_of_word(token.text) or ("legal" if is_legal(token) else "")


def _closing(tokens: Tokens, opening: int) -> int | None:
    """The closing quotation mark of a name; names in names («МБОУ «СОШ «Рассвет»») close together."""
    depth, straight = 0, tokens[opening].text == '"'
    for position in range(opening, min(len(tokens), opening + 30)):
        text = tokens[position].text
        if text == "\n":
            return None
        if straight and position > opening and text == '"':
            return position
        if not straight and text in "«“„":
            depth += 1
        elif not straight and text in "»”":
            depth -= 1
            if depth <= 0 or position + 1 >= len(tokens) or tokens[position + 1].text not in "»”":
                return position
    return None


def _name_end(tokens: Tokens, position: int) -> int | None:
    """The last token of «имени Героя России И. И. Иванова»."""
    last = None
    for index in range(position + 1, min(len(tokens), position + 12)):
        token = tokens[index]
        if token.text == "\n":
            break
        if token.text in ".-":
            continue
        initial = len(token.text) == 1 and token.capital
        rank = token.text in (
            "героя",
            "героев",
            "советского",
            "союза",
            "россии",
            "дважды",
            "маршала",
            "генерала",
            "академика",
            "российской",
            "федерации",
            "кавалера",
            "ордена",
            "и",
        )
        if not (token.capital or rank):
            break
        if (
            last is not None
            and not rank
            and not initial
            and tokens[index - 1].text == "."
            and len(tokens[index - 2].text) > 1
        ):
            break
        last = index
    return last


def _place_end(tokens: Tokens, position: int) -> int | None:
    """The last token of «г. Барнаула», «села Ребриха»."""
    index = position + 1
    while index < len(tokens) and tokens[index].text in ".":
        index += 1
    if index < len(tokens) and tokens[index].capital and tokens[index].text.isalpha():
        if index + 2 < len(tokens) and tokens[index + 1].text == "-" and tokens[index + 2].capital:
            return index + 2
        return index
    return None


def _area_end(tokens: Tokens, position: int) -> int | None:
    """The last token of «Ребрихинского района», «Алтайского края»."""
    if position + 1 < len(tokens) and tokens[position].capital and _AREA.fullmatch(tokens[position + 1].text):
        return position + 1
    hyphen = position + 3 < len(tokens) and tokens[position].capital and tokens[position + 1].text in "-–"
    if hyphen and tokens[position + 2].capital and _AREA.fullmatch(tokens[position + 3].text):
        return position + 3  # «Усть-Калманского района»
    return None


def whole_quotes(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    inside = [token.text for token in tokens[first : last + 1]]
    opened = sum(text in "«“„" for text in inside) - sum(text in "»”" for text in inside)
    if opened > 0 and last + 1 < len(tokens) and tokens[last + 1].text in "»”":
        return first, last + 1
    if opened < 0 and first > 0 and tokens[first - 1].text in "«“„":
        return first - 1, last
    return first, last
