import logging

from celery import shared_task

from essays.ledger import clock
from essays.outbox import actions
from essays.outbox.models import Letter

AT_ONCE = 500
logger = logging.getLogger("laureate.outbox")


@shared_task
def send_letter(letter_id: int) -> None:
    """Send one letter, if it is still owed."""
    actions.deliver(letter_id)


@shared_task
def send_letters(letter_ids: list[int]) -> None:
    """Send several; one that fails stops none of the others."""
    for letter_id in letter_ids:
        _deliver(letter_id)


@shared_task
def sweep_letters() -> None:
    """Send what is due and was forgotten: a lost bell, a sender that died, a pause that is over."""
    due = Letter.objects.due(clock.now()).values_list("pk", flat=True)[:AT_ONCE]
    for letter_id in list(due):
        _deliver(letter_id)


def _deliver(letter_id: int) -> None:
    """Deliver one of several: a fault that nobody foresaw in one letter must not hold the others back."""
    try:
        actions.deliver(letter_id)
    except Exception:
        # Not lost: the letter is still owed, its attempt is counted, and the eighth one ends it.
        logger.exception("letter %s could not be delivered; it stays owed", letter_id)
