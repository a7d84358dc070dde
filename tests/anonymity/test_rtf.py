"""RTF by destinations."""

from __future__ import annotations

import pytest

from essays.anonymity.document import Footnote, Heading, ListItem, NoteMark, Paragraph, Quote, Table, Text, Title
from essays.anonymity.reading import Unreadable, read_bytes

CANARY = "Kanareikina"
HEAD = r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset204 Times;}{\f1\fcharset0 Arial;}}{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}"


def rtf(body: str, *, after: str = "") -> bytes:
    return (HEAD + body + "}" + after).encode("cp1251")


def text(body: str, **options: str) -> str:
    return read_bytes(rtf(body, **options), "a.rtf").document.text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"Привет, мир\par Второй", "Привет, мир\nВторой"),
        (r"\'cf\'f0\'e8\'e2\'e5\'f2", "Привет"),
        (r"\u1055?\u1088?\u1080?", "При"),
        (r"\uc0\u1055\u1088\u1080", "При"),
        (r"\uc2\u1055\'cf\'cf\u1088\'cf\'cf", "Пр"),
        (r"\u-10179?\u-8704?\u1071?", "😀Я"),
        (r"a\emdash b\~c\_d\-e\{\}\\", "a—b c‑de{}\\"),
        (r"строка\line стих", "строка\nстих"),
        (r"\f1 caf\'e9", "café"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt ссылка}}", "ссылка"),
        (
            r"до{\shp{\*\shpinst\shpleft1{\sp{\sn a}{\sv b}}{\shptxt в рамке\par}}{\shprslt дважды}}после",
            "дов рамке\nпосле",
        ),
        (r"{\upr{раз}{\*\ud два}}", "раз"),
        (r"до\bin5 }}}}}после", "допосле"),
    ],
)
def test_text_is_read(body: str, expected: str) -> None:
    assert text(body) == expected


LEFT_OUT = {
    "R1 info": rf"{{\info{{\author {CANARY}}}{{\operator {CANARY}}}{{\*\company {CANARY}}}{{\title {CANARY}}}}}",
    "R1 revtbl": rf"{{\*\revtbl {{{CANARY};}}}}",
    "R1 userprops": rf"{{\*\userprops{{\propname x}}{{\staticval {CANARY}}}}}",
    "R1 docvar": rf"{{\*\docvar {{x}}{{{CANARY}}}}}",
    "R1 generator and template": rf"{{\*\generator {CANARY};}}{{\*\template {CANARY}}}",
    "R1 rsidtbl and xmlnstbl": rf"{{\*\rsidtbl {CANARY}}}{{\*\xmlnstbl {CANARY}}}",
    "R2 hidden": rf"{{\v {CANARY}}}",
    "R2 hidden among other words": rf"{{\b\v\i {CANARY}}}",
    "R2 deleted": rf"{{\deleted {CANARY}}}",
    "R2 white and tiny": rf"{{\cf2 {CANARY}}}{{\fs4 {CANARY}}}",
    "R2 unknown destinations": rf"{{\*\unknown {CANARY}}}{{\*\unknown{{\b {CANARY}}}}}",
    "R3 headers and footers": rf"{{\header {CANARY}}}{{\footerl {CANARY}}}{{\headerf\b {CANARY}}}",
    "R3 annotations": rf"{{\*\atnid {CANARY}}}{{\*\atnauthor {CANARY}}}{{\annotation {CANARY}}}{{\*\annotation {CANARY}}}",
    "R4 objects": rf"{{\object{{\*\objclass {CANARY}}}{{\*\objdata {CANARY}}}{{\result {CANARY}}}}}",
    "R4 pictures": rf"{{\pict {CANARY}}}{{\*\shppict{{\pict {CANARY}}}}}{{\nonshppict{{\pict {CANARY}}}}}",
    "field of a property": rf"{{\field{{\*\fldinst AUTHOR}}{{\fldrslt {CANARY}}}}}",
    "field with formatted instruction": rf"{{\field{{\*\fldinst {{\b DOCPROPERTY x}}}}{{\fldrslt {{\b {CANARY}}}}}}}",
    "bookmarks": rf"{{\*\bkmkstart {CANARY}}}{{\*\bkmkend {CANARY}}}",
    "style and list texts": rf"{{\stylesheet{{\s1 {CANARY};}}}}{{\listtext {CANARY}}}",
    "R6 uc and u": rf"\uc{len(CANARY)}\u1071{CANARY}",
    "R6 wrong bin": rf"{{\bin{len(CANARY)} {CANARY}}}",
}


@pytest.mark.parametrize("body", LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_is_not_the_essay_is_left_out(body: str) -> None:
    assert CANARY not in text(f"Эссе о портале {body} и дальше.")


def test_bytes_behind_the_last_brace_do_not_exist() -> None:
    assert text("Эссе", after=rf"{{\rtf1 {CANARY}}}{CANARY}") == "Эссе"


def test_properties_are_kept_for_the_self_attack_only() -> None:
    reading = read_bytes(rtf(rf"{{\info{{\author {CANARY}}}{{\*\company Школа}}}}Эссе"), "a.rtf")

    assert (reading.format, reading.metadata_strings, reading.document.text) == ("rtf", (CANARY, "Школа"), "Эссе")


def test_structure_is_kept() -> None:
    body = (
        r"\pard\outlinelevel0 Глава\par\pard Слово {\b жирное}{\i косое}{\footnote\pard {\chftn} сноска}\par"
        r"\trowd\intbl раз\cell два\cell\row\intbl три\cell четыре\cell\row\pard Конец\par"
    )

    assert read_bytes(rtf(body), "a.rtf").document.blocks == (
        Heading((Text("Глава"),), 1),
        Paragraph((Text("Слово "), Text("жирное", strong=True), Text("косое", emphasis=True), NoteMark(1))),
        Table((((Text("раз"),), (Text("два"),)), ((Text("три"),), (Text("четыре"),)))),
        Paragraph((Text("Конец"),)),
        Footnote((Text("сноска"),), 1),
    )


def test_styles_and_lists_are_told_by_the_style_sheet_and_the_marks() -> None:
    """As Word and LibreOffice write them: Word puts the mark before the paragraph's properties, LibreOffice behind."""
    body = (
        r"{\stylesheet{\s0 Normal;}{\s1\sbasedon0\outlinelevel0\b heading 1;}{\s2 Title;}{\s3\outlinelevel1 Part;}"
        rf"{{\s4 Intense Quote;}}{{\*\cs5 {CANARY};}}}}"
        r"\pard\plain\s2{\b Моё эссе}\par\pard\plain\s1 Глава\par\pard\s3 Часть\par\pard\s4 Цитата\par"
        rf"{{\listtext\pard\plain\s1 {CANARY}\'95\tab}}\pard\ls1\ilvl0 раз\par"
        r"\pard{\listtext\pard\plain 1.\tab}\ilvl1\ls2 два\par{\pntext\f2\'B7\tab}три\par\pard Конец\par"
    )

    assert read_bytes(rtf(body), "a.rtf").document.blocks == (
        Title((Text("Моё эссе"),)),
        Heading((Text("Глава"),), 1),
        Heading((Text("Часть"),), 2),
        Quote((Text("Цитата"),)),
        ListItem((Text("раз"),), ordered=False, level=1),
        ListItem((Text("два"),), ordered=True, level=2),
        ListItem((Text("три"),), ordered=False, level=2),
        Paragraph((Text("Конец"),)),
    )


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"{\\rtf1 " + b"{" * 100_000, {"too_complex"}),
        (b"{\\rtf1 \\bin2000000000 text}", {"damaged"}),
        (b"{\\rtf1 \\u9999999999 \\uc-5\\f999999999 }", {"no_text"}),
        (b"{\\rtf1 " + b"\\cell" * 300_000 + b"\\row}", {"no_text"}),
        (b"{\\rtf1 " + b"x\\cell\\row " * 20_000 + b"}", {"too_complex"}),
        (b"{\\rtf1 " + b"\\par a" * 60_000 + b"}", {"too_complex"}),
        (b"{\\rtf1}", {"no_text"}),
        (b"{\\rtf1 A text that was cut off in the mid", {"damaged"}),
    ],
)
def test_hostile_rtf_is_refused(content: bytes, codes: set[str]) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_bytes(content, "a.rtf")

    assert refusal.value.code in codes
