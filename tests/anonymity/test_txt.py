"""Plain text in the encodings that Russian files come in."""

from __future__ import annotations

import pytest

from essays.anonymity.document import ListItem, Paragraph, Text
from essays.anonymity.reading import Unreadable, read_bytes

ESSAY = (
    "Мой первый опыт получения электронной услуги случился прошлой осенью. Нужно было записаться к врачу, "
    "и мама попросила меня помочь.\n\nЯ открыл портал, нашёл поликлинику и выбрал время. Всё заняло пять минут!"
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866", "mac-cyrillic")


@pytest.mark.parametrize("encoding", ("cp1251", "koi8-r", "cp866"))
@pytest.mark.parametrize(
    "line", ("МОЙ ОПЫТ ПОЛУЧЕНИЯ УСЛУГ ЧЕРЕЗ ПОРТАЛ", "Слепота – правило, а не условие.", "заявка")
)
def test_short_texts_and_capitals_are_read(encoding: str, line: str) -> None:
    written = line if encoding == "cp1251" else line.replace("–", "-")

    assert read_bytes(written.encode(encoding), "a.txt").document.text == written


def test_ligatures_come_apart() -> None:
    assert read_bytes("The \ufb01rst o\ufb03ce".encode(), "a.txt").document.text == "The first office"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_common_encoding_is_read(encoding: str) -> None:
    assert read_bytes(ESSAY.encode(encoding), "a.txt").document.text == ESSAY.replace("\n\n", "\n")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", ["Привет", "Меня зовут Анна.", "ПРИВЕТ ВСЕМ ОТ КЛАССА", "Письмо о портале, 2026 год"])
def test_short_texts_are_read_too(text: str, encoding: str) -> None:
    if encoding in ("utf-16-le", "utf-16-be") and len(text) < 10:
        text = text + " " + text
    assert read_bytes(text.encode(encoding), "a.txt").document.text == text


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(newline: str) -> None:
    assert read_bytes(f"Первая{newline}Вторая".encode(), "a.txt").document.text == "Первая\nВторая"


def test_lists_are_recognised() -> None:
    document = read_bytes("План:\n\n1. начать\n2. закончить\n\n• так".encode(), "a.txt").document

    assert document.blocks == (
        Paragraph((Text("План:"),)),
        ListItem((Text("начать"),), True),
        ListItem((Text("закончить"),), True),
        ListItem((Text("так"),), False),
    )


def test_verse_keeps_its_lines() -> None:
    assert (
        read_bytes("Буря мглою\nнебо кроет\n\nВихри".encode(), "a.txt").document.text == "Буря мглою\nнебо кроет\nВихри"
    )


def test_invisible_characters_are_removed() -> None:
    content = "Ива\u200bно\u00adва\u202e\U000e0041\ufeff и\u0306".encode()

    assert read_bytes(content, "a.txt").document.text == "Иванова й"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b"  \n\r\n\t ", "a.txt", "empty"),
        (b"\xef\xbb\xbf", "a.txt", "empty"),
        (b"\x00" * 100, "a.txt", "empty"),
        ("\u200b\u00ad".encode(), "a.txt", "no_text"),
        (b"%PDF-1.7 text", "a.txt", "type_mismatch"),
        (b"PK\x03\x04 text", "a.txt", "type_mismatch"),
        (b"{\\rtf1 text}", "a.txt", "type_mismatch"),
        (b"<!DOCTYPE html><p>text", "a.txt", "type_mismatch"),
        (b"\x89PNG\r\n\x1a\n text", "a.txt", "type_mismatch"),
        (b"text \x01\x00\x02\x80\x90 text", "a.txt", "type_mismatch"),
        ("текст".encode(), "a.exe", "unsupported"),
        ("текст".encode(), "a.doc", "type_mismatch"),
        ("текст".encode(), "a.rtf", "type_mismatch"),
        ("текст".encode(), "без расширения", "unsupported"),
        ("текст".encode(), "a.docx", "type_mismatch"),
        ("текст".encode(), "a.odt", "type_mismatch"),
        ("текст".encode(), "a.pdf", "type_mismatch"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, name: str, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_bytes(content, name)

    assert refusal.value.code == code


def test_words_broken_at_the_ends_of_wrapped_lines_are_joined() -> None:
    lines = [
        "Прошлой осенью мне понадобилось записаться к врачу, и мама предложи-",
        "ла воспользоваться порталом государственных услуг, потому что кто-",
        "то из соседей рассказал ей, как это просто, и показал, с чего на-",
        "чать.",
    ]

    text = read_bytes(("Заголовок\n\n" + "\n".join(lines)).encode(), "a.txt").document.text

    assert text == (
        "Заголовок\nПрошлой осенью мне понадобилось записаться к врачу, и мама предложила воспользоваться порталом "
        "государственных услуг, потому что кто-то из соседей рассказал ей, как это просто, и показал, с чего начать."
    )
