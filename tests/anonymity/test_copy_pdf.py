"""The PDF of a copy: the same bytes twice, only the code as metadata, nothing read as markup."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from essays.anonymity.copy_pdf import NoPages, copy_pdf
from essays.anonymity.document import (
    Document,
    Footnote,
    Heading,
    LineBreak,
    ListItem,
    NoteMark,
    Paragraph,
    Quote,
    Table,
    Tag,
    Text,
    Title,
)
from essays.anonymity.picture_pdf import pictures_pdf
from essays.anonymity.reading import read_bytes
from essays.anonymity.reading.pictures import encode
from tests.factories.pictures import drawn_page

COPY = Document(
    (
        Title((Text("Моё эссе"),)),
        Heading((Text("Глава"),), 4),
        Paragraph(
            (Text("Я, "), Tag("УЧАСТНИК"), Text(", верю", strong=True), LineBreak(), Text("в портал"), NoteMark(1))
        ),
        ListItem((Text("раз"),), ordered=True),
        ListItem((Text("два"),), ordered=True),
        Quote((Text("цитата"),)),
        Table((((Text("а"),), (Text("б"),)), ((Text("в"),),))),
        Paragraph((Text('#read("/etc/passwd") $x$ *y* _z_ \\ @a <b> // c'),)),
        Footnote((Text("сноска"),), 1),
    )
)


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_everything_of_the_copy_is_on_the_pages() -> None:
    shown = words_of(copy_pdf(COPY, "A-17"))

    for piece in (
        "A-17",
        "Моё эссе",
        "Глава",
        "Я, [УЧАСТНИК], верю",
        "в портал",
        "1. раз",
        "2. два",
        "цитата",
        "сноска",
    ):
        assert piece in shown
    assert '#read("/etc/passwd") $x$ *y* _z_ \\ @a <b> // c' in shown


def test_the_code_is_the_only_metadata_and_no_time_is_told() -> None:
    made = copy_pdf(COPY, "A-17")

    with pikepdf.open(io.BytesIO(made)) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        xmp = bytes(pdf.Root.Metadata.read_bytes()).decode() if "/Metadata" in pdf.Root else ""
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        embedded = [
            "FontFile" in str(f.DescendantFonts[0].FontDescriptor.keys()) for f in fonts if "/DescendantFonts" in f
        ]
    assert set(info) <= {"/Title", "/Creator", "/Producer"} and info["/Title"] == "A-17"
    assert "Date" not in xmp and "creator>" not in xmp
    assert embedded and all(embedded)
    assert copy_pdf(COPY, "A-17") == made


def test_a_copy_read_back_is_the_copy() -> None:
    document = Document(
        (Paragraph((Text("Первый абзац о портале и очереди в поликлинику."),)), Paragraph((Text("Второй."),)))
    )

    text = read_bytes(copy_pdf(document, "B-2"), "b.pdf").document.text

    assert "Первый абзац о портале и очереди в поликлинику." in text


@pytest.mark.parametrize("code", ["", " ", "a\nb", "\x00"])
def test_a_code_must_be_printable(code: str) -> None:
    with pytest.raises(ValueError, match="code"):
        copy_pdf(COPY, code)


def test_painted_pages_stand_on_sheets_of_their_own_byte_for_byte() -> None:
    pictures = [encode(drawn_page(size, seed=size[0])).jpeg for size in ((600, 800), (900, 400), (300, 1500))]

    made = pictures_pdf(pictures, "A-17", title="Моё эссе", line="Кто подал")

    with pikepdf.open(io.BytesIO(made)) as pdf:
        shown = [next(iter(page.get_images().values())).read_raw_bytes() for page in pdf.pages]
        boxes = {tuple(round(float(side)) for side in page.mediabox) for page in pdf.pages}
        assert dict(pdf.docinfo).keys() <= {"/Title", "/Creator"} and str(pdf.docinfo["/Title"]) == "A-17"
    assert (shown, boxes) == (pictures, {(0, 0, 595, 842)})
    words = words_of(made)
    assert "Моё эссе" in words and "Кто подал" in words and "3 / 3" in words and words.count("A-17") == 3
    assert made == pictures_pdf(pictures, "A-17", title="Моё эссе", line="Кто подал")


@pytest.mark.parametrize("pictures", [[], [b"no picture"], [encode(drawn_page()).jpeg + b"more"]])
def test_what_is_more_than_pixels_makes_no_pages(pictures: list[bytes]) -> None:
    with pytest.raises(NoPages):
        pictures_pdf(pictures, "A-17")
