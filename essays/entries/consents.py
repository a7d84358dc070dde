"""Who has to agree to what, and who has."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from essays.contests.models import ConsentText, Contest
from essays.entries.models import Consent, Entry
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.people.age import Signer, signers

Kind = ConsentText.Kind


def current_texts(contest: Contest) -> dict[str, ConsentText]:
    """The newest version of each consent text of a contest, by kind."""
    newest: dict[str, ConsentText] = {}
    for text in contest.consent_texts.order_by("version"):
        newest[text.kind] = text
    return newest


def signers_of(entry: Entry, day: date | None = None) -> tuple[Signer, ...]:
    """Who signs for this entry on the day it was received (or today); empty while the birth date is unknown."""
    if entry.birth_date is None:
        return ()
    return signers(entry.birth_date, day or (entry.received_at or clock.now()).date())


def missing(entry: Entry, kind: str = Kind.PROCESSING) -> list[Signer]:
    """Signers whose consent of this kind does not stand."""
    given = set(entry.consents.standing().filter(text__kind=kind).values_list("given_by", flat=True))
    return [signer for signer in signers_of(entry) if signer not in given]


def give(entry: Entry, kinds: Iterable[str], given_by: str, *, channel: str, actor: Any = None) -> None:
    """Note consents to the current texts. What stands already is left as it is."""
    texts = current_texts(entry.contest)
    with transaction.atomic():
        for kind in kinds:
            consent, fresh = Consent.objects.get_or_create(
                entry=entry,
                text=texts[kind],
                given_by=given_by,
                withdrawn_at=None,
                defaults={"channel": channel, "given_at": clock.now()},
            )
            if fresh:
                ledger.record(
                    "consent.given",
                    entry,
                    actor=actor,
                    data={"kind": str(kind), "by": str(given_by), "version": consent.text.version},
                )


def withdraw(entry: Entry, kind: str, *, given_by: str | None = None, actor: Any = None) -> int:
    """Take consents of a kind back; from that moment nothing new rests on them. Returns how many stood."""
    with transaction.atomic():
        standing = entry.consents.standing().filter(text__kind=kind)
        if given_by:
            standing = standing.filter(given_by=given_by)
        ended = standing.update(withdrawn_at=clock.now())
        if ended:
            ledger.record("consent.withdrawn", entry, actor=actor, data={"kind": str(kind)})
    return ended


def may_be_named(entries: Iterable[Entry]) -> set[int]:
    """Ids of the entries whose author may be named in public. One query."""
    return agreed(entries, Kind.DISSEMINATION)


def may_be_read(entries: Iterable[Entry]) -> set[int]:
    """Ids of the entries whose blind copy may be read in public, if it is awarded. One query."""
    return agreed(entries, Kind.ESSAY)


def agreed(entries: Iterable[Entry], kind: str) -> set[int]:
    """Ids of the entries for which every signer's consent of that kind stands. One query."""
    entries = list(entries)
    given: dict[int, set[str]] = {}
    standing = Consent.objects.standing().filter(entry__in=[entry.pk for entry in entries], text__kind=kind)
    for entry_id, signer in standing.values_list("entry_id", "given_by"):
        given.setdefault(entry_id, set()).add(signer)
    return {
        entry.pk for entry in entries if (needed := signers_of(entry)) and set(needed) <= given.get(entry.pk, set())
    }
