"""How a judge is getting on: how many today, and who is behind. Pure."""

from datetime import datetime, tzinfo
from math import ceil

MINUTES_AN_ESSAY = 12


def today(remaining: int, *, at: datetime, ends_at: datetime, zone: tzinfo) -> int:
    """Essays to read today so that the rest spreads evenly over the days left, today included.

    ``ends_at`` is the first moment that is out; all that remains is due today once no other day is left.
    """
    last = (ends_at.astimezone(zone) - datetime.resolution).date()
    days = max(1, (last - at.astimezone(zone).date()).days + 1)
    return ceil(remaining / days)


def is_behind(done: int, of: int, *, at: datetime, starts_at: datetime, ends_at: datetime) -> bool:
    """Has less been scored than an even pace asks for by now? A whole essay's grace; after the end, anything open."""
    if done >= of:
        return False
    if at >= ends_at:
        return True
    if at <= starts_at:
        return False
    due = int(of * ((at - starts_at) / (ends_at - starts_at)))
    return done + 1 < due
