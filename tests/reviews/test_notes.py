"""A judge's own notes: written without a script, kept to the judge, forgotten with the contest. And what others scored."""

from decimal import Decimal as D
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from essays.ledger.models import LedgerEvent
from judging.assignments.models import Assignment
from judging.reviews import actions, notes
from judging.reviews.actions import is_later_stroke
from judging.reviews.models import Highlight, Review
from judging.rubrics.models import Criterion, JudgingRules
from tests.factories.story import (
    AssignmentFactory,
    BlindCopyFactory,
    ContestFactory,
    ContestOrganizerFactory,
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
    return rubric(assignment.contest, (10, 20))


@pytest.fixture
def judge(client: Client, assignment: Assignment, criteria: list[Criterion]) -> Client:
    client.force_login(assignment.seat.user)
    return client


def own(assignment: Assignment) -> str:
    return reverse("own_notes", args=[assignment.public_id])


def desk(assignment: Assignment) -> str:
    return reverse("reading_desk", args=[assignment.public_id])


def test_a_note_is_written_changed_and_removed_without_a_script(judge: Client, assignment: Assignment) -> None:
    judge.post(own(assignment), {"act": "add", "note": "Хорошее начало", "quote": "Слово"})
    note = Highlight.objects.get()
    shown = judge.get(desk(assignment)).content.decode()
    judge.post(own(assignment), {"act": "change", "id": str(note.public_id), "note": "Иначе", "colour": "rose"})
    note.refresh_from_db()
    changed = (note.note, note.colour, note.quote)
    judge.post(own(assignment), {"act": "remove", "id": str(note.public_id)})

    assert "Хорошее начало" in shown
    assert changed == ("Иначе", "rose", "Слово")
    assert not Highlight.objects.exists()


def test_a_script_gets_the_list_alone_and_a_place_is_kept_with_its_words(judge: Client, assignment: Assignment) -> None:
    place = {"start": "3", "end": "8", "quote": "слово", "before": "до ", "after": " по"}

    answer = judge.post(
        own(assignment), {"act": "add", **place, "colour": "green"}, headers={"X-Requested-With": "XMLHttpRequest"}
    )

    assert 'data-start="3" data-end="8" data-before="до " data-after=" по"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(
    "typed", [{}, {"note": "я" * 2001}, {"quote": "x", "colour": "black"}, {"quote": "x", "end": "-1"}]
)
def test_what_is_no_note_is_refused(judge: Client, assignment: Assignment, typed: dict[str, str]) -> None:
    answer = judge.post(own(assignment), {"act": "add", **typed}, headers={"X-Requested-With": "XMLHttpRequest"})

    assert (answer.status_code, Highlight.objects.count()) == (422, 0)


def test_there_is_an_end_to_marking(judge: Client, assignment: Assignment) -> None:
    Highlight.objects.bulk_create([Highlight(assignment=assignment, note="…") for _ in range(Highlight.MOST)])

    judge.post(own(assignment), {"act": "add", "note": "ещё"})

    assert Highlight.objects.count() == Highlight.MOST


def test_notes_are_for_their_judge_alone(client: Client, judge: Client, assignment: Assignment) -> None:
    """Another judge of the same essay neither sees nor changes them; the ledger knows nothing of them."""
    other = AssignmentFactory(copy=assignment.copy, seat=SeatFactory(contest=assignment.contest), place=1)
    judge.post(own(assignment), {"act": "add", "note": "КАНАРЕЙКА"})
    note = Highlight.objects.get()
    neighbour = Client()
    neighbour.force_login(other.seat.user)

    seen = neighbour.get(desk(other)).content.decode()
    for act in ("change", "remove"):
        neighbour.post(own(other), {"act": act, "id": str(note.public_id), "note": "чужая", "colour": "rose"})

    organizer = Client()
    organizer.force_login(ContestOrganizerFactory(contest=assignment.contest).user)
    for name in (
        "organizer_board",
        "organizer_reviews",
        "organizer_assignments",
        "organizer_ranking",
        "organizer_ledger",
    ):
        seen += organizer.get(reverse(name, args=[assignment.contest.slug])).content.decode()

    note.refresh_from_db()
    assert "КАНАРЕЙКА" not in seen and note.note == "КАНАРЕЙКА"
    assert not [event for event in LedgerEvent.objects.all() if "КАНАРЕЙКА" in str(event.data)]


def test_an_essay_that_is_away_takes_no_notes_and_shows_none(judge: Client, assignment: Assignment) -> None:
    judge.post(own(assignment), {"act": "add", "note": "КАНАРЕЙКА"})
    Assignment.objects.update(state=Assignment.State.RECUSED)

    answer = judge.post(own(assignment), {"act": "add", "note": "ещё"})

    assert (answer.status_code, Highlight.objects.count()) == (409, 1)
    assert "КАНАРЕЙКА" not in judge.get(desk(assignment)).content.decode()


def test_notes_go_when_the_contest_is_put_away(assignment: Assignment) -> None:
    kept = AssignmentFactory()
    for one in (assignment, kept):
        notes.add_note(
            one, {"note": "…", "quote": "", "start": 0, "end": 0, "before": "", "after": "", "colour": "rose"}
        )
    type(assignment.contest).objects.filter(pk=assignment.contest_id).update(state="archived")

    assert (notes.forget_notes(), Highlight.objects.get().assignment_id) == (1, kept.pk)


def test_an_id_that_is_none_changes_nothing(judge: Client, assignment: Assignment) -> None:
    judge.post(own(assignment), {"act": "remove", "id": "'; DROP"})

    assert notes.remove_note(assignment, UUID(int=0)) is False


# --- saving, once more ----------------------------------------------------------------------------------------------------


def filled(criteria: list[Criterion], *values: str, version: int = 0, **more: str) -> dict[str, str]:
    marks = {f"mark_{one.pk}": value for one, value in zip(criteria, values, strict=False)}
    return {"version": str(version), "comment_for_author": "", "note_for_jury": "", **marks, **more}


def test_reloading_after_a_refusal_is_no_other_tab(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    """F5 sends the very form once more: with the version of before, and saying what is stored."""
    form = filled(criteria, "5", "", comment_for_author="Ясно\r\nи просто", act="submit")
    judge.post(desk(assignment), form)

    again = judge.post(desk(assignment), form)

    assert again.context["outdated"] is None and again.status_code == 200
    assert list(again.context["form"].errors) == [f"mark_{criteria[1].pk}"]
    assert again.context["version"] == Review.objects.get().version == 1


def test_an_answer_that_was_lost_on_its_way_is_no_conflict(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    save = reverse("save_draft", args=[assignment.public_id])
    judge.post(save, filled(criteria, "5", page="a1:1"))

    follows = judge.post(save, filled(criteria, "6", page="a1:2"))
    late = judge.post(save, filled(criteria, "4", page="a1:1"))
    another = judge.post(save, filled(criteria, "7", page="b2:9"))

    assert [one.status_code for one in (follows, late, another)] == [200, 409, 409]
    assert Review.objects.get().marks.get().points == 6


@pytest.mark.parametrize(
    ("page", "stored", "expected"),
    [("a:12", "a:9", True), ("a:9", "a:12", False), ("a:9", "a:9", False), ("b:9", "a:1", False), ("", "", False)],
)
def test_a_later_stroke_of_the_same_page_follows(page: str, stored: str, expected: bool) -> None:
    assert is_later_stroke(page, stored) is expected


def test_the_next_desk_offers_to_take_the_last_review_back(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    following = AssignmentFactory(seat=assignment.seat, copy=BlindCopyFactory(contest=assignment.contest), place=2)

    page = judge.post(desk(assignment), filled(criteria, "5", "7", act="submit"), follow=True)
    judge.post(reverse("reopen_review", args=[assignment.public_id]))

    assert (page.context["assignment"], page.context["last"]) == (following, assignment)
    assert Review.objects.get(assignment=assignment).state == Review.State.DRAFT
    assert judge.get(desk(following)).context["last"] is None


# --- the others -----------------------------------------------------------------------------------------------------------


def test_others_points_show_after_handing_in_where_the_rules_say_so_and_close_the_own_review(
    judge: Client, assignment: Assignment, criteria: list[Criterion]
) -> None:
    for points in (4, 9):
        other = AssignmentFactory(
            copy=assignment.copy, seat=SeatFactory(contest=assignment.contest, surname="Имярекова")
        )
        review(other, dict.fromkeys(criteria, points))
    look = reverse("see_others", args=[assignment.public_id])
    judge.post(look)
    early = judge.get(desk(assignment)).context["others"]
    judge.post(desk(assignment), filled(criteria, "5", "7", act="submit"))
    judge.post(look)
    without_the_rule = judge.get(desk(assignment)).context["others"]
    JudgingRules.objects.update(show_spread=True)
    before_looking = judge.get(desk(assignment)).context
    judge.post(look)
    page = judge.get(desk(assignment))
    judge.post(reverse("reopen_review", args=[assignment.public_id]))

    assert (early, without_the_rule, before_looking["others"], before_looking["may_look"]) == (None, None, None, True)
    others = page.context["others"]
    assert (others.count, others.total.lowest, others.total.highest) == (2, D(8), D(18))
    assert [(row.lowest, row.highest) for row in others.criteria] == [(D(4), D(9)), (D(4), D(9))]
    assert "Имярекова" not in page.content.decode()
    assert Review.objects.get(assignment=assignment).state == Review.State.SUBMITTED
    assert LedgerEvent.objects.filter(action="review.others_seen").count() == 1


def test_before_handing_in_nobody_looks(assignment: Assignment, criteria: list[Criterion]) -> None:
    JudgingRules.objects.update(show_spread=True)
    draft = actions.open_review(assignment)

    with pytest.raises(actions.Closed):
        actions.look_at_others(draft, actor=assignment.seat.user)
