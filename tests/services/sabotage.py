"""Imported by a worker of a test (``include``): a task that leaves a mark in the database."""

from celery import shared_task


@shared_task(name="tests.touch")
def touch(text: str) -> None:
    from essays.ledger import clock
    from essays.outbox.models import Letter

    Letter.objects.create(
        name="mark", to="x@example.org", key=text, last_error=text, next_attempt_at=clock.now(), queued_at=clock.now()
    )
