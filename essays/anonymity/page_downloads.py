"""A page's picture as an answer: one file name for all, nothing tells when it was made, no browser keeps it."""

import logging
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control

log = logging.getLogger("laureate.blinding")
FILE_NAME = "page.jpg"


def serve_page(page: Any) -> HttpResponse:
    """The stored picture of a page as it is. Who may have it is decided by the view that asks."""
    try:
        with page.file.open("rb") as file:
            return serve_jpeg(file.read())
    except FileNotFoundError as missing:
        log.error("%s %s: its picture is not on the disk", page._meta.model_name, page.pk)
        raise Http404 from missing


def serve_jpeg(jpeg: bytes) -> HttpResponse:
    """A picture of our own making, as bytes."""
    response = HttpResponse(jpeg, content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="{FILE_NAME}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response
