from celery import shared_task

from essays.contests.models import Contest
from essays.outbox.tasks import send_letters
from judging.assignments import actions, substitutes


@shared_task
def sweep_assignments() -> None:
    """Take back what left the competition, and find readers for copies that miss one."""
    actions.take_back_departed()
    dealt = Contest.objects.filter(state=Contest.State.PUBLISHED, announced_at=None, deals__isnull=False)
    for contest in dealt.distinct().order_by("pk"):
        send_letters.delay_on_commit(
            substitutes.refill(contest).letters + substitutes.refill_second_look(contest).letters
        )
