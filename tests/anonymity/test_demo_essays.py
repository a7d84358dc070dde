"""The essays of the demo contest, written without a thought of this package, as files with the leaks real ones have."""

from __future__ import annotations

import pytest

from demo.files import build
from demo.roster import load_roster
from demo.texts import DemoEssay, load_essays
from essays.anonymity.identity import Identity, Institution, Person
from essays.anonymity.reading import read_bytes
from essays.anonymity.redaction import redact
from essays.anonymity.rendering import to_html
from essays.anonymity.selfattack import find_leaks


def identity_of(essay: DemoEssay) -> Identity:
    roster = load_roster()
    place = roster.institutions[essay.institution]
    mentor = roster.mentors[essay.mentor] if essay.mentor else None
    return Identity(
        surname=essay.surname,
        given_name=essay.given_name,
        patronymic=essay.patronymic,
        institution=Institution(
            place.official_name, place.short_name, roster.municipalities[place.municipality].name, place.locality
        ),
        course=essay.course,
        email=essay.email,
        mentor=Person(mentor.surname, mentor.given_name, mentor.patronymic) if mentor else None,
    )


@pytest.mark.parametrize("essay", load_essays(), ids=lambda essay: essay.key)
def test_nothing_of_the_author_is_left(essay: DemoEssay) -> None:
    name, content = build(essay)
    identity = identity_of(essay)
    reading = read_bytes(content, name)

    copy = redact(reading.document, identity).document

    assert find_leaks(to_html(copy), identity, reading.metadata_strings) == []
    surname = essay.surname[:-1] if len(essay.surname) > 4 else f" {essay.surname} "
    known = [surname, essay.email, identity.institution.short_name if identity.institution else ""]
    known += [f"{identity.mentor.given_name} {identity.mentor.patronymic}"] if identity.mentor else []
    assert [word for word in known if word and word.lower() in copy.text.lower()] == []
    # A copy is worth reading when the essay is still there.
    assert len(copy.text) > 0.8 * len(reading.document.text)
