"""What a panel tells the slices above it, inside the transaction of the act itself.

A receiver may return ids of letters that it owes; ``told`` gathers them.
"""

from typing import Any

from django.dispatch import Signal

seat_left = Signal()
"""Somebody no longer reads. Sent with ``seat`` and ``actor``."""

keys_changed = Signal()
"""A seat's institutions or declared conflicts changed. Sent with ``seat`` and ``actor``."""


def told(signal: Signal, sender: type, **values: Any) -> list[int]:
    """Send the signal; a receiver's error undoes the act. Returns the ids of letters that receivers owe."""
    answers: list[tuple[Any, Any]] = signal.send(sender, **values)
    return [letter for _receiver, letters in answers for letter in letters or ()]
