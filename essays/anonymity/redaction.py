"""Hiding the author: from a document and an identity to a blind copy."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from essays.anonymity.bylines import find_bylines
from essays.anonymity.contacts import find_contacts
from essays.anonymity.courses import find_course
from essays.anonymity.document import Document
from essays.anonymity.folding import Folded, fold
from essays.anonymity.identity import Identity, Person
from essays.anonymity.language import english_places, in_english, is_english
from essays.anonymity.name_forms import NameForms
from essays.anonymity.name_hiding import OTHER_PERSON
from essays.anonymity.name_search import find_person
from essays.anonymity.persons import Seed, find_english_people, find_people
from essays.anonymity.persons.cues import PERSON
from essays.anonymity.persons.misprints import find_misprints
from essays.anonymity.persons.own_in_english import find_own_in_english, with_initials, without_famous
from essays.anonymity.quasi import find_quasi
from essays.anonymity.schools import find_institution
from essays.anonymity.schools_english import find_english_institution
from essays.anonymity.spaced import joined
from essays.anonymity.spans import Span, settle

__all__ = ["Redacted", "Span", "redact"]

PARTICIPANT, MENTOR, PARENT = "УЧАСТНИК", "ПЕДАГОГ", "РОДИТЕЛЬ"
SURE = 0.8
"""Below this a hidden place of the author is shown to a person before the copy is released."""
OTHERS = frozenset({"person", "relative"})
DOUBTS_ABOUT_OTHERS = 2
"""So many places of other people may be unsure: at worst a name too many is hidden. Not in texts without capitals."""


@dataclass(frozen=True)
class Redacted:
    """A blind copy.

    `spans` are the hidden places as offsets into the text of the *original* document. `warnings` are codes of
    doubts. `confident` tells that the copy may be released without a person's look.
    """

    document: Document
    spans: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()
    confident: bool = True


def redact(document: Document, identity: Identity, quasi: bool = False) -> Redacted:
    """Replace everything that tells who wrote `document` by role tags, English ones in an English text.

    `quasi` hides small places and rare posts too: «в нашем селе Ребриха», «отец — глава сельсовета».
    """
    text = document.text
    folded = joined(fold(text))
    spans, warnings = find_spans(folded, identity, quasi=quasi)
    if is_english(folded.text):
        spans = [replace(span, tag=in_english(span.tag)) for span in spans]
    settled = settle(spans, text)
    copy = document.replace_spans([(span.start, span.end, span.tag) for span in settled])
    confident = not warnings and _is_sure(settled, folded)
    return Redacted(copy, settled, tuple(sorted(warnings)), confident)


def _is_sure(spans: Sequence[Span], folded: Folded) -> bool:
    unsure = [span for span in spans if span.confidence < SURE]
    if not unsure:
        return True
    if len(unsure) > DOUBTS_ABOUT_OTHERS or any(span.kind not in OTHERS for span in unsure):
        return False
    # Where nobody wrote capitals, names are told from words by guess.
    return sum(word.capital for word in folded.words) * 20 > len(folded.words)


def find_spans(folded: Folded, identity: Identity, *, quasi: bool = False) -> tuple[list[Span], set[str]]:
    """Every place to hide, overlaps included, and the codes of doubts."""
    found = find_person(folded, NameForms.of(identity.author), kind="participant", tag=PARTICIPANT)
    spans, warnings = found.spans, found.warnings
    for person, kind, tag in ((identity.mentor, "mentor", MENTOR), (identity.guardian, "guardian", PARENT)):
        if person is not None:
            spans += _others(folded, person, identity, kind, tag)
    bylines, teachers = find_bylines(folded, *_places_of(identity))
    spans += bylines
    spans += find_institution(folded, identity.institution)
    spans += find_course(folded, identity.course)
    spans += find_contacts(folded, identity)
    english = english_places(folded.text)
    if english:
        spans = without_famous(folded, [*spans, *find_own_in_english(folded, identity, english)], english)
        spans += find_english_institution(folded, identity, english)
    if quasi:
        spans += find_quasi(folded, identity)
    return _with_others(folded, identity, spans, english, teachers), warnings


def _places_of(identity: Identity) -> tuple[str, ...]:
    """Where the author's institution stands: locality and municipality."""
    place = identity.institution
    return tuple(name for name in (place.locality, place.municipality) if name) if place else ()


def _with_others(
    folded: Folded, identity: Identity, spans: list[Span], english: list[tuple[int, int]], teachers: list[Seed]
) -> list[Span]:
    """The places of the author and the profile, and those of all other private people."""
    # Somebody else of the author's surname is one of the other people, and gets a number among them.
    namesakes = [span for span in spans if span.tag == OTHER_PERSON]
    spans = [span for span in spans if span.tag != OTHER_PERSON]
    hidden = [_place(folded, span) for span in spans]
    seeds = [Seed(*_place(folded, span), PERSON, span.reason, span.confidence) for span in namesakes]
    people = find_people(folded, identity, hidden, [*teachers, *seeds, *find_misprints(folded)])
    people = [_whole(span, namesakes) for span in people]
    if english:
        people = without_famous(folded, people, english)
        taken = [*hidden, *(_place(folded, span) for span in people)]
        numbered = len({span.tag for span in people if span.tag.startswith(PERSON.tag)})
        found = find_english_people(folded, taken, numbered)
        people += [span for span in found if any(a <= _place(folded, span)[0] < b for a, b in english)]
        return with_initials(folded, spans + people, english)
    return spans + people


def _whole(span: Span, namesakes: list[Span]) -> Span:
    """A person's place with all that the search for the author found of it: «Петрова А.-М.»."""
    for namesake in namesakes:
        if span.start < namesake.end and namesake.start < span.end:
            return replace(span, start=min(span.start, namesake.start), end=max(span.end, namesake.end))
    return span


def _place(folded: Folded, span: Span) -> tuple[int, int]:
    """The place of a span in the folded text."""
    return bisect_left(folded.starts, span.start), bisect_left(folded.starts, span.end)


def _others(folded: Folded, person: Person, identity: Identity, kind: str, tag: str) -> list[Span]:
    """Another person: by the surname and by given name with patronymic, never by a given name alone."""
    if len(person.given_name) == 1 or fold(person.surname).text == fold(identity.surname).text:
        # With initials only, or with the author's own surname, the surname alone says nothing new.
        forms = NameForms.of(Person(person.surname, person.given_name, person.patronymic))
        spans = find_person(folded, forms, kind=kind, tag=tag, given_alone=False).spans
        return [span for span in spans if span.reason.startswith(("surname with", "given name and"))]
    spans = find_person(folded, NameForms.of(person), kind=kind, tag=tag, given_alone=False).spans
    return [span for span in spans if span.reason != "patronymic"]


def hidden(text: str, redacted: Redacted) -> list[str]:
    """The hidden pieces of `text`, for explanations and tests."""
    return [re.sub(r"\s+", " ", text[span.start : span.end]) for span in redacted.spans]
