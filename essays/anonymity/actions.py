"""What may be done with a blind copy. Nothing here knows, or can find out, whose it is."""

from typing import Any

from django.db import transaction

from essays.anonymity.models import BlindCopy
from essays.ledger import actions as ledger
from essays.ledger.states import move


def release(copy: BlindCopy, actor: Any) -> None:
    """Let judges read the copy: it was looked at, or it was clean from the start (actor None)."""
    move(copy, BlindCopy.State.RELEASED, actor=actor, doubts=[])


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
