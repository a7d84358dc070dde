"""How the places of one person's name are hidden: line by line, and a double surname whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from essays.anonymity.folding import Folded
from essays.anonymity.name_candidates import Candidate
from essays.anonymity.name_forms import NameForms
from essays.anonymity.name_surroundings import Surroundings
from essays.anonymity.spans import Span

OTHER_PERSON = "ЧЕЛОВЕК"

_HALF_BEFORE, _HALF_AFTER = re.compile(r"(?<!\w)[А-ЯЁ][а-яё]{2,}-$"), re.compile(r"-[А-ЯЁ][а-яё]{2,}(?!\w)")


@dataclass
class Finding:
    """What a search found: places to hide, and doubts for a person to look at."""

    spans: list[Span] = field(default_factory=list)
    warnings: set[str] = field(default_factory=set)


class Hiding(Surroundings):
    """A search for the person of `forms` that collects what it hides; every way of finding the person builds on it."""

    def __init__(self, folded: Folded, forms: NameForms, kind: str, tag: str) -> None:
        super().__init__(folded, forms)
        self._kind = kind
        self._tag = tag
        self._finding = Finding()
        self._broken: list[Candidate] = []
        """Names that are broken over two lines or set letter by letter."""

    def _hide(self, start: int, end: int, reason: str, confidence: float, *, tag: str = "") -> tuple[int, int]:
        # A name over two lines or cells is two places, and both keep their structure, unless a word is broken there.
        position = start
        for match in re.finditer(r"[\n\t]", self._folded.text[start:end]):
            place = start + match.start()
            if any(broken.start < place < broken.end for broken in self._broken):
                continue
            self._add(position, place, tag, reason, confidence)
            position = place + 1
        self._add(position, end, tag, reason, confidence)
        return start, end

    def _add(self, start: int, end: int, tag: str, reason: str, confidence: float) -> None:
        if reason.startswith("surname"):
            start, end = self._whole_double(start, end)
        while start < end and self._folded.text[start] in " ,":
            start += 1
        while end > start and self._folded.text[end - 1] in " ,":
            end -= 1
        if start < end:
            left, right = self._folded.back(start, end)
            self._finding.spans.append(Span(left, right, self._kind, tag or self._tag, reason, confidence))

    def _whole_double(self, start: int, end: int) -> tuple[int, int]:
        """The place with the other half of a double surname, however that is spelled: «Сухова-Лапина»."""
        before = _HALF_BEFORE.search(self._folded.shown, max(0, start - 24), start)
        after = _HALF_AFTER.match(self._folded.shown, end)
        return before.start() if before else start, after.end() if after else end
