"""What the operator should know and what breaks nothing: told by ``check_invariants`` beside the invariants."""

from collections.abc import Iterator

from essays.entries.leftovers import LIFETIME, leftovers
from essays.ledger import clock
from judging.console.stating import Invariant

HOURS = int(LIFETIME.total_seconds()) // 3600


def files_have_rows() -> Iterator[str]:
    for name in leftovers(clock.now()):
        yield f"file {name} is named by no row"


WARNINGS = [
    Invariant("files_have_rows", f"every file that is older than {HOURS} hours is named by a row", files_have_rows),
]
"""Sentences that should be true; whoever finds one that is not looks at it, and nothing fails."""
