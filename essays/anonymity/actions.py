"""What may be done with a blind copy. Nothing here knows, or can find out, whose it is."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction

from essays.anonymity.models import UNPAINTED, BlindCopy, CopyAlarm, CopyPage
from essays.ledger import actions as ledger
from essays.ledger.states import MoveRefused, move

IDENTITY_VISIBLE = "identity_visible"
"""The doubt that a judge's alarm leaves on a copy."""


def release(copy: BlindCopy, actor: Any, *, despite: Sequence[str] = ()) -> None:
    """Let judges read the copy: it was looked at, or it was clean from the start (actor None).

    ``despite`` are codes of what the self-attack still finds, and what a person has confirmed is nothing. Judges'
    alarms are settled with it. A copy of pictures has nothing to read until its pages are painted: ``MoveRefused``.
    """
    if UNPAINTED in copy.doubts:
        raise MoveRefused(f"blindcopy {copy.pk}: its pages are not painted yet")
    with transaction.atomic():
        move(
            copy,
            BlindCopy.State.RELEASED,
            actor=actor,
            action="blindcopy.released_despite" if despite else "",
            data={"despite": list(despite)} if despite else None,
            doubts=[],
        )
        CopyAlarm.objects.filter(copy=copy, settled=False).update(settled=True)


def show_pages(copy: BlindCopy, pages: Sequence[CopyPage], actor: Any) -> None:
    """Give the copy these painted pages (unsaved rows, their files written) in place of its earlier ones."""
    with transaction.atomic():
        for earlier in copy.pages.all():
            transaction.on_commit(partial(earlier.file.storage.delete, str(earlier.file.name)))
        copy.pages.all().delete()
        for page in pages:
            page.copy = copy
        CopyPage.objects.bulk_create(pages)
        copy.doubts = [doubt for doubt in copy.doubts if doubt != UNPAINTED]
        BlindCopy.objects.filter(pk=copy.pk).update(doubts=copy.doubts)
        ledger.record("blindcopy.painted", copy, actor=actor, data={"pages": len(pages)})


def ask_for_paint(copy: BlindCopy) -> None:
    """What is painted on a held copy's pages has changed: its pictures are out of date until they are made anew.

    ``copy`` should be locked by the caller. Raises ``MoveRefused`` for a copy that is not held.
    """
    if copy.state != BlindCopy.State.HELD:
        raise MoveRefused(f"blindcopy {copy.pk} is not held")
    copy.doubts = sorted({*copy.doubts, UNPAINTED})
    BlindCopy.objects.filter(pk=copy.pk).update(doubts=copy.doubts)


def hold(copy: BlindCopy, actor: Any, reason: str) -> None:
    """Take the copy off every desk until somebody has looked at it. ``reason`` is a code, kept as a doubt."""
    if copy.state == BlindCopy.State.HELD:
        return
    move(
        copy,
        BlindCopy.State.HELD,
        actor=actor,
        data={"reason": reason},
        doubts=sorted({*copy.doubts, reason}),
    )


def raise_alarm(copy: BlindCopy, actor: Any, words: str) -> None:
    """A judge can tell who wrote it: the copy leaves every desk, and the judge's words wait for the redaction desk.

    Also where the copy is held already, for another reason. ``copy`` should be locked by the caller.
    """
    with transaction.atomic():
        CopyAlarm.objects.create(copy=copy, words=words)
        if copy.state == BlindCopy.State.RELEASED:
            hold(copy, actor, IDENTITY_VISIBLE)
        elif copy.state == BlindCopy.State.HELD and IDENTITY_VISIBLE not in copy.doubts:
            copy.doubts = sorted({*copy.doubts, IDENTITY_VISIBLE})
            BlindCopy.objects.filter(pk=copy.pk).update(doubts=copy.doubts)


def hand_on_alarms(earlier: BlindCopy, copy: BlindCopy) -> None:
    """A copy was made anew: what judges said about the earlier one is still to be looked at."""
    CopyAlarm.objects.filter(copy=earlier, settled=False).update(copy=copy)


def retire(copy: BlindCopy, actor: Any, reason: str) -> None:
    """The entry left the competition: nobody reads, scores or ranks the copy any more."""
    if copy.state in (BlindCopy.State.RETIRED, BlindCopy.State.SUPERSEDED):
        return
    move(copy, BlindCopy.State.RETIRED, actor=actor, data={"reason": reason}, admitted=False)


def supersede(copy: BlindCopy, actor: Any) -> None:
    """A newer copy of the same entry stands. The earlier one stays with its reviews."""
    if copy.state != BlindCopy.State.SUPERSEDED:
        move(copy, BlindCopy.State.SUPERSEDED, actor=actor, admitted=False)


def admit(copy: BlindCopy, admitted: bool, actor: Any) -> None:
    """Note that the entry behind the copy is (or no longer is) admitted. A retired copy comes back held."""
    with transaction.atomic():
        if admitted and copy.state == BlindCopy.State.RETIRED:
            move(copy, BlindCopy.State.HELD, actor=actor)
        if copy.admitted != admitted:
            BlindCopy.objects.filter(pk=copy.pk).update(admitted=admitted)
            copy.admitted = admitted
            ledger.record("blindcopy.admitted", copy, actor=actor, data={"admitted": admitted})
