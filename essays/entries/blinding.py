"""The job that makes blind copies: a leased row, counted attempts, one result however often it runs."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from essays.anonymity import actions as copies
from essays.anonymity import ocr
from essays.anonymity.decisions import Decision
from essays.anonymity.models import BlindCopy
from essays.anonymity.pipeline import Blinded
from essays.anonymity.pipeline import blind as make_copy
from essays.anonymity.reading import Unreadable
from essays.entries import closing, consents, letters, originals, picture_copies
from essays.entries.doubts import BY_PEOPLE
from essays.entries.identity import author_line_of, conflict_keys_of, identity_of, rule_of
from essays.entries.models import Entry, Essay
from essays.ledger import clock
from essays.ledger.states import SomeoneWasFirst, claim, move

LEASE = timedelta(seconds=90)
LEASE_OF_A_PAGE = timedelta(seconds=ocr.SECONDS)
log = logging.getLogger("laureate.blinding")


def blind(essay_id: int) -> bool:
    """Make the copy that is owed for this file; True if this call made it. Safe to run twice and in parallel.

    The attempt is counted before the file is touched: a file that kills its worker is set aside after three.
    """
    essay = (
        Essay.objects.waiting(clock.now())
        .filter(pk=essay_id)
        .select_related(
            "entry__contest",
            "entry__owner",
            "entry__institution__municipality",
            "entry__category",
            "blind_copy",
        )
        .first()
    )
    if essay is None:
        return False
    try:
        if essay.attempts >= Essay.MAX_ATTEMPTS:
            _quarantine(essay)
            return False
        # Microseconds tell two leases apart: only the holder of this one may write the result.
        lease = clock.now() + LEASE + essay.page_count * LEASE_OF_A_PAGE
        claim(
            essay,
            essay.state,
            where={"lease_until": essay.lease_until, "attempts": essay.attempts},
            state=Essay.State.BLINDING,
            attempts=essay.attempts + 1,
            lease_until=lease,
        )
    except SomeoneWasFirst:
        return False
    entry = essay.entry
    path = Path(settings.MEDIA_ROOT) / str(essay.file.name)
    decisions = originals.decisions_for(essay)
    try:
        who, rule = identity_of(entry), rule_of(entry.contest)
        if essay.page_count:
            blinded = picture_copies.make(essay, who, rule, decisions)
        else:
            blinded = make_copy(path, essay.original_name, who, entry.title, rule, decisions)
    except Unreadable as unreadable:
        _note_failure(essay, unreadable.code)
        return False
    except FileNotFoundError:
        _note_failure(essay, "file_missing")
        return False
    try:
        _keep(essay, blinded, decisions)
    except SomeoneWasFirst:
        log.info("essay %s: another worker holds the lease, its copy counts", essay.pk)
        return False
    return True


def _keep(essay: Essay, blinded: Blinded, decisions: list[Decision]) -> None:
    """Store the copy and let the file point at it, in one transaction under the lease.

    ``decisions`` are those that the copy was made with.
    """
    with transaction.atomic():
        entry = Entry.objects.select_for_update().get(pk=essay.entry_id)
        category, nomination = essay.entry.category, essay.entry.nomination
        assert category and nomination, "an entry without them cannot be sent"
        held = Essay.objects.filter(pk=essay.pk, state=Essay.State.BLINDING, lease_until=essay.lease_until)
        mine = held.select_related("blind_copy").first()
        if mine is None:
            raise SomeoneWasFirst(f"essay {essay.pk}: the lease ran out")
        if originals.decisions_for(essay) != decisions:
            # Somebody decided on the redaction desk while the file was read. The sweeper makes the copy with it.
            move(essay, Essay.State.WAITING, where={"lease_until": essay.lease_until}, attempts=0, lease_until=None)
            return
        earlier = closing.locked(mine.blind_copy) if mine.blind_copy else None
        if earlier and earlier.state != BlindCopy.State.SUPERSEDED and closing.why_closed(entry.contest):
            _keep_the_earlier(essay)
            return
        if earlier:
            copies.supersede(earlier, None)
        doubts = sorted({*blinded.doubts, *still_standing(earlier)})
        admitted = entry.state == Entry.State.ADMITTED
        copy = BlindCopy.objects.create(
            contest_id=entry.contest_id,
            category=category,
            nomination=nomination,
            code=entry.code,
            title=blinded.title,
            html=blinded.html,
            text=blinded.text,
            characters=blinded.document.characters,
            words=blinded.document.words,
            author_line=author_line_of(essay.entry),
            conflict_keys=conflict_keys_of(essay.entry),
            engine_version=blinded.engine_version,
            doubts=doubts,
            admitted=admitted,
            # A newer version was attached meanwhile: this copy is kept, but it is not the one that counts.
            state=BlindCopy.State.HELD if essay_is_current(essay) else BlindCopy.State.SUPERSEDED,
        )
        move(
            essay,
            Essay.State.BLINDED,
            where={"lease_until": essay.lease_until},
            action="essay.blinded",
            data={"version": essay.version, "hidden": blinded.places, "doubts": doubts},
            blind_copy=copy,
            blinded_at=clock.now(),
            lease_until=None,
            failure="",
            spans=blinded.spans,
        )
        originals.keep(essay, blinded, decisions)
        if earlier:
            copies.hand_on_alarms(earlier, copy)
        if copy.state == BlindCopy.State.HELD and not doubts:
            copies.release(copy, None)
        if not admitted and entry.contest.admits_itself and entry.state == Entry.State.RECEIVED:
            admit_if_complete(entry, copy)


def _keep_the_earlier(essay: Essay) -> None:
    """The ranking was approved while the file was read: what the jury has read stays, the new copy is thrown away."""
    log.info("essay %s: the ranking is approved, its copy stays as the jury has read it", essay.pk)
    move(
        essay,
        Essay.State.BLINDED,
        where={"lease_until": essay.lease_until},
        action="essay.copy_stays",
        data={"version": essay.version},
        attempts=0,
        lease_until=None,
        failure="",
    )


def still_standing(earlier: BlindCopy | None) -> set[str]:
    """Why people held the copy that is made anew: a machine's second try answers none of it."""
    return set(BY_PEOPLE.intersection(earlier.doubts)) if earlier else set()


def essay_is_current(essay: Essay) -> bool:
    return Essay.objects.filter(pk=essay.pk, is_current=True).exists()


def admit_if_complete(entry: Entry, copy: BlindCopy) -> None:
    """Admission without an organizer, where the contest has chosen it: every consent stands, the copy is clean."""
    if consents.missing(entry) or copy.state != BlindCopy.State.RELEASED:
        return
    move(entry, Entry.State.ADMITTED, decided_at=clock.now())
    copies.admit(copy, True, None)


def _note_failure(essay: Essay, code: str) -> None:
    try:
        move(
            essay,
            Essay.State.FAILED,
            where={"lease_until": essay.lease_until},
            data={"reason": code},
            failure=code,
            lease_until=None,
        )
    except SomeoneWasFirst:
        log.info("essay %s: failed here, but another worker holds it", essay.pk)


def _quarantine(essay: Essay) -> None:
    with transaction.atomic():
        if essay.state == Essay.State.WAITING:
            claim(essay, Essay.State.WAITING, state=Essay.State.BLINDING)
        move(
            essay,
            Essay.State.QUARANTINED,
            where={"lease_until": essay.lease_until},
            failure="three_attempts",
            lease_until=None,
        )
        letters.quarantined(essay)


def retry(essay: Essay, actor: Any) -> None:
    """Owe the copy again: an organizer's act after a failure, or when a new engine makes better copies."""
    move(essay, Essay.State.WAITING, actor=actor, attempts=0, lease_until=None, failure="")
