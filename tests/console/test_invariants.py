"""Each invariant holds for a whole contest, and says so when it is broken."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from essays.anonymity.models import BlindCopy
from essays.entries.models import Consent, Entry, Essay
from essays.ledger import actions as ledger
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from judging.assignments.models import Assignment
from judging.console.invariants import INVARIANTS
from judging.ranking import actions as ranking_actions
from judging.ranking.models import RankedCopy, Ranking
from judging.results import actions
from judging.results.models import Announcement, Award, Diploma
from judging.reviews.models import Mark, Review
from judging.rubrics.models import JudgingRules
from tests.factories.judged import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole() -> Judged:
    """An announced contest, with a sealed ledger."""
    judged = judged_contest([(55, 35), (54, 36)], [(45, 30), (46, 30)], [(20, 10), (21, 10)])
    digest = ranking_actions.propose(judged.contest).digest
    ranking = ranking_actions.approve(judged.contest, judged.organizer, digest)
    actions.complete(actions.announce(judged.contest, judged.organizer, seen=ranking.sha256).pk)
    ledger.seal()
    return judged


def broken() -> set[str]:
    return {one.name for one in INVARIANTS if list(one.violations())}


def test_a_whole_contest_breaks_nothing(whole: Judged) -> None:
    assert broken() == set()
    out = StringIO()
    call_command("check_invariants", stdout=out)
    assert f"All {len(INVARIANTS)} invariants hold." in out.getvalue()


def test_an_empty_database_breaks_nothing() -> None:
    assert broken() == set()


def test_the_command_fails_and_names_the_row(whole: Judged) -> None:
    review = Review.objects.order_by("pk").first()
    Review.objects.filter(pk=review.pk).update(total=1)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_invariants", stdout=out)
    assert f"review {review.pk}: total 1.00 is not the sum of its marks" in out.getvalue()


def lose_the_current_essay(whole: Judged) -> None:
    Essay.objects.filter(entry=whole.entries[0]).update(is_current=False)


def lose_a_copy(whole: Judged) -> None:
    Essay.objects.filter(entry=whole.entries[0]).update(blind_copy=None)


def give_a_copy_another_code(whole: Judged) -> None:
    BlindCopy.objects.filter(pk=whole.copies[0].pk).update(code="OTHER")


def admit_a_copy_alone(whole: Judged) -> None:
    Entry.objects.filter(pk=whole.entries[0].pk).update(state=Entry.State.REJECTED)


def seat_a_judge_at_the_authors_school(whole: Judged) -> None:
    whole.seats[0].institutions.add(whole.entries[0].institution)


def leave_a_retired_copy_on_a_desk(whole: Judged) -> None:
    Assignment.objects.filter(copy=whole.copies[0]).update(state=Assignment.State.WAITING)
    BlindCopy.objects.filter(pk=whole.copies[0].pk).update(state=BlindCopy.State.RETIRED)


def appoint_two_thirds(whole: Judged) -> None:
    with connection.cursor() as cursor:
        # The database refuses it by itself; the question is asked all the same, of what was restored or imported.
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX assignment_third_once")
    Assignment.objects.filter(copy=whole.copies[0]).update(round=Assignment.Round.THIRD)


def take_a_review_out_without_a_reason(whole: Judged) -> None:
    Assignment.objects.filter(copy=whole.copies[0]).update(state=Assignment.State.REMOVED)


def forget_that_a_review_is_in(whole: Judged) -> None:
    Assignment.objects.filter(copy=whole.copies[0]).update(state=Assignment.State.WAITING)


def change_a_total(whole: Judged) -> None:
    Review.objects.filter(assignment__copy=whole.copies[0]).update(total=3)


def lose_a_mark(whole: Judged) -> None:
    Mark.objects.filter(review__assignment__copy=whole.copies[0], criterion=whole.criteria[0]).delete()


def change_the_record(whole: Judged) -> None:
    ranking = Ranking.objects.get()
    ranking.record["cells"][0]["entries"][1]["reviews"][0]["marks"]["1"] = "60"
    ranking.save()


def change_a_ranked_row(whole: Judged) -> None:
    RankedCopy.objects.filter(copy=whole.copies[1]).update(place=1)


def thaw_the_reviews(whole: Judged) -> None:
    JudgingRules.objects.update(results_frozen_at=None)


def change_a_mark_after_approval(whole: Judged) -> None:
    Mark.objects.filter(review__assignment__copy=whole.copies[0]).update(points=1)


def take_the_ranking_away(whole: Judged) -> None:
    Ranking.objects.update(state=Ranking.State.REPLACED)


def give_an_award_to_somebody_else(whole: Judged) -> None:
    Award.objects.filter(entry=whole.entries[2]).update(award_key="winner")


def lose_a_result(whole: Judged) -> None:
    Award.objects.filter(entry=whole.entries[2]).delete()


def lose_a_document(whole: Judged) -> None:
    Diploma.objects.filter(award__entry=whole.entries[2]).delete()


def forget_the_moment(whole: Judged) -> None:
    whole.contest.announced_at = None
    whole.contest.save()


def send_a_letter_too_early(whole: Judged) -> None:
    announcement = Announcement.objects.get()
    Announcement.objects.update(at=announcement.at + timedelta(days=3))


def lose_a_letter(whole: Judged) -> None:
    Letter.objects.filter(name="result_took_part").delete()


def write_the_ledger_anew(whole: Judged) -> None:
    LedgerEvent.objects.filter(action="ranking.approved").update(actor_ref=1_000_000)


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        (lose_the_current_essay, "one_current_essay"),
        (lose_a_copy, "one_copy_per_version"),
        (give_a_copy_another_code, "copies_belong"),
        (admit_a_copy_alone, "admitted_alike"),
        (seat_a_judge_at_the_authors_school, "no_conflicts"),
        (leave_a_retired_copy_on_a_desk, "nothing_stale_to_read"),
        (appoint_two_thirds, "one_third"),
        (take_a_review_out_without_a_reason, "removals_have_reasons"),
        (forget_that_a_review_is_in, "done_when_submitted"),
        (change_a_total, "totals_are_sums"),
        (lose_a_mark, "totals_are_sums"),
        (change_the_record, "checksums_hold"),
        (change_a_ranked_row, "rows_follow_the_record"),
        (thaw_the_reviews, "frozen_while_approved"),
        (change_a_mark_after_approval, "reviews_unchanged"),
        (take_the_ranking_away, "announced_is_approved"),
        (give_an_award_to_somebody_else, "awards_follow_the_ranking"),
        (lose_a_result, "awards_follow_the_ranking"),
        (lose_a_document, "announced_completely"),
        (forget_the_moment, "announced_completely"),
        (send_a_letter_too_early, "one_letter_per_result"),
        (lose_a_letter, "one_letter_per_result"),
        (write_the_ledger_anew, "ledger_is_whole"),
    ],
)
def test_a_fault_is_found_by_name(whole: Judged, fault: Callable[[Judged], None], named: str) -> None:
    fault(whole)
    assert named in broken()


def test_a_name_without_consent_is_found(whole: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("judging.results.page.may_be_named", lambda entries: {entry.pk for entry in entries})
    Consent.objects.all().delete()
    assert "nobody_named_without_consent" in broken()


def test_a_result_told_without_an_announcement_is_found(whole: Judged) -> None:
    Award.objects.all().delete()
    Announcement.objects.all().delete()
    assert "one_letter_per_result" in broken()


def test_the_database_itself_refuses_a_second_letter_for_one_cause(whole: Judged) -> None:
    letter = Letter.objects.first()
    letter.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        letter.save(force_insert=True)
