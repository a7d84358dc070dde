"""The parts of a DOCX around its text: content types, relationships, styles, numbering, settings, properties. Pure."""

from demo.disclosures import Manuscript
from demo.packages import XML_HEAD, escape, quoteattr

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = f'xmlns:w="{WORD}" xmlns:r="{OFFICE}"'
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

FOOTNOTE_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def _word_parts(work: Manuscript) -> list[tuple[str, str]]:
    """The parts beside the document, as (name of part and relationship, id of relationship)."""
    parts = [
        ("styles", "rIdStyles"),
        ("numbering", "rIdNumbering"),
        ("settings", "rIdSettings"),
        ("footnotes", "rIdFootnotes"),
    ]
    if work.header:
        parts.append(("header", "rIdHeader"))
    if work.footer:
        parts.append(("footer", "rIdFooter"))
    if work.remark:
        parts.append(("comments", "rIdComments"))
    return parts


def _file(part: str) -> str:
    return f"{part}1.xml" if part in ("header", "footer") else f"{part}.xml"


def content_types(work: Manuscript) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{_file(part)}" ContentType="{WORD_TYPE}.{part}+xml"/>'
        for part, _ in _word_parts(work)
    )
    return (
        f'{XML_HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD_TYPE}.document.main+xml"/>{overrides}'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )


def _relationships(rows: list[tuple[str, str, str]], mode: str = "") -> str:
    items = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target={quoteattr(target)}{mode}/>' for key, kind, target in rows
    )
    return f'{XML_HEAD}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def package_relationships() -> str:
    return _relationships(
        [
            ("rId1", f"{OFFICE}/officeDocument", "word/document.xml"),
            ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{OFFICE}/extended-properties", "docProps/app.xml"),
        ]
    )


def document_relationships(work: Manuscript) -> str:
    return _relationships([(key, f"{OFFICE}/{part}", _file(part)) for part, key in _word_parts(work)])


def template_relationship(path: str) -> str:
    target = "file:///" + path.replace("\\", "/").replace(" ", "%20")
    return _relationships([("rIdTemplate", f"{OFFICE}/attachedTemplate", target)], mode=' TargetMode="External"')


def core_properties(work: Manuscript) -> str:
    properties = work.properties
    return (
        f'{XML_HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(work.title)}</dc:title><dc:subject>{escape(properties.subject)}</dc:subject>"
        f"<dc:creator>{escape(properties.creator)}</dc:creator><cp:keywords>{escape(properties.keywords)}</cp:keywords>"
        f"<cp:lastModifiedBy>{escape(properties.modified_by)}</cp:lastModifiedBy><cp:revision>7</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{properties.created:%Y-%m-%dT%H:%M:%SZ}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{properties.modified:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>'
        "</cp:coreProperties>"
    )


def app_properties(work: Manuscript) -> str:
    properties = work.properties
    template = properties.template.rsplit("\\", 1)[-1] or "Normal.dotm"
    company = f"<Company>{escape(properties.company)}</Company>" if properties.company else ""
    return (
        f'{XML_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Template>{escape(template)}</Template><Application>Microsoft Office Word</Application>"
        f"{company}<AppVersion>16.0000</AppVersion></Properties>"
    )


def settings(work: Manuscript) -> str:
    template = '<w:attachedTemplate r:id="rIdTemplate"/>' if work.properties.template else ""
    tracking = "<w:trackRevisions/>" if work.revision else ""
    return (
        f'{XML_HEAD}<w:settings {MAIN}><w:zoom w:percent="100"/>{template}{tracking}'
        '<w:defaultTabStop w:val="708"/><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat><w:themeFontLang w:val="ru-RU"/></w:settings>'
    )


def numbering(lists: int) -> str:
    """A bulleted list (id 1) and `lists` numbered ones (ids from 2), each starting at one."""
    indent = '<w:pPr><w:ind w:left="709" w:hanging="352"/></w:pPr>'
    restarts = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
        for number in range(2, lists + 2)
    )
    return (
        f"{XML_HEAD}<w:numbering {MAIN}>"
        '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/><w:lvlJc w:val="left"/>'
        f"{indent}</w:lvl></w:abstractNum>"
        '<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>'
        f"{indent}</w:lvl></w:abstractNum>"
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{restarts}</w:numbering>'
    )


def styles() -> str:
    def paragraph(key: str, name: str, properties: str = "", run: str = "", based: str = "Normal") -> str:
        return (
            f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/>'
            f"{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{f'<w:rPr>{run}</w:rPr>' if run else ''}</w:style>"
        )

    def heading(level: int, size: int) -> str:
        properties = f'<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:ind w:firstLine="0"/><w:outlineLvl w:val="{level - 1}"/>'
        return paragraph(f"Heading{level}", f"heading {level}", properties, f'<w:b/><w:sz w:val="{size}"/>')

    flush = '<w:ind w:firstLine="0"/>'
    return (
        f"{XML_HEAD}<w:styles {MAIN}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>'
        '<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="ru-RU"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:spacing w:line="360" w:lineRule="auto"/><w:ind w:firstLine="709"/><w:jc w:val="both"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        + heading(1, 32)
        + heading(2, 28)
        + heading(3, 28)
        + paragraph("TitlePage", "Title Page", f'<w:spacing w:after="360"/>{flush}<w:jc w:val="center"/>')
        + paragraph("Byline", "Byline", f'{flush}<w:jc w:val="right"/>', "<w:i/>")
        + paragraph("Signature", "Signature", f'{flush}<w:jc w:val="right"/>')
        + paragraph("Quote", "Quote", '<w:ind w:left="709" w:right="709" w:firstLine="0"/>', "<w:i/>")
        + paragraph("ListBullet", "List Bullet", '<w:numPr><w:numId w:val="1"/></w:numPr>')
        + paragraph("ListNumber", "List Number")
        + paragraph("Header", "header", f'{flush}<w:jc w:val="right"/>', '<w:sz w:val="20"/>')
        + paragraph("Footer", "footer", f'{flush}<w:jc w:val="center"/>', '<w:sz w:val="20"/>')
        + paragraph("FootnoteText", "footnote text", flush, '<w:sz w:val="20"/>')
        + paragraph("CommentText", "annotation text", flush, '<w:sz w:val="20"/>')
        + '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>'
        '<w:rPr><w:sz w:val="16"/></w:rPr></w:style></w:styles>'
    )
