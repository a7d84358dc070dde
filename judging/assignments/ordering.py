"""In which order a judge finds the entries: another for each judge, the same at every visit. Pure.

A keyed shuffle: without the key nobody can tell from two judges' queues when an entry came in, and no
entry is read last (by tired eyes) by everyone. New entries slip in without moving the others against each
other.
"""

import hashlib
import hmac
from collections.abc import Iterable


def place(entry: str, *, judge: str, key: bytes) -> int:
    """Where the entry stands in this judge's queue: a number below 2⁶³, to store and sort by."""
    digest = hmac.digest(key, f"{len(judge)}:{judge}{entry}".encode(), hashlib.sha256)
    return int.from_bytes(digest[:8]) >> 1


def order(entries: Iterable[str], *, judge: str, key: bytes) -> list[str]:
    """The entries in this judge's order, whatever order they come in."""
    return sorted(entries, key=lambda entry: (place(entry, judge=judge, key=key), entry))
