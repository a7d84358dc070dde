"""Pictures that an organizer puts on documents: rebuilt from their pixels, so nothing else of the file is kept."""

import base64
import io

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_PIXELS = 40_000_000
LONGEST_SIDE = 700


class Unreadable(Exception):
    """The file is no JPEG or PNG picture, is damaged, or is too large."""


def rebuilt(data: bytes) -> bytes:
    """The picture as PNG, at most 700 pixels on its longer side, turned as it was meant, transparency kept.

    Raises ``Unreadable``. No metadata, profile or trailing byte of the upload survives.
    """
    if len(data) > LARGEST_FILE:
        raise Unreadable("too large")
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            # The size is in the header: what would fill the memory is refused before it is unpacked.
            if opened.width * opened.height > LARGEST_PIXELS:
                raise Unreadable("too many pixels")
            turned = ImageOps.exif_transpose(opened).convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        raise Unreadable(str(fault)) from fault
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    pixels = Image.frombytes("RGBA", turned.size, turned.tobytes())
    made = io.BytesIO()
    pixels.save(made, "PNG", optimize=True)
    return made.getvalue()


def as_svg(png: bytes) -> str:
    """The picture inside an SVG: the typesetter takes its inputs as text. Empty for no picture."""
    if not png:
        return ""
    with Image.open(io.BytesIO(png), formats=("PNG",)) as picture:
        width, height = picture.size
    href = "data:image/png;base64," + base64.b64encode(png).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image href="{href}" width="{width}" height="{height}"/></svg>'
    )
