"""Handing a file out again: as a download with a fixed type, never as a page of ours."""

import logging

from django.http import FileResponse, Http404, HttpResponseBase

from essays.entries.models import Essay

log = logging.getLogger("laureate.entries")


def serve_original(current: Essay) -> HttpResponseBase:
    """The original as its owner uploaded it. Who may have it is decided by the view that asks."""
    try:
        content = current.file.open("rb")
    except FileNotFoundError as missing:
        log.error("essay %s: its file is not on the disk", current.pk)
        raise Http404 from missing
    response = FileResponse(
        content,
        as_attachment=True,
        filename=current.original_name,
        content_type="application/octet-stream",
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
