"""DOCX: what must not come through, what must, and in which structure."""

from __future__ import annotations

import pytest

from essays.anonymity.document import (
    Footnote,
    Heading,
    LineBreak,
    ListItem,
    NoteMark,
    Paragraph,
    Quote,
    Table,
    Text,
    Title,
)
from essays.anonymity.reading import Reading, read_bytes
from tests.anonymity.builders import DOCX_NAMESPACES, OFFICE_RELATIONS, SAMPLE, docx, paragraph, run

CANARY = "Канареева"


def read(content: bytes) -> Reading:
    return read_bytes(content, "эссе.docx")


def field(instruction: str, result: str) -> str:
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


PROPERTIES = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Канареева Анна</dc:creator>'
    "<cp:lastModifiedBy>Канареева</cp:lastModifiedBy></cp:coreProperties>"
)


def outward(kind: str, target: str) -> str:
    """A part of relationships with one that leads out of the file."""
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return (
        f'<Relationships xmlns="{package}"><Relationship Id="r9" Type="{OFFICE_RELATIONS}/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )


HIDING_PLACES = {
    "D1 core properties": docx(parts={"docProps/core.xml": PROPERTIES}),
    "D1 app properties": docx(parts={"docProps/app.xml": f"<Properties><Company>{CANARY}</Company></Properties>"}),
    "D1 custom properties": docx(
        parts={"docProps/custom.xml": f"<Properties><property><v>{CANARY}</v></property></Properties>"}
    ),
    "D1 thumbnail": docx(parts={"docProps/thumbnail.jpeg": CANARY.encode()}),
    "D1 zip comment": docx(comment=CANARY.encode()),
    "D2 comments": docx(
        f'<w:p>{run(SAMPLE)}<w:r><w:commentReference w:id="1"/></w:r></w:p>',
        parts={
            "word/comments.xml": f'<w:comments {DOCX_NAMESPACES}><w:comment w:id="1" w:author="{CANARY}">{paragraph(CANARY)}</w:comment></w:comments>'
        },
    ),
    "D2 deletion": docx(
        f'<w:p>{run(SAMPLE)}<w:del w:author="x"><w:r><w:delText>{CANARY}</w:delText></w:r></w:del></w:p>'
    ),
    "D2 deletion with text": docx(f"<w:p>{run(SAMPLE)}<w:del>{run(CANARY)}</w:del></w:p>"),
    "D2 move from": docx(f"<w:p>{run(SAMPLE)}<w:moveFrom>{run(CANARY)}</w:moveFrom></w:p>"),
    "D2 author of an insertion": docx(f'<w:p><w:ins w:author="{CANARY}">{run(SAMPLE)}</w:ins></w:p>'),
    "D2 people": docx(parts={"word/people.xml": f"<people><person author='{CANARY}'/></people>"}),
    "D3 header": docx(parts={"word/header1.xml": f"<w:hdr {DOCX_NAMESPACES}>{paragraph(CANARY)}</w:hdr>"}),
    "D3 footer": docx(parts={"word/footer1.xml": f"<w:ftr {DOCX_NAMESPACES}>{paragraph(CANARY)}</w:ftr>"}),
    "D4 vanish": docx(paragraph(SAMPLE) + paragraph(CANARY, properties="<w:vanish/>")),
    "D4 web hidden": docx(paragraph(SAMPLE) + paragraph(CANARY, properties="<w:webHidden/>")),
    "D4 white": docx(paragraph(SAMPLE) + paragraph(CANARY, properties='<w:color w:val="FFFFFF"/>')),
    "D4 background colour": docx(
        paragraph(SAMPLE) + paragraph(CANARY, properties='<w:color w:val="auto" w:themeColor="background1"/>')
    ),
    "D4 two points": docx(paragraph(SAMPLE) + paragraph(CANARY, properties='<w:sz w:val="4"/>')),
    "D4 hidden by a style": docx(
        paragraph(SAMPLE) + paragraph(CANARY, style="Secret"),
        styles='<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Secret"><w:basedOn w:val="Base"/></w:style>',
    ),
    "D5 instruction": docx(paragraph(SAMPLE) + field(f"HYPERLINK {CANARY}", "ссылка")),
    **{
        f"D5 result of {name}": docx(paragraph(SAMPLE) + field(f" {name} ", CANARY))
        for name in (
            "AUTHOR",
            "LASTSAVEDBY",
            "USERNAME",
            "FILENAME",
            "DOCPROPERTY Manager",
            "MERGEFIELD Name",
            "author",
        )
    },
    "D5 simple field": docx(
        f'{paragraph(SAMPLE)}<w:p><w:fldSimple w:instr=" AUTHOR ">{run(CANARY)}</w:fldSimple></w:p>'
    ),
    "D5 field over paragraphs": docx(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>AUTHOR</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r></w:p>{paragraph(CANARY)}'
        f'<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>{paragraph(SAMPLE)}'
    ),
    "D6 settings": docx(
        parts={
            "word/settings.xml": f'<w:settings {DOCX_NAMESPACES}><w:docVars><w:docVar w:name="n" w:val="{CANARY}"/></w:docVars></w:settings>'
        }
    ),
    "D6 mail merge and template": docx(
        parts={
            "word/settings.xml": f'<w:settings {DOCX_NAMESPACES}><w:attachedTemplate r:id="t"/><w:mailMerge>'
            f'<w:dataSource r:id="{CANARY}"/><w:query w:val="{CANARY}"/></w:mailMerge></w:settings>',
            "word/_rels/settings.xml.rels": outward("attachedTemplate", f"file:///C:/Users/{CANARY}/Normal.dotm"),
        }
    ),
    "D6 rsid": docx(f'<w:p w:rsidR="00{CANARY}">{run(SAMPLE)}</w:p>'),
    "D7 custom XML": docx(parts={"customXml/item1.xml": f"<a>{CANARY}</a>"}),
    "D7 names of a content control": docx(
        f'<w:sdt><w:sdtPr><w:alias w:val="{CANARY}"/><w:tag w:val="{CANARY}"/></w:sdtPr><w:sdtContent>{paragraph(SAMPLE)}</w:sdtContent></w:sdt>'
    ),
    "D7 glossary": docx(
        parts={
            "word/glossary/document.xml": f"<w:glossaryDocument {DOCX_NAMESPACES}>{paragraph(CANARY)}</w:glossaryDocument>"
        }
    ),
    "D7 foreign chunk": docx(f'{paragraph(SAMPLE)}<w:altChunk r:id="r9"/>', parts={"word/afchunk.html": CANARY}),
    "D8 object": docx(
        f'{paragraph(SAMPLE)}<w:p><w:r><w:object><v:shape alt="{CANARY}"/></w:object></w:r></w:p>',
        parts={"word/embeddings/o.bin": CANARY},
    ),
    "D8 macros": docx(parts={"word/vbaProject.bin": CANARY.encode(), "word/vbaData.xml": f"<v>{CANARY}</v>"}),
    "D8 relationships that lead out": docx(
        f'<w:p><w:hyperlink r:id="r9">{run(SAMPLE)}</w:hyperlink></w:p>',
        parts={"word/_rels/document.xml.rels": outward("hyperlink", f"https://127.0.0.1:1/{CANARY}")},
    ),
    "D9 alternative text": docx(
        f'<w:p>{run(SAMPLE)}<w:r><w:drawing><wp:docPr id="1" name="{CANARY}" descr="{CANARY}" title="{CANARY}"/></w:drawing></w:r></w:p>'
    ),
    "D9 tooltip and bookmark": docx(
        f'<w:p><w:bookmarkStart w:id="0" w:name="{CANARY}"/><w:hyperlink w:tooltip="{CANARY}" w:anchor="{CANARY}">{run(SAMPLE)}</w:hyperlink></w:p>'
    ),
    "D9 style name": docx(
        paragraph(SAMPLE, style="a"),
        styles=f'<w:style w:type="paragraph" w:styleId="a"><w:name w:val="{CANARY}"/></w:style>',
    ),
    "D9 numbering text": docx(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{run(SAMPLE)}</w:p>',
        parts={
            "word/numbering.xml": f'<w:numbering {DOCX_NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="{CANARY}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
        },
    ),
    "D9 media names": docx(parts={f"word/media/{CANARY}.png": b"", f"customXml/{CANARY}.xml": "<a/>"}),
    "D10 picture": docx(
        f'<w:p>{run(SAMPLE)}<w:r><w:drawing><a:blip r:embed="r9"/></w:drawing></w:r></w:p>',
        parts={"word/media/image1.jpg": b"\xff\xd8" + CANARY.encode()},
    ),
    "A1 invisible letters": docx(
        paragraph(SAMPLE + "".join(chr(0xE0000 + ord(c)) for c in "canary") + "\u200b\u202e\u00ad\u2063")
    ),
    "row deleted": docx(
        f"{paragraph(SAMPLE)}<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph(CANARY)}</w:tc></w:tr></w:tbl>"
    ),
    "foreign element": docx(f'{paragraph(SAMPLE)}<x:p xmlns:x="urn:x"><x:t>{CANARY}</x:t></x:p>'),
}


@pytest.mark.parametrize("content", HIDING_PLACES.values(), ids=HIDING_PLACES.keys())
def test_no_canary_comes_through(content: bytes) -> None:
    reading = read(content)

    assert CANARY not in reading.document.to_json()
    assert reading.document.text.replace("ссылка", "").strip() == SAMPLE


def test_metadata_are_kept_for_the_self_attack_only() -> None:
    assert read(HIDING_PLACES["D1 core properties"]).metadata_strings == ("Канареева Анна", "Канареева")
    assert read(HIDING_PLACES["D2 author of an insertion"]).metadata_strings == (CANARY,)


def test_insertions_and_moves_are_accepted() -> None:
    body = f"<w:p>{run('Было')}<w:ins>{run(' и стало')}</w:ins><w:moveTo>{run(' тут')}</w:moveTo></w:p>"

    assert read(docx(body)).document.text == "Было и стало тут"


def test_text_boxes_are_read_once_and_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('В рамке')}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    body = f"<w:p>{run('До')}<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r></w:p>{paragraph('После')}"

    assert read(docx(body)).document.text == "До\nВ рамке\nПосле"


def test_footnotes_follow_the_text() -> None:
    notes = (
        f'<w:footnotes {DOCX_NAMESPACES}><w:footnote w:type="separator" w:id="-1">{paragraph("черта")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Сноска")}</w:footnote></w:footnotes>'
    )
    body = f'<w:p>{run("Слово")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(" дальше")}</w:p>'

    document = read(docx(body, parts={"word/footnotes.xml": notes})).document

    assert document.blocks == (
        Paragraph((Text("Слово"), NoteMark(1), Text(" дальше"))),
        Footnote((Text("Сноска"),), 1),
    )


def test_structure_is_kept() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("a", "Title"), ("b", "heading 2"), ("c", "Quote"))
    )
    numbering = (
        f'<w:numbering {DOCX_NAMESPACES}><w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num></w:numbering>'
    )

    def item(text: str, level: int) -> str:
        return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr>{run(text)}</w:p>'

    body = (
        paragraph("Название", style="a")
        + paragraph("Глава", style="b")
        + paragraph("Цитата", style="c")
        + item("раз", 0)
        + item("два", 1)
        + f"<w:p>{run('жирно', '<w:b/>')}{run('косо', '<w:i/>')}<w:r><w:br/></w:r>{run('стих')}</w:p>"
        + f"<w:tbl><w:tr><w:tc>{paragraph('А')}{paragraph('Б')}</w:tc><w:tc>{paragraph('В')}</w:tc></w:tr></w:tbl>"
    )

    document = read(docx(body, styles=styles, parts={"word/numbering.xml": numbering})).document

    assert document.blocks == (
        Title((Text("Название"),)),
        Heading((Text("Глава"),), 2),
        Quote((Text("Цитата"),)),
        ListItem((Text("раз"),), True, 1),
        ListItem((Text("два"),), False, 2),
        Paragraph((Text("жирно", strong=True), Text("косо", emphasis=True), LineBreak(), Text("стих"))),
        Table((((Text("А"), LineBreak(), Text("Б")), (Text("В"),)),)),
    )


def test_runs_split_inside_a_word_become_one() -> None:
    assert read(docx(f"<w:p>{run('Ива')}{run('нова')}</w:p>")).document.blocks == (Paragraph((Text("Иванова"),)),)


def test_decomposed_letters_are_composed() -> None:
    assert read(docx(f"<w:p>{run('и')}{run(chr(0x306), '<w:b/>')}{run('ога')}</w:p>")).document.text == "йога"


def test_a_hidden_text_leaves_a_warning() -> None:
    assert read(HIDING_PLACES["D4 white"]).warnings == ("hidden_text",)
