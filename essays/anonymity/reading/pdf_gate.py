"""The gate before PDFium: what a PDF is made of is looked at with qpdf, with bounds, and rebuilt without extras.

PDFium is fast and exact, and a file of some hundred bytes can make it take gigabytes or abort. Forms that draw
themselves, streams packed in several layers and trees without end are refused here, before PDFium sees them.
What it sees is a new file that holds pages and nothing else: no earlier revision, annotation, form, script,
attachment, outline or replacement text.
"""

from __future__ import annotations

import io
import zlib
from typing import Any

import pikepdf

from essays.anonymity.reading import limits
from essays.anonymity.reading.building import metadata
from essays.anonymity.reading.unreadable import Unreadable

_PACKING = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
_PAGE_KEYS = {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/UserUnit"}
_TAIL = 2048
_INFO_KEYS = ("/Author", "/Company", "/Manager", "/Keywords", "/SourceModified", "/Subject")
_PDF_ERRORS = (pikepdf.PdfError, RuntimeError, ValueError, KeyError, TypeError, OverflowError, AttributeError, OSError)


def pass_gate(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """(the rebuilt PDF, strings of its metadata). Raises Unreadable."""
    if b"%%EOF" not in content.rstrip(b"\0\r\n\t ")[-_TAIL:]:
        # Much could be recovered of a file that was cut off, and nobody would know what is missing.
        raise Unreadable("damaged", "the PDF ends too early")
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True, attempt_recovery=True) as pdf:
            strings = _metadata(pdf)
            _Inspector(pdf).inspect()
            return _rebuilt(pdf), strings
    except pikepdf.PasswordError as error:
        raise Unreadable("encrypted", "the PDF asks for a password") from error
    except RecursionError as error:
        raise Unreadable("too_complex", "nested too deeply") from error
    except _PDF_ERRORS as error:
        raise Unreadable("damaged", f"qpdf: {type(error).__name__}") from error


class _Inspector:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._unpacked = 0

    def inspect(self) -> None:
        """Raises Unreadable when rendering the pages could cost more than a reader may spend."""
        if len(self._pdf.objects) > limits.MAX_PDF_OBJECTS:
            raise Unreadable("too_complex", "too many objects")
        pages = len(self._pdf.pages)
        if pages == 0:
            raise Unreadable("no_text", "no pages")
        if pages > limits.MAX_PDF_PAGES:
            raise Unreadable("too_complex", f"more than {limits.MAX_PDF_PAGES} pages")
        for item in self._pdf.objects:
            if isinstance(item, pikepdf.Stream):
                self._check_stream(item)
        costs: dict[tuple[int, int], int] = {}
        total = 0
        for page in self._pdf.pages:
            total += self._drawings(page.obj, costs)
            if total > limits.MAX_PDF_FORM_DRAWINGS * 4:
                raise Unreadable("too_complex", "too many forms are drawn")

    def _check_stream(self, stream: pikepdf.Stream) -> None:
        filters = stream.get("/Filter")
        names = [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters)] if filters else []
        if sum(name in _PACKING for name in names) > 1 or len(names) > 3:
            raise Unreadable("too_complex", "a stream packed in several layers")
        if names and names[0] in ("/FlateDecode", "/Fl"):
            self._unpacked += self._size(stream)
            if self._unpacked > limits.MAX_PDF_TOTAL_BYTES:
                raise Unreadable("too_complex", "too large when unpacked")
        if str(stream.get("/Subtype", "")) == "/Image":
            width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
            if width * height > 120_000_000:
                raise Unreadable("too_complex", "a picture of too many pixels")

    @staticmethod
    def _size(stream: pikepdf.Stream) -> int:
        """Bytes of an unpacked stream, at most one more than the limit, without unpacking more than that."""
        unpacker = zlib.decompressobj()
        most = limits.MAX_PDF_STREAM_BYTES
        size, data = 0, bytes(stream.read_raw_bytes())
        try:
            while data and size <= most:
                size += len(unpacker.decompress(data, 1 << 20))
                data = unpacker.unconsumed_tail
        except zlib.error:
            return size  # Broken tails are common; qpdf and PDFium read up to the break, as we did.
        if size > most:
            raise Unreadable("too_complex", "a stream is too large when unpacked")
        return size

    def _drawings(self, page: pikepdf.Object, costs: dict[tuple[int, int], int]) -> int:
        """How many forms a page draws when forms in forms are counted each time. Raises on circles."""
        on_path: set[tuple[int, int]] = set()
        # Each entry: a form (or the page), its children still to visit, and the sum so far.
        stack: list[tuple[tuple[int, int], list[pikepdf.Object], list[int]]] = [((0, 0), self._forms(page), [1])]
        while True:
            key, children, total = stack[-1]
            if children:
                form = children.pop()
                form_key = form.objgen
                if form_key in on_path:
                    raise Unreadable("too_complex", "a form draws itself")
                if form_key in costs:
                    total[0] += costs[form_key]
                else:
                    if len(stack) > limits.MAX_PDF_FORM_DEPTH:
                        raise Unreadable("too_complex", "forms in forms")
                    on_path.add(form_key)
                    stack.append((form_key, self._forms(form), [1]))
            else:
                stack.pop()
                if not stack:
                    return total[0]
                on_path.discard(key)
                costs[key] = total[0]
                stack[-1][2][0] += total[0]
            if total[0] > limits.MAX_PDF_FORM_DRAWINGS:
                raise Unreadable("too_complex", "too many forms are drawn")

    @staticmethod
    def _forms(holder: pikepdf.Object) -> list[pikepdf.Object]:
        """Forms and patterns among the resources, each as often as the content could draw it."""
        resources = holder.get("/Resources")
        if not isinstance(resources, pikepdf.Dictionary):
            return []
        forms: list[pikepdf.Object] = []
        for kind in ("/XObject", "/Pattern"):
            entries = resources.get(kind)
            if not isinstance(entries, pikepdf.Dictionary):
                continue
            for item in entries.values():
                is_form = str(item.get("/Subtype", "")) == "/Form" if isinstance(item, pikepdf.Stream) else False
                if isinstance(item, pikepdf.Stream) and (is_form or kind == "/Pattern"):
                    forms.append(item)
        fonts = resources.get("/Font")
        if isinstance(fonts, pikepdf.Dictionary):
            for font in fonts.values():
                if isinstance(font, pikepdf.Dictionary) and str(font.get("/Subtype", "")) == "/Type3":
                    forms.append(font)
        if not forms:
            return []
        if isinstance(holder, pikepdf.Stream):
            draws = holder.read_bytes().count(b"Do")
        else:
            contents = holder.get("/Contents")
            streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
            draws = sum(s.read_bytes().count(b"Do") for s in streams if isinstance(s, pikepdf.Stream))
        # Several drawings of one form: counted as if each drawing took the dearest. Rare, and cheap to bound.
        return forms * max(1, min(draws // max(len(forms), 1), 2000))


def _rebuilt(pdf: pikepdf.Pdf) -> bytes:
    for key in list(pdf.Root.keys()):
        # Layers stay: without them PDFium would show the hidden ones.
        if key not in ("/Type", "/Pages", "/OCProperties"):
            del pdf.Root[key]
    for page in pdf.pages:
        for key in list(page.obj.keys()):
            if key not in _PAGE_KEYS and key != "/Annots":
                del page.obj[key]
        if "/Annots" in page.obj:
            del page.obj["/Annots"]
    _drop_replacement_text(pdf)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    output = io.BytesIO()
    pdf.save(output, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return output.getvalue()


def _content_streams(pdf: pikepdf.Pdf) -> list[Any]:
    forms = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and str(o.get("/Subtype", "")) == "/Form"]
    return [*pdf.pages, *forms]


def _raw(holder: Any) -> bytes:
    if isinstance(holder, pikepdf.Page):
        holder.contents_coalesce()
        contents = holder.obj.get("/Contents")
        return contents.read_bytes() if isinstance(contents, pikepdf.Stream) else b""
    return bytes(holder.read_bytes())


def _drop_replacement_text(pdf: pikepdf.Pdf) -> None:
    """Take marked content with ActualText, Alt or E out of the pages: PDFium reads it instead of the glyphs."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary):
            for key in ("/ActualText", "/Alt", "/E"):
                if key in item:
                    del item[key]
    for holder in _content_streams(pdf):
        if b"BDC" not in _raw(holder):
            continue
        kept: list[Any] = []
        for operands, operator in pikepdf.parse_content_stream(holder):  # type: ignore[misc]
            layer = len(operands) > 1 and str(operands[0]) == "/OC" and isinstance(operands[1], pikepdf.Name)
            if str(operator) == "BDC" and operands and not layer:
                kept.append(([operands[0]], pikepdf.Operator("BMC")))
            else:
                kept.append((operands, operator))
        data = pikepdf.unparse_content_stream(kept)
        if isinstance(holder, pikepdf.Page):
            holder.obj["/Contents"] = pdf.make_stream(data)
        else:
            holder.write(data)


def _metadata(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    strings: list[str | None] = []
    info = pdf.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary):
        strings.extend(str(info[key]) for key in _INFO_KEYS if isinstance(info.get(key), pikepdf.String))
    packet = pdf.Root.get("/Metadata")
    if isinstance(packet, pikepdf.Stream):
        from essays.anonymity.reading.package import parse_xml

        try:
            root = parse_xml(packet.read_bytes())
        except (Unreadable, pikepdf.PdfError):
            return metadata(strings)  # Broken metadata are no reason to refuse the text.
        for element in root.iter():
            if isinstance(element.tag, str) and element.tag.endswith(("}creator", "}Author", "}Company")):
                strings.extend(str(text) for text in element.itertext())
    return metadata(strings)
