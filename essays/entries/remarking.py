"""What an entrant remarks about the copy, and what the organizer answers: beside the copy and by a letter."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from essays.anonymity import actions as copies
from essays.anonymity.models import BlindCopy
from essays.entries import access, letters, redacting
from essays.entries.redaction_models import CopyRemark
from essays.entries.refusals import Refused
from essays.ledger import actions as ledger
from essays.ledger import clock

MOST_OPEN_REMARKS = 20


@transaction.atomic
def remark(essay_id: int, kind: str, words: str, note: str, actor: Any) -> CopyRemark:
    """An entrant points at something. While nobody judges yet, what was missed takes the copy back at once.

    Raises ``Refused``.
    """
    essay, copy = redacting.locked(essay_id)
    if not access.may_remark(essay, clock.now()):
        raise Refused(_("The copy is decided; remarks are not taken any more."))
    if essay.remarks.open().count() >= MOST_OPEN_REMARKS:
        raise Refused(_("The organizer has not answered your earlier remarks yet. Please wait for the answer."))
    made = CopyRemark.objects.create(essay=essay, kind=kind, words=words, note=note, made_by=actor, made_at=clock.now())
    ledger.record("essay.remarked", essay, actor=actor, contest_id=copy.contest_id, data={"kind": kind})
    nobody_reads = made.made_at < essay.entry.contest.judging_starts_at
    if kind == CopyRemark.Kind.MISSED and nobody_reads and copy.state == BlindCopy.State.RELEASED:
        copies.hold(copy, actor, "entrant_remark")
    return made


@transaction.atomic
def answer(made: CopyRemark, outcome: str, text: str, actor: Any) -> list[int]:
    """Answer a remark, and owe its author the letter; returns letters to ring. Raises ``Outdated`` for the second."""
    open_still = CopyRemark.objects.open().filter(pk=made.pk)
    if not open_still.update(outcome=outcome, answer=text, answered_at=clock.now()):
        raise redacting.Outdated
    made.outcome, made.answer = outcome, text
    ledger.record(
        "essay.remark_answered",
        made.essay,
        actor=actor,
        contest_id=made.essay.entry.contest_id,
        data={"outcome": outcome},
    )
    return letters.remark_answered(made)
