"""Writing into the ledger, and sealing it."""

from typing import Any

from django.db import models, transaction

from essays.ledger import chain, clock
from essays.ledger.models import LedgerEvent

SEAL_BATCH = 1000


def record(
    action: str,
    subject: models.Model,
    *,
    actor: Any = None,
    contest_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> LedgerEvent:
    """Write one act into the caller's transaction. ``actor`` is a user, or None for the system itself.

    The contest is taken from the subject where it has one. ``data`` must not name or quote an entrant.
    """
    if contest_id is None:
        contest_id = subject.pk if subject._meta.model_name == "contest" else getattr(subject, "contest_id", None)
    return LedgerEvent.objects.create(
        at=clock.now(),
        actor_ref=getattr(actor, "pk", None),
        action=action,
        subject_kind=str(subject._meta.model_name),
        subject_ref=str(subject.pk),
        contest_ref=contest_id,
        data=data or {},
    )


def payload(event: LedgerEvent) -> dict[str, Any]:
    """What the hash of an event covers."""
    return {
        "sequence": event.sequence,
        "at": event.at,
        "actor": event.actor_ref,
        "action": event.action,
        "subject": [event.subject_kind, event.subject_ref],
        "contest": event.contest_ref,
        "data": event.data,
    }


def seal() -> int:
    """Link every waiting event into the hash chain; returns how many. One sealer at a time.

    «Previous hash by highest id» forks when writers overlap, so writers only insert and the sealer alone,
    holding the lock of the chain's last link, decides the order.
    """
    sealed = 0
    with transaction.atomic():
        # Lock the oldest event: every sealer asks for the same row, so they queue behind each other.
        list(LedgerEvent.objects.select_for_update().order_by("pk")[:1])
        last = LedgerEvent.objects.sealed().last()
        sequence, previous = (last.sequence or 0, last.hash) if last else (0, chain.GENESIS)
        for event in LedgerEvent.objects.waiting_for_seal()[:SEAL_BATCH]:
            sequence += 1
            event.sequence = sequence
            link = chain.link(previous, payload(event))
            LedgerEvent.objects.filter(pk=event.pk).update(sequence=sequence, previous_hash=previous, hash=link)
            previous = link
            sealed += 1
    return sealed


def verify() -> int | None:
    """Sequence of the first event that does not fit the chain, or None when all is whole."""
    links = (
        chain.Link(event.previous_hash, event.hash, payload(event)) for event in LedgerEvent.objects.sealed().iterator()
    )
    return chain.verify(links)
