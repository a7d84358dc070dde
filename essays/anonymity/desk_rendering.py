"""Placed documents as HTML for the redaction desk, behind the same two locks as every copy (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from essays.anonymity.document import Document, Inline
from essays.anonymity.placing import Place, PlacedTag, PlacedText
from essays.anonymity.rendering import Renderer, cleaned

_ATTRIBUTES = {"span": {"data-at"}, "mark": {"class", "data-at", "data-place", "id"}}


def to_desk_html(document: Document, known: Mapping[int, Place], *, prefix: str) -> str:
    """Sanitized HTML in which each place is a ``<mark data-place>`` and each run of text says where it begins.

    ``known`` are the places by number; ``prefix`` begins the ids of footnotes and places, one for each side.
    """
    return cleaned(_DeskRenderer(document, known, prefix).render(), more_tags={"mark"}, more_attributes=_ATTRIBUTES)


class _DeskRenderer(Renderer):
    def __init__(self, document: Document, known: Mapping[int, Place], prefix: str) -> None:
        super().__init__(document, prefix)
        self._known = known
        self._begun: set[int] = set()

    def inline(self, inline: Inline) -> str:
        if isinstance(inline, PlacedTag):
            return self._mark(inline.place, inline.at, escape(inline.text), "place place-tag")
        if isinstance(inline, PlacedText):
            content = escape(inline.text)
            if inline.place:
                placed = self._mark(inline.place, inline.at, content, self._look(inline.place))
            else:
                placed = f'<span data-at="{inline.at}">{content}</span>'
            placed = f"<em>{placed}</em>" if inline.emphasis else placed
            return f"<strong>{placed}</strong>" if inline.strong else placed
        return super().inline(inline)

    def _look(self, number: int) -> str:
        place = self._known[number]
        look = "place-hidden" if place.hidden else "place-shown"
        return f"place {look} place-doubt" if place.doubt else f"place {look}"

    def _mark(self, number: int, at: int, content: str, look: str) -> str:
        identifier = "" if number in self._begun else f' id="{self.prefix}-place-{number}"'
        self._begun.add(number)
        return f'<mark class="{look}" data-at="{at}" data-place="{number}"{identifier}>{content}</mark>'
