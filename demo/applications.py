"""How an author of the demo enters an essay: the same acts, in the same order, as on the pages."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from demo.files import build
from demo.handwriting import photographs
from demo.people import author_address
from demo.regulation import CATEGORIES, NOMINATIONS
from demo.roster import load_roster
from demo.telling import Telling, blind_at
from demo.texts import DemoEssay
from essays.contests.models import ConsentText
from essays.entries import actions, consents, pages, painting, versions
from essays.entries.models import Consent, Entry
from essays.ledger.past import told_at
from essays.people.age import Signer, signers
from essays.people.models import Institution, User

FILLING_IN = timedelta(minutes=25)
PARENTS = {
    "f": (("Анна", "Николаевна"), ("Оксана", "Валерьевна"), ("Инга", "Степановна"), ("Римма", "Павловна")),
    "m": (("Юрий", "Николаевич"), ("Вадим", "Ильич"), ("Антон", "Павлович"), ("Роман", "Степанович")),
}
Kind, GivenBy = ConsentText.Kind, Consent.GivenBy


@dataclass(frozen=True)
class World:
    """Accounts by address, institutions by key, and how many years have gone since the essays were written."""

    users: dict[str, User]
    institutions: dict[str, Institution]
    years_later: int

    def birth_date(self, essay: DemoEssay) -> date:
        """A day of the year that stays the author's own; the author never grows out of the class."""
        day = Random(essay.key).randrange(1, 330)
        return date(essay.birth_year + self.years_later, 1, 1) + timedelta(days=day)


@dataclass(frozen=True)
class Application:
    """How an essay is entered: by whose account (None: the author's own), and how far it gets.

    ``photographs``: the essay is written by hand, and so many of its pages are photographed; 0: it is a file.
    """

    essay: DemoEssay
    by_mentor: User | None = None
    guardian_answers: bool = True
    photographs: int = 0


def fill_in(telling: Telling, world: World, wanted: Application, moment: datetime) -> Entry:
    """A draft with everything but consents and file, begun half an hour before the moment."""
    essay = wanted.essay
    owner = wanted.by_mentor or world.users[author_address(essay)]
    who = Entry.EnteredBy.MENTOR if wanted.by_mentor else Entry.EnteredBy.ENTRANT
    with telling.at(moment - FILLING_IN):
        entry = actions.start(telling.contest, owner, who)
        Entry.objects.filter(pk=entry.pk).update(created_at=moment - FILLING_IN)
    with telling.at(moment - FILLING_IN / 2):
        born = world.birth_date(essay)
        actions.change(entry, owner, _author(essay, owner, born) | _guardian(essay, born, moment.date()))
        actions.change(entry, owner, _studies(essay, world))
        actions.change(entry, owner, _theme(telling, essay))
    return entry


def kinds_agreed_to(essay: DemoEssay) -> list[str]:
    """Everybody agrees to processing, most to being named, and every other one of these to being read."""
    if not essay.dissemination:
        return [Kind.PROCESSING]
    return [Kind.PROCESSING, Kind.DISSEMINATION, *([Kind.ESSAY] if essay.number % 2 else [])]


def hand_in(telling: Telling, world: World, wanted: Application, moment: datetime) -> Entry:
    """Fill in, agree, upload and send at that moment; the blind copy follows a minute later."""
    entry = fill_in(telling, world, wanted, moment)
    with told_at(moment - timedelta(minutes=2)):
        # Reads the file in a child process: not inside a transaction that others wait for.
        if wanted.photographs:
            for name, content in photographs(wanted.essay, wanted.photographs):
                pages.add(entry, entry.owner, SimpleUploadedFile(name, content))
            pages.hand_in(entry, entry.owner)
        else:
            versions.attach(entry, entry.owner, upload_of(wanted.essay))
    kinds = kinds_agreed_to(wanted.essay)
    with telling.at(moment):
        needed = consents.signers_of(entry)
        if Signer.ENTRANT in needed and not wanted.by_mentor:
            consents.give(entry, kinds, GivenBy.ENTRANT, channel="account", actor=entry.owner)
        actions.send(entry, entry.owner)
    blind_at(entry.essays.current().get(), moment + timedelta(minutes=1))
    if wanted.photographs:
        _show_the_hand(entry, moment + timedelta(minutes=2))
    if Signer.GUARDIAN in needed and wanted.guardian_answers:
        with telling.at(moment + timedelta(minutes=40)):
            consents.give(entry, kinds, GivenBy.GUARDIAN, channel="letter")
            if Signer.ENTRANT in needed and wanted.by_mentor:
                consents.give(entry, kinds, GivenBy.ENTRANT, channel="letter")
    elif wanted.by_mentor and wanted.guardian_answers:
        raise ValueError(f"{wanted.essay.key}: nobody could sign for a grown-up whom a mentor entered")
    entry.refresh_from_db()
    return entry


def _show_the_hand(entry: Entry, moment: datetime) -> None:
    """Where a reader of print believed the neat hand, the author's side sees to it that judges get the pages."""
    essay = entry.essays.current().select_related("blind_copy", "entry").get()
    if essay.blind_copy is not None and essay.blind_copy.text:
        with told_at(moment):
            painting.show_pages_instead(essay, entry.owner)
        blind_at(essay, moment + timedelta(minutes=1))


def upload_of(essay: DemoEssay) -> SimpleUploadedFile:
    name, content = build(essay)
    return SimpleUploadedFile(name, content)


def _author(essay: DemoEssay, owner: User, birth_date: date) -> dict[str, Any]:
    return {
        "surname": essay.surname,
        "given_name": essay.given_name,
        "patronymic": essay.patronymic,
        "birth_date": birth_date,
        "email": owner.email,
        "phone": essay.phone,
    }


def _guardian(essay: DemoEssay, birth_date: date, day: date) -> dict[str, str]:
    """A parent of the same surname for those who need one."""
    if Signer.GUARDIAN not in signers(birth_date, day):
        return {}
    given_name, patronymic = PARENTS[essay.sex][essay.number % 4]
    return {
        "guardian_surname": essay.surname,
        "guardian_given_name": given_name,
        "guardian_patronymic": patronymic,
        "guardian_email": f"guardian-{essay.number}@example.org",
    }


def _studies(essay: DemoEssay, world: World) -> dict[str, Any]:
    place = world.institutions[essay.institution]
    values: dict[str, Any] = {"institution": place, "municipality": place.municipality, "course": essay.course}
    if essay.mentor:
        mentor = load_roster().mentors[essay.mentor]
        values |= {
            "mentor_surname": mentor.surname,
            "mentor_given_name": mentor.given_name,
            "mentor_patronymic": mentor.patronymic,
            "mentor_email": mentor.email,
        }
    return values


def _theme(telling: Telling, essay: DemoEssay) -> dict[str, Any]:
    return {
        "category": telling.contest.categories.all()[CATEGORIES.index(essay.category)],
        "nomination": telling.contest.nominations.all()[NOMINATIONS.index(essay.nomination)],
        "title": essay.title,
    }
