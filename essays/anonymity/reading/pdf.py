"""PDF with a text layer: what the rendered pages show, as paragraphs.

Each page is drawn twice, with its text and without. A character is kept when that makes a difference where it
stands: text that is white, transparent, clipped, off the page, under a picture or in a hidden layer makes none.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, replace
from math import ceil, floor

import pypdfium2
import pypdfium2.raw as pdfium

from essays.anonymity.reading import limits
from essays.anonymity.reading.building import clean
from essays.anonymity.reading.pdf_gate import pass_gate
from essays.anonymity.reading.pdf_layout import Glyph, build_document
from essays.anonymity.reading.unreadable import Reading, Unreadable

_SCALE = 1.25  # Pixels per point: 90 dpi, so that the thinnest stroke of 6 pt type leaves a mark.
_LEAST_CONTRAST = 24  # Of 255 grey levels; paler text cannot be read on its ground.
_TINY_POINTS = 2.0
_FINE = 16
_MAX_SIDE = 3000  # Pixels; larger pages are drawn smaller.
_HIDDEN_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_MAX_FORM_DEPTH = 16
_FAR = 1000.0
Projection = tuple[float, float, float, float, float, float]


def read_pdf(content: bytes) -> Reading:
    """Read a PDF. Raises Unreadable; a scan without text is no_text."""
    rebuilt, metadata_strings = pass_gate(content)
    warnings: set[str] = set()
    pages: list[_Page] = []
    try:
        document = pypdfium2.PdfDocument(rebuilt)
        total = 0
        for index in range(len(document)):
            page = _Page(document[index])
            page.read()
            pages.append(page)
            total += len(page.glyphs)
            if total > limits.MAX_CHARACTERS:
                raise Unreadable("too_complex", "the text is too long")
    except pypdfium2.PdfiumError as error:
        raise Unreadable("damaged", "PDFium cannot read it") from error
    if any(page.dropped for page in pages):
        warnings.add("hidden_text")
    if sum(not glyph.text.isspace() for page in pages for glyph in page.glyphs) < 20:
        raise Unreadable("no_text", "no text layer")
    if any(not page.glyphs for page in pages):
        warnings.add("page_without_text")
    _mend_encoding(pages)
    result = build_document([(page.glyphs, page.height) for page in pages])
    return Reading(result, "pdf", tuple(sorted(warnings)), metadata_strings)


def _mend_encoding(pages: list[_Page]) -> None:
    """Fonts of old printer drivers call Russian letters by the Latin ones of the same code: «Ìîé îïûò» is «Мой опыт».

    Where a text has such letters only, and no word of a language that writes them, they are what Windows shows.
    """
    text = "".join(glyph.text for page in pages for glyph in page.glyphs)
    letters = [letter for letter in text if letter.isalpha()]
    upper_half = sum("\u00c0" <= letter <= "\u00ff" for letter in letters)
    if len(letters) < 20 or upper_half < 0.6 * len(letters):
        return
    for page in pages:
        page.glyphs = [replace(glyph, text=_as_windows(glyph.text)) for glyph in page.glyphs]


def _as_windows(text: str) -> str:
    try:
        return text.encode("cp1252").decode("cp1251")
    except UnicodeError:
        return text


@dataclass(frozen=True, slots=True)
class _Bitmap:
    data: bytes
    stride: int
    width: int
    height: int


class _Page:
    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self.width, self.height = page.get_size()
        self.glyphs: list[Glyph] = []
        self.dropped = 0

    def read(self) -> None:
        if not (0 < self.width < 20_000 and 0 < self.height < 20_000):
            raise Unreadable("damaged", "a page without size")
        textpage = self._page.get_textpage()
        try:
            count = textpage.count_chars()
            if count > limits.MAX_CHARACTERS:
                raise Unreadable("too_complex", "the text is too long")
            if count <= 0:
                return
            candidates = self._candidates(textpage, count)
            # Drawing comes after reading: the second drawing makes all text of this page invisible.
            scale = min(_SCALE, _MAX_SIDE / max(self.width, self.height))
            full = self._draw(scale)
            self._hide_text()
            ground = self._draw(scale)
            self._keep_visible(candidates, full, ground, scale)
        finally:
            textpage.close()

    def _candidates(self, textpage: pypdfium2.PdfTextPage, count: int) -> list[Glyph | None]:
        raw = textpage.raw
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        flags = ctypes.c_int()
        fonts: dict[int, tuple[bool, bool, bool, float]] = {}
        result: list[Glyph | None] = []
        pending = 0
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(raw, index)
            if 0xD800 <= code < 0xDC00:
                pending = code
                continue
            if 0xDC00 <= code < 0xE000 and pending:
                code = 0x10000 + ((pending - 0xD800) << 10) + (code - 0xDC00)
            pending = 0
            # PDFium marks a hyphen at the end of a line, which it takes for a word's break, by U+0002.
            text = "\u00ad" if code == 2 else chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
            if text in "\r\n" or (text != "\u00ad" and not clean(text)):
                result.append(None)
                continue
            handle = pdfium.FPDFText_GetTextObject(raw, index)
            address = ctypes.addressof(handle.contents) if handle else 0
            if address not in fonts:
                fonts[address] = self._font(raw, index, handle, flags)
            hidden, strong, emphasis, size = fonts[address]
            pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
            generated = pdfium.FPDFText_IsGenerated(raw, index) == 1
            glyph = Glyph(
                " " if text.isspace() else text,
                left.value,
                right.value,
                bottom.value,
                top.value,
                size,
                strong,
                emphasis,
                generated,
            )
            if hidden:
                self.dropped += not text.isspace()
                continue
            result.append(glyph)
        return result

    @staticmethod
    def _font(raw: object, index: int, handle: object, flags: ctypes.c_int) -> tuple[bool, bool, bool, float]:
        hidden = bool(handle) and pdfium.FPDFTextObj_GetTextRenderMode(handle) in _HIDDEN_MODES
        buffer = ctypes.create_string_buffer(256)
        length = pdfium.FPDFText_GetFontInfo(raw, index, buffer, 256, flags)
        name = buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace").lower()
        strong = "bold" in name or "black" in name or pdfium.FPDFText_GetFontWeight(raw, index) >= 600
        emphasis = "italic" in name or "oblique" in name or bool(flags.value & 64)
        return hidden, strong, emphasis, float(pdfium.FPDFText_GetFontSize(raw, index))

    def _draw(self, scale: float) -> _Bitmap:
        bitmap = self._page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
        return _Bitmap(bytes(bitmap.buffer), bitmap.stride, bitmap.width, bitmap.height)

    def _hide_text(self) -> None:
        stack = [(self._page.raw, 0)]
        while stack:
            holder, depth = stack.pop()
            if depth == 0:
                objects = [
                    pdfium.FPDFPage_GetObject(holder, number) for number in range(pdfium.FPDFPage_CountObjects(holder))
                ]
            else:
                objects = [
                    pdfium.FPDFFormObj_GetObject(holder, number)
                    for number in range(max(pdfium.FPDFFormObj_CountObjects(holder), 0))
                ]
            for item in objects:
                kind = pdfium.FPDFPageObj_GetType(item)
                if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                    pdfium.FPDFTextObj_SetTextRenderMode(item, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
                elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
                    stack.append((item, depth + 1))

    def _keep_visible(self, candidates: list[Glyph | None], full: _Bitmap, ground: _Bitmap, scale: float) -> None:
        projection = self._projection(full)
        for glyph in candidates:
            if glyph is None:
                continue
            if glyph.text.isspace() or glyph.generated:
                self.glyphs.append(glyph)
            elif glyph.top - glyph.bottom < 0.01 and glyph.size <= _TINY_POINTS:
                self.dropped += 1
            elif self._shows(glyph, full, ground, scale, projection):
                self.glyphs.append(glyph)
            else:
                self.dropped += 1

    def _shows(self, glyph: Glyph, full: _Bitmap, ground: _Bitmap, scale: float, projection: Projection) -> bool:
        a, b, c, d, e, f = projection
        x0, y0 = a * glyph.left + b * glyph.top + c, d * glyph.left + e * glyph.top + f
        x1, y1 = a * glyph.right + b * glyph.bottom + c, d * glyph.right + e * glyph.bottom + f
        x0, x1 = sorted((x0, x1))
        y0, y1 = sorted((y0, y1))
        if max(x1 - x0, y1 - y0) < _TINY_POINTS * scale and glyph.size <= _TINY_POINTS:
            return False
        # Rounded outwards: a colon or an «l» may be narrower than one pixel.
        left, right = max(0, floor(x0)), min(full.width, ceil(x1))
        for row in range(max(0, floor(y0)), min(full.height, ceil(y1))):
            start = row * full.stride
            mine, theirs = full.data[start + left : start + right], ground.data[start + left : start + right]
            if mine != theirs and max(abs(a - b) for a, b in zip(mine, theirs, strict=True)) >= _LEAST_CONTRAST:
                return True
        return False

    def _projection(self, bitmap: _Bitmap) -> Projection:
        """Where points of the page lie on the drawing, in fractions of a pixel; knows the page's rotation.

        (a, b, c, d, e, f) for x' = a·x + b·y + c, y' = d·x + e·y + f, measured once at three far points.
        """

        def device(x: float, y: float) -> tuple[int, int]:
            column, line = ctypes.c_int(), ctypes.c_int()
            width, height = bitmap.width * _FINE, bitmap.height * _FINE
            pdfium.FPDF_PageToDevice(self._page.raw, 0, 0, width, height, 0, x, y, column, line)
            return column.value, line.value

        origin, along, up = device(0, 0), device(_FAR, 0), device(0, _FAR)
        step = _FAR * _FINE
        return (
            (along[0] - origin[0]) / step,
            (up[0] - origin[0]) / step,
            origin[0] / _FINE,
            (along[1] - origin[1]) / step,
            (up[1] - origin[1]) / step,
            origin[1] / _FINE,
        )
