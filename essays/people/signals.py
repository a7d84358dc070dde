"""What the list of institutions tells the slices above it, inside the transaction of the act itself."""

from django.dispatch import Signal

institutions_merged = Signal()
"""Two institutions turned out to be one. Sent with ``source``, ``target`` and ``actor``; a receiver may return ids of
letters that it owes.
"""
