"""A document as HTML for the reading desk."""

from __future__ import annotations

from essays.anonymity.document import Document


def to_html(document: Document) -> str:
    return ""
