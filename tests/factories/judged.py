"""A contest that has been judged: entries with authors and consents, blind copies, reviews. Past the actions."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from essays.anonymity.models import BlindCopy
from essays.contests.models import Category, ConsentText, Contest, Nomination
from essays.entries.models import Consent, Entry, Essay
from essays.people.models import User
from judging.assignments.models import Assignment
from judging.panels.models import Seat
from judging.rubrics.models import Criterion
from tests.factories.story import (
    AssignmentFactory,
    BlindCopyFactory,
    CategoryFactory,
    ContestFactory,
    ContestOrganizerFactory,
    InstitutionFactory,
    NominationFactory,
    SeatFactory,
    UserFactory,
    awards,
    consent_texts,
    moment,
    review,
    rubric,
    rules,
)

Marks = Sequence[int]
SURNAMES = ("Облепихина", "Чарышова", "Тополева", "Лиственная", "Снегирёва", "Кедрова", "Беловодская", "Катунская")


@dataclass
class Judged:
    contest: Contest
    organizer: User
    category: Category
    nomination: Nomination
    criteria: list[Criterion]
    seats: list[Seat] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    copies: list[BlindCopy] = field(default_factory=list)

    def add(
        self,
        *reviews: Marks,
        category: Category | None = None,
        nomination: Nomination | None = None,
        named: bool = True,
        code: str | None = None,
        third: bool = False,
        mentor: str = "",
    ) -> BlindCopy:
        """One more admitted entry with these reviews (marks per criterion); ``third``: the last one is a third."""
        category, nomination = category or self.category, nomination or self.nomination
        index = len(self.entries)
        copy = BlindCopyFactory(
            contest=self.contest,
            category=category,
            nomination=nomination,
            code=code or f"A{index:05d}",
            title=f"Работа {index + 1}",
        )
        entry = entry_of(copy, number=index + 1, surname=SURNAMES[index % len(SURNAMES)], mentor=mentor)
        if named:
            agree(entry)
        for number, marks in enumerate(reviews):
            while len(self.seats) <= number:
                self.seats.append(SeatFactory(contest=self.contest))
            is_third = third and number == len(reviews) - 1
            assignment = AssignmentFactory(
                copy=copy,
                seat=self.seats[number],
                contest=self.contest,
                round=Assignment.Round.THIRD if is_third else Assignment.Round.FIRST,
            )
            made = review(assignment, dict(zip(self.criteria, marks, strict=True)))
            made.comment_for_author = f"Автору работы {index + 1}: слово эксперта {number + 1}"
            made.note_for_jury = f"Только жюри о работе {index + 1}"
            made.save()
        self.entries.append(entry)
        self.copies.append(copy)
        return copy


def entry_of(copy: BlindCopy, *, number: int, surname: str, mentor: str = "") -> Entry:
    """An admitted entry of a seventeen-year-old's elder: eighteen, so that the author alone consents."""
    institution = InstitutionFactory()
    entry = Entry.objects.create(
        contest=copy.contest,
        owner=UserFactory(),
        state=Entry.State.ADMITTED,
        number=number,
        code=copy.code,
        surname=surname,
        given_name="Вера",
        patronymic="Ильинична",
        birth_date=date(2000, 1, 1),
        email=f"author{number}-{copy.pk}@example.org",
        institution=institution,
        municipality=institution.municipality,
        course="11 «А»",
        category=copy.category,
        nomination=copy.nomination,
        title=copy.title,
        mentor_surname=mentor,
        mentor_given_name="Ольга" if mentor else "",
        author_key=uuid.uuid4().hex,
        received_at=moment(-40),
        decided_at=moment(-30),
    )
    Essay.objects.create(
        entry=entry,
        version=1,
        file="essays/none.txt",
        original_name="essay.txt",
        format="txt",
        size=10,
        sha256="0" * 64,
        characters=10,
        words=2,
        received_at=moment(-40),
        state=Essay.State.BLINDED,
        blind_copy=copy,
        blinded_at=moment(-40),
    )
    return entry


def agree(entry: Entry, kind: str = ConsentText.Kind.DISSEMINATION) -> Consent:
    text = ConsentText.objects.get(contest=entry.contest, kind=kind)
    return Consent.objects.create(entry=entry, text=text, given_by=Consent.GivenBy.ENTRANT, given_at=moment(-40))


def judged_contest(*entries: Sequence[Marks], **rule_changes: object) -> Judged:
    """A contest in which these entries have been reviewed by two judges: criteria of 60 and 40 points."""
    contest = ContestFactory(stage="deciding")
    consent_texts(contest)
    rules(contest, **rule_changes)
    awards(contest)
    judged = Judged(
        contest=contest,
        organizer=ContestOrganizerFactory(contest=contest).user,
        category=CategoryFactory(contest=contest),
        nomination=NominationFactory(contest=contest),
        criteria=rubric(contest),
    )
    for reviews in entries:
        judged.add(*reviews)
    return judged
