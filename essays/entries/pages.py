"""What an author does with pages that come as pictures: add, put in order, take away, hand in."""

from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from essays.anonymity.reading.limits import MAX_FILE_BYTES, MAX_PAGES
from essays.entries import access
from essays.entries.files import clean_name, file_refused_by_disk, stored
from essays.entries.models import Entry, Essay
from essays.entries.page_files import (
    ARCHIVE_NAME,
    archive,
    is_picture,
    page_refusal,
    pages_of,
    stored_pages,
    takes_pictures,
)
from essays.entries.page_models import DraftPage, EssayPage
from essays.entries.refusals import Refused
from essays.entries.versions import new_version
from essays.ledger import clock
from essays.people.models import User

FORMAT = "pictures"
AT_ONCE = 500


def _allowed(entry: Entry, user: User) -> None:
    if not access.may_change(user, entry, clock.now()):
        raise Refused(_("The deadline has passed: files are no longer accepted."), field="file", code="closed")
    if not takes_pictures(entry.contest):
        raise Refused(_("This contest takes no photographs of pages."), field="file", code="format")


def add(entry: Entry, user: User, upload: UploadedFile) -> DraftPage:
    """Put one more page behind the others. Only what is made anew from its pixels is kept. Raises ``Refused``."""
    _allowed(entry, user)
    name = clean_name(upload.name or "")
    limit = min(entry.contest.max_bytes, MAX_FILE_BYTES)
    if not upload.size:
        raise page_refusal("empty")
    if upload.size > limit:
        raise page_refusal("too_large", limit)
    if not is_picture(name):
        raise page_refusal("unsupported")
    folder = str(entry.contest_id)
    try:
        with stored(upload, folder) as kept:
            reading = pages_of(kept.path, name)
            # The upload itself may tell where and by whom it was taken: it goes at once.
            kept.path.unlink(missing_ok=True)
        page = reading.pages[0]
        with stored_pages([page.jpeg], folder) as (file,), transaction.atomic():
            locked = Entry.objects.select_for_update().get(pk=entry.pk)
            ready = list(locked.draft_pages.all())
            if len(ready) >= MAX_PAGES:
                raise page_refusal("too_many_pages")
            return DraftPage.objects.create(
                entry=locked,
                number=ready[-1].number + 1 if ready else 1,
                file=file.name,
                sha256=file.sha256,
                width=page.width,
                height=page.height,
                metadata_strings=list(reading.metadata_strings),
                original_name=name,
            )
    except OSError as full:
        raise file_refused_by_disk(full) from full


def reorder(entry: Entry, user: User, page_id: int, by: int) -> None:
    """Move a page one place forward (``by`` −1) or back (1); at the end of the row nothing happens."""
    _allowed(entry, user)
    with transaction.atomic():
        pages = _locked(entry)
        at = next((index for index, page in enumerate(pages) if page.pk == page_id), None)
        if at is not None and 0 <= at + by < len(pages):
            pages[at], pages[at + by] = pages[at + by], pages[at]
        _number(pages)


def take_away(entry: Entry, user: User, page_id: int) -> None:
    """Take a page out of the row, and its file with it. A version that was handed in keeps its own."""
    _allowed(entry, user)
    with transaction.atomic():
        pages = _locked(entry)
        for page in pages:
            if page.pk == page_id:
                transaction.on_commit(partial(page.file.storage.delete, str(page.file.name)))
                page.delete()
        _number([page for page in pages if page.pk is not None])


def _locked(entry: Entry) -> list[DraftPage]:
    Entry.objects.select_for_update().get(pk=entry.pk)
    return list(entry.draft_pages.all())


def _number(pages: list[DraftPage]) -> None:
    for number, page in enumerate(pages, start=1):
        page.number = number
    DraftPage.objects.bulk_update(pages, ["number"])


def hand_in(entry: Entry, user: User) -> Essay:
    """Make the pages that lie ready the entry's version in force. Raises ``Refused``."""
    _allowed(entry, user)
    ready = list(entry.draft_pages.all())
    if not ready:
        raise Refused(_("Add the pages first."), field="file", code="no_pages")
    folder = str(entry.contest_id)
    try:
        pictures = [content_of(page) for page in ready]
        with stored(ContentFile(archive(pictures)), folder) as kept, stored_pages(pictures, folder) as files:
            pages = [
                EssayPage(
                    number=number,
                    file=file.name,
                    sha256=file.sha256,
                    width=page.width,
                    height=page.height,
                    metadata_strings=page.metadata_strings,
                )
                for number, (page, file) in enumerate(zip(ready, files, strict=True), start=1)
            ]
            return new_version(entry, user, kept, ARCHIVE_NAME, clock.now(), format=FORMAT, pages=pages)
    except FileNotFoundError as missing:
        raise Refused(_("A page is missing on our side. Take it away and add it again."), code="damaged") from missing
    except OSError as full:
        raise file_refused_by_disk(full) from full


def sweep_drafts(at: datetime) -> int:
    """Remove pages that lay ready in applications nobody can change any more; returns how many.

    What was handed in keeps pages of its own.
    """
    left = DraftPage.objects.filter(entry__contest__judging_starts_at__lt=at).order_by("pk")[:AT_ONCE]
    with transaction.atomic():
        rows = list(left)
        for page in rows:
            transaction.on_commit(partial(page.file.storage.delete, str(page.file.name)))
        DraftPage.objects.filter(pk__in=[page.pk for page in rows]).delete()
    return len(rows)


def content_of(page: Any) -> bytes:
    """The bytes of a page's file. Raises ``FileNotFoundError``."""
    with page.file.open("rb") as file:
        return bytes(file.read())


def handed_in(entry: Entry, essay: Essay | None) -> bool:
    """Are the pages that lie ready the ones of this version, in this order?"""
    if essay is None or essay.format != FORMAT:
        return False
    ready = [page.sha256 for page in entry.draft_pages.all()]
    return ready == list(essay.pages.values_list("sha256", flat=True))
