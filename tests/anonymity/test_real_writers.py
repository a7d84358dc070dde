"""One essay as LibreOffice and a browser write it: every format gives the same blocks, and nothing from beside the text.

The files under ``files/`` were written by LibreOffice 7.4, Chromium and ReportLab from an essay of ours.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from essays.anonymity.child import read_in_child
from essays.anonymity.document import Block, Heading, LineBreak, ListItem, Paragraph, Table, Text, Title
from essays.anonymity.reading import Reading

FILES = Path(__file__).with_name("files")
AUTHOR = "КАНАРЕЙКА"


def read(name: str) -> Reading:
    return read_in_child(FILES / name, name)


def outline(blocks: tuple[Block, ...]) -> list[str]:
    """Kinds of blocks with their beginnings."""
    lines = []
    for block in blocks:
        if isinstance(block, Table):
            cells = [["".join(piece.text for piece in cell) for cell in row] for row in block.rows]
            lines.append(f"table {cells}")
            continue
        mark = f"{type(block).__name__.lower()}"
        if isinstance(block, Heading | ListItem):
            mark += f" {block.level}"
        if isinstance(block, ListItem) and block.ordered:
            mark += " ordered"
        text = "".join(piece.text for piece in block.inlines).replace("\n", " / ")
        lines.append(f"{mark}: {text[:24]}")
    return lines


OUTLINE = [
    "heading 1: Как я записывалась к вра",
    "heading 2: Начало",
    "paragraph: Прошлой осенью мне понад",
    "paragraph: Второй абзац рассказывае",
    "heading 2: Что нужно сделать",
    "listitem 1: войти на портал",
    "listitem 1: выбрать врача",
    "listitem 2: по специальности",
    "listitem 2: по фамилии",
    "listitem 1 ordered: проверить время",
    "listitem 1 ordered: прийти с документом",
    "quote: Всё гениальное просто, г",
    "paragraph: Очередь была длинна, / Н",
    "table [['Раньше', 'Теперь'], ['три часа', 'пять минут']]",
    "heading 2: Вывод",
    "paragraph: Технологии не заменяют ч",
]


@pytest.mark.parametrize("name", ["libreoffice.docx", "libreoffice.odt", "libreoffice.rtf"])
def test_word_processors_tell_the_whole_structure(name: str) -> None:
    reading = read(name)

    assert outline(reading.document.blocks) == OUTLINE
    third = reading.document.blocks[2]
    assert isinstance(third, Paragraph)
    assert Text("первый шаг", emphasis=True) in third.inlines and Text("остальное", strong=True) in third.inlines
    assert AUTHOR not in reading.document.to_json()
    assert any(AUTHOR in string for string in reading.metadata_strings)


@pytest.mark.parametrize("name", ["libreoffice.pdf", "chromium.pdf"])
def test_pages_tell_paragraphs_headings_and_verse(name: str) -> None:
    document = read(name).document
    words = read("libreoffice.odt").document.text.split()

    assert isinstance(document.blocks[0], Title)
    assert document.text.split() == words
    verses = [block for block in document.blocks if isinstance(block, Paragraph) and LineBreak() in block.inlines]
    lines = ["Очередь была длинна,", "Но закончилась она:", "Вот экран и вот окошко,", "Подожди совсем немножко."]
    assert lines in [[piece.text for piece in one.inlines if isinstance(piece, Text)] for one in verses]
    headings = ["".join(piece.text for piece in one.inlines) for one in document.blocks if isinstance(one, Heading)]
    assert headings == ["Начало", "Что нужно сделать", "Вывод"]
    # What the browser prints around the page names a file and its folder.
    assert "file:" not in document.text and AUTHOR not in document.to_json()


def test_two_columns_with_a_name_at_the_head_of_every_page() -> None:
    document = read("two_columns.pdf").document

    assert len(document.blocks) == 31
    assert all(isinstance(block, Title | Paragraph) for block in document.blocks)
    assert "Щукозерова" not in document.text and "Страница" not in document.text
