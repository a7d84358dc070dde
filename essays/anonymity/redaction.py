"""Hiding the author: from a document and an identity to a blind copy."""

from __future__ import annotations

from dataclasses import dataclass

from essays.anonymity.document import Document
from essays.anonymity.identity import Identity


@dataclass(frozen=True, slots=True)
class Span:
    """A hidden place: `[start, end)` in the text of the original document; `confidence` is between 0 and 1."""

    start: int
    end: int
    kind: str
    tag: str
    reason: str
    confidence: float


@dataclass(frozen=True)
class Redacted:
    document: Document
    spans: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()
    confident: bool = True


def redact(document: Document, identity: Identity) -> Redacted:
    return Redacted(document)
