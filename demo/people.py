"""Accounts, municipalities and institutions of the demo. Asked for twice, nothing is made twice."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from demo.logins import PARTS, PASSWORD
from demo.roster import Person, load_roster
from demo.texts import DemoEssay
from essays.ledger.past import told_at
from essays.people.actions import save_institution
from essays.people.models import Institution, Municipality, User

# Of the territories of the region, those where no institution of the demo stands.
OTHER_MUNICIPALITIES = (
    "город Белокуриха",
    "город Яровое",
    "ЗАТО Сибирский",
    *(
        f"{name} район"
        for name in (
            "Благовещенский Завьяловский Каменский Калманский Косихинский Первомайский Поспелихинский Романовский "
            "Смоленский Советский Топчихинский Троицкий Тюменцевский Целинный Шипуновский"
        ).split()
    ),
)
_addresses = {part: address for address, part in PARTS.items()}


def address_of(person: Person) -> str:
    """The address of somebody's account: the login of the part they play, else their own."""
    return _addresses.get(person.key, person.email)


def author_address(essay: DemoEssay) -> str:
    return _addresses.get(essay.key, essay.email)


def make_accounts(essays: Iterable[DemoEssay], at: datetime) -> dict[str, User]:
    """An account with the demo's password for everybody who signs in, by address; joined at that moment.

    The hash is computed once: forty of them would take longer than the essays.
    """
    roster = load_roster()
    wanted: dict[str, tuple[str, str, str]] = {}
    for essay in essays:
        wanted[author_address(essay)] = (essay.surname, essay.given_name, essay.patronymic)
    mentors = [person for person in roster.mentors.values() if person.key in _addresses]
    for person in (*roster.judges.values(), *roster.organizers.values(), *mentors):
        wanted[address_of(person)] = (person.surname, person.given_name, person.patronymic)
    organizers = {address_of(person) for person in roster.organizers.values()}
    known = User.objects.in_bulk(list(wanted), field_name="email")
    hashed = make_password(PASSWORD)
    with transaction.atomic():
        for address, (surname, given_name, patronymic) in wanted.items():
            if address in known:
                continue
            user = User.objects.create(
                email=address,
                password=hashed,
                surname=surname,
                given_name=given_name,
                patronymic=patronymic,
                is_organizer=address in organizers,
                date_joined=at,
            )
            EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
            known[address] = user
    return known


def make_institutions(actor: User, at: datetime) -> dict[str, Institution]:
    """The demo's institutions by their keys of the roster, entered by ``actor``; and every municipality to choose."""
    roster = load_roster()
    with transaction.atomic():
        for name in OTHER_MUNICIPALITIES:
            Municipality.objects.get_or_create(name=name)
        places = {
            key: Municipality.objects.get_or_create(name=row.name)[0] for key, row in roster.municipalities.items()
        }
    known: dict[str, Institution] = {}
    for key, row in roster.institutions.items():
        place = places[row.municipality]
        found = Institution.objects.filter(name=row.official_name, municipality=place).first()
        if found is None:
            values = {
                "short_name": row.short_name,
                "name": row.official_name,
                "kind": row.kind,
                "municipality": place,
                "locality": row.locality,
                "parent": known[row.parent] if row.parent else None,
            }
            with told_at(at):
                found = save_institution(values, actor=actor)
        known[key] = found
    return known
