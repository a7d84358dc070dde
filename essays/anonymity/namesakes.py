"""Why a word that looks like the author's name is somebody else's or no name: «А. С. Пушкин», «белая зима», «Пётр I».

The self-attack's own way of looking at it, by neighbours and skeletons, apart from the redaction's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from essays.anonymity.leaks import Seen
from essays.anonymity.name_forms import common_words
from essays.anonymity.skeletons import is_form, skeleton, stem
from essays.anonymity.well_known import well_known

_MONTHS = frozenset("july june may april march august mark art roman max mary milan".split())
_TITLE = re.compile(
    r"(?:цар|корол|княз|княги|принц|граф|герцог|барон|импер|свят|апостол|пророк|патриарх|философ|поэт|писател"
    r"|художник|композитор"
    r"|город|кот|пес|собак|попуга|пророк|богатыр|преподобн|адмирал|маршал|крейсер|министр|президент|губернатор|актер"
    r"|актрис|певец|певиц"
    r"|статуя|статуи|икона|торт|остров|озер|кафе|магазин|шоколад|фильм|роман|пьес|песн|мультик|мультфильм|сказк"
    r"|рассказ|повест|опер|улиц|площад|проспект|памятник"
    r"|имени)\w{0,4}$"
)
_RANK = re.compile(r"(?:адмирал|маршал|генералиссимус|крейсер|ледокол)\w{0,3}$")
_ORDER = re.compile(
    r"(?:[ivx]{1,4}|перв|втор|трет|четверт|велик|грозн|мудр|невск|донск|святосл|вещ|больш|окаян|красно|тих|лютер"
    r"|велик)\w*$"
)
_TALE = re.compile(
    r"царевич|дурач|муромец|и медвед|феврони|людмил|мефод|джульетт|его команда|борис\w* и глеб|глеб\w* и борис"
    r"|адам\w* и ев"
    r"|и маргарит|и голиаф|и меджнун|пророк"
)


def is_somebody_else(seen: Seen, index: int, *, surname: bool) -> bool:
    """Whether the word at `index`, a form of the author's surname or given name, tells nothing about the author."""
    word = seen.words[index]
    lowered = word.text.lower().replace("ё", "е")
    if lowered in _MONTHS:
        return True
    if _is_common(seen, index, lowered, surname=surname):
        return True
    before, after = _beside(seen, index, -1), _beside(seen, index, 1)
    for neighbour in (before, after):
        if neighbour is not None and _is_figure(seen, index, neighbour, surname=surname):
            return True
    if surname and before is not None and _RANK.match(seen.words[before].text.lower()):
        return True
    if not surname or lowered in common_words()["surnames"]:
        if before is not None and _TITLE.match(seen.words[before].text.lower().replace("ё", "е")):
            return True
        if after is not None and _ORDER.match(seen.words[after].text.lower().replace("ё", "е")):
            return not surname
    if re.match(r"[»\"”]\s(?:[а-яё]+\s)?[А-ЯЁ]|[»\"”]\s?[—–-]\s", seen.text[word.end : word.end + 24]):
        return not surname or seen.text[word.start - 1 : word.start] in ("«", '"', "“")
    around = seen.lower[max(0, word.start - 16) : word.end + 16]
    return not surname and _TALE.search(around) is not None


def _is_common(seen: Seen, index: int, lowered: str, *, surname: bool) -> bool:
    """A common word in small letters, or at the head of a phrase with its noun: «Белая гвардия»."""
    word = seen.words[index]
    names = common_words()
    common = lowered in names["surnames"] or lowered in names["given_names"]
    if word.text[0].islower() and seen.cased:
        # «кузнецов», «лавров»: also many smiths and laurels.
        return common or (surname and lowered.endswith(("ов", "ев"))) or not surname
    if not common:
        return False
    follower = seen.words[index + 1] if index + 1 < len(seen.words) else None
    adjective = lowered.endswith(("ая", "ый", "ий", "ой", "ое", "ые", "ую", "ого", "ом", "ых", "их"))
    noun = follower is not None and follower.text[0].islower() and follower.start - word.end == 1
    opens = seen.text[max(0, word.start - 2) : word.start].strip()[-1:] in ("", ".", "!", "?", "«", "…", "—", ":", '"')
    return (adjective and noun) or (opens and not surname)


def _beside(seen: Seen, index: int, step: int) -> int | None:
    other = index + step
    if not 0 <= other < len(seen.words):
        return None
    first, second = sorted((index, other))
    between = seen.text[seen.words[first].end : seen.words[second].start]
    return other if re.fullmatch(r"[ \u00a0.\-–«\"]{0,3}", between) else None


def _is_figure(seen: Seen, index: int, neighbour: int, *, surname: bool) -> bool:
    own, other = seen.words[index], seen.words[neighbour]
    if not other.text[0].isupper():
        return False
    figures, families = _figures()
    if surname:
        names = next((names for root, names in _by_root(families, own.skeleton)), frozenset())
        if len(other.text) == 1 and seen.text[other.end : other.end + 1] == ".":
            letters = {name[:1] for name in names}
            return bool(names) and other.skeleton[:1] in letters
        return len(other.text) > 1 and any(is_form(other.skeleton, name, 4) for name in names)
    # A given name: the neighbour is the surname of a well-known bearer.
    roots = figures.get(own.skeleton[:3], frozenset())
    return any(is_form(other.skeleton, root, 4) for root in roots)


def _by_root(families: dict[str, frozenset[str]], whole: str) -> list[tuple[str, frozenset[str]]]:
    return [
        (whole[:length], families[whole[:length]])
        for length in range(len(whole), 1, -1)
        if whole[:length] in families and is_form(whole, whole[:length], 4)
    ]


@lru_cache(maxsize=1)
def _figures() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """(roots of surnames by the first letters of their bearers' given names, stems of given names by root of"
    " surname)."""
    data = well_known()
    by_given: dict[str, set[str]] = {}
    by_surname: dict[str, set[str]] = {}
    for name in (line for group in data["groups"] for line in group["people"]):
        words = re.findall(r"[^\W\d_]{2,}", name)
        if len(words) < 2:
            continue
        for family in words if len(words) == 2 else words[:1]:
            root = stem(skeleton(family))
            others = [word for word in words if word != family]
            by_surname.setdefault(root, set()).update(stem(skeleton(word)) for word in others)
            for word in others:
                by_given.setdefault(skeleton(word)[:3], set()).add(root)
    return (
        {key: frozenset(value) for key, value in by_given.items()},
        {key: frozenset(value) for key, value in by_surname.items()},
    )
