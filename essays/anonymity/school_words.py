"""The words that the names of schools, colleges and universities are built of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, overload

from essays.anonymity.folding import Folded

SCHOOL, COLLEGE, UNIVERSITY = "ШКОЛА", "КОЛЛЕДЖ", "ВУЗ"

LEGAL = re.compile(r"(?:кг|ог|об|фг|м|г|ч|н|ф)?[бак]?[пд]?оу|мобу|мбу|мку|мау|кгбу|[мг][бак]?удо|ано")
_SCHOOL_WORD = re.compile(
    r"(?:(?:спец)?школ(?:а|ы|е|у|ой|ою|ам|ами|ах)?|школа-интернат\w*|гимнази(?:я|и|ю|ей|ею|ям|ями|ях|й)|(?:пед|мед|физмат|агро|тех)?лице(?:й|я"
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
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|\n")


class Token(NamedTuple):
    text: str
    start: int
    end: int
    capital: bool
    capitals: bool


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
    if re.search(r"(?:гу|гпу|гту|гму|гау|фу|ниу)\b|оу в(?:п)?о\b", name):
        return UNIVERSITY
    return COLLEGE if re.search(r"(?<!\w)[а-я]{1,3}поу(?!\w)", name) else SCHOOL


def is_legal(token: Token) -> bool:
    return token.capitals and len(token.text) > 2 and LEGAL.fullmatch(token.text) is not None
