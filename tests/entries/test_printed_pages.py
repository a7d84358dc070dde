"""Pages in print become a text that a person looks at; handwriting stays pictures."""

import pytest
from django.urls import reverse

from essays.entries import blinding
from tests.entries.picture_entries import sent_pictures, signed_in
from tests.factories.pictures import PRINTED, drawn_page, encoded, printed_page
from tests.factories.story import ContestOrganizerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("bare_machine")]

STUB = """#!/bin/sh
if [ "$1" = "--list-langs" ]; then echo 'List of available languages (2):'; echo rus; echo osd; exit 0; fi
cat > /dev/null
cat {table}
"""


def table(lines: tuple[str, ...], confidence: float) -> str:
    """What tesseract prints for these lines, each a paragraph; words are 9 pixels wide and high."""
    rows = ["level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"]
    rows += [
        f"5\t1\t1\t{par}\t1\t{at}\t{at * 10}\t{par * 100}\t9\t9\t{confidence}\t{word}"
        for par, line in enumerate(lines, start=1)
        for at, word in enumerate(line.split(), start=1)
    ]
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize(("confidence", "is_text"), [(95.5, True), (70.0, False)])
def test_print_becomes_a_text_that_a_person_looks_at_and_handwriting_stays_pictures(
    bare_machine, monkeypatch, confidence, is_text
):
    folder = bare_machine / "bin"
    folder.mkdir()
    (folder / "table").write_text(table(PRINTED, confidence), encoding="utf-8")
    (folder / "tesseract").write_text(STUB.replace("{table}", str(folder / "table")))
    (folder / "tesseract").chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")

    essay = sent_pictures(1)

    copy = essay.blind_copy
    assert copy.state == "held"
    assert ("read_from_picture" in copy.doubts, "pictures_unpainted" in copy.doubts) == (is_text, not is_text)
    assert ("[УЧАСТНИК]" in copy.text, "кухонным столом" in copy.text) == (is_text, is_text)
    assert "Ребрихина" not in copy.text
    # What was read for certain is painted to begin with: «Мария Ребрихина» and «девятом» of the third line.
    page = essay.pages.get()
    assert (page.revision, page.confirmed) == (0 if is_text else 1, False)
    assert page.places[:1] == ([] if is_text else [[462, 3721, 392, 170]])
    if is_text:
        # Read badly? Then judges get the pages.
        client = signed_in(ContestOrganizerFactory(contest=essay.entry.contest).user)
        where = [essay.entry.contest.slug, essay.entry.public_id, 1]
        offered = client.get(reverse("organizer_copy", args=where)).content.decode()
        client.post(reverse("organizer_pages_instead", args=where))
        blinding.blind(essay.pk)
        essay.refresh_from_db()
        assert reverse("organizer_pages_instead", args=where) in offered
        assert (essay.blind_copy.text, essay.blind_copy.doubts) == ("", ["pictures_unpainted"])


def test_words_broken_at_the_end_of_a_line_become_whole(bare_machine, monkeypatch):
    from essays.anonymity import ocr

    rows = [
        ("1", "Меня"),
        ("1", "зовут"),
        ("1", "Ребри-"),
        ("2", "хина"),
        ("2", "Мария-"),
        ("3", "Анна"),
        ("3", "Кто-то"),
    ]
    words = [ocr.Word(text, 95, (line,), ("1",)) for line, text in rows]

    assert list(ocr._paragraphs(words)) == ["Меня зовут Ребрихина Мария- Анна Кто-то"]


def test_a_real_printed_page_is_read_where_the_program_is_installed(monkeypatch):
    from essays.anonymity import ocr
    from essays.anonymity.reading.pictures import read_pages

    monkeypatch.undo()
    print_, hand = read_pages(printed_page(), "a.png").pages[0], read_pages(encoded(drawn_page()), "a.jpg").pages[0]
    document = ocr.Sheets([print_.jpeg]).text()

    # Where it is not installed, both stay pictures.
    assert (document.text.split("\n")[:1] if document else None) in (None, [PRINTED[0]])
    assert bool(document) == bool(ocr.languages())
    assert ocr.Sheets([hand.jpeg]).text() is None
