"""An original and its copy with every place marked, for somebody who compares them (pure).

Both are made of the original's document. Each piece of text knows where it begins in the original, so that what is
selected on either side of the desk leads to the same offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from essays.anonymity.decisions import BY_A_PERSON
from essays.anonymity.document import Document, Inline, Inlines, LineBreak, NoteMark, Tag, Text
from essays.anonymity.spans import Span

LEAK, REMARK = "leak", "remark"


@dataclass(frozen=True, slots=True)
class Place:
    """A place worth looking at: ``[start, end)`` in the original's text.

    ``hidden``: judges see ``tag`` instead. ``doubt``: the check still finds the author here, or an entrant pointed
    at it. ``by_person``: somebody decided. ``number`` counts from 1 through title and text; 0 before it is given.
    """

    start: int
    end: int
    hidden: bool
    kind: str
    tag: str = ""
    reason: str = ""
    confidence: float = 1.0
    doubt: bool = False
    by_person: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class PlacedText(Text):
    """``at`` is its offset in the original; ``place`` the number of its place, 0 outside of any."""

    at: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True)
class PlacedTag(Tag):
    at: int = 0
    place: int = 0


def places(text: str, found: Sequence[Span], hidden: Sequence[Span]) -> list[Place]:
    """Every place of a text, in order, without overlap: what is hidden, and what the engine hid and people show.

    ``found`` are the engine's spans, ``hidden`` those that remain after all decisions.
    """
    result = [
        Place(
            *(span.start, span.end, True, span.kind, span.tag, span.reason, span.confidence),
            by_person=span.reason == BY_A_PERSON,
        )
        for span in hidden
    ]
    for span in found:
        for start, end in _uncovered(text, span.start, span.end, result):
            rest = (span.kind, span.tag, span.reason, span.confidence)
            result.append(Place(start, end, False, *rest, by_person=True))
    return sorted(result, key=lambda place: place.start)


def with_doubts(text: str, known: Sequence[Place], doubts: Iterable[tuple[int, int, str, str]]) -> list[Place]:
    """The places with doubtful ones added: ``(start, end, kind, reason)``, offsets into the original.

    Where a doubt falls on a place that is shown, that place is marked; what is hidden already needs no doubt.
    """
    result = list(known)
    for start, end, kind, reason in doubts:
        for index, place in enumerate(result):
            if place.start < end and start < place.end and not place.hidden:
                result[index] = replace(place, doubt=True)
        for left, right in _uncovered(text, start, end, result):
            result.append(Place(left, right, False, kind, reason=reason, doubt=True))
    return sorted(result, key=lambda place: place.start)


def numbered(known: Iterable[Place], first: int = 1) -> list[Place]:
    return [replace(place, number=number) for number, place in enumerate(known, first)]


def original_of(document: Document, known: Sequence[Place]) -> Document:
    """The document as it was handed in, its places marked."""
    return document.edited(_Placer(known, hide=False))


def copy_of(document: Document, known: Sequence[Place]) -> Document:
    """The blind copy, its tags and the shown places marked. Its text is that of ``replace_spans``."""
    return document.edited(_Placer(known, hide=True))


def origins(placed: Document) -> list[int]:
    """For each character of a placed document's text its offset in the original; -1 between blocks and cells."""
    result: list[int] = []
    for inline, joint in placed.pieces():
        if isinstance(inline, PlacedText):
            result.extend(range(inline.at, inline.at + len(inline.text)))
        elif isinstance(inline, PlacedTag):
            result.extend([inline.at] * len(inline.text))
        else:
            result.extend([-1] * len(inline.text if inline else joint))
    return result


def in_original(start: int, end: int, origin: Sequence[int], known: Sequence[Place]) -> tuple[int, int] | None:
    """A place of the copy's text in the original's; None where nothing of the original stands there."""
    ends = {place.start: place.end for place in known if place.hidden}
    inside = [offset for offset in origin[start:end] if offset >= 0]
    if not inside:
        return None
    last = inside[-1]
    return min(inside), max(max(inside) + 1, ends.get(last, 0))


def _uncovered(text: str, start: int, end: int, known: Iterable[Place]) -> list[tuple[int, int]]:
    """The parts of [start, end) that no place covers and that hold a letter or digit."""
    parts = [(start, end)]
    for place in known:
        parts = [
            part
            for left, right in parts
            for part in ((left, min(right, place.start)), (max(left, place.end), right))
            if part[0] < part[1]
        ]
    return [part for part in dict.fromkeys(parts) if re.search(r"\w", text[slice(*part)])]


class _Placer:
    """Cuts runs of text at the borders of places; where it hides, the first run of a place becomes its tag."""

    def __init__(self, known: Sequence[Place], *, hide: bool) -> None:
        self._places = known
        self._hide = hide
        self._offset = 0
        self._next = 0
        self._tagged = -1

    def skip(self, length: int) -> None:
        self._offset += length

    def edit(self, inlines: Inlines) -> Inlines:
        result: list[Inline] = []
        for inline in inlines:
            start = self._offset
            self._offset += len(inline.text)
            if isinstance(inline, NoteMark):
                result.append(inline)
            else:
                result.extend(self._cut(inline, start, self._offset))
        return tuple(result)

    def _cut(self, inline: Inline, start: int, end: int) -> list[Inline]:
        result: list[Inline] = []
        position = start
        while self._next < len(self._places) and self._places[self._next].end <= start:
            self._next += 1
        index = self._next
        while index < len(self._places) and self._places[index].start < end:
            place = self._places[index]
            left, right = max(place.start, start), min(place.end, end)
            result += _part(inline, start, position, left, 0)
            if self._hide and place.hidden:
                if self._tagged != index and not isinstance(inline, LineBreak):
                    self._tagged = index
                    result.append(PlacedTag(place.tag, place.start, place.number))
            else:
                result += _part(inline, start, left, right, place.number)
            position = right
            index += 1
        return result + _part(inline, start, position, end, 0)


def _part(inline: Inline, start: int, left: int, right: int, number: int) -> list[Inline]:
    if left >= right:
        return []
    if isinstance(inline, Text):
        text = inline.text[left - start : right - start]
        return [PlacedText(text, inline.strong, inline.emphasis, left, number)]
    return [inline]
