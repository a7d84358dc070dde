"""The hash chain of the ledger (pure).

Each link is SHA-256 over the previous link and the canonical JSON of the event, so that changing, removing
or inserting an event breaks every later link.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

GENESIS = "0" * 64


def canonical(event: Mapping[str, Any]) -> bytes:
    """The one way to write an event: UTF-8 JSON with sorted keys and no white space."""
    return json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link(previous: str, event: Mapping[str, Any]) -> str:
    """Hash (64 hex digits) of an event that follows the link ``previous``."""
    return hashlib.sha256(previous.encode() + b"\n" + canonical(event)).hexdigest()


def verify(events: Iterable[tuple[str, str, Mapping[str, Any]]]) -> int | None:
    """First broken sequence number among ``(previous_hash, hash, event)`` in order, or None when all fits.

    ``event["sequence"]`` must run 1, 2, 3 …: a gap is a removed event.
    """
    expected = GENESIS
    for position, (previous, own, event) in enumerate(events, start=1):
        if event["sequence"] != position or previous != expected or own != link(previous, event):
            return position
        expected = own
    return None
