import logging

from celery import shared_task

from essays.contests.models import Contest
from essays.entries import blinding, leftovers, pages, renewal
from essays.entries.files import sweep_parts
from essays.entries.models import Essay
from essays.ledger import clock

AT_ONCE = 200
logger = logging.getLogger("laureate.blinding")


@shared_task
def blind_essay(essay_id: int) -> None:
    """Make the blind copy of one file, if it is still owed."""
    blinding.blind(essay_id)


@shared_task
def ring_for_copies(contest_id: int) -> None:
    """Ring for every copy that a contest owes: thousands of bells are not rung by a page."""
    for essay_id in renewal.owed_by(Contest.objects.get(pk=contest_id)):
        blind_essay.delay(essay_id)


@shared_task
def sweep_essays() -> None:
    """Make the copies that a lost bell or a dead worker left behind, and tidy unfinished uploads away."""
    for essay_id in list(Essay.objects.waiting(clock.now()).values_list("pk", flat=True)[:AT_ONCE]):
        try:
            blinding.blind(essay_id)
        except Exception:
            # A fault nobody foresaw in one file: the others still get their copies. Its attempt is counted,
            # so after three such sweeps the file is set aside for a person.
            logger.exception("essay %s: its blind copy could not be made", essay_id)
    sweep_parts()
    pages.sweep_drafts(clock.now())


@shared_task
def sweep_files() -> None:
    """Remove files that a process which died has left without a row."""
    leftovers.sweep(clock.now())
