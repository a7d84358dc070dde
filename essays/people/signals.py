"""What the list of institutions tells the slices above it, inside the transaction of the act itself."""

from django.dispatch import Signal

institutions_merged = Signal()
"""Two institutions turned out to be one. Sent with ``source``, ``target`` and ``actor``; a receiver may return ids of
letters that it owes. What it moves it notes in ``moved`` (a dictionary of what JSON holds), so that it can be undone.
"""

institutions_parted = Signal()
"""They were two after all. Sent with ``source``, ``target``, ``actor`` and the ``moved`` of the merger; a receiver
moves its own back, and may return ids of letters that it owes.
"""
