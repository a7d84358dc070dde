"""What people do on the redaction desk: hide and show places, undo, release, hold back.

A decision changes the copy in place, together with its line in the ledger: how many places, never what. Everything
takes the revision that its reader saw, so that of two organizers the second is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from essays.anonymity import actions as copies
from essays.anonymity.composing import Composed, leak_doubts
from essays.anonymity.decisions import HIDDEN, TAGS, Decision, occurrences, snapped
from essays.anonymity.models import BlindCopy
from essays.anonymity.reading import Unreadable
from essays.anonymity.word_forms import WordForms
from essays.entries import access, blinding, closing, originals
from essays.entries.closing import expect_open, why_closed
from essays.entries.models import Entry, Essay
from essays.entries.redaction_models import Redaction
from essays.entries.refusals import Refused
from essays.ledger import actions as ledger
from essays.ledger import clock

IN_PLAY = (BlindCopy.State.HELD, BlindCopy.State.RELEASED)
MOST_DECISIONS = 1000
INSTEAD = "instead"
"""Beside a decision's own data: the earlier ones about the same place, with their positions in the list."""
DEEPEST_UNDO = 10
JOINED = ("entry__contest", "entry__institution__municipality", "entry__category", "entry__nomination", "blind_copy")


class Outdated(Exception):
    """Somebody else changed or released the copy since it was read; nothing was changed."""


class StillLeaking(Exception):
    """The self-attack still finds the author. ``kinds`` are its codes."""

    def __init__(self, kinds: Sequence[str]) -> None:
        super().__init__(", ".join(kinds))
        self.kinds = list(kinds)


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: a place by its offsets (in the title where ``title`` says so), or words anywhere.

    ``whole`` extends it to every equal occurrence, ``forms`` to every form of the words.
    """

    hide: bool
    start: int = 0
    end: int = 0
    words: str = ""
    kind: str = HIDDEN
    whole: bool = False
    title: bool = False
    forms: bool = False


def may_redact(essay: Essay) -> bool:
    """While it is the version in force, its copy is in play, and places in the contest are not decided."""
    copy = essay.blind_copy
    return bool(
        copy
        and copy.text
        and essay.is_current
        and copy.state in IN_PLAY
        and access.may_decide(essay.entry, clock.now())
        and not why_closed(essay.entry.contest)
    )


@transaction.atomic
def decide(essay_id: int, wish: Wish, revision: int, actor: Any) -> int:
    """Hide or show what is wished for; returns how many places changed, 0 where it was so already.

    Raises ``Outdated``, and ``Refused`` in words.
    """
    essay, copy = _changeable(essay_id, revision)
    row = originals.redaction_of(essay)
    decision = decision_of(wish, row, actor)
    # Said again about the same place: the later word counts, and the list stays short.
    said = [(at, one) for at, one in enumerate(row.decisions) if _target(Decision.from_data(one)) == _target(decision)]
    kept = [one for at, one in enumerate(row.decisions) if all(at != other for other, _one in said)]
    if len(kept) >= MOST_DECISIONS:
        raise Refused(_("There are too many decisions on this essay. Ask its author for a file without these places."))
    instead = [[at, _remembered(one)] for at, one in said]
    return _decided(essay, copy, row, [*kept, {**decision.to_data(), INSTEAD: instead}], actor)


@transaction.atomic
def undo(essay_id: int, revision: int, actor: Any) -> int:
    """Take the last decision back, whoever made it; returns how many places changed.

    Raises ``Outdated``, and ``Refused`` in words.
    """
    essay, copy = _changeable(essay_id, revision)
    row = originals.redaction_of(essay)
    if not row.decisions:
        raise Refused(_("There is nothing to undo."))
    kept = list(row.decisions[:-1])
    for at, one in row.decisions[-1].get(INSTEAD, ()):
        kept.insert(at, one)
    changed = _decided(essay, copy, row, kept, actor)
    if not changed:
        # A decision that a newer engine or a new version of the file has made needless.
        row.decisions = kept
        row.save(update_fields=["decisions"])
    return changed


def _remembered(decision: dict[str, Any], depth: int = DEEPEST_UNDO) -> dict[str, Any]:
    """A decision as it is kept inside the one that took its place, so that undoing brings it back."""
    earlier = decision.get(INSTEAD, ()) if depth else ()
    return {**decision, INSTEAD: [[at, _remembered(one, depth - 1)] for at, one in earlier]}


def _changeable(essay_id: int, revision: int) -> tuple[Essay, BlindCopy]:
    essay, copy = locked(essay_id)
    expect_open(essay.entry.contest)
    if not may_redact(essay):
        raise Refused(_("This copy cannot be changed any more."))
    if copy.revision != revision:
        raise Outdated
    return essay, copy


def _decided(essay: Essay, copy: BlindCopy, row: Redaction, decisions: list[dict[str, Any]], actor: Any) -> int:
    """Make the copy by these decisions and keep them; returns how many places changed, where 0 nothing is kept."""
    before = originals.composed_from(essay, row)
    after = originals.composed_from(essay, row, [Decision.from_data(one) for one in decisions])
    hidden, shown = _difference(before, after)
    if not hidden and not shown:
        return 0
    row.decisions = decisions
    row.save(update_fields=["decisions"])
    _rewrite(copy, after)
    ledger.record(
        "essay.redacted",
        essay,
        actor=actor,
        contest_id=copy.contest_id,
        data={"version": essay.version, "hidden": hidden, "shown": shown},
    )
    if copy.state == BlindCopy.State.RELEASED and _new_leaks(before, after):
        # Judges may be reading: what has just begun to tell the author waits for the person's own confirmation.
        copies.hold(copy, actor, "leak:shown")
    return hidden + shown


@transaction.atomic
def release(essay_id: int, revision: int, actor: Any, *, despite: bool = False) -> None:
    """Let judges read a held copy, as it was when its ``revision`` was read. Alarms are settled with it.

    Raises ``Outdated``; ``Refused`` once the ranking is approved; ``StillLeaking`` where the self-attack finds
    something and nobody said ``despite``.
    """
    essay, copy = locked(essay_id)
    expect_open(essay.entry.contest)
    if copy.state != BlindCopy.State.HELD or copy.revision != revision:
        raise Outdated
    row = originals.redaction_of(essay)
    kinds = leak_doubts(originals.composed_from(essay, row).leaks)
    if kinds and not despite:
        raise StillLeaking(kinds)
    copies.release(copy, actor, despite=kinds)
    row.looked_at = clock.now()
    row.save(update_fields=["looked_at"])
    if essay.entry.contest.admits_itself and essay.entry.state == Entry.State.RECEIVED:
        blinding.admit_if_complete(essay.entry, copy)


def release_unread(essay: Essay, actor: Any) -> None:
    """The same for whoever reads the copy alone, away from the desk; also where its original is gone.

    Raises what ``release`` raises; of pictures that are not painted ``MoveRefused``.
    """
    copy = essay.blind_copy
    assert copy is not None
    expect_open(essay.entry.contest)
    try:
        if not essay.is_current or not copy.text:
            raise FileNotFoundError
        release(essay.pk, copy.revision, actor)
    except (Unreadable, FileNotFoundError):
        with transaction.atomic():
            copy = closing.locked(copy)
            expect_open(essay.entry.contest)
            copies.release(copy, actor)


@transaction.atomic
def hold_back(essay_id: int, actor: Any) -> None:
    """An organizer takes a released copy off every desk.

    Raises ``Outdated`` when it is not released any more, and ``Refused`` once the ranking is approved.
    """
    essay, copy = locked(essay_id)
    expect_open(essay.entry.contest)
    if copy.state != BlindCopy.State.RELEASED:
        raise Outdated
    copies.hold(copy, actor, "organizer")


def locked(essay_id: int) -> tuple[Essay, BlindCopy]:
    """The essay with its entry and then its copy locked, as the job that makes copies locks them."""
    # The entry's row alone: the job locks it first and then writes the essay's.
    Entry.objects.select_for_update(of=("self",)).get(essays=essay_id)
    essay = Essay.objects.select_related(*JOINED).get(pk=essay_id)
    if essay.blind_copy is None:
        raise Outdated
    essay.blind_copy = closing.locked(essay.blind_copy)
    return essay, essay.blind_copy


def decision_of(wish: Wish, row: Redaction, actor: Any) -> Decision:
    """What a wish means for this original. Raises ``Refused`` where it means nothing."""
    source = row.title if wish.title else row.original.text
    start, end = (snapped if wish.hide else _within)(source, wish.start, wish.end)
    words = " ".join((source[start:end] if end > start else wish.words).split())
    if not words:
        raise Refused(_("Choose a place in the text, or write the words to be hidden."))
    texts = (row.title, row.original.text)
    found = any(list(WordForms(one).places(words) if wish.forms else occurrences(one, words)) for one in texts)
    if end <= start and not found:
        raise Refused(_("These words do not stand in the essay. Write them exactly as they stand there."))
    return Decision(
        start=start,
        end=end,
        hide=wish.hide,
        words=words,
        kind=wish.kind if wish.kind in TAGS else HIDDEN,
        whole=wish.whole or wish.forms or end <= start,
        forms=wish.forms,
        title=wish.title,
        by=getattr(actor, "pk", None),
        at=clock.now().isoformat(timespec="seconds"),
    )


def _within(text: str, start: int, end: int) -> tuple[int, int]:
    start, end = max(0, start), min(len(text), end)
    return (start, end) if start < end else (0, 0)


def _target(decision: Decision) -> tuple[Any, ...]:
    return decision.start, decision.end, decision.words, decision.whole, decision.title, decision.forms


def _difference(before: Composed, after: Composed) -> tuple[int, int]:
    """How many places were hidden, and how many shown."""
    hidden, shown = 0, 0
    for old, new in ((before.hidden, after.hidden), (before.hidden_in_title, after.hidden_in_title)):
        earlier = {(span.start, span.end, span.tag) for span in old}
        later = {(span.start, span.end, span.tag) for span in new}
        hidden += len(later - earlier)
        shown += len(earlier - later)
    return hidden, shown


def _new_leaks(before: Composed, after: Composed) -> bool:
    return bool(
        {(leak.kind, leak.found) for leak in after.leaks} - {(leak.kind, leak.found) for leak in before.leaks}
    ) or len(after.leaks) > len(before.leaks)


def _rewrite(copy: BlindCopy, composed: Composed) -> None:
    """The copy in place, under the entry's lock; the revision in the condition guards against everybody else."""
    others = [doubt for doubt in copy.doubts if not doubt.startswith("leak")]
    held = copy.state == BlindCopy.State.HELD
    changes: dict[str, Any] = {
        "html": composed.html,
        "text": composed.text,
        "title": composed.title,
        "characters": composed.document.characters,
        "words": composed.document.words,
        "revision": copy.revision + 1,
        "doubts": sorted({*others, *leak_doubts(composed.leaks)}) if held else copy.doubts,
    }
    seen = BlindCopy.objects.filter(pk=copy.pk, revision=copy.revision, state=copy.state)
    if not seen.update(**changes):
        raise Outdated
    for name, value in changes.items():
        setattr(copy, name, value)
