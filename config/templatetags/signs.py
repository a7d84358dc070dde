"""Icons, states and codes as lists show them, by the hundred: made here, because a template would choose slowly."""

import re
from functools import lru_cache

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Shapes on a field of 20 × 20, in the stroke of the text's colour.
SHAPES = {
    "check": '<path d="m4 10.5 4 4 8-9"/>',
    "clock": '<circle cx="10" cy="10" r="7.2"/><path d="M10 5.8V10l2.8 1.8"/>',
    "alert": '<path d="M10 2.8 18 17H2Z"/><path d="M10 8v4M10 14.4v.2"/>',
    "error": '<circle cx="10" cy="10" r="7.2"/><path d="M10 6v5M10 13.8v.2"/>',
    "info": '<circle cx="10" cy="10" r="7.2"/><path d="M10 9v5M10 6v.2"/>',
    "lock": '<rect x="4" y="9" width="12" height="8" rx="1.5"/><path d="M6.8 9V6.2a3.2 3.2 0 0 1 6.4 0V9"/>',
    "document": '<path d="M5 2.8h6.5L15.5 7v10.2H5ZM11.5 2.8V7h4M7.5 10.5h5.5M7.5 13.5h5.5"/>',
    "upload": '<path d="M10 13V3.5M6 7l4-4 4 4M3.5 13v3.5h13V13"/>',
    "download": '<path d="M10 3v9.5M6 9l4 4 4-4M3.5 13.5v3h13v-3"/>',
    "person": '<circle cx="10" cy="6.5" r="3.3"/><path d="M3.5 17c.6-3.6 3.2-5.3 6.5-5.3s5.9 1.7 6.5 5.3"/>',
    "people": (
        '<circle cx="7.5" cy="7" r="2.8"/>'
        '<path d="M2 16.5c.5-3 2.6-4.5 5.5-4.5s5 1.5 5.5 4.5M13 4.5a2.8 2.8 0 0 1 0 5.2M15 12.4c1.7.6 2.7 2 3 4.1"/>'
    ),
    "search": '<circle cx="9" cy="9" r="5.5"/><path d="m13.2 13.2 3.8 3.8"/>',
    "right": '<path d="M4 10h12M11 5l5 5-5 5"/>',
    "left": '<path d="M16 10H4M9 5l-5 5 5 5"/>',
    "down": '<path d="m5 7.5 5 5 5-5"/>',
    "eye": (
        '<path d="M1.8 10S4.8 4.8 10 4.8 18.2 10 18.2 10 15.2 15.2 10 15.2 1.8 10 1.8 10Z"/>'
        '<circle cx="10" cy="10" r="2.3"/>'
    ),
    "pencil": '<path d="m3.5 16.5.8-3.6L13.5 3.7l2.8 2.8-9.2 9.2Z"/>',
    "mail": '<rect x="2.5" y="4.5" width="15" height="11" rx="1.5"/><path d="m3 5.5 7 5.5 7-5.5"/>',
    "flag": '<path d="M5 17.5V3.2c3-1.2 5 1.6 10 0v7.6c-5 1.6-7-1.2-10 0"/>',
    "repeat": (
        '<path d="M16.5 9A6.7 6.7 0 0 0 4.6 6.2L3 8M3 3.8V8h4.2M3.5 11a6.7 6.7 0 0 0 11.9 2.8L17 12M17 16.2V12h-4.2"/>'
    ),
    "dash": '<path d="M5 10h10"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "minus": '<path d="M4 10h12"/>',
    "cross": '<path d="m5 5 10 10M15 5 5 15"/>',
    "globe": (
        '<circle cx="10" cy="10" r="7.2"/>'
        '<path d="M2.8 10h14.4M10 2.8c2.5 2.2 3.2 4.5 3.2 7.2s-.7 5-3.2 7.2C7.5 15 6.8 12.7 6.8 10s.7-5 3.2-7.2Z"/>'
    ),
    "scales": '<path d="M10 3v14M6.5 17h7M4 5.5h12M4 5.5 1.8 11h4.4ZM16 5.5 13.8 11h4.4Z"/>',
    "list": '<path d="M7 5.5h10M7 10h10M7 14.5h10M3.2 5.5h.2M3.2 10h.2M3.2 14.5h.2"/>',
    "laurel": '<path d="M10 17C5 16.5 2.5 13 3 7c2 1 3.2 2.5 3.6 4.5M10 17c5-.5 7.5-4 7-10-2 1-3.2 2.5-3.6 4.5"/>',
    "empty": '<circle cx="10" cy="10" r="7.2"/>',
}
ICON_OF_KIND = {
    "done": "check",
    "now": "pencil",
    "waiting": "clock",
    "warning": "alert",
    "error": "error",
    "locked": "lock",
}
ICONS = {
    name: mark_safe(f'<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{shape}</svg>')
    for name, shape in {**SHAPES, "": ""}.items()
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """One icon; always beside words, so hidden from screen readers. An unknown name is an empty field."""
    return ICONS.get(name) or ICONS[""]


@register.simple_tag
def status(kind: str, words: object, icon: str = "") -> SafeString:
    """A state as icon and words. ``kind``: done, now, waiting, warning, error, locked, quiet; or an icon of its own."""
    return _status(kind, conditional_escape(words), icon)  # type: ignore[arg-type]


@lru_cache(maxsize=2048)
def _status(kind: str, words: SafeString, icon: str) -> SafeString:
    """Kept: a table shows the same few states by the hundred. ``words`` are escaped."""
    shape = ICONS.get(icon or ICON_OF_KIND.get(kind, "empty"), ICONS[""])
    return format_html('<span class="status status-{}">{}{}</span>', kind, shape, words)


# An entry code as `entries.codes` stores it; its hyphens would let a line break inside.
ENTRY_CODE = re.compile(r"\b[2-9ACEKMPTY]{3}(?:-[2-9ACEKMPTY]{3}){3}\b")


@register.filter
def codes_held(sentence: object) -> SafeString:
    """A sentence, escaped, whose entry codes are not broken at the end of a line unless they fill one."""
    escaped = conditional_escape(str(sentence))  # a message with markup of its own says so only as a string
    return mark_safe(ENTRY_CODE.sub(r'<span class="entry-code" translate="no">\g<0></span>', escaped))
