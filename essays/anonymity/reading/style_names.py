"""What a paragraph style's name means, in the languages that word processors of our users speak."""

from __future__ import annotations

import re

_HEADING = re.compile(r"(?:heading|заголовок)[ _]*(\d)")
_TITLE = re.compile(r"title|название|заголовок документа")
_QUOTE = re.compile(r"quot|цитат|^block text$")


def kind_of_style(name: str) -> tuple[str, int] | None:
    """(kind of block, level) that the style of this name says, or None where it says nothing."""
    name = name.lower().strip()
    if match := _HEADING.match(name):
        return "heading", max(1, int(match[1]))
    if _TITLE.fullmatch(name):
        return "title", 1
    if _QUOTE.search(name):
        return "quote", 1
    return None
