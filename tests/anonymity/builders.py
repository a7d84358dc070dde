"""Small files made by hand, with a canary wherever an author's name could hide."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCX_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)
ODT_NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"'
)
SAMPLE = "Я получила услугу на портале и рассказываю о своём опыте."


def archive(members: dict[str, str | bytes], *, comment: bytes = b"") -> bytes:
    """A zip file; the first member is stored, as ODT asks."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
        for number, (name, content) in enumerate(members.items()):
            kind = zipfile.ZIP_STORED if number == 0 else zipfile.ZIP_DEFLATED
            package.writestr(name, content, compress_type=kind)
        package.comment = comment
    return output.getvalue()


def paragraph(text: str, *, style: str = "", properties: str = "") -> str:
    style_xml = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{style_xml}{run(text, properties)}</w:p>"


def run(text: str, properties: str = "") -> str:
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def docx(
    body: str = "", *, parts: dict[str, str | bytes] | None = None, styles: str = "", comment: bytes = b""
) -> bytes:
    """A DOCX around the XML of a body. `parts` are further members; word/*.xml among them are related by name."""
    parts = parts or {}
    body = body or paragraph(SAMPLE)
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE_RELATIONS}/{name[5:-4]}" Target="{name[5:]}"/>'
        for n, name in enumerate(["word/styles.xml", *parts])
        if name.startswith("word/") and name.endswith(".xml") and name.count("/") == 1
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{OFFICE_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {DOCX_NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        "word/styles.xml": f"<w:styles {DOCX_NAMESPACES}>{styles}</w:styles>",
    }
    return archive({**members, **parts}, comment=comment)


def odt(body: str = "", *, automatic: str = "", styles: str = "", parts: dict[str, str | bytes] | None = None) -> bytes:
    """An ODT around the XML of a text body, with automatic styles of content.xml and the inside of styles.xml."""
    body = body or f"<text:p>{SAMPLE}</text:p>"
    members: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {ODT_NAMESPACES}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {ODT_NAMESPACES}>{styles}</office:document-styles>",
    }
    return archive({**members, **(parts or {})})


def pdf(markup: str) -> bytes:
    """A PDF set by typst from our own markup."""
    import typst

    page = '#set page(paper: "a4")\n#set text(lang: "ru", size: 12pt)\n#set par(justify: true)\n'
    return bytes(typst.compile((page + markup).encode()))


def raw_pdf(
    content: bytes, *, extra: str = "", resources: str = "", objects: tuple[bytes, ...] = (), info: str = ""
) -> bytes:
    """A PDF of one page written by hand. `objects` follow as number 6 and on; `extra` goes into the catalogue."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> {resources} >> >>"
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {extra} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page.encode(),
        font,
        b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream",
        *objects,
    ]
    output = io.BytesIO(b"")
    output.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(output.tell())
        output.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = output.tell()
    output.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    for place in places:
        output.write(b"%010d 00000 n \n" % place)
    output.write(f"trailer << /Size {len(bodies) + 1} /Root 1 0 R {info} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return output.getvalue()


def shown(text: str, *, x: int = 72, y: int = 700, size: int = 12, before: str = "") -> bytes:
    """Operators that show Latin text at a place."""
    return f"BT {before} /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n".encode()
