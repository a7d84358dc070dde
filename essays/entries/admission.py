"""What organizers decide on an entry: admitted, returned, not admitted, disqualified, or nothing yet."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from essays.anonymity import actions as copies
from essays.entries import consents, letters
from essays.entries.models import Entry
from essays.entries.refusals import Refused
from essays.ledger import clock
from essays.ledger.states import move

State = Entry.State


def admit(entry: Entry, actor: Any) -> None:
    """Admit an entry to the competition. Refused while a consent that the law asks for is missing."""
    if consents.missing(entry):
        raise Refused(_("A consent to processing is still missing."), code="consent_missing")
    with transaction.atomic():
        move(entry, State.ADMITTED, actor=actor, decided_at=clock.now(), remark="")
        copy = current_copy(entry)
        if copy:
            copies.admit(copy, True, actor)


def give_back(entry: Entry, actor: Any, remark: str) -> list[int]:
    """Return an entry for correction, with what to mend. Returns letters to ring."""
    with transaction.atomic():
        move(entry, State.RETURNED, actor=actor, remark=remark, data={"remark_length": len(remark)})
        return letters.decision(entry, "entry_returned")


def reject(entry: Entry, actor: Any, remark: str) -> list[int]:
    """Do not admit, with the reason that the author is told. Returns letters to ring."""
    with transaction.atomic():
        move(entry, State.REJECTED, actor=actor, decided_at=clock.now(), remark=remark)
        retire_copies(entry, actor, "rejected")
        return letters.decision(entry, "entry_rejected")


def reconsider(entry: Entry, actor: Any) -> None:
    """Take an admission or rejection back: the entry waits for a decision again."""
    with transaction.atomic():
        move(entry, State.RECEIVED, actor=actor, decided_at=None, remark="")
        copy = current_copy(entry)
        if copy and copy.state == copy.State.RETIRED:
            move(copy, copy.State.HELD, actor=actor)
        elif copy:
            copies.admit(copy, False, actor)


def disqualify(entry: Entry, actor: Any, remark: str) -> list[int]:
    """Exclude an admitted entry, with the reason. Returns letters to ring."""
    with transaction.atomic():
        move(entry, State.DISQUALIFIED, actor=actor, decided_at=clock.now(), remark=remark)
        retire_copies(entry, actor, "disqualified")
        return letters.decision(entry, "entry_disqualified")


def current_copy(entry: Entry) -> Any:
    """The blind copy of the version in force, None while there is none."""
    essay = entry.essays.current().select_related("blind_copy").first()
    return essay.blind_copy if essay else None


def retire_copies(entry: Entry, actor: Any, reason: str) -> None:
    """Take the entry's copy out of every queue. ``reason``: a code of the ledger."""
    copy = current_copy(entry)
    if copy:
        copies.retire(copy, actor, reason)
