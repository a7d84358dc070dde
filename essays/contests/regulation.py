"""The regulation's light markup, rendered to HTML that may stand on a public page."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "strong", "em", "blockquote", "a", "code"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
# The page's own headings are levels 1 and 2.
DEEPER = 2

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})


def rendered(text: str) -> SafeString:
    """Headings (#), lists, emphasis, quotations and links of CommonMark; everything else is shown as typed.

    Raw HTML is never let through; links lead to web and mail addresses only.
    """
    tokens = _markdown.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + DEEPER, 6)}"
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )
    return mark_safe(clean)
