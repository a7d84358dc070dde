"""A moment other than now, for telling what happened before: the contests of the demo began months ago.

Everything that asks ``clock.now()`` inside ``told_at`` is done at that moment: deadlines, receipts and the ledger agree
without anything being moved afterwards. Import rules keep it to the demo; no page and no task may enter it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

_moment: ContextVar[datetime | None] = ContextVar("told_moment", default=None)


@contextmanager
def told_at(moment: datetime) -> Iterator[None]:
    """Inside the block, in this thread, it is that moment (aware)."""
    if moment.utcoffset() is None:
        raise ValueError("the moment must be aware of its time zone")
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def told() -> datetime | None:
    """The moment that is being told, or None: it is now."""
    return _moment.get()
