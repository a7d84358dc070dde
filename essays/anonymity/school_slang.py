"""What pupils and students call where they learn: «мехтех», «в радике», «бэгэушка», «Азовка»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from essays.anonymity.folding import Folded, fold
from essays.anonymity.identity import Institution
from essays.anonymity.nearby import Sought, around, compiled, starts_of
from essays.anonymity.persons.dictionary import is_unknown
from essays.anonymity.school_sayings import COLLOQUIAL, COLLOQUIAL_CUES, is_colloquial
from essays.anonymity.school_words import LEGAL, SCHOOL, UNIVERSITY, spelled_out, tag_of_name, tag_of_word

NICKNAME = "a colloquial name"
Found = tuple[int, int, str, float]

# Words of names whose slang is no clip of them.
_SLANG = (
    ("политехн", "политех"),
    ("кооператив", "кооп"),
    ("промышленн.*техн|профессионально-техн|промышленно-техн", "промтех"),
    ("агро.*техн|аграрн.*техн", "агротех"),
    ("строительн.*техн", "стройтех"),
    ("автодорожн", "автодор|автодорожк"),
    ("железнодорожн", "железк|желдорк|желдор"),
    ("высшая школа экономики|ниу вшэ", "вышк"),
    ("физико-техническ", "физтех"),
    ("культур", "кулёк|кулек|кульк"),
)
_SLANG_OF_UNIVERSITIES = (
    ("техническ", "политех"),
    ("педагогич", r"пед(?:(?:универ|институт|вуз)|(?:е|а|у|ом)\b)"),
    ("медицинск", "мед(?:универ|институт|вуз)"),
    ("аграрн", "аграрк"),
)
# Of every second name; nobody clips them.
_EVERYWHERE = re.compile(
    r"(?:федеральн|государств|муниципальн|областн|краев|бюджет|автономн|казенн|образоват|общеобр|профессиональн"
    r"|национальн|исследоват|высш|средн|учрежден|отделен|филиал|имени)\w*"
)
_ENDING = r"(?:а|е|у|ом|и|ы|ой|ей|ою|я|ю|ии|ию|ией|ия|ем|ев|ам|ах)?"
_CLIPPED = r"(?:к|ик|ник|як|яг|уг|ух|ун|ян|ар|аг|аш|ок|ушк|юшк|ешк|ичк|ач)?"
_KIND_CLIPS = ("колледж", "техник", "тех", "училищ", "лице", "универ", "академ", "институт", "вуз", "гимназ", "школ")
_ALOUD = {letter: letter for letter in "аеиоуыэюя"} | {
    "б": "бэ",
    "в": "вэ",
    "г": "гэ",
    "д": "дэ",
    "ж": "жэ",
    "з": "зэ",
    "к": "ка",
    "л": "эл",
    "м": "эм",
    "н": "эн",
    "п": "пэ",
    "р": "эр",
    "с": "эс",
    "т": "тэ",
    "ф": "эф",
    "х": "ха",
    "ц": "цэ",
    "ч": "че",
    "ш": "ша",
}


def slang_of(institution: Institution) -> Iterator[tuple[Sought, str]]:
    """Words that are said of any institution of this kind: «кулёк» of culture, «вышка» of the Higher School."""
    folded = spelled_out(fold(institution.name).text)
    for part, slang in _SLANG:
        if re.search(part, folded):
            yield Sought(rf"(?<!\w)(?:{slang})(?:а|е|у|ом|и|ой)?(?!\w)", slang.split("|")), NICKNAME
    if tag_of_name(folded) == UNIVERSITY:
        for part, slang in _SLANG_OF_UNIVERSITIES:
            if part in folded:
                yield Sought(rf"(?<!\w){slang}\w{{0,6}}", [slang[:3]]), NICKNAME


def aloud(abbreviations: set[str]) -> Iterator[tuple[Sought, str]]:
    """«бэгэушка», «в эмгэу», «каишники»: the letters of an abbreviation as they are called, and who learns there."""
    said = {"".join(map(_ALOUD.__getitem__, short)) for short in abbreviations if set(short) <= _ALOUD.keys()}
    said |= {word.replace("эф", "фэ").replace("эл", "лэ").replace("эс", "сэ") for word in said}
    said = {word for word in said if len(word) > 4}
    if said:
        either = "|".join(sorted(said))
        endings = r"(?:шк(?:а|и|е|у|ой)|шник\w{0,3}|шн\w{2,3})?"
        yield Sought(rf"(?<!\w)(?:{either}){endings}(?!\w)", said), NICKNAME
    spoken = {short for short in abbreviations if len(short) > 2 and set(short) & set("аеиоуэюя")}
    if spoken:
        yield Sought(rf"(?<!\w)(?:{'|'.join(sorted(spoken))})шник\w{{0,3}}(?!\w)", spoken), NICKNAME


def find_slang(folded: Folded, institution: Institution, tag: str) -> Iterator[Found]:
    """(start, end, reason, confidence) in the folded text: clips of the own name, and what is said to be a nickname."""
    text = folded.text
    clips = _clips_of(institution)
    if clips:
        for match in compiled(clips).finditer(text):
            if is_unknown(match[0]) or _is_of_study(text, match):
                yield *match.span(), NICKNAME, 0.85
    if adjectives := _adjectives_of(institution):
        for match in compiled(adjectives).finditer(folded.shown):
            yield *match.span("it"), NICKNAME, 0.85
    if tag != SCHOOL:
        for left, right in around(text, starts_of(text, COLLOQUIAL_CUES), 24, 60):
            for match in COLLOQUIAL.finditer(text, left, right):
                group = "it" if match["it"] else "that"
                if is_colloquial(match[group]):
                    yield *match.span(group), NICKNAME, 0.85
    yield from _said_to_be(folded)


@lru_cache(maxsize=256)
def _clips_of(institution: Institution) -> str:
    """A pattern of what may be clipped from the words of a name: «механтех», «юракадемия»; or empty."""
    name = fold(institution.name).text
    inner = re.search(r"[«\"“„](.+)[»\"”]", name)
    words = re.findall(r"[^\W\d_]{4,}", re.split(r"\bим(?:ени|\.)", inner[1] if inner else name)[0])
    parts = [w for w in words if not LEGAL.fullmatch(w) and not _EVERYWHERE.fullmatch(w) and not tag_of_word(w)]
    place = fold(institution.locality).text
    clips = [
        # «бурденковка», «макаренковский лицей»: by whom it is named after
        rf"{re.escape(one[:-1])}\w?(?:овк|евк|инк|к|овск|евск|ковск)(?:а|и|е|у|ой|ом|ого|ий|ая|ую)"
        for one in re.findall(
            r"[а-я]{5,}", re.split(r"\bим(?:ени|\.)", name)[-1] if re.search(r"\bим(?:ени|\.)", name) else ""
        )
        if not LEGAL.fullmatch(one) and not tag_of_word(one)
    ]
    for number, part in enumerate(parts):
        later = [one for one in parts[number + 1 :] if len(one) > 4]
        seconds = sorted(
            {*(one[:length] for one in later for length in (3, 4, 5, 6)), *_KIND_CLIPS}, key=len, reverse=True
        )
        firsts = sorted({part[:length] for length in range(2, 8)}, key=len, reverse=True)
        clips.append(rf"(?:{'|'.join(firsts)})(?:гос)?(?:{'|'.join(seconds)}){_ENDING}")
        if part[:4] not in place:
            heads = sorted({part[:length] for length in range(4, 9)}, key=len, reverse=True)
            clips.append(
                rf"(?:{'|'.join(heads)}){_CLIPPED}{_ENDING}|{part[:3]}(?:ик|ник|як|яг|ух|ун|аш|ушк|юшк){_ENDING}"
            )
    return rf"(?<![\w-])(?:{'|'.join(clips)})(?![\w-]|[.] )" if clips else ""


@lru_cache(maxsize=256)
def _adjectives_of(institution: Institution) -> str:
    """«Договор с Горным», «Ксюха из Мининского»: an adjective of the name for all of it, with a capital."""
    words = re.findall(r"(?<![\w-])[а-я]{3,}(?=(?:ий|ый|ой|ая)(?![\w-]))", fold(institution.name).text)
    stems = [word for word in words if not _EVERYWHERE.match(word)]
    if not stems:
        return ""
    either = "|".join(f"{stem[0].upper()}{stem[1:]}" for stem in stems)
    behind, ending = r"(?:в|из|с|о|от|до|к|[Нн]аш\w{0,3})", r"(?:ом|ого|ым|им|ому|ий|ый)(?=[ ]?[.,;:!?)»\n–—])"
    return rf"(?<!\w){behind}[ ](?P<it>(?:{either}){ending})"


_STUDY = re.compile(
    r"(?:\bуч(?:усь|имся|ишься|итесь|ится|ился|илась|атся)|поступ\w+|студен\w+|\bнаш\w{0,3}|\bродн\w{2,3}|однокурс\w+"
    r"|одногрупп\w+|куратор\w{0,2}|диплом\w{0,2}|\bпары?\b)[^.!\n]{0,12}[?.]?[ \n]?(?:[–—-] )?(?:в|во|из|о|от"
    r"|до)?[ ]$"
)


def _is_of_study(text: str, match: re.Match[str]) -> bool:
    """Whether a word of two meanings stands where one says where one studies: «Где учитесь? – В радике»."""
    if match[0].startswith("эконом") and len(match[0]) < 8:
        return bool(re.search(r"(?:\bв|\bиз|\bнаш\w{1,3})[ ]$", text[max(0, match.start() - 8) : match.start()]))
    plain = len(match[0]) < 12 and tag_of_word(match[0]) == ""
    return (
        plain
        and match[0] in _TWO_MEANINGS
        and _STUDY.search(text, max(0, match.start() - 50), match.start()) is not None
    )


_TWO_MEANINGS = frozenset(
    "радик радике радика эконом экономе технарь технаре технаря горняк горняке горняка торгаш торгаше лесник леснике"
    " строяк педик медик медике железка железке кулинарка кулинарке аграрник аграрнике химик химике речник речнике"
    " моряк моряке связист культурка культурке технолог технологе механик механике энергетик энергетике".split()
)

_CALL = r"(?:зовут|зовем|зовет|назыв\w+|прозв\w+|клич\w+|говорят|говорим|величают|дразнят|окрестили)"
_WHOM = (
    r"(?:школу|гимназию|лицей|интернат|колледж|техникум|училище|университет|универ|институт|академию|вуз"
    r"|[а-я]{1,4}гу)"
)
_WHERE = (
    r"(?:колледж|техникум|университет|институт|академи|школ|лице|гимнази|училищ|вуз(?!\w)|[а-я]{1,4}г[тпма]?у(?!\w))"
)
_NO_NICK = r"(?:вуз|школ|колледж|лице|гимнази|техникум|универ)\w{0,5}(?!\w)"
_NICK = r"[«\"]?(?P<{}>(?!{}|просто|так|все|это)[а-я]{{4,14}})(?!\w)"
_QUOTED = r"[«\"](?P<{}>[а-я]{{3,14}})[»\"]"
_SAID_SO = re.compile(
    # «в колледже, по-студенчески – в авиаке», «в народе – просто мехтех»
    rf"{_WHERE}[^.!?\n]{{0,60}}?"
    r"(?:по-(?:студенчески|нашему|простому)|в народе|попросту|между собой|сокращенно|или просто|проще говоря)"
    rf"[ ,–—-]{{1,4}}(?:это )?(?:просто |мы )?(?:в )?{_NICK.format('a', _NO_NICK)}"
    # «в ТГПУ (мы говорим просто «педун»)»
    rf"|{_WHERE}\w{{0,6}}[»\"]?,? [(–—-] ?(?:[а-я]{{1,9}} ){{0,3}}?(?:{_CALL}|попросту|просто)"
    rf"[ ](?:[а-я]{{1,9}} ){{0,3}}{_QUOTED.format('b')}"
    # «зовём академию «юрка»», «колледж в городе зовут «мехтех»»
    rf"|{_CALL}[ ](?:[а-я]{{1,8}} ){{0,2}}{_WHOM}[ ](?:[а-я]{{1,8}} ){{0,2}}{_QUOTED.format('c')}"
    rf"|{_WHOM}[ ](?:[а-я-]{{1,9}} ){{0,4}}{_CALL}[ ](?:[а-я]{{1,8}} ){{0,2}}{_QUOTED.format('d')}"
    # «в гайдаровке, как зовут нашу третью школу», «нашем «Канте», так студенты зовут вуз»
    rf"|(?<!\w){_NICK.format('e', _NO_NICK)}[»\"]?,? \(?(?:так|как) (?:[а-я]{{1,9}} ){{0,3}}?{_CALL}"
    rf"[^.!?\n]{{0,60}}?{_WHERE}"
    # «Азовка (гимназию все зовут так)»
    rf"|(?<!\w){_NICK.format('f', _NO_NICK)}[»\"]? \({_WHOM} (?:[а-я]{{1,9}} ){{0,3}}?{_CALL}"
    # «наша марджановка, то есть гимназия»
    rf"|(?<!\w){_NICK.format('g', _NO_NICK)}[»\"]?,? то есть (?:в |на )?{_WHERE}"
)
_WE_ARE_CALLED = re.compile(rf"\bнас (?:[а-я]{{1,8}} ){{0,2}}{_CALL}(?: [а-я]{{1,8}}){{0,2}} {_QUOTED.format('it')}")
_SURE = frozenset("bcdef")
_SAYING_CUES = (
    *("зовут", "зовем", "зовет", "назыв", "прозв", "клич", "говор", "величают", "дразнят", "окрестили", "просто"),
    *("по-студенч", "по-нашему", "в народе", "между собой", "сокращен", "проще", "то есть"),
)


def _said_to_be(folded: Folded) -> Iterator[Found]:
    """Where the text itself says that a word is a nickname of the institution, and wherever that word stands again."""
    text, said = folded.text, set()
    near = around(text, starts_of(text, _SAYING_CUES), 100, 120)
    for match in (match for left, right in near for match in _SAID_SO.finditer(text, left, right)):
        group = next(name for name, value in match.groupdict().items() if value)
        sure = group in _SURE and (_is_set_apart(folded, *match.span(group)) or text.startswith(" (", match.end(group)))
        if sure or is_unknown(match[group]):
            yield *match.span(group), NICKNAME, 0.8
            said.add(match[group])
    for match in _WE_ARE_CALLED.finditer(text):
        if is_unknown(match["it"]) and re.search(_WHERE, text[max(0, match.start() - 160) : match.start()]):
            yield *match.span("it"), NICKNAME, 0.8
            said.add(match["it"])
    for word in said:
        stem = re.sub(r"[аеиоуыьйя]$", "", word)
        if len(stem) > 3 and is_unknown(word):
            for match in re.finditer(rf"(?<!\w){stem}\w{{0,2}}(?!\w)", text):
                yield *match.span(), NICKNAME, 0.8


def _is_set_apart(folded: Folded, start: int, end: int) -> bool:
    """Whether a word stands in quotes or with a capital: «юрка», «Канте»."""
    return folded.text[start - 1 : start] in ("«", '"') or folded.shown[start : start + 1].isupper()
