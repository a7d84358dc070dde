"""Salted keys by which a conflict of interest is seen without seeing a person."""

import hashlib
import hmac

from essays.contests.models import Contest
from essays.people.models import searchable

KINDS = frozenset({"institution", "email", "user", "municipality", "author"})


def conflict_key(contest: Contest, kind: str, value: object) -> str:
    """HMAC-SHA256 (64 hex digits) of a kind and a value, keyed by the contest's salt.

    ``kind`` is one of KINDS; ``value`` an id, or a text that is folded (case, ё, white space) first. Equal keys
    mean the same institution, address or person; nothing else can be read from a key.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}")
    message = f"{kind}:{searchable(str(value))}".encode()
    return hmac.new(contest.salt.encode(), message, hashlib.sha256).hexdigest()
