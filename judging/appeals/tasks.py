import logging

from celery import shared_task

from judging.appeals import actions
from judging.appeals.models import Appeal

logger = logging.getLogger("laureate.appeals")


@shared_task
def blind_appeal(appeal_id: int) -> None:
    """Free the text of one appeal of names, if that is still owed."""
    actions.blind(appeal_id)


@shared_task
def sweep_appeals() -> None:
    """Free the texts that a lost bell left behind."""
    for appeal_id in list(Appeal.objects.unread().values_list("pk", flat=True)):
        try:
            actions.blind(appeal_id)
        except Exception:
            # One text that cannot be read must not hold the others; the next sweep tries it again.
            logger.exception("appeal %s could not be freed of names", appeal_id)
