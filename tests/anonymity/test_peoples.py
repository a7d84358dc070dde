"""Names of the peoples of Russia and its neighbours: given names, fathers' names, family names, forms of address."""

from __future__ import annotations

import pytest

from essays.anonymity.persons.stems import given_names, is_also_a_word
from tests.anonymity.identities import CITY_PUPIL, copy


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("серикбаю", "серикбай"),
        ("сэсэгмы", "сэсэгма"),
        ("айталу", "айтал"),
        ("туйаарой", "туйаара"),
        ("дадар-оолом", "дадар-оол"),
        ("куляш", "куляш"),
        ("сяомину", "сяомин"),
    ],
)
def test_a_case_of_a_rare_name_is_known(word: str, name: str) -> None:
    assert (name in given_names(word), is_also_a_word(word)) == (True, False)


def test_a_name_that_is_a_word_too_needs_more() -> None:
    assert [is_also_a_word(word) for word in ("навруза", "рамазану", "чолпон")] == [True, True, True]
    assert copy("Кыталык и стерх — одна птица, а олонхо поют.", CITY_PUPIL) == (
        "Кыталык и стерх — одна птица, а олонхо поют."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Пришёл Вагиф Мамед оглы с Лейлой Мехти кызы. Встретили Вагифа Мамед оглы.",
            "Пришёл [ЧЕЛОВЕК 1] с [ЧЕЛОВЕК 2]. Встретили [ЧЕЛОВЕК 1].",
        ),
        (
            "Бекболот Асан уулу и Айпери Нурланкызы учатся с нами.",
            "[ЧЕЛОВЕК 1] и [ЧЕЛОВЕК 2] учатся с нами.",
        ),
        (
            "Её зовут Ким Минджи. Минджи любит тетради. Я видела Ли Сяомина. Сяомин улыбнулся.",
            "Её зовут [ЧЕЛОВЕК 1]. [ЧЕЛОВЕК 1] любит тетради. Я видела [ЧЕЛОВЕК 2]. [ЧЕЛОВЕК 2] улыбнулся.",
        ),
        (
            "В группе учатся Нгуен Тхи Лан и Фам Ван Минь.",
            "В группе учатся [ЧЕЛОВЕК 1] и [ЧЕЛОВЕК 2].",
        ),
        (
            "Мы с эби Гульсинур пекли. Серик ага молчал. Куляш-апа смеялась.",
            "Мы с эби [БАБУШКА] пекли. [ЧЕЛОВЕК 1] молчал. [ЧЕЛОВЕК 2] смеялась.",
        ),
        (
            "Опа Генрих и ома Эмма спели, а онкель Вилли плясал.",
            "Опа [ДЕДУШКА] и ома [БАБУШКА] спели, а онкель [ДЯДЯ] плясал.",
        ),
    ],
)
def test_layouts_and_forms_of_address(text: str, expected: str) -> None:
    assert copy(text, CITY_PUPIL) == expected


def test_the_famous_of_the_east_stay() -> None:
    text = "Ван Гог, Брюс Ли и Джеки Чан, Мао Цзэдун и Ким Ир Сен. Каникулы кончились."

    assert copy(text, CITY_PUPIL) == text


def test_rare_names_in_small_letters_stand_behind_words_of_kin() -> None:
    text = (
        "мама сказала что пора в школу. папа серик пришёл поздно и бабушка оюн серенмаа варила чай. апа куляш смеялась "
        "а друг помог мне. бабушка рада была видеть нас всех. кум петя пил чай. брат чыргалоол сидел дома и сосед "
        "хабибулло починил кран. тётя сразу ушла и дядя мой тоже"
    )

    assert copy(text, CITY_PUPIL) == (
        "мама сказала что пора в школу. папа [ПАПА] пришёл поздно и бабушка [БАБУШКА] варила чай. апа [СЕСТРА] смеялась "
        "а друг помог мне. бабушка рада была видеть нас всех. кум [РОДСТВЕННИК] пил чай. брат [БРАТ] сидел дома и сосед "
        "[ЧЕЛОВЕК 1] починил кран. тётя сразу ушла и дядя мой тоже"
    )


def test_titles_in_latin_letters_within_a_russian_text() -> None:
    text = (
        "Урок вела Mrs. Tkachenko, а Mr. Абакаров и Miss Olga помогали. Открытка: «Lieber Onkel Andreas, привет». "
        "Мы смотрели «Mr. Bean» и читали про Mr. Darcy."
    )

    assert copy(text, CITY_PUPIL) == (
        "Урок вела Mrs. [ЧЕЛОВЕК 1], а Mr. [ЧЕЛОВЕК 2] и Miss [ЧЕЛОВЕК 3] помогали. "
        "Открытка: «Lieber Onkel [ЧЕЛОВЕК 4], привет». Мы смотрели «Mr. Bean» и читали про Mr. Darcy."
    )
