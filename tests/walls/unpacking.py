"""What a PDF is made of: every stream unpacked, every string of its objects, and the words on its pages."""

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2


def unpacked(content: bytes) -> Iterator[bytes]:
    """The pieces of a PDF in which a word could hide."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                yield bytes(item.read_bytes())
                # How long a packed stream is depends on chance: it may equal any number that is looked for.
                yield str(
                    {name: value for name, value in dict(item).items() if not name.startswith("/Length")}
                ).encode()
            else:
                yield str(item.unparse()).encode()
        yield str(pdf.trailer).encode()
    for page in pypdfium2.PdfDocument(content):
        yield page.get_textpage().get_text_range().encode()
