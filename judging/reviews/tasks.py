from celery import shared_task

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.outbox.tasks import send_letters
from judging.reviews import actions, notes


@shared_task
def check_disagreement(copy_id: int) -> None:
    """Appoint a third reviewer for one copy, if its reviews disagree."""
    copy = BlindCopy.objects.select_related("contest").filter(pk=copy_id).first()
    if copy is not None:
        send_letters.delay_on_commit(actions.check_disagreement(copy).letters)


@shared_task
def sweep_disagreements() -> None:
    """Appoint third reviewers that were forgotten: a lost bell, or nobody was eligible before."""
    running = Contest.objects.filter(
        state=Contest.State.PUBLISHED, announced_at=None, judging_rules__results_frozen_at=None
    )
    for contest in running.order_by("pk"):
        send_letters.delay_on_commit(actions.check_contest(contest))


@shared_task
def forget_notes() -> None:
    """Judges' private notes go when their contest is put into the archive."""
    notes.forget_notes()
