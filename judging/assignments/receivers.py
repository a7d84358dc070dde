"""What follows when the panel changes: open essays move to others in the same transaction."""

from typing import Any

from django.dispatch import receiver

from judging.assignments import actions
from judging.panels.models import Seat
from judging.panels.signals import keys_changed, seat_left


@receiver(seat_left)
def hand_on_essays(sender: type, *, seat: Seat, actor: Any, **kwargs: Any) -> list[int]:
    return actions.take_back_from(seat, actor=actor).letters


@receiver(keys_changed)
def take_back_conflicts(sender: type, *, seat: Seat, actor: Any, **kwargs: Any) -> list[int]:
    return actions.take_back_conflicts(seat, actor=actor).letters
