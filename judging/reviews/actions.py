"""Writing, submitting and reopening reviews; what follows when two of them disagree."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.ledger.states import SomeoneWasFirst, move
from judging.assignments.access import may_score
from judging.assignments.models import Assignment
from judging.assignments.substitutes import appoint_third
from judging.assignments.writing import Dealt
from judging.reviews.disagreement import disagreement_of, in_disagreement
from judging.reviews.models import Mark, Review
from judging.rubrics import totals
from judging.rubrics.access import keep_open
from judging.rubrics.models import Criterion, JudgingRules, Rubric

HUNDREDTH = Decimal("0.01")
Marks = Mapping[int, Decimal]
"""Points by criterion id. A criterion that is not named is not scored; that is not zero."""


class Refused(Exception):
    """Something that the rules of reviewing do not allow; ``message`` is for people."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


class Closed(Refused):
    """The essay cannot be scored now: it is held, taken back, given back, or the time is over."""


class Submitted(Refused):
    """The review is in already; it has to be reopened before it can change."""


class Outdated(Exception):
    """Somebody (the same judge in another tab) saved a later version; ``review`` is what is there now."""

    def __init__(self, review: Review) -> None:
        super().__init__(f"version {review.version}")
        self.review = review


class BadMarks(Exception):
    """Marks that the rubric does not allow, or that are missing on submission: codes by criterion id."""

    def __init__(self, problems: dict[int, totals.MarkCode]) -> None:
        super().__init__(str(problems))
        self.problems = problems


def open_review(assignment: Assignment) -> Review:
    """The review of an assignment, begun if it was not. It is empty until something is saved."""
    now = clock.now()
    review, _new = Review.objects.get_or_create(assignment=assignment, defaults={"started_at": now, "saved_at": now})
    review.assignment = assignment
    return review


def save_draft(review: Review, marks: Marks, comment: str, note: str, version: int, *, page: str = "") -> Review:
    """Keep what is written so far. ``version`` is the one the judge's page was made from; ``page`` names that page and
    its stroke («page:12»), where it has a name.

    Raises ``Outdated`` when a later one is stored (nothing is overwritten), ``Submitted``, ``Closed``, ``BadMarks``
    for points outside a criterion's range or step. Not outdated is what says the same as what is stored, and the
    later stroke of the very page that wrote last: there only the answer was lost on the way. On success ``review``
    is up to date.
    """
    with transaction.atomic():
        return _write(review, marks, comment, note, version, page)


def submit(
    review: Review, marks: Marks, comment: str, note: str, version: int, *, actor: Any, page: str = ""
) -> Review:
    """Hand the review in: every criterion scored, total stored, assignment done, rubric frozen.

    Raises what ``save_draft`` raises; ``BadMarks`` also for a criterion without points.
    """
    with transaction.atomic():
        if not keep_open(review.assignment.contest):
            raise Closed(_("This essay cannot be scored now."))
        criteria = criteria_of(review.assignment.contest)
        problems = totals.mark_problems(_by_key(marks), criteria)
        if problems:
            raise BadMarks({int(problem.criterion): problem.code for problem in problems})
        _write(review, marks, comment, note, version, page)
        try:
            move(
                review,
                Review.State.SUBMITTED,
                actor=actor,
                data={"total": str(review.total), "version": review.version},
                submitted_at=clock.now(),
            )
            move(review.assignment, Assignment.State.DONE, actor=actor)
        except SomeoneWasFirst as first:
            raise Closed(_("This essay is not on your desk any more.")) from first
        _freeze_rubric(review.assignment.contest)
    return review


def reopen(review: Review, *, actor: Any) -> None:
    """Take a submitted review back onto the desk, until the judging ends or the results are frozen.

    Not after a look at the others' points: those would colour it.
    """
    assignment = review.assignment
    if review.saw_others:
        raise Closed(_("You have seen the others' points: your review stays as it is."))
    if review.state != Review.State.SUBMITTED or not may_score(assignment, clock.now()):
        raise Closed(_("This review cannot be changed any more."))
    with transaction.atomic():
        if not keep_open(assignment.contest):
            raise Closed(_("This review cannot be changed any more."))
        try:
            move(review, Review.State.DRAFT, actor=actor, submitted_at=None, version=F("version") + 1)
            move(assignment, Assignment.State.WAITING, actor=actor)
        except SomeoneWasFirst as first:
            raise Closed(_("This review cannot be changed any more.")) from first


def look_at_others(review: Review, *, actor: Any) -> None:
    """Note that the judge has seen the others' points; from now on the review stays as it is.

    Raises ``Closed`` unless the review is in and the contest's rules allow the look.
    """
    allowed = JudgingRules.objects.filter(contest=review.assignment.contest_id, show_spread=True).exists()
    submitted = Review.objects.filter(pk=review.pk, state=Review.State.SUBMITTED)
    with transaction.atomic():
        if not allowed or not submitted.update(saw_others=True):
            raise Closed(_("The others' points are not shown."))
        if not review.saw_others:
            ledger.record("review.others_seen", review, actor=actor)
    review.saw_others = True


def check_disagreement(copy: BlindCopy) -> Dealt:
    """Appoint a third reviewer if the rules ask for one now. Safe to repeat; at most one stands."""
    if disagreement_of(copy) is None:
        return Dealt()
    return appoint_third(copy)


def check_contest(contest: Contest) -> list[int]:
    """Appoint every third reviewer that is owed in a contest. Returns letters to send."""
    letters: list[int] = []
    for copy, _why in in_disagreement(contest):
        letters += appoint_third(copy).letters
    return letters


def criteria_of(contest: Contest) -> list[totals.Criterion]:
    """The rubric as the arithmetic wants it; keys are criterion ids as text."""
    return criteria_of_rows(Criterion.objects.filter(rubric__contest=contest).order_by("position", "pk"))


def criteria_of_rows(criteria: Iterable[Criterion]) -> list[totals.Criterion]:
    return [totals.Criterion(str(one.pk), one.maximum, one.step, one.weight, one.gate) for one in criteria]


def total_of(marks: Marks, criteria: list[totals.Criterion]) -> Decimal | None:
    """Weighted points to a hundredth, half up; None until every criterion is scored."""
    try:
        return totals.total(_by_key(marks), criteria).quantize(HUNDREDTH, ROUND_HALF_UP)
    except KeyError:
        return None


def _by_key(marks: Marks) -> dict[str, Decimal | None]:
    return {str(criterion): points for criterion, points in marks.items()}


def says_the_same(review: Review, marks: Marks, comment: str, note: str) -> bool:
    """Is this what the review says already?"""
    stored = dict(Mark.objects.filter(review=review).values_list("criterion_id", "points"))
    texts = (lines_of(review.comment_for_author), lines_of(review.note_for_jury))
    return (stored, *texts) == (dict(marks), lines_of(comment), lines_of(note))


def lines_of(text: str) -> list[str]:
    """The lines of a comment: their ends differ between a page and a sheet."""
    return text.strip().splitlines()


def _write(review: Review, marks: Marks, comment: str, note: str, version: int, page: str) -> Review:
    assignment = review.assignment
    now = clock.now()
    if not may_score(assignment, now):
        raise Closed(_("This essay cannot be scored now."))
    criteria = criteria_of(assignment.contest)
    problems = [
        problem for problem in totals.mark_problems(_by_key(marks), criteria) if problem.code != totals.MarkCode.MISSING
    ]
    if problems:
        raise BadMarks({int(problem.criterion): problem.code for problem in problems})
    # The condition on the version is the lock between two tabs: of two saves of one version one wins.
    content = {
        "comment_for_author": comment,
        "note_for_jury": note,
        "total": total_of(marks, criteria),
        "saved_at": now,
        "written_in": page,
    }
    drafts = Review.objects.filter(pk=review.pk, state=Review.State.DRAFT)
    if not drafts.filter(version=version).update(version=F("version") + 1, **content):
        current = Review.objects.get(pk=review.pk)
        if current.state == Review.State.SUBMITTED:
            raise Submitted(_("This review is in already."))
        if says_the_same(current, marks, comment, note):
            return _refreshed(review)
        follows = is_later_stroke(page, current.written_in)
        if not follows or not drafts.filter(version=current.version).update(version=F("version") + 1, **content):
            raise Outdated(Review.objects.get(pk=review.pk))
    Mark.objects.filter(review=review).exclude(criterion_id__in=list(marks)).delete()
    Mark.objects.bulk_create(
        [Mark(review=review, criterion_id=criterion, points=points) for criterion, points in marks.items()],
        update_conflicts=True,
        unique_fields=["review", "criterion"],
        update_fields=["points"],
    )
    return _refreshed(review)


def _refreshed(review: Review) -> Review:
    fields = ["state", "version", "comment_for_author", "note_for_jury", "total", "saved_at", "written_in"]
    review.refresh_from_db(fields=fields)
    return review


def is_later_stroke(page: str, stored: str) -> bool:
    """«a:12» follows «a:9»; nothing follows the stroke of another page, or of none."""
    name, _colon, stroke = page.partition(":")
    stored_name, _colon, stored_stroke = stored.partition(":")
    numbers = stroke.isdecimal() and stored_stroke.isdecimal()
    return bool(name) and name == stored_name and numbers and int(stroke) > int(stored_stroke)


def _freeze_rubric(contest: Contest) -> None:
    frozen = Rubric.objects.filter(contest=contest, frozen_at=None).update(frozen_at=clock.now())
    if frozen:
        ledger.record("rubric.frozen", contest)
