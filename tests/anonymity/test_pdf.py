"""PDF: text that the page does not show does not exist; paragraphs and broken words are put together again."""

from __future__ import annotations

import io

import pikepdf
import pytest

from essays.anonymity.document import Footnote, Heading, LineBreak, ListItem, Paragraph, Table, Text, Title
from essays.anonymity.reading import Reading, Unreadable, read_bytes
from essays.anonymity.reading.hyphens import joint
from tests.anonymity.builders import pdf, raw_pdf, shown

CANARY = "CANARYNAME"
SAMPLE = "This essay tells about a public service on line."
SENTENCE = "Когда мне исполнилось четырнадцать лет, мы с мамой подали заявление на паспорт через портал государственных услуг. "


def read(content: bytes) -> Reading:
    return read_bytes(content, "эссе.pdf")


def with_pikepdf(change: object) -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw_pdf(shown(SAMPLE)))) as document:
        change(document)  # type: ignore[operator]
        document.save(output)
    return output.getvalue()


def properties(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = CANARY
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [CANARY]
    document.Root.PieceInfo = pikepdf.Dictionary(Private=pikepdf.String(CANARY))


def annotations(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.FreeText,
        Rect=[72, 600, 400, 640],
        Contents=pikepdf.String(CANARY),
        DA=pikepdf.String("/Helv 12 Tf 0 g"),
    )
    page.obj.Annots = document.make_indirect(pikepdf.Array([document.make_indirect(note)]))


def attachments(document: pikepdf.Pdf) -> None:
    document.attachments["name.txt"] = pikepdf.AttachedFileSpec(document, CANARY.encode(), filename=f"{CANARY}.txt")
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(CANARY))
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(CANARY, 0))


def forms_and_labels(document: pikepdf.Pdf) -> None:
    field = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            Rect=[72, 500, 300, 520],
            T=pikepdf.String(CANARY),
            V=pikepdf.String(CANARY),
            DA=pikepdf.String("/Helv 12 Tf 0 g"),
        )
    )
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), NeedAppearances=True)
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[72, 690, 300, 710],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(f"https://example.org/{CANARY}")),
    )
    document.pages[0].obj.Annots = pikepdf.Array([field, document.make_indirect(link)])
    label = pikepdf.Dictionary(P=pikepdf.String(CANARY), S=pikepdf.Name.D)
    document.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, label]))


def dates_and_ids(document: pikepdf.Pdf) -> None:
    document.docinfo["/CreationDate"] = f"D:20110307040506 {CANARY}"
    document.docinfo["/Producer"] = CANARY
    document.trailer.ID = pikepdf.Array([pikepdf.String(CANARY), pikepdf.String(CANARY)])
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font":
            item.BaseFont = pikepdf.Name(f"/{CANARY}+Helvetica")


def later_revision() -> bytes:
    """An earlier revision says the name, the later one does not."""
    first = raw_pdf(shown(CANARY))
    second = shown(SAMPLE)
    start = len(first)
    body = b"5 0 obj\n<< /Length %d >>\nstream\n" % len(second) + second + b"\nendstream\nendobj\n"
    xref = b"xref\n5 1\n%010d 00000 n \n" % start
    earlier = int(first.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    trailer = b"trailer << /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (earlier, start + len(body))
    return first + body + xref + trailer


def layered(default: str) -> bytes:
    content = shown(SAMPLE) + b"/OC /L1 BDC\n" + shown(CANARY, y=600) + b"EMC\n"
    layer = f"<< /Type /OCG /Name ({CANARY}) >>".encode()
    extra = f"/OCProperties << /OCGs [6 0 R] /D << {default} [6 0 R] >> >>"
    return raw_pdf(content, resources="/Properties << /L1 6 0 R >>", objects=(layer,), extra=extra)


def linearized(content: bytes) -> bytes:
    """With the first page in front, and an end mark in the midst of the file."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(output, linearize=True)
    return output.getvalue()


BOX = b"1 g 60 590 400 40 re f 0 g\n"
HIDING_PLACES = {
    "P1 properties": with_pikepdf(properties),
    "P1 dates, ID, names of fonts": with_pikepdf(dates_and_ids),
    "P2 annotation": with_pikepdf(annotations),
    "P2 forms, links, page labels": with_pikepdf(forms_and_labels),
    "P2 attachments, script, outline": with_pikepdf(attachments),
    "P3 earlier revision": later_revision(),
    "P4 render mode 3": raw_pdf(shown(SAMPLE) + shown(CANARY, y=600, before="3 Tr")),
    "P4 render mode 7": raw_pdf(shown(SAMPLE) + b"q\n" + shown(CANARY, y=600, before="7 Tr") + b"Q\n"),
    "P4 white": raw_pdf(shown(SAMPLE) + b"1 g\n" + shown(CANARY, y=600)),
    "P4 nearly white": raw_pdf(shown(SAMPLE) + b".97 g\n" + shown(CANARY, y=600)),
    "P4 tiny": raw_pdf(shown(SAMPLE) + shown(CANARY, y=600, size=1)),
    "P4 off the page": raw_pdf(shown(SAMPLE) + shown(CANARY, x=-900, y=600) + shown(CANARY, y=2000)),
    "P4 clipped": raw_pdf(shown(SAMPLE) + b"q 0 0 10 10 re W n\n" + shown(CANARY, y=600) + b"Q\n"),
    "P4 under a picture": raw_pdf(shown(SAMPLE) + shown(CANARY, y=600) + BOX),
    "P4 hidden layer": layered("/OFF"),
    "P4 replacement text": raw_pdf(
        f"/Span << /ActualText ({CANARY}) /Alt ({CANARY}) >> BDC\n".encode() + shown(SAMPLE) + b"EMC\n"
    ),
    "P5 white on a white box": raw_pdf(shown(SAMPLE) + BOX + b"1 g\n" + shown(CANARY, y=600)),
    "P5 transparent": raw_pdf(
        shown(SAMPLE) + b"/G gs\n" + shown(CANARY, y=600), resources="/ExtGState << /G << /ca 0 >> >>"
    ),
}


@pytest.mark.parametrize("content", HIDING_PLACES.values(), ids=HIDING_PLACES.keys())
def test_no_canary_comes_through(content: bytes) -> None:
    reading = read(content)

    assert CANARY not in reading.document.to_json()
    assert reading.document.text == SAMPLE


def test_a_shown_layer_is_read() -> None:
    assert CANARY in read(layered("/ON")).document.text


def test_metadata_are_kept_for_the_self_attack_only() -> None:
    assert CANARY in read(HIDING_PLACES["P1 properties"]).metadata_strings


def test_text_in_forms_is_read_and_checked_too() -> None:
    form = shown(SAMPLE) + shown(CANARY, y=600, before="3 Tr")
    stream = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Length %d >>\nstream\n"
        % len(form)
        + form
        + b"\nendstream"
    )

    assert read(raw_pdf(b"/X Do\n", resources="/XObject << /X 6 0 R >>", objects=(stream,))).document.text == SAMPLE


def test_structure_of_a_typeset_essay() -> None:
    markup = f"""= Госуслуги: мой опыт

{SENTENCE * 3}

#set par(first-line-indent: (amount: 1.25cm, all: true))
{SENTENCE * 2}

*Важно* знать, что _всё_ просто.

== Выводы

- первый пункт
- второй пункт
"""

    document = read(pdf(markup)).document

    assert document.blocks == (
        Title((Text("Госуслуги: мой опыт"),)),
        Paragraph((Text((SENTENCE * 3).strip()),)),
        Paragraph((Text((SENTENCE * 2).strip()),)),
        Paragraph((Text("Важно", strong=True), Text(" знать, что "), Text("всё", emphasis=True), Text(" просто."))),
        Heading((Text("Выводы"),), 2),
        ListItem((Text("первый пункт"),), False),
        ListItem((Text("второй пункт"),), False),
    )


def test_columns_are_read_one_after_the_other_with_broken_words_joined() -> None:
    markup = (
        "#set page(columns: 2, margin: 3cm)\n#set par(first-line-indent: (amount: 1cm, all: true))\n"
        "#set text(hyphenate: true)\n= Опыт\n" + SENTENCE * 12 + "\n\n" + SENTENCE * 30
    )

    assert read(pdf(markup)).document.text.split("\n") == ["Опыт", (SENTENCE * 12).strip(), (SENTENCE * 30).strip()]


def test_lines_of_verse_stay_lines() -> None:
    verse = "Очередь была длинна, \\\nНо закончилась она: \\\nВот экран и вот окошко."
    markup = f"{SENTENCE * 3}\n\n{verse}\n\n{SENTENCE * 3}\n\n{SENTENCE * 2}"

    blocks = read(pdf(markup)).document.blocks

    assert [type(block) for block in blocks] == [Paragraph] * 4
    assert blocks[1] == Paragraph(
        (
            Text("Очередь была длинна,"),
            LineBreak(),
            Text("Но закончилась она:"),
            LineBreak(),
            Text("Вот экран и вот окошко."),
        )
    )


def test_tables_are_rows_of_cells() -> None:
    table = "#table(columns: (5cm, 5cm), stroke: none, [Раньше], [Теперь], [три часа], [пять минут], [бумага], [экран])"

    blocks = read(pdf(f"{SENTENCE * 3}\n\n{table}\n\n{SENTENCE * 3}")).document.blocks

    rows = [("Раньше", "Теперь"), ("три часа", "пять минут"), ("бумага", "экран")]
    assert blocks[1] == Table(tuple(tuple((Text(cell),) for cell in row) for row in rows))
    assert len(blocks) == 3


def test_footnotes_are_told_from_the_text() -> None:
    text = f"{SENTENCE * 3}Щукозерова#footnote[Так звали мою бабушку.] помнит всё. {SENTENCE}"

    document = read(pdf(text)).document

    assert isinstance(document.blocks[-1], Footnote) and len(document.blocks) == 2
    assert document.blocks[-1] == Footnote((Text("Так звали мою бабушку."),), 1)
    # The number would make another word of the name.
    assert "Щукозерова помнит всё." in document.text


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("11/24/26, 8:24 AM Essay of CANARYNAME", "file:///C:/Users/CANARYNAME/essay.html 1/1"),
        ("CANARYNAME, 9A", "https://example.org/CANARYNAME 1/1"),
    ],
)
def test_what_a_browser_prints_around_a_page_is_left_out(head: str, foot: str) -> None:
    lines = b"".join(shown(SAMPLE, y=700 - 20 * n) for n in range(6))

    reading = read(raw_pdf(lines + shown(head, x=20, y=825, size=8) + shown(foot, x=20, y=12, size=8)))

    assert CANARY not in reading.document.text


def test_hyphenated_words_are_joined_and_real_hyphens_stay() -> None:
    markup = (
        "#set text(hyphenate: true)\n#set page(width: 9cm, height: 29cm)\n"
        + SENTENCE * 2
        + "Кто-то по-русски скажет из-за чего. " * 3
    )

    text = read(pdf(markup)).document.text

    assert text == (SENTENCE * 2 + "Кто-то по-русски скажет из-за чего. " * 3).strip()


def test_steps_that_follow_full_lines_begin_paragraphs_and_numbers_are_not_torn() -> None:
    steps = [f"Шаг {number}. {SENTENCE * 2}".strip() for number in range(1, 4)]
    markup = "#set par(justify: true)\n" + " #linebreak(justify: true) ".join(steps)

    assert read(pdf(markup)).document.text.split("\n") == steps
    assert joint("звоните 222-74-", "47; улыбаться") == (0, "")


def test_running_heads_and_page_numbers_are_left_out() -> None:
    markup = f'#set page(header: [{CANARY} 9А], numbering: "1")\n' + (SENTENCE * 8 + "\n\n") * 8

    text = read(pdf(markup)).document.text

    assert CANARY not in text
    assert text.split("\n") == [(SENTENCE * 8).strip()] * 8


def test_a_paragraph_goes_on_over_the_page() -> None:
    assert read(pdf(SENTENCE * 80)).document.text == (SENTENCE * 80).strip()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (raw_pdf(b""), "no_text"),
        (raw_pdf(shown("scan", before="3 Tr")), "no_text"),
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.7\n" + b"\x00garbage" * 100, "damaged"),
        (raw_pdf(shown(SAMPLE))[:300], "damaged"),
        (pdf(SENTENCE * 80)[:-20], "damaged"),
        (linearized(pdf(SENTENCE * 80))[:-4000], "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(content)

    assert refusal.value.code == code


def test_an_encrypted_file_is_refused() -> None:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw_pdf(shown(SAMPLE)))) as document:
        document.save(output, encryption=pikepdf.Encryption(owner="o", user="u"))

    with pytest.raises(Unreadable) as refusal:
        read(output.getvalue())

    assert refusal.value.code == "encrypted"


def test_russian_letters_under_latin_names_are_russian() -> None:
    font = b"/BaseFont /Helvetica /Encoding /WinAnsiEncoding"
    line = "Мой опыт получения услуги на портале, 2026".encode("cp1251")
    content = raw_pdf(b"BT /F1 12 Tf 72 700 Td (" + line + b") Tj ET\n").replace(b"/BaseFont /Helvetica", font)

    assert read(content).document.text == "Мой опыт получения услуги на портале, 2026"


def test_words_of_western_languages_keep_their_letters() -> None:
    font = b"/BaseFont /Helvetica /Encoding /WinAnsiEncoding"
    line = "Le garçon a été très étonné à l'école".encode("cp1252").replace(b"'", b" ")
    content = raw_pdf(b"BT /F1 12 Tf 72 700 Td (" + line + b") Tj ET\n").replace(b"/BaseFont /Helvetica", font)

    assert read(content).document.text.startswith("Le garçon a été très étonné")
