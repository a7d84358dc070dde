"""The reading desk in the browser's eyes: what it shows, what it keeps, what it refuses."""

import json
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from essays.anonymity.models import BlindCopy
from judging.assignments.models import Assignment, Recusal
from judging.reviews.models import Mark, Review
from judging.rubrics.models import Criterion, LevelDescriptor
from tests.factories.story import (
    AssignmentFactory,
    BlindCopyFactory,
    ContestFactory,
    SeatFactory,
    review,
    rubric,
    rules,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment() -> Assignment:
    contest = ContestFactory(stage="judging")
    rules(contest)
    return AssignmentFactory(copy=BlindCopyFactory(contest=contest), place=1)


@pytest.fixture
def criteria(assignment: Assignment) -> list[Criterion]:
    return rubric(assignment.contest, (60, 10))


@pytest.fixture
def judge(client: Client, assignment: Assignment) -> Client:
    client.force_login(assignment.seat.user)
    return client


def desk(assignment: Assignment) -> str:
    return reverse("reading_desk", args=[assignment.public_id])


def draft(assignment: Assignment) -> str:
    return reverse("save_draft", args=[assignment.public_id])


def filled(criteria: list[Criterion], *values: str, version: int = 0, **more: str) -> dict[str, str]:
    marks = {f"mark_{one.pk}": value for one, value in zip(criteria, values, strict=False)}
    return {"version": str(version), "comment_for_author": "", "note_for_jury": "", **marks, **more}


def test_the_desk_shows_code_title_text_and_rubric(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    LevelDescriptor.objects.create(criterion=criteria[0], points_from=50, points_to=60, text_ru="Точный личный опыт")

    page = judge.get(desk(assignment)).content.decode()

    for shown in (assignment.copy.code, assignment.copy.title, "[УЧАСТНИК]", "Критерий 1", "Точный личный опыт"):
        assert shown in page


def test_short_scales_are_buttons_and_long_ones_a_number(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    page = judge.get(desk(assignment)).content.decode()

    assert page.count(f'type="radio" name="mark_{criteria[1].pk}"') == 11
    assert f'name="mark_{criteria[0].pk}" type="number"' in page


def test_headers_are_the_same_for_every_essay(judge: Client, assignment: Assignment, criteria: list[Criterion]) -> None:
    other = AssignmentFactory(
        seat=assignment.seat, copy=BlindCopyFactory(contest=assignment.contest, html="<p>" + "слово " * 900 + "</p>")
    )
    judge.get(desk(assignment))

    headers = [dict(judge.get(desk(one)).headers) for one in (assignment, other)]
    for one in headers:
        one.pop("Content-Length", None)
        one.pop("Content-Security-Policy", None)

    assert headers[0] == headers[1]
    assert headers[0]["Cache-Control"] == "private, no-store"
    assert not {"ETag", "Last-Modified", "Content-Disposition"} & headers[0].keys()


def test_saving_a_draft_by_button_and_coming_back(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    response = judge.post(desk(assignment), filled(criteria, "55", "", comment_for_author="Ясно", act="save"))

    page = judge.get(response.headers["Location"])
    assert page.context["version"] == 1
    assert 'value="55"' in page.content.decode() and "Ясно" in page.content.decode()


def test_autosave_answers_with_the_new_version(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    first = judge.post(draft(assignment), filled(criteria, "7,0", "3"))
    second = judge.post(draft(assignment), filled(criteria, "8", "3", version=1))

    assert (json.loads(first.content), json.loads(second.content)["version"]) == (
        {"saved": True, "version": 1, "problems": {}},
        2,
    )
    assert Review.objects.get().total == 11


def test_autosave_keeps_what_is_right_and_says_what_is_wrong(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    answer = json.loads(judge.post(draft(assignment), filled(criteria, "61", "3", comment_for_author="хорошо")).content)

    assert (answer["saved"], list(answer["problems"])) == (True, [f"mark_{criteria[0].pk}"])
    assert list(Mark.objects.values_list("criterion_id", "points")) == [(criteria[1].pk, Decimal(3))]
    assert Review.objects.get().comment_for_author == "хорошо"


def test_a_comment_that_is_too_long_does_not_erase_the_stored_one(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    judge.post(draft(assignment), filled(criteria, "1", comment_for_author="хорошо"))

    judge.post(draft(assignment), filled(criteria, "2", version=1, comment_for_author="я" * 4001))

    stored = Review.objects.get()
    assert (stored.comment_for_author, stored.marks.get().points) == ("хорошо", 2)


def test_the_second_of_two_tabs_is_told_and_nothing_is_overwritten(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    judge.post(draft(assignment), filled(criteria, "10", "1", comment_for_author="первая вкладка"))

    by_script = judge.post(draft(assignment), filled(criteria, "50", "9"))
    by_button = judge.post(desk(assignment), filled(criteria, "50", "9", act="submit"))

    assert (by_script.status_code, json.loads(by_script.content)) == (
        409,
        {"saved": False, "outdated": True, "version": 1},
    )
    page = by_button.content.decode()
    assert by_button.status_code == 409
    assert "первая вкладка" in page and 'value="50"' in page and by_button.context["version"] == 1
    assert Review.objects.get().total == 11


def test_submitting_goes_on_to_the_next_essay_of_the_own_order(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    later, sooner, scored = (
        AssignmentFactory(seat=assignment.seat, copy=BlindCopyFactory(contest=assignment.contest), place=place)
        for place in (9, 3, 2)
    )
    review(scored, dict.fromkeys(criteria, 5))

    first = judge.post(desk(assignment), filled(criteria, "55", "9", act="submit"))
    second = judge.post(desk(sooner), filled(criteria, "55", "9", act="submit"))
    last = judge.post(desk(later), filled(criteria, "55", "9", act="submit"))

    assert first.headers["Location"] == desk(sooner)
    assert second.headers["Location"] == desk(later)
    assert last.headers["Location"].startswith(reverse("judge_queue"))


def test_submitting_with_something_missing_says_where_and_keeps_the_rest(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    response = judge.post(desk(assignment), filled(criteria, "55", "", comment_for_author="Ясно", act="submit"))

    assert list(response.context["form"].errors) == [f"mark_{criteria[1].pk}"]
    assert f'href="#id_mark_{criteria[1].pk}"' in response.content.decode()
    stored = Review.objects.get()
    assert (stored.state, stored.comment_for_author, stored.marks.count()) == (Review.State.DRAFT, "Ясно", 1)
    assert response.context["version"] == stored.version


def test_a_second_click_on_submit_does_no_harm(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    data = filled(criteria, "55", "9", act="submit")
    judge.post(desk(assignment), data)

    again = judge.post(desk(assignment), data)

    assert (again.status_code, again.headers["Location"]) == (302, desk(assignment))
    assert Review.objects.get().total == 64


def test_a_submitted_review_is_shown_and_can_be_reopened(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    judge.post(desk(assignment), filled(criteria, "55", "9", act="submit"))
    shown = judge.get(desk(assignment))

    judge.post(reverse("reopen_review", args=[assignment.public_id]))

    assert (shown.context["is_open"], shown.context["may_reopen"]) == (False, True)
    assert judge.get(desk(assignment)).context["is_open"] is True


def test_giving_back_takes_the_text_off_the_desk(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    response = judge.post(reverse("recuse", args=[assignment.public_id]), {"reason": "knows_author"})

    assert response.headers["Location"].startswith(reverse("judge_queue"))
    assert Recusal.objects.get().assignment_id == assignment.pk
    after = judge.get(desk(assignment))
    assert "[УЧАСТНИК]" not in after.content.decode()
    assert judge.get(reverse("recuse", args=[assignment.public_id])).status_code == 404


def test_giving_back_without_a_reason_asks_for_one(judge: Client, assignment: Assignment) -> None:
    response = judge.post(reverse("recuse", args=[assignment.public_id]), {"note": "…"})

    assert response.context["form"].errors["reason"]
    assert not Recusal.objects.exists()


@pytest.mark.parametrize("how", ["held", "retired", "superseded", "withdrawn", "recused", "not_begun"])
def test_an_essay_that_is_away_shows_a_friendly_page_without_its_text(
    judge: Client, assignment: Assignment, criteria: list[Criterion], how: str
) -> None:
    judge.get(desk(assignment))
    if how in ("held", "retired", "superseded"):
        BlindCopy.objects.update(state=how)
    elif how == "not_begun":
        assignment.contest.judging_starts_at = assignment.contest.judging_ends_at
        assignment.contest.save()
    else:
        Assignment.objects.update(state=how)

    page = judge.get(desk(assignment))
    by_button = judge.post(desk(assignment), filled(criteria, "55", "9", act="submit"))
    by_script = judge.post(draft(assignment), filled(criteria, "55", "9"))
    reopened = judge.post(reverse("reopen_review", args=[assignment.public_id]))

    assert page.templates[0].name == "judging/reviews/away.html"
    for hidden in (assignment.copy.title, "[УЧАСТНИК]"):
        assert hidden not in page.content.decode() + by_button.content.decode() + reopened.content.decode()
    assert [one.status_code for one in (page, by_button, by_script, reopened)] == [200, 409, 409, 409]
    assert json.loads(by_script.content)["saved"] is False
    assert Mark.objects.count() == 0


def test_a_held_copy_comes_back_with_everything_written(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    judge.post(draft(assignment), filled(criteria, "55", comment_for_author="Ясно"))
    BlindCopy.objects.update(state=BlindCopy.State.HELD)
    judge.get(desk(assignment))
    BlindCopy.objects.update(state=BlindCopy.State.RELEASED)

    page = judge.get(desk(assignment)).content.decode()

    assert 'value="55"' in page and "Ясно" in page


def test_after_the_end_the_desk_is_for_reading_only(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    assignment.contest.judging_ends_at = timezone.now()
    assignment.contest.save()

    page = judge.get(desk(assignment))

    assert page.context["is_open"] is False and "[УЧАСТНИК]" in page.content.decode()
    assert judge.post(desk(assignment), filled(criteria, "55", "9", act="submit")).status_code == 409
    assert Review.objects.count() == 0


def test_the_desk_takes_as_many_queries_with_one_essay_as_with_many(
    judge: Client, assignment: Assignment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    criteria = rubric(assignment.contest, (10, 10))
    judge.get(desk(assignment))
    queries = count_queries(judge, desk(assignment))
    for place in range(2, 5):
        one = AssignmentFactory(seat=assignment.seat, copy=BlindCopyFactory(contest=assignment.contest), place=place)
        review(one, dict.fromkeys(criteria, 5), submitted=place == 2)
    for position in (3, 4, 5):
        added = Criterion.objects.create(rubric=criteria[0].rubric, position=position, name_ru="Ещё", maximum=5)
        LevelDescriptor.objects.create(criterion=added, points_from=0, points_to=5, text_ru="Что-то")

    with django_assert_num_queries(queries):
        judge.get(desk(assignment))
    assert queries <= 15


def count_queries(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_previous_and_next_follow_the_own_order(judge: Client, assignment: Assignment) -> None:
    rubric(assignment.contest)
    before, after, held = (
        AssignmentFactory(seat=assignment.seat, copy=BlindCopyFactory(contest=assignment.contest), place=place)
        for place in (0, 8, 5)
    )
    BlindCopy.objects.filter(pk=held.copy_id).update(state=BlindCopy.State.HELD)
    AssignmentFactory(copy=assignment.copy, seat=SeatFactory(contest=assignment.contest), place=2)

    neighbours = judge.get(desk(assignment)).context["neighbours"]

    assert (neighbours.previous, neighbours.following) == (before.public_id, after.public_id)
