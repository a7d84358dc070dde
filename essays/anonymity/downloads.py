"""The copy's PDF as an answer: one file name for all, nothing that tells when it was made, never kept by a browser."""

import logging

from django.http import Http404, HttpResponse

from essays.anonymity.copy_pdf import NoPages, copy_pdf
from essays.anonymity.copy_source import document_of
from essays.anonymity.models import BlindCopy
from essays.anonymity.picture_pdf import pictures_pdf

log = logging.getLogger("laureate.blinding")
FILE_NAME = "copy.pdf"


def pdf_of(copy: BlindCopy, mark: str = "") -> bytes:
    """The pages of a copy, set now from what its readers see: its text, or its painted pictures.

    ``mark`` stands on the pages in place of the code. Raises NoPages where none can be set.
    """
    if not copy.has_pages:
        raise NoPages("too long, or not painted yet")
    code, above = mark or copy.code, {"title": copy.title, "line": copy.author_line}
    if copy.html:
        return copy_pdf(document_of(copy.html), code, **above)
    pictures = []
    for page in copy.pages.all():
        try:
            with page.file.open("rb") as file:
                pictures.append(file.read())
        except FileNotFoundError as missing:
            raise NoPages("a picture is not on the disk") from missing
    return pictures_pdf(pictures, code, **above)


def serve_pdf(copy: BlindCopy, mark: str = "") -> HttpResponse:
    """The pages of a copy as an answer. Who may have them is decided by the view that asks.

    ``mark`` stands on the pages in place of the code, for those who know the name and must not know the code.
    """
    if not copy.has_pages:
        raise Http404
    try:
        pages = pdf_of(copy, mark)
    except NoPages as fault:
        log.error("blind copy %s: no pages can be set: %s", copy.pk, fault)
        raise Http404 from fault
    response = HttpResponse(pages, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
