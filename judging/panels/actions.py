"""Seats on the jury: invitation, answer, limits, leaving, conflicts of interest."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Category, Contest, Nomination
from essays.contests.timeline import DAY, local_words, until_words
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.ledger.states import SomeoneWasFirst, claim, move
from essays.outbox.actions import Draft, queue
from essays.people.models import Institution, User
from judging.panels.keys import email_key
from judging.panels.models import DeclaredConflict, Seat
from judging.panels.pasted import Person
from judging.panels.signals import keys_changed, seat_left, told
from judging.panels.tokens import LIFETIME


class Refused(Exception):
    """An act that the rules of the panel do not allow; ``field`` names the form field beside which it is shown."""

    def __init__(self, message: Any, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


@dataclass(frozen=True)
class Invited:
    """Seats that were invited, letters to send, and people who have a seat already."""

    seats: list[Seat] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    already: list[Person] = field(default_factory=list)


def invite(contest: Contest, people: Iterable[Person], *, role: str, actor: Any) -> Invited:
    """Give each person a seat and owe them a letter. Who has a seat in this contest already is left alone.

    Raises ``Refused`` when a second chair would sit on the jury.
    """
    people = list({person.email: person for person in people}.values())
    now = clock.now().replace(microsecond=0)
    with transaction.atomic():
        _one_chair(contest, role, len(people))
        emails = [person.email for person in people]
        known = set(Seat.objects.filter(contest=contest, email__in=emails).values_list("email", flat=True))
        made = []
        for person in people:
            if person.email in known:
                continue
            seat = Seat.objects.create(
                contest=contest,
                role=role,
                role_order=Seat.ROLE_ORDER[Seat.Role(role)],
                email=person.email,
                surname=person.surname,
                given_name=person.given_name,
                patronymic=person.patronymic,
                invited_at=now,
            )
            ledger.record("seat.invited", seat, actor=actor, data={"role": str(role)})
            made.append(seat)
        letters = queue(_invitations(contest, made))
    return Invited(made, letters, [person for person in people if person.email in known])


def invite_again(seat: Seat, *, actor: Any) -> list[int]:
    """Send the invitation anew; the earlier link stops working. Returns letters to send.

    Also brings back somebody who declined or left. Raises ``Refused`` for a seat that is taken.
    """
    if seat.state == Seat.State.ACCEPTED:
        raise Refused(_("This person is on the jury already."))
    now = clock.now().replace(microsecond=0)
    with transaction.atomic():
        if seat.state == Seat.State.INVITED:
            claim(seat, Seat.State.INVITED, invited_at=now)
            ledger.record("seat.invited", seat, actor=actor, data={"again": True})
        else:
            _one_chair(seat.contest, seat.role, 1, but=seat)
            move(seat, Seat.State.INVITED, actor=actor, invited_at=now, answered_at=None)
        return queue(_invitations(seat.contest, [seat]))


def accept(seat: Seat, user: User) -> None:
    """Take the seat with this account. Raises ``Refused`` if the account sits on this jury, or the seat is gone."""
    if user.pk != seat.user_id and Seat.objects.filter(contest=seat.contest_id, user=user).exists():
        raise Refused(_("You have a seat on this jury already, under another address."))
    if seat.role != Seat.Role.SECRETARY and seat.contest.organizers.filter(user=user).exists():
        raise Refused(_("You organize this contest and see the authors' names, so you cannot read as a judge."))
    try:
        with transaction.atomic():
            move(seat, Seat.State.ACCEPTED, actor=user, user=user, answered_at=clock.now())
            if user.email.lower() == seat.email.lower():
                _confirm_address(user)
    except SomeoneWasFirst as first:
        raise Refused(_("This invitation has been answered already.")) from first
    except IntegrityError as twice:
        raise Refused(_("You have a seat on this jury already, under another address.")) from twice


def account_of(seat: Seat) -> User | None:
    """The account that owns the invited address and has proved it; such a person signs in to accept."""
    from allauth.account.models import EmailAddress

    owned = EmailAddress.objects.filter(email__iexact=seat.email, verified=True).select_related("user").first()
    return owned.user if owned else None


def accept_with_new_account(seat: Seat, password: str, language: str = "ru") -> User:
    """Make an account for the invited person and take the seat. The letter proves the address.

    An account that somebody registered with this address and never confirmed becomes this person's: its
    password is replaced. Raises ``Refused`` when a confirmed account exists.
    """
    if account_of(seat) is not None:
        raise Refused(_("There is an account with this address. Please sign in to accept."))
    with transaction.atomic():
        names = {"surname": seat.surname, "given_name": seat.given_name, "patronymic": seat.patronymic}
        user = User.objects.filter(email__iexact=seat.email).first()
        if user is None:
            user = User.objects.create_user(seat.email, password, language=language, **names)
        else:
            user.set_password(password)
            user.language = language
            for name, value in names.items():
                setattr(user, name, value)
            user.save()
        ledger.record("user.registered", user, actor=user, contest_id=seat.contest_id, data={"by": "invitation"})
        accept(seat, user)
        _confirm_address(user)
    return user


def decline(seat: Seat, actor: User | None = None) -> None:
    """Refuse the seat. Raises ``Refused`` if it was answered before."""
    try:
        move(seat, Seat.State.DECLINED, actor=actor, answered_at=clock.now())
    except SomeoneWasFirst as first:
        raise Refused(_("This invitation has been answered already.")) from first


def leave(seat: Seat, reason: str, *, actor: Any) -> list[int]:
    """Take somebody off the jury, or let them go; what they have not scored goes to others. Returns letters.

    Scored reviews stay. Raises ``Refused`` when the seat is empty already.
    """
    if Seat.State.LEFT not in Seat.MOVES.get(Seat.State(seat.state), ()):
        raise Refused(_("This person is not on the jury."))
    with transaction.atomic():
        move(seat, Seat.State.LEFT, actor=actor, data={"reason": reason[:500]})
        return told(seat_left, Seat, seat=seat, actor=actor)


def set_terms(
    seat: Seat,
    *,
    role: str,
    capacity: int | None,
    categories: Iterable[Category],
    nominations: Iterable[Nomination],
    actor: Any,
) -> None:
    """Change role, most essays, and what the judge may be given; no limits mean everything. Standing essays stay."""
    with transaction.atomic():
        if role != seat.role:
            _one_chair(seat.contest, role, 1, but=seat)
        seat.role, seat.role_order, seat.capacity = role, Seat.ROLE_ORDER[Seat.Role(role)], capacity
        seat.save(update_fields=["role", "role_order", "capacity"])
        seat.categories.set(categories)
        seat.nominations.set(nominations)
        ledger.record("seat.terms", seat, actor=actor, data={"role": str(role), "capacity": capacity})


def add_institution(seat: Seat, institution: Institution, *, actor: Any) -> list[int]:
    """Declare where the judge works or studies; essays from there are taken back. Returns letters."""
    with transaction.atomic():
        seat.institutions.add(institution)
        ledger.record("seat.institution_declared", seat, actor=actor, data={"institution": institution.pk})
        return told(keys_changed, Seat, seat=seat, actor=actor)


def remove_institution(seat: Seat, institution: Institution, *, actor: Any) -> None:
    """Take back a declaration. Essays that went to others because of it stay with them."""
    with transaction.atomic():
        seat.institutions.remove(institution)
        ledger.record("seat.institution_removed", seat, actor=actor, data={"institution": institution.pk})


def declare_conflict(seat: Seat, email: str, note: str, *, actor: Any) -> list[int]:
    """Declare a relative or pupil by address; only a salted key of it is kept. Returns letters."""
    with transaction.atomic():
        _conflict, new = DeclaredConflict.objects.get_or_create(
            seat=seat, key=email_key(seat.contest, email), defaults={"note": note.strip() or masked(email)}
        )
        if not new:
            return []
        ledger.record("seat.conflict_declared", seat, actor=actor)
        return told(keys_changed, Seat, seat=seat, actor=actor)


def remove_conflict(conflict: DeclaredConflict, *, actor: Any) -> None:
    """Take back a declared conflict."""
    with transaction.atomic():
        conflict.delete()
        ledger.record("seat.conflict_removed", conflict.seat, actor=actor)


def masked(email: str) -> str:
    """An address that its writer recognises and nobody else can use: «a…@example.org»."""
    name, _, domain = email.strip().lower().partition("@")
    return f"{name[:1]}…@{domain}"[:120]


def _one_chair(contest: Contest, role: str, number: int, but: Seat | None = None) -> None:
    if role != Seat.Role.CHAIR:
        return
    chairs = Seat.objects.filter(
        contest=contest, role=Seat.Role.CHAIR, state__in=[Seat.State.INVITED, Seat.State.ACCEPTED]
    )
    if but is not None:
        chairs = chairs.exclude(pk=but.pk)
    if number > 1 or chairs.exists():
        raise Refused(_("A jury has one chair. Change the present chair's role first."), "role")


def _confirm_address(user: User) -> None:
    from allauth.account.models import EmailAddress

    address, _ = EmailAddress.objects.get_or_create(user=user, email=user.email.lower())
    if not address.verified:
        address.verified = True
        address.save(update_fields=["verified"])
    if not address.primary:
        address.set_as_primary()


def _invitations(contest: Contest, seats: list[Seat]) -> list[Draft]:
    emails = [seat.email for seat in seats]
    known = {
        email.lower(): (pk, language)
        for email, pk, language in User.objects.filter(email__in=emails).values_list("email", "pk", "language")
    }
    drafts = []
    for seat in seats:
        user_id, language = known.get(seat.email.lower(), (None, "ru"))
        with translation.override(language):
            words = {
                "contest_title": str(contest.title),
                "organizer": str(contest.organizer_name),
                "until": local_words(seat.invited_at + LIFETIME, contest, DAY),
                "judging_starts": local_words(contest.judging_starts_at, contest, DAY),
                "judging_ends": until_words(contest.judging_ends_at, contest),
            }
        drafts.append(
            Draft(
                name="judge_invitation",
                to=seat.email,
                key=f"seat:{seat.pk}:{int(seat.invited_at.timestamp())}",
                context={
                    # The link itself is signed when the letter is rendered.
                    "seat": seat.public_id.hex,
                    "invited_at": seat.invited_at.isoformat(),
                    "name": f"{seat.given_name} {seat.patronymic}".strip(),
                    "role": str(seat.role),
                    **words,
                },
                language=language,
                user_id=user_id,
                contest_id=contest.pk,
            )
        )
    return drafts
