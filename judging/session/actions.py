"""Opening a meeting, attendance, questions and votes, dissent, closing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Category, Contest, Nomination
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.ledger.states import move
from judging.panels.models import Seat
from judging.ranking import actions as ranking
from judging.ranking.models import TieVote
from judging.ranking.reasons import JURY_DECIDED
from judging.session import voting
from judging.session.models import Attendance, Ballot, Dissent, JurySession, Question


class Refused(Exception):
    """An anticipated refusal, in words for the organizer. ``field``: the form's field that it belongs to."""

    def __init__(self, message: Any, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


@dataclass(frozen=True)
class Present:
    """How many of the voting members take part, and how many must."""

    members: int
    present: int
    needed: int

    @property
    def quorate(self) -> bool:
        return self.members > 0 and self.present >= self.needed


def voters(contest: Contest) -> Any:
    """Members with a vote: everybody on the jury but the secretary."""
    return Seat.objects.filter(contest=contest).reading().for_panel()


def present_at(session: JurySession) -> Present:
    _state, quorum, members, there = JurySession.objects.filter(pk=session.pk).counts().get()
    return counted(members, there, quorum)


def counted(members: int, present: int, quorum: str) -> Present:
    return Present(members, present, voting.needed(members, quorum))


def open_session(contest: Contest, actor: Any, *, held_at: datetime, place: str, quorum: str) -> JurySession:
    """Begin a meeting. Raises ``Refused`` where nobody has a vote, one is under way, or a ranking is approved."""
    with transaction.atomic():
        Contest.objects.select_for_update().get(pk=contest.pk)
        _not_approved(contest)
        if not voters(contest).exists():
            raise Refused(_("Nobody on the jury has accepted yet: there is nobody to meet."))
        last = JurySession.objects.filter(contest=contest).aggregate(last=Max("number"))["last"] or 0
        try:
            with transaction.atomic():
                session = JurySession.objects.create(
                    contest=contest, number=last + 1, held_at=held_at, place=place, quorum=quorum, opened_by=actor
                )
        except IntegrityError:
            raise Refused(_("A meeting is under way already.")) from None
        ledger.record("session.opened", contest, actor=actor, data={"number": session.number})
    return session


def note_attendance(session: JurySession, actor: Any, presences: Mapping[int, str]) -> None:
    """Who takes part, by seat. A ballot of somebody who was not there after all is taken out of open questions."""
    with transaction.atomic():
        _locked(session)
        seats = {seat.pk for seat in Seat.objects.filter(contest=session.contest)}
        for seat, presence in presences.items():
            if seat in seats:
                Attendance.objects.update_or_create(session=session, seat_id=seat, defaults={"presence": presence})
        absent = [seat for seat, presence in presences.items() if presence == Attendance.Presence.ABSENT]
        Ballot.objects.filter(question__session=session, question__state=Question.State.OPEN, seat__in=absent).delete()
        there = present_at(session)
        ledger.record(
            "session.attendance", session.contest, actor=actor, data={"present": there.present, "of": there.members}
        )


def put_question(
    session: JurySession,
    actor: Any,
    *,
    kind: str,
    text: str,
    codes: tuple[str, ...] = (),
    target: dict[str, Any] | None = None,
) -> Question:
    """Put something to the vote. A tie is put once at a time; its codes come from the proposed ranking.

    ``target`` of an award that nobody may get: ids: ``category`` and ``nomination``, ``award``, ``place`` (None: all).
    """
    with transaction.atomic():
        _locked(session)
        if kind == Question.Kind.TIE and any(
            set(open_codes) & set(codes)
            for open_codes in session.questions.filter(state=Question.State.OPEN).values_list("codes", flat=True)
        ):
            raise Refused(_("This tie is being voted on already."))
        last = session.questions.aggregate(last=Max("number"))["last"] or 0
        question = Question.objects.create(
            session=session, number=last + 1, kind=kind, text=text, codes=list(codes), target=target or {}
        )
        ledger.record("session.question", session.contest, actor=actor, data={"question": question.number})
    return question


def choices_of(question: Question) -> tuple[str, ...]:
    if question.kind == Question.Kind.TIE:
        return (*question.codes, voting.SHARE, voting.ABSTAIN)
    return (voting.YES, voting.NO, voting.ABSTAIN)


def settle(question: Question, actor: Any, ballots: Mapping[int, str]) -> voting.Outcome:
    """Write the open votes down (seat → choice) and what came of them; a settled tie goes into the ranking.

    Raises ``Refused`` without a quorum, for somebody who is not there, for an unknown choice, and where votes are
    equal and the chair has not voted: then nothing is settled.
    """
    with transaction.atomic():
        session = _locked(question.session)
        _not_approved(session.contest)
        if not present_at(session).quorate:
            raise Refused(_("There is no quorum: nothing can be decided."))
        there = set(
            session.attendance.exclude(presence=Attendance.Presence.ABSENT)
            .filter(seat__in=voters(session.contest).order_by().values("pk"))
            .values_list("seat_id", flat=True)
        )
        known = set(choices_of(question))
        if not set(ballots) <= there or not set(ballots.values()) <= known or set(ballots) != there:
            raise Refused(_("Everybody who is there votes or abstains."))
        chair = voters(session.contest).filter(role=Seat.Role.CHAIR).values_list("pk", flat=True).first()
        found = voting.outcome(ballots, chair)
        if not found.choice:
            raise Refused(_("The votes are equal, and no vote of the chair decides. Vote once more."))
        Ballot.objects.bulk_create(
            [Ballot(question=question, seat_id=seat, choice=choice) for seat, choice in sorted(ballots.items())]
        )
        move(
            question,
            Question.State.SETTLED,
            actor=actor,
            action="session.voted",
            data={"question": question.number, "choice": found.choice, "casting": found.casting},
            outcome={"choice": found.choice, "counts": dict(found.counts), "casting": found.casting},
        )
        if question.kind == Question.Kind.TIE:
            codes = tuple(question.codes)
            base = TieVote.objects.filter(contest=session.contest, copy__code__in=codes).aggregate(
                base=Max("position")
            )["base"]
            try:
                ranking.record_vote(session.contest, actor, voting.positions(codes, found.choice, base or 1))
            except ranking.Refused as refused:
                raise Refused(refused.message) from refused
        if question.kind == Question.Kind.AWARD and found.choice == voting.YES:
            _withhold(question, actor)
    return found


def _withhold(question: Question, actor: Any) -> None:
    """What the jury has decided to give to nobody is not given, whatever the points."""
    session, target = question.session, question.target
    try:
        ranking.withhold(
            session.contest,
            actor,
            category=Category.objects.get(contest=session.contest_id, pk=target["category"]),
            nomination=Nomination.objects.filter(contest=session.contest_id, pk=target["nomination"]).first(),
            award_key=target["award"],
            place=target["place"],
            reason=str(JURY_DECIDED) % {"session": session.number, "question": question.number},
        )
    except ranking.Refused as refused:
        raise Refused(refused.message) from refused


def note_dissent(session: JurySession, actor: Any, *, seat: int, text: str) -> None:
    """A member's dissenting opinion; a later one of the same member takes the place of the earlier."""
    with transaction.atomic():
        _locked(session)
        Dissent.objects.update_or_create(session=session, seat_id=seat, defaults={"text": text})
        ledger.record("session.dissent", session.contest, actor=actor)


def close(session: JurySession, actor: Any) -> None:
    """End the meeting. Raises ``Refused`` while something is still being voted on."""
    with transaction.atomic():
        locked = _locked(session)
        if locked.questions.filter(state=Question.State.OPEN).exists():
            raise Refused(_("Something is still being voted on. Settle it or take it off first."))
        there = present_at(locked)
        move(
            session,
            JurySession.State.CLOSED,
            actor=actor,
            action="session.closed",
            closed_at=clock.now(),
            members_then=there.members,
            present_then=there.present,
        )


def drop_question(question: Question, actor: Any) -> None:
    """Take a question that was not voted on off the list."""
    with transaction.atomic():
        _locked(question.session)
        if question.state == Question.State.SETTLED:
            raise Refused(_("This has been voted on and stays in the protocol."))
        ledger.record(
            "session.question_dropped", question.session.contest, actor=actor, data={"question": question.number}
        )
        question.delete()


def _locked(session: JurySession) -> JurySession:
    """The row that writers of a meeting queue behind. Raises ``Refused`` for a meeting that is over."""
    locked = JurySession.objects.select_for_update().get(pk=session.pk)
    if locked.state != JurySession.State.OPEN:
        raise Refused(_("This meeting is closed. Its protocol stays as it is."))
    return locked


def is_closed(contest: Contest) -> bool:
    """Nothing is left to vote on: the ranking is approved, and no appeal waits for a vote."""
    return ranking.closed_to_votes(contest)


def _not_approved(contest: Contest) -> None:
    if ranking.closed_to_votes(contest):
        raise Refused(_("The ranking is approved. A vote no longer changes it."))
