"""Appeals: filed in time, heard by people who have not read the essay, decided; and what follows from it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from essays.ledger import clock
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from judging.appeals import access, actions, finding
from judging.appeals.models import Appeal, AppealMember
from judging.panels.models import Seat
from judging.ranking import actions as ranking
from judging.ranking.models import Ranking
from judging.results import actions as results
from judging.results.models import Announcement, Award, Diploma
from tests.factories.judged import Judged, judged_contest
from tests.factories.story import SeatFactory

# Longer than any term in working days, the days off of January included.
LONG_AGO = timedelta(days=60)
TEXT = "Не согласен с баллами за понимание услуги: о ней сказано во втором абзаце."
D = Decimal


def test_the_middle_of_what_was_found() -> None:
    before = {"1": D("20"), "2": D("7.5")}
    found = finding.found(before, [{"1": D(24)}, {}, {"1": D(22), "2": D(9)}])

    assert found.marks == {"1": D(22), "2": D("7.5")}
    assert found.changed == ("1",)
    assert finding.middle([D(1), D(2)]) == D("1.5")


@given(st.lists(st.integers(0, 25), min_size=1, max_size=7))
def test_the_middle_lies_among_what_was_found(values: list[int]) -> None:
    middle = finding.middle([D(value) for value in values])
    assert min(values) <= middle <= max(values)
    assert middle == finding.middle([D(value) for value in reversed(values)])


@pytest.fixture
def announced() -> Judged:
    """Winner 90, second 80, third 75, and one without an award; three members of the jury have read nothing."""
    made = judged_contest([(55, 35), (54, 36)], [(45, 35), (46, 34)], [(45, 30), (46, 29)], [(20, 10), (21, 10)])
    for number in range(3):
        SeatFactory(contest=made.contest, state=Seat.State.ACCEPTED, surname=f"Слушателев{number}")
    approved = ranking.approve(made.contest, made.organizer, ranking.propose(made.contest).digest)
    announcement = results.announce(made.contest, made.organizer, seen=approved.sha256)
    results.complete(announcement.pk)
    made.contest.refresh_from_db()
    for entry in made.entries:
        entry.refresh_from_db()
    return made


def signed_in(user: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def heard(made: Judged, number: int, marks: list[dict[str, Decimal]]) -> Appeal:
    """An appeal about entry ``number`` that everybody has answered."""
    appeal = actions.file(made.entries[number], made.entries[number].owner, TEXT)
    actions.blind(appeal.pk)
    appeal.refresh_from_db()
    seats = access.able_to_hear(appeal)[: len(marks)]
    actions.appoint(appeal, made.organizer, seats)
    for member, found in zip(appeal.members.order_by("pk"), marks, strict=True):
        actions.hear(member, made.organizer, found, "Во втором абзаце услуга описана верно.")
    appeal.refresh_from_db()
    return appeal


pytestmark = pytest.mark.django_db


def test_an_author_files_an_appeal_from_the_page_of_the_entry(announced: Judged) -> None:
    entry = announced.entries[1]
    client = signed_in(entry.owner)
    assert "You can appeal until" in client.get(reverse("entry", args=[entry.public_id])).content.decode()

    client.post(reverse("appeal", args=[entry.public_id]), {"text": TEXT})

    appeal = Appeal.objects.get()
    assert (appeal.entry, appeal.state, appeal.text) == (entry, "filed", TEXT)
    assert "It is heard until" in client.get(reverse("entry", args=[entry.public_id])).content.decode()
    with pytest.raises(actions.Refused):
        actions.file(entry, entry.owner, TEXT)


def test_outside_the_window_there_is_no_such_page(announced: Judged) -> None:
    entry = announced.entries[1]
    Announcement.objects.update(at=clock.now() - LONG_AGO)
    type(announced.contest).objects.update(announced_at=clock.now() - LONG_AGO)
    entry.contest.refresh_from_db()

    assert signed_in(entry.owner).get(reverse("appeal", args=[entry.public_id])).status_code == 404
    with pytest.raises(actions.Refused):
        actions.file(entry, entry.owner, TEXT)


def test_a_contest_may_take_no_appeals(announced: Judged) -> None:
    type(announced.contest).objects.update(appeal_days=0)

    entry = announced.entries[1]
    assert signed_in(entry.owner).get(reverse("appeal", args=[entry.public_id])).status_code == 404


def test_nobody_appeals_for_somebody_else(announced: Judged) -> None:
    entry = announced.entries[1]
    other = signed_in(announced.entries[0].owner)

    assert other.get(reverse("appeal", args=[entry.public_id])).status_code == 404
    assert other.post(reverse("appeal", args=[entry.public_id]), {"text": TEXT}).status_code == 404
    assert not Appeal.objects.exists()


def test_only_those_who_have_not_read_the_essay_hear_it(announced: Judged) -> None:
    appeal = actions.file(announced.entries[1], announced.entries[1].owner, TEXT)
    actions.blind(appeal.pk)
    appeal.refresh_from_db()

    able = access.able_to_hear(appeal)

    assert {seat.surname for seat in able} == {"Слушателев0", "Слушателев1", "Слушателев2"}
    with pytest.raises(actions.Refused):
        actions.appoint(appeal, announced.organizer, [*able[:2], announced.seats[0]])
    with pytest.raises(actions.Refused):
        actions.appoint(appeal, announced.organizer, able[:2])
    owed = actions.appoint(appeal, announced.organizer, able)
    assert Letter.objects.filter(pk__in=owed, name="appeal_hearing").count() == 3


def test_who_hears_it_finds_no_name_in_it(announced: Judged) -> None:
    entry = announced.entries[1]
    appeal = actions.file(entry, entry.owner, f"{TEXT} С уважением, {entry.surname} {entry.given_name}")
    actions.blind(appeal.pk)
    appeal.refresh_from_db()
    seats = access.able_to_hear(appeal)
    actions.appoint(appeal, announced.organizer, seats)
    member = appeal.members.select_related("seat__user").first()
    assert member is not None

    page = signed_in(member.seat.user).get(reverse("hear_appeal", args=[member.public_id])).content.decode()

    assert entry.surname not in page
    assert "второго" not in page or "абзаце" in page
    assert announced.copies[1].code in page
    assert signed_in(announced.seats[0].user).get(reverse("hear_appeal", args=[member.public_id])).status_code == 404


def test_points_that_stay_change_nothing(announced: Judged) -> None:
    appeal = heard(announced, 1, [{}, {}, {"1": D(60)}])
    editions = Ranking.objects.count()

    actions.decide(appeal, announced.organizer, answer="Баллы остаются: оценки согласуются с описанием уровней.")

    appeal.refresh_from_db()
    assert (appeal.state, appeal.outcome, Ranking.objects.count()) == ("decided", "kept", editions)


def test_raised_points_make_a_new_edition_of_ranking_page_and_documents(announced: Judged) -> None:
    loser, winner = announced.entries[0], announced.entries[1]
    appeal = heard(announced, 1, [{"1": D(58)}, {"1": D(57)}, {"1": D(60)}])

    owed = actions.decide(appeal, announced.organizer, answer="Второй абзац раскрывает услугу полностью, балл повышен.")

    announcement = Announcement.objects.get()
    edition = Ranking.objects.in_force().get()
    assert (edition.edition, announcement.ranking_id) == (2, edition.pk)
    assert edition.predecessor is not None
    assert announced.copies[1].code in edition.reason
    places = dict(Award.objects.values_list("entry__surname", "row__award_place"))
    assert (places[winner.surname], places[loser.surname]) == (1, 2)
    appeal.refresh_from_db()
    assert (appeal.outcome, appeal.decision["before"], appeal.decision["after"]) == ("raised", "80.00", "92.50")
    letters = set(Letter.objects.filter(pk__in=owed).values_list("name", "user_id"))
    assert letters == {("appeal_decided", winner.owner_id), ("result_changed", loser.owner_id)}
    event = LedgerEvent.objects.get(action="appeal.decided")
    assert (event.data["before"], event.data["after"]) == ("80.00", "92.50")
    page = Client(headers={"accept-language": "en"}).get(reverse("contest_results", args=[announced.contest.slug]))
    assert "92.5" in page.content.decode()
    author = signed_in(winner.owner)
    for name in ("entry", "appeal"):
        own = author.get(reverse(name, args=[winner.public_id])).content.decode()
        assert "Второй абзац раскрывает услугу полностью" in own and TEXT in own
    assert (
        "Points by criterion, after the decision"
        in author.get(reverse("entry", args=[winner.public_id])).content.decode()
    )


def test_a_point_more_is_more_where_the_median_of_three_has_left_a_strict_review_out() -> None:
    made = judged_contest([(45, 35), (46, 34)], [(45, 30), (46, 29)])
    made.contest.judging_rules.__class__.objects.update(third_review="median")
    made.add((50, 28), (20, 20), (51, 29), third=True)
    for number in range(3):
        SeatFactory(contest=made.contest, state=Seat.State.ACCEPTED, surname=f"Слушателев{number}")
    approved = ranking.approve(made.contest, made.organizer, ranking.propose(made.contest).digest)
    results.complete(results.announce(made.contest, made.organizer, seen=approved.sha256).pk)
    made.contest.refresh_from_db()
    for entry in made.entries:
        entry.refresh_from_db()
    appeal = heard(made, 2, [{"1": D(51)}] * 3)

    actions.decide(appeal, made.organizer, answer="Первый критерий раскрыт полнее, балл повышен на единицу.")

    appeal.refresh_from_db()
    assert (appeal.outcome, appeal.decision["before"], appeal.decision["after"]) == ("raised", "78.00", "79.00")


def test_an_award_that_is_lost_takes_its_document_along(announced: Judged) -> None:
    third = announced.entries[2]
    before = Diploma.objects.get(award__entry=third, kind="diploma").number
    appeal = heard(announced, 3, [{"1": D(50), "2": D(28)}] * 3)

    actions.decide(appeal, announced.organizer, answer="Работа недооценена по обоим критериям, баллы повышены.")

    kinds = dict(Diploma.objects.values_list("award__entry__surname", "kind"))
    assert (kinds[third.surname], kinds[announced.entries[3].surname]) == ("certificate", "diploma")
    assert Client().get(reverse("verify_document", args=[before])).status_code == 404


def test_no_decision_before_everybody_has_answered(announced: Judged) -> None:
    appeal = heard(announced, 1, [{}, {}, {}])
    AppealMember.objects.filter(pk=appeal.members.first().pk).update(found_at=None)  # type: ignore[union-attr]

    with pytest.raises(actions.Refused):
        actions.decide(appeal, announced.organizer, answer="Баллы остаются: оценки согласуются с уровнями.")


def test_a_decision_is_made_once(announced: Judged) -> None:
    appeal = heard(announced, 1, [{"1": D(58)}, {"1": D(58)}, {"1": D(58)}])
    actions.decide(appeal, announced.organizer, answer="Второй абзац раскрывает услугу полностью, балл повышен.")

    with pytest.raises(actions.Refused):
        actions.decide(appeal, announced.organizer, answer="Второй абзац раскрывает услугу полностью, балл повышен.")

    assert Ranking.objects.count() == 2


def test_the_organizer_walks_through_by_pages(announced: Judged) -> None:
    appeal = actions.file(announced.entries[1], announced.entries[1].owner, TEXT)
    actions.blind(appeal.pk)
    client, slug = signed_in(announced.organizer), announced.contest.slug
    path = reverse("organizer_appeal", args=[slug, appeal.public_id])
    assert announced.copies[1].code in client.get(reverse("organizer_appeals", args=[slug])).content.decode()
    appeal.refresh_from_db()

    client.post(path, {"act": "appoint", "seats": [seat.pk for seat in access.able_to_hear(appeal)]})
    for member in appeal.members.select_related("seat__user"):
        judge = signed_in(member.seat.user)
        assert announced.copies[1].code in judge.get(reverse("judge_queue")).content.decode()
        judge.post(
            reverse("hear_appeal", args=[member.public_id]),
            {"mark_1": "55", "reason": "Описание услуги точное, балл выше."},
        )
    page = client.get(path).content.decode()
    assert "the points rise" in page
    client.post(path, {"act": "decide", "answer": "Описание услуги точное: балл по первому критерию повышен."})

    appeal.refresh_from_db()
    assert (appeal.state, appeal.outcome) == ("decided", "raised")


def test_points_off_the_step_are_told_beside_their_field(announced: Judged) -> None:
    appeal = heard(announced, 1, [{}, {}, {}])
    member = appeal.members.select_related("seat__user").first()
    assert member is not None

    page = signed_in(member.seat.user).post(
        reverse("hear_appeal", args=[member.public_id]), {"mark_1": "55.5", "reason": "Описание услуги точное."}
    )

    assert set(page.context["form"].errors) == {"mark_1"}
    much = signed_in(member.seat.user).post(
        reverse("hear_appeal", args=[member.public_id]), {"mark_1": "600", "reason": "Описание услуги точное."}
    )
    assert much.context["form"].errors["mark_1"] == ["The criterion has 60 points at most."]


def test_a_withdrawn_appeal_stays_withdrawn(announced: Judged) -> None:
    entry = announced.entries[1]
    actions.file(entry, entry.owner, TEXT)
    client = signed_in(entry.owner)

    client.post(reverse("withdraw_appeal", args=[entry.public_id]))

    appeal = Appeal.objects.get()
    assert appeal.state == "withdrawn"
    with pytest.raises(actions.Refused):
        actions.appoint(appeal, announced.organizer, access.able_to_hear(appeal))


def test_the_list_asks_as_often_for_three_as_for_one(announced: Judged, django_assert_max_num_queries) -> None:
    client, address = signed_in(announced.organizer), reverse("organizer_appeals", args=[announced.contest.slug])
    counts = []
    for numbers in ([0], [1, 2]):
        for number in numbers:
            actions.file(announced.entries[number], announced.entries[number].owner, TEXT)
        client.get(address)
        with django_assert_max_num_queries(15) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
