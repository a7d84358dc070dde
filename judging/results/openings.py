"""One name before the ranking is approved: asked with a reason, confirmed by another, shown to the two alone."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest, ContestOrganizer
from essays.entries.models import Entry
from essays.entries.unblinding import open_early
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.ledger.states import move
from essays.outbox import actions as outbox
from judging.panels.models import Seat
from judging.ranking.models import Ranking
from judging.results import letters
from judging.results.opening_models import NameOpening

# For the second word, and then for looking.
CONFIRM_WITHIN = timedelta(hours=24)
SHOWN_FOR = timedelta(hours=24)

State = NameOpening.State


class Refused(Exception):
    """An anticipated refusal, in words for the organizer."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


def why_not(contest: Contest, user: Any) -> Any:
    """What keeps this organizer from opening any name here, in words; empty where nothing does."""
    if Ranking.objects.in_force().filter(contest=contest).exists():
        return _("The ranking is approved: names stand on the page of the results.")
    if Seat.objects.filter(contest=contest, user=user).reading().exists():
        return _("You judge in this contest: whoever gives points never learns a name.")
    if ContestOrganizer.objects.filter(contest=contest).count() < 2:
        return _("It takes two: add a second organizer first.")
    return ""


def ask(contest: Contest, copy: BlindCopy, actor: Any, reason: str) -> list[int]:
    """Ask to open the name of one entry; returns the letters owed to the other organizers.

    Raises ``Refused`` without a reason, while another wish about this entry waits, and for everything in ``why_not``.
    """
    now = clock.now()
    with transaction.atomic():
        _refuse(why_not(contest, actor))
        if not reason.strip():
            raise Refused(_("Say why the name has to be known now."))
        for lapsed in NameOpening.objects.of_code(contest, copy.code).waiting().filter(until__lte=now):
            move(lapsed, State.DROPPED, data={"reason": "lapsed"})
        if NameOpening.objects.of_code(contest, copy.code).waiting().exists():
            raise Refused(_("Somebody has asked for this already: it waits for the second word."))
        try:
            with transaction.atomic():
                opening = NameOpening.objects.create(
                    contest=contest,
                    copy=copy,
                    reason=reason.strip(),
                    asked_by=actor,
                    asked_at=now,
                    until=now + CONFIRM_WITHIN,
                )
        except IntegrityError:
            raise Refused(_("Somebody has asked for this already: it waits for the second word.")) from None
        ledger.record("nameopening.asked", opening, actor=actor)
        return outbox.queue(letters.to_second_organizer(opening, user) for user in _others(opening))


def confirm(opening: NameOpening, actor: Any) -> list[int]:
    """The second organizer's word; returns the letters owed to the secretary.

    Raises ``Refused`` for the one who asked, after the time, and for everything in ``why_not``.
    """
    now = clock.now()
    with transaction.atomic():
        _refuse(why_not(opening.contest, actor))
        if opening.asked_by_id == actor.pk:
            raise Refused(_("You have asked for this yourself: the second word is another organizer's."))
        if opening.state == State.ASKED and opening.is_over(now):
            raise Refused(_("The time for the second word is over. Ask once more."))
        move(opening, State.CONFIRMED, actor=actor, confirmed_by=actor, confirmed_at=now, until=now + SHOWN_FOR)
        return outbox.queue(letters.to_secretary(opening, seat) for seat in _told(opening.contest))


def drop(opening: NameOpening, actor: Any) -> None:
    """Call the wish off before it is confirmed; either organizer may."""
    move(opening, State.DROPPED, actor=actor)


def may_look(opening: NameOpening, user: Any) -> bool:
    """The two, as long as the time lasts."""
    two = {opening.asked_by_id, opening.confirmed_by_id}
    return opening.state == State.CONFIRMED and user.pk in two and not opening.is_over(clock.now())


def look(opening: NameOpening, actor: Any) -> Entry:
    """Whose entry it is. Each look is in the ledger. Raises ``Refused`` for anybody but the two, and after the time."""
    with transaction.atomic():
        _refuse(why_not(opening.contest, actor))
        if not may_look(opening, actor):
            raise Refused(_("This name is not open to you, or not any more."))
        entry = open_early(opening, actor=actor)
        if entry is None:
            raise Refused(_("The application of this entry is not there any more."))
        return entry


def _refuse(why: Any) -> None:
    if why:
        raise Refused(why)


def _others(opening: NameOpening) -> list[Any]:
    """Organizers who may give the second word: not the one who asked, and nobody who judges."""
    judging = Seat.objects.filter(contest=opening.contest, user__isnull=False).reading().order_by().values("user")
    rows = ContestOrganizer.objects.filter(contest=opening.contest).exclude(user=opening.asked_by_id)
    return [row.user for row in rows.exclude(user__in=judging).select_related("user").order_by("pk")]


def _told(contest: Contest) -> list[Seat]:
    """The secretary; where the jury has none, the chair. The letter names the code, never the author."""
    seats = Seat.objects.filter(contest=contest, state=Seat.State.ACCEPTED).select_related("user", "contest")
    secretaries = list(seats.filter(role=Seat.Role.SECRETARY).order_by("pk"))
    return secretaries or list(seats.filter(role=Seat.Role.CHAIR).order_by("pk"))
