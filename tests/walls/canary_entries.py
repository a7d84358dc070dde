"""Entries with canaries in every place of every kind of file and of the application."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test import Client

from essays.anonymity import actions as copies
from essays.anonymity.decisions import Decision
from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.entries import actions, blinding, consents, remarking, versions
from essays.entries.consents import Kind
from essays.entries.models import Consent, Entry, Essay
from essays.entries.redaction_models import Redaction
from essays.people.models import User
from judging.panels.models import Seat
from tests.factories.story import (
    ContestFactory,
    InstitutionFactory,
    MunicipalityFactory,
    UserFactory,
    moment,
)
from tests.walls.leaky_files import AUTHORS, WRITERS, Author, Canaries

# Ids of what knows the author begin here, so that one of them is recognised wherever it stands.
FIRST_ID = 73_518_000
# When everything about the entries happened, as far as their rows know.
LONG_AGO = datetime(2011, 3, 7, (datetime.now(UTC).hour + 10) % 24, 5, 6, tzinfo=UTC)
# The same by the clocks of London and Barnaul; far from the present hour by either, which pages may show.
HOURS = f"{LONG_AGO:%H:%M}", f"{LONG_AGO + timedelta(hours=7):%H:%M}"
# A piece of each essay that names nobody.
PHRASES = {
    "docx": "летом я получала паспорт",
    "odt": "соседнего двора спорили",
    "pdf": "записалась к врачу",
    "txt": "оформить льготу",
}
OFFLINE_PAGES = "pages to read offline"


@dataclass
class Story:
    contest: Contest
    canaries: Canaries
    entries: list[Entry]
    judges: list[Seat]

    def kind_of(self, copy: BlindCopy) -> str:
        """Which of the files the copy was made of."""
        essay = Essay.objects.get(blind_copy=copy)
        return list(AUTHORS)[[entry.pk for entry in self.entries].index(essay.entry_id)]


def start_ids_at(model: type[models.Model], number: int) -> None:
    """The next row of this table gets the id after ``number``."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, number])
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])


def enter(contest: Contest, kind: str, author: Author, canaries: Canaries) -> Entry:
    """Apply, attach twice and send, as an entrant does."""
    owner = UserFactory(
        email=author.email, surname=author.surname, given_name=author.given_name, patronymic=author.patronymic
    )
    place = InstitutionFactory(
        name=author.official_name,
        short_name=author.school,
        municipality=MunicipalityFactory(name=author.municipality),
        locality=author.locality,
    )
    entry = actions.start(contest, owner, Entry.EnteredBy.ENTRANT)
    mentor, guardian = author.mentor, author.guardian
    actions.change(
        entry,
        owner,
        {
            "surname": author.surname,
            "given_name": author.given_name,
            "patronymic": author.patronymic,
            "birth_date": date(2000, 5, 17),
            "email": author.email,
            "phone": author.phone,
            "institution": place,
            "municipality": place.municipality,
            "course": author.course,
            "mentor_surname": mentor[0],
            "mentor_given_name": mentor[1],
            "mentor_patronymic": mentor[2],
            "mentor_email": f"{canaries.at(f'{kind} mentor address')}@example.org",
            "guardian_surname": guardian[0],
            "guardian_given_name": guardian[1],
            "guardian_patronymic": guardian[2],
            "guardian_email": f"{canaries.at(f'{kind} guardian address')}@example.org",
            "category": contest.categories.get(),
            "nomination": contest.nominations.get(),
            "title": f"Опыт, который помню ({author.surname} {author.given_name})",
        },
    )
    consents.give(entry, [Kind.PROCESSING], Consent.GivenBy.ENTRANT, channel="account")
    early = f"Первый набросок: {canaries.at(f'{kind} earlier version')} хотел рассказать о другом."
    for text, name in ((early.encode(), "draft.txt"), (WRITERS[kind](author, canaries), f"essay.{kind}")):
        name = f"{canaries.at(f'{kind} file name of {name}')}-{name}"
        versions.attach(entry, owner, SimpleUploadedFile(name, text))
    actions.send(entry, owner)
    blinding.blind(entry.essays.current().get().pk)
    return entry


def look_through(entry: Entry, organizer: User, canaries: Canaries) -> None:
    """Everything that people write on the redaction desk: a remark and its answer, an alarm, decisions about places."""
    essay = Essay.objects.current().select_related("blind_copy").get(entry=entry)
    assert essay.blind_copy
    words = canaries.at("words of a remark"), canaries.at("the reason of a remark")
    remark = remarking.remark(essay.pk, "needless", *words, entry.owner)
    remarking.answer(remark, "kept", canaries.at("the answer to a remark"), organizer)
    copies.raise_alarm(essay.blind_copy, organizer, canaries.at("an alarm"))
    # A decision keeps the words that it hides.
    Redaction.objects.filter(essay=essay).update(
        decisions=[Decision(0, 0, True, canaries.at("words of a decision"), whole=True).to_data()]
    )


def move_to_judging(contest: Contest) -> None:
    during = ContestFactory.build(stage="judging")
    for name in ("opens_at", "closes_at", "screening_ends_at", "corrections_end_at", "judging_starts_at"):
        setattr(contest, name, getattr(during, name))
    contest.judging_ends_at, contest.session_ends_at, contest.results_at = moment(10), moment(20), moment(30)
    contest.save()


def signed_in(user: User | None) -> Client:
    assert user is not None
    client = Client(headers={"accept-language": "ru"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
