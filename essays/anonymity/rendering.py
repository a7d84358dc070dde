"""A document as HTML for the reading desk. Two locks: everything is escaped, then nh3 lets only known tags pass."""

from __future__ import annotations

from collections.abc import Mapping, Set
from html import escape
from itertools import groupby

import nh3

from essays.anonymity.document import (
    Block,
    Document,
    Footnote,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    ListItem,
    NoteMark,
    Quote,
    Table,
    Tag,
    Text,
    Title,
)

_TAGS = {"h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "blockquote", "em", "strong", "br", "sup", "a"}
_TAGS |= {"span", "table", "tbody", "tr", "td", "section"}
_ATTRIBUTES = {
    "span": {"class"},
    "a": {"href", "id", "class", "role"},
    "li": {"id", "value"},
    "section": {"class", "role"},
}


def to_html(document: Document, *, prefix: str = "note") -> str:
    """Sanitized HTML of a document: headings from h2 down, since the page has its own h1.

    Role tags become `<span class="role-tag">[ШКОЛА]</span>`. `prefix` begins the ids of footnotes, for pages
    that show more than one document.
    """
    if not prefix.isascii() or not prefix.replace("-", "").isalnum():
        raise ValueError("prefix: letters, digits and hyphens only")
    return cleaned(Renderer(document, prefix).render())


def cleaned(
    html: str, *, more_tags: Set[str] = frozenset(), more_attributes: Mapping[str, set[str]] | None = None
) -> str:
    """The second lock: nothing but tags and attributes that a copy is made of, and those that the caller names."""
    more = more_attributes or {}
    return nh3.clean(
        html,
        tags=_TAGS | more_tags,
        attributes={tag: _ATTRIBUTES.get(tag, set()) | more.get(tag, set()) for tag in {*_ATTRIBUTES, *more}},
        url_schemes=set(),
        link_rel=None,
        strip_comments=True,
        generic_attribute_prefixes=set(),
    )


class Renderer:
    """The first lock: every piece of text is escaped."""

    def __init__(self, document: Document, prefix: str) -> None:
        self._document = document
        self.prefix = prefix
        self._notes = [block for block in document.blocks if isinstance(block, Footnote)]
        self._numbers = {note.number for note in self._notes}
        self._marked: set[int] = set()

    def render(self) -> str:
        blocks = (block for block in self._document.blocks if not isinstance(block, Footnote))
        parts: list[str] = []
        for is_item, group in groupby(blocks, key=lambda block: isinstance(block, ListItem)):
            if is_item:
                parts.append(self._list([block for block in group if isinstance(block, ListItem)]))
            else:
                parts.extend(self._block(block) for block in group)
        if self._notes:
            parts.append(self._footnotes())
        return "\n".join(parts)

    def _block(self, block: Block) -> str:
        if isinstance(block, Table):
            rows = ("<tr>" + "".join(f"<td>{self._inlines(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
            return f"<table><tbody>{''.join(rows)}</tbody></table>"
        content = self._inlines(block.inlines)
        if isinstance(block, Title):
            return f"<h2>{content}</h2>"
        if isinstance(block, Heading):
            level = min(block.level + 2, 6) if self._has_title() else min(block.level + 1, 6)
            return f"<h{level}>{content}</h{level}>"
        if isinstance(block, Quote):
            return f"<blockquote><p>{content}</p></blockquote>"
        return f"<p>{content}</p>"

    def _has_title(self) -> bool:
        return any(isinstance(block, Title) for block in self._document.blocks)

    def _list(self, items: list[ListItem]) -> str:
        """Nested lists. The level may jump: each open list is closed by its own tag."""
        parts: list[str] = []
        open_lists: list[tuple[int, str]] = []
        for item in items:
            tag = "ol" if item.ordered else "ul"
            while open_lists and (
                open_lists[-1][0] > item.level or (open_lists[-1][0] == item.level and open_lists[-1][1] != tag)
            ):
                parts.append(f"</li></{open_lists.pop()[1]}>")
            if open_lists and open_lists[-1][0] == item.level:
                parts.append("</li>")
            else:
                parts.append(f"<{tag}>")
                open_lists.append((item.level, tag))
            parts.append(f"<li>{self._inlines(item.inlines)}")
        while open_lists:
            parts.append(f"</li></{open_lists.pop()[1]}>")
        return "".join(parts)

    def _inlines(self, inlines: Inlines) -> str:
        return "".join(self.inline(inline) for inline in inlines)

    def inline(self, inline: Inline) -> str:
        if isinstance(inline, LineBreak):
            return "<br>"
        if isinstance(inline, Tag):
            return f'<span class="role-tag">{escape(inline.text)}</span>'
        if isinstance(inline, NoteMark):
            return self._note_mark(inline.number)
        assert isinstance(inline, Text)
        content = escape(inline.text)
        if inline.emphasis:
            content = f"<em>{content}</em>"
        return f"<strong>{content}</strong>" if inline.strong else content

    def _note_mark(self, number: int) -> str:
        if number not in self._numbers:
            return ""
        identifier = "" if number in self._marked else f' id="{self.prefix}-mark-{number}"'
        self._marked.add(number)
        return f'<sup><a{identifier} href="#{self.prefix}-{number}" role="doc-noteref">{number}</a></sup>'

    def _footnotes(self) -> str:
        items = []
        for note in self._notes:
            back = f' <a href="#{self.prefix}-mark-{note.number}" role="doc-backlink">↩</a>'
            content = self._inlines(note.inlines) + (back if note.number in self._marked else "")
            items.append(f'<li id="{self.prefix}-{note.number}" value="{note.number}"><p>{content}</p></li>')
        return f'<section class="footnotes" role="doc-endnotes"><ol>{"".join(items)}</ol></section>'
