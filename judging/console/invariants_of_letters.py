"""What must be true of letters and of the ledger."""

from collections.abc import Iterator

from django.db.models import Count

from essays.entries.models import Entry
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.outbox.models import Letter
from judging.console.stating import invariant
from judging.results import letters
from judging.results.models import Announcement


@invariant("no letter is owed or sent twice for one cause")
def one_letter_per_cause() -> Iterator[str]:
    twice = Letter.objects.values("key").annotate(n=Count("pk")).filter(n__gt=1).order_by("key")
    for key in twice.values_list("key", flat=True):
        yield f"letter {key} exists twice"


@invariant("a completed announcement owes one letter to every entry that has a result, and none before its moment")
def one_letter_per_result() -> Iterator[str]:
    for announcement in Announcement.objects.order_by("pk"):
        prefix = f"result:{announcement.pk}:"
        keys = set(Letter.objects.filter(key__startswith=prefix).values_list("key", flat=True))
        awards = announcement.awards.values_list("entry_id", "entry__state")
        known = {f"{prefix}{entry_id}" for entry_id, _state in awards}
        told = {f"{prefix}{entry_id}" for entry_id, state in awards if state == Entry.State.ADMITTED}
        if announcement.completed_at is not None and not told <= keys <= known:
            yield f"announcement {announcement.pk}: letters and results differ"
        if keys and announcement.at > clock.now():
            yield f"announcement {announcement.pk}: letters are out before its moment"
    loose = Letter.objects.filter(name__in=[letters.AWARDED, letters.TOOK_PART], contest__announcement=None)
    for pk in loose.order_by("pk").values_list("pk", flat=True):
        yield f"letter {pk} tells a result that was never announced"


@invariant("the chain of the ledger is whole")
def ledger_is_whole() -> Iterator[str]:
    broken = ledger.verify()
    if broken is not None:
        yield f"the ledger does not fit at event {broken}"
