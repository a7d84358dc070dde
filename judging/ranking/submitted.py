"""What of a contest is ranked, read in a flat number of queries: copies in competition and their submitted reviews."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Aggregate, Count, Exists, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from judging.assignments.models import Assignment
from judging.ranking.contest_rules import JurysWord
from judging.ranking.models import CorrectedScore, JuryChoice, TieVote, WithheldAward
from judging.reviews.models import Mark, Review
from judging.rubrics.models import Criterion, JudgingRules

DECISIONS: dict[str, Any] = {
    "has_votes": TieVote,
    "has_choices": JuryChoice,
    "has_withheld": WithheldAward,
    "has_corrections": CorrectedScore,
}


class Copy(NamedTuple):
    """A blind copy, without its text."""

    id: int
    code: str
    category_id: int
    nomination_id: int


class Reviewed(NamedTuple):
    """One submitted review. ``marks`` by the position of the criterion, as text."""

    id: int
    seat_id: int
    round: int
    marks: Mapping[str, Decimal]

    @property
    def third(self) -> bool:
        return self.round == Assignment.Round.THIRD


@dataclass(frozen=True)
class Submitted:
    """``reviews`` by copy; ``held``: codes of copies that no judge can read yet; ``waiting``: codes that a judge still
    has to score; ``removed``: how many reviews an organizer has taken out; ``jury``: what the jury decided.
    """

    copies: tuple[Copy, ...]
    reviews: Mapping[int, list[Reviewed]]
    held: tuple[str, ...]
    waiting: tuple[str, ...]
    removed: int
    jury: JurysWord


def rules_and_decisions(contest: Contest) -> JudgingRules | None:
    """The rules, and whether the jury decided anything that has to be asked for: most contests know nothing of
    it, and need no question more.
    """
    asked = {name: Exists(model.objects.filter(contest=contest)) for name, model in DECISIONS.items()}
    return JudgingRules.objects.filter(contest=contest).annotate(**asked).first()


def read_submitted(contest: Contest, rules: JudgingRules | None, criteria: Iterable[Criterion]) -> Submitted:
    """Everything that is in competition now, by code. ``rules`` come from ``rules_and_decisions``."""
    own = Assignment.objects.filter(copy=OuterRef("pk")).order_by()
    removed_of = own.filter(state=Assignment.State.REMOVED).values("copy").annotate(many=Count("pk")).values("many")
    admitted = (
        BlindCopy.objects.of_contest(contest)
        .filter(admitted=True, state__in=[BlindCopy.State.RELEASED, BlindCopy.State.HELD])
        .order_by("code")
        .annotate(waits=Exists(own.waiting()), removed=Coalesce(Subquery(removed_of), 0))
        .values_list("pk", "code", "category_id", "nomination_id", "state", "waits", "removed")
    )
    copies, held, waiting, removed = [], [], [], 0
    for pk, code, category, nomination, state, waits, taken_out in admitted:
        if state == BlindCopy.State.HELD:
            held.append(code)
            continue
        copies.append(Copy(pk, code, category, nomination))
        removed += taken_out
        if waits:
            waiting.append(code)
    codes = {copy.code for copy in copies}
    votes: dict[str, int] = {}
    chosen: dict[str, list[str]] = {}
    for award, code, position in _said(contest, rules):
        if code not in codes:
            continue
        if award:
            chosen.setdefault(award, []).append(code)
        else:
            votes[code] = position
    withheld = _rows(WithheldAward, contest, rules, "has_withheld").order_by("pk")
    corrected = _rows(CorrectedScore, contest, rules, "has_corrections").values_list(
        "copy__code", "marks", "why", "total"
    )
    return Submitted(
        copies=tuple(copies),
        reviews=_reviews_of(contest, criteria),
        held=tuple(held),
        waiting=tuple(waiting),
        removed=removed,
        jury=JurysWord(
            votes=votes,
            choices=chosen,
            withheld=tuple(withheld),
            corrections={code: (marks, why, total) for code, marks, why, total in corrected if code in codes},
        ),
    )


def _said(contest: Contest, rules: JudgingRules | None) -> Iterable[tuple[str, str, int]]:
    """What the jury chose, in the order of the choices, and how it voted on ties (under no award): one query."""
    choices = _rows(JuryChoice, contest, rules, "has_choices").order_by()
    votes = _rows(TieVote, contest, rules, "has_votes").order_by()
    rows = choices.values_list("award_key", "copy__code", Value(0), "pk").union(
        votes.values_list(Value(""), "copy__code", "position", "pk"), all=True
    )
    return [(award, code, position) for award, code, position, _pk in sorted(rows, key=lambda row: row[3])]


def _rows(model: Any, contest: Contest, rules: JudgingRules | None, known: str) -> Any:
    """Rows of the contest; nothing is asked where it is known that there are none."""
    return model.objects.filter(contest=contest) if getattr(rules, known, False) else model.objects.none()


class _MarksAsText(Aggregate):
    """«12:25,13:17.50»: criterion and points of each mark of a review."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def __init__(self) -> None:
        one = Concat(
            Cast("criterion_id", TextField()), Value(":"), Cast("points", TextField()), output_field=TextField()
        )
        super().__init__(one)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "%(function)s(%(expressions)s, ',')"
        return self.as_sql(compiler, connection, function="STRING_AGG", template=template, **context)


def _reviews_of(contest: Contest, criteria: Iterable[Criterion]) -> dict[int, list[Reviewed]]:
    """Submitted reviews of standing assignments by copy; two queries whatever their number."""
    submitted = Review.objects.filter(
        state=Review.State.SUBMITTED,
        assignment__contest=contest,
        assignment__state=Assignment.State.DONE,
        assignment__copy__admitted=True,
        assignment__copy__state=BlindCopy.State.RELEASED,
    )
    # A hundred thousand marks and few values: a review's marks come as one text, and each text of a mark becomes a
    # decimal once.
    known: dict[str, tuple[str, Decimal]] = {}
    positions = {str(row.pk): str(row.position) for row in criteria}

    def read(text: str) -> tuple[str, Decimal]:
        criterion, _, points = text.partition(":")
        found = known[text] = (positions[criterion], Decimal(points))
        return found

    rows = Mark.objects.filter(review__in=submitted).values_list("review_id").annotate(marks=_MarksAsText())
    marks = {pk: dict([known.get(text) or read(text) for text in texts.split(",")]) for pk, texts in rows.order_by()}
    found: dict[int, list[Reviewed]] = {}
    columns = ("pk", "assignment__seat_id", "assignment__round", "assignment__copy_id")
    for pk, seat_id, round_, copy_id in submitted.order_by("pk").values_list(*columns):
        found.setdefault(copy_id, []).append(Reviewed(pk, seat_id, round_, marks.get(pk, {})))
    return found
