"""The meeting at which the demo's jury decides: one member is away, one thinks otherwise."""

from datetime import datetime

from essays.contests.models import Contest
from essays.people.models import User
from judging.panels.models import Seat
from judging.session import actions, voting
from judging.session.models import Attendance, JurySession, Question

PLACE = "Барнаул, зал заседаний организатора"
QUESTION = "Перечислить в протоколе эссе, которым жюри желает дальнейшего развития, без присуждения мест"
NEXT_QUESTION = "Пригласить авторов, отмеченных жюри, прочитать свои эссе на награждении"
DISSENT = "По-моему, за оригинальность в этой категории следовало ставить больше: темы выбраны смело."


def meet(contest: Contest, organizer: User, held_at: datetime) -> None:
    """Open, note who is there, vote on one question, note a dissenting opinion, close."""
    session, there = _begin(contest, organizer, held_at)
    actions.note_dissent(session, organizer, seat=there[min(1, len(there) - 1)].pk, text=DISSENT)
    actions.close(session, organizer)


def meet_so_far(contest: Contest, organizer: User, held_at: datetime) -> None:
    """A meeting under way: one question is voted on, the next one is on the table."""
    session, _there = _begin(contest, organizer, held_at)
    actions.put_question(session, organizer, kind=Question.Kind.DECISION, text=NEXT_QUESTION)


def _begin(contest: Contest, organizer: User, held_at: datetime) -> tuple[JurySession, list[Seat]]:
    session = actions.open_session(
        contest, organizer, held_at=held_at, place=PLACE, quorum=JurySession.Quorum.TWO_THIRDS
    )
    seats = list(actions.voters(contest))
    presence = Attendance.Presence
    noted = {seat.pk: presence.REMOTE if number % 3 == 1 else presence.PRESENT for number, seat in enumerate(seats)}
    if len(seats) > 3:
        noted[seats[-1].pk] = presence.ABSENT
    actions.note_attendance(session, organizer, noted)
    there = [seat for seat in seats if noted[seat.pk] != presence.ABSENT]
    question = actions.put_question(session, organizer, kind=Question.Kind.DECISION, text=QUESTION)
    votes = {seat.pk: voting.NO if number == 1 else voting.YES for number, seat in enumerate(there)}
    actions.settle(question, organizer, votes)
    return session, there
