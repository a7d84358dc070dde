"""From an uploaded file to everything a blind copy consists of (pure: no database, no broker)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from essays.anonymity.child import read_in_child
from essays.anonymity.document import Document, paragraphs
from essays.anonymity.engine import ENGINE_VERSION
from essays.anonymity.identity import Identity
from essays.anonymity.redaction import redact
from essays.anonymity.rendering import to_html
from essays.anonymity.selfattack import find_leaks

HOLDING = frozenset({"converted"})
"""Warnings of a reader for which a person should look at the copy: others only tell what was left out."""


@dataclass(frozen=True)
class Blinded:
    """A finished copy. ``doubts`` names why a person should look before judges do; empty means clean.

    ``spans`` are dicts with start, end, kind, reason and confidence; offsets into the original's text.
    """

    document: Document
    html: str
    text: str
    title: str
    spans: list[dict[str, Any]]
    doubts: list[str]
    engine_version: str


def blind(path: Path, name: str, identity: Identity, title: str) -> Blinded:
    """Read a file, hide its author and attack the result. Raises ``Unreadable`` for a file that cannot be read.

    ``title`` is the essay's title as typed into the application: it is shown to judges, so it is redacted too.
    """
    reading = read_in_child(path, name)
    redacted = redact(reading.document, identity)
    blind_title = redact(paragraphs([title]), identity)
    html, text = to_html(redacted.document), redacted.document.text
    doubts = [*redacted.warnings, *(warning for warning in reading.warnings if warning in HOLDING)]
    if not (redacted.confident and blind_title.confident):
        doubts.append("not_confident")
    # The names in a file's properties are what its author called himself there: they must not survive either.
    for leak in find_leaks("\n".join((blind_title.document.text, text)), identity, reading.metadata_strings):
        doubts.append(f"leak:{leak.kind}")
    return Blinded(
        document=redacted.document,
        html=html,
        text=text,
        title=blind_title.document.text,
        spans=[
            {
                "start": span.start,
                "end": span.end,
                "kind": span.kind,
                "reason": span.reason,
                "confidence": span.confidence,
            }
            for span in redacted.spans
        ],
        doubts=sorted(set(doubts)),
        engine_version=str(ENGINE_VERSION),
    )
