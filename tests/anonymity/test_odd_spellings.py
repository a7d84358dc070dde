"""People in odd spellings: letters set apart, Latin letters, small letters, diminutives, surnames that are words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from essays.anonymity.identity import Identity, Person
from tests.anonymity.identities import copy

AUTHOR = Identity("Галимзянов", "Рамиль", "Маратович", mentor=Person("Гриценко", "Галина", "Васильевна"))
LONG = (
    " В субботу мы всей семьёй осваивали новые услуги, спорили о них до вечера, пили чай и вспоминали,"
    " как раньше стояли в очередях и писали бумаги от руки."
)


def hidden(text: str, identity: Identity = AUTHOR) -> str:
    """The copy of `text`, which stands in a Russian essay of some length."""
    return copy(text + LONG, identity).removesuffix(LONG)


def named(surname: str, given_name: str, patronymic: str = "") -> Identity:
    return replace(AUTHOR, surname=surname, given_name=given_name, patronymic=patronymic)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Вечером Н и к и т к а написал.", "Вечером [ЧЕЛОВЕК 1] написал."),
        ("Бабушка О л ь г а О л е г о в н а пришла.", "Бабушка [БАБУШКА] пришла."),
        ("Пришёл И Л Ь Н У Р З И Г А Н Ш И Н, мой друг.", "Пришёл [ДРУГ], мой друг."),
        ("Пришла V i k t o r i y a K i m из группы.", "Пришла [ЧЕЛОВЕК 1] из группы."),
        ("Тебе пишет Р а м и л ь к а.", "Тебе пишет [УЧАСТНИК]."),
        ("С О Ч И Н Е Н И Е\nо том, как я и я к А. С. Пушкину ходили.", None),
        ("Проверка зрения: Ш Б М Н К Ы, буквы а б в г.", None),
    ],
)
def test_letters_that_are_set_apart_are_read_as_words(text: str, expected: str | None) -> None:
    assert hidden(text) == (expected or text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Библиотекарь, Sayyyna Semenovna, вышла.", "Библиотекарь, [ПЕДАГОГ], вышла."),
        ("«Учись, Olya», – говорит она.", "«Учись, [ЧЕЛОВЕК 1]», – говорит она."),
        ("Мой друг Vyacheslav Miller-Karpov пришёл.", "Мой друг [ДРУГ] пришёл."),
        ("Владелец – Lugovoy Timofey Arkadevich.", "Владелец – [ЧЕЛОВЕК 1]."),
        ("Через неделю Nikitichna уже спорила.", "Через неделю [ЧЕЛОВЕК 1] уже спорила."),
        ("Читаю «Alice in Wonderland» и «Anna Karenina», шрифт Times New Roman.", None),
        ("Пишу через Telegram, ищу в Google Chrome, платит Mir Pay.", None),
    ],
)
def test_russian_names_in_latin_letters(text: str, expected: str | None) -> None:
    assert hidden(text) == (expected or text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мой друг давид кантемиров потерял билет.", "Мой друг [ДРУГ] потерял билет."),
        ("Пообещала артёму помочь с загрузкой.", "Пообещала [ЧЕЛОВЕК 1] помочь с загрузкой."),
        ("Не забывай бабушку алсу фаритовну.", "Не забывай бабушку [БАБУШКА]."),
        ("Это сказала мама. лилия работает сутками.", "Это сказала мама. [ЧЕЛОВЕК 1] работает сутками."),
        ("На окне цвела лилия, и вера в чудо росла. Пришёл раис республики.", None),
        ("Дядя читал роман, а мама рада.", None),
    ],
)
def test_names_in_small_letters_in_a_text_with_capitals(text: str, expected: str | None) -> None:
    assert hidden(text) == (expected or text)


@pytest.mark.parametrize(
    ("text", "expected", "identity"),
    [
        ("«Спасибо, рамилька, всё готово!» – был ответ.", "«Спасибо, [УЧАСТНИК], всё готово!» – был ответ.", AUTHOR),
        ("Все знают, что это РАМИЛЬКА.", "Все знают, что это [УЧАСТНИК].", AUTHOR),
        ("На «Рамилькином экране» всё видно.", "На «[УЧАСТНИК] экране» всё видно.", AUTHOR),
        ("«Айдысчык, хорошая дорога та».", "«[УЧАСТНИК], хорошая дорога та».", named("Ооржак", "Айдыс")),
        ("Приехал Сослик.", "Приехал [УЧАСТНИК].", named("Дзагоев", "Сослан")),
        ("И подписал: «Тёма». Бумага лежит.", "И подписал: «[УЧАСТНИК]». Бумага лежит.", named("Крапивин", "Артём")),
        ("Новая тема урока. Тема трудная.", None, named("Крапивин", "Артём")),
        ("Машина сломалась, машинист ушёл.", None, named("Седых", "Мария")),
        ("Меня Кириллом зовут.", "Меня [УЧАСТНИК] зовут.", named("Седых", "Кирилл")),
    ],
)
def test_what_the_author_is_called(text: str, expected: str | None, identity: Identity) -> None:
    assert hidden(text, identity) == (expected or text)


@pytest.mark.parametrize(
    ("text", "expected", "identity"),
    [
        (
            "Он прочёл: «Король? Есть такая фамилия».",
            "Он прочёл: «[УЧАСТНИК]? Есть такая фамилия».",
            named("Король", "Иван"),
        ),
        ("Король правил страной.", None, named("Король", "Иван")),
        ("– Кого записать?\n– Бобров-Ланской.", "– Кого записать?\n– [УЧАСТНИК].", named("Бобров-Ланской", "Кирилл")),
        ("лев голубь, 7 класс\nВ парке.", "[УЧАСТНИК], 7 класс\nВ парке.", named("Голубь", "Лев")),
        ("В парке жили лев, голубь и кот.", None, named("Голубь", "Лев")),
        ("Слепили ПантелееваК.Л. в строку.", "Слепили [УЧАСТНИК] в строку.", named("Пантелеева", "Ксения", "Львовна")),
    ],
)
def test_an_own_surname_that_is_a_word_or_glued(text: str, expected: str | None, identity: Identity) -> None:
    assert hidden(text, identity) == (expected or text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Хозяином записана Луговая Анастасия Олеговна.", "Хозяином записана [ЧЕЛОВЕК 1]."),
        ("Методист Мингазов Айдар Маратович звонил.", "Методист [ПЕДАГОГ] звонил."),
        ("Пришла Анна Петровна Луговая и ушла.", "Пришла [ЧЕЛОВЕК 1] и ушла."),
        ("Подходила Л. Гейнц, начальник смены.", "Подходила [ЧЕЛОВЕК 1], начальник смены."),
        ("Ответил живой оператор – Любовь.", "Ответил живой оператор – [ЧЕЛОВЕК 1]."),
        ("О пользе сказала мама. Любовь работает сутками.", "О пользе сказала мама. [ЧЕЛОВЕК 1] работает сутками."),
        ("Самое главное – Любовь. Так говорил Герой России.", None),
        (
            "Найдите друга вроде Аюра Бадмаева: без Аюрки я бы не справился.",
            "Найдите друга вроде [ЧЕЛОВЕК 1]: без [ЧЕЛОВЕК 1] я бы не справился.",
        ),
    ],
)
def test_full_names_and_names_that_are_words(text: str, expected: str | None) -> None:
    assert hidden(text) == (expected or text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Бабушка сказала тихо: «Аянаш, значит, меня видно».",
            "Бабушка сказала тихо: «[ЧЕЛОВЕК 1], значит, меня видно».",
        ),
        ("Она смеялась: «Дашутка, не лги!»", "Она смеялась: «[ЧЕЛОВЕК 1], не лги!»"),
        ("Он писал: «Барев, дядя Самвел».", "Он писал: «Барев, дядя [ДЯДЯ]»."),
        ("Он писал: «Опаньки, всё пропало», а потом: «Салам, всё готово».", None),
        ("Как подпишетесь? – Настёна К.-Б.", "Как подпишетесь? – [ЧЕЛОВЕК 1]"),
        (
            "Сестра вышла замуж за Ахсара, заявление подали сами.",
            "Сестра вышла замуж за [ЧЕЛОВЕК 1], заявление подали сами.",
        ),
        ("К секретарю Оксане Вячеславне идти не надо.", "К секретарю [ЧЕЛОВЕК 1] идти не надо."),
    ],
)
def test_others_by_what_is_said_to_them_and_of_them(text: str, expected: str | None) -> None:
    assert hidden(text) == (expected or text)


@pytest.mark.parametrize(
    ("text", "expected", "identity"),
    [
        (
            "Почта пишет: Пантелеева К. Л. Пушкина узнают все, а К. Л. никто не учит.",
            "Почта пишет: [УЧАСТНИК] Пушкина узнают все, а [УЧАСТНИК] никто не учит.",
            named("Пантелеева", "Ксения", "Львовна"),
        ),
        ("Шкаф подписан: К. Л. и всё.", None, named("Пантелеева", "Ксения", "Львовна")),
        (
            "У нас пишут Rustam o‘g‘li, и всё.",
            "У нас пишут [УЧАСТНИК], и всё.",
            named("Эргашев", "Достон", "Рустамович"),
        ),
    ],
)
def test_the_author_by_initials_and_by_the_father(text: str, expected: str | None, identity: Identity) -> None:
    assert hidden(text, identity) == (expected or text)


@pytest.mark.parametrize("surname", ["Нам", "Ли", "Ким"])
def test_short_surnames_that_are_set_apart_are_read_as_words_too(surname: str) -> None:
    student = named(surname, "Анастасия", "Романовна")
    apart = f"Студентка: {' '.join(surname)}  А н а с т а с и я  Р о м а н о в н а."
    assert hidden(apart, student) == "Студентка: [УЧАСТНИК]."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "В ЗАГСе вместо «Мишин Пётр» напечатали «Мишмн Пётр».",
            "В ЗАГСе вместо «[ЧЕЛОВЕК 1]» напечатали «[ЧЕЛОВЕК 2] [ЧЕЛОВЕК 1]».",
        ),
        ("Вместо Казани записана «Казаня», и не Москва, а «Масква».", None),
    ],
)
def test_a_name_beside_its_misprint_is_hidden_with_it(text: str, expected: str | None) -> None:
    assert hidden(text) == (expected or text)


def test_a_diminutive_with_its_two_dots_is_no_word() -> None:
    author = named("Кригер", "Артём")
    assert hidden("«Тёма опять опоздал». Тема сложная.", author) == "«[УЧАСТНИК] опять опоздал». Тема сложная."


def test_an_everyday_surname_in_small_letters_goes_with_its_given_name() -> None:
    assert hidden("А как антоша соловьёв уронил пропуск! Моя вера волков не боится.") == (
        "А как [ЧЕЛОВЕК 1] уронил пропуск! Моя вера волков не боится."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Вчера его предшественник Прудкий уходит.", "Вчера его предшественник [ЧЕЛОВЕК 1] уходит."),
        ("Вчера глава посёлка Шкуропацкий подарил книгу.", "Вчера глава посёлка [ЧЕЛОВЕК 1] подарил книгу."),
        ("Это преемник Пенсионного фонда. Сверкал Невский проспект, и Алтайский край ждал.", None),
    ],
)
def test_an_adjective_that_acts_is_a_surname(text: str, expected: str | None) -> None:
    assert hidden(text) == (expected or text)
