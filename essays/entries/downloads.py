"""Handing a file out again: as a download with a fixed type, never as a page of ours."""

from django.http import FileResponse, HttpResponseBase

from essays.entries.models import Essay


def serve_original(current: Essay) -> HttpResponseBase:
    """The original as its owner uploaded it. Who may have it is decided by the view that asks."""
    response = FileResponse(
        current.file.open("rb"),
        as_attachment=True,
        filename=current.original_name,
        content_type="application/octet-stream",
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
