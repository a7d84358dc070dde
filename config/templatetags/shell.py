"""The frame around every page: its links, made here because each page pays for them."""

import re
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.urls import get_resolver, get_urlconf, reverse
from django.urls.base import get_script_prefix
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from config.templatetags.signs import ICONS

register = template.Library()


PLAIN = re.compile(r"[A-Za-z0-9_-]+")


def address(name: str, *arguments: object) -> str:
    """``reverse`` for tables: by the address's pattern, which is looked up once.

    Raises NoReverseMatch as ``reverse`` does; it is asked itself for arguments that are no slug, number or UUID.
    """
    written = [str(one) if isinstance(one, str | int | UUID) else "" for one in arguments]
    pattern = _pattern(get_urlconf(), get_script_prefix(), name, len(arguments))
    if pattern is None or not all(PLAIN.fullmatch(one) for one in written):
        return reverse(name, args=arguments)
    return pattern % tuple(written)


@lru_cache(maxsize=1024)
def _pattern(urlconf: str | None, prefix: str, name: str, count: int) -> str | None:
    """«/organizer/%s/entries/%s/»; None where the name has several patterns for so many arguments."""
    found = [
        (text, parameters)
        for possibilities, _regex, defaults, _converters in get_resolver(urlconf).reverse_dict.getlist(name)
        for text, parameters in possibilities
        if len(parameters) == count and not defaults
    ]
    if len(found) != 1:
        return None
    text, parameters = found[0]
    in_order = re.findall(r"%\((\w+)\)s", text)
    return prefix + re.sub(r"%\(\w+\)s", "%s", text) if in_order == list(parameters) else None


@register.simple_tag
def to(name: str, *arguments: object) -> SafeString:
    """``{% to "organizer_entry" contest.slug entry.public_id %}``: ``url`` where there are many."""
    return conditional_escape(address(name, *arguments))


@register.simple_tag(takes_context=True)
def door(context: dict[str, Any], name: str, words: str) -> SafeString:
    """``{% door "my_entries" words %}``: a link of the main menu, marked on its page and on those below it."""
    leads, path = address(name), _path(context)
    # The home page is above everything and marked alone.
    current = "page" if path == leads else "true" if leads != "/" and path.startswith(leads) else ""
    mark = f' aria-current="{current}"' if current else ""
    return mark_safe(f'<a href="{leads}"{mark}>{conditional_escape(words)}</a>')


@register.simple_tag(takes_context=True)
def room(context: dict[str, Any], name: str, icon: str, words: str, count: int | str = 0, what: str = "") -> SafeString:
    """``{% room "organizer_board" "list" words %}``: a link to a room of this contest, marked where it is open.

    ``active`` in the context is the name of the open room, the last word of its address's name. ``count`` of
    something that waits there stands beside the words; ``what`` tells a screen reader of what.
    """
    leads = address(name, context["contest"].slug)
    is_open = context.get("active") == name.removeprefix("organizer_") or _path(context) == leads
    mark = ' aria-current="page"' if is_open else ""
    waits = ""
    if count:
        waits = format_html(
            '<span class="nav-count">{}<span class="visually-hidden"> {}</span></span>', localize(count), what
        )
    return mark_safe(f'<a href="{leads}"{mark}>{ICONS[icon]}{conditional_escape(words)}{waits}</a>')


def _path(context: dict[str, Any]) -> str:
    """Of the page that is open; empty where a template is made without a request."""
    return getattr(context.get("request"), "path", "")
