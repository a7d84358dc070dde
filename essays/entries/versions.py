"""Files of an entry: taken, read, checked, and made the version in force. The only writers of them."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from essays.anonymity import actions as copies
from essays.anonymity.child import read_in_child
from essays.anonymity.reading import Unreadable
from essays.anonymity.reading.limits import MAX_FILE_BYTES
from essays.anonymity.reading.sniff import extension
from essays.contests.models import Contest
from essays.entries import access, letters
from essays.entries.files import StoredFile, clean_name, file_refused_by_disk, stored
from essays.entries.intake import Requirements, check
from essays.entries.models import Entry, Essay
from essays.entries.page_files import scanned_pages, takes_scan
from essays.entries.page_models import EssayPage
from essays.entries.refusals import Refused, file_refusal, length_refusal, too_large
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.people.models import User

State = Entry.State


def attach(entry: Entry, user: User, upload: UploadedFile) -> Essay:
    """Take a file: kept on disk, read, checked against the requirements, and only then the entry's new version.

    Raises ``Refused`` with what is wrong and what to do; the entry keeps its earlier version.
    """
    at = clock.now()
    contest = entry.contest
    if not access.may_change(user, entry, at):
        raise Refused(_("The deadline has passed: files are no longer accepted."), field="file", code="closed")
    if not upload.size:
        raise file_refusal("empty")
    if upload.size > contest.max_bytes:
        raise too_large(upload.size, contest.max_bytes)
    name = clean_name(upload.name or "")
    try:
        with stored(upload, folder=str(contest.pk)) as kept:
            if extension(name) == "doc" and "doc" not in contest.formats:
                # Converting takes seconds: not for a file that is refused afterwards.
                raise file_refusal("format", formats=", ".join(contest.formats).upper())
            try:
                reading = read_in_child(kept.path, name)
            except Unreadable as unreadable:
                if unreadable.code == "too_large":
                    raise too_large(upload.size, min(contest.max_bytes, MAX_FILE_BYTES)) from unreadable
                if unreadable.code == "no_text" and takes_scan(contest, name):
                    with scanned_pages(contest, kept.path, name) as pages:
                        return new_version(entry, user, kept, name, at, format="scan", pages=pages)
                old_doc = unreadable.code == "unsupported" and extension(name) == "doc"
                raise file_refusal("old_doc" if old_doc else unreadable.code) from unreadable
            if reading.format not in contest.formats:
                raise file_refusal("format", formats=", ".join(contest.formats).upper())
            problems = check(reading.document.text, requirements_of(contest))
            if problems:
                raise length_refusal(problems[0])
            document = reading.document
            return new_version(
                entry,
                user,
                kept,
                name,
                at,
                format=reading.format,
                characters=document.characters,
                words=document.words,
            )
    except OSError as full:
        raise file_refused_by_disk(full) from full


def new_version(
    entry: Entry,
    user: User,
    kept: StoredFile,
    name: str,
    at: datetime,
    *,
    format: str,
    characters: int = 0,
    words: int = 0,
    pages: Sequence[EssayPage] = (),
) -> Essay:
    """Make a stored file the entry's version in force, with its pages (unsaved rows) where it came as pictures."""
    with transaction.atomic():
        # Asked again inside the lock: the deadline may have passed while the file was read.
        locked = Entry.objects.select_for_update().get(pk=entry.pk)
        if not access.may_change(user, locked, clock.now()):
            raise Refused(_("The deadline has passed: files are no longer accepted."), field="file")
        if locked.state == State.DRAFT:
            # What was never handed in is no version: it is replaced, and its file goes.
            discard_files(locked)
        last = locked.essays.order_by("-version").first()
        locked.essays.filter(is_current=True).update(is_current=False)
        if last and last.blind_copy:
            copies.supersede(last.blind_copy, user)
        essay = Essay.objects.create(
            entry=locked,
            version=last.version + 1 if last else 1,
            file=kept.name,
            original_name=name,
            format=format,
            size=kept.size,
            sha256=kept.sha256,
            characters=characters,
            words=words,
            page_count=len(pages),
            received_at=at,
        )
        for page in pages:
            page.essay = essay
        EssayPage.objects.bulk_create(pages)
        ledger.record(
            "essay.attached",
            essay,
            actor=user,
            contest_id=locked.contest_id,
            data={"version": essay.version, "sha256": kept.sha256, "size": kept.size},
        )
        if locked.state != State.DRAFT:
            letters.receipt(locked, essay)
    return essay


def requirements_of(contest: Contest) -> Requirements:
    return Requirements(
        characters_min=contest.min_characters,
        characters_max=contest.max_characters,
        words_min=contest.min_words,
        words_max=contest.max_words,
    )


def discard_files(entry: Entry) -> None:
    """Delete files that were never handed in: the rows now, the files once that is certain."""
    files = [row.file for row in entry.essays.all()]
    files += [row.file for row in EssayPage.objects.filter(essay__entry=entry)]
    for file in files:
        transaction.on_commit(partial(file.storage.delete, str(file.name)))
    entry.essays.all().delete()
