"""Where on a page that is read as a picture the author may be named: places to begin painting with."""

from __future__ import annotations

from collections.abc import Sequence

from essays.anonymity.document import paragraphs
from essays.anonymity.identity import Identity
from essays.anonymity.ocr import UNSURE, Word
from essays.anonymity.painting import MAX_PLACES, WHOLE, Place
from essays.anonymity.redaction import redact

_AROUND = 0.25
"""Of the height of a word: what is painted beyond it on every side."""


def suggested(words: Sequence[Word], identity: Identity, size: tuple[int, int]) -> list[Place]:
    """Places over words that the engine would hide in a text. ``size`` is the page's, in pixels.

    Words that were not read for certain are left out: handwriting gives letters, but hardly names.
    """
    sure = [word for word in words if word.confidence >= UNSURE]
    if not sure:
        return []
    lines: list[list[Word]] = []
    for word in sure:
        if lines and lines[-1][-1].line == word.line:
            lines[-1].append(word)
        else:
            lines.append([word])
    document = paragraphs([" ".join(word.text for word in line) for line in lines])
    hidden = [(span.start, span.end) for span in redact(document, identity).spans]
    places: list[Place] = []
    at = 0
    for line in lines:
        run: list[Word] = []
        for word in line:
            at = document.text.index(word.text, at)
            if any(start < at + len(word.text) and at < end for start, end in hidden):
                run.append(word)
            elif run:
                places.append(_over(run, size))
                run = []
            at += len(word.text)
        if run:
            places.append(_over(run, size))
    return places[:MAX_PLACES]


def _over(run: Sequence[Word], size: tuple[int, int]) -> Place:
    """One place over neighbouring words of a line."""
    around = max(word.box[3] for word in run) * _AROUND
    left, top = min(word.box[0] for word in run) - around, min(word.box[1] for word in run) - around
    right = max(word.box[0] + word.box[2] for word in run) + around
    bottom = max(word.box[1] + word.box[3] for word in run) + around
    x, y = max(0, int(left * WHOLE / size[0])), max(0, int(top * WHOLE / size[1]))
    return [x, y, min(WHOLE, round(right * WHOLE / size[0])) - x, min(WHOLE, round(bottom * WHOLE / size[1])) - y]
