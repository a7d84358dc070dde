"""The anchors as a part of the judge's pages."""

from django import template

from judging.anchors.access import Due, due_of
from judging.assignments.queue import Tally
from judging.panels.models import Seat

register = template.Library()


@register.simple_tag
def anchor_due(seat: Seat, tally: Tally) -> Due | None:
    """``{% anchor_due seat tally as due %}``: the anchor to be read now, for ``judging/anchors/_due.html``."""
    return due_of(seat, done=tally.done, of=tally.of)
