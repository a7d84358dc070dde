"""The ranking as it would be approved now: read in a flat number of queries, computed by the pure modules."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings

from essays.anonymity.models import BlindCopy
from essays.contests.models import Category, Contest, Nomination
from essays.ledger.chain import canonical
from judging.assignments.models import Assignment
from judging.ranking import scoring
from judging.ranking.awards import AwardRule, AwardRules, Awards, Unawarded
from judging.ranking.awards import propose as propose_awards
from judging.ranking.cells import cell_of, merge_cells
from judging.ranking.models import TieVote
from judging.ranking.record import made_of
from judging.reviews.models import Mark, Review
from judging.reviews.spread import Scored, SpreadRules, disagree
from judging.rubrics import models as rubrics
from judging.rubrics.totals import Criterion


@dataclass(frozen=True)
class Reviewed:
    """One submitted review. ``marks`` by the position of the criterion, as text."""

    id: int
    seat_id: int
    third: bool
    total: Decimal | None
    marks: Mapping[str, Decimal]


@dataclass(frozen=True)
class Line:
    """One entry in its cell. Without a place it has no score either, and a problem says why."""

    copy_id: int
    code: str
    title: str
    reviews: tuple[Reviewed, ...]
    standing: scoring.Standing | None
    award_key: str = ""
    award_place: int | None = None

    @property
    def place(self) -> int | None:
        return self.standing.place if self.standing else None

    @property
    def score(self) -> Decimal | None:
        return self.standing.score if self.standing else None


@dataclass(frozen=True)
class CellProposal:
    """Entries of one category × nomination (or merged nominations), best first. ``number`` runs from 1."""

    number: int
    category: Category
    nominations: tuple[Nomination, ...]
    lines: tuple[Line, ...]
    unawarded: tuple[Unawarded, ...]

    @property
    def merged(self) -> bool:
        return len(self.nominations) > 1


@dataclass(frozen=True)
class Problem:
    """Something that stands against approval.

    ``code``: no_rules, no_criteria, nothing_to_rank, held_copy, open_assignment, third_missing, tie, a problem of
    ``scoring`` (too_few_reviews, missing, out_of_range …). ``codes``: entries concerned.
    """

    code: str
    cell: int = 0
    codes: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """What would be approved. ``digest`` is the SHA-256 of ``record``; approving names it."""

    contest: Contest
    cells: tuple[CellProposal, ...]
    problems: tuple[Problem, ...]
    criteria: tuple[rubrics.Criterion, ...]
    award_rules: tuple[rubrics.AwardRule, ...]
    record: dict[str, Any]
    digest: str

    @property
    def approvable(self) -> bool:
        return not self.problems

    def award_name(self, key: str) -> str:
        return next((str(rule.name) for rule in self.award_rules if rule.key == key), "")


def sha256_of(record: Mapping[str, Any]) -> str:
    """Over the canonical JSON of a record: keys sorted, no spaces, UTF-8."""
    return hashlib.sha256(canonical(record)).hexdigest()


def propose(contest: Contest) -> Proposal:
    """The ranking of everything that is in competition now. Reads; never writes."""
    rules = rubrics.JudgingRules.objects.filter(contest=contest).first()
    criteria = tuple(rubrics.Criterion.objects.filter(rubric__contest=contest))
    award_rules = tuple(rubrics.AwardRule.objects.filter(contest=contest))
    admitted = list(
        BlindCopy.objects.of_contest(contest)
        .filter(admitted=True, state__in=[BlindCopy.State.RELEASED, BlindCopy.State.HELD])
        .only("pk", "code", "title", "state", "category_id", "nomination_id")
        .order_by("code")
    )
    copies = [copy for copy in admitted if copy.state == BlindCopy.State.RELEASED]
    held = tuple(copy.code for copy in admitted if copy.state == BlindCopy.State.HELD)
    problems = list(_standing_against(contest, rules, criteria, copies, held))
    if rules is None or not criteria:
        return _finished(contest, (), problems, rules, criteria, award_rules)
    reviews = _reviews_of(contest)
    computed = _compute(contest, rules, criteria, award_rules, copies, reviews)
    problems += computed.problems
    problems += _thirds_missing(rules, copies, reviews)
    return _finished(contest, computed.cells, problems, rules, criteria, award_rules)


@dataclass(frozen=True)
class _Computed:
    cells: tuple[CellProposal, ...]
    problems: list[Problem]


def _standing_against(
    contest: Contest,
    rules: rubrics.JudgingRules | None,
    criteria: tuple[rubrics.Criterion, ...],
    copies: list[BlindCopy],
    held: tuple[str, ...],
) -> list[Problem]:
    found = []
    if rules is None:
        found.append(Problem("no_rules"))
    if not criteria:
        found.append(Problem("no_criteria"))
    if not copies:
        found.append(Problem("nothing_to_rank"))
    if held:
        found.append(Problem("held_copy", codes=held))
    waiting = (
        Assignment.objects.waiting()
        .filter(contest=contest, copy__admitted=True, copy__state=BlindCopy.State.RELEASED)
        .order_by("copy__code")
        .values_list("copy__code", flat=True)
    )
    codes = tuple(dict.fromkeys(waiting))
    if codes:
        found.append(Problem("open_assignment", codes=codes))
    return found


def _reviews_of(contest: Contest) -> dict[int, list[Reviewed]]:
    """Submitted reviews of standing assignments by copy; two queries whatever their number."""
    submitted = Review.objects.filter(
        state=Review.State.SUBMITTED,
        assignment__contest=contest,
        assignment__state=Assignment.State.DONE,
        assignment__copy__admitted=True,
        assignment__copy__state=BlindCopy.State.RELEASED,
    )
    marks: dict[int, dict[str, Decimal]] = {}
    for review_id, position, points in Mark.objects.filter(review__in=submitted).values_list(
        "review_id", "criterion__position", "points"
    ):
        marks.setdefault(review_id, {})[str(position)] = points
    found: dict[int, list[Reviewed]] = {}
    rows = submitted.order_by("pk").values_list(
        "pk", "assignment__copy_id", "assignment__seat_id", "assignment__round", "total"
    )
    for pk, copy_id, seat_id, round_, total in rows:
        third = round_ == Assignment.Round.THIRD
        found.setdefault(copy_id, []).append(Reviewed(pk, seat_id, third, total, marks.get(pk, {})))
    return found


def _compute(
    contest: Contest,
    rules: rubrics.JudgingRules,
    criteria: tuple[rubrics.Criterion, ...],
    award_rules: tuple[rubrics.AwardRule, ...],
    copies: list[BlindCopy],
    reviews: dict[int, list[Reviewed]],
) -> _Computed:
    categories = {row.pk: row for row in Category.objects.filter(contest=contest)}
    nominations = {row.pk: row for row in Nomination.objects.filter(contest=contest)}
    # Keys that sort as the organizer put them, so that cells are numbered in the regulation's order.
    rank_of_category = {pk: f"{index:04}" for index, pk in enumerate(categories)}
    rank_of_nomination = {pk: f"{index:04}" for index, pk in enumerate(nominations)}
    counts: dict[tuple[str, str], int] = {}
    for copy in copies:
        pair = (rank_of_category[copy.category_id], rank_of_nomination[copy.nomination_id])
        counts[pair] = counts.get(pair, 0) + 1
    merged = merge_cells(counts, rules.smallest_cell)
    number_of = cell_of(merged)
    cell_key = {
        copy.code: f"{number_of[rank_of_category[copy.category_id], rank_of_nomination[copy.nomination_id]] + 1:04}"
        for copy in copies
    }
    votes = dict(TieVote.objects.filter(contest=contest).values_list("copy__code", "position"))
    ranking = scoring.rank(
        (
            scoring.Row(cell_key[copy.code], copy.code, str(one.id), one.marks, one.total, one.third)
            for copy in copies
            for one in reviews.get(copy.pk, ())
        ),
        scoring_rules(rules, criteria),
        votes=votes,
        entered=cell_key,
    )
    awards = propose_awards(ranking, awards_rules(award_rules))
    lines = _lines(copies, reviews, ranking, awards)
    cells = []
    for index, cell in enumerate(merged, start=1):
        key = f"{index:04}"
        own = [lines[copy.code] for copy in copies if cell_key[copy.code] == key]
        own.sort(key=lambda line: (line.place is None, line.place or 0, line.code))
        cells.append(
            CellProposal(
                number=index,
                category=list(categories.values())[int(cell.category)],
                nominations=tuple(list(nominations.values())[int(one)] for one in cell.nominations),
                lines=tuple(own),
                unawarded=tuple(one for one in awards.unawarded if one.cell == key),
            )
        )
    return _Computed(tuple(cells), _problems_of(ranking, awards))


def scoring_rules(rules: rubrics.JudgingRules, criteria: tuple[rubrics.Criterion, ...]) -> scoring.Rules:
    """The contest's rules for the pure scoring; criteria are known by their positions, as text."""
    known = {str(criterion.position) for criterion in criteria}
    return scoring.Rules(
        method=rules.aggregation,
        third=rules.third_review,
        criteria=tuple(Criterion(str(row.position), row.maximum, row.step, row.weight, row.gate) for row in criteria),
        ties=tuple(str(position) for position in rules.tie_criteria if str(position) in known),
        minimum_reviews=max(1, rules.reviews_per_entry),
    )


def awards_rules(award_rules: tuple[rubrics.AwardRule, ...]) -> AwardRules:
    """Awards for the pure proposal, highest place first."""
    ordered = sorted(award_rules, key=lambda rule: (rule.place_from, rule.position))
    return AwardRules(
        tuple(AwardRule(rule.key, rule.place_from, rule.place_to, minimum=rule.minimum) for rule in ordered)
    )


def _lines(
    copies: list[BlindCopy],
    reviews: dict[int, list[Reviewed]],
    ranking: scoring.Ranking,
    awards: Awards,
) -> dict[str, Line]:
    standings = {row.entry: row for row in ranking.standings}
    given = {one.entry: one for one in awards.given}
    lines = {}
    for copy in copies:
        award = given.get(copy.code)
        lines[copy.code] = Line(
            copy_id=copy.pk,
            code=copy.code,
            title=copy.title,
            reviews=tuple(reviews.get(copy.pk, ())),
            standing=standings.get(copy.code),
            award_key=award.award if award else "",
            award_place=award.place if award else None,
        )
    return lines


def _problems_of(ranking: scoring.Ranking, awards: Awards) -> list[Problem]:
    grouped: dict[tuple[str, int], list[str]] = {}
    for problem in ranking.problems:
        grouped.setdefault((str(problem.code), int(problem.cell)), []).append(problem.entry)
    found = [Problem(code, cell, tuple(dict.fromkeys(entries))) for (code, cell), entries in sorted(grouped.items())]
    for block in awards.blocks:
        data = {"awards": block.awards, "place": block.rank, "places": block.places, "score": block.score}
        found.append(Problem("tie", int(block.cell), block.entries, data))
    return found


def _thirds_missing(
    rules: rubrics.JudgingRules, copies: list[BlindCopy], reviews: dict[int, list[Reviewed]]
) -> list[Problem]:
    """Entries whose reviews disagree by the rules and that no third reviewer has scored."""
    if not rules.third_at_total and not rules.third_at_criterion:
        return []
    spread = SpreadRules(rules.third_at_total or None, rules.third_at_criterion or None)
    codes = []
    for copy in copies:
        own = reviews.get(copy.pk, [])
        if len(own) < 2 or any(one.third for one in own):
            continue
        if disagree([Scored(str(one.id), one.total or Decimal(0), one.marks) for one in own], spread):
            codes.append(copy.code)
    return [Problem("third_missing", codes=tuple(codes))] if codes else []


def _finished(
    contest: Contest,
    cells: tuple[CellProposal, ...],
    problems: list[Problem],
    rules: rubrics.JudgingRules | None,
    criteria: tuple[rubrics.Criterion, ...],
    award_rules: tuple[rubrics.AwardRule, ...],
) -> Proposal:
    record = made_of(contest, cells, rules, criteria, award_rules, software=settings.VERSION)
    return Proposal(contest, cells, tuple(problems), criteria, award_rules, record, sha256_of(record))
