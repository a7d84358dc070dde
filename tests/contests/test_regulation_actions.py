"""Making, changing and publishing a contest: what is refused, and why."""

from datetime import timedelta

import pytest
from django.utils import translation

from essays.contests import actions, stages, team
from essays.contests.calendar import Stage
from essays.contests.models import ConsentText, Contest
from essays.contests.problems import Outdated, Refused
from essays.entries.models import Entry
from essays.ledger import clock
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from judging.rubrics.models import Criterion, JudgingRules
from tests.factories.regulations import CATEGORY, NOMINATION, complete_draft, draft, organizer, published
from tests.factories.story import AssignmentFactory, BlindCopyFactory, UserFactory, moment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def begun_entry(contest: Contest, **values) -> Entry:
    return Entry.objects.create(contest=contest, owner=UserFactory(), code="T1", **values)


def judging_begins(contest: Contest) -> None:
    copy = BlindCopyFactory(
        contest=contest, category=contest.categories.first(), nomination=contest.nominations.first()
    )
    AssignmentFactory(copy=copy, contest=contest)


def fields(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.field for problem in refused.value.problems]


def test_a_new_contest_gets_usual_terms_and_its_maker_as_organizer():
    maria = organizer()

    contest = draft(maria)

    assert list(contest.organizers.values_list("user", flat=True)) == [maria.pk]
    assert contest.corrections_end_at == contest.judging_starts_at
    assert contest.judging_ends_at - contest.judging_starts_at == timedelta(days=14)
    assert [event.action for event in LedgerEvent.objects.all()] == ["contest.created"]


def test_an_address_in_use_is_refused_beside_its_field():
    maria = organizer()
    draft(maria)

    with pytest.raises(Refused) as refused:
        draft(maria)

    assert fields(refused) == ["slug"]


def test_a_copy_takes_over_everything_but_people_and_dates():
    maria, oleg = organizer(), organizer()
    source = published(maria)

    copy = draft(oleg, "essay-2028", source=source, closes_at=moment(40), opens_at=moment(30))

    assert (copy.state, copy.regulation_ru, copy.max_bytes) == ("draft", source.regulation_ru, source.max_bytes)
    assert [row.name_ru for row in copy.categories.all()] == ["7–9 классы"]
    assert [row.name_ru for row in copy.nominations.all()] == ["Помог близким"]
    kinds = [("dissemination", 1), ("essay", 1), ("processing", 1)]
    assert sorted(copy.consent_texts.values_list("kind", "version")) == kinds
    names = Criterion.objects.filter(rubric__contest=copy).values_list("name_ru", flat=True)
    assert list(names) == ["Тема", "Стиль"]
    assert JudgingRules.objects.get(contest=copy).tie_criteria == [1, 2]
    assert [rule.key for rule in copy.award_rules.all()] == [rule.key for rule in source.award_rules.all()]
    assert list(copy.organizers.values_list("user", flat=True)) == [oleg.pk]
    assert copy.salt != source.salt


def test_an_empty_draft_names_everything_that_is_missing():
    contest = draft(organizer())

    with pytest.raises(Refused) as refused:
        stages.publish(contest, actor=organizer())

    sections = [problem.section for problem in refused.value.problems]
    assert sections == [
        "texts",
        "texts",
        "categories",
        "nominations",
        "consents",
        "consents",
        "rubric",
        "rules",
        "awards",
    ]
    contest.refresh_from_db()
    assert contest.state == Contest.State.DRAFT


def test_dates_out_of_order_are_kept_in_a_draft_and_stop_publishing():
    maria = organizer()
    contest = complete_draft(maria)
    wrong = {"judging_ends_at": contest.judging_starts_at - timedelta(days=1)}

    actions.change_regulation(contest, contest.version, wrong, section="calendar", actor=maria)
    with pytest.raises(Refused) as refused:
        stages.publish(contest, actor=maria)

    assert fields(refused) == ["judging_ends_at"]


def test_a_published_contest_refuses_dates_out_of_order():
    maria = organizer()
    contest = published(maria)
    wrong = {"judging_ends_at": contest.judging_starts_at - timedelta(days=1)}

    with pytest.raises(Refused) as refused:
        actions.change_regulation(contest, contest.version, wrong, section="calendar", actor=maria)

    assert fields(refused) == ["judging_ends_at"]


def test_publishing_opens_intake_by_the_calendar_and_is_in_the_ledger():
    maria = organizer()
    contest = published(maria)

    assert contest.stage_at(clock.now()) == Stage.INTAKE
    event = LedgerEvent.objects.get(action="contest.published")
    assert (event.actor_ref, event.contest_ref) == (maria.pk, contest.pk)


def test_of_two_organizers_the_second_is_told_and_overwrites_nothing():
    maria = organizer()
    contest = draft(maria)
    seen = contest.version
    actions.change_regulation(contest, seen, {"title_ru": "Первый"}, section="texts", actor=maria)

    with pytest.raises(Outdated):
        actions.change_regulation(contest, seen, {"title_ru": "Второй"}, section="texts", actor=organizer())

    contest.refresh_from_db()
    assert contest.title_ru == "Первый"


def test_saving_what_is_already_so_changes_nothing():
    maria = organizer()
    contest = draft(maria)

    changed = actions.change_regulation(
        contest, contest.version, {"title_ru": contest.title_ru}, section="texts", actor=maria
    )

    assert changed == []
    assert not LedgerEvent.objects.filter(action="contest.changed").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"formats": ["docx"]}, "formats"),
        ({"max_bytes": 1024}, "max_bytes"),
        ({"min_characters": 5000}, "min_characters"),
        ({"max_words": 100}, "max_words"),
        ({"mentor_allowed": False}, "mentor_allowed"),
    ],
)
def test_after_the_first_entry_requirements_are_not_made_stricter(changes, field):
    maria = organizer()
    contest = published(maria)
    begun_entry(contest)

    with pytest.raises(Refused) as refused:
        actions.change_regulation(contest, contest.version, changes, section="requirements", actor=maria)

    assert fields(refused) == [field]


def test_after_the_first_entry_requirements_may_be_loosened():
    maria = organizer()
    contest = published(maria)
    begun_entry(contest)
    looser = {"max_bytes": 20 * 1024 * 1024, "formats": ["docx", "odt", "pdf", "txt", "rtf"]}

    changed = actions.change_regulation(contest, contest.version, looser, section="requirements", actor=maria)

    assert changed == ["formats", "max_bytes"]


def test_after_intake_requirements_stay_as_they_were():
    maria = organizer()
    contest = published(maria)
    stages.close_intake(contest, actor=maria)

    with pytest.raises(Refused) as refused:
        actions.change_regulation(
            contest, contest.version, {"max_characters": 9000}, section="requirements", actor=maria
        )

    assert "Intake is over" in str(refused.value)


@pytest.mark.parametrize("name", ["judging_ends_at", "session_ends_at", "results_at"])
def test_no_stage_of_a_public_contest_is_ended_by_a_date_in_the_past(name):
    maria = organizer()
    contest = published(maria)

    with pytest.raises(Refused) as refused:
        actions.change_regulation(contest, contest.version, {name: moment(-1)}, section="calendar", actor=maria)

    assert fields(refused) == [name]


@pytest.mark.parametrize(("days", "refused_field"), [(9, "closes_at"), (10.5, None)], ids=["earlier", "later"])
def test_a_promised_deadline_moves_only_later(days, refused_field):
    maria = organizer()
    contest = published(maria)
    changes = {"closes_at": moment(days)}

    if refused_field is None:
        assert actions.change_regulation(contest, contest.version, changes, section="calendar", actor=maria) == [
            "closes_at"
        ]
    else:
        with pytest.raises(Refused) as refused:
            actions.change_regulation(contest, contest.version, changes, section="calendar", actor=maria)
        assert fields(refused) == [refused_field]


def test_a_category_with_entries_stays():
    maria = organizer()
    contest = published(maria)
    begun_entry(contest, category=contest.categories.get())

    with pytest.raises(Refused) as refused:
        actions.set_rows(contest, contest.version, "categories", [], actor=maria)

    assert "7–9 классы" not in str(refused.value)  # English is active: the English name is said
    assert "Grades 7–9" in str(refused.value)
    assert contest.categories.count() == 1


def test_rows_are_renamed_ordered_added_and_removed_in_one_go():
    maria = organizer()
    contest = draft(maria)
    first, second = CATEGORY, {**CATEGORY, "name_ru": "10–11 классы"}
    actions.set_rows(contest, contest.version, "categories", [first, second], actor=maria)
    a, b = contest.categories.all()

    rows = [{**CATEGORY, "name_ru": "Студенты"}, {**CATEGORY, "id": b.pk, "name_ru": "10 и 11 классы"}]
    actions.set_rows(contest, contest.version, "categories", rows, actor=maria)

    assert [(row.position, row.name_ru) for row in contest.categories.all()] == [
        (1, "Студенты"),
        (2, "10 и 11 классы"),
    ]
    assert not contest.categories.filter(pk=a.pk).exists()


def test_a_row_of_another_contest_is_not_taken():
    maria = organizer()
    mine, other = draft(maria), published(maria, "other")
    theirs = other.categories.get()

    with pytest.raises(Refused):
        actions.set_rows(mine, mine.version, "categories", [{**CATEGORY, "id": theirs.pk}], actor=maria)

    theirs.refresh_from_db()
    assert theirs.contest_id == other.pk


@pytest.mark.parametrize("section", ["categories", "nominations"])
def test_two_rows_of_one_name_are_refused_beside_the_second(section):
    maria = organizer()
    contest = draft(maria)
    row = CATEGORY if section == "categories" else NOMINATION
    again = {**row, "name_ru": f" {row['name_ru'].upper()}", "name_en": ""}

    with pytest.raises(Refused) as refused:
        actions.set_rows(contest, contest.version, section, [row, again], actor=maria)

    assert fields(refused) == ["1-name_ru"]


def test_once_judging_has_begun_nothing_is_added_but_names_may_be_mended():
    maria = organizer()
    contest = published(maria)
    judging_begins(contest)
    present = {**CATEGORY, "id": contest.categories.get().pk}

    with pytest.raises(Refused):
        actions.set_rows(contest, contest.version, "categories", [present, CATEGORY], actor=maria)
    contest.refresh_from_db()
    actions.set_rows(contest, contest.version, "categories", [{**present, "name_ru": "7–9 класс"}], actor=maria)

    assert [row.name_ru for row in contest.categories.all()] == ["7–9 класс"]


def test_consent_texts_get_versions_and_are_never_edited():
    maria = organizer()
    contest = published(maria)

    text = actions.add_consent_text(
        contest, contest.version, kind="processing", body_ru="Новый текст.", body_en="", actor=maria
    )

    assert text.version == 2
    versions = contest.consent_texts.filter(kind="processing").order_by("version")
    assert [row.body_ru for row in versions] == ["Согласен.", "Новый текст."]
    with pytest.raises(Refused):
        actions.add_consent_text(
            contest, contest.version, kind="processing", body_ru="Новый текст.", body_en="", actor=maria
        )
    assert actions.current_consent_texts(contest)[ConsentText.Kind.PROCESSING] == text


def test_intake_is_closed_once_and_reopened_with_a_new_deadline():
    maria = organizer()
    contest = published(maria)

    stages.close_intake(contest, actor=maria)
    assert contest.stage_at(clock.now()) == Stage.SCREENING
    with pytest.raises(Refused):
        stages.close_intake(contest, actor=maria)
    later = moment(12)
    stages.reopen_intake(contest, closes_at=later, actor=maria)

    assert contest.stage_at(clock.now()) == Stage.INTAKE
    assert (contest.closes_at, contest.calendar.intake_ends_at) == (later, later)


def test_intake_stays_closed_once_judges_have_essays():
    maria = organizer()
    contest = published(maria)
    stages.close_intake(contest, actor=maria)
    judging_begins(contest)

    with pytest.raises(Refused) as refused:
        stages.reopen_intake(contest, closes_at=moment(12), actor=maria)

    assert "Judges have been given essays" in str(refused.value)


@pytest.mark.parametrize("days", [-1, 300], ids=["past", "after judging starts"])
def test_a_new_deadline_lies_between_now_and_judging(days):
    maria = organizer()
    contest = published(maria)
    stages.close_intake(contest, actor=maria)

    with pytest.raises(Refused) as refused:
        stages.reopen_intake(contest, closes_at=moment(days), actor=maria)

    assert fields(refused) == ["closes_at"]


def test_a_page_is_taken_back_only_while_nobody_has_begun_an_entry():
    maria = organizer()
    contest = published(maria)

    stages.unpublish(contest, actor=maria)
    assert contest.state == Contest.State.DRAFT
    stages.publish(contest, actor=maria)
    begun_entry(contest)
    with pytest.raises(Refused):
        stages.unpublish(contest, actor=maria)


def test_a_colleague_is_added_by_address_and_gets_one_letter():
    maria, oleg = organizer(), UserFactory(email="oleg@example.org")
    contest = draft(maria)

    letters = team.add_organizer(contest, " Oleg@Example.org ", actor=maria)

    assert list(Contest.objects.organized_by(oleg)) == [contest]
    assert [(letter.pk, letter.to, letter.name) for letter in Letter.objects.all()] == [
        (letters[0], "oleg@example.org", "organizer_added")
    ]
    for address in ("oleg@example.org", "nobody@example.org"):
        with pytest.raises(Refused):
            team.add_organizer(contest, address, actor=maria)


def test_the_last_organizer_stays():
    maria, oleg = organizer(), UserFactory()
    contest = draft(maria)

    with pytest.raises(Refused):
        team.remove_organizer(contest, maria.pk, actor=maria)
    team.add_organizer(contest, oleg.email, actor=maria)
    team.remove_organizer(contest, maria.pk, actor=oleg)

    assert list(contest.organizers.values_list("user", flat=True)) == [oleg.pk]
