"""The demo's essays: worth reading, within the rules, by nobody who exists."""

import re
from collections import Counter

import pytest

from demo.disclosures import LEAKS
from demo.markup import Block, Span, read_blocks
from demo.roster import load_roster
from demo.texts import DemoEssay, load_essays, read_essay

ESSAYS = load_essays()
ROSTER = load_roster()
KINDS = {"a": "school", "b": "school", "c": "college", "d": "university"}
BIRTH_YEARS = {"a": (2011, 2013), "b": (2008, 2010), "c": (2006, 2010), "d": (2001, 2008)}


def each_essay(function):
    return pytest.mark.parametrize("essay", ESSAYS, ids=lambda essay: essay.key)(function)


def test_there_are_forty_numbered_without_gaps():
    assert [essay.number for essay in ESSAYS] == list(range(1, 41))


def test_cells_are_even_but_for_one_too_small_to_be_held():
    cells = Counter((essay.category, essay.nomination) for essay in ESSAYS)

    assert cells == {
        ("a", "first"): 4,
        ("a", "family"): 4,
        ("a", "portal"): 3,
        ("b", "first"): 4,
        ("b", "family"): 4,
        ("b", "portal"): 3,
        ("c", "first"): 4,
        ("c", "family"): 3,
        ("c", "portal"): 3,
        ("d", "first"): 3,
        ("d", "family"): 3,
        ("d", "portal"): 2,
    }


@each_essay
def test_length_is_within_the_regulation(essay):
    assert 2_500 <= len(essay.text) <= 7_000


def test_authors_titles_and_addresses_are_unique():
    for value in ("full_name", "title", "email", "phone", "source"):
        assert len({getattr(essay, value) for essay in ESSAYS}) == len(ESSAYS), value


@each_essay
def test_author_studies_where_the_category_says(essay):
    institution = ROSTER.institutions[essay.institution]
    first, last = BIRTH_YEARS[essay.category]

    assert institution.kind == KINDS[essay.category]
    assert first <= essay.birth_year <= last


@each_essay
def test_mentor_works_at_the_authors_institution(essay):
    if essay.mentor is not None:
        assert ROSTER.mentors[essay.mentor].institution == essay.institution


@each_essay
def test_plan_of_the_file_is_known(essay):
    office = {"header_footer", "properties", "comments", "tracked_changes", "hidden_text"}
    allowed = {"docx": LEAKS - {"pdf_info"}, "odt": LEAKS - {"pdf_info"}}.get(essay.format, LEAKS - office)
    if essay.format == "pdf":
        allowed = allowed | {"header_footer"}

    assert set(essay.leaks) <= allowed
    assert essay.quality in range(1, 6)


def test_every_format_leak_and_level_of_quality_occurs():
    assert {essay.format for essay in ESSAYS} == {"docx", "odt", "pdf", "txt-utf8", "txt-cp1251", "txt-koi8r"}
    assert {leak for essay in ESSAYS for leak in essay.leaks} == LEAKS
    assert {essay.quality for essay in ESSAYS} == {1, 2, 3, 4, 5}


def test_about_one_in_six_refuses_dissemination():
    assert sum(not essay.dissemination for essay in ESSAYS) == 7


def test_two_thirds_of_the_texts_give_their_author_away():
    def gives_away(essay: DemoEssay) -> bool:
        mentor = ROSTER.mentors.get(essay.mentor or "")
        signs = [essay.given_name, essay.surname, essay.email, essay.phone]
        if mentor:
            signs += [mentor.surname, mentor.patronymic, mentor.patronymic[:-1]]
        return any(sign in essay.text for sign in signs)

    assert sum(map(gives_away, ESSAYS)) >= 27


def test_addresses_and_telephones_belong_to_nobody():
    written = "\n".join(essay.text for essay in ESSAYS)
    people = [*ROSTER.mentors.values(), *ROSTER.judges.values(), *ROSTER.organizers.values(), *ESSAYS]
    addresses = re.findall(r"[\w.+-]+@[\w.-]+\w", written) + [person.email for person in people]
    telephones = re.findall(r"\+7[ \d()-]+\d", written) + [person.phone for person in people]

    assert {address.partition("@")[2] for address in addresses} <= {"example.org", "example.com"}
    assert [number for number in telephones if not re.fullmatch(r"\+7 \(000\) 000-00-\d\d", number)] == []


def test_what_an_essay_says_of_its_author_is_the_authors():
    for essay in ESSAYS:
        for address in re.findall(r"[\w.+-]+@[\w.-]+\w", essay.text):
            assert address == essay.email
    signed = {essay.key: essay for essay in ESSAYS if essay.phone in essay.text}

    assert sorted(signed) == ["13-smorodina", "28-vnuk-na-udalyonke", "31-rukami"]


def test_roster_refers_only_to_what_it_holds():
    people = [*ROSTER.mentors.values(), *ROSTER.judges.values(), *ROSTER.organizers.values()]
    places = {person.institution for person in people if person.institution}
    parents = {place.parent for place in ROSTER.institutions.values() if place.parent}

    assert {place.municipality for place in ROSTER.institutions.values()} <= set(ROSTER.municipalities)
    assert (places | parents) - set(ROSTER.institutions) == set()
    assert len(parents) == 2


def test_some_judges_work_where_entrants_study():
    studied = {essay.institution for essay in ESSAYS}

    assert len(ROSTER.judges) == 9
    assert sum(judge.institution in studied for judge in ROSTER.judges.values()) == 4
    assert [judge.key for judge in ROSTER.judges.values() if judge.role == "chair"] == ["vostretsov"]


def test_markup_is_read_into_blocks():
    blocks = read_blocks(
        "# Заголовок\n\nПервая *строка*[^1]\nвторая\n- раз\n- два\n\n1. три\n\n> **цитата**\n\n[^1]: сноска"
    )

    assert blocks == (
        Block("heading", (Span("Заголовок"),), level=1),
        Block(
            "paragraph",
            (Span("Первая "), Span("строка", emphasis=True), Span("", note=(Span("сноска"),)), Span("\nвторая")),
        ),
        Block("bullet", (Span("раз"),)),
        Block("bullet", (Span("два"),)),
        Block("numbered", (Span("три"),), number=1),
        Block("quotation", (Span("цитата", strong=True),)),
    )


@pytest.mark.parametrize("source", ["открытое *выделение", "нет сноски[^7]"])
def test_broken_markup_is_refused(source):
    with pytest.raises(ValueError, match=r"left open|not defined"):
        read_blocks(source)


def test_essay_without_front_matter_is_refused():
    with pytest.raises(ValueError, match="no front matter"):
        read_essay("41-x", "просто текст")
