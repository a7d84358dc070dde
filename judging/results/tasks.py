import logging

from celery import shared_task

from essays.ledger import clock
from essays.outbox.tasks import send_letters
from judging.results import actions, documents
from judging.results.models import Announcement, DocumentBundle

LETTERS_A_TASK = 100
logger = logging.getLogger("laureate.results")


@shared_task
def complete_announcement(announcement_id: int) -> None:
    """Finish one announcement, as far as its moment allows."""
    owed = actions.complete(announcement_id)
    for start in range(0, len(owed), LETTERS_A_TASK):
        send_letters.delay_on_commit(owed[start : start + LETTERS_A_TASK])


@shared_task
def sweep_announcements() -> None:
    """Finish what was interrupted, forgotten by the broker, or whose moment has come."""
    unfinished = Announcement.objects.unfinished(clock.now()).values_list("pk", flat=True)
    for announcement_id in list(unfinished):
        try:
            complete_announcement(announcement_id)
        except Exception:
            # One contest's trouble must not stop another's results; the next sweep tries this one again.
            logger.exception("announcement %s could not be completed", announcement_id)


@shared_task
def make_bundle(bundle_id: int) -> None:
    """Make one ZIP of documents, if it is still owed."""
    documents.make(bundle_id)


@shared_task
def sweep_bundles() -> None:
    """Make the ZIPs that a lost bell or a dead worker left behind, and remove those that are a week old."""
    for bundle_id in list(DocumentBundle.objects.owed(clock.now()).values_list("pk", flat=True)):
        try:
            documents.make(bundle_id)
        except Exception:
            # The attempt is counted: after three the row says that it could not be made.
            logger.exception("bundle %s could not be made", bundle_id)
    documents.remove_old()
