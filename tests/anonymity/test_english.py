"""English essays: English tags, names of the profile in both scripts; English paragraphs of Russian essays."""

from __future__ import annotations

import pytest

from essays.anonymity.identity import Identity, Institution, Person
from tests.anonymity.identities import copy

PUPIL = Identity(
    "Торбеев",
    "Максим",
    institution=Institution("МБОУ «Лицей № 124»", "", "Барнаул", "Барнаул"),
    course="11 А",
    email="maxtorb@example.org",
    mentor=Person("Никулина", "Елена", "Юрьевна"),
)
STUDENT = Identity(
    "Иванова",
    "Анна",
    institution=Institution("ФГБОУ ВО «Алтайский государственный университет»", "АлтГУ", "Барнаул", "Барнаул"),
    course="1 курс, группа 3.101",
)
ESSAY = (
    "My name is Maxim Torbeev, I study at Lyceum No. 124 in Barnaul. I am in grade 11A. "
    "My teacher, Elena Yurievna, and my brother Timofey helped me. Leo Tolstoy lived without the Internet."
)


def test_an_english_essay_has_english_tags() -> None:
    assert copy(ESSAY, PUPIL) == (
        "My name is [AUTHOR], I study at [SCHOOL] in Barnaul. I am in grade [CLASS]. "
        "My teacher, [TEACHER], and my brother [BROTHER] helped me. Leo Tolstoy lived without the Internet."
    )


def test_an_application_in_latin_letters_is_found_in_both_scripts() -> None:
    latin = Identity("Torbeev", "Maksim")

    assert copy("Я Максим Торбеев, и Торбееву Максу помогли.", latin) == "Я [УЧАСТНИК], и [УЧАСТНИК] помогли."


def test_an_english_paragraph_of_a_russian_essay_keeps_russian_tags() -> None:
    text = (
        "Меня зовут Максим Торбеев, и сегодня я расскажу, как помогал бабушке с порталом. Было нелегко, но интересно.\n"
        "I study at Lyceum No. 124 and I like it very much indeed."
    )

    assert copy(text, PUPIL).splitlines()[1] == "I study at [ШКОЛА] and I like it very much indeed."


def test_people_of_an_english_essay_whom_no_list_knows() -> None:
    text = (
        "I study with Aisen, Belek-ool Saryglar, and lazy Dozhudai. Dozhudai laughed. A girl called Tuyaara came. "
        'Coach Bublik lives in Kyzyl. "Sit down, Bair," said Nomin. I went with Lena to the shop. Everyone said hello. '
        "Mrs. Khovalyg and Mr. Green are strict. Thanks to Bolot we won."
    )

    assert copy(text, PUPIL) == (
        "I study with [PERSON 1], [PERSON 2], and lazy [PERSON 3]. [PERSON 3] laughed. A girl called [PERSON 4] came. "
        'Coach [TEACHER] lives in Kyzyl. "Sit down, [PERSON 5]," said [PERSON 6]. I went with [PERSON 7] to the shop. '
        "Everyone said hello. Mrs. [PERSON 8] and Mr. [PERSON 9] are strict. Thanks to [PERSON 10] we won."
    )


def test_the_famous_and_places_of_an_english_essay_stay() -> None:
    text = (
        "We read Taras Shevchenko and watched Bruce Lee. E. T. A. Hoffmann wrote tales. Hadji Murat is a hero. "
        "Peter Parker is Spider-Man, and Father Frost came to Tuva. Kazan University is old, so is the Roman Empire. "
        "Lake Baikal, Red Square and the Tretyakov Gallery are famous. My grandparents live in Ust-Koksa near Chemal. "
        "Mr. Darcy and Professor Dumbledore are in books. In May we celebrate Victory Day."
    )

    assert copy(text, PUPIL) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "I am in my first year at ASU, and AltGU is great. I am a freshman at Altai University.",
            "I am in my [YEAR] at [UNIVERSITY], and [UNIVERSITY] is great. I am a [YEAR] at [UNIVERSITY].",
        ),
        (
            "I am a first-year student of Altai State University, Institute of Humanities, group 3.101.",
            "I am a [YEAR] student of [UNIVERSITY], group [GROUP].",
        ),
    ],
)
def test_what_a_university_is_called_in_english(text: str, expected: str) -> None:
    assert copy(text, STUDENT) == expected


def test_numbers_of_schools_said_aloud() -> None:
    pupil = Identity(
        "Петров", "Олег", institution=Institution("МБОУ «Гимназия № 42» г. Барнаула", "", "", "Барнаул"), course="7 А"
    )
    text = "I study at gymnasium forty-two, in grade seven. The forty-second gymnasium is old, and 7A is loud."

    assert copy(text, pupil) == "I study at [SCHOOL], in grade [CLASS]. The [SCHOOL] is old, and [CLASS] is loud."
