"""The one way in which a file is refused, and what a successful reading gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from essays.anonymity.document import Document

CODES = frozenset(
    {
        "empty",
        "too_large",
        "encrypted",
        "type_mismatch",
        "unsupported",
        "no_text",
        "damaged",
        "too_complex",
        "timeout",
        # Of pages that come as pictures only.
        "too_many_pages",
        "too_many_pixels",
        "too_small",
        "animated",
    }
)


class Unreadable(Exception):
    """A file that cannot become a blind copy.

    `code` is one of CODES and is what messages to people are chosen by; `detail` is for the log, in English,
    and holds nothing of the file's content.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        if code not in CODES:
            raise ValueError(f"unknown code {code!r}")
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Reading:
    """What was read from a file.

    `format` is docx, odt, pdf, rtf, txt or doc. `warnings` are codes of what was left out. `metadata_strings` are the
    strings of the file's own metadata (author, company, who saved it last, …): they serve the self-attack only
    and never go into a copy.
    """

    document: Document
    format: str
    warnings: tuple[str, ...] = ()
    metadata_strings: tuple[str, ...] = field(default=(), repr=False)
