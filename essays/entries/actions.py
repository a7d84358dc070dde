"""What an author, or who enters for one, does with an entry.

Its files are taken in ``versions``; decisions on it are in ``admission``.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from essays.contests.calendar import accepts_entries
from essays.contests.models import Contest
from essays.entries import access, consents, letters
from essays.entries.admission import retire_copies
from essays.entries.codes import new_code
from essays.entries.identity import author_key_of
from essays.entries.models import Entry, Essay
from essays.entries.refusals import Refused
from essays.entries.versions import discard_files
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.ledger.states import move
from essays.people.age import Signer
from essays.people.models import Institution, Municipality, User, searchable

State = Entry.State
GUARDIAN_FIELDS = ("guardian_surname", "guardian_given_name", "guardian_patronymic", "guardian_email")


def start(contest: Contest, user: User, entered_by: str) -> Entry:
    """Begin an entry: a draft that only its owner sees. An entrant's own draft is continued, not doubled."""
    at = clock.now()
    if not accepts_entries(contest.calendar, at):
        raise Refused(_("Entries are not accepted at the moment."), code="closed")
    own = Entry.EnteredBy.ENTRANT
    with transaction.atomic():
        if entered_by == own:
            User.objects.select_for_update().get(pk=user.pk)
            mine = Entry.objects.of(user).of_contest(contest).filter(entered_by=own, state__in=Entry.ALIVE)
            if standing := mine.first():
                return standing
        entry = Entry(contest=contest, owner=user, entered_by=entered_by)
        if entered_by == own:
            entry.email = user.email
            entry.surname, entry.given_name, entry.patronymic = user.surname, user.given_name, user.patronymic
        else:
            entry.mentor_email = entry.email = user.email
            entry.mentor_surname, entry.mentor_given_name = user.surname, user.given_name
            entry.mentor_patronymic = user.patronymic
        while True:
            entry.code = new_code()
            if not Entry.objects.of_contest(contest).filter(code=entry.code).exists():
                break
        entry.save()
        ledger.record("entry.started", entry, actor=user, data={"by": str(entered_by)})
    return entry


def change(entry: Entry, user: User, values: Mapping[str, Any]) -> list[int]:
    """Save a part of the application (field values of the model). After receipt the copy is made anew, and a
    guardian whose address is new is asked for consent. Returns letters to ring.
    """
    at = clock.now()
    if not access.may_change(user, entry, at):
        raise Refused(_("The application can no longer be changed."), code="closed")
    another_guardian = any(
        getattr(entry, name) != values[name] for name in GUARDIAN_FIELDS if name in values and entry.guardian_surname
    )
    with transaction.atomic():
        for name, value in values.items():
            setattr(entry, name, value)
        if another_guardian:
            # What somebody else agreed to does not bind the one who is named now.
            for kind in consents.Kind.values:
                consents.withdraw(entry, kind, given_by=Signer.GUARDIAN, actor=user)
        entry.search = searchable(f"{entry.full_name} {entry.institution or ''}")[:500]
        if entry.state != State.DRAFT:
            entry.author_key = author_key_of(entry.contest, entry)
            _blind_anew(entry)
            ledger.record("entry.changed", entry, actor=user, data={"fields": sorted(values)})
        with _one_author_once():
            entry.save(update_fields=sorted({*values, "search", "author_key"}))
        if entry.entered_by == Entry.EnteredBy.ENTRANT and "surname" in values:
            # The next application begins with the same name.
            User.objects.filter(pk=user.pk).update(
                surname=entry.surname, given_name=entry.given_name, patronymic=entry.patronymic
            )
        return [] if entry.state == State.DRAFT else letters.guardian_request(entry)


def write_in_institution(
    *, name: str, kind: str, municipality: Municipality, locality: str, actor: User
) -> Institution:
    """An institution that was not in the list. An organizer confirms it or merges it with a known one."""
    known = Institution.objects.filter(name=name, municipality=municipality).first()
    if known:
        return known.merged_into or known
    with transaction.atomic():
        place = Institution.objects.create(
            name=name,
            short_name=name[:160],
            kind=kind,
            municipality=municipality,
            locality=locality,
            confirmed=False,
        )
        ledger.record("institution.written_in", place, actor=actor)
    return place


@contextmanager
def _one_author_once() -> Iterator[None]:
    """The database keeps an author from entering twice; here it gets words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise Refused(
            _(
                "This author has already entered an essay in this contest: one author, one essay. "
                "If it is somebody else, check the name and the date of birth."
            ),
            code="author_twice",
        ) from clash


def _blind_anew(entry: Entry) -> None:
    """What must be hidden has changed: owe a new copy of the same file."""
    essay = entry.essays.current().first()
    if essay is not None and essay.state != Essay.State.WAITING:
        Essay.objects.filter(pk=essay.pk).update(state=Essay.State.WAITING, attempts=0, lease_until=None)


def unfinished(entry: Entry) -> list[str]:
    """Parts of the application that are not complete, as keys of the task list, in its order."""
    parts = []
    if not (entry.surname and entry.given_name and entry.birth_date and entry.email):
        parts.append("author")
    if not (entry.institution_id and entry.course and entry.municipality_id):
        parts.append("studies")
    if not (entry.category_id and entry.nomination_id):
        parts.append("theme")
    if not entry.essays.current().exists():
        parts.append("essay")
    if not consents_ready(entry):
        parts.append("consents")
    return parts


def consents_ready(entry: Entry) -> bool:
    """May the entry be sent? The entrant's own consent stands; a guardian's may follow by the link in a letter."""
    signers = consents.signers_of(entry)
    if not signers:
        return False
    if Signer.GUARDIAN in signers and not (entry.guardian_surname and entry.guardian_email):
        return False
    by_account = entry.entered_by == Entry.EnteredBy.ENTRANT and Signer.ENTRANT in signers
    return not by_account or Signer.ENTRANT not in consents.missing(entry)


def send(entry: Entry, user: User) -> list[int]:
    """Hand the entry in: number, receipt, and the guardian's letter where one is needed. Returns letters to ring.

    Raises ``Refused`` when something is missing or the deadline has passed. The receipt does not ask the broker.
    """
    at = clock.now()
    if not access.may_change(user, entry, at):
        raise Refused(_("The deadline has passed: entries are no longer accepted."), code="closed")
    if unfinished(entry):
        raise Refused(_("Some parts of the application are not finished yet."), code="unfinished")
    with transaction.atomic():
        if entry.number is None:
            Contest.objects.filter(pk=entry.contest_id).update(last_number=F("last_number") + 1)
            entry.number = Contest.objects.values_list("last_number", flat=True).get(pk=entry.contest_id)
        with _one_author_once():
            move(
                entry,
                State.RECEIVED,
                actor=user,
                data={"number": entry.number},
                author_key=author_key_of(entry.contest, entry),
                number=entry.number,
                received_at=entry.received_at or at,
                remark="",
            )
        essay = entry.essays.current().get()
        owed = letters.receipt(entry, essay)
        owed += letters.guardian_request(entry)
    return owed


def withdraw(entry: Entry, user: User) -> None:
    """The entrant takes the entry back; its copy leaves every queue."""
    if not access.may_withdraw(user, entry, clock.now()):
        raise Refused(_("The entry can no longer be withdrawn here. Write to the organizer."), code="closed")
    with transaction.atomic():
        move(entry, State.WITHDRAWN, actor=user, decided_at=clock.now())
        retire_copies(entry, user, "withdrawn")


def withdraw_processing(entry: Entry, actor: User | None) -> bool:
    """Take the consent to processing back, and the entry with it where it can still leave; True if it left.

    ``actor`` is the owner, or None for a guardian, who came by the link in a letter.

    After the jury has begun to decide the consents end all the same: no name is shown any more, and the
    organizer sees it on the entry's page.
    """
    with transaction.atomic():
        for kind in consents.Kind.values:
            consents.withdraw(entry, kind, actor=actor)
        if not access.may_leave(entry, clock.now()):
            return False
        move(entry, State.WITHDRAWN, actor=actor, decided_at=clock.now())
        retire_copies(entry, actor, "withdrawn")
    return True


def discard(entry: Entry, user: User) -> None:
    """Delete a draft that was never sent, with its files."""
    if entry.owner_id != user.pk or entry.state != State.DRAFT:
        raise Refused(_("Only a draft can be deleted."), code="not_a_draft")
    with transaction.atomic():
        ledger.record("entry.discarded", entry, actor=user)
        discard_files(entry)
        for page in entry.draft_pages.all():
            transaction.on_commit(partial(page.file.storage.delete, str(page.file.name)))
        entry.delete()


def deadline_of(entry: Entry) -> datetime:
    """Until when this entry may be changed."""
    calendar = entry.contest.calendar
    if entry.state == State.RETURNED:
        return calendar.corrections_end_at or entry.contest.closes_at
    return calendar.intake_ends_at or entry.contest.closes_at
