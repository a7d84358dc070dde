"""Places to hide, and how places that touch or overlap become one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Span:
    """A place to hide: `[start, end)`, offsets into `Document.text`.

    `kind` names what it is (participant, mentor, institution, phone, …), `tag` is the label that takes its
    place, `reason` the rule that found it, `confidence` lies between 0 and 1.
    """

    start: int
    end: int
    kind: str
    tag: str
    reason: str
    confidence: float


_GLUE = re.compile(r"[\s.,\-–—«»\"“”„()№/]*")


def settle(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Sorted spans without overlap: the longer wins, then the surer; what it covers grows to the union.

    Neighbours with one tag and nothing but spaces or punctuation of a name between them become one.
    """
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if span.start >= span.end:
            continue
        if chosen and span.start < chosen[-1].end:
            last = chosen[-1]
            better = (
                span if (span.end - span.start, span.confidence) > (last.end - last.start, last.confidence) else last
            )
            chosen[-1] = replace(better, start=last.start, end=max(last.end, span.end))
        else:
            chosen.append(span)
    merged: list[Span] = []
    for span in chosen:
        if merged and merged[-1].tag == span.tag:
            last = merged[-1]
            between = text[last.end : span.start]
            # «у Жени. Женя …» are two sentences, «А. Петрова» is one name.
            sentence = re.search(r"[.!?]\s", between) and last.end - last.start > 2
            if "\n" not in between and len(between) <= 4 and _GLUE.fullmatch(between) and not sentence:
                merged[-1] = replace(last, end=span.end, confidence=max(last.confidence, span.confidence))
                continue
        merged.append(span)
    return tuple(merged)
