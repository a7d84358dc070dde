"""In which order a judge finds the entries: another for each judge, the same at every visit. Pure.

A keyed shuffle: without the key nobody can tell from two judges' queues when an entry came in, and no
entry is read last (by tired eyes) by everyone. New entries slip in without moving the others against each
other.
"""

import hashlib
import hmac
from collections.abc import Iterable


def rank_of(entry: str, *, judge: str, key: bytes) -> bytes:
    """32 bytes that order this judge's queue."""
    return hmac.digest(key, f"{len(judge)}:{judge}{entry}".encode(), hashlib.sha256)


def place(entry: str, *, judge: str, key: bytes) -> int:
    """The same as a number below 2⁶³, to store and let a database sort by."""
    return int.from_bytes(rank_of(entry, judge=judge, key=key)[:8]) >> 1


def order(entries: Iterable[str], *, judge: str, key: bytes) -> list[str]:
    """The entries in this judge's order, whatever order they come in."""
    return sorted(entries, key=lambda entry: (place(entry, judge=judge, key=key), entry))
