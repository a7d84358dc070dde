"""What people decided about places of an essay, and what that makes of the places the engine found (pure).

A decision hides or shows one place, every equal occurrence of its words, or these words in all their forms. People
beat the engine, later decisions beat earlier ones. Each decision keeps its words: where they no longer stand at its
place, it is not applied there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from essays.anonymity.spans import Span
from essays.anonymity.word_forms import WordForms

HIDDEN = "hidden"
TAGS: dict[str, tuple[str, str]] = {
    HIDDEN: ("СКРЫТО", "HIDDEN"),
    "participant": ("УЧАСТНИК", "AUTHOR"),
    "mentor": ("ПЕДАГОГ", "TEACHER"),
    "relative": ("РОДСТВЕННИК", "RELATIVE"),
    "person": ("ЧЕЛОВЕК", "PERSON"),
    "institution": ("ШКОЛА", "SCHOOL"),
    "course": ("КЛАСС", "CLASS"),
    "place": ("МЕСТО", "PLACE"),
    "link": ("ССЫЛКА", "LINK"),
}
"""Kinds that a person may choose, with their tags in Russian and in English essays."""
BY_A_PERSON = "a person's decision"
NEEDED = ("start", "end", "hide", "words")
FIELDS = (*NEEDED, "kind", "whole", "title", "by", "at", "forms")
_NUMBERED = frozenset({"person", "relative"})


@dataclass(frozen=True, slots=True)
class Decision:
    """``[start, end)`` are offsets into the original's text, or into its title where ``title`` says so.

    ``words`` stood there; ``whole`` means every equal occurrence in title and text, case and ё aside, and with
    ``forms`` every form of them. ``by`` is the id of the person, ``at`` a moment in ISO 8601.
    """

    start: int
    end: int
    hide: bool
    words: str
    kind: str = HIDDEN
    whole: bool = False
    title: bool = False
    by: int | None = None
    at: str = ""
    forms: bool = False

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Decision:
        """The inverse of ``to_data``. Raises KeyError for data without a place."""
        return cls(**{name: data[name] for name in FIELDS if name in data or name in NEEDED})

    def to_data(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


def decide(text: str, spans: Sequence[Span], decisions: Iterable[Decision], *, title: bool = False) -> tuple[Span, ...]:
    """The places that are hidden after all decisions: sorted, without overlap.

    ``text`` is the original's text, or its title where ``title`` is set; ``spans`` are what the engine found in it.
    """
    hidden = sorted(spans, key=lambda span: (span.start, span.end))
    forms: WordForms | None = None
    for decision in decisions:
        here = decision.title == title and equal(text[decision.start : decision.end], decision.words)
        spot = (decision.start, decision.end)
        places: list[tuple[int, int]] = []
        if decision.whole and decision.forms:
            forms = forms or WordForms(text)
            places = list(forms.places(decision.words))
        elif decision.whole:
            places = list(occurrences(text, decision.words))
        if not decision.hide:
            if here:
                hidden = _shown(hidden, text, *spot)
            # Only places that consist of these words: nobody else's full name is opened by half.
            hidden = [span for span in hidden if not _consists(span, text, decision, places)]
            continue
        if here and spot not in places:
            places.append(spot)
        for start, end in places:
            whole = decision.whole and (start, end) != spot
            hidden = _hidden(hidden, spans, text, start, end, decision.kind, keep=whole)
    return tuple(hidden)


def _consists(span: Span, text: str, decision: Decision, places: Sequence[tuple[int, int]]) -> bool:
    if decision.forms:
        return (span.start, span.end) in places
    return decision.whole and equal(text[span.start : span.end], decision.words)


def everywhere(
    forms: WordForms, text: str, hidden: Sequence[Span], words: str, *, hide: bool, all_forms: bool = True
) -> list[str]:
    """What would change in ``text`` if these words were hidden, or shown, in it as a whole: the words of each place.

    ``hidden`` are the places that are hidden now. With ``all_forms`` every form of the words counts.
    """
    found = list(forms.places(words) if all_forms else occurrences(text, words))
    if hide:
        found = [place for place in found if not any(one.start <= place[0] and place[1] <= one.end for one in hidden)]
    else:
        found = [place for place in found if any((one.start, one.end) == place for one in hidden)]
    return [" ".join(text[start:end].split()) for start, end in found]


def equal(one: str, other: str) -> bool:
    """The same words, whatever their case, ё and white space."""
    return bool(one.strip()) and _folded(one) == _folded(other)


def occurrences(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Places of these words as whole words, whatever their case, ё and white space; in order, without overlap."""
    parts = [re.sub("[её]", "[её]", re.escape(part), flags=re.IGNORECASE) for part in words.split()]
    if not parts or not re.search(r"\w", words):
        return
    pattern = r"\s+".join(parts)
    before = r"(?<!\w)" if re.match(r"\w", words.split()[0]) else ""
    after = r"(?!\w)" if re.search(r"\w$", words.split()[-1]) else ""
    for match in re.finditer(before + pattern + after, text, re.IGNORECASE):
        yield match.start(), match.end()


def snapped(text: str, start: int, end: int) -> tuple[int, int]:
    """The place grown to whole words and without white space at its ends; empty where no word is in it."""
    start, end = max(0, start), min(len(text), end)
    if not re.search(r"\w", text[start:end]):
        return start, start
    while start > 0 and re.match(r"\w\w", text[start - 1 : start + 1]):
        start -= 1
    while end < len(text) and re.match(r"\w\w", text[end - 1 : end + 1]):
        end += 1
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return start, end


def carried(decisions: Iterable[Decision]) -> list[Decision]:
    """What a new version of the essay begins with: decisions for the whole text, by their words alone."""
    return [replace(decision, start=0, end=0, title=False) for decision in decisions if decision.whole]


def _folded(words: str) -> str:
    return " ".join(words.lower().replace("ё", "е").split())


def _shown(hidden: list[Span], text: str, start: int, end: int) -> list[Span]:
    """What stays hidden when [start, end) is shown; a rest without a letter or digit is shown with it."""
    kept: list[Span] = []
    for span in hidden:
        if span.end <= start or span.start >= end:
            kept.append(span)
            continue
        for left, right in ((span.start, min(span.end, start)), (max(span.start, end), span.end)):
            if left < right and re.search(r"\w", text[left:right]):
                # The white space at the cut is shown with it: «[ЧЕЛОВЕК 1] Петрова».
                left += len(text[left:right]) - len(text[left:right].lstrip()) if left != span.start else 0
                right -= len(text[left:right]) - len(text[left:right].rstrip()) if right != span.end else 0
                kept.append(replace(span, start=left, end=right))
    return kept


def _hidden(
    hidden: list[Span], found: Sequence[Span], text: str, start: int, end: int, kind: str, *, keep: bool
) -> list[Span]:
    """With [start, end) hidden too. ``keep``: what is hidden there already keeps its tag."""
    if start >= end:
        return hidden
    if keep and any(span.start <= start and end <= span.end for span in hidden):
        return hidden
    # Hidden by the engine, shown by a person, hidden again: as the engine had it.
    again = next((span for span in found if (span.start, span.end) == (start, end)), None)
    new = again if again and kind == HIDDEN else Span(start, end, kind, tag_of(kind, text, found), BY_A_PERSON, 1.0)
    touched = [span for span in hidden if span.start < end and start < span.end]
    new = replace(new, start=min([start, *(s.start for s in touched)]), end=max([end, *(s.end for s in touched)]))
    return sorted([*(span for span in hidden if span not in touched), new], key=lambda span: span.start)


def tag_of(kind: str, text: str, found: Iterable[Span] = ()) -> str:
    """The tag of a kind: as it is used in this essay already, so that the school of a student is a college here too."""
    if kind not in _NUMBERED:
        used = Counter(span.tag for span in found if span.kind == kind)
        if used:
            return used.most_common(1)[0][0]
    russian, english = TAGS.get(kind, TAGS[HIDDEN])
    letters = Counter("a" <= letter.lower() <= "z" for letter in text if letter.isalpha())
    return english if letters[True] > letters[False] else russian
