"""The results as parts of pages that belong to other slices."""

from typing import Any

from django import template

from essays.entries.models import Entry
from essays.ledger import clock
from judging.results import access
from judging.results.panel import panel_of

register = template.Library()


@register.inclusion_tag("judging/results/_result.html", takes_context=True)
def result_of(context: dict[str, Any], entry: Entry) -> dict[str, Any]:
    """The entry's own result, for its owner, from the moment of the announcement on. Nothing before."""
    user = context["request"].user if "request" in context else context["user"]
    announcement = access.may_see_result(user, entry, clock.now())
    panel = panel_of(entry, announcement) if announcement else None
    return {"panel": panel, "entry": entry, "contest": entry.contest}
