"""The jury's meeting: quorum, votes, the chair's casting vote, dissent; and the protocol that tells of it."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from essays.ledger import clock
from judging.panels.models import Seat
from judging.ranking import actions as ranking
from judging.ranking.models import TieVote
from judging.rubrics.models import AwardRule
from judging.session import actions, gate, voting
from judging.session.models import JurySession, Question
from tests.factories.judged import Judged, judged_contest
from tests.factories.story import NominationFactory, SeatFactory


@pytest.mark.parametrize(
    ("members", "half", "two_thirds", "everybody"),
    [(1, 1, 1, 1), (2, 2, 2, 2), (3, 2, 2, 3), (6, 4, 4, 6), (7, 4, 5, 7), (9, 5, 6, 9)],
)
def test_how_many_make_a_quorum(members: int, half: int, two_thirds: int, everybody: int) -> None:
    counted = [voting.needed(members, quorum) for quorum in ("half", "two_thirds", "all")]
    assert counted == [half, two_thirds, everybody]


@pytest.mark.parametrize(
    ("ballots", "chair", "choice", "casting"),
    [
        ({1: "yes", 2: "yes", 3: "no"}, 3, "yes", False),
        ({1: "yes", 2: "no"}, 2, "no", True),
        ({1: "yes", 2: "no"}, None, "", False),
        ({1: "yes", 2: "no", 3: "abstain"}, 3, "", False),
        ({1: "abstain", 2: "abstain"}, 1, "", False),
        ({1: "A", 2: "B", 3: "C", 4: "A", 5: "B"}, 3, "", False),
        ({1: "A", 2: "B", 3: "B", 4: "A", 5: "share"}, 1, "A", True),
    ],
)
def test_what_a_vote_decides(ballots: dict[int, str], chair: int | None, choice: str, casting: bool) -> None:
    found = voting.outcome(ballots, chair)
    assert (found.choice, found.casting) == (choice, casting)
    assert sum(found.counts.values()) == len(ballots)


@given(st.dictionaries(st.integers(1, 9), st.sampled_from(["yes", "no", "abstain"]), min_size=1), st.integers(1, 9))
def test_a_decision_never_goes_against_more_votes(ballots: dict[int, str], chair: int) -> None:
    choice = voting.outcome(ballots, chair).choice
    votes = list(ballots.values())
    if choice:
        other = {"yes": "no", "no": "yes"}[choice]
        assert votes.count(choice) >= max(1, votes.count(other))
    else:
        assert votes.count("yes") == votes.count("no")


def tied_contest() -> Judged:
    """Two entries that nothing tells apart, and a third behind them; both judges are members, one is the chair."""
    made = judged_contest([(55, 35), (55, 35)], [(55, 35), (55, 35)], [(40, 20), (41, 20)])
    Seat.objects.filter(pk=made.seats[0].pk).update(role=Seat.Role.CHAIR, role_order=0)
    return made


def client_of(made: Judged) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(made.organizer)
    return client


def opened(made: Judged, *, absent: int = 0) -> JurySession:
    session = actions.open_session(
        made.contest, made.organizer, held_at=clock.now(), place="Барнаул", quorum=JurySession.Quorum.TWO_THIRDS
    )
    there = {seat.pk: "present" for seat in made.seats}
    for seat in made.seats[len(made.seats) - absent :]:
        there[seat.pk] = "absent"
    actions.note_attendance(session, made.organizer, there)
    return session


def tie_of(made: Judged) -> tuple[str, ...]:
    (tie,) = [problem.codes for problem in ranking.propose(made.contest).problems if problem.code == "tie"]
    return tuple(tie)


@pytest.mark.django_db
def test_a_tie_is_voted_on_and_the_ranking_follows() -> None:
    made = tied_contest()
    session = opened(made)
    codes = tie_of(made)
    client, slug = client_of(made), made.contest.slug
    page = client.get(reverse("session_question", args=[slug])).content.decode()
    assert codes[0] in page

    client.post(reverse("session_question", args=[slug]), {"act": "tie", "code": list(codes)})
    client.post(
        reverse("session_vote", args=[slug, 1]),
        {f"seat_{made.seats[0].pk}": codes[1], f"seat_{made.seats[1].pk}": codes[0]},
    )

    question = session.questions.get()
    assert (question.state, question.outcome["choice"], question.outcome["casting"]) == ("settled", codes[1], True)
    assert dict(TieVote.objects.values_list("copy__code", "position")) == {codes[1]: 1, codes[0]: 2}
    proposal = ranking.propose(made.contest)
    assert not [problem for problem in proposal.problems if problem.code == "tie"]
    assert proposal.cells[0].lines[0].code == codes[1]


@pytest.mark.django_db
def test_without_a_quorum_nothing_is_decided() -> None:
    made = tied_contest()
    session = opened(made, absent=1)
    question = actions.put_question(session, made.organizer, kind=Question.Kind.DECISION, text="Перенести заседание?")

    with pytest.raises(actions.Refused):
        actions.settle(question, made.organizer, {made.seats[0].pk: "yes"})

    assert session.questions.get().state == "open"


@pytest.mark.django_db
def test_nobody_votes_for_somebody_who_is_not_there() -> None:
    made = judged_contest([(55, 35), (55, 35), (55, 35)])
    session = opened(made, absent=1)
    question = actions.put_question(session, made.organizer, kind=Question.Kind.DECISION, text="Решаем?")

    with pytest.raises(actions.Refused):
        actions.settle(question, made.organizer, {seat.pk: "yes" for seat in made.seats})


@pytest.mark.django_db
def test_equal_votes_without_the_chair_s_are_told_and_nothing_typed_is_lost() -> None:
    made = judged_contest([(55, 35), (55, 35)])
    session = opened(made)
    actions.put_question(session, made.organizer, kind=Question.Kind.DECISION, text="Решаем?")

    page = client_of(made).post(
        reverse("session_vote", args=[made.contest.slug, 1]),
        {f"seat_{made.seats[0].pk}": "yes", f"seat_{made.seats[1].pk}": "no"},
    )

    assert "The votes are equal" in page.content.decode()
    assert page.content.decode().count('value="yes" selected') == 1
    assert session.questions.get().state == "open"


@pytest.mark.django_db
@pytest.mark.django_db
def test_a_closed_meeting_stays_as_it_is() -> None:
    made = tied_contest()
    session = opened(made)
    actions.close(session, made.organizer)

    with pytest.raises(actions.Refused):
        actions.put_question(session, made.organizer, kind=Question.Kind.DECISION, text="Ещё вопрос?")
    with pytest.raises(actions.Refused):
        actions.note_attendance(session, made.organizer, {})
    again = actions.open_session(made.contest, made.organizer, held_at=clock.now(), place="", quorum="half")
    assert again.number == 2
    with pytest.raises(actions.Refused):
        actions.open_session(made.contest, made.organizer, held_at=clock.now(), place="", quorum="half")


@pytest.mark.django_db
def test_while_the_meeting_goes_on_and_without_a_quorum_nothing_is_approved() -> None:
    made = judged_contest([(55, 35), (54, 36)])
    session = opened(made, absent=1)
    with pytest.raises(ranking.Refused):
        ranking.approve(made.contest, made.organizer, ranking.propose(made.contest).digest)
    actions.close(session, made.organizer)
    page = client_of(made).get(reverse("organizer_ranking", args=[made.contest.slug])).content.decode()
    assert "had no quorum" in page
    with pytest.raises(ranking.Refused):
        ranking.approve(made.contest, made.organizer, ranking.propose(made.contest).digest)

    actions.close(opened(made), made.organizer)

    assert ranking.approve(made.contest, made.organizer, ranking.propose(made.contest).digest).edition == 1


@pytest.mark.django_db
def test_an_award_that_the_jury_gives_to_nobody_is_not_given() -> None:
    made = judged_contest([(55, 35), (54, 36)], [(45, 35), (46, 34)])
    session = opened(made)
    rule = AwardRule.objects.filter(contest=made.contest).order_by("place_from").first()
    assert rule is not None
    client, slug = client_of(made), made.contest.slug
    client.post(
        reverse("session_question", args=[slug]),
        {"act": "award", "cell": "1", "award": f"{rule.key}:{rule.place_from}"},
    )

    client.post(reverse("session_vote", args=[slug, 1]), {f"seat_{seat.pk}": "yes" for seat in made.seats})

    assert session.questions.get().outcome["choice"] == "yes"
    lines = ranking.propose(made.contest).cells[0].lines
    assert rule.key not in {line.award_key for line in lines}


@pytest.mark.django_db
def test_after_approval_no_vote_changes_the_ranking() -> None:
    made = judged_contest([(55, 35), (54, 36)])
    session = opened(made)
    question = actions.put_question(session, made.organizer, kind=Question.Kind.DECISION, text="Решаем?")
    JurySession.objects.update(state="closed")
    ranking.approve(made.contest, made.organizer, ranking.propose(made.contest).digest)
    JurySession.objects.update(state="open")

    with pytest.raises(actions.Refused):
        actions.settle(question, made.organizer, {seat.pk: "yes" for seat in made.seats})


@pytest.fixture
def kept() -> Judged:
    """An approved contest with a meeting, a vote and a dissenting opinion."""
    made = judged_contest([(55, 35), (54, 36)], [(45, 30), (46, 30)], [(20, 10), (21, 10)])
    session = opened(made)
    question = actions.put_question(
        session, made.organizer, kind=Question.Kind.DECISION, text="Оставить второе место без присуждения"
    )
    actions.settle(question, made.organizer, {seat.pk: "no" for seat in made.seats})
    actions.note_dissent(session, made.organizer, seat=made.seats[1].pk, text="Первая работа слабее второй. #let x = 1")
    actions.close(session, made.organizer)
    ranking.approve(made.contest, made.organizer, ranking.propose(made.contest).digest)
    return made


@pytest.mark.django_db
def test_the_protocol_says_who_met_what_was_decided_and_why(kept: Judged) -> None:
    answer = client_of(kept).get(reverse("protocol", args=[kept.contest.slug, "pdf"]))
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())

    for words in (
        "Барнаул",
        kept.copies[0].code,
        kept.entries[0].surname,
        kept.seats[0].surname,
        "Оставить второе место без присуждения",
        "Первая работа слабее второй. #let x = 1",
    ):
        assert words in said
    assert kept.entries[2].surname not in said
    assert reader.metadata is None or not reader.metadata.get("/Author")


@pytest.mark.django_db
def test_the_workbook_holds_the_same_tables(kept: Judged) -> None:
    answer = client_of(kept).get(reverse("protocol", args=[kept.contest.slug, "xlsx"]))
    book = load_workbook(io.BytesIO(answer.content))
    cells = {
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    }

    assert {kept.copies[0].code, kept.copies[2].code, kept.entries[0].full_name} <= cells
    assert kept.entries[2].full_name not in cells


@pytest.mark.django_db
def test_there_is_no_protocol_before_approval() -> None:
    made = tied_contest()
    opened(made)

    assert client_of(made).get(reverse("protocol", args=[made.contest.slug, "pdf"])).status_code == 404


@pytest.mark.django_db
def test_the_page_asks_as_often_for_three_questions_as_for_one(django_assert_max_num_queries) -> None:
    made = judged_contest([(55, 35), (54, 36)])
    session = opened(made)
    client, address = client_of(made), reverse("organizer_session", args=[made.contest.slug])
    counts = []
    for _ in range(2):
        question = actions.put_question(session, made.organizer, kind=Question.Kind.DECISION, text="Решаем?")
        actions.settle(question, made.organizer, {seat.pk: "yes" for seat in made.seats})
        actions.put_question(session, made.organizer, kind=Question.Kind.DECISION, text="И ещё?")
        client.get(address)
        with django_assert_max_num_queries(15) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    with django_assert_max_num_queries(15):
        client.get(reverse("session_question", args=[made.contest.slug]))


def test_positions_of_a_tie() -> None:
    assert voting.positions(("A", "B", "C"), "B", 2) == {"A": 3, "B": 2, "C": 3}
    assert voting.positions(("A", "B"), "share", 1) == {"A": 1, "B": 1}


@pytest.mark.django_db
def test_the_hour_is_the_contest_s(settings) -> None:
    made = judged_contest([(55, 35), (54, 36)])
    client_of(made).post(
        reverse("organizer_session", args=[made.contest.slug]),
        {"held_at": "2026-11-24T15:00", "place": "Барнаул", "quorum": "half"},
    )
    session = JurySession.objects.get()
    assert session.held_at.astimezone(made.contest.zone).strftime("%Y-%m-%d %H:%M") == "2026-11-24 15:00"
    assert session.held_at.utcoffset() == timedelta(0)


@pytest.mark.django_db
def test_a_closed_meeting_stays_as_it_was_whoever_joins_or_leaves() -> None:
    made = judged_contest([(55, 35), (54, 36)], [(45, 35), (46, 34)])
    session = actions.open_session(made.contest, made.organizer, held_at=clock.now(), place="", quorum="all")
    actions.note_attendance(session, made.organizer, {seat.pk: "present" for seat in made.seats})
    actions.close(session, made.organizer)
    SeatFactory(contest=made.contest, state=Seat.State.ACCEPTED)
    Seat.objects.filter(pk=made.seats[0].pk).update(state=Seat.State.LEFT)

    assert actions.present_at(session) == actions.Present(members=2, present=2, needed=2)
    assert gate.problems(made.contest) == []
    page = client_of(made).get(reverse("organizer_session", args=[made.contest.slug])).content.decode()
    assert str(made.seats[0]) in page
    # What follows a meeting that is over is the ranking.
    assert f'class="btn btn-primary" href="{reverse("organizer_ranking", args=[made.contest.slug])}"' in page


@pytest.mark.django_db
def test_the_protocol_says_what_was_given_to_nobody_without_a_meeting() -> None:
    made = judged_contest([(55, 35), (54, 36)], [(45, 35), (46, 34)])
    ranking.withhold(
        made.contest,
        made.organizer,
        category=made.category,
        nomination=made.nomination,
        award_key="winner",
        place=1,
        reason="Ни одна работа не раскрыла тему",
    )
    ranking.approve(made.contest, made.organizer, ranking.propose(made.contest).digest)

    file = client_of(made).get(reverse("protocol", args=[made.contest.slug, "xlsx"])).content

    said = [str(row[0]) for row in load_workbook(io.BytesIO(file)).worksheets[0].iter_rows(values_only=True)]
    assert any("Ни одна работа не раскрыла тему." in line and "Победитель" in line for line in said)


@pytest.mark.django_db
def test_what_is_given_to_nobody_in_a_merged_cell_names_all_its_nominations() -> None:
    made = judged_contest(smallest_cell=3)
    other = NominationFactory(contest=made.contest, name_ru="Каким я вижу портал")
    made.add((55, 35), (54, 36))
    made.add((45, 35), (46, 34), nomination=other)
    client = Client(headers={"accept-language": "ru"})
    client.force_login(made.organizer)
    page = reverse("organizer_withheld", args=[made.contest.slug])
    client.post(page, {"act": "withhold", "cell": "1", "award": "winner:1", "reason": "Нет достойных."})
    both = f"{made.category.name_ru} · {made.nomination.name_ru}, {other.name_ru}"

    before = client.get(page).content.decode()
    ranking.approve(made.contest, made.organizer, ranking.propose(made.contest).digest)
    after = client.get(page).content.decode()
    file = client.get(reverse("protocol", args=[made.contest.slug, "xlsx"])).content

    assert all(f"{both}</td>" in shown for shown in (before, after))
    said = [str(row[0]) for row in load_workbook(io.BytesIO(file)).worksheets[0].iter_rows(values_only=True)]
    assert any(f"({both})" in line and "Нет достойных." in line for line in said)


@pytest.mark.django_db
@pytest.mark.parametrize("meetings", [1, 3])
def test_the_protocol_asks_alike_for_one_meeting_and_for_three(meetings: int) -> None:
    made = judged_contest([(55, 35), (54, 36)], [(45, 35), (46, 34)])
    for number in range(meetings):
        session = opened(made)
        question = actions.put_question(session, made.organizer, kind=Question.Kind.DECISION, text=f"Вопрос {number}")
        seats = list(actions.voters(made.contest))
        actions.settle(question, made.organizer, {seat.pk: voting.YES for seat in seats})
        actions.note_dissent(session, made.organizer, seat=seats[0].pk, text=f"Особое мнение {number}")
        actions.close(session, made.organizer)
    ranking.approve(made.contest, made.organizer, ranking.propose(made.contest).digest)
    client = client_of(made)
    client.get(reverse("organizer_home"))

    with CaptureQueriesContext(connection) as asked:
        file = client.get(reverse("protocol", args=[made.contest.slug, "pdf"])).content

    assert len(asked) <= 15, [one["sql"][:80] for one in asked]
    said = " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(file)).pages)
    assert all(f"Особое мнение {number}" in said and f"Вопрос {number}" in said for number in range(meetings))
