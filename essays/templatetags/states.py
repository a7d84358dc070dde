"""States of entries and of their copies, chosen here: a list shows a hundred of them, and a template is slow at it."""

from typing import NamedTuple

from django import template
from django.utils.translation import gettext as _

from essays.anonymity.models import BlindCopy
from essays.entries.models import Entry, Essay

register = template.Library()

KINDS = {
    Entry.State.DRAFT: "now",
    Entry.State.RECEIVED: "waiting",
    Entry.State.RETURNED: "warning",
    Entry.State.ADMITTED: "done",
    Entry.State.WITHDRAWN: "quiet",
}
WORDS = {kind: dict(kind.State.choices) for kind in (Entry, Essay, BlindCopy)}


class Shown(NamedTuple):
    """For ``{% status %}``."""

    kind: str
    words: str


@register.simple_tag
def state_of(entry: Entry) -> Shown:
    """``{% state_of entry as state %}``."""
    return Shown(KINDS.get(Entry.State(entry.state), "error"), _words(entry))


@register.simple_tag
def copy_state_of(essay: Essay) -> Shown:
    """``{% copy_state_of essay as state %}``: where the copy of a file stands. ``essay`` comes with its copy."""
    copy = essay.blind_copy
    if essay.state != Essay.State.BLINDED or copy is None:
        is_lost = essay.state in (Essay.State.FAILED, Essay.State.QUARANTINED)
        return Shown("error" if is_lost else "waiting", _words(essay))
    if copy.state == BlindCopy.State.RELEASED:
        return Shown("done", _words(copy))
    if copy.state != BlindCopy.State.HELD:
        return Shown("quiet", _words(copy))
    return Shown("warning", _("waits to be painted over") if essay.unpainted else _words(copy))


def _words(row: Entry | Essay | BlindCopy) -> str:
    return str(WORDS[type(row)][row.state])
