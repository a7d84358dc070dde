"""The rubric, the rules and the awards: what is kept, what is refused, what follows what."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from essays.contests.problems import Outdated, Refused
from judging.rubrics import actions
from judging.rubrics.access import lock_reason
from judging.rubrics.models import AwardRule, Criterion, JudgingRules, LevelDescriptor, Rubric
from judging.rubrics.soundness import award_problems, level_problems, points_words
from tests.factories import story
from tests.factories.regulations import RULES, award, complete_draft, criterion, draft, fresh, organizer
from tests.factories.story import AssignmentFactory, BlindCopyFactory, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return complete_draft(organizer())


def known(contest) -> list[dict]:
    names = ("id", *actions.CRITERION)
    return list(Criterion.objects.filter(rubric__contest=contest).values(*names))


def save(contest, rows) -> None:
    actions.save_criteria(contest, fresh(contest), rows, actor=contest.organizers.get().user)


def reviewed(contest, *, submitted: bool) -> None:
    copy = BlindCopyFactory(contest=contest, category=contest.categories.get(), nomination=contest.nominations.get())
    assignment = AssignmentFactory(copy=copy, contest=contest)
    criteria = Criterion.objects.filter(rubric__contest=contest)
    story.review(assignment, dict.fromkeys(criteria, 1), submitted=submitted)


def test_criteria_are_reordered_and_ties_follow_their_criteria(contest):
    theme, style = known(contest)

    save(contest, [style, criterion("Грамотность", 10), theme])

    found = Criterion.objects.filter(rubric__contest=contest)
    assert [(one.position, one.name_ru) for one in found] == [(1, "Стиль"), (2, "Грамотность"), (3, "Тема")]
    assert JudgingRules.objects.get(contest=contest).tie_criteria == [3, 1]


@pytest.mark.parametrize("name", ["third_at_total", "third_at_criterion"])
def test_a_difference_that_no_two_reviews_can_have_is_refused(contest, name):
    values = {**RULES, name: actions.total_of(contest) + 1}

    with pytest.raises(Refused) as refused:
        actions.save_rules(contest, fresh(contest), values, actor=contest.organizers.get().user)

    assert [problem.field for problem in refused.value.problems] == [name]


def test_a_criterion_that_goes_leaves_the_ties(contest):
    _theme, style = known(contest)

    save(contest, [style])

    assert JudgingRules.objects.get(contest=contest).tie_criteria == [1]
    assert Criterion.objects.get(rubric__contest=contest).pk == style["id"]


def test_levels_stay_with_their_criterion_when_it_moves(contest):
    theme, style = known(contest)
    owner = Criterion.objects.get(pk=theme["id"])
    level = {
        "id": None,
        "points_from": Decimal(1),
        "points_to": Decimal(9),
        "text_ru": "Мало.",
        "text_en": "",
    }
    actions.save_levels(contest, owner, fresh(contest), [level], actor=organizer())

    save(contest, [style, theme])

    assert LevelDescriptor.objects.get().criterion_id == theme["id"]


@pytest.mark.parametrize("submitted", [False, True], ids=["draft review", "handed-in review"])
def test_nothing_changes_once_judges_score(contest, submitted):
    reviewed(contest, submitted=submitted)
    actor = organizer()

    for attempt in (
        lambda: save(contest, [criterion("Другое", 5)]),
        lambda: actions.save_rules(contest, fresh(contest), RULES, actor=actor),
        lambda: actions.save_awards(contest, fresh(contest), [award("Всем", 1, 9, None)], actor=actor),
        lambda: actions.save_levels(
            contest, Criterion.objects.get(rubric__contest=contest, position=1), fresh(contest), [], actor=actor
        ),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert str(refused.value) == str(lock_reason(contest)) != ""
    assert [one["name_ru"] for one in known(contest)] == ["Тема", "Стиль"]


@pytest.mark.parametrize("freeze", ["rubric", "ranking"])
def test_the_lock_says_what_closed_it(contest, freeze):
    if freeze == "rubric":
        Rubric.objects.filter(contest=contest).update(frozen_at=moment(0))
    else:
        JudgingRules.objects.filter(contest=contest).update(results_frozen_at=moment(0))

    with translation.override("en"):
        words = {"rubric": "Judges have handed in reviews", "ranking": "The ranking is approved"}[freeze]
        assert words in str(lock_reason(contest))


def test_nothing_is_locked_before(contest):
    assert lock_reason(contest) == ""


def test_the_second_of_two_organizers_is_told(contest):
    seen = fresh(contest)
    actions.save_criteria(contest, seen, known(contest), actor=organizer())

    with pytest.raises(Outdated):
        actions.save_criteria(contest, seen, [criterion("Другое", 5)], actor=organizer())

    assert [one["name_ru"] for one in known(contest)] == ["Тема", "Стиль"]


def test_a_criterion_of_another_contest_is_not_taken(contest):
    other = complete_draft(organizer(), "other")
    theirs = known(other)[0]

    with pytest.raises(Refused):
        save(contest, [theirs])

    assert Criterion.objects.get(pk=theirs["id"]).rubric.contest_id == other.pk


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tie_criteria": [1, 7]}, "tie_1"),
        ({"tie_criteria": [1, 1]}, "tie_1"),
        ({"aggregation": "trimmed"}, "aggregation"),
    ],
    ids=["unknown criterion", "named twice", "too few reviews to trim"],
)
def test_rules_that_cannot_work_are_refused(contest, changes, field):
    with pytest.raises(Refused) as refused:
        actions.save_rules(contest, fresh(contest), RULES | changes, actor=organizer())

    assert refused.value.field == field


def test_awards_keep_their_keys_when_they_are_renamed(contest):
    keys = [rule.key for rule in contest.award_rules.all()]
    present = list(contest.award_rules.values("id", *actions.AWARD))
    present[0]["name_ru"] = "Лауреат"

    actions.save_awards(contest, fresh(contest), present, actor=organizer())

    assert [(rule.name_ru, rule.key) for rule in AwardRule.objects.filter(contest=contest)] == [
        ("Лауреат", keys[0]),
        ("Призёр", keys[1]),
    ]


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        ([award("А", 1, 1, 70), award("Б", 2, 3, 60)], []),
        ([award("А", 1, 1, None), award("Б", 2, 3, None)], []),
        ([award("Б", 2, 3, 60), award("А", 1, 1, 70)], []),
        ([award("А", 1, 2, 70), award("Б", 2, 3, 60)], ["1-place_from"]),
        ([award("А", 3, 1, 70)], ["0-place_to"]),
        ([award("А", 1, 1, 101)], ["0-minimum"]),
        ([award("А", 1, 1, 60), award("Б", 2, 2, 70)], ["1-minimum"]),
        ([award("А", 1, 1, None), award("Б", 2, 2, 70)], ["1-minimum"]),
    ],
)
def test_problems_of_awards(rows, fields):
    assert [problem.field for problem in award_problems(rows, Decimal(100))] == fields


def level(first: int, last: int) -> dict:
    return {"points_from": Decimal(first), "points_to": Decimal(last)}


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        ([level(0, 9), level(10, 25)], []),
        ([level(10, 25), level(0, 9)], []),
        ([level(0, 10), level(10, 25)], ["1-points_from"]),
        ([level(20, 26)], ["0-points_to"]),
        ([level(9, 3)], ["0-points_to"]),
    ],
)
def test_problems_of_levels(rows, fields):
    assert [problem.field for problem in level_problems(rows, Decimal(25))] == fields


@pytest.mark.parametrize(
    ("points", "words"), [("25.00", "25"), ("2.50", "2.5"), ("100", "100"), ("0.00", "0"), ("10", "10")]
)
def test_points_are_written_without_needless_zeros(points, words):
    assert points_words(Decimal(points)) == words


def test_a_publishing_problem_names_what_is_missing_in_judging():
    empty = draft(organizer())

    assert [problem.section for problem in actions.publishing_problems(empty)] == ["rubric", "rules", "awards"]


def test_the_rubric_tag_asks_alike_for_two_criteria_and_for_six(contest, django_assert_num_queries):
    page = Template("{% load rubrics %}{% rubric_of contest %}")
    with django_assert_num_queries(4):
        page.render(Context({"contest": contest}))
    save(contest, known(contest) + [criterion(f"Ещё {number}", 5) for number in range(4)])

    with django_assert_num_queries(4), translation.override("en"):
        html = page.render(Context({"contest": contest}))

    assert "120 points at most." in html
    assert "In a tie these criteria are compared in turn: Тема; Стиль." in html


def test_draft_rules_are_made_once(contest):
    actions.save_rules(contest, fresh(contest), RULES | {"reviews_per_entry": 3}, actor=organizer())
    actions.save_rules(contest, fresh(contest), RULES | {"reviews_per_entry": 4}, actor=organizer())

    assert [rules.reviews_per_entry for rules in JudgingRules.objects.filter(contest=contest)] == [4]
