"""English essays: English tags, names of the profile in both scripts; English paragraphs of Russian essays."""

from __future__ import annotations

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
