"""DOCX by hand: a small but whole WordprocessingML package, with everything that gives an author away. Pure."""

from collections.abc import Iterable
from datetime import datetime

from demo.disclosures import Manuscript
from demo.docx_parts import (
    FOOTNOTE_SEPARATORS,
    MAIN,
    app_properties,
    content_types,
    core_properties,
    document_relationships,
    numbering,
    package_relationships,
    settings,
    styles,
    template_relationship,
)
from demo.markup import Block, Span, notes_of
from demo.packages import XML_HEAD, escape, pack, quoteattr

PARAGRAPH_STYLES = {"heading": "Heading{level}", "quotation": "Quote", "bullet": "ListBullet", "numbered": "ListNumber"}


def write_docx(work: Manuscript) -> bytes:
    """The file's bytes; the same manuscript gives the same bytes."""
    notes = notes_of(work.blocks)
    lists = sum(_starts_list(work.blocks, index) for index in range(len(work.blocks)))
    parts = {
        "[Content_Types].xml": content_types(work),
        "_rels/.rels": package_relationships(),
        "docProps/core.xml": core_properties(work),
        "docProps/app.xml": app_properties(work),
        "word/document.xml": _document(work),
        "word/_rels/document.xml.rels": document_relationships(work),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(lists),
        "word/settings.xml": settings(work),
        "word/footnotes.xml": f"{XML_HEAD}<w:footnotes {MAIN}>{FOOTNOTE_SEPARATORS}{_footnotes(notes)}</w:footnotes>",
    }
    if work.properties.template:
        parts["word/_rels/settings.xml.rels"] = template_relationship(work.properties.template)
    if work.header:
        parts["word/header1.xml"] = f"{XML_HEAD}<w:hdr {MAIN}>{_paragraph(_run(work.header), 'Header')}</w:hdr>"
    if work.footer:
        parts["word/footer1.xml"] = f"{XML_HEAD}<w:ftr {MAIN}>{_paragraph(_run(work.footer), 'Footer')}</w:ftr>"
    if work.remark:
        parts["word/comments.xml"] = _comments(work)
    return pack(parts)


def _document(work: Manuscript) -> str:
    body = [_paragraph(_run(line), "TitlePage") for line in work.title_page]
    if work.title_page:
        body.append(_paragraph('<w:r><w:br w:type="page"/></w:r>'))
    if work.byline:
        body.append(_paragraph(_run(work.byline), "Byline"))
    note_number = list_number = 0
    last = len(work.blocks) - 1
    for index, block in enumerate(work.blocks):
        list_number += _starts_list(work.blocks, index)
        content = (
            _revised_runs(work, block, note_number)
            if work.revision and index == work.revised_block
            else _runs(block.spans, note_number)
        )
        note_number += sum(bool(span.note) for span in block.spans)
        if work.remark and index == work.revised_block:
            content = (
                f'<w:commentRangeStart w:id="0"/>{content}<w:commentRangeEnd w:id="0"/>'
                '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="0"/></w:r>'
            )
        if work.hidden and index == last:
            content += f"<w:r><w:rPr><w:vanish/></w:rPr>{_text(' ' + work.hidden)}</w:r>"
        style = PARAGRAPH_STYLES.get(block.kind, "").format(level=block.level)
        body.append(_paragraph(content, style, list_number + 1 if block.kind == "numbered" else 0))
    body.extend(_paragraph(_run(line), "Signature") for line in work.signature)
    header = '<w:headerReference w:type="default" r:id="rIdHeader"/>' if work.header else ""
    footer = '<w:footerReference w:type="default" r:id="rIdFooter"/>' if work.footer else ""
    page = (
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="709" w:footer="709" w:gutter="0"/>'
    )
    return (
        f"{XML_HEAD}<w:document {MAIN}><w:body>{''.join(body)}"
        f"<w:sectPr>{header}{footer}{page}</w:sectPr></w:body></w:document>"
    )


def _starts_list(blocks: tuple[Block, ...], index: int) -> bool:
    """Whether a numbered list begins at this block: its numbering starts anew."""
    return blocks[index].kind == "numbered" and (index == 0 or blocks[index - 1].kind != "numbered")


def _paragraph(content: str, style: str = "", list_number: int = 0) -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if list_number:
        properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list_number}"/></w:numPr>'
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def _text(text: str, element: str = "w:t") -> str:
    lines = [f'<{element} xml:space="preserve">{escape(line)}</{element}>' for line in text.split("\n")]
    return "<w:br/>".join(lines)


def _run(text: str, strong: bool = False, emphasis: bool = False) -> str:
    properties = ("<w:b/>" if strong else "") + ("<w:i/>" if emphasis else "")
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{_text(text)}</w:r>"


def _runs(spans: Iterable[Span], notes_before: int = 0) -> str:
    content = []
    for span in spans:
        if span.note:
            notes_before += 1
            content.append(
                '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
                f'<w:footnoteReference w:id="{notes_before}"/></w:r>'
            )
        else:
            content.append(_run(span.text, span.strong, span.emphasis))
    return "".join(content)


def _revised_runs(work: Manuscript, block: Block, notes_before: int) -> str:
    """The first paragraph with a tracked deletion and a tracked insertion; accepted, it reads as the essay does."""
    assert work.revision is not None
    *spans, last = block.spans
    kept, space, typed = last.text.rpartition(" ")
    change = f"w:author={quoteattr(work.revision.author)} w:date={quoteattr(_stamp(work.revision.at))}"
    before = _run(kept + space, last.strong, last.emphasis) if kept else ""
    removed = f"<w:r>{_text(work.revision.removed, 'w:delText')}</w:r>"
    return (
        f"{_runs(spans, notes_before)}{before}"
        f'<w:del w:id="901" {change}>{removed}</w:del>'
        f'<w:ins w:id="902" {change}>{_run(typed, last.strong, last.emphasis)}</w:ins>'
    )


def _footnotes(notes: Iterable[tuple[Span, ...]]) -> str:
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    return "".join(
        f'<w:footnote w:id="{number}">{_paragraph(mark + _run(" ") + _runs(note), "FootnoteText")}</w:footnote>'
        for number, note in enumerate(notes, start=1)
    )


def _comments(work: Manuscript) -> str:
    assert work.remark is not None
    remark = work.remark
    return (
        f"{XML_HEAD}<w:comments {MAIN}>"
        f'<w:comment w:id="0" w:author={quoteattr(remark.author)} w:date={quoteattr(_stamp(remark.at))}'
        f" w:initials={quoteattr(remark.initials)}>{_paragraph(_run(remark.text), 'CommentText')}</w:comment>"
        "</w:comments>"
    )


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
