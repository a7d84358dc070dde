"""Whole essays: title pages, bylines, split runs; the self-attack and the HTML."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from essays.anonymity.document import (
    Document,
    Footnote,
    Heading,
    LineBreak,
    ListItem,
    NoteMark,
    Paragraph,
    Table,
    Tag,
    Text,
    Title,
)
from essays.anonymity.identity import Identity, IdentityError
from essays.anonymity.redaction import redact
from essays.anonymity.rendering import to_html
from essays.anonymity.selfattack import find_leaks
from tests.anonymity.identities import CITY_PUPIL, PUPIL, copy, redacted

ESSAY = """МУНИЦИПАЛЬНОЕ БЮДЖЕТНОЕ ОБЩЕОБРАЗОВАТЕЛЬНОЕ УЧРЕЖДЕНИЕ
«РЕБРИХИНСКАЯ СРЕДНЯЯ ОБЩЕОБРАЗОВАТЕЛЬНАЯ ШКОЛА»
РЕБРИХИНСКОГО РАЙОНА АЛТАЙСКОГО КРАЯ
Эссе «Моя первая электронная услуга»
Выполнила: ученица 9 «А» класса
Иванова Анна Сергеевна
Учитель русского языка и литературы:
Сидорова Ольга Викторовна
с. Ребриха, 2026
Прошлой осенью моя бабушка Нина Петровна попросила: «Анечка, запиши меня к врачу». Я открыла портал Госуслуг, выбрала поликлинику и время. Ольга Викторовна потом сказала, что это и есть взрослая жизнь. Мы в Ребрихинской школе даже поспорили об этом.
Лев Толстой писал о пользе труда, а вера в лучшее не покидала меня. Закон № 210-ФЗ от 27.07.2010 говорит об услугах, а телефон 8-800-100-70-10 отвечает на вопросы.
Иванова А. С., тел. 89131234567, anya.ivanova10@example.org"""

COPY = """[ШКОЛА]
Эссе «Моя первая электронная услуга»
Выполнила: ученица [КЛАСС]
[УЧАСТНИК]
Учитель русского языка и литературы:
[ПЕДАГОГ]
[МЕСТО], 2026
Прошлой осенью моя бабушка [БАБУШКА] попросила: «[УЧАСТНИК], запиши меня к врачу». Я открыла портал Госуслуг, выбрала поликлинику и время. [ПЕДАГОГ] потом сказала, что это и есть взрослая жизнь. Мы в [ШКОЛА] даже поспорили об этом.
Лев Толстой писал о пользе труда, а вера в лучшее не покидала меня. Закон № 210-ФЗ от 27.07.2010 говорит об услугах, а телефон 8-800-100-70-10 отвечает на вопросы.
[УЧАСТНИК], тел. [ТЕЛЕФОН], [ПОЧТА]"""


def test_a_whole_essay_with_a_title_page() -> None:
    result = redacted(ESSAY)

    assert result.document.text == COPY
    assert (result.confident, result.warnings) == (True, ())
    assert find_leaks(to_html(result.document), PUPIL, ["Иванова Анна", "МБОУ Ребрихинская СОШ"]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Выполнила: Петухова Дарья", "Выполнила: [УЧАСТНИК]"),
        ("Автор работы: Сидоров П. П.", "Автор работы: [УЧАСТНИК]"),
        ("Руководитель: Кузнецова Е. В., учитель", "Руководитель: [ПЕДАГОГ], учитель"),
        ("Научный руководитель\nКузнецова Елена Викторовна", "Научный руководитель\n[ПЕДАГОГ]"),
        (
            "Моя учительница Светлана Юрьевна помогла. Светлане Юрьевне спасибо.",
            "Моя учительница [ПЕДАГОГ] помогла. [ПЕДАГОГ] спасибо.",
        ),
        ("Класс: 9А", "Класс: [КЛАСС]"),
    ],
)
def test_bylines_are_hidden_whatever_the_application_says(text: str, expected: str) -> None:
    assert copy(text, CITY_PUPIL) == expected


def test_names_are_found_over_runs_split_anywhere() -> None:
    document = Document(
        (Paragraph((Text("Я Ив"), Text("ано", strong=True), Text("ва Ан"), Text("на", emphasis=True), Text("."))),)
    )

    assert redact(document, PUPIL).document.blocks == (Paragraph((Text("Я "), Tag("УЧАСТНИК"), Text("."))),)


def test_structure_around_hidden_places_is_kept() -> None:
    document = Document(
        (
            Title((Text("Эссе"),)),
            Heading((Text("Глава Анны"),), 2),
            ListItem((Text("Иванова"),), True),
            Table((((Text("Автор"),), (Text("Иванова А. С."),)),)),
            Paragraph((Text("см."), NoteMark(1))),
            Footnote((Text("Аня"),), 1),
        )
    )
    tag = Tag("УЧАСТНИК")

    assert redact(document, PUPIL).document == Document(
        (
            Title((Text("Эссе"),)),
            Heading((Text("Глава "), tag), 2),
            ListItem((tag,), True),
            Table((((Text("Автор"),), (tag,)),)),
            Paragraph((Text("см."), NoteMark(1))),
            Footnote((tag,), 1),
        )
    )


def test_the_same_input_gives_the_same_copy() -> None:
    assert to_html(redacted(ESSAY).document) == to_html(redacted(ESSAY).document)


def test_redacting_a_copy_again_changes_nothing() -> None:
    once = redacted(ESSAY).document

    assert redact(once, PUPIL).document == once


MONOTONOUS = """
import resource, sys
sys.path.insert(0, sys.argv[1])
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
from tests.anonymity.identities import redacted
for text in (
    "а" * 10_000, "a." * 4_000, "А. " * 2_500, "школа " * 2_000, "МБОУ " * 2_000, "Иванова А. " * 2_000, "учитель " * 1_500,
    "9 " * 4_000, "«" * 4_000, "И в а н о в а " * 2_000, "vk.com/" * 1_500, "a@" * 4_000, "1" * 10_000, "а-" * 4_000,
):
    redacted(text)
print("all")
"""


def test_monotonous_texts_do_not_hold_the_worker_up() -> None:
    """Within a limit of processor time that work with the square of the length would exceed many times over."""
    root = str(Path(__file__).resolve().parents[2])

    done = subprocess.run([sys.executable, "-c", MONOTONOUS, root], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.strip()) == (0, "all")


@pytest.mark.parametrize(
    "text",
    [
        "Иванова",
        "ИВАНОВОЙ",
        "И в а н о в а",
        "Ivanova",
        "Ивaнoва",
        "Ива\u200bнова",
        "Ива-\nнова",
        "Анна Сергеевна",
        "говорит Анна",
        "Анечка",
        "anya.ivanova10@example.org",
        "8 (913) 123-45-67",
        "МБОУ «Ребрихинская СОШ»",
        "12.05.2010",
        "Петровой М.",
        "<p>Ива<b>нова</b></p>",
        '<p title="Иванова">x</p>',
        "<p>&#1048;ванова</p>",
        "<!-- Иванова --><p>x</p>",
        "<p>сохранил Кот Матроскин</p>",
        "текст <a Иванова> текст",
        "текст <a Иванова",
    ],
)
def test_the_self_attack_finds_what_was_forgotten(text: str) -> None:
    assert find_leaks(text, PUPIL, ["Кот Матроскин"]) != []


@pytest.mark.parametrize(
    "text",
    [
        COPY,
        "Анна Ахматова писала стихи.",
        "Иванушка и ива новая",
        "Марина спела песню.",
        "Закон от 27.07.2010 № 210-ФЗ",
        "Вот школа № 5.",
        "Или они, или мы. Она пришла.",
        "Иваново и Петровка",
        "Госуслуги работают",
    ],
)
def test_the_self_attack_is_silent_on_clean_text(text: str) -> None:
    assert find_leaks(text, PUPIL, ["Microsoft Office User", "user", "Госуслуги"]) == []


def test_html_is_escaped_and_known() -> None:
    document = Document(
        (
            Title((Text("<script>alert(1)</script>"),)),
            Heading((Text("Глава"),), 1),
            Paragraph((Text("a & b", strong=True), LineBreak(), Text("c", emphasis=True), NoteMark(1), Tag("ШКОЛА"))),
            ListItem((Text("раз"),), False, 1),
            ListItem((Text("два"),), True, 2),
            ListItem((Text("три"),), False, 1),
            Table((((Text("я"),),),)),
            Footnote((Text("сноска"),), 1),
        )
    )

    assert to_html(document) == (
        "<h2>&lt;script&gt;alert(1)&lt;/script&gt;</h2>\n<h3>Глава</h3>\n"
        '<p><strong>a &amp; b</strong><br><em>c</em><sup><a id="note-mark-1" href="#note-1" role="doc-noteref">1</a></sup>'
        '<span class="role-tag">[ШКОЛА]</span></p>\n'
        "<ul><li>раз<ol><li>два</li></ol></li><li>три</li></ul>\n"
        "<table><tbody><tr><td>я</td></tr></tbody></table>\n"
        '<section class="footnotes" role="doc-endnotes"><ol><li id="note-1" value="1"><p>сноска '
        '<a href="#note-mark-1" role="doc-backlink">↩</a></p></li></ol></section>'
    )


def test_an_identity_goes_there_and_back() -> None:
    assert Identity.from_dict(PUPIL.to_dict()) == PUPIL


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "surname"),
        ({"surname": "И"}, "given_name"),
        ({"surname": 5.5, "given_name": "А"}, "surname"),
        ({"surname": "И", "given_name": "А", "birth_date": "вчера"}, "birth_date"),
        ({"surname": "И", "given_name": "А", "institution": 5}, "institution"),
        ({"surname": "И", "given_name": "А", "mentor": "Петрова"}, "mentor"),
        ({"surname": "И" * 2000, "given_name": "А"}, "surname"),
    ],
)
def test_a_wrong_identity_names_its_field(data: dict[str, object], field: str) -> None:
    with pytest.raises(IdentityError, match=field):
        Identity.from_dict(data)
