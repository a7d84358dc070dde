"""The anchors as a part of the judge's pages."""

from typing import Any

from django import template

from judging.anchors.access import due_of
from judging.assignments.queue import Tally
from judging.panels.models import Seat

register = template.Library()


@register.inclusion_tag("judging/anchors/_due.html")
def anchors_due(seat: Seat, tally: Tally) -> dict[str, Any]:
    """``{% anchors_due seat tally %}``: which anchor is to be read now, with the way there; nothing where none is."""
    return {"due": due_of(seat, done=tally.done, of=tally.of), "seat": seat}
