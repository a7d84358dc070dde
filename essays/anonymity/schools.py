"""Schools, colleges and universities: how their names are built, and which of them is the author's."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from essays.anonymity.folding import Folded, fold
from essays.anonymity.identity import Institution
from essays.anonymity.ordinals import cardinal, ordinal
from essays.anonymity.spans import Span

SCHOOL, COLLEGE, UNIVERSITY = "ШКОЛА", "КОЛЛЕДЖ", "ВУЗ"

_LEGAL = re.compile(r"(?:кг|ог|об|фг|м|г|ч|н|ф)?[бак]?[пд]?оу|мобу|мбу|мку|мау|кгбу|[мг][бак]?удо|ано")
_SCHOOL_WORD = re.compile(
    r"(?:школ(?:а|ы|е|у|ой|ою|ам|ами|ах)?|школа-интернат\w*|гимнази(?:я|и|ю|ей|ею|ям|ями|ях|й)|лице(?:й|я|ю|ем|е|и|ев|ям|ях)"
    r"|с[рош]?ош|сш|оош|нош|мсош|соши|интернат\w{0,3}|корпус(?:а|е|у|ом)?|прогимнази\w+|школк\w{1,3})"
)
_COLLEGE_WORD = re.compile(r"(?:(?:пед|мед|муз|политех|агро|строй|транс|авто)?колледж\w{0,3}|(?:пед|мед|муз|худ)училищ\w{1,3}|техникум\w{0,3}|училищ\w{1,3}|лицей-колледж\w*|шараг\w{1,2}|птк|пту)")
_UNIVERSITY_WORD = re.compile(r"(?:(?:пед|мед|аграр)?(?:университет\w{0,3}|универ(?:а|е|у|ом)?|институт\w{0,3})|академи\w{1,3}|вуз(?:а|е|у|ом)?|консерватори\w{1,3})")
_LONG_LEGAL = re.compile(
    r"(?:муниципальн|бюджетн|автономн|казенн|краев|государственн|федеральн|общеобразовательн|образовательн|учреждени|профессиональн"
    r"|высш|образовани|средн|основн|начальн|общ|полн|вечерн|сменн|кадетск|педагогическ|медицинск|техническ|политехническ|аграрн|медико"
    r"|строительн|промышленн|экономическ|юридическ|гуманитарн|лингвистическ|транспортн|сельскохозяйственн|информационн|технологическ|культур"
    r"|искусств|музыкальн|художественн|художеств|спортивн|управлени|опорн|негосударственн|частн|базов)\w*"
)
_ADJECTIVE = re.compile(r"\w{3,}(?:ая|яя|ой|ей|ую|юю|ий|ый|ого|его|ому|ему|ом|ем|им|ым|ое|ее)")
_NUMBER_SIGN = re.compile(r"№|n|no|номер\w{0,2}|#")
_NAMED = re.compile(r"им|имени")
_PLACE = re.compile(r"г|с|п|пгт|пос|ст|д|р|город|города|городе|села|селе|село|поселка|поселке|поселок|деревни|деревне|деревня|станции|станица|рп|рабочего|зато|городского|округа")
_AREA = re.compile(r"район(?:а|е)?|края|крае|край|области|округа|республики")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|\n")
_OPEN, _CLOSE = "«\"“„‹'", "»\"”“›'"
_STOP = frozenset(
    "средняя средней основная общеобразовательная школа школы имени россии алтайского края района героя советского союза государственный "
    "государственного университет институт академия колледж техникум гимназия лицей муниципальное бюджетное казенное автономное "
    "образовательное учреждение профессиональное общеобразовательное краевое высшего образования федеральное углубленным изучением "
    "отдельных предметов филиал название кадетский корпус город города села".split()
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    capital: bool
    capitals: bool


_REACH = 40
"""Tokens that a mention may stretch to either side of its kind."""
_REGIONS = frozenset({"алтайск", "российск", "сибирск", "русск", "московск", "краев"})
_PLURAL = frozenset({"школ", "школам", "школах", "школами", "гимназий", "лицеев", "колледжей", "техникумов", "вузов", "университетов"})


class InstitutionForms:
    """What tells that a mention means this institution."""

    def __init__(self, institution: Institution) -> None:
        whole = f"{institution.name} {institution.short_name}"
        name = fold(whole).text
        self.numbers = set(re.findall(r"\d+", name))
        words = re.findall(r"[^\W\d_]+", name)
        stems = {
            word[:-2] for word in words if len(word) > 6 and _ADJECTIVE.fullmatch(word) and not _LONG_LEGAL.fullmatch(word)
        }
        self.tag = _tag_of(name)
        # «Алтайский» is shared by dozens: such names are recognised as a whole only.
        self.stems = stems - _REGIONS
        # A numbered school is one of many in its town; a school without a number is often the only one.
        self.places = set() if self.numbers or self.tag != SCHOOL else {_place_stem(fold(institution.locality).text)} - {""}
        self.named = _named_words(name)
        self.quoted = _quoted_names(whole)
        self.exact = [pattern for text in (institution.name, institution.short_name) if (pattern := _exact(text))]
        values = [int(number) for number in self.numbers if len(number) < 4 and 0 < int(number) < 400]
        self.spelled = [re.compile(rf"\b(?:{ordinal(value)}|{cardinal(value)})\b") for value in values]
        self.spelled_words = [
            re.compile(f"{cardinal(value).replace(' ', '|')}|{ordinal(value).rpartition(' ')[2]}") for value in values
        ]
        self.exact += [pattern for pattern in (_inflected(institution.name),) if pattern]
        self.short = _abbreviations(institution)

    def meant(self, words: list[str]) -> str:
        """Why the words of a mention mean this institution; empty if nothing says so."""
        tags = {tag for word in words if (tag := _tag_of_word(word))}
        if tags and self.tag not in tags:
            return ""
        if any(word in self.numbers for word in words):
            return "the number of the institution"
        for word in words:
            if not _PLURAL.isdisjoint(words):
                break
            if any(word.startswith(stem) for stem in self.stems):
                return "the name of the institution"
            if any(word[:-1].startswith(stem) or word == stem for stem in self.named):
                return "the person whom the institution is named after"
            if word in self.quoted:
                return "the name of the institution"
            if any(place and word.startswith(place) for place in self.places):
                return "the place of the institution"
        if any(pattern.search(" ".join(words)) for pattern in self.spelled):
            return "the number of the institution in words"
        return ""


def find_institution(folded: Folded, institution: Institution | None) -> list[Span]:
    """Mentions of the author's institution, and of any whose legal form is named, as on title pages."""
    forms = InstitutionForms(institution) if institution else None
    spans = []
    tokens = _tokens(folded)
    seen = -1
    for index, token in enumerate(tokens):
        if index <= seen:
            continue
        tag = _tag_of_word(token.text)
        legal = _is_legal(token)
        if not tag and not legal:
            continue
        first, last, is_legal = _mention(tokens, index, forms)
        seen = last
        words = [t.text for t in tokens[first : last + 1]]
        reason = forms.meant(words) if forms else ""
        if not reason and is_legal:
            reason = "an institution with its legal form"
        if not reason:
            continue
        first, last = _whole_quotes(tokens, first, last)
        start, end = folded.back(tokens[first].start, tokens[last].end)
        tag = tag or next((t for word in words if (t := _tag_of_word(word))), "") or (forms.tag if forms else SCHOOL)
        spans.append(Span(start, end, "institution", tag, reason, 0.95))
    if forms:
        spans += _direct(folded, forms)
    places = (_balanced(folded.original, span.start, span.end) for span in spans)
    return [replace(span, start=start, end=end) for span, (start, end) in zip(spans, places, strict=True)]


def _direct(folded: Folded, forms: InstitutionForms) -> list[Span]:
    spans = []
    for pattern, reason in [*((p, "the institution's name") for p in forms.exact), *forms.short]:
        for match in pattern.finditer(folded.text):
            start, end = folded.back(match.start(), match.end())
            spans.append(Span(start, end, "institution", forms.tag, reason, 0.97))
    for name in forms.quoted:
        for match in re.finditer(rf"[«\"“„]{re.escape(name)}[»\"”]", folded.text):
            start, end = folded.back(match.start(), match.end())
            spans.append(Span(start, end, "institution", forms.tag, "the institution's name in quotes", 0.8))
    return spans


def _tokens(folded: Folded) -> list[_Token]:
    original, tokens = folded.original, []
    for match in _TOKEN.finditer(folded.text):
        shown = original[folded.starts[match.start()] : folded.ends[match.end() - 1]]
        tokens.append(_Token(match[0], match.start(), match.end(), shown[0].isupper(), shown.isupper()))
    return tokens


def _tag_of_word(word: str) -> str:
    for pattern, tag in ((_SCHOOL_WORD, SCHOOL), (_COLLEGE_WORD, COLLEGE), (_UNIVERSITY_WORD, UNIVERSITY)):
        if pattern.fullmatch(word):
            return tag
    return ""


def _tag_of(name: str) -> str:
    words = re.findall(r"[^\W\d_]+", name)
    tags = [tag for word in words if (tag := _tag_of_word(word))]
    for tag in (UNIVERSITY, COLLEGE, SCHOOL):
        if tag in tags:
            return tag
    return UNIVERSITY if re.search(r"(?:гу|гпу|гту|гму|гау)\b", name) else SCHOOL


def _is_legal(token: _Token) -> bool:
    return token.capitals and len(token.text) > 2 and _LEGAL.fullmatch(token.text) is not None


def _mention(tokens: list[_Token], index: int, forms: InstitutionForms | None) -> tuple[int, int, bool]:
    """(first token, last token, whether a legal form is named) of the mention around the token at `index`."""
    first = index
    while first > max(0, index - _REACH) and _belongs_left(tokens, first - 1, forms):
        first -= 1
    while first < index and (tokens[first].text in _OPEN + _CLOSE + ".,-–—\n"):
        first += 1
    last = _right_end(tokens, index)
    long_legal = sum(token.text.startswith(("учреждени", "муниципальн", "казенн")) for token in tokens[first : last + 1])
    return first, last, any(map(_is_legal, tokens[first : last + 1])) or long_legal > 1


def _belongs_left(tokens: list[_Token], index: int, forms: InstitutionForms | None) -> bool:
    token = tokens[index]
    if token.text == "\n":
        # A title page sets «муниципальное бюджетное … учреждение» on lines of its own.
        return index > 0 and (_is_legal(tokens[index - 1]) or tokens[index - 1].text.startswith(("учреждени", "образовательн", "общеобразовательн")))
    if token.text in _OPEN + _CLOSE:
        before = tokens[index - 1] if index else token
        if before.text == "\n":
            return _belongs_left(tokens, index - 1, forms)
        return _is_legal(before) or before.text in ("во", "впо", "спо") or _LONG_LEGAL.fullmatch(before.text) is not None
    if _is_legal(token) or _LONG_LEGAL.fullmatch(token.text) or _tag_of_word(token.text):
        return True
    if token.text in ("во", "впо", "спо") and index > 0 and _is_legal(tokens[index - 1]):
        return True
    if token.text in "-–" and index > 0 and tokens[index - 1].text.isdigit():
        return True
    if token.text in ("я", "й", "ю", "ой", "ей", "ом", "м", "го", "ую", "ая") and index > 0 and tokens[index - 1].text in "-–":
        return True
    if token.text.isdigit():
        follower = tokens[index + 1].text
        return len(token.text) <= 4 and follower not in ("\n", ".", ",")
    if forms is None:
        return token.capital and _ADJECTIVE.fullmatch(token.text) is not None
    own = any(token.text.startswith(stem) for stem in forms.stems | {p for p in forms.places if p})
    spelled = any(pattern.fullmatch(token.text) for pattern in forms.spelled_words)
    return own or spelled or (token.capital and _ADJECTIVE.fullmatch(token.text) is not None and index > 0 and tokens[index - 1].text != "\n")


def _right_end(tokens: list[_Token], index: int) -> int:
    last = index
    position = index + 1
    while position < len(tokens) and position - index < _REACH:
        token = tokens[position]
        before = tokens[position - 1]
        if token.text == "\n":
            area = _area_end(tokens, position + 1) if position <= last + 2 and (tokens[last].capitals or tokens[last].text in _CLOSE) else None
            if not area:
                break
            last = area
            position = area + 1
            continue
        if _NUMBER_SIGN.fullmatch(token.text):
            position += 1
        elif token.text.isdigit() and len(token.text) <= 4 and (
            before.text in "№#-–n«\"" or before.text.startswith("номер") or (_kind(before) and not _counts(tokens, position))
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
        elif (area := _area_end(tokens, position)) :
            last = area
            position = area + 1
        elif _kind(token) or _LONG_LEGAL.fullmatch(token.text) or (_is_legal(token)):
            last = position
            position += 1
        elif token.text in ("-", "–", ",", ".") and position + 1 < len(tokens) and position == last + 1 and token.text != ".":
            position += 1
            if token.text == "," and not (_PLACE.fullmatch(tokens[position].text) or _AREA.fullmatch(tokens[position].text) or _area_end(tokens, position)):
                break
        elif token.text in ("во", "впо", "спо", "с", "и", "н") and position + 1 < len(tokens) and _LONG_LEGAL.fullmatch(tokens[position + 1].text):
            position += 1
        elif token.capital and _ADJECTIVE.fullmatch(token.text) and position + 1 < len(tokens) and (_LONG_LEGAL.fullmatch(tokens[position + 1].text) or _kind(tokens[position + 1])):
            last = position
            position += 1
        elif re.fullmatch(r"номер\w{0,2}", before.text) and re.fullmatch(r"[а-я]+", token.text) and before.text.startswith("номер"):
            last = position
            position += 1
        else:
            break
    return last


_COUNTED = re.compile(r"\w*(?:ов|ев|ей|ек|ок|лет|раз|минут|тысяч|ниц|ий|мест|лиц|команд|парт|групп|а|я)")


def _counts(tokens: list[_Token], position: int) -> bool:
    """Whether the number counts what follows («в школе 12 кабинетов») and is no name."""
    follower = tokens[position + 1] if position + 1 < len(tokens) else None
    return follower is not None and not follower.capital and _COUNTED.fullmatch(follower.text) is not None


def _kind(token: _Token) -> str:
    return _tag_of_word(token.text) or ("legal" if _is_legal(token) else "")


def _closing(tokens: list[_Token], opening: int) -> int | None:
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


def _name_end(tokens: list[_Token], position: int) -> int | None:
    """The last token of «имени Героя России И. И. Иванова»."""
    last = None
    for index in range(position + 1, min(len(tokens), position + 12)):
        token = tokens[index]
        if token.text == "\n":
            break
        if token.text in ".-" :
            continue
        initial = len(token.text) == 1 and token.capital
        rank = token.text in ("героя", "героев", "советского", "союза", "россии", "дважды", "маршала", "генерала", "академика", "российской", "федерации", "кавалера", "ордена", "и")
        if not (token.capital or rank):
            break
        if last is not None and not rank and not initial and tokens[index - 1].text == "." and len(tokens[index - 2].text) > 1:
            break
        last = index
    return last


def _place_end(tokens: list[_Token], position: int) -> int | None:
    """The last token of «г. Барнаула», «села Ребриха»."""
    index = position + 1
    while index < len(tokens) and tokens[index].text in ".":
        index += 1
    if index < len(tokens) and tokens[index].capital and tokens[index].text.isalpha():
        if index + 2 < len(tokens) and tokens[index + 1].text == "-" and tokens[index + 2].capital:
            return index + 2
        return index
    return None


def _area_end(tokens: list[_Token], position: int) -> int | None:
    """The last token of «Ребрихинского района», «Алтайского края»."""
    if position + 1 < len(tokens) and tokens[position].capital and _AREA.fullmatch(tokens[position + 1].text):
        return position + 1
    return None


def _whole_quotes(tokens: list[_Token], first: int, last: int) -> tuple[int, int]:
    inside = [token.text for token in tokens[first : last + 1]]
    opened = sum(text in "«“„" for text in inside) - sum(text in "»”" for text in inside)
    if opened > 0 and last + 1 < len(tokens) and tokens[last + 1].text in "»”":
        return first, last + 1
    if opened < 0 and first > 0 and tokens[first - 1].text in "«“„":
        return first - 1, last
    return first, last


def _place_stem(place: str) -> str:
    place = re.sub(r"^(?:г|с|п|пгт|город|село|поселок|деревня|станция)\.? ", "", place)
    return place[:-1] if len(place) > 4 and place[-1] in "аяоеыиьй" else place


def _named_words(name: str) -> set[str]:
    found = re.search(r"\bим(?:ени|\.)\s?(.+)", name)
    words = re.findall(r"[^\W\d_]{4,}", found[1]) if found else []
    return {word[:-1] for word in words if word not in _STOP and not _tag_of_word(word)}


def _quoted_names(name: str) -> set[str]:
    """Own names in quotes: «Сигма». Not those that only describe («Средняя школа № 5»)."""
    found = re.findall(r"[«\"“„]([^«»\"“”„]{3,40})[»\"”]", name)
    return {
        text
        for raw in found
        if (text := fold(raw.strip()).text) and not any(_tag_of_word(w) for w in re.findall(r"\w+", text)) and not re.search(r"\d", text)
    }


def _exact(text: str) -> re.Pattern[str] | None:
    """The name as written, whatever its quotes, spaces and hyphens."""
    words = re.findall(r"\d+|[^\W\d_]+", fold(text).text)
    # A name of one common word («Школа») tells nothing.
    if not words or (len(words) == 1 and (_tag_of_word(words[0]) or len(words[0]) < 4)):
        return None
    if all(_tag_of_word(word) or _LONG_LEGAL.fullmatch(word) or _LEGAL.fullmatch(word) for word in words):
        return None
    return re.compile(r"(?<!\w)" + r"[\W_]{0,4}".join(map(re.escape, words)) + r"(?!\w)")


def _inflected(name: str) -> re.Pattern[str] | None:
    """The name in any case, without its legal form and whom it is named after."""
    folded = fold(name).text
    inner = re.search(r"[«\"“„](.+)[»\"”]", folded)
    words = re.findall(r"\d+|[^\W\d_]+", re.split(r"\bим(?:ени|\.)", inner[1] if inner else folded)[0])
    words = [word for word in words if not _LEGAL.fullmatch(word) and word not in ("во", "впо", "спо")]
    if len(words) < 3 or not any(_tag_of_word(word) for word in words):
        return None
    stems = (word if len(word) < 5 else re.escape(word[:-2] if len(word) > 6 else word[:-1]) + r"\w{0,4}" for word in words)
    return re.compile(r"(?<!\w)" + r"[\W_]{1,4}".join(stems))


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """The place with both quotation marks or with neither."""
    inside = text[start:end]
    opened = sum(inside.count(mark) for mark in "«“„") - sum(inside.count(mark) for mark in "»”")
    while opened > 0 and end < len(text) and text[end] in "»”":
        end, opened = end + 1, opened - 1
    while opened < 0 and start > 0 and text[start - 1] in "«“„":
        start, opened = start - 1, opened + 1
    if inside.count('"') % 2 and end < len(text) and text[end] == '"':
        end += 1
    if end < len(text) and start > 0 and text[start - 1] in "«“„" and text[end] in "»”":
        return start - 1, end + 1
    return start, end


def _abbreviations(institution: Institution) -> list[tuple[re.Pattern[str], str]]:
    """«АлтГУ», «БГПК»: first letters of the name in capitals, and the colloquial words for universities."""
    patterns: list[tuple[re.Pattern[str], str]] = []
    folded = fold(institution.name).text
    inner = re.search(r"[«\"“„](.+)[»\"”]", folded)
    words = re.findall(r"[^\W\d_]+", re.split(r"\bим(?:ени|\.)", inner[1] if inner else folded)[0])
    words = [word for word in words if not _LEGAL.fullmatch(word) and word not in ("и", "во", "с", "в", "по")]
    kinds = [word for word in words if _tag_of_word(word) in (COLLEGE, UNIVERSITY)]
    if kinds and len(words) >= 3:
        letters = "".join(word[0] for word in words)
        forms = {letters, words[0][:3] + letters[1:], words[0][:4] + letters[1:], words[0][:2] + letters[1:]}
        patterns.append((re.compile(r"(?<!\w)(?:" + "|".join(sorted(forms)) + r")(?!\w)"), "an abbreviation of the name"))
    if any(_tag_of_word(word) == UNIVERSITY for word in words):
        for part, slang in (("техническ", "политех"), ("педагогич", "пед(?:универ|институт|вуз)"), ("медицинск", "мед(?:универ|институт|вуз)"), ("аграрн", "аграрк")):
            if part in folded:
                patterns.append((re.compile(rf"(?<!\w){slang}\w{{0,6}}"), "a colloquial name"))
    return patterns
