"""What follows when the panel changes: open essays move to others in the same transaction."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from judging.assignments import actions
from judging.assignments.models import Assignment
from judging.panels.models import Seat
from judging.panels.signals import keys_changed, seat_left
from judging.rubrics.models import JudgingRules


@receiver(seat_left)
def hand_on_essays(sender: type, *, seat: Seat, actor: Any, **kwargs: Any) -> list[int]:
    return actions.take_back_from(seat, actor=actor).letters


@receiver(keys_changed)
def take_back_conflicts(sender: type, *, seat: Seat, actor: Any, **kwargs: Any) -> list[int]:
    return actions.take_back_conflicts(seat, actor=actor).letters


@receiver(post_save, sender=JudgingRules)
def shun_own_municipality(sender: type, *, instance: JudgingRules, **kwargs: Any) -> None:
    """A rule that comes after the deal holds for what was dealt, too; the sweep sends the letters."""
    if not instance.shun_municipality or instance.results_frozen_at is not None:
        return
    standing = Assignment.objects.filter(contest=instance.contest_id).standing()
    for seat in Seat.objects.filter(pk__in=standing.values("seat")).select_related("contest"):
        actions.take_back_conflicts(seat)
