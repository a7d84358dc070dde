"""What is made of a file of pictures. Apart from the maker, so that nobody who handles it needs a decoder."""

from __future__ import annotations

from dataclasses import dataclass, field

PICTURE_EXTENSIONS = ("jpg", "jpeg", "png")
PAGE_FORMATS = ("jpg", "png", "scan")


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
