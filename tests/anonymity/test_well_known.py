"""Who is well known by little, and whose names only look like it: each line has its near miss."""

from __future__ import annotations

import pytest

from essays.anonymity.document import paragraphs
from essays.anonymity.identity import Identity
from essays.anonymity.redaction import redact
from tests.anonymity.identities import PUPIL, copy


@pytest.mark.parametrize(
    ("stays", "hidden"),
    [
        # имя-отчество of a hero: nobody is called so, or the writer stands beside it.
        ("Акакий Акакиевич переписывал бумаги.", "Илья Ильич переписывал бумаги."),
        ("Гоголь описал Афанасия Ивановича.", "Нам помог Афанасий Иванович."),
        ("Ипполит Матвеевич искал стулья.", "Моя соседка Пелагея Егоровна искала стулья."),
        # A name that few have, in a comparison.
        ("Я чувствовал себя как Гамлет.", "Вечером пришёл Гамлет из моего класса."),
        # A full name that others have too: what he made is said.
        (
            "Иван Яковлев, создатель нашей азбуки, говорил о силе учения.",
            "Иван Яковлев, мой сосед, говорил о силе учения.",
        ),
        ("Виктор Глушков строил первые ЭВМ.", "Виктор Глушков занял нам очередь."),
        ("Макс Вебер видел в этом господство.", "Пётр Вебер видел в этом подвох."),
        # A surname alone: of one who is named by the given name first in the lists, or under a portrait.
        ("Адвокат говорил коротко; Плевако, наоборот, удлинил бы.", "Прабабка была Плевако."),
        ("Висел портрет, с которого улыбался Титов.", "К доске пошёл инспектор Титов."),
        # Streets, titles, feasts.
        ("Очередь стояла на улице Маркса.", "На улице Вадима ждала очередь."),
        ("Лермонтов в «Валерике» писал о войне.", "Мы писали «Валерику» о войне."),
        ("Прибавка пришла к Наурызу.", "Очередь занял Рамазан."),
    ],
)
def test_who_is_known_by_little(stays: str, hidden: str) -> None:
    kept, changed = copy(stays, PUPIL), copy(hidden, PUPIL)

    assert kept == stays
    assert changed != hidden


@pytest.mark.parametrize(
    "text",
    [
        "Роза Маленького принца была капризной.",
        "Пусть Кащей останется без кода.",
        "Некрасовский Мороз, Красный нос обходил владенья.",
        "Каюм Насыри, Йыван Кырла и Питирим Сорокин.",
        "Нюргун Боотур Стремительный скачет.",
        "Кодировка Юникода",
    ],
)
def test_heroes_and_teachers_of_the_peoples_stay(text: str) -> None:
    assert copy(text, PUPIL) == text


def _of(surname: str, given_name: str, text: str) -> str:
    return redact(paragraphs([text]), Identity(surname, given_name)).document.text


@pytest.mark.parametrize(
    ("surname", "given_name", "text", "expected"),
    [
        (
            "Есенина",
            "Ольга",
            "Сергей Есенин жил здесь. Есенин ненавидел бы анкеты. Мой брат Есенин рад, и Есенина рада.",
            "Сергей Есенин жил здесь. Есенин ненавидел бы анкеты. Мой брат [УЧАСТНИК] рад, и [УЧАСТНИК] рада.",
        ),
        (
            "Гоголь",
            "Пётр",
            "Николай Гоголь – это «Ревизор». Гоголь жёг рукописи. Гоголь, к доске! Гоголь пришёл в школу.",
            "Николай Гоголь – это «Ревизор». Гоголь жёг рукописи. [УЧАСТНИК], к доске! [УЧАСТНИК] пришёл в школу.",
        ),
        (
            "Цой",
            "Виктор",
            "Виктор Цой пел, что перемен требуют сердца. Виктор Цой открыл портал, и я обрадовался.",
            "Виктор Цой пел, что перемен требуют сердца. [УЧАСТНИК] открыл портал, и я обрадовался.",
        ),
        ("Невская", "Надежда", "Невский проспект и Невская", "Невский проспект и [УЧАСТНИК]"),
        ("Заяц", "Иван", "Мартовский Заяц и наш Заяц", "Мартовский Заяц и наш [УЧАСТНИК]"),
        (
            "Беда",
            "Савелий",
            "Друг в беде, яхта «Беда», и пришёл Беда.",
            "Друг в беде, яхта «Беда», и пришёл [УЧАСТНИК].",
        ),
        ("Петров", "Ян", "закон № 114-ФЗ. Петров пришёл", "закон № 114-ФЗ. [УЧАСТНИК] пришёл"),
    ],
)
def test_famous_bearers_of_the_authors_surname(surname: str, given_name: str, text: str, expected: str) -> None:
    assert _of(surname, given_name, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Звоните на +7 495 777-77-77.", "Звоните на +7 495 777-77-77."),
        ("Мы позвонили на горячую линию, +7 495 727-47-41.", "Мы позвонили на горячую линию, +7 495 727-47-41."),
        ("Звоните мне на +7 495 727-47-41.", "Звоните мне на [ТЕЛЕФОН]."),
        ("На горячей линии дали мой +7 913 727-47-41.", "На горячей линии дали мой [ТЕЛЕФОН]."),
    ],
)
def test_telephones_of_everybody(text: str, expected: str) -> None:
    assert copy(text, PUPIL) == expected
