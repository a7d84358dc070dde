"""The author's institution in official, short, numbered and colloquial form, and what is not it."""

from __future__ import annotations

import pytest

from essays.anonymity.identity import Identity, Institution
from tests.anonymity.identities import CITY_PUPIL, COLLEGE_STUDENT, PUPIL, STUDENT, copy


@pytest.mark.parametrize(
    ("identity", "text", "expected"),
    [
        (PUPIL, "ученица МБОУ «Ребрихинская СОШ», село", "ученица [ШКОЛА], село"),
        (
            PUPIL,
            "МБОУ «Ребрихинская средняя общеобразовательная школа» Ребрихинского района Алтайского края",
            "[ШКОЛА]",
        ),
        (PUPIL, 'МБОУ "Ребрихинская СОШ"', "[ШКОЛА]"),
        (PUPIL, "в Ребрихинской школе и в ребрихинской средней школе", "в [ШКОЛА] и в [ШКОЛА]"),
        (PUPIL, "в школе села Ребриха", "в [ШКОЛА]"),
        (PUPIL, "в Ребрихинской средней общеобразовательной школе", "в [ШКОЛА]"),
        (
            PUPIL,
            "муниципальное бюджетное общеобразовательное учреждение «Ребрихинская средняя общеобразовательная школа»",
            "[ШКОЛА]",
        ),
        (
            CITY_PUPIL,
            "школа № 12, школе №12 и школы 12",
            "[ШКОЛА], [ШКОЛА] и [ШКОЛА]".replace("[ШКОЛА], [ШКОЛА]", "[ШКОЛА]"),
        ),
        (CITY_PUPIL, "СОШ № 12; СОШ-12; СОШ12", "[ШКОЛА]; [ШКОЛА]; [ШКОЛА]"),
        (CITY_PUPIL, "в 12-й школе, из 12 школы", "в [ШКОЛА], из [ШКОЛА]"),
        (CITY_PUPIL, "в двенадцатой школе", "в [ШКОЛА]"),
        (CITY_PUPIL, "школа номер двенадцать", "[ШКОЛА]"),
        (CITY_PUPIL, "в школе имени Сидорова", "в [ШКОЛА]"),
        (CITY_PUPIL, "МБОУ СОШ № 12 г. Барнаула", "[ШКОЛА]"),
        (CITY_PUPIL, "МАОУ «СОШ № 12 имени Героя России И. И. Сидорова» города Барнаула", "[ШКОЛА]"),
        (COLLEGE_STUDENT, "в Барнаульском государственном педагогическом колледже имени В. К. Штильке", "в [КОЛЛЕДЖ]"),
        (COLLEGE_STUDENT, "наш БГПК лучший", "наш [КОЛЛЕДЖ] лучший"),
        (
            COLLEGE_STUDENT,
            "в Барнаульском педагогическом колледже, в барнаульском педколледже",
            "в [КОЛЛЕДЖ], в [КОЛЛЕДЖ]",
        ),
        (STUDENT, "в Алтайском государственном техническом университете", "в [ВУЗ]"),
        (STUDENT, "АлтГТУ, АГТУ и политех", "[ВУЗ] и [ВУЗ]"),
        (STUDENT, "ФГБОУ ВО «Алтайский государственный технический университет им. И. И. Ползунова»", "[ВУЗ]"),
    ],
)
def test_the_institution_is_hidden_in_every_form(identity: Identity, text: str, expected: str) -> None:
    assert copy(text, identity) == expected


@pytest.mark.parametrize(
    "text", ["МКОУ «Усть-Калманская СОШ»", "КГБПОУ «Бийский медицинский колледж»", "МАОУ «Гимназия № 42»"]
)
def test_any_institution_with_its_legal_form_is_hidden(text: str) -> None:
    assert copy(text) in ("[ШКОЛА]", "[КОЛЛЕДЖ]")


@pytest.mark.parametrize(
    ("identity", "text"),
    [
        (PUPIL, "наша школа хорошая, и школьный портал тоже"),
        (PUPIL, "музыкальная школа № 2 города Бийска"),
        (PUPIL, "В Ребрихе красиво, администрация Ребрихинского района помогла."),
        (PUPIL, "МФЦ, Госуслуги, Пенсионный фонд и Министерство образования"),
        (CITY_PUPIL, "школа № 5 и школа № 112"),
        (CITY_PUPIL, "мне 12 лет, в школе 12 кабинетов, 12 человек"),
        (CITY_PUPIL, "Барнаул — красивый город. Школы в Барнауле разные."),
        (COLLEGE_STUDENT, "мой колледж и барнаульские школы"),
        (STUDENT, "Алтайский край, университет, Алтайский государственный университет"),
        (STUDENT, "И. И. Ползунов изобрёл паровую машину."),
    ],
)
def test_what_is_not_the_institution_stays(identity: Identity, text: str) -> None:
    assert copy(text, identity) == text


@pytest.mark.parametrize(
    ("identity", "text", "expected"),
    [
        (PUPIL, "Я учусь в 9 классе", "Я учусь в [КЛАСС]"),
        (PUPIL, "ученица 9 «А» класса, 9«А», 9А, 9-А класс", "ученица [КЛАСС]"),
        (PUPIL, "в девятом классе; девятиклассница", "в [КЛАСС]; [КЛАСС]"),
        (PUPIL, "из 8 «Б» класса", "из [КЛАСС]"),
        (CITY_PUPIL, "10 «Б», 10б и десятиклассник", "[КЛАСС] и [КЛАСС]"),
        (COLLEGE_STUDENT, "студент 2 курса группы ИС-21", "студент [КУРС] группы [ГРУППА]"),
        (COLLEGE_STUDENT, "второкурсник из ИС 21", "[КУРС] из [ГРУППА]"),
        (STUDENT, "на третьем курсе, гр. 5ИВТ-31", "на [КУРС], гр. [ГРУППА]"),
    ],
)
def test_class_year_and_group_are_hidden(identity: Identity, text: str, expected: str) -> None:
    assert copy(text, identity) == expected


@pytest.mark.parametrize(
    "text",
    [
        "в первом классе и в 5 классе",
        "9 а потом 10",
        "группа из 9 человек",
        "первый класс обслуживания",
        "19 августа",
        "курс валют",
    ],
)
def test_other_classes_and_numbers_stay(text: str) -> None:
    assert copy(text) == text


TECHNICAL = Identity(
    surname="Ткаченко",
    given_name="Роман",
    institution=Institution("ГБПОУ КК «Армавирский механико-технологический техникум»", "", "Армавир", "Армавир"),
)
LAWYER = Identity(
    surname="Саргсян",
    given_name="Ануш",
    institution=Institution("ФГБОУ ВО «Саратовская государственная юридическая академия»", "", "Саратов", "Саратов"),
)
FAR_EAST = Identity(
    surname="Ким",
    given_name="Виктория",
    institution=Institution("Дальневосточный федеральный университет", "", "Владивосток", "Владивосток"),
)
SHORT = Identity(
    surname="Фокина",
    given_name="Любовь",
    institution=Institution("ФГАОУ ВО «СВФУ имени М. К. Аммосова»", "", "Якутск", "Якутск"),
)


@pytest.mark.parametrize(
    ("identity", "text", "expected"),
    [
        (TECHNICAL, "После механтеха пойду работать", "После [КОЛЛЕДЖ] пойду работать"),
        (TECHNICAL, "Наш техникум; в городе нас зовут «мехтех».", "Наш техникум; в городе нас зовут [КОЛЛЕДЖ]."),
        (LAWYER, "девочки из юракадемии", "девочки из [ВУЗ]"),
        (LAWYER, "Между собой мы зовём академию «юрка»", "Между собой мы зовём академию [ВУЗ]"),
        (LAWYER, "канд. юрид. наук, механика и техника", "канд. юрид. наук, механика и техника"),
        (FAR_EAST, "В ДВФУ мы собрали прототип", "В [ВУЗ] мы собрали прототип"),
        (SHORT, "«Северо-Восточный федеральный университет имени М. К. Аммосова»", "[ВУЗ]"),
        (FAR_EAST, "DVFU, второй корпус", "[ВУЗ], второй корпус"),
        (Identity(surname="Чехов", given_name="Антон"), "Иду в школу № 21", "Иду в [ШКОЛА]"),
    ],
)
def test_what_pupils_and_students_call_it(identity: Identity, text: str, expected: str) -> None:
    assert copy(text, identity) == expected
