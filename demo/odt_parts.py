"""The parts of an ODT around its text: manifest, styles with header and footer, metadata, settings. Pure."""

from demo.disclosures import Manuscript
from demo.packages import XML_HEAD, escape, quoteattr

MIME_TYPE = "application/vnd.oasis.opendocument.text"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
VERSION = 'office:version="1.3"'
NAMESPACES = " ".join(
    [
        *(
            f'xmlns:{prefix}="{OASIS}:{prefix}:1.0"'
            for prefix in ("office", "style", "text", "table", "draw", "meta", "config")
        ),
        f'xmlns:fo="{OASIS}:xsl-fo-compatible:1.0"',
        f'xmlns:svg="{OASIS}:svg-compatible:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
    ]
)
MANIFEST = (
    f'{XML_HEAD}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME_TYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml", "settings.xml")
    )
    + "</manifest:manifest>"
)


def styles(work: Manuscript) -> str:
    def paragraph(name: str, properties: str = "", text: str = "", parent: str = "Standard") -> str:
        return (
            f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{parent}">'
            f"{f'<style:paragraph-properties {properties}/>' if properties else ''}"
            f"{f'<style:text-properties {text}/>' if text else ''}</style:style>"
        )

    flush = 'fo:text-indent="0cm"'
    headings = "".join(
        f'<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}" style:family="paragraph"'
        f' style:parent-style-name="Standard" style:default-outline-level="{level}">'
        f'<style:paragraph-properties fo:margin-top="0.4cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always" {flush}/>'
        f'<style:text-properties fo:font-weight="bold" fo:font-size="{size}pt"/></style:style>'
        for level, size in ((1, 16), (2, 14), (3, 14))
    )
    header = _margin_text("header", "Header", work.header)
    footer = _margin_text("footer", "Footer", work.footer)
    return (
        f"{XML_HEAD}<office:document-styles {NAMESPACES} {VERSION}>"
        "<office:font-face-decls>"
        '<style:font-face style:name="Liberation Serif" svg:font-family="&apos;Liberation Serif&apos;"'
        ' style:font-family-generic="roman" style:font-pitch="variable"/></office:font-face-decls>'
        "<office:styles>"
        '<style:default-style style:family="paragraph"><style:text-properties style:font-name="Liberation Serif"'
        ' fo:font-size="14pt" fo:language="ru" fo:country="RU"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph" style:class="text"><style:paragraph-properties'
        ' fo:line-height="150%" fo:text-align="justify" fo:text-indent="1.25cm"/></style:style>'
        + headings
        + paragraph("TitlePage", f'fo:margin-bottom="0.6cm" fo:text-align="center" {flush}')
        + paragraph("Byline", f'fo:text-align="end" {flush}', 'fo:font-style="italic"')
        + paragraph("Signed", f'fo:text-align="end" {flush}')
        + paragraph("Quotations", f'fo:margin-left="1cm" fo:margin-right="1cm" {flush}', 'fo:font-style="italic"')
        + paragraph("Header", f'fo:text-align="end" {flush}', 'fo:font-size="10pt"')
        + paragraph("Footer", f'fo:text-align="center" {flush}', 'fo:font-size="10pt"')
        + paragraph("Footnote", flush, 'fo:font-size="10pt"')
        + '<text:notes-configuration text:note-class="footnote" style:num-format="1" text:start-value="0"/>'
        "</office:styles>"
        '<office:automatic-styles><style:page-layout style:name="Page"><style:page-layout-properties'
        ' fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm"'
        ' fo:margin-left="3cm" fo:margin-right="1.5cm"/></style:page-layout></office:automatic-styles>'
        f'<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">{header}{footer}'
        "</style:master-page></office:master-styles></office:document-styles>"
    )


def _margin_text(element: str, style: str, text: str | None) -> str:
    if text is None:
        return ""
    return f'<style:{element}><text:p text:style-name="{style}">{escape(text)}</text:p></style:{element}>'


def meta(work: Manuscript) -> str:
    properties = work.properties
    template = ""
    if properties.template:
        name = properties.template.rsplit("\\", 1)[-1]
        path = "file:///" + properties.template.replace("\\", "/").replace(" ", "%20")
        template = (
            f'<meta:template xlink:type="simple" xlink:actuate="onRequest"'
            f" xlink:title={quoteattr(name)} xlink:href={quoteattr(path)}/>"
        )
    company = (
        f'<meta:user-defined meta:name="Школа">{escape(properties.company)}</meta:user-defined>'
        if properties.company
        else ""
    )
    return (
        f"{XML_HEAD}<office:document-meta {NAMESPACES} {VERSION}><office:meta>"
        "<meta:generator>LibreOffice/24.8.4.2$Windows_X86_64</meta:generator>"
        f"<dc:title>{escape(work.title)}</dc:title><dc:subject>{escape(properties.subject)}</dc:subject>"
        f"<meta:keyword>{escape(properties.keywords)}</meta:keyword>"
        f"<meta:initial-creator>{escape(properties.creator)}</meta:initial-creator>"
        f"<dc:creator>{escape(properties.modified_by)}</dc:creator>"
        f"<meta:creation-date>{properties.created:%Y-%m-%dT%H:%M:%S}</meta:creation-date>"
        f"<dc:date>{properties.modified:%Y-%m-%dT%H:%M:%S}</dc:date>"
        f"<meta:editing-cycles>7</meta:editing-cycles>{template}{company}</office:meta></office:document-meta>"
    )


def settings(work: Manuscript) -> str:
    printer = escape(work.properties.printer)
    return (
        f"{XML_HEAD}<office:document-settings {NAMESPACES} {VERSION}><office:settings>"
        '<config:config-item-set config:name="ooo:configuration-settings">'
        f'<config:config-item config:name="PrinterName" config:type="string">{printer}</config:config-item>'
        '<config:config-item config:name="Rsid" config:type="int">1479301</config:config-item>'
        "</config:config-item-set></office:settings></office:document-settings>"
    )
