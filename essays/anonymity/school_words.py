"""How the names of schools, colleges and universities are built: the words, and where a mention begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, overload

from essays.anonymity.folding import Folded

if TYPE_CHECKING:
    from essays.anonymity.school_names import InstitutionForms

SCHOOL, COLLEGE, UNIVERSITY = "ШКОЛА", "КОЛЛЕДЖ", "ВУЗ"

LEGAL = re.compile(r"(?:кг|ог|об|фг|м|г|ч|н|ф)?[бак]?[пд]?оу|мобу|мбу|мку|мау|кгбу|[мг][бак]?удо|ано")
_SCHOOL_WORD = re.compile(
    r"(?:школ(?:а|ы|е|у|ой|ою|ам|ами|ах)?|школа-интернат\w*|гимнази(?:я|и|ю|ей|ею|ям|ями|ях|й)|(?:пед|мед|физмат|агро|тех)?лице(?:й|я"
    r"|ю|ем|е|и|ев|ям|ях)"
    r"|[а-я]?с[рош]?ош|сш|оош|нош|мсош|соши|интернат\w{0,3}|корпус(?:а|е|у|ом)?|прогимнази\w+|школк\w{1,3})"
)
_COLLEGE_WORD = re.compile(
    r"(?:(?:гос|пед|мед|муз|худ|политех|пром|агро|строй|транс|авто|тех|электро|энерго|лес|сельхоз|торг|проф)*"
    r"(?:колледж\w{0,3}|техникум\w{0,3}|училищ\w{1,3})|лицей-колледж\w*|шараг\w{1,2}|бурс(?:а|ы|е|у|ой)|путяг\w{1,2}|хабз\w{1,2}|птк|пту)"
)
_UNIVERSITY_WORD = re.compile(
    r"(?:(?:гос|пед|мед|аграр|агро|тех|политех|фин|вет|пром)*(?:университет\w{0,3}|универ(?:а|е|у|ом)?"
    r"|институт\w{0,3}|академи\w{1,3})"
    r"|вуз(?:а|е|у|ом)?|консерватори\w{1,3})"
)
LONG_LEGAL = re.compile(
    r"(?:муниципальн|бюджетн|автономн|казенн|краев|государственн|федеральн|общеобразовательн"
    r"|образовательн|учреждени|профессиональн"
    r"|высш|образовани|средн|основн|начальн|общ|полн|вечерн|сменн|кадетск|педагогическ|медицинск"
    r"|техническ|политехническ|аграрн|медико"
    r"|строительн|промышленн|экономическ|юридическ|гуманитарн|лингвистическ|транспортн|сельскохозяйственн"
    r"|информационн|технологическ|культур"
    r"|искусств|музыкальн|художественн|художеств|спортивн|управлени|опорн|негосударственн|частн|базов)\w*"
)
ADJECTIVE = re.compile(r"\w{3,}(?:ая|яя|ой|ей|ую|юю|ий|ый|ого|его|ому|ему|ом|ем|им|ым|ое|ее)")
_NUMBER_SIGN = re.compile(r"№|n|no|номер\w{0,2}|#")
_NAMED = re.compile(r"им|имени")
_PLACE = re.compile(
    r"г|с|п|пгт|пос|ст|д|р|город|города|городе|села|селе|село|поселка|поселке|поселок|деревни|деревне"
    r"|деревня|станции|станица|рп|рабочего|зато|городского|округа"
)
_AREA = re.compile(r"район(?:а|е)?|края|крае|край|области|округа|республики")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|\n")
_OPEN, _CLOSE = "«\"“„‹'", "»\"”“›'"


class Token(NamedTuple):
    text: str
    start: int
    end: int
    capital: bool
    capitals: bool


_REACH = 40
"""Tokens that a mention may stretch to either side of its kind."""


class Tokens(Sequence[Token]):
    """The tokens of a text; few of them are ever looked at."""

    def __init__(self, folded: Folded) -> None:
        self._text, self._shown = folded.text, folded.shown
        self._places = [match.span() for match in _TOKEN.finditer(folded.text)]
        self._made: dict[int, Token] = {}

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Token: ...

    @overload
    def __getitem__(self, index: slice) -> list[Token]: ...

    def __getitem__(self, index: int | slice) -> Token | list[Token]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self._places)))]
        token = self._made.get(index)
        if token is None:
            start, end = self._places[index]
            shown = self._shown[start:end]
            token = Token(self._text[start:end], start, end, shown[0].isupper(), shown.isupper())
            self._made[index] = token
        return token

    def kinds(self) -> list[int]:
        """Indices of the words that name a kind of institution or its legal form."""
        text = self._text
        return [index for index, (start, end) in enumerate(self._places) if _is_kind(text[start:end])]


@lru_cache(maxsize=16384)
def _is_kind(word: str) -> bool:
    return bool(tag_of_word(word)) or (len(word) > 2 and LEGAL.fullmatch(word) is not None)


@lru_cache(maxsize=8192)
def tag_of_word(word: str) -> str:
    for pattern, tag in ((_SCHOOL_WORD, SCHOOL), (_COLLEGE_WORD, COLLEGE), (_UNIVERSITY_WORD, UNIVERSITY)):
        if pattern.fullmatch(word):
            return tag
    return ""


_PROFILE = re.compile(
    r"(педагог|медицин|медик|политехн|техническ|технолог|аграрн|строит|промышленн|экономич|юридич|гуманитарн|лингвист"
    r"|транспорт|сельскохоз|информац|культур|искусств|музык|художеств|спортив|управлен|железнодорож|финансов|архитектур"
    r"|машиностроит|торгов|кулинар|лесн|ветеринар|фармац|театр|хореограф|олимпийск|математич|лингвистич|правов"
    r"|энергет|автомоб"
    r"|воскресн|автошкол|танцев)\w*"
)
_PREFIX = re.compile(
    r"(пед|мед|политех|фин|аграр|агро|строй|транс|авто|муз|худ|пром|вет|энерго|лес|сельхоз|торг)(?:гос)?"
    r"(?:колледж|училищ|универ|институт|академ|вуз|техникум|лице)\w*"
)
_FULL = {
    "пед": "педагог",
    "мед": "медицин",
    "политех": "политехн",
    "фин": "финансов",
    "аграр": "аграрн",
    "агро": "аграрн",
    "строй": "строит",
    "транс": "транспорт",
    "авто": "автомоб",
    "муз": "музык",
    "худ": "художеств",
    "пром": "промышленн",
    "вет": "ветеринар",
    "медик": "медицин",
    "энерго": "энергет",
    "лес": "лесн",
    "сельхоз": "сельскохоз",
    "торг": "торгов",
}
_ABBREVIATED = {
    "гту": "государственный технический университет",
    "гпу": "государственный педагогический университет",
    "гму": "государственный медицинский университет",
    "гау": "государственный аграрный университет",
}


def spelled_out(name: str) -> str:
    """A folded name with what its abbreviation means behind it: «алтгту» is a technical university."""
    kinds = re.findall(r"(?<!\w)[а-я]{0,5}(гту|гпу|гму|гау)(?!\w)", name)
    return " ".join([name, *(_ABBREVIATED[kind] for kind in kinds)])


_KINDS = ("гимназ", "лице", "техникум", "училищ", "академи", "институт", "консерватор", "кадет")


def profile_of(words: Iterable[str]) -> set[str]:
    """What is taught there, by the words of a name: {«педагог»} of «педагогический», «педколледж»."""
    profile = set()
    for word in words:
        if match := _PREFIX.fullmatch(word) or _PROFILE.fullmatch(word):
            profile.add(_FULL.get(match[1], match[1]))
    return profile


def kinds_of(words: Iterable[str]) -> set[str]:
    """Kinds that people keep apart: a lyceum is no gymnasium, though both are schools."""
    return {kind for word in words for kind in _KINDS if word.startswith(kind)}


def tag_of_name(name: str) -> str:
    words = re.findall(r"[^\W\d_]+", name)
    tags = [tag for word in words if (tag := tag_of_word(word))]
    for tag in (UNIVERSITY, COLLEGE, SCHOOL):
        if tag in tags:
            return tag
    return UNIVERSITY if re.search(r"(?:гу|гпу|гту|гму|гау)\b", name) else SCHOOL


def is_legal(token: Token) -> bool:
    return token.capitals and len(token.text) > 2 and LEGAL.fullmatch(token.text) is not None


def mention(tokens: Tokens, index: int, forms: InstitutionForms | None) -> tuple[int, int, bool]:
    """(first token, last token, whether a legal form is named) of the mention around the token at `index`."""
    first = index
    while first > max(0, index - _REACH) and _belongs_left(tokens, first - 1, forms):
        first -= 1
    while first < index and (tokens[first].text in _OPEN + _CLOSE + ".,-–—\n"):
        first += 1
    last = _right_end(tokens, index)
    long_legal = sum(
        token.text.startswith(("учреждени", "муниципальн", "казенн")) for token in tokens[first : last + 1]
    )
    return first, last, any(map(is_legal, tokens[first : last + 1])) or long_legal > 1


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
