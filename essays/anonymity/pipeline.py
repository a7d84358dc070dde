"""From an uploaded file to everything a blind copy consists of (pure: no database, no broker)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from essays.anonymity.child import read_in_child
from essays.anonymity.composing import compose, leak_doubts, to_data
from essays.anonymity.decisions import Decision
from essays.anonymity.document import Document, paragraphs
from essays.anonymity.engine import FULL, Rule
from essays.anonymity.identity import Identity
from essays.anonymity.reading import Reading
from essays.anonymity.redaction import Redacted, redact

HOLDING = frozenset({"converted", "read_from_picture"})
"""Warnings of a reader for which a person should look at the copy: others only tell what was left out."""


@dataclass(frozen=True)
class Blinded:
    """A finished copy. ``doubts`` names why a person should look before judges do; empty means clean.

    ``spans`` and ``title_spans`` are dicts with start, end, kind, tag, reason and confidence: what the engine found,
    as offsets into ``original`` and the title as typed. ``places`` counts what is hidden after people's decisions.
    """

    document: Document
    html: str
    text: str
    title: str
    spans: list[dict[str, Any]]
    doubts: list[str]
    engine_version: str
    original: Document = field(default_factory=Document)
    title_spans: list[dict[str, Any]] = field(default_factory=list)
    metadata_strings: list[str] = field(default_factory=list)
    places: int = 0


def blind(
    path: Path, name: str, identity: Identity, title: str, rule: Rule = FULL, decisions: Sequence[Decision] = ()
) -> Blinded:
    """Read a file, hide its author and attack the result. Raises ``Unreadable`` for a file that cannot be read.

    ``title`` is the essay's title as typed into the application: it is shown to judges, so it is redacted too.
    Where the rule leaves the text as written, nothing is searched in it; of the file only its text is in the copy.
    ``decisions`` are what people decided about this file's places before: they beat the engine.
    """
    return blind_reading(read_in_child(path, name), identity, title, rule, decisions)


def blind_reading(
    reading: Reading, identity: Identity, title: str, rule: Rule = FULL, decisions: Sequence[Decision] = ()
) -> Blinded:
    """The same for a file that has been read."""
    redacted = hide(reading.document, identity, rule)
    blind_title = hide(paragraphs([title]), identity, rule)
    # The names in a file's properties are what its author called himself there: they must not survive either.
    composed = compose(
        reading.document,
        title,
        redacted.spans,
        blind_title.spans,
        decisions,
        identity=identity if rule.hides_names else None,
        metadata_strings=reading.metadata_strings,
    )
    doubts = [*redacted.warnings, *(warning for warning in reading.warnings if warning in HOLDING)]
    if not (redacted.confident and blind_title.confident):
        doubts.append("not_confident")
    return Blinded(
        document=composed.document,
        html=composed.html,
        text=composed.text,
        title=composed.title,
        spans=to_data(redacted.spans),
        doubts=sorted({*doubts, *leak_doubts(composed.leaks)}),
        engine_version=rule.version,
        original=reading.document,
        title_spans=to_data(blind_title.spans),
        metadata_strings=list(reading.metadata_strings),
        places=composed.places,
    )


def hide(document: Document, identity: Identity, rule: Rule) -> Redacted:
    """The document as this contest's judges may see it."""
    return redact(document, identity, quasi=rule.quasi) if rule.hides_names else Redacted(document)
