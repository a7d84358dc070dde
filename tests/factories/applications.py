"""Applications for tests, made through the actions that people use."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from essays.contests.models import Contest
from essays.entries import actions, blinding, consents, versions
from essays.entries.consents import Kind
from essays.entries.models import Consent, Entry
from essays.people.models import User
from tests.factories.story import (
    CategoryFactory,
    ContestFactory,
    InstitutionFactory,
    NominationFactory,
    UserFactory,
    consent_texts,
)

TEXT = (
    "Меня зовут Мария Ребрихина, я учусь в 9 «А» классе.\n\n"
    "Летом я получала паспорт через портал Госуслуг. Сначала было страшно, потом оказалось просто.\n\n"
    "Больше всего мне помогла наша учительница Анна Петровна Тестова: она объяснила, где искать заявление.\n"
)


def born(years_ago: int) -> date:
    """A birth date that makes somebody so many years old today."""
    today = timezone.localdate()
    return date(today.year - years_ago, today.month, 1)


def upload(text: str = TEXT, name: str = "essay.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def open_contest(**values: Any) -> Contest:
    """A contest in intake with one category, one nomination and both consent texts."""
    contest = ContestFactory(**values)
    CategoryFactory(contest=contest)
    NominationFactory(contest=contest)
    consent_texts(contest)
    return contest


def filled(contest: Contest, owner: User | None = None, *, birth_date: date = date(2000, 5, 1), **values: Any) -> Entry:
    """A draft with everything but the file filled in; an adult unless ``birth_date`` says otherwise."""
    owner = owner or UserFactory()
    entry = actions.start(contest, owner, Entry.EnteredBy.ENTRANT)
    place = values.pop("institution", None) or InstitutionFactory()
    actions.change(
        entry,
        owner,
        {
            "surname": "Ребрихина",
            "given_name": "Мария",
            "patronymic": "Сергеевна",
            "birth_date": birth_date,
            "email": owner.email,
            "institution": place,
            "municipality": place.municipality,
            "course": "9 «А»",
            "mentor_surname": "Тестова",
            "mentor_given_name": "Анна",
            "mentor_patronymic": "Петровна",
            "category": contest.categories.first(),
            "nomination": contest.nominations.first(),
            "title": "Паспорт без очереди",
            **values,
        },
    )
    consents.give(entry, [Kind.PROCESSING], Consent.GivenBy.ENTRANT, channel="account")
    return entry


def sent(contest: Contest, owner: User | None = None, *, text: str = TEXT, **values: Any) -> Entry:
    """An entry that was handed in."""
    entry = filled(contest, owner, **values)
    versions.attach(entry, entry.owner, upload(text))
    actions.send(entry, entry.owner)
    return entry


def blinded(contest: Contest, owner: User | None = None, **values: Any) -> Entry:
    """An entry that was handed in and whose blind copy is made."""
    entry = sent(contest, owner, **values)
    blinding.blind(entry.essays.current().get().pk)
    return entry
