"""Painting over what identifies the author on a page: places, turns, and pixels that are gone for good.

A place is ``[left, top, width, height]`` in ten-thousandths of the page as it is shown, upright.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from PIL import Image, ImageDraw

from essays.anonymity.reading.page_pictures import PagePicture
from essays.anonymity.reading.pictures import encode

WHOLE = 10_000
MAX_PLACES = 200
SMALLEST = 20
"""Two thousandths of a side: a smaller place is a slip of the finger."""
BLOCK = 16
"""JPEG codes colour in squares of 16 pixels: what stood in one shimmers through the whole of it."""
MARGIN = 4

Place = list[int]


def clean_places(value: Any) -> list[Place]:
    """Places as they may be kept, cut to the page. Raises ValueError for anything that is no list of places."""
    if not isinstance(value, list) or len(value) > MAX_PLACES:
        raise ValueError("not a list of places")
    places = []
    for one in value:
        if not isinstance(one, list) or len(one) != 4 or not all(type(number) is int for number in one):
            raise ValueError("not a place")
        left, top, width, height = one
        right, bottom = min(left + width, WHOLE), min(top + height, WHOLE)
        left, top = max(left, 0), max(top, 0)
        if right - left >= SMALLEST and bottom - top >= SMALLEST:
            places.append([left, top, right - left, bottom - top])
    return places


def turned(places: Iterable[Place], clockwise: bool) -> list[Place]:
    """Where the places lie after the page was turned by a quarter."""
    if clockwise:
        return [[WHOLE - top - height, left, height, width] for left, top, width, height in places]
    return [[top, WHOLE - left - width, height, width] for left, top, width, height in places]


def paint(jpeg: bytes, places: Iterable[Place], quarters: int = 0) -> PagePicture:
    """The page as judges may see it: turned clockwise by ``quarters``, black where a place is, made anew.

    ``jpeg`` is a page of our own making. The black reaches to the edges of the code's squares and a little further,
    so nothing of what stood there shimmers through at the rim.
    """
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        page = picture.convert("RGB")
    if quarters % 4:
        turn = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
        page = page.transpose(turn[quarters % 4])
    brush = ImageDraw.Draw(page)
    for left, top, width, height in places:
        brush.rectangle(_box(left, top, width, height, page.size), fill=(0, 0, 0))
    return encode(page)


def _box(left: int, top: int, width: int, height: int, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Pixels of a place, both corners included, spread to whole squares."""
    edges = []
    for start, length, side in ((left, width, size[0]), (top, height, size[1])):
        first = (start * side // WHOLE - MARGIN) // BLOCK * BLOCK
        last = -(-(-(-(start + length) * side // WHOLE) + MARGIN) // BLOCK) * BLOCK - 1
        edges.append((max(first, 0), min(last, side - 1)))
    return edges[0][0], edges[1][0], edges[0][1], edges[1][1]
