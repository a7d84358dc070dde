"""The copy that follows from an original, the places the engine found in it, and what people decided (pure).

Made once when the file is read, and again after every decision on the redaction desk: the same sum both times.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from essays.anonymity.decisions import Decision, decide, tag_of
from essays.anonymity.document import Document, paragraphs
from essays.anonymity.identity import Identity
from essays.anonymity.rendering import to_html
from essays.anonymity.selfattack import Leak, find_leaks
from essays.anonymity.spans import Span


@dataclass(frozen=True)
class Composed:
    """A copy. ``hidden`` are the places of the original's text that it hides, ``hidden_in_title`` those of the title.

    ``leaks`` are what the self-attack finds in ``searched``: the copy's title, a line feed and its text.
    """

    document: Document
    html: str
    text: str
    title: str
    hidden: tuple[Span, ...]
    hidden_in_title: tuple[Span, ...]
    leaks: tuple[Leak, ...]

    @property
    def searched(self) -> str:
        return f"{self.title}\n{self.text}"

    @property
    def places(self) -> int:
        """How many places are hidden, the title's included."""
        return len(self.hidden) + len(self.hidden_in_title)


def compose(
    original: Document,
    title: str,
    spans: Sequence[Span],
    title_spans: Sequence[Span],
    decisions: Iterable[Decision] = (),
    *,
    identity: Identity | None,
    metadata_strings: Iterable[str] = (),
) -> Composed:
    """Hide what engine and people want hidden, and attack the result.

    ``title`` is the essay's title as typed, ``spans`` and ``title_spans`` the engine's places. Without an
    ``identity`` (a contest that leaves texts as they are written) nothing is attacked.
    """
    decisions = list(decisions)
    hidden = decide(original.text, spans, decisions)
    hidden_in_title = decide(title, title_spans, decisions, title=True)
    document = original.replace_spans(_labels(hidden))
    blind_title = paragraphs([title]).replace_spans(_labels(hidden_in_title)).text
    text = document.text
    leaks = find_leaks(f"{blind_title}\n{text}", identity, metadata_strings) if identity else []
    return Composed(document, to_html(document), text, blind_title, hidden, hidden_in_title, tuple(leaks))


def leak_doubts(leaks: Iterable[Leak]) -> list[str]:
    """Codes of what the self-attack found, each once."""
    return sorted({f"leak:{leak.kind}" for leak in leaks})


def to_data(spans: Iterable[Span]) -> list[dict[str, Any]]:
    """Ready for JSON."""
    return [asdict(span) for span in spans]


def from_data(data: Iterable[Mapping[str, Any]], text: str) -> tuple[Span, ...]:
    """The inverse of ``to_data``; of places that were kept without their tag it is the usual one of their kind."""
    return tuple(
        Span(
            start=one["start"],
            end=one["end"],
            kind=one["kind"],
            tag=one.get("tag") or tag_of(one["kind"], text),
            reason=one["reason"],
            confidence=one["confidence"],
        )
        for one in data
        if 0 <= one["start"] < one["end"] <= len(text)
    )


def _labels(spans: Iterable[Span]) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.tag) for span in spans]
