"""Who may read, where the rules meet: municipality, limits, thirds, renamed institutions, many places at once."""

from decimal import Decimal

import pytest

from essays.anonymity.actions import retire
from essays.anonymity.keys import conflict_key
from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.entries.identity import conflict_keys_of
from judging.assignments import actions
from judging.assignments.models import Assignment
from judging.panels.keys import keys_of
from judging.panels.models import Seat
from judging.ranking.actions import propose
from judging.ranking.additive import Reading
from judging.ranking.calibration import Fallback, calibrate
from judging.ranking.reliability import reliability
from judging.reviews.actions import check_disagreement
from judging.rubrics.models import JudgingRules
from tests.factories.judged import judged_contest
from tests.factories.story import (
    AssignmentFactory,
    BlindCopyFactory,
    CategoryFactory,
    ContestFactory,
    InstitutionFactory,
    MunicipalityFactory,
    NominationFactory,
    SeatFactory,
    review,
    rubric,
    rules,
)


def contest_with(judges: int, copies: int, **changes: object) -> tuple[Contest, list[Seat], list[BlindCopy]]:
    contest = ContestFactory(stage="judging")
    rules(contest, **changes)
    rubric(contest)
    cell = {"category": CategoryFactory(contest=contest), "nomination": NominationFactory(contest=contest)}
    seats = SeatFactory.create_batch(judges, contest=contest)
    return contest, seats, BlindCopyFactory.create_batch(copies, contest=contest, **cell)


def readers(copy: BlindCopy) -> set[int]:
    return set(Assignment.objects.filter(copy=copy).standing().values_list("seat_id", flat=True))


@pytest.mark.django_db
def test_own_municipality_is_a_conflict_only_where_the_rules_say_so() -> None:
    contest, seats, copies = contest_with(3, 1)
    town = MunicipalityFactory()
    seats[0].institutions.add(InstitutionFactory(municipality=town))
    copies[0].conflict_keys = [conflict_key(contest, "municipality", str(town.pk))]
    copies[0].save()
    free = Seat.objects.get(pk=seats[0].pk)
    assert keys_of(free).isdisjoint(copies[0].conflict_keys)
    JudgingRules.objects.filter(contest=contest).update(shun_municipality=True)

    actions.apply(contest, "lot", None)

    assert readers(copies[0]) == {seats[1].pk, seats[2].pk}


@pytest.mark.django_db
def test_the_rule_of_the_municipality_holds_for_what_was_dealt_before_it() -> None:
    contest, seats, copies = contest_with(3, 1)
    town = MunicipalityFactory()
    copies[0].conflict_keys = [conflict_key(contest, "municipality", str(town.pk))]
    copies[0].save()
    actions.apply(contest, "lot", None)
    (first, second) = sorted(readers(copies[0]))
    Seat.objects.get(pk=first).institutions.add(InstitutionFactory(municipality=town))

    one = JudgingRules.objects.get(contest=contest)
    one.shun_municipality = True
    one.save()

    assert readers(copies[0]) == {second, *({seat.pk for seat in seats} - {first, second})}


@pytest.mark.django_db
def test_a_renamed_institution_is_the_same_conflict_and_an_entry_carries_its_places() -> None:
    judged = judged_contest([(50, 30), (40, 20)])
    entry = judged.entries[0]
    school = entry.institution
    seat = judged.seats[0]
    seat.institutions.add(InstitutionFactory(parent=school), school)
    before = set(conflict_keys_of(entry)), keys_of(seat)

    school.short_name, school.name = "Лицей", "Лицей имени реки"
    school.save()

    assert (set(conflict_keys_of(entry)), keys_of(seat)) == before
    assert before[0] & before[1] == {conflict_key(judged.contest, "institution", str(school.pk))}
    assert conflict_key(judged.contest, "municipality", str(school.municipality_id)) in before[0]


@pytest.mark.django_db
def test_a_third_is_nobody_who_read_has_a_conflict_is_full_or_reads_other_nominations() -> None:
    contest, seats, copies = contest_with(6, 1)
    copy = copies[0]
    conflict = conflict_key(contest, "email", "niece@example.org")
    copy.conflict_keys = [conflict]
    copy.save()
    criteria = list(contest.rubric.criteria.all())
    for seat, points in zip(seats[:2], (50, 10), strict=True):
        review(AssignmentFactory(copy=copy, seat=seat), dict.fromkeys(criteria[:1], points))
    seats[2].declared_conflicts.create(key=conflict)
    Seat.objects.filter(pk=seats[3].pk).update(capacity=0)
    seats[4].categories.add(CategoryFactory(contest=contest))

    third = check_disagreement(copy).assignments

    assert [one.seat_id for one in third] == [seats[5].pk]


@pytest.mark.django_db
def test_many_places_at_once_are_dealt_evenly_and_nobody_reads_twice() -> None:
    contest, seats, copies = contest_with(7, 24)
    actions.apply(contest, "lot", None)
    before = {seat.pk: seat.assignments.standing().count() for seat in seats}
    gone = next(seat for seat in seats if before[seat.pk])
    Seat.objects.filter(pk=gone.pk).update(state=Seat.State.LEFT)

    dealt = actions.take_back_from(gone)

    loads = [seat.assignments.standing().count() for seat in seats if seat != gone]
    assert len(dealt.assignments) == before[gone.pk] and not dealt.short
    # A judge may keep one more, so that judges and essays go on hanging together in one graph.
    assert max(loads) - min(loads) <= 2
    assert all(len(readers(copy)) == 2 for copy in copies)


@pytest.mark.django_db
def test_many_places_that_nobody_can_fill_are_named_by_code_with_the_reason() -> None:
    contest, seats, copies = contest_with(3, 10)
    actions.apply(contest, "lot", None)
    Seat.objects.filter(contest=contest).update(capacity=4)
    Seat.objects.filter(pk=seats[0].pk).update(state=Seat.State.LEFT)

    dealt = actions.take_back_from(seats[0])

    # Twenty readings in all, and the two others may hold four each: they hold more already.
    assert dealt.assignments == []
    assert set(dealt.short.values()) == {("capacity",)}
    assert set(dealt.short) <= {copy.code for copy in copies}


@pytest.mark.django_db
def test_an_entry_withdrawn_after_scoring_is_not_ranked_and_a_draft_is_no_review() -> None:
    judged = judged_contest([(50, 30), (40, 20)], [(40, 20), (40, 20)])
    open_one = judged.add((30, 10))
    drafted = AssignmentFactory(copy=open_one, seat=judged.seats[1])
    review(drafted, {judged.criteria[0]: 60}, submitted=False)
    retire(judged.copies[0], None, "withdrawn")

    proposal = propose(judged.contest)

    lines = {line.code: len(line.reviews) for cell in proposal.cells for line in cell.lines}
    assert lines == {judged.copies[1].code: 2, open_one.code: 1}
    assert {"open_assignment", "too_few_reviews"} <= {problem.code for problem in proposal.problems}


# --- Panels that tell nothing --------------------------------------------------------------------------------

ONE = [Reading("a", "e1", "j1", 70)]
ONE_EACH = [Reading("a", f"e{n // 2}", f"j{n}", 50 + n) for n in range(60)]
ALL_EQUAL = [Reading("a", f"e{n // 3}", f"j{n % 3}", 50) for n in range(90)]
ONE_OF_MANY = [Reading("a", f"e{n // 3}", f"j{n % 3}", 40 + (n * 7) % 31) for n in range(90)] + [
    Reading("a", "e0", "guest", 100)
]


@pytest.mark.parametrize(
    ("readings", "fallback"),
    [(ONE, Fallback.FEW_DEGREES), (ONE_EACH, Fallback.FEW_DEGREES), (ALL_EQUAL, Fallback.NO_DIFFERENCE)],
    ids=["one judge, one review", "one review per judge throughout", "all marks equal"],
)
def test_where_nothing_can_be_known_the_mean_stands_and_nobody_is_asked_about(
    readings: list[Reading], fallback: Fallback
) -> None:
    calibration, figures = calibrate(readings), reliability(readings)

    assert calibration.fallback == fallback
    assert all(score.mean == score.calibrated for score in calibration.scores.values())
    usual = [one for one in figures.judges if "constant" not in one.flags]
    assert all(not one.flags for one in usual)
    assert figures.alpha is None or figures.alpha <= 1


def test_a_judge_with_one_review_is_not_corrected_and_the_order_of_rows_is_nothing() -> None:
    calibration = calibrate(ONE_OF_MANY)
    turned = calibrate(list(reversed(ONE_OF_MANY)))

    assert calibration.not_corrected == ("guest",)
    assert calibration.scores == turned.scores
    assert reliability(ONE_OF_MANY) == reliability(list(reversed(ONE_OF_MANY)))
    guest = next(one for one in reliability(ONE_OF_MANY).judges if one.judge == "guest")
    assert (guest.reviews, guest.spread, guest.flags) == (1, None, ())
    assert calibration.scores["e0"].mean > Decimal(50)
