"""The judge's queue and the organizer's page of assignments."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from judging.assignments import actions
from judging.assignments.models import Assignment, Recusal
from judging.panels.models import Seat
from tests.factories.story import (
    AssignmentFactory,
    BlindCopyFactory,
    ContestFactory,
    ContestOrganizerFactory,
    InstitutionFactory,
    NominationFactory,
    SeatFactory,
    UserFactory,
    review,
    rubric,
    rules,
)

pytestmark = pytest.mark.django_db
QUEUE = "/judging/"


@pytest.fixture
def seat() -> Seat:
    return SeatFactory()


@pytest.fixture
def judge(client: Client, seat: Seat) -> Client:
    client.force_login(seat.user)
    return client


def essays(seat: Seat, number: int) -> list[Assignment]:
    return [
        AssignmentFactory(seat=seat, copy=BlindCopyFactory(contest=seat.contest), place=place)
        for place in range(number)
    ]


def codes(response: object) -> list[str]:
    return [row.copy.code for row in response.context["page"]]  # type: ignore[attr-defined]


def test_the_queue_shows_what_is_mine_in_my_order_with_progress(judge: Client, seat: Seat) -> None:
    criteria = rubric(seat.contest)
    mine = essays(seat, 4)
    AssignmentFactory(copy=mine[0].copy, seat=SeatFactory(contest=seat.contest))
    review(mine[2], dict.fromkeys(criteria, 30))
    review(mine[1], dict.fromkeys(criteria, 30), submitted=False)

    page = judge.get(QUEUE)

    tally = page.context["tally"]
    assert codes(page) == [one.copy.code for one in mine]
    assert (tally.of, tally.done, tally.drafts, tally.untouched, tally.percent) == (4, 1, 1, 2, 25)
    assert page.context["resume"] == mine[1]
    assert page.context["pace"].essays == 1


def test_the_queue_filters_by_state_and_category(judge: Client, seat: Seat) -> None:
    criteria = rubric(seat.contest)
    untouched, drafted, done = essays(seat, 3)
    review(drafted, dict.fromkeys(criteria, 30), submitted=False)
    review(done, dict.fromkeys(criteria, 30))

    found = {show: codes(judge.get(QUEUE, {"show": show})) for show in ("to_read", "draft", "done")}

    assert found == {"to_read": [untouched.copy.code], "draft": [drafted.copy.code], "done": [done.copy.code]}
    assert codes(judge.get(QUEUE, {"category": done.copy.category_id})) == [done.copy.code]
    assert codes(judge.get(QUEUE, {"nomination": done.copy.nomination_id})) == [done.copy.code]


@pytest.mark.parametrize("parameter", ["q", "search", "order", "sort", "o", "institution", "author", "id"])
def test_no_parameter_sorts_or_searches(judge: Client, seat: Seat, parameter: str) -> None:
    mine = essays(seat, 3)

    assert codes(judge.get(QUEUE, {parameter: "1"})) == [one.copy.code for one in mine]


def test_nonsense_in_parameters_does_no_harm(judge: Client, seat: Seat) -> None:
    essays(seat, 1)

    for query in (
        {"page": "x"},
        {"page": "99"},
        {"show": "'"},
        {"category": "x"},
        {"nomination": "x"},
        {"contest": "none"},
    ):
        assert judge.get(QUEUE, query).status_code == 200


def test_held_and_recused_essays_are_not_listed(judge: Client, seat: Seat) -> None:
    held, recused, here = essays(seat, 3)
    BlindCopy.objects.filter(pk=held.copy_id).update(state=BlindCopy.State.HELD)
    Assignment.objects.filter(pk=recused.pk).update(state=Assignment.State.RECUSED)

    assert codes(judge.get(QUEUE)) == [here.copy.code]


def test_each_contest_has_its_own_queue(judge: Client, seat: Seat) -> None:
    other = SeatFactory(user=seat.user)
    mine, theirs = essays(seat, 1), essays(other, 1)

    assert codes(judge.get(QUEUE, {"contest": seat.contest.slug})) == [mine[0].copy.code]
    assert codes(judge.get(QUEUE, {"contest": other.contest.slug})) == [theirs[0].copy.code]


def test_the_queue_takes_as_many_queries_for_one_row_as_for_three_and_reads_no_text(
    judge: Client, seat: Seat, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    essays(seat, 1)
    judge.get(QUEUE)
    with CaptureQueriesContext(connection) as one:
        judge.get(QUEUE)
    essays(seat, 2)
    with django_assert_num_queries(len(one)) as three:
        page = judge.get(QUEUE)

    assert len(codes(page)) == 3
    for query in three.captured_queries:
        assert '"html"' not in query["sql"] and '"conflict_keys"' not in query["sql"]


def test_a_long_queue_reads_one_page_of_rows(judge: Client, seat: Seat) -> None:
    essays(seat, 32)

    assert [len(codes(judge.get(QUEUE, {"page": page}))) for page in (1, 2)] == [30, 2]


def test_somebody_without_a_seat_is_told_what_would_be_here(client: Client) -> None:
    for user in (UserFactory(), SeatFactory(state=Seat.State.LEFT).user, SeatFactory(role=Seat.Role.SECRETARY).user):
        client.force_login(user)
        assert client.get(QUEUE).templates[0].name == "judging/assignments/no_seat.html"


class TestOrganizersPage:
    @pytest.fixture
    def contest(self) -> Contest:
        contest = ContestFactory(stage="judging")
        rules(contest)
        SeatFactory.create_batch(3, contest=contest)
        return contest

    @pytest.fixture
    def organizer(self, client: Client, contest: Contest) -> Client:
        client.force_login(ContestOrganizerFactory(contest=contest).user)
        return client

    def address(self, contest: Contest) -> str:
        return reverse("organizer_assignments", args=[contest.slug])

    def test_a_preview_writes_nothing_and_shows_shares_and_gaps(self, organizer: Client, contest: Contest) -> None:
        short = BlindCopyFactory(contest=contest)
        seats = list(Seat.objects.filter(contest=contest))
        for seat in seats[:2]:
            seat.categories.add(BlindCopyFactory(contest=contest).category)

        page = organizer.get(self.address(contest), {"seed": "lot"})

        preview = page.context["preview"]
        assert Assignment.objects.count() == 0
        assert sum(share.after for share in preview.shares) == preview.added == 5
        assert [(gap.codes, gap.slots) for gap in preview.gaps] == [([short.code], 1)]
        assert short.code in page.content.decode()

    def test_applying_deals_and_a_second_click_changes_nothing(self, organizer: Client, contest: Contest) -> None:
        BlindCopyFactory.create_batch(2, contest=contest)

        for _ in range(2):
            organizer.post(self.address(contest), {"act": "apply", "seed": "lot"})

        assert Assignment.objects.count() == 4
        assert organizer.get(self.address(contest)).context["deal"].seed == "lot"

    def test_a_refusal_is_shown_on_the_form(self, organizer: Client, contest: Contest) -> None:
        response = organizer.post(self.address(contest), {"act": "apply", "seed": "lot"})

        assert response.context["form"].non_field_errors()

    def test_while_intake_is_open_a_tick_is_needed(self, client: Client) -> None:
        contest = ContestFactory(stage="intake")
        rules(contest)
        SeatFactory.create_batch(2, contest=contest)
        BlindCopyFactory(contest=contest)
        client.force_login(ContestOrganizerFactory(contest=contest).user)

        client.post(self.address(contest), {"act": "apply", "seed": "lot"})
        without = Assignment.objects.count()
        client.post(self.address(contest), {"act": "apply", "seed": "lot", "early": "on"})

        assert (without, Assignment.objects.count()) == (0, 2)

    def test_progress_recusals_and_queries_do_not_grow(
        self, organizer: Client, contest: Contest, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        BlindCopyFactory.create_batch(6, contest=contest)
        actions.apply(contest, "lot", None)
        first, *more = Assignment.objects.all()[:3]
        actions.recuse(first, Recusal.Reason.CONFLICT, "сосед", actor=None)
        organizer.get(self.address(contest))
        with CaptureQueriesContext(connection) as one:
            page = organizer.get(self.address(contest))
        for assignment in more:
            actions.recuse(assignment, Recusal.Reason.KNOWS_AUTHOR, "", actor=None)
        SeatFactory.create_batch(2, contest=contest)

        with django_assert_num_queries(len(one)):
            organizer.get(self.address(contest))
        assert "сосед" in page.content.decode()
        assert sum(row.of for row in page.context["progress"]) == page.context["of"] == 12

    def test_a_plan_with_gaps_keeps_within_fifteen_questions(self, organizer: Client, contest: Contest) -> None:
        for seat in [*contest.seats.all(), *SeatFactory.create_batch(3, contest=contest)]:
            seat.institutions.add(InstitutionFactory(parent=InstitutionFactory()))
            seat.nominations.add(NominationFactory(contest=contest))
            seat.declared_conflicts.create(key="0" * 64)
        organizer.get(self.address(contest))
        found = []
        for more in (1, 2):
            # In cells that nobody may read.
            BlindCopyFactory.create_batch(more, contest=contest, nomination=NominationFactory(contest=contest))
            with CaptureQueriesContext(connection) as queries:
                preview = organizer.get(self.address(contest), {"seed": "lot"}).context["preview"]
            found.append((len(queries), len(preview.gaps)))

        assert [gaps for _queries, gaps in found] == [1, 3]
        assert found[0][0] == found[1][0] <= 15 + (connection.vendor == "postgresql")

    def test_reminding_twice_sends_once(self, organizer: Client, contest: Contest) -> None:
        from essays.outbox.models import Letter

        BlindCopyFactory.create_batch(6, contest=contest)
        actions.apply(contest, "lot", None)
        Letter.objects.all().delete()

        for _ in range(2):
            organizer.post(self.address(contest), {"act": "remind"})

        assert Letter.objects.filter(name="judge_reminder").count() == 3


def test_a_contest_that_may_still_be_read_goes_before_one_whose_time_is_over(client: Client) -> None:
    over, running = (SeatFactory(contest=ContestFactory(stage=stage)) for stage in ("deciding", "judging"))
    Seat.objects.filter(pk=running.pk).update(user=over.user)
    for seat in (over, running):
        essays(seat, 1)
    client.force_login(over.user)

    page = client.get(QUEUE)

    assert [seat.pk for seat in page.context["seats"]] == [running.pk, over.pk]
