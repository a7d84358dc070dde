"""What is made of a file of pictures. Apart from the maker, so that nobody who handles it needs a decoder."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec

HEIC_EXTENSIONS = ("heic", "heif")
PICTURE_EXTENSIONS = ("jpg", "jpeg", "png", *HEIC_EXTENSIONS)
PAGE_FORMATS = ("jpg", "png", "heic", "scan")


@cache
def reads_heic() -> bool:
    """Is there a decoder of iPhone pictures on this machine? It is no part of the product."""
    return find_spec("pillow_heif") is not None


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: a bare JPEG and its size in pixels."""

    jpeg: bytes = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PagesReading:
    """What was made of a file of pictures. ``format`` is one of PAGE_FORMATS.

    ``metadata_strings`` are what the file said of its author: they serve the self-attack only.
    """

    pages: tuple[PagePicture, ...]
    format: str
    metadata_strings: tuple[str, ...] = field(default=(), repr=False)
