"""What the reading desk shows: everything that its template is given."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from essays.ledger.prepared import prepared
from judging.assignments import queue
from judging.assignments.access import Desk, is_decided, may_recuse, reading_ends_at
from judging.assignments.forms import RecusalForm
from judging.assignments.models import Assignment
from judging.assignments.views import queue_address
from judging.reviews.actions import criteria_of_rows
from judging.reviews.forms import DeskForm, NoteForm
from judging.reviews.models import Highlight, Review
from judging.reviews.notes import notes_of
from judging.reviews.others import Others, others_of
from judging.rubrics import totals
from judging.rubrics.models import Criterion, JudgingRules

# «A short time»: so long the next desk offers to take the last review back. From the queue it works until the end.
UNDO = timedelta(minutes=10)


def context_of(
    assignment: Assignment, desk: Desk, at: datetime, review: Review, form: DeskForm, outdated: Review | None
) -> dict[str, Any]:
    """The template's context. ``outdated``: what another tab saved, where that stands against ``form``."""
    criteria = form.criteria
    rules = getattr(assignment.contest, "judging_rules", None)
    neighbours, tally = queue.around(assignment)
    is_submitted = review.state == Review.State.SUBMITTED
    may_reopen = desk == Desk.OPEN and is_submitted and not review.saw_others
    rows = list(form.rows())
    return {
        "assignment": assignment,
        "contest": assignment.contest,
        "copy": assignment.copy,
        "review": review,
        "form": form,
        "version": outdated.version if outdated else review.version,
        "rows": rows,
        "saved_rows": _saved_rows(outdated, criteria) if outdated else [],
        "outdated": outdated,
        "maximum": totals.maximum(criteria_of_rows(criteria)) if criteria else Decimal(0),
        "weighted": any(one.weight != 1 for one in criteria),
        "closed_gates": _closed_gates(form, criteria),
        "is_open": desk == Desk.OPEN and not is_submitted,
        "may_reopen": may_reopen,
        "is_submitted": is_submitted,
        "is_over": desk == Desk.OVER,
        "may_recuse": may_recuse(assignment, at),
        "ends_at": reading_ends_at(assignment),
        "recusal_form": RecusalForm(),
        "neighbours": neighbours,
        "tally": tally,
        "queue_url": queue_address(assignment.contest.slug),
        "notes": _notes_of(assignment.pk),
        "note_form": NoteForm(auto_id="id_new_%s"),
        "colours": Highlight.Colour.choices,
        "last": None if is_submitted else _last_handed_in(assignment, desk, at),
        "may_look": is_submitted and not review.saw_others and rules is not None and rules.show_spread,
        "others": _others(assignment, review, rules, criteria, is_submitted),
    }


@prepared
def _notes_of(assignment: int) -> QuerySet[Highlight]:
    return notes_of(assignment)


def _last_handed_in(assignment: Assignment, desk: Desk, at: datetime) -> Assignment | None:
    """The essay that this judge handed in a moment ago, to be taken back with one button."""
    if desk != Desk.OPEN or is_decided(assignment.contest):
        return None
    found = _handed_in_since(assignment.seat_id, at - UNDO, assignment.pk)
    return found[0] if found else None


@prepared
def _handed_in_since(seat: int, since: datetime, but_for: int) -> QuerySet[Assignment]:
    others = Assignment.objects.filter(seat=seat).done().readable().exclude(pk=but_for)
    just_now = others.filter(
        review__state=Review.State.SUBMITTED, review__submitted_at__gte=since, review__saw_others=False
    )
    return just_now.for_queue().order_by("-review__submitted_at", "pk")[:1]


def _others(
    assignment: Assignment, review: Review, rules: JudgingRules | None, criteria: list[Criterion], is_submitted: bool
) -> Others | None:
    """Other judges' points: after an own look at them, or for a third reviewer where the rules say so."""
    if rules is None:
        return None
    third = assignment.round == Assignment.Round.THIRD and getattr(rules, "third_sees_marks", False)
    if third or (is_submitted and review.saw_others and rules.show_spread):
        return others_of(assignment, criteria)
    return None


def _closed_gates(form: DeskForm, criteria: list[Criterion]) -> list[Criterion]:
    """Criteria that make the total zero, by the points that the page shows."""
    shown: dict[str, Decimal | None] = {str(one.pk): form.points_shown(one) for one in criteria}
    closed = totals.closed_gates(shown, criteria_of_rows(criteria))
    return [one for one in criteria if str(one.pk) in closed]


def _saved_rows(review: Review, criteria: list[Criterion]) -> list[tuple[Criterion, Any]]:
    points = dict(review.marks.values_list("criterion_id", "points"))
    return [(criterion, points.get(criterion.pk)) for criterion in criteria]
