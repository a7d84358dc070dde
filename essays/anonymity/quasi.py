"""What tells an author apart without naming one, hidden where a contest wants it: small places and rare posts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from essays.anonymity.folding import Folded, fold
from essays.anonymity.identity import Identity
from essays.anonymity.spans import Span

VILLAGE, DISTRICT, POST = "НАСЕЛЁННЫЙ ПУНКТ", "РАЙОН", "ДОЛЖНОСТЬ"

_KIND = (
    r"(?:сел(?:о|а|е|у|ом)|деревн(?:я|и|е|ю|ей)|деревеньк\w{1,2}|пос[её]л(?:ок|ка|ке|ку|ком)|хутор(?:а|е|у|ом)?"
    r"|аул(?:а|е|у|ом)?"
    r"|станци(?:я|и|ю|ей)|станиц(?:а|ы|е|у|ей)|разъезд(?:а|е|у|ом)?|кордон(?:а|е|у|ом)?|райцентр(?:а|е|у|ом)?"
    r"|заимк\w{1,2}"
    r"|рабоч\w{2,3} пос[её]л\w{1,3}|пгт|р\.? ?п\.|с\.|п\.|пос\.|д\.|ст\.)"
)
_NAME = r"[А-ЯЁ][а-яё]+(?:[ -](?:на-)?[А-ЯЁ][а-яё]+){0,2}"
# «в нашем селе Ребриха», «из посёлка Урман», «с. Усть-Козлуха»: called small by its kind.
_CALLED = re.compile(rf"(?<![\w.])(?i:{_KIND})(?: под названием| с названием)?,? ?[«\"]?(?P<it>{_NAME})(?![а-яё])")
_CALLED_AFTER = re.compile(
    rf"(?<!\w)(?P<it>{_NAME})(?: ?[—–-] ?| — это )(?:мо[её]|наш[ае]|родн\w{{2}}"
    rf"|маленьк\w{{2,3}}|небольш\w{{2,3}}|глух\w{{2,3}}) (?i:{_KIND})"
)
_DISTRICT_WORD = re.compile(r" (?:муниципальн\w+ |национальн\w+ )?(?:район|округ)(?:а|е|у|ом)?(?!\w)")
_NO_VILLAGE = frozenset(
    "барнаул бийск рубцовск алейск заринск славгород новоалтайск яровое белокуриха камень москва россия".split()
)

_OF_PLACE = r"(?: (?:нашего|нашей|нашим|своего|одного|местного|соседнего))?(?: [а-яё-]{4,20}(?:ого|ой|ей|его))?"
_RARE = (
    r"(?:глав(?:а|ы|е|у|ой) (?:сельсовета|села|поселения|района|округа|администрации(?: \w+){0,2}|посёлка"
    r"|поселка|города|крестьянск\w+)"
    r"|(?:заместител\w{1,3} )?(?:председател\w{1,3}|директор(?:а|у|ом|е)?|заведующ\w{2,3}|начальник(?:а|у|ом|е)?"
    r"|управляющ\w{2,3})"
    r" (?:сельсовета|совхоза|колхоза|школы|музея|клуба|дома культуры|сельского клуба|библиотеки|фап\w*"
    r"|фельдшерск\w+ пункта|больницы"
    r"|поликлиники|почты|отделения(?: почты| связи)?|завода|фабрики|леспромхоза|лесхоза|заповедника|элеватора"
    r"|маслозавода|сельпо"
    r"|мфц|отдела полиции|полиции|пожарной части|станции|аэропорта|интерната|детского сада|колледжа|техникума)"
    r"|участков(?:ый|ого|ому|ым) (?:уполномоченн\w{2,3}|инспектор\w{0,2})|участков(?:ый|ого|ому|ым)(?= (?:в|на|наш))"
    r"|(?:прокурор|судь|нотариус|священник|настоятел|батюшк|имам|мулл|лесник|егер|лесничий|атаман|староста сел"
    r"|военком|судебн\w+ пристав|депутат)\w{0,3}"
    r"(?: (?:района|села|сельсовета|округа|города|храма|прихода|церкви|мечети|районного совета|сельского совета"
    r"|краевого\w* \w+))?)"
)
_KIN = (
    r"(?:пап\w{1,2}|мам\w{1,2}|отец|отц\w{1,2}|мать|матер\w{1,2}|дед\w{0,4}|бабушк\w{1,2}|дяд\w{1,2}"
    r"|т[её]т\w{1,2}|брат\w{0,2}|сестр\w{1,2}"
    r"|родител\w{1,3}|отчим\w{0,2}|мачех\w{1,2}|прадед\w{0,4}|крестн\w{2,3})"
)
_POST = re.compile(
    rf"(?<!\w)(?:мо[йяеию]\w{{0,2}}|наш\w{{0,2}}|у меня)? ?{_KIN}(?:,? (?:[А-ЯЁ][а-яё]+ ?){{1,3}},?)?"
    rf"(?:[ ,–—-]{{1,4}}(?:это |сейчас |теперь |давно |много лет |всю жизнь |раньше |тоже |у нас |был\w? |была "
    rf"|работа\w+ |служ\w+ |стал\w? |является |в нашем селе )*)"
    rf"(?P<it>{_RARE}{_OF_PLACE})",
    re.IGNORECASE,
)


def find_quasi(folded: Folded, identity: Identity) -> list[Span]:
    """The author's village, small places called so, and rare posts of the author's kin."""
    spans = []
    for (start, end), reason in _villages(folded, identity):
        district = _DISTRICT_WORD.match(folded.text, end)
        tag, end = (DISTRICT, district.end()) if district else (VILLAGE, end)
        spans.append(_span(folded, start, end, "place", tag, reason, 0.85))
    for match in _POST.finditer(folded.shown):
        spans.append(_span(folded, *match.span("it"), "post", POST, "a rare post of one's kin", 0.8))
    return spans


def _villages(folded: Folded, identity: Identity) -> Iterator[tuple[tuple[int, int], str]]:
    text = folded.shown
    for pattern in (_CALLED, _CALLED_AFTER):
        for match in pattern.finditer(text):
            if match["it"].lower() not in _NO_VILLAGE:
                yield match.span("it"), "a small place called so"
    institution = identity.institution
    if institution is None:
        return
    for typed, reason in (
        (institution.locality, "the author's place"),
        (institution.municipality, "the author's district"),
    ):
        for word in _own_words(typed):
            for match in re.finditer(r"(?<!\w)[А-ЯЁ][\w-]*(?<=\w)", text):
                folded_word = folded.text[match.start() : match.end()]
                if any(
                    piece.startswith(word) and len(piece) - len(word) < 7
                    for piece in (folded_word, *folded_word.split("-"))
                ):
                    yield match.span(), reason


def _own_words(typed: str) -> list[str]:
    """Stems of a village's or rural district's name; none for towns, which are topics."""
    name = fold(typed).text
    if re.match(r"(?:г|город)\b", name) or re.search(r"\bгород|городской", name):
        return []
    name = re.sub(
        r"^(?:с|п|пгт|рп|р\. ?п|пос|ст|д|село|поселок|деревня|станция|рабочий поселок)\b\.? ?"
        r"|\b(?:муниципальный|национальный|район|округ)\b",
        "",
        name,
    )
    words = [word for word in re.findall(r"[^\W\d_]+", name) if len(word) > 3]
    if any(word in _NO_VILLAGE for word in words):
        return []
    return [
        word[:-1] if word[-1] in "аяоеыиьй" and len(word) > 4 else word
        for word in (re.sub(r"ский$", "ск", w) for w in words)
    ]


def _span(folded: Folded, start: int, end: int, kind: str, tag: str, reason: str, confidence: float) -> Span:
    left, right = folded.back(start, end)
    return Span(left, right, kind, tag, reason, confidence)
