"""The second look at the leaders: its price, ordering it, and that its readings count."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from essays.contests.timeline import until_words
from essays.ledger import clock
from essays.outbox.models import Letter
from judging.assignments import access, actions
from judging.assignments.models import Assignment, Recusal, SecondLook
from judging.assignments.progress import progress_of
from judging.assignments.tasks import sweep_assignments
from judging.console.board import board_of
from judging.console.leaders import AfterFirstRound
from judging.ranking.actions import propose
from judging.reviews import estimates
from judging.reviews.estimates import Expected
from judging.rubrics.models import JudgingRules
from tests.factories.judged import Judged, judged_contest
from tests.factories.story import AssignmentFactory, CategoryFactory, InstitutionFactory, SeatFactory, review

pytestmark = pytest.mark.django_db
Round = Assignment.Round


def contest_of(entries: int = 10, spare: int = 2, **rules: object) -> Judged:
    """Entries from best to worst, read by two judges; others have read nothing."""
    judged = judged_contest(*[[(60 - 3 * n if n else 55, 35 - n)] * 2 for n in range(entries)], **rules)
    SeatFactory.create_batch(spare, contest=judged.contest)
    return judged


def client_of(judged: Judged) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(judged.organizer)
    return client


def address(judged: Judged) -> str:
    return reverse("organizer_second_look", args=[judged.contest.slug])


def order(judged: Judged, client: Client, **choice: int) -> str:
    page = client.get(address(judged), choice)
    posted = {"share": 20, "minimum": 3, "readings": 1, **choice, "seen": page.context["seen"]}
    return client.post(address(judged), posted, follow=True).content.decode()


def test_the_page_says_what_each_choice_costs_and_who_would_read() -> None:
    judged = contest_of(20)
    other = CategoryFactory(contest=judged.contest, name_en="College")
    for total in (50, 40):
        judged.add((total, 30), (total, 30), category=other)

    context = client_of(judged).get(address(judged), {"share": 20, "minimum": 1, "readings": 2}).context

    assert [(cell.entries, cell.leaders, cell.readings) for cell in context["cells"]] == [(20, 4, 8), (2, 1, 2)]
    assert (context["chosen"], context["readings"], context["hours"]) == (5, 10, 2.0)
    assert {price.share: price.readings for price in context["prices"]}[40] == 18
    # The two who have read everything get nothing more and are not named.
    assert [share.more for share in context["shares"]] == [5, 5]
    assert context["nobody"] == 0


def test_at_least_so_many_of_a_small_nomination_and_never_more_than_there_are() -> None:
    judged = contest_of(2)
    context = client_of(judged).get(address(judged), {"share": 20, "minimum": 3, "readings": 1}).context
    assert context["chosen"] == 2


def test_ordering_deals_to_others_and_every_reading_counts_in_the_mean() -> None:
    judged = contest_of(10)
    html = order(judged, client_of(judged))

    assert "The second look is ordered: 3 readings are dealt" in html
    look = SecondLook.objects.get()
    assert look.codes == [copy.code for copy in judged.copies[:3]]
    dealt = Assignment.objects.filter(round=Round.SECOND_LOOK).select_related("contest", "seat")
    assert {one.copy_id for one in dealt} == {copy.pk for copy in judged.copies[:3]}
    assert not {one.seat_id for one in dealt} & {seat.pk for seat in judged.seats}
    assert all(access.reading_ends_at(one) == one.contest.session_ends_at for one in dealt)
    assert {letter.name for letter in Letter.objects.all()} == {"essays_wait"}

    assert "open_assignment" in {problem.code for problem in propose(judged.contest).problems}
    for one in dealt:
        review(one, dict(zip(judged.criteria, (30, 30), strict=True)))

    proposal = propose(judged.contest)
    scores = {line.code: line.score for cell in proposal.cells for line in cell.lines}
    # The first: 90 and 90 in the first round, 60 in the second look, which is no third review: the mean of all.
    assert scores[judged.copies[0].code] == Decimal(80)
    assert proposal.approvable
    page = client_of(judged).get(address(judged))
    assert (page.context["done"], page.context["of"]) == (3, 3)


def test_it_is_ordered_once_and_only_as_it_was_seen() -> None:
    judged = contest_of(10)
    client = client_of(judged)
    stale = client.post(address(judged), {"share": 20, "minimum": 3, "readings": 1, "seen": "x" * 16})
    assert "Something has changed since you opened this page." in stale.content.decode()
    order(judged, client)
    assert "was ordered already" in client.post(address(judged), {"share": 40}, follow=True).content.decode()
    assert Assignment.objects.filter(round=Round.SECOND_LOOK).count() == 3


def test_not_before_the_first_round_is_in_nor_where_reviews_are_summed() -> None:
    judged = contest_of(6)
    waiting = AssignmentFactory(copy=judged.add(), seat=judged.seats[0])
    client = client_of(judged)
    assert "2 reviews of the first round are not in yet." in client.get(address(judged)).content.decode()
    assert "The first round is not complete yet" in order(judged, client)
    for seat in judged.seats:
        one, _new = Assignment.objects.get_or_create(
            copy=waiting.copy,
            seat=seat,
            contest=judged.contest,
            defaults={"place": 1, "assigned_at": waiting.assigned_at},
        )
        review(one, dict(zip(judged.criteria, (1, 1), strict=True)))
    JudgingRules.objects.update(aggregation="sum")
    assert "sum of reviews" in order(judged, client)
    assert not SecondLook.objects.exists()


def test_who_gives_a_leader_back_is_followed_by_another_and_nobody_is_dealt_twice() -> None:
    judged = contest_of(10, spare=3)
    order(judged, client_of(judged))
    one = Assignment.objects.filter(round=Round.SECOND_LOOK).select_related("contest", "copy").first()

    actions.recuse(one, Recusal.Reason.KNOWS_AUTHOR, "", actor=None)
    sweep_assignments()

    standing = Assignment.objects.filter(copy=one.copy, round=Round.SECOND_LOOK).standing()
    assert standing.count() == 1
    assert standing.get().seat_id != one.seat_id
    assert Assignment.objects.filter(round=Round.SECOND_LOOK).standing().count() == 3


def test_what_is_asked_for_after_the_end_of_judging_has_the_time_of_the_session() -> None:
    judged = contest_of(10)
    order(judged, client_of(judged))
    one = Assignment.objects.filter(round=Round.SECOND_LOOK).select_related("seat__user", "contest").first()
    judge = Client(headers={"accept-language": "en"})
    judge.force_login(one.seat.user)

    page = judge.get(reverse("judge_queue"))

    assert (page.context["is_over"], page.context["ends_at"]) == (False, judged.contest.session_ends_at)
    assert page.context["resume"].seat_id == one.seat_id and page.context["pace"].essays >= 1
    assert judge.get(reverse("reading_desk", args=[one.public_id])).status_code == 200
    progress = {row.seat: row for row in progress_of(judged.contest, clock.now())}[one.seat]
    assert (progress.is_behind, progress.is_overdue, progress.done < progress.of) == (False, False, True)
    assert board_of(judged.contest, clock.now()).reviews_overdue == 0
    after = judged.contest.session_ends_at
    assert board_of(judged.contest, after).reviews_overdue == 3
    letter = Letter.objects.first()
    with translation.override(letter.language):
        assert letter.context["judging_ends"] == until_words(after, judged.contest)


def test_a_second_look_neither_asks_for_a_third_nor_stands_for_one() -> None:
    judged = contest_of(4)
    order(judged, client_of(judged))
    for one in Assignment.objects.filter(round=Round.SECOND_LOOK):
        review(one, dict(zip(judged.criteria, (0, 0), strict=True)))

    assert "third_missing" not in {problem.code for problem in propose(judged.contest).problems}


def test_small_nominations_are_compared_as_the_ranking_merges_them() -> None:
    judged = contest_of(2, smallest_cell=3)
    nomination = judged.contest.nominations.create(position=9, name_ru="Завтра", name_en="Tomorrow")
    judged.add((1, 1), (1, 1), nomination=nomination)

    state = AfterFirstRound(judged.contest)

    cells = state.cells([], 1)
    assert [(cell.entries, "Tomorrow" in cell.label or "Завтра" in cell.label) for cell in cells] == [(3, True)]


def test_questions_do_not_grow_with_entries() -> None:
    asked = []
    for entries in (2, 6):
        judged = contest_of(entries)
        for seat in judged.contest.seats.all():
            seat.institutions.add(InstitutionFactory(parent=InstitutionFactory()))
            seat.declared_conflicts.create(key="0" * 64)
        client = client_of(judged)
        client.get(reverse("organizer_judges", args=[judged.contest.slug]))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(judged))
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 15 + (connection.vendor == "postgresql")


# --- What rules would cost -----------------------------------------------------------------------------------


def test_the_estimate_agrees_with_the_contests_that_were_made_up() -> None:
    expected = Expected(entries=720, cells=12, reviews=2, maximum=100, criteria=[25, 20, 20, 15, 10, 10])
    # docs/judging-numbers.md: 2.15 readings with thirds at 20 points, 2.20 with a second look at the first fifth.
    assert estimates.thirds(expected, 20, None) == pytest.approx(720 * 0.15, rel=0.1)
    assert estimates.second_look(expected, 20) == 144
    assert estimates.second_look(expected, 20, readings=2, minimum=15) == 360


def test_two_readings_are_the_special_case_of_many() -> None:
    summed = 1 - 2 * estimates.STEP * sum(
        estimates._NORMAL.pdf(x * estimates.STEP)
        * (estimates._NORMAL.cdf(x * estimates.STEP + 1.5) - estimates._NORMAL.cdf(x * estimates.STEP))
        for x in range(-400, 401)
    )
    assert estimates.apart(2, 1.5, 1.0) == pytest.approx(summed, abs=1e-6)
    assert estimates.apart(2, 1.5, 1.0) < estimates.apart(3, 1.5, 1.0) < estimates.apart(5, 1.5, 1.0)
    assert (estimates.apart(3, 0, 1.0), round(estimates.apart(3, 50, 1.0), 9)) == (1.0, 0.0)


def test_the_page_of_the_estimate_answers_without_a_script() -> None:
    judged = contest_of(3)
    client = client_of(judged)
    page = client.get(
        reverse("organizer_estimate", args=[judged.contest.slug]),
        {"entries": 720, "judges": 30, "reviews": 2, "total": "20", "criterion": "", "share": 20},
    )
    lines = {line.readings: line for line in page.context["lines"]}
    assert lines[1440].extra == 0
    assert lines[1440 + 144].found == 58
    assert page.context["lines"][0].each == pytest.approx(1440 * 12 / 60 / 30)
    assert "Enter a whole number" in client.get(page.request["PATH_INFO"], {"entries": "много"}).content.decode()


def test_the_board_calls_for_a_second_look_that_the_rules_want() -> None:
    judged = contest_of(10, second_look_share=20)
    client = client_of(judged)
    call = "the second look at the leaders can be ordered"
    board = reverse("organizer_board", args=[judged.contest.slug])
    assert call in client.get(board).content.decode()

    order(judged, client)

    assert call not in client.get(board).content.decode()


def test_it_is_called_off_before_anything_is_in_and_may_be_ordered_anew() -> None:
    judged = contest_of(10)
    client = client_of(judged)
    order(judged, client)

    html = client.post(address(judged), {"act": "end"}, follow=True).content.decode()

    assert "it can be ordered anew" in html
    assert not SecondLook.objects.exists()
    assert not Assignment.objects.filter(round=Round.SECOND_LOOK).standing().exists()
    assert propose(judged.contest).approvable
    assert "The second look is ordered: 3 readings are dealt" in order(judged, client)


def test_ended_half_way_what_is_in_counts_and_nobody_else_is_asked() -> None:
    judged = contest_of(10)
    client = client_of(judged)
    order(judged, client)
    first, *_others = Assignment.objects.filter(round=Round.SECOND_LOOK).order_by("pk")
    review(first, dict(zip(judged.criteria, (30, 30), strict=True)))
    assert "Readings that are in count" in client.get(address(judged)).content.decode()

    html = client.post(address(judged), {"act": "end"}, follow=True).content.decode()
    sweep_assignments()

    assert "what is in counts" in html
    assert "End the second look" not in client.get(address(judged)).content.decode()
    assert list(Assignment.objects.filter(round=Round.SECOND_LOOK).standing()) == [first]
    assert propose(judged.contest).approvable
    assert "no second look under way" in client.post(address(judged), {"act": "end"}, follow=True).content.decode()
