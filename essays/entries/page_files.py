"""The files of pages: made anew in the limited child, stored one by one, handed in together."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from essays.anonymity.child import pages_in_child
from essays.anonymity.reading import Unreadable
from essays.anonymity.reading.limits import MAX_FILE_BYTES, MAX_PAGES
from essays.anonymity.reading.page_pictures import HEIC_EXTENSIONS, PICTURE_EXTENSIONS, PagesReading, reads_heic
from essays.anonymity.reading.sniff import extension
from essays.contests.models import Contest
from essays.entries.files import StoredFile, stored
from essays.entries.page_models import EssayPage
from essays.entries.refusals import Refused, megabytes

PICTURE_FORMATS = ("jpg", "png")
ARCHIVE_NAME = "pages.zip"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)

MESSAGES: dict[str, Any] = {
    "empty": _("The file is empty. Take the picture again and choose it once more."),
    "too_large": _("The picture is too large: at most {limit} are allowed. Save it smaller and choose it again."),
    "type_mismatch": _(
        "This is not a JPG or PNG picture, whatever its name says. If an iPhone made it, choose “Most compatible” "
        "in Settings → Camera → Formats, or make a screenshot of it."
    ),
    "heic": _(
        "Pictures of this kind (HEIC, from an iPhone) cannot be read here. Choose “Most compatible” in "
        "Settings → Camera → Formats and take the picture again, or make a screenshot of it."
    ),
    "unsupported": _("Pages are taken as JPG or PNG pictures. This file is something else."),
    "damaged": _("The picture is damaged and cannot be opened. Take it again and choose it once more."),
    "too_many_pixels": _("The picture has too many pixels to be opened safely. Save it smaller and choose it again."),
    "too_small": _("The picture is so small that nobody could read it. Take it from nearer, or in better quality."),
    "animated": _("The picture moves. Choose one that stands still."),
    "too_many_pages": _("There are more pages than {pages}: an essay may have {pages} pages at most."),
    "too_complex": _("The picture is too complicated to be opened safely. Save it smaller and choose it again."),
    "timeout": _("The picture takes too long to open. Save it smaller and choose it again."),
    "encrypted": _("The file is protected by a password. Save it without a password and choose it again."),
}


def page_refusal(code: str, limit: int = MAX_FILE_BYTES) -> Refused:
    """The refusal of a page by its code (codes of ``Unreadable``)."""
    message = MESSAGES.get(code, MESSAGES["damaged"])
    return Refused(format_lazy(message, limit=megabytes(limit), pages=MAX_PAGES), field="file", code=code)


def takes_pictures(contest: Contest) -> bool:
    """May an essay of this contest come as photographs or scans?"""
    return any(one in contest.formats for one in PICTURE_FORMATS)


def takes_scan(contest: Contest, name: str) -> bool:
    """May a PDF without a text layer be taken? Where photographs are, and PDF is."""
    return takes_pictures(contest) and "pdf" in contest.formats and extension(name) == "pdf"


def is_picture(name: str) -> bool:
    return extension(name) in PICTURE_EXTENSIONS


def chosen_types() -> str:
    """What a browser offers to choose. Where HEIC is not named, iPhones turn their pictures into JPG by themselves."""
    heic = [f".{one}" for one in HEIC_EXTENSIONS] if reads_heic() else []
    return ",".join(["image/jpeg", "image/png", *heic])


def pages_of(path: Path, name: str) -> PagesReading:
    """What the limited child makes of a file. Raises ``Refused``."""
    try:
        return pages_in_child(path, name)
    except Unreadable as unreadable:
        unread = extension(name) in HEIC_EXTENSIONS and not reads_heic()
        raise page_refusal("heic" if unread else unreadable.code) from unreadable


@contextmanager
def stored_pages(pictures: Iterable[bytes], folder: str) -> Iterator[list[StoredFile]]:
    """Write pages under random names; on any exception of the caller's all of them are removed again."""
    with ExitStack() as stack:
        yield [stack.enter_context(stored(ContentFile(picture), folder)) for picture in pictures]


@contextmanager
def scanned_pages(contest: Contest, path: Path, name: str) -> Iterator[list[EssayPage]]:
    """Rows, not yet saved, of the pages of a PDF without a text layer, with their files. Raises ``Refused``."""
    reading = pages_of(path, name)
    with stored_pages([page.jpeg for page in reading.pages], str(contest.pk)) as files:
        yield [
            EssayPage(
                number=number,
                file=file.name,
                sha256=file.sha256,
                width=page.width,
                height=page.height,
                metadata_strings=list(reading.metadata_strings),
            )
            for number, (page, file) in enumerate(zip(reading.pages, files, strict=True), start=1)
        ]


def archive(pictures: Sequence[bytes]) -> bytes:
    """Pages in one file, in their order. The same pages give the same bytes."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as package:
        for number, picture in enumerate(pictures, start=1):
            package.writestr(zipfile.ZipInfo(f"page-{number:02d}.jpg", _LONG_AGO), picture)
    return output.getvalue()
