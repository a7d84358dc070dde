import pytest

from judging.panels.pasted import Person, people


@pytest.mark.parametrize(
    "line",
    [
        "Иванова Анна Петровна Anna@Example.org",
        "Иванова;Анна;Петровна;anna@example.org",
        "Иванова\tАнна\tПетровна\tanna@example.org",
        "anna@example.org, Иванова Анна Петровна",
        "  Иванова Анна Петровна <anna@example.org>  ",
    ],
)
def test_reads_a_person_however_the_line_is_laid_out(line: str) -> None:
    assert people(line) == ([Person("Иванова", "Анна", "Петровна", "anna@example.org")], [])


def test_a_patronymic_may_be_missing_or_be_two_words() -> None:
    found, _unclear = people("Ли Мин min@example.org\nМамедов Али Гасан оглы ali@example.org")

    assert found == [
        Person("Ли", "Мин", "", "min@example.org"),
        Person("Мамедов", "Али", "Гасан оглы", "ali@example.org"),
    ]


def test_names_every_unclear_line_with_its_number() -> None:
    text = "Иванова Анна anna@example.org\n\nПетрова Ольга\nolga@example.org\nИванова А. ANNA@example.org"

    found, unclear = people(text)

    assert [person.email for person in found] == ["anna@example.org"]
    assert [(one.number, one.reason) for one in unclear] == [(3, "no_address"), (4, "no_name"), (5, "twice")]
