"""Both sides of the redaction desk: the original and the copy with every place marked, and a card for each place."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from essays.anonymity.composing import Composed
from essays.anonymity.decisions import HIDDEN, TAGS, Decision, everywhere, occurrences
from essays.anonymity.desk_rendering import to_desk_html
from essays.anonymity.document import Document, Text, Title
from essays.anonymity.placing import (
    LEAK,
    REMARK,
    Place,
    copy_of,
    in_original,
    numbered,
    original_of,
    origins,
    places,
    with_doubts,
)
from essays.anonymity.redaction import SURE
from essays.anonymity.spans import Span
from essays.anonymity.word_forms import WordForms
from essays.entries import originals, redaction_reasons
from essays.entries.models import Essay
from essays.entries.redaction_models import CopyRemark, Redaction
from essays.templatetags.quotes import nested


class Whole:
    """Title and text in which words are looked for everywhere, with what is hidden in them now."""

    def __init__(self, row: Redaction, composed: Composed) -> None:
        parts = ((row.title, composed.hidden_in_title), (row.original.text, composed.hidden))
        self._parts: list[tuple[str, Sequence[Span], WordForms]] = [(*part, WordForms(part[0])) for part in parts]
        self._asked: dict[tuple[str, bool, bool], list[str]] = {}

    def changing(self, words: str, *, hide: bool, all_forms: bool) -> list[str]:
        """The words of every place that hiding (or showing) these words would change."""
        asked = (words, hide, all_forms)
        if asked not in self._asked:
            # A hundred cards have some twenty words among them.
            self._asked[asked] = [
                found
                for text, hidden, forms in self._parts
                for found in everywhere(forms, text, hidden, words, hide=hide, all_forms=all_forms)
            ]
        return self._asked[asked]


@dataclass(frozen=True)
class Reach:
    """What a decision for the whole essay changes: ``places`` how many, ``words`` each form with its number."""

    found: list[str]

    @property
    def places(self) -> int:
        return len(self.found)

    @property
    def words(self) -> list[tuple[str, int]]:
        return list(Counter(self.found).items())


@dataclass(frozen=True)
class Card:
    """One place in words. ``scope`` is «title» or «text»; ``kind_to_hide`` what it becomes when it is hidden.

    ``in_all_forms`` and ``as_written`` are what its button for the whole essay would change.
    """

    place: Place
    scope: str
    words: str
    kind: str
    reason: str
    kind_to_hide: str
    in_all_forms: Reach
    as_written: Reach

    @property
    def is_unsure(self) -> bool:
        return self.place.hidden and not self.place.by_person and self.place.confidence < SURE


@dataclass(frozen=True)
class Sides:
    """``original`` and ``copy`` are sanitized HTML, titles first; ``leaks`` sentences of what the check still finds."""

    original: SafeString
    copy: SafeString
    cards: list[Card]
    leaks: list[str]

    @property
    def hidden(self) -> int:
        return sum(card.place.hidden for card in self.cards)

    @property
    def doubtful(self) -> int:
        return sum(card.place.doubt for card in self.cards)


def sides_of(essay: Essay, row: Redaction, remarks: Iterable[CopyRemark]) -> Sides:
    """What the desk shows of this essay now. No query."""
    composed = originals.composed_from(essay, row)
    found, found_in_title = originals.found_in(essay, row)
    text = row.original
    title = Document((Title((Text(row.title),) if row.title else ()),))
    of_title = places(row.title, found_in_title, composed.hidden_in_title)
    of_text = places(text.text, found, composed.hidden)
    whole, remarks = Whole(row, composed), list(remarks)
    border = len(composed.title) + 1
    in_title = _doubts(title, of_title, [leak for leak in composed.leaks if leak.end < border], 0, remarks)
    in_text = _doubts(text, of_text, [leak for leak in composed.leaks if leak.end >= border], border, remarks)
    of_title = numbered(_pointed(title, with_doubts(row.title, of_title, in_title), remarks))
    of_text = numbered(_pointed(text, with_doubts(text.text, of_text, in_text), remarks), len(of_title) + 1)
    known = {place.number: place for place in (*of_title, *of_text)}
    return Sides(
        original=_html(
            [("title", original_of(title, of_title)), ("text", original_of(text, of_text))], known, "original"
        ),
        copy=_html([("title", copy_of(title, of_title)), ("text", copy_of(text, of_text))], known, "copy"),
        cards=[
            *(_card(place, "title", row.title, whole) for place in of_title),
            *(_card(place, "text", text.text, whole) for place in of_text),
        ],
        leaks=list(dict.fromkeys(redaction_reasons.reason(leak.kind, LEAK) for leak in composed.leaks)),
    )


def last_step(row: Redaction) -> str:
    """What was decided last, in a sentence; empty where nothing was decided yet."""
    if not row.decisions:
        return ""
    last = Decision.from_data(row.decisions[-1])
    if last.forms:
        said = (
            _("“%(words)s” was hidden in all its forms.") if last.hide else _("“%(words)s” was shown in all its forms.")
        )
    elif last.whole:
        said = _("“%(words)s” was hidden everywhere.") if last.hide else _("“%(words)s” was shown everywhere.")
    else:
        said = _("“%(words)s” was hidden in one place.") if last.hide else _("“%(words)s” was shown in one place.")
    return said % {"words": nested(Truncator(last.words).chars(60))}


def _doubts(
    original: Document, known: Sequence[Place], leaks: Iterable[object], border: int, remarks: Iterable[CopyRemark]
) -> list[tuple[int, int, str, str]]:
    """Places of the original where the check finds something, and those that the author missed."""
    origin = origins(copy_of(original, known))
    doubts = []
    for leak in leaks:
        start, end = leak.start - border, leak.end - border  # type: ignore[attr-defined]
        place = in_original(max(0, start), end, origin, known)
        if place:
            doubts.append((*place, LEAK, leak.kind))  # type: ignore[attr-defined]
    for remark in remarks:
        if remark.kind == CopyRemark.Kind.MISSED and remark.words:
            doubts += [(start, end, REMARK, "") for start, end in occurrences(original.text, remark.words)]
    return doubts


def _pointed(original: Document, known: Sequence[Place], remarks: Iterable[CopyRemark]) -> list[Place]:
    """The places with those marked that the author calls hidden needlessly: words or tags of the copy."""
    pointed = list(known)
    copy = copy_of(original, known)
    origin = origins(copy)
    for remark in remarks:
        if remark.kind != CopyRemark.Kind.NEEDLESS or not remark.words:
            continue
        for start, end in occurrences(copy.text, remark.words):
            place = in_original(start, end, origin, known) or (0, 0)
            for index, one in enumerate(pointed):
                if one.hidden and one.start < place[1] and place[0] < one.end:
                    pointed[index] = replace(one, doubt=True)
    return pointed


def _html(parts: Iterable[tuple[str, Document]], known: dict[int, Place], prefix: str) -> SafeString:
    made = (
        f'<div data-scope="{scope}">{to_desk_html(document, known, prefix=prefix)}</div>' for scope, document in parts
    )
    # Escaped and sanitized by the renderer of copies; the frame around is ours.
    return mark_safe("".join(made))


def _card(place: Place, scope: str, text: str, whole: Whole) -> Card:
    words = " ".join(text[place.start : place.end].split())
    kind = place.kind
    if kind == LEAK:
        kind = {"author": "participant"}.get(place.reason.split(":")[0], place.reason.split(":")[0])
    return Card(
        place=place,
        scope=scope,
        words=words,
        kind=redaction_reasons.kind(place.kind),
        reason=redaction_reasons.reason(place.reason, place.kind),
        # What the engine had hidden becomes what it was; a find of the check what it is called.
        kind_to_hide=kind if place.kind == LEAK and kind in TAGS else HIDDEN,
        in_all_forms=Reach(whole.changing(words, hide=not place.hidden, all_forms=True)),
        as_written=Reach(whole.changing(words, hide=not place.hidden, all_forms=False)),
    )


__all__ = ["Card", "Composed", "Reach", "Sides", "Whole", "last_step", "sides_of"]
