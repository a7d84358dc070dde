"""One file and one identity at a time, from a terminal: what `manage.py anonymize` does (pure, no database)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from essays.anonymity.child import read_in_child
from essays.anonymity.copy_pdf import copy_pdf
from essays.anonymity.document import Document
from essays.anonymity.identity import Identity, IdentityError
from essays.anonymity.redaction import redact
from essays.anonymity.rendering import to_html
from essays.anonymity.selfattack import find_leaks
from essays.anonymity.spans import Span

MAX_IDENTITY_BYTES = 1 << 20


@dataclass(frozen=True)
class Anonymized:
    """`text` is what was read, `redacted` and `html` the blind copy; spans are offsets into `text`."""

    text: str
    redacted: str
    html: str
    spans: tuple[Span, ...]
    warnings: tuple[str, ...]
    confident: bool
    document: Document

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON: text, redacted, html, spans (start, end, kind, reason, confidence), warnings."""
        spans = [{key: value for key, value in asdict(span).items() if key != "tag"} for span in self.spans]
        return {
            "text": self.text,
            "redacted": self.redacted,
            "html": self.html,
            "spans": spans,
            "warnings": list(self.warnings),
        }

    def page(self) -> str:
        """The copy as a page of its own, for a browser."""
        return f'<!doctype html>\n<html lang="ru">\n<meta charset="utf-8">\n<title>copy</title>\n{self.html}\n</html>\n'

    def pages(self) -> bytes:
        """The copy as PDF. Raises NoPages where none can be set."""
        return copy_pdf(self.document, "copy")

    def explanation(self) -> str:
        """One line for each hidden place: offsets, tag, what was hidden, why and how sure."""
        lines = []
        for span in self.spans:
            found = " ".join(self.text[span.start : span.end].split())
            place = f"{span.start}–{span.end}"
            lines.append(f"{place:>13}  [{span.tag}]  «{found}»  {span.reason} ({span.confidence:.2f})")
        lines += [f"{'warning':>13}  {warning}" for warning in self.warnings]
        lines.append(f"{len(self.spans)} places hidden; " + ("confident" if self.confident else "a person should look"))
        return "\n".join(lines)


def load_identity(path: Path) -> Identity:
    """The identity in a JSON file. Raises IdentityError with one clear line for anything else."""
    try:
        with path.open("rb") as file:
            source = file.read(MAX_IDENTITY_BYTES + 1)
    except OSError as error:
        raise IdentityError(f"identity: cannot read {path}: {error.strerror or error}") from error
    if len(source) > MAX_IDENTITY_BYTES:
        raise IdentityError("identity: the file is too large")
    try:
        data = json.loads(source.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise IdentityError(f"identity: {path} is not JSON in UTF-8") from error
    return Identity.from_dict(data)


def anonymize(path: Path, identity: Identity, quasi: bool = False) -> Anonymized:
    """The blind copy of the file at `path`, with `quasi` without small places and rare posts too.

    Raises Unreadable for a bad file, OSError for one that is not there.
    """
    reading = read_in_child(path, path.name)
    redacted = redact(reading.document, identity, quasi=quasi)
    html, text = to_html(redacted.document), redacted.document.text
    leaks = {f"leak:{leak.kind}" for leak in find_leaks(f"{html}\n{text}", identity, reading.metadata_strings)}
    return Anonymized(
        text=reading.document.text,
        redacted=text,
        html=html,
        spans=redacted.spans,
        warnings=tuple(sorted({*reading.warnings, *redacted.warnings, *leaks})),
        confident=redacted.confident and not leaks and not reading.warnings,
        document=redacted.document,
    )
