"""ODT: what must not come through, what must, and in which structure."""

from __future__ import annotations

import pytest

from essays.anonymity.document import Footnote, Heading, LineBreak, ListItem, NoteMark, Paragraph, Table, Text, Title
from essays.anonymity.reading import Reading, Unreadable, read_bytes
from tests.anonymity.builders import ODT_NAMESPACES, SAMPLE, odt

CANARY = "Канареева"


def read(content: bytes) -> Reading:
    return read_bytes(content, "эссе.odt")


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def style(name: str, properties: str, family: str = "text") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}"><style:text-properties {properties}/></style:style>'
    )


META = f"<office:document-meta {ODT_NAMESPACES}><office:meta><meta:initial-creator>{CANARY}</meta:initial-creator><meta:user-defined>{CANARY} 9А</meta:user-defined></office:meta></office:document-meta>"
HIDING_PLACES = {
    "O1 meta": odt(parts={"meta.xml": META}),
    "O2 settings": odt(
        parts={
            "settings.xml": f"<office:document-settings {ODT_NAMESPACES}><config:config-item config:name='PrinterName'>{CANARY}</config:config-item></office:document-settings>"
        }
    ),
    "O3 tracked deletion": odt(
        f"<text:tracked-changes><text:changed-region text:id='c1'><text:deletion><office:change-info><dc:creator>{CANARY}</dc:creator></office:change-info>{p(CANARY)}</text:deletion></text:changed-region></text:tracked-changes>{p(SAMPLE)}"
    ),
    "O3 annotation": odt(
        p(f"{SAMPLE}<office:annotation><dc:creator>{CANARY}</dc:creator>{p(CANARY)}</office:annotation>")
    ),
    "O4 thumbnail and scripts": odt(
        parts={"Thumbnails/thumbnail.png": CANARY, "Basic/Standard/m.xml": f"<m>{CANARY}</m>"}
    ),
    **{
        f"O5 {name}": odt(p(f"{SAMPLE}<text:{name}>{CANARY}</text:{name}>"))
        for name in (
            "author-name",
            "author-initials",
            "file-name",
            "creator",
            "initial-creator",
            "printed-by",
            "sender-lastname",
            "sender-firstname",
            "sender-email",
            "variable-get",
            "variable-set",
            "user-defined",
            "user-field-get",
            "script",
            "template-name",
            "subject",
            "keywords",
            "description",
            "database-display",
            "execute-macro",
        )
    },
    "O6 hidden text": odt(p(f"{SAMPLE}<text:hidden-text text:string-value='{CANARY}'>{CANARY}</text:hidden-text>")),
    "O6 hidden paragraph": odt(p(SAMPLE) + p(f"<text:hidden-paragraph text:is-hidden='true'/>{CANARY}")),
    "O6 hidden section": odt(p(SAMPLE) + f"<text:section text:display='none'>{p(CANARY)}</text:section>"),
    "O6 conditional section": odt(
        p(SAMPLE) + f"<text:section text:display='condition' text:condition='x'>{p(CANARY)}</text:section>"
    ),
    "O6 display none": odt(
        p(f"{SAMPLE}<text:span text:style-name='H'>{CANARY}</text:span>"), automatic=style("H", 'text:display="none"')
    ),
    "O6 white": odt(p(SAMPLE) + p(CANARY, "W"), automatic=style("W", 'fo:color="#ffffff"', "paragraph")),
    "O6 tiny": odt(
        p(f"{SAMPLE}<text:span text:style-name='T'>{CANARY}</text:span>"), automatic=style("T", 'fo:font-size="1pt"')
    ),
    "O7 headers and footers": odt(
        styles=f"<office:master-styles><style:master-page><style:header>{p(CANARY)}</style:header><style:footer>{p(CANARY)}</style:footer></style:master-page></office:master-styles>"
    ),
    "O8 drawing": odt(
        p(
            f"{SAMPLE}<draw:frame draw:name='{CANARY}'><draw:image xlink:href='{CANARY}.png'/><svg:title>{CANARY}</svg:title><svg:desc>{CANARY}</svg:desc></draw:frame>"
        )
    ),
    "O8 link": odt(p(f"<text:a xlink:href='https://vk.com/{CANARY}' office:title='{CANARY}'>{SAMPLE}</text:a>")),
    "O8 table name": odt(p(SAMPLE) + f"<table:table table:name='{CANARY}'/>"),
    "bookmark": odt(p(f"<text:bookmark text:name='{CANARY}'/>{SAMPLE}")),
    "A1 invisible letters": odt(p(SAMPLE + "\u200b\U000e0041\u202e")),
}


@pytest.mark.parametrize("content", HIDING_PLACES.values(), ids=HIDING_PLACES.keys())
def test_no_canary_comes_through(content: bytes) -> None:
    reading = read(content)

    assert CANARY not in reading.document.to_json()
    assert reading.document.text.strip() == SAMPLE


def test_metadata_are_kept_for_the_self_attack_only() -> None:
    assert read(HIDING_PLACES["O1 meta"]).metadata_strings == (CANARY, f"{CANARY} 9А")


def test_structure_is_kept() -> None:
    automatic = (
        style("B", 'fo:font-weight="bold"')
        + style("I", 'fo:font-style="italic"')
        + '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
        + '<text:list-style style:name="L"><text:list-level-style-number text:level="1"/><text:list-level-style-bullet text:level="2"/></text:list-style>'
    )
    body = (
        p("Название", "P1")
        + '<text:h text:outline-level="3">Глава</text:h>'
        + f'<text:list text:style-name="L"><text:list-item>{p("раз")}<text:list><text:list-item>{p("два")}</text:list-item></text:list></text:list-item></text:list>'
        + p(
            "<text:span text:style-name='B'>жирно</text:span><text:span text:style-name='I'>косо</text:span><text:line-break/>стих<text:s text:c='3'/>и"
        )
        + p(
            "Слово<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Сноска</text:p></text:note-body></text:note> дальше"
        )
        + f"<table:table><table:table-row><table:table-cell>{p('А')}{p('Б')}</table:table-cell><table:table-cell>{p('В')}</table:table-cell></table:table-row></table:table>"
    )

    document = read(odt(body, automatic=automatic)).document

    assert document.blocks == (
        Title((Text("Название"),)),
        Heading((Text("Глава"),), 3),
        ListItem((Text("раз"),), True, 1),
        ListItem((Text("два"),), False, 2),
        Paragraph((Text("жирно", strong=True), Text("косо", emphasis=True), LineBreak(), Text("стих   и"))),
        Paragraph((Text("Слово"), NoteMark(1), Text(" дальше"))),
        Table((((Text("А"), LineBreak(), Text("Б")), (Text("В"),)),)),
        Footnote((Text("Сноска"),), 1),
    )


def test_text_boxes_are_read_after_their_paragraph() -> None:
    body = p(f"До<draw:frame><draw:text-box>{p('В рамке')}</draw:text-box></draw:frame>") + p("После")

    assert read(odt(body)).document.text == "До\nВ рамке\nПосле"


def test_repeated_ids_are_forgiven_and_nothing_else() -> None:
    repeated = odt(f'<text:p xml:id="a">{SAMPLE}</text:p><text:list xml:id="a"/>')
    broken = odt(f'<text:p xml:id="a">{SAMPLE}</text:p><text:list xml:id="a"/><text:p>')

    assert read(repeated).document.text == SAMPLE
    with pytest.raises(Unreadable) as refusal:
        read(broken)
    assert refusal.value.code == "damaged"
