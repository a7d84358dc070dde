"""What is called by a person's name and is none: characters with a word of kin, programs, songs.

«Дядя Стёпа» is a poem's hero, «моя дядя Стёпа» would be an uncle; «Алиса» is a classmate, unless a loudspeaker is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from essays.anonymity.folding import fold
from essays.anonymity.persons.figures import figures
from essays.anonymity.persons.setting import Setting
from essays.anonymity.persons.stems import surname_stem
from essays.anonymity.well_known import well_known

_OWN = re.compile(r"(?<!\w)(?:мо[йяюеи]|моего|моему|моим|моей|нашу?|наш[аеи]|нашего|нашему|нашей|своего|своей|свою)$")
NEAR = 110
"""Characters on each side in which a program is told by what is said of it."""
_WRITERS = re.compile(r"(\w{3,})ск(?:ий|ая|ое|ого|ой|ому|ую|им|ом)")
_INTO = frozenset("через в".split())


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[tuple[str, ...], re.Pattern[str] | None]]]:
    """Phrases as stems by their first stem, each with what must be spoken of too."""
    data = well_known()
    result: dict[str, list[tuple[tuple[str, ...], re.Pattern[str] | None]]] = {}
    for phrase in data["phrases"]:
        stems = tuple(surname_stem(word) for word in fold(phrase).text.replace("-", " ").split())
        needed = data["conditional"].get(phrase, "")
        result.setdefault(stems[0], []).append((stems, re.compile(needed) if needed else None))
    return result


@lru_cache(maxsize=1)
def _services() -> dict[str, re.Pattern[str]]:
    data = well_known()
    return {surname_stem(name): re.compile(pattern) for name, pattern in data["services"].items()}


def _is_of_a_writer(word: str) -> bool:
    match = _WRITERS.fullmatch(word)
    return match is not None and any(
        bearer.kind.startswith("writers") for bearer in figures().bearers(surname_stem(match[1]))
    )


def find_phrases(setting: Setting, text: str) -> Iterator[tuple[int, int]]:
    """Places of characters that are called by a phrase, unless somebody's own are («мой дядя Ваня»)."""
    known = _phrases()
    if known.keys().isdisjoint(setting.stems):
        return
    letters = [word for word in setting.words if word.text[0].isalpha()]
    stems = [surname_stem(word.text) for word in letters]
    for index, stem in enumerate(stems):
        for phrase, needed in known.get(stem, ()):
            last = index + len(phrase) - 1
            if tuple(stems[index : last + 1]) != phrase or not any(word.capital for word in letters[index : last + 1]):
                continue
            start, end = letters[index].start, letters[last].end
            if index and _is_of_a_writer(letters[index - 1].text) and letters[index - 1].end + 1 == start:
                start = letters[index - 1].start  # «Некрасовский Мороз, Красный нос»
            if "\n" in text[start:end] or _OWN.search(text[max(0, start - 12) : start].lower().rstrip()):
                continue
            if needed is None or needed.search(text.lower()):
                yield start, end


def named_programs(setting: Setting, text: str) -> set[str]:
    """Stems of the programs that stand in quotation marks somewhere («попросил «Алису» …»)."""
    known = _services()
    stems = zip(setting.stems, setting.words, strict=True)
    return {
        stem
        for stem, word in stems
        if stem in known
        and word.capital
        and text[max(0, word.start - 1) : word.start] in '«"“'
        and word.start
        and text[word.end : word.end + 1] in '»"”'
    }


def is_service(name: str, before: str, after: str) -> bool:
    """Whether a folded given name is a program's here, by the text on both sides of it."""
    pattern = _services().get(surname_stem(name))
    if pattern is None:
        return False
    if before[-1:] in '«"“' and after[:1] in '»"”' and before:
        return True  # «Попросил «Алису» …»
    before, after = before[-NEAR:].lower(), after[:NEAR].lower()
    previous = before.split()[-1:] or [""]
    if previous[0] in _INTO and name[-1] not in "уыеаю":
        return True  # «в Макс», «через Макс»
    return pattern.search(before) is not None or pattern.search(after) is not None
