"""From an application to what must not be seen in a blind copy, and to the keys of conflicts."""

import hashlib
import hmac

from essays.anonymity.engine import Rule
from essays.anonymity.identity import Identity, Institution, Person
from essays.anonymity.keys import conflict_key
from essays.contests.models import Contest
from essays.entries.models import Entry
from essays.people.models import searchable


def identity_of(entry: Entry) -> Identity:
    """Everything the application says about the author and the people and places around."""
    place = entry.institution
    return Identity(
        surname=entry.surname,
        given_name=entry.given_name,
        patronymic=entry.patronymic,
        birth_date=entry.birth_date,
        institution=Institution(
            name=place.name,
            short_name=place.short_name,
            municipality=place.municipality.name,
            locality=place.locality,
        )
        if place
        else None,
        course=entry.course,
        email=entry.email,
        phone=entry.phone,
        mentor=_person(entry.mentor_surname, entry.mentor_given_name, entry.mentor_patronymic),
        guardian=_person(entry.guardian_surname, entry.guardian_given_name, entry.guardian_patronymic),
    )


def _person(surname: str, given_name: str, patronymic: str) -> Person | None:
    return Person(surname, given_name, patronymic) if surname or given_name else None


def rule_of(contest: Contest) -> Rule:
    """What the contest has chosen to hide."""
    return Rule(contest.blindness, contest.hides_places)


def author_line_of(entry: Entry) -> str:
    """Who entered, for judges of a contest without blind review; empty in every other."""
    if entry.contest.blindness != Contest.Blindness.OPEN:
        return ""
    return ", ".join(str(part) for part in (entry.full_name, entry.institution and entry.institution.name) if part)


def conflict_keys_of(entry: Entry) -> list[str]:
    """Keys that travel on the blind copy: institution, its parent and its municipality, owner, addresses of author,
    mentor and guardian.
    """
    pairs: list[tuple[str, object]] = [("user", entry.owner_id)]
    if entry.institution:
        pairs.append(("institution", entry.institution_id))
        if entry.institution.parent_id:
            pairs.append(("institution", entry.institution.parent_id))
    places = {entry.municipality_id, entry.institution.municipality_id if entry.institution else None}
    # They meet a judge's keys only where the rules of the contest say so.
    pairs += [("municipality", place) for place in places if place]
    addresses = {entry.email, entry.mentor_email, entry.guardian_email, entry.owner.email}
    pairs += [("email", address) for address in sorted(addresses) if address]
    return sorted({conflict_key(entry.contest, kind, value) for kind, value in pairs})


def author_key_of(contest: Contest, entry: Entry) -> str:
    """Who the author is, as an HMAC: one author enters a contest once, whoever sends the entry."""
    who = searchable(f"{entry.surname}|{entry.given_name}|{entry.patronymic}|{entry.birth_date}")
    return hmac.new(contest.salt.encode(), f"author:{who}".encode(), hashlib.sha256).hexdigest()
