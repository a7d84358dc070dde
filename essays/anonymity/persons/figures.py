"""Well-known people and characters (`essays.anonymity.well_known`): who may stay in a copy under which name.

Some bear everyday names: they are meant only where their field is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from essays.anonymity.folding import fold
from essays.anonymity.name_forms import is_surname_like
from essays.anonymity.persons.dictionary import is_plain
from essays.anonymity.persons.stems import (
    given_names,
    may_be_patronymic,
    own_given_names,
    surname_count,
    surname_stem,
    usual_given_names,
)
from essays.anonymity.well_known import well_known

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_QUOTE, _END_OF_QUOTE = re.compile(r"[«\"“]"), ("»", '"', "”")
_LONGEST_ENDING = 4


_RARE = 150
"""Bearers in the list of frequent surnames."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`surname` is the stem of the first name, empty where that is a given name; `names` are the stems of all.

    `kind` names the group; `weak` says that thousands have this name.
    """

    surname: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    work: str
    kind: str = ""
    weak: bool = False

    @property
    def given(self) -> frozenset[str]:
        """The full given names that the words may be."""
        return _given(self.words)


@lru_cache(maxsize=8192)
def _given(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for word in words for name in given_names(word))


@dataclass(frozen=True)
class Figures:
    by_surname: dict[str, list[Figure]] = field(default_factory=dict)
    by_any: dict[str, list[Figure]] = field(default_factory=dict)
    ambiguous: frozenset[str] = frozenset()
    works: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Books with their titles, by the titles' first two letters."""
    heroes: dict[str, frozenset[str]] = field(default_factory=dict)
    """Stems of the heroes' given names by work."""
    fathers: dict[str, list[Figure]] = field(default_factory=dict)
    """Heroes who are called by имя-отчество alone, by work: elsewhere that is anybody."""
    topics: dict[str, re.Pattern[str]] = field(default_factory=dict)
    """Words of the field by kind."""
    wider: dict[str, re.Pattern[str]] = field(default_factory=dict)
    """The same with words that tell a whole name only."""
    named_by_father: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    """Names of the heroes whose fathers are known, with the stem of their writer."""

    def works_in(self, text: str) -> dict[str, list[int]]:
        """The books whose titles stand in quotation marks in a folded text, in any case, and where they do."""
        places: dict[str, list[int]] = {}
        for quote in _QUOTE.finditer(text):
            for work, title in self.works.get(text[quote.end() : quote.end() + 2], ()):
                if _is_quoted(title, text, quote.end()):
                    places.setdefault(work, []).append(quote.start())
        return places

    def bearers(self, surname: str) -> list[Figure]:
        return self.by_surname.get(surname, [])

    def whole(self, words: Iterable[str]) -> Figure | None:
        """The figure of whom all the (folded) words are names; at least two words are needed."""
        known = list(words)
        stems = [surname_stem(word) for word in known]
        if len(stems) < 2:
            return None
        fathered = len(known) == 2 and bool(given_names(known[0])) and may_be_patronymic(known[1])
        for figure in self.by_any.get(stems[0], []):
            # «Николай Алексеевич» alone is any of thousands; the surname makes it Некрасов.
            named = (not figure.surname or figure.surname in stems) and not (fathered and len(figure.names) > 2)
            if named and all(stem in figure.names for stem in stems):
                return figure
        return None

    def single(self, word: str) -> Figure | None:
        """Who is called by a (folded) word alone: «Чингисхан»."""
        for figure in self.by_surname.get(surname_stem(word), ()):
            if len(figure.names) == 1 and word.startswith(figure.words[0][:-1]):
                names = given_names(word)
                if not names or figure.words[0] in names:  # Дамба is no Дамбо
                    return figure
        return None

    def is_topic(self, figure: Figure, around: str, *, whole: bool = False) -> bool:
        """Whether the (lower-case) words around a name speak of the figure's field; less is enough for a whole name."""
        pattern = (self.wider if whole else self.topics).get(figure.kind)
        return pattern is not None and pattern.search(around) is not None


def _is_quoted(title: str, text: str, at: int) -> bool:
    """Whether a folded title stands at this place of the text, in any case, before the end of a quotation."""
    for part, declined in _parts(title):
        if not text.startswith(part, at):
            return False
        at += len(part)
        if declined:
            start = at
            while at < len(text) and (text[at].isalnum() or text[at] == "_"):
                at += 1
            if at - start > _LONGEST_ENDING:
                return False
    return text.startswith(_END_OF_QUOTE, at)


@lru_cache(maxsize=4096)
def _parts(title: str) -> tuple[tuple[str, bool], ...]:
    """What no case changes of a folded title, piece by piece, and whether a case's ending follows."""
    return tuple(
        (part, False) if not part[0].isalpha() or len(part) < 3 else (part[: -2 if len(part) > 3 else -1], True)
        for part in re.findall(r"\w+|[^\w]", title)
    )


@lru_cache(maxsize=1)
def figures() -> Figures:
    data = well_known()
    result = Figures(ambiguous=frozenset(surname_stem(fold(name).text) for name in data["ambiguous"]))
    for kind, pattern in data["topics"].items():
        source = data["topics"][pattern[1:]] if pattern.startswith("=") else pattern
        source = source.replace("ё", "е")
        result.topics[kind] = re.compile(rf"(?<!\w)(?:{source})")
        result.wider[kind] = re.compile(rf"(?<!\w)(?:{source}|{data['of_whole_names'].get(kind, source)})")
    told_by_last: set[str] = set()
    first_row: set[str] = set()
    for group in [*data["groups"], *data["weak"]]:
        work = group.get("work", "")
        if work:
            title = fold(work).text
            result.works.setdefault(title[:2], []).append((work, title))
        for line in group["people"]:
            words = [word for word in _WORD.findall(line.lower().replace("ё", "е")) if len(word) > 1]
            if not words:
                continue
            # «миронов» is also many a Мирон, «полина» no surname
            own_name = usual_given_names(words[0]) and (own_given_names(words[0]) or not is_surname_like(words[0]))
            own_name = own_name or (len(words) > 1 and bool(given_names(words[0])) and _is_family(words[1]))
            surname = "" if own_name else surname_stem(words[0])
            if surname and "source" in group:
                first_row.add(surname)
            fathered = len(words) == 2 and bool(given_names(words[0])) and may_be_patronymic(words[1])
            surname = "" if fathered else surname
            if group["kind"].startswith("characters") and any(map(may_be_patronymic, words[1:])):
                result.named_by_father.append((tuple(words), surname_stem(fold(group.get("author", "")).text)))
            figure = Figure(
                surname,
                tuple(surname_stem(word) for word in words),
                tuple(words),
                work,
                group["kind"],
                weak=fathered or "source" not in group,
            )
            if work and not fathered:  # «Анна Сергеевна» makes no Аня a heroine
                result.heroes[work] = result.heroes.get(work, frozenset()) | {
                    surname_stem(word) for word in words if given_names(word)
                }
            if fathered and work:
                result.fathers.setdefault(work, []).append(figure)
                continue
            if own_name and not work and len(words) > 1 and _tells_alone(words[-1]):
                # «Борис Викторович Раушенбах»
                last = figure.names[-1]
                sure = is_surname_like(words[-1]) or any(map(may_be_patronymic, words[1:-1]))  # «Винер Норберт»
                turned = replace(figure, surname=last, names=(last, *figure.names[:-1]), weak=figure.weak or not sure)
                result.by_surname.setdefault(last, []).append(turned)
                told_by_last.add(last)
            if surname:
                result.by_surname.setdefault(surname, []).append(figure)
            for stem in figure.names:
                result.by_any.setdefault(stem, []).append(figure)
    # Nobody of the first row: their surnames tell them where nobody of here is meant.
    return replace(result, ambiguous=result.ambiguous | (told_by_last - first_row))


def _is_family(word: str) -> bool:
    """Whether a folded word is a surname by its form: «Дамба Жалсараев» has the given name first."""
    return is_surname_like(word) and not given_names(word) and not may_be_patronymic(word)


def _tells_alone(word: str) -> bool:
    """Whether a folded surname is so rare that, alone, it may be its well-known bearer's."""
    rare = surname_count(surname_stem(word)) < _RARE and len(word) > 4
    return rare and not given_names(word) and not may_be_patronymic(word) and not is_plain(word)
