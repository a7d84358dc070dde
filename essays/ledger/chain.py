"""The hash chain of the ledger: pure, no database.

Every link hashes the previous link's hash together with the canonical JSON of its own event, so an edit,
a deletion, an insertion or a swap anywhere shows at the first link that no longer fits. A cut at the *end*
leaves a chain that fits in itself; it shows only against a hash that was published or stored elsewhere
(``published``).

Writers must be serialised by the caller: two links made on the same previous hash fork the chain.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

GENESIS = "0" * 64
"""The previous hash of the very first link."""


class Link(NamedTuple):
    """One row of the ledger as the chain sees it; ``hash`` and ``previous_hash`` are 64 hex digits."""

    previous_hash: str
    hash: str
    event: Mapping[str, Any]


def canonical(event: Mapping[str, Any]) -> bytes:
    """The one UTF-8 JSON text of an event: keys sorted, no spaces, letters unescaped.

    Decimals, UUIDs and enums become strings, moments ISO 8601 in UTC with microseconds; what comes back
    from a JSON column therefore gives the same bytes as what went in. Raises ``TypeError`` for a float
    (its text is not the same everywhere), for a key that is not a string and for any other type;
    ``ValueError`` for a naive moment or a lone surrogate.
    """
    text = json.dumps(_plain(event), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def link(previous_hash: str, event: Mapping[str, Any]) -> str:
    """The hash of a new link: SHA-256 over the previous hash, a line feed, and the canonical event."""
    return hashlib.sha256(previous_hash.encode("ascii") + b"\n" + canonical(event)).hexdigest()


def verify(
    links: Iterable[Link | tuple[str, str, Mapping[str, Any]]],
    *,
    start: str = GENESIS,
    published: Collection[str] = (),
) -> int | None:
    """The position, counted from 1, of the first link that does not fit, or None for a sound chain.

    ``links`` come in the ledger's order and are read once. ``start`` is the hash before the first of them.
    When a ``published`` hash is not met anywhere, links are missing at the end: the answer is then the
    position at which the chain ought to go on.
    """
    previous = start
    missing = set(published) - {start}
    position = 0
    for position, (previous_hash, own_hash, event) in enumerate(links, start=1):
        if previous_hash != previous or not _fits(previous, event, own_hash):
            return position
        missing.discard(own_hash)
        previous = own_hash
    return position + 1 if missing else None


def _fits(previous: str, event: Mapping[str, Any], own_hash: str) -> bool:
    try:
        return link(previous, event) == own_hash
    except (TypeError, ValueError):
        # An event that could never have been written is a broken link, not a fault of the check.
        return False


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, str):
        return str(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise ValueError(f"a naive moment has no place in the ledger: {value!r}")
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"keys of an event are strings, not {type(key).__name__}")
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")
