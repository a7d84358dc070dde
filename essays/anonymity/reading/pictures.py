"""Pages that come as pictures: JPEG, PNG, HEIC where it can be decoded, or a PDF without a text layer, drawn.

Each page is made anew from its pixels: upright, of bounded size, in one fixed encoding. Whatever else a file of
pictures may hold (EXIF, GPS, XMP, IPTC, colour profiles, comments, texts, previews, bytes behind the end) has no
way into what is made here.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from typing import Any

from PIL import Image

from essays.anonymity.reading import limits
from essays.anonymity.reading.building import metadata
from essays.anonymity.reading.page_pictures import PICTURE_EXTENSIONS, PagePicture, PagesReading, reads_heic
from essays.anonymity.reading.sniff import extension
from essays.anonymity.reading.unreadable import Unreadable

QUALITY = 80

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_FAULTS = (
    *(OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError, EOFError, struct.error),
    RuntimeError,
)
# Brands of one still picture in HEVC. «mif1» says only that it is a picture of this family.
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
_ORIENTATION = 274
_NAMING_TAGS = (270, 315, 33432, 40091, 40092, 40093, 40094, 40095)  # Description, artist, copyright, Windows' own.
_NAMING_EXIF_TAGS = (0x9286, 0xA430)  # Comment, owner of the camera.
_EXIF = 0x8769
_TURNS = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}


def read_pages(content: bytes, name: str) -> PagesReading:
    """The pages of a file uploaded as ``name``. Raises Unreadable."""
    kind = extension(name)
    if not content:
        raise Unreadable("empty", "no content")
    if kind == "pdf":
        return _pdf_pages(content)
    if kind not in PICTURE_EXTENSIONS:
        raise Unreadable("unsupported", f"extension {kind[:10]!r}")
    # Messengers name PNG «.jpg» and the other way round; made anew from pixels, both are the same.
    if content.startswith(_JPEG):
        format = "jpg"
    elif content.startswith(_PNG):
        format = "png"
    elif content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS and reads_heic():
        format = "heic"
    else:
        raise Unreadable("type_mismatch", "neither JPEG nor PNG")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata; we do not keep any.
        try:
            return _picture(content, format)
        except Image.DecompressionBombError as error:
            raise Unreadable("too_many_pixels", "refused before decoding") from error
        except (*_FAULTS, zlib.error) as error:
            raise Unreadable("damaged", f"Pillow: {type(error).__name__}") from error


def _picture(content: bytes, format: str) -> PagesReading:
    if format == "heic":
        _expect_heic()
    image: Any = Image.open(io.BytesIO(content), formats=("HEIF",) if format == "heic" else ("JPEG", "PNG"))
    width, height = image.size
    # A panorama of a telephone counts by all its pixels, before one of them is decoded.
    if width * height > (limits.MAX_JPEG_PIXELS if format == "jpg" else limits.MAX_PNG_PIXELS):
        raise Unreadable("too_many_pixels", f"{width} × {height}")
    if min(width, height) < limits.SHORTEST_SIDE:
        raise Unreadable("too_small", f"{width} × {height}")
    if format == "png" and getattr(image, "is_animated", False):
        raise Unreadable("animated", "frames")
    if image.mode in ("RGB", "L", "CMYK"):
        # First of all, and in place: of a large picture there is never a second copy in memory.
        image.thumbnail((limits.LONGEST_SIDE, limits.LONGEST_SIDE), Image.Resampling.LANCZOS)
    image.load()
    strings = metadata(list(_naming_strings(image)))
    turns = _TURNS.get(_orientation(image), ())
    page = _plain(image)
    page.thumbnail((limits.LONGEST_SIDE, limits.LONGEST_SIDE), Image.Resampling.LANCZOS)
    for turn in turns:
        page = page.transpose(turn)
    return PagesReading((encode(page),), format, strings)


def _expect_heic() -> None:
    """Let Pillow read HEIC: the one picture that the file calls its first, upright, and nothing that lies beside it."""
    import pillow_heif

    # A decoder with threads of its own would not keep to the child's memory.
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def encode(page: Image.Image) -> PagePicture:
    """A page of mode RGB from its pixels alone. The same pixels give the same bytes."""
    bare = Image.frombytes("RGB", page.size, page.tobytes())
    output = io.BytesIO()
    bare.save(output, "JPEG", quality=QUALITY, subsampling="4:2:0", optimize=False, progressive=False)
    return PagePicture(output.getvalue(), *page.size)


def _plain(image: Image.Image) -> Image.Image:
    """The picture in RGB; what is transparent lies on white paper, 16 bits become 8."""
    if image.mode.startswith("I"):
        import numpy

        grey = numpy.asarray(image)
        deep = image.mode != "I" or int(grey.max(initial=0)) > 255
        return Image.fromarray((grey >> 8 if deep else grey).clip(0, 255).astype("uint8"), "L").convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGB", layer.size, (255, 255, 255))
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    return image.convert("RGB")


def _orientation(image: Any) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except _FAULTS:
        return 1  # Broken metadata are no reason to refuse the picture: it is shown as its pixels lie.


def _naming_strings(image: Any) -> Iterator[str]:
    """What the file says of its author, its camera's owner and its subject."""
    for value in image.info.values():
        if isinstance(value, str | bytes) and len(value) < limits.MAX_METADATA_LENGTH:
            yield _words(value)
    for value in getattr(image, "text", {}).values():
        yield _words(value)
    try:
        exif = image.getexif()
        inner = exif.get_ifd(_EXIF)
        values = [exif.get(tag) for tag in _NAMING_TAGS] + [inner.get(tag) for tag in _NAMING_EXIF_TAGS]
    except _FAULTS:
        return
    for value in values:
        if isinstance(value, str | bytes | tuple):
            yield _words(bytes(value) if isinstance(value, tuple) and all(_is_byte(one) for one in value) else value)


def _is_byte(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value < 256


def _words(value: Any) -> str:
    if isinstance(value, bytes):
        # Windows writes its own tags in UTF-16; a comment says its alphabet in eight bytes before the text.
        value = value.removeprefix(b"ASCII\0\0\0").removeprefix(b"UNICODE\0")
        wide = value.count(b"\0") * 3 > len(value) or b"\x04" in value[1::2]
        return value.decode("utf-16-le" if wide else "utf-8", "replace").strip("\0")
    return str(value)


def _pdf_pages(content: bytes) -> PagesReading:
    """Every page as it is drawn, whatever it is made of."""
    import pypdfium2

    from essays.anonymity.reading.pdf_gate import pass_gate

    if not content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \t").startswith(b"%PDF-"):
        raise Unreadable("type_mismatch", "not a PDF")
    rebuilt, strings = pass_gate(content)
    pages: list[PagePicture] = []
    try:
        document = pypdfium2.PdfDocument(rebuilt)
        if len(document) > limits.MAX_PAGES:
            raise Unreadable("too_many_pages", f"{len(document)} pages")
        for index in range(len(document)):
            page = document[index]
            width, height = page.get_size()
            if not (0 < width < 20_000 and 0 < height < 20_000):
                raise Unreadable("damaged", "a page without size")
            scale = limits.LONGEST_SIDE / max(width, height)
            if min(width, height) * scale < limits.SHORTEST_SIDE:
                raise Unreadable("too_small", "a strip")
            bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False)
            drawn = bitmap.to_pil().convert("RGB")
            drawn.thumbnail((limits.LONGEST_SIDE, limits.LONGEST_SIDE))
            pages.append(encode(drawn))
            bitmap.close()
            page.close()
    except pypdfium2.PdfiumError as error:
        raise Unreadable("damaged", "PDFium cannot read it") from error
    return PagesReading(tuple(pages), "scan", strings)
