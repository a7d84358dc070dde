"""Painting over what identifies the author on an essay's pages, and letting judges see the result."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from essays.anonymity import actions as copies
from essays.anonymity.models import BlindCopy, CopyPage
from essays.anonymity.painting import clean_places, paint, turned
from essays.anonymity.picture_attack import find_leaks
from essays.entries import blinding
from essays.entries.closing import expect_open, why_closed
from essays.entries.doubts import BY_PEOPLE
from essays.entries.identity import identity_of
from essays.entries.models import Entry, Essay
from essays.entries.page_files import stored_pages
from essays.entries.page_models import EssayPage
from essays.entries.pages import content_of
from essays.entries.refusals import Refused
from essays.ledger import actions as ledger
from essays.ledger.states import MoveRefused

FOLDER = "copies"
PAINTABLE_ENTRIES = (Entry.State.RECEIVED, Entry.State.RETURNED, Entry.State.ADMITTED)


class Outdated(Exception):
    """Somebody else changed the page, or the copy is no longer held; nothing was changed."""


def is_painted(essay: Essay) -> bool:
    """Do judges get this essay as pictures? (Or will they, once it is painted.)"""
    return bool(essay.page_count and essay.blind_copy and not essay.blind_copy.text)


def may_paint(essay: Essay) -> bool:
    """While the copy is held and the ranking not approved: nothing changes under the eyes of those who read it."""
    held = essay.blind_copy is not None and essay.blind_copy.state == BlindCopy.State.HELD
    if why_closed(essay.entry.contest):
        return False
    return held and is_painted(essay) and essay.is_current and essay.entry.state in PAINTABLE_ENTRIES


def may_paint_as_mentor(user: Any, essay: Essay) -> bool:
    """A mentor paints a pupil's pages before anybody has read them.

    What a judge or an organizer stopped, or a title in which the check finds the author, is not theirs to let out.
    """
    entry = essay.entry
    theirs = entry.owner_id == user.pk and entry.entered_by == Entry.EnteredBy.MENTOR
    doubts = essay.blind_copy.doubts if essay.blind_copy else []
    for_organizers = any(doubt in BY_PEOPLE or doubt.startswith("leak") for doubt in doubts)
    return theirs and may_paint(essay) and essay.unpainted and not for_organizers


def _change(page: EssayPage, revision: int, **values: Any) -> None:
    held = EssayPage.objects.filter(
        pk=page.pk, revision=revision, essay__is_current=True, essay__blind_copy__state=BlindCopy.State.HELD
    )
    with transaction.atomic():
        if not held.update(revision=F("revision") + 1, **values):
            raise Outdated(f"page {page.pk} is no longer at {revision}")
        # Whoever releases locks the pages before the copy too: it may have been let go while this waited.
        copy = BlindCopy.objects.select_for_update().filter(pk=page.essay.blind_copy_id or 0).first()
        if copy is None or copy.state != BlindCopy.State.HELD:
            raise Outdated(f"the copy of page {page.pk} is not held")
        if "places" in values:
            copies.ask_for_paint(copy)
    for name, value in {**values, "revision": revision + 1}.items():
        setattr(page, name, value)


def keep_places(page: EssayPage, revision: int, places: Any) -> None:
    """Save the black places of a page that was seen at ``revision``; it is to be confirmed again.

    Raises ``Outdated``, and ``ValueError`` for what is no list of places.
    """
    _change(page, revision, places=clean_places(places), confirmed=False)


def turn(page: EssayPage, revision: int, clockwise: bool) -> None:
    """Turn the page by a quarter, its places with it. Raises ``Outdated``."""
    quarters = (page.quarters + (1 if clockwise else 3)) % 4
    _change(page, revision, quarters=quarters, places=turned(page.places, clockwise), confirmed=False)


def confirm(page: EssayPage, revision: int, confirmed: bool) -> None:
    """Note that nothing on the page identifies the author any more, or take that back. Raises ``Outdated``."""
    _change(page, revision, confirmed=confirmed)


def release(essay: Essay, actor: Any) -> None:
    """Burn the places in, make every page anew and let judges see them.

    Raises ``Refused`` while a page is not confirmed or once the ranking is approved, ``Outdated`` when somebody else
    was changing a page, and ``SomeoneWasFirst`` or ``MoveRefused`` when the copy is no longer held.
    """
    expect_open(essay.entry.contest)
    pages = list(EssayPage.objects.filter(essay=essay))
    if not pages or not all(page.confirmed for page in pages):
        raise Refused(_("Look at every page first and confirm that nothing on it identifies the author."))
    try:
        painted = [paint(content_of(page), page.places, page.quarters) for page in pages]
    except FileNotFoundError as missing:
        raise Refused(_("A page is not on the disk. Ask the author to send the pages again.")) from missing
    identity = identity_of(essay.entry)
    for page, picture in zip(pages, painted, strict=True):
        if find_leaks(picture.jpeg, identity, page.metadata_strings):
            raise Refused(_("The program found something in a picture that must not be there. Write to support."))
    with stored_pages([picture.jpeg for picture in painted], FOLDER) as files, transaction.atomic():
        seen = {page.pk: page.revision for page in pages}
        now = dict(EssayPage.objects.select_for_update().filter(essay=essay).values_list("pk", "revision"))
        assert essay.blind_copy_id, "a page is painted when there is a copy"
        copy = BlindCopy.objects.select_for_update().filter(pk=essay.blind_copy_id).first()
        if now != seen or copy is None or not EssayPage.objects.filter(essay=essay, essay__is_current=True).exists():
            raise Outdated(f"essay {essay.pk}")
        # Asked again behind the lock: the ranking may have been approved while the pages were painted.
        expect_open(essay.entry.contest)
        if copy.text:
            raise MoveRefused(f"blindcopy {copy.pk} is read as text")
        rows = [
            CopyPage(number=page.number, file=file.name, width=picture.width, height=picture.height)
            for page, picture, file in zip(pages, painted, files, strict=True)
        ]
        copies.show_pages(copy, rows, actor)
        copies.release(copy, actor)


def show_pages_instead(essay: Essay, actor: Any) -> None:
    """The printed text was read badly: owe a copy in which judges see the pages themselves.

    Raises ``Refused`` once the ranking is approved; ``MoveRefused`` or ``SomeoneWasFirst`` when the copy is being made.
    """
    expect_open(essay.entry.contest)
    with transaction.atomic():
        Essay.objects.filter(pk=essay.pk).update(stays_pictures=True)
        ledger.record("essay.shown_as_pictures", essay, actor=actor, contest_id=essay.entry.contest_id)
        blinding.retry(essay, actor)
