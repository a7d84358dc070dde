"""Invented people and schools of the tests."""

from __future__ import annotations

from datetime import date

from essays.anonymity.document import paragraphs
from essays.anonymity.identity import Identity, Institution, Person
from essays.anonymity.redaction import Redacted, redact

PUPIL = Identity(
    surname="Иванова",
    given_name="Анна",
    patronymic="Сергеевна",
    birth_date=date(2010, 5, 12),
    institution=Institution(
        "МБОУ «Ребрихинская средняя общеобразовательная школа»",
        "МБОУ «Ребрихинская СОШ»",
        "Ребрихинский район",
        "с. Ребриха",
    ),
    course="9 «А»",
    email="anya.ivanova10@example.org",
    phone="+7 (913) 123-45-67",
    mentor=Person("Петрова", "Марина", "Ивановна"),
    guardian=Person("Иванова", "Елена", "Петровна"),
)
CITY_PUPIL = Identity(
    surname="Волков",
    given_name="Илья",
    patronymic="Олегович",
    birth_date=date(2009, 1, 3),
    institution=Institution(
        "МАОУ «СОШ № 12 имени Героя России И. И. Сидорова» г. Барнаула", "СОШ № 12", "Барнаул", "Барнаул"
    ),
    course="10 Б",
)
COLLEGE_STUDENT = Identity(
    surname="Ким",
    given_name="Ян",
    institution=Institution("КГБПОУ «Барнаульский государственный педагогический колледж имени В. К. Штильке»", "БГПК"),
    course="2 курс, группа ИС-21",
)
STUDENT = Identity(
    surname="Белых",
    given_name="Мария",
    institution=Institution(
        "ФГБОУ ВО «Алтайский государственный технический университет им. И. И. Ползунова»", "АлтГТУ"
    ),
    course="3 курс",
)


def redacted(text: str, identity: Identity = PUPIL) -> Redacted:
    return redact(paragraphs(text.split("\n")), identity)


def copy(text: str, identity: Identity = PUPIL) -> str:
    """The text of the blind copy."""
    return redacted(text, identity).document.text
