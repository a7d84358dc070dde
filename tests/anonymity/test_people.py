"""People whom the application does not name: who is hidden under which tag, and who stays."""

from __future__ import annotations

import pytest

from tests.anonymity.identities import CITY_PUPIL, copy, redacted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Моя мама Елена пришла.", "Моя мама [МАМА] пришла."),
        ("Тётя Галя и дядя Витя смеялись.", "Тётя [ТЁТЯ] и дядя [ДЯДЯ] смеялись."),
        ("Моя сестра Катя и брат Дима.", "Моя сестра [СЕСТРА] и брат [БРАТ]."),
        ("Прабабушке Клавдии Тихоновне девяносто лет.", "Прабабушке [БАБУШКА] девяносто лет."),
        ("Сестру зовут Милана.", "Сестру зовут [СЕСТРА]."),
        ("Катя, моя подруга, помогла. Кате спасибо.", "[ДРУГ], моя подруга, помогла. [ДРУГ] спасибо."),
        ("На уроке Алла Сергеевна спросила.", "На уроке [ЧЕЛОВЕК 1] спросила."),
        ("Учительница математики Алла Сергеевна спросила.", "Учительница математики [ПЕДАГОГ] спросила."),
        (
            "Пришёл Тимур Ахметов. С Тимуром был Бекзат. Ахметову дали слово.",
            "Пришёл [ЧЕЛОВЕК 1]. С [ЧЕЛОВЕК 1] был [ЧЕЛОВЕК 2]. [ЧЕЛОВЕК 1] дали слово.",
        ),
        ("ПРИШЛА СМИРНОВА ОЛЬГА ИВАНОВНА", "ПРИШЛА [ЧЕЛОВЕК 1]"),
        ("Врач Петров П. П. и П. П. Петров", "Врач [ЧЕЛОВЕК 1] и [ЧЕЛОВЕК 1]"),
        ("Мы поспорили: Соня, Глеб и я.", "Мы поспорили: [ЧЕЛОВЕК 1], [ЧЕЛОВЕК 2] и я."),
        ("Историк Бабанова Инна пишет.", "Историк [ЧЕЛОВЕК 1] пишет."),
        ("Дед Коля Вдовин с прицепом.", "Дед [ДЕДУШКА] с прицепом."),
        ("Соседка по парте Даша Ким смеялась.", "Соседка по парте [ЧЕЛОВЕК 1] смеялась."),
        ("Госпожа Ли и господин Чжан Вэй.", "Госпожа [ЧЕЛОВЕК 1] и господин [ЧЕЛОВЕК 2]."),
        ("В него вошли Миронченко, Алов и Ким.", "В него вошли [ЧЕЛОВЕК 1], [ЧЕЛОВЕК 2] и [ЧЕЛОВЕК 3]."),
        ("Мой друг Саша Пушкин и дядя Вилли.", "Мой друг [ДРУГ] и дядя [ДЯДЯ]."),
        ("Мама Вики позвала тренера Бублика.", "Мама [ЧЕЛОВЕК 1] позвала тренера [ПЕДАГОГ]."),
        ("Пациент Семёнов Г. П. и Рузиля-апа.", "Пациент [ЧЕЛОВЕК 1] и [ЧЕЛОВЕК 2]."),
        ("На уроке Лидия Михайловна читала рассказ.", "На уроке [ЧЕЛОВЕК 1] читала рассказ."),
        ("Президент фирмы Олег Шумский молчал.", "Президент фирмы [ЧЕЛОВЕК 1] молчал."),
    ],
)
def test_private_people_are_hidden(text: str, expected: str) -> None:
    assert copy(text, CITY_PUPIL) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Александр Сергеевич Пушкин и Михаил Юрьевич Лермонтов",
        "Роман Толстого «Война и мир» про Наташу Ростову и Пьера Безухова",
        "В «Капитанской дочке» Маша ждёт Гринёва.",
        "Раскольников, Базаров и Обломов",
        "Василий Макарович Шукшин родился в Сростках.",
        "Гарри Поттер, Гермиона и Шерлок Холмс",
        "Илья Муромец, Баба Яга и Кощей",
        "Пётр Первый, Иван Грозный и Екатерина Великая",
        "Поэт Демьян Бедный и император Павел",
        "Гуляем по улице Смирнова, рядом площадь Сахарова.",
        "Министр цифрового развития Максут Шадаев",
        "Илон Маск и Стив Джобс",
        "Юрий Гагарин, Сергей Королёв и Дмитрий Менделеев",
        "Робот Макс на Госуслугах, МФЦ, Пенсионный фонд и Сбербанк",
        "Поезд идёт через Бийск и Новосибирск, а рядом течёт река Бия.",
        "Вера и надежда, любовь и слава, мороз и роман",
        "Доктор Айболит и профессор Преображенский",
        "Базаров прав. Евгений Васильевич ошибался, а Павел Петрович Кирсанов нет.",
        "Опыт Фарадея, Татьянин день и день святого Валентина",
        "Надежда умирает последней. Вера движет горами.",
        "Алиса в колонке читала про дядю Стёпу, Тимура и его команду и Машу из мультика.",
        "Басни Крылова, рассказы Гончарова и сам Калашников",
        "Герой Ася Тургенева и Олеся Куприна",
    ],
)
def test_public_people_characters_and_words_stay(text: str) -> None:
    assert copy(text, CITY_PUPIL) == text


def test_a_friend_is_not_taken_for_somebody_famous() -> None:
    text = "Сергей Королёв строил ракеты. А учитель Сергей Михайлович чинит парты. Наш Сергей из класса рад."

    assert copy(text, CITY_PUPIL) == (
        "Сергей Королёв строил ракеты. А учитель [ПЕДАГОГ] чинит парты. Наш [ПЕДАГОГ] из класса рад."
    )


def test_several_people_of_one_role_are_told_apart() -> None:
    text = "Учительница Ольга Викторовна Сидорова и учитель Пётр Ильич Гусев. Ольга Викторовна строгая."

    assert copy(text, CITY_PUPIL) == "Учительница [ПЕДАГОГ 1] и учитель [ПЕДАГОГ 2]. [ПЕДАГОГ 1] строгая."


def test_lower_case_as_pupils_write() -> None:
    text = (
        "сегодня мы с мамой ходили в поликлинику и там была очередь и нас позвала медсестра наталья петровна "
        "потом мы пошли домой и я рассказал всё другу никите смирнову который тоже туда записался через портал"
    )

    hidden = copy(text, CITY_PUPIL)

    assert "медсестра [ЧЕЛОВЕК 1] потом" in hidden and "другу [ДРУГ] который" in hidden


def test_namesakes_of_the_famous_are_told_apart() -> None:
    text = "Наставник Горчаков Р. В. рассказал о канцлере Горчакове. Пётр Великий и Пётр Алексеевич, наш классный."

    assert copy(text, CITY_PUPIL) == (
        "Наставник [ПЕДАГОГ 1] рассказал о канцлере Горчакове. Пётр Великий и [ПЕДАГОГ 2], наш классный."
    )


def test_initials_alone_in_english_are_no_person() -> None:
    text = "We read V. G. and A. S. Pushkin, and then Artyom Belov told our class about Vasily Shukshin again."

    assert copy(text, CITY_PUPIL) == (
        "We read V. G. and A. S. Pushkin, and then [PERSON 1] told our class about Vasily Shukshin again."
    )


def test_english_essays_go_by_rules() -> None:
    text = (
        "My name is Ilya Volkov. My best friend Kate Brown helped me, and Kate's mother, Mrs. Brown, works in a bank. "
        "Our teacher Olga Sidorova told us about William Shakespeare and Leo Tolstoy. In May we visited Moscow. "
        "Dickens is great, and Harry Potter is my hero. Mr Johnson said that Will is a word. Then Peter laughed."
    )

    assert copy(text, CITY_PUPIL) == (
        "My name is [AUTHOR]. My best friend [FRIEND] helped me, and [FRIEND]'s mother, Mrs. [MUM], works in a bank. "
        "Our teacher [TEACHER] told us about William Shakespeare and Leo Tolstoy. In May we visited Moscow. "
        "Dickens is great, and Harry Potter is my hero. Mr [PERSON 1] said that Will is a word. "
        "Then [PERSON 2] laughed."
    )


def test_every_hidden_person_has_a_reason() -> None:
    spans = redacted("Мой друг Тимур пришёл.", CITY_PUPIL).spans

    assert [(span.kind, span.tag, span.reason) for span in spans] == [("person", "ДРУГ", "a name after a private cue")]
