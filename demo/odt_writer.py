"""ODT by hand: a small but whole OpenDocument text, with everything that gives an author away. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from demo.disclosures import Manuscript
from demo.markup import Block, Span
from demo.odt_parts import MANIFEST, MIME_TYPE, NAMESPACES, VERSION, meta, settings, styles
from demo.packages import XML_HEAD, escape, pack

PARAGRAPH_STYLES = {"paragraph": "Standard", "quotation": "Quotations", "bullet": "Standard", "numbered": "Standard"}
LIST_STYLES = {"bullet": "LBullet", "numbered": "LNumber"}
SPAN_STYLES = {(True, False): "TStrong", (False, True): "TEmphasis", (True, True): "TBoth"}

AUTOMATIC_STYLES = (
    '<style:style style:name="TStrong" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="TEmphasis" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="TBoth" style:family="text">'
    '<style:text-properties fo:font-weight="bold" fo:font-style="italic"/></style:style>'
    '<style:style style:name="THidden" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="PFirst" style:family="paragraph" style:parent-style-name="Standard">'
    '<style:paragraph-properties fo:break-before="page"/></style:style>'
    '<text:list-style style:name="LBullet"><text:list-level-style-bullet text:level="1" text:bullet-char="–">'
    '<style:list-level-properties text:space-before="1.25cm" text:min-label-width="0.6cm"/>'
    "</text:list-level-style-bullet></text:list-style>"
    '<text:list-style style:name="LNumber">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix=".">'
    '<style:list-level-properties text:space-before="1.25cm" text:min-label-width="0.6cm"/>'
    "</text:list-level-style-number></text:list-style>"
)


def write_odt(work: Manuscript) -> bytes:
    """The file's bytes; the same manuscript gives the same bytes."""
    parts = {
        "mimetype": MIME_TYPE,
        "content.xml": _content(work),
        "styles.xml": styles(work),
        "meta.xml": meta(work),
        "settings.xml": settings(work),
        "META-INF/manifest.xml": MANIFEST,
    }
    return pack(parts, stored=("mimetype",))


def _content(work: Manuscript) -> str:
    body = [f'<text:p text:style-name="TitlePage">{_text(line)}</text:p>' for line in work.title_page]
    if work.title_page:
        body.append('<text:p text:style-name="PFirst"/>')
    if work.byline:
        body.append(f'<text:p text:style-name="Byline">{_text(work.byline)}</text:p>')
    body.extend(_body(work))
    body.extend(f'<text:p text:style-name="Signed">{_text(line)}</text:p>' for line in work.signature)
    return (
        f"{XML_HEAD}<office:document-content {NAMESPACES} {VERSION}>"
        f"<office:automatic-styles>{AUTOMATIC_STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{_tracked_changes(work)}{''.join(body)}</office:text></office:body>"
        "</office:document-content>"
    )


def _body(work: Manuscript) -> Iterator[str]:
    notes = NoteCounter()
    last = len(work.blocks) - 1
    for kind, group in groupby(enumerate(work.blocks), key=lambda pair: pair[1].kind):
        elements = []
        for index, block in group:
            content = _inline(work, index, block, notes)
            if work.hidden and index == last:
                content += f'<text:span text:style-name="THidden"> {escape(work.hidden)}</text:span>'
            elements.append(_block(block, content))
        if kind in LIST_STYLES:
            items = "".join(f"<text:list-item>{element}</text:list-item>" for element in elements)
            yield f'<text:list text:style-name="{LIST_STYLES[kind]}">{items}</text:list>'
        else:
            yield from elements


def _block(block: Block, content: str) -> str:
    if block.kind == "heading":
        style = f'text:style-name="Heading_20_{block.level}" text:outline-level="{block.level}"'
        return f"<text:h {style}>{content}</text:h>"
    return f'<text:p text:style-name="{PARAGRAPH_STYLES[block.kind]}">{content}</text:p>'


class NoteCounter:
    """Numbers footnotes through the whole text."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> int:
        self.count += 1
        return self.count


def _inline(work: Manuscript, index: int, block: Block, notes: NoteCounter) -> str:
    if index != work.revised_block:
        return _spans(block.spans, notes)
    remark = _annotation(work) if work.remark else ""
    if not work.revision:
        return remark + _spans(block.spans, notes)
    *spans, last = block.spans
    kept, space, typed = last.text.rpartition(" ")
    before = _span(last, kept + space) if kept else ""
    return (
        f'{remark}{_spans(spans, notes)}{before}<text:change text:change-id="ct901"/>'
        f'<text:change-start text:change-id="ct902"/>{_span(last, typed)}<text:change-end text:change-id="ct902"/>'
    )


def _text(text: str) -> str:
    return escape(text).replace("\n", "<text:line-break/>")


def _span(span: Span, text: str) -> str:
    style = SPAN_STYLES.get((span.strong, span.emphasis))
    return f'<text:span text:style-name="{style}">{_text(text)}</text:span>' if style else _text(text)


def _spans(spans: Iterable[Span], notes: NoteCounter) -> str:
    content = []
    for span in spans:
        if span.note:
            number = notes()
            content.append(
                f'<text:note text:id="ftn{number}" text:note-class="footnote">'
                f"<text:note-citation>{number}</text:note-citation><text:note-body>"
                f'<text:p text:style-name="Footnote">{_spans(span.note, notes)}</text:p></text:note-body></text:note>'
            )
        else:
            content.append(_span(span, span.text))
    return "".join(content)


def _annotation(work: Manuscript) -> str:
    assert work.remark is not None
    remark = work.remark
    return (
        f"<office:annotation><dc:creator>{escape(remark.author)}</dc:creator><dc:date>{_stamp(remark.at)}</dc:date>"
        f"<text:p>{_text(remark.text)}</text:p></office:annotation>"
    )


def _tracked_changes(work: Manuscript) -> str:
    """What was deleted lives here in full; what was inserted is marked in the text."""
    if not work.revision:
        return ""
    who = (
        f"<office:change-info><dc:creator>{escape(work.revision.author)}</dc:creator>"
        f"<dc:date>{_stamp(work.revision.at)}</dc:date></office:change-info>"
    )
    return (
        "<text:tracked-changes>"
        f'<text:changed-region xml:id="ct901" text:id="ct901"><text:deletion>{who}'
        f'<text:p text:style-name="Standard">{_text(work.revision.removed)}</text:p></text:deletion></text:changed-region>'
        f'<text:changed-region xml:id="ct902" text:id="ct902"><text:insertion>{who}</text:insertion></text:changed-region>'
        "</text:tracked-changes>"
    )


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}"
