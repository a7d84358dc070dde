"""What was hidden of what had to be."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from essays.anonymity.document import paragraphs
from essays.anonymity.identity import Identity
from essays.anonymity.redaction import redact

SEED = 20_261_124
NOBODY = Identity("Кшиштопорская", "Мельпомена")


@dataclass
class Score:
    """What was hidden of what had to be."""

    found: int = 0
    total: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, hidden: bool, what: str) -> None:
        self.total += 1
        self.found += hidden
        if not hidden:
            self.missed.append(what)

    @property
    def share(self) -> float:
        return self.found / self.total if self.total else 1.0


def covered(spans: list[tuple[int, int]], start: int, end: int, text: str) -> bool:
    """Whether every letter and digit of the place is hidden."""
    hidden = set(itertools.chain.from_iterable(range(left, right) for left, right in spans))
    return all(index in hidden for index in range(start, end) if text[index].isalnum())


def hide(text: str, identity: Identity) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in redact(paragraphs(text.split("\n")), identity).spans]
