"""Decisions on appeals under every rule of calculation; ties that they bring; members who do not answer."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from essays.outbox.models import Letter
from essays.outbox.rendering import message_of
from judging.appeals import access, actions, finding
from judging.appeals.models import Appeal
from judging.panels.models import Seat
from judging.ranking import actions as ranking
from judging.ranking.models import Ranking, TieVote
from judging.results import actions as results
from judging.results.models import Award
from judging.session import actions as session
from judging.session.models import Question
from tests.factories.judged import Judged, judged_contest
from tests.factories.story import SeatFactory

pytestmark = pytest.mark.django_db

D = Decimal
ANSWER = "Описание услуги точное: балл по первому критерию изменён."


def announced(*entries: Any, hearers: int = 3, **rules: Any) -> Judged:
    made = judged_contest(*entries, third_at_total=0, **rules)
    for number in range(hearers):
        SeatFactory(contest=made.contest, state=Seat.State.ACCEPTED, surname=f"Слушателев{number}")
    approved = ranking.approve(made.contest, made.organizer, ranking.propose(made.contest).digest)
    results.complete(results.announce(made.contest, made.organizer, seen=approved.sha256).pk)
    made.contest.refresh_from_db()
    for entry in made.entries:
        entry.refresh_from_db()
    return made


def appointed(made: Judged, number: int) -> Appeal:
    appeal = actions.file(
        made.entries[number], made.entries[number].owner, "Не согласен с баллами за понимание услуги."
    )
    actions.blind(appeal.pk)
    appeal.refresh_from_db()
    actions.appoint(appeal, made.organizer, access.able_to_hear(appeal)[:3])
    appeal.refresh_from_db()
    return appeal


def heard(made: Judged, number: int, first: str) -> Appeal:
    appeal = appointed(made, number)
    for member in appeal.members.all():
        actions.hear(member, made.organizer, {"1": D(first)}, "Во втором абзаце услуга описана верно.")
    return appeal


def test_a_score_moves_by_as_much_as_its_criteria() -> None:
    assert finding.moved(D(160), D("79.5"), D(84), times=2) == D(169)
    assert finding.moved(D("81.35"), D(80), D(82)) == D("83.35")
    assert finding.moved(D(3), D(10), D(2)) == D(0)


@pytest.mark.parametrize(
    ("aggregation", "reviews", "before", "after"),
    [
        # The mean of the first criterion goes from 45.5 to 50.
        ("mean", [(45, 35), (46, 34)], "80.00", "84.50"),
        # … in both reviews.
        ("sum", [(45, 35), (46, 34)], "160.00", "169.00"),
        # The review in the middle has 50: it becomes 52.
        ("median", [(20, 20), (50, 30), (50, 32)], "80.00", "82.00"),
        ("calibrated", [(45, 35), (46, 34)], "80.00", "84.50"),
    ],
)
def test_points_that_rise_raise_the_score_by_every_rule(
    aggregation: str, reviews: Any, before: str, after: str
) -> None:
    found = "52" if aggregation == "median" else "50"
    made = announced([(55, 35), (54, 36)], reviews, [(40, 30), (41, 29)], aggregation=aggregation)

    appeal = heard(made, 1, found)
    actions.decide(appeal, made.organizer, answer=ANSWER)

    appeal.refresh_from_db()
    award = Award.objects.select_related("row").get(entry=made.entries[1])
    assert (appeal.outcome, appeal.decision["before"], appeal.decision["after"]) == ("raised", before, after)
    assert (award.row.score, award.row.place) == (D(after), 2)


def test_a_tie_that_a_decision_brings_is_voted_on_before_it_is_written() -> None:
    made = announced([(55, 35), (54, 36)], [(45, 35), (46, 34)], [(40, 30), (41, 29)], tie_criteria=[])
    codes = [made.copies[0].code, made.copies[1].code]
    client = Client(headers={"accept-language": "en"})
    client.force_login(made.organizer)
    slug = made.contest.slug
    with pytest.raises(session.Refused):
        open_meeting(made)
    # 55.5 + 34.5 = 90, as the winner has.
    appeal = heard(made, 1, "55.5")
    with pytest.raises(actions.Refused, match=codes[0]):
        actions.decide(appeal, made.organizer, answer=ANSWER)
    page = client.get(reverse("organizer_appeal", args=[slug, appeal.public_id])).content.decode()
    assert ", ".join(codes) in page and reverse("organizer_session", args=[slug]) in page
    assert "Open the meeting" in client.get(reverse("organizer_session", args=[slug])).content.decode()

    meeting = open_meeting(made)
    session.note_attendance(meeting, made.organizer, {seat.pk: "present" for seat in session.voters(made.contest)})
    client.post(reverse("session_question", args=[slug]), {"act": "tie", "code": codes})
    question = Question.objects.get()
    session.settle(question, made.organizer, {seat.pk: codes[1] for seat in session.voters(made.contest)})
    session.close(meeting, made.organizer)
    actions.decide(appeal, made.organizer, answer=ANSWER)

    places = dict(Award.objects.values_list("row__copy__code", "row__award_place"))
    assert (places[codes[1]], places[codes[0]]) == (1, 2)
    assert Ranking.objects.in_force().get().edition == 2
    # What was voted on is decided: nothing is left to vote on.
    with pytest.raises(ranking.Refused):
        ranking.record_vote(made.contest, made.organizer, {codes[0]: 1, codes[1]: 2})
    assert TieVote.objects.count() == 2
    assert client.get(reverse("protocol", args=[slug, "pdf"])).status_code == 200


def open_meeting(made: Judged) -> Any:
    return session.open_session(made.contest, made.organizer, held_at=made.contest.announced_at, place="", quorum="all")


def test_who_does_not_answer_is_taken_off_and_somebody_else_hears() -> None:
    made = announced([(55, 35), (54, 36)], [(45, 35), (46, 34)], hearers=4)
    appeal = appointed(made, 1)
    silent, *others = appeal.members.order_by("pk")
    for member in others:
        actions.hear(member, made.organizer, {"1": D(50)}, "Во втором абзаце услуга описана верно.")
    client = Client(headers={"accept-language": "en"})
    client.force_login(made.organizer)
    path = reverse("organizer_appeal", args=[made.contest.slug, appeal.public_id])

    client.post(path, {"act": "relieve", "member": silent.public_id})

    assert set(appeal.members.all()) == set(others)
    letter = Letter.objects.get(name="appeal_relieved")
    assert (letter.to, letter.contest) == (silent.seat.email, made.contest)
    for letter.language in ("ru", "en"):
        message = message_of(letter)
        assert appeal.copy.code in message.subject and appeal.copy.code in str(message.body)
        assert silent.seat.given_name in str(message.body)
        assert made.entries[1].surname not in str(message.message())
    with pytest.raises(actions.Refused):
        # Two are not three.
        actions.decide(appeal, made.organizer, answer=ANSWER)
    with pytest.raises(actions.Refused):
        actions.relieve(others[0], made.organizer)
    assert client.post(path, {"act": "relieve", "member": "nobody"}).status_code == 404
    instead = next(seat for seat in access.able_to_hear(appeal) if not appeal.members.filter(seat=seat).exists())
    actions.appoint(appeal, made.organizer, [instead])
    actions.hear(appeal.members.get(seat=instead), made.organizer, {"1": D(50)}, "Услуга описана верно, балл выше.")
    actions.decide(appeal, made.organizer, answer=ANSWER)
    appeal.refresh_from_db()
    assert appeal.outcome == "raised"
