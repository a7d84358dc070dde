"""The pages of a copy that is read as pictures, with the addresses by which this reader gets them."""

from typing import Any

from django import template
from django.urls import reverse

from essays.anonymity.models import BlindCopy

register = template.Library()


@register.inclusion_tag("_pages.html")
def pages_of(copy: BlindCopy | None, name: str, *arguments: Any) -> dict[str, Any]:
    """All pages in order; nothing for a copy that is a text. ``name`` and ``arguments`` make a page's address."""
    if copy is None or copy.html:
        return {"pages": []}
    rows = list(copy.pages.all())
    for row in rows:
        row.address = reverse(name, args=[*arguments, row.number])  # type: ignore[attr-defined]
    return {"pages": rows}
