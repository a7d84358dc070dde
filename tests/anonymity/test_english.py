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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "I am a student of Altai Regional Pedagogical Boarding Lyceum. We saw Oxford University. Lobachevsky worked "
                "at Kazan University. I moved to Barnaul Classical Lyceum, and my friend studies in the medical college."
            ),
            (
                "I am a student of [SCHOOL]. We saw Oxford University. Lobachevsky worked "
                "at Kazan University. I moved to [SCHOOL], and my friend studies in [COLLEGE]."
            ),
        ),
        (
            (
                "We live on Gushchina Street, but Lenin Street is long. The right house was Ulitsa Vasil'eva, 41. The MFC at "
                "12 Lenin Street is open. Our dog ran near Traktornaya Street, 6 on Monday. I chose kindergarten No. 248."
            ),
            (
                "We live on [ADDRESS], but Lenin Street is long. The right house was [ADDRESS]. The MFC at "
                "12 Lenin Street is open. Our dog ran near [ADDRESS] on Monday. I chose kindergarten No. [SCHOOL]."
            ),
        ),
        (
            "I turned fourteen on 12 March, and my birthday is May 5. Constitution Day is on 12 December, I turned up on 3 May.",
            "I turned fourteen on [DATE OF BIRTH], and my birthday is [DATE OF BIRTH]. Constitution Day is on 12 December, I turned up on 3 May.",
        ),
        (
            (
                "My granny Emma Karlovna met I. Yu. Mikkoeva, and Inna Petrovna smiled at my roommate May Nguyen. "
                "The form of Abdulov M. G. was lost."
            ),
            (
                "My granny [GRANDMOTHER] met [PERSON 1], and [PERSON 2] smiled at my roommate [FRIEND]. "
                "The form of [PERSON 3] was lost."
            ),
        ),
        (
            (
                "They call me Torbik. Once they wrote Torbeyev M., once Torbeef, and once «Торбеив». Also known as Torb. "
                'Field "nickname": Chernichka. A secret question asked for my dog, and the answer was Pirat.'
            ),
            (
                "They call me [AUTHOR]. Once they wrote [AUTHOR], once [AUTHOR], and once «[AUTHOR]». Also known as [AUTHOR]. "
                'Field "nickname": [NICKNAME]. A secret question asked for my dog, and the answer was [NICKNAME].'
            ),
        ),
    ],
    ids=["institutions", "addresses", "birthdays", "names", "the author otherwise"],
)
def test_what_english_essays_tell(text: str, expected: str) -> None:
    assert copy(text, PUPIL) == expected


def test_names_of_an_english_essay_without_capitals() -> None:
    text = (
        "my brother nyurgun said that mum aitalina is right, our teacher olga petrova knows it and my friend helped me, "
        "my mother usually works and friends call me sara. we read about einstein, and my sister always laughs at it"
    )

    assert copy(text, PUPIL) == (
        "my brother [BROTHER] said that mum [MUM] is right, our teacher [TEACHER] knows it and my friend helped me, "
        "my mother usually works and friends call me [AUTHOR]. we read about einstein, and my sister always laughs at it"
    )


def test_things_heroes_and_the_western_famous_of_an_english_essay_stay() -> None:
    text = (
        "Father sold our old Lada and paid with a Mir card; Rostelecom wanted more. Spartak won. I ate an "
        '"Alyonka" chocolate. Masha from the cartoon laughed. The system is named Horriot. Dear Unknown Inventor! '
        "Forty likes already. Louis Braille, Konrad Lorenz, Paracelsus, Kate Winslet and Douglas Adams are known. "
        '"Alice, play Beethoven," says grandpa. We walked along Pavlovsky Trakt and Kooperatorov street. P.S. Call me. '
        "Presidential Decree No. 474 is known, so are E. T. A. Hoffmann, Ilf and Petrov. In Tuva we saw the Terminator."
    )

    assert copy(text, PUPIL) == text


def test_the_famous_of_the_authors_surname_in_english() -> None:
    author = Identity("Белый", "Роман", "Андреевич", institution=Institution("МБОУ «СОШ № 2»", "", "", ""))
    text = (
        "My name is Roman Bely, and my father is Andrey Bely. There was a writer Andrei Bely, who wrote a novel about "
        "the city. My father Aslan Bely reads it, and Bely is known to everybody in our village."
    )

    assert copy(text, author) == (
        "My name is [AUTHOR], and my father is [PERSON 1]. There was a writer Andrei Bely, who wrote a novel about "
        "the city. My father [PERSON 2] reads it, and [AUTHOR] is known to everybody in our village."
    )
