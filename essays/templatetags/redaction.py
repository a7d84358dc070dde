"""How many copies wait on the redaction desk, beside its name in the organizer's rooms."""

from django import template

from essays.contests.models import Contest
from essays.entries import redaction_queue

register = template.Library()


@register.simple_tag
def redaction_waiting(contest: Contest) -> int:
    """``{% redaction_waiting contest as count %}``: one question."""
    return redaction_queue.count(contest)
