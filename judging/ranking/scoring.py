"""From reviews to places: pure, exact, independent of the order of rows, explained as data.

Entries are ranked by their rounded score, since that is the number people see; equal scores by the named
criteria in order, then by the jury's vote. What is still equal shares a place («1, 2, 2, 4») and is named
as a tie.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from judging.ranking.methods import Outcome, Value, method
from judging.ranking.rounding import TWO_DECIMALS, Rounding
from judging.rubrics.totals import Criterion, mark_problems, total


@dataclass(frozen=True, slots=True)
class Row:
    """One submitted review. ``marks`` by criterion; ``total`` only where the rules know no criteria."""

    cell: str
    entry: str
    review: str
    marks: Mapping[str, Decimal | None] = field(default_factory=dict)
    total: Decimal | None = None
    third: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """How scores come about.

    ``method`` for an entry without, ``third`` for one with a third review; ``criteria`` with weights
    (empty: rows bring totals); ``ties``: keys of the criteria compared, in order. An entry with fewer
    than ``minimum_reviews`` countable reviews has no place. Raises ``ValueError`` for names that do not
    exist.
    """

    method: str = "mean"
    third: str = "median"
    criteria: tuple[Criterion, ...] = ()
    ties: tuple[str, ...] = ()
    rounding: Rounding = TWO_DECIMALS
    minimum_reviews: int = 1

    def __post_init__(self) -> None:
        method(self.method)
        method(self.third)
        keys = [criterion.key for criterion in self.criteria]
        unknown = [key for key in self.ties if key not in keys]
        if unknown or len(set(keys)) < len(keys):
            raise ValueError(f"ties by unknown criteria {unknown}" if unknown else "a criterion is named twice")
        if self.minimum_reviews < 1:
            raise ValueError("a score needs at least one review")


@dataclass(frozen=True, slots=True)
class Explanation:
    """«Mean of two reviews: (78 + 82) / 2 = 80» as data: method, what counted and what did not, divisor, result."""

    method: str
    counted: tuple[Value, ...]
    left_out: tuple[Value, ...]
    divisor: int
    exact: Fraction
    rounding: Rounding
    score: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """One entry's place. ``compared``: values of the criteria for ties, exact, in their order.

    ``equals``: how many entries of the cell have the same score, itself included; above one, ``compared``
    mattered.
    """

    cell: str
    entry: str
    place: int
    score: Decimal
    reviews: int
    compared: tuple[tuple[str, Fraction], ...]
    equals: int
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Tie:
    """Entries (sorted) that nothing tells apart. ``voted``: the jury put them level on purpose."""

    cell: str
    place: int
    score: Decimal
    entries: tuple[str, ...]
    voted: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What kept a review or an entry from counting.

    ``code``: a code of the rubric's marks (``missing``, ``out_of_range``, ``off_step``,
    ``unknown_criterion``), ``no_total``, ``review_twice``, ``two_cells`` or ``too_few_reviews``.
    """

    code: str
    cell: str
    entry: str
    review: str = ""
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Standings by cell, place and entry; ``unranked``: (cell, entry) without a place; ties and problems named."""

    standings: tuple[Standing, ...]
    unranked: tuple[tuple[str, str], ...]
    ties: tuple[Tie, ...]
    problems: tuple[Problem, ...]

    def cells(self) -> dict[str, list[Standing]]:
        """The standings of each cell, best first."""
        return {cell: list(rows) for cell, rows in groupby(self.standings, key=lambda row: row.cell)}


def rank(
    rows: Iterable[Row],
    rules: Rules,
    *,
    votes: Mapping[str, int] | None = None,
    entered: Mapping[str, str] | None = None,
) -> Ranking:
    """Rank every cell.

    ``votes``: entry → position given by the jury (1 first; equal positions share on purpose); looked at
    only where entries are otherwise equal, and only if all of them have one. ``entered``: entry → cell of
    all that compete, so that those without any review are named.
    """
    cells, reviews, problems = _collect(rows, rules, entered or {})
    scored: dict[str, list[Standing]] = {}
    unranked = []
    for entry, its_cells in cells.items():
        cell = min(its_cells)
        if len(its_cells) > 1:
            problems += [Problem("two_cells", one, entry) for one in its_cells]
        elif len(reviews.get(entry, ())) < rules.minimum_reviews:
            problems.append(Problem("too_few_reviews", cell, entry))
        else:
            scored.setdefault(cell, []).append(_score(cell, entry, reviews[entry], rules))
            continue
        unranked += [(one, entry) for one in its_cells]
    standings: list[Standing] = []
    ties: list[Tie] = []
    for cell in sorted(scored):
        placed, its_ties = _place(scored[cell], votes or {})
        standings += placed
        ties += its_ties
    return Ranking(tuple(standings), tuple(sorted(unranked)), tuple(ties), tuple(sorted(problems, key=_problem_key)))


def _collect(
    rows: Iterable[Row], rules: Rules, entered: Mapping[str, str]
) -> tuple[dict[str, set[str]], dict[str, list[Row]], list[Problem]]:
    cells = {entry: {cell} for entry, cell in entered.items()}
    reviews: dict[str, list[Row]] = {}
    problems: list[Problem] = []
    rows = list(rows)
    times = Counter((row.entry, row.review) for row in rows)
    for row in rows:
        cells.setdefault(row.entry, set()).add(row.cell)
        found = _row_problems(row, rules)
        if times[row.entry, row.review] > 1:
            found.append(Problem("review_twice", row.cell, row.entry, row.review))
        if found:
            problems += found
        else:
            reviews.setdefault(row.entry, []).append(row)
    return cells, reviews, problems


def _row_problems(row: Row, rules: Rules) -> list[Problem]:
    if rules.criteria:
        found = mark_problems(row.marks, rules.criteria)
        return [Problem(item.code, row.cell, row.entry, row.review, item.criterion) for item in found]
    if row.total is None or not row.total.is_finite():
        return [Problem("no_total", row.cell, row.entry, row.review)]
    return []


def _score(cell: str, entry: str, reviews: Sequence[Row], rules: Rules) -> Standing:
    """Place and equals are still open: zero."""
    how = method(rules.third if any(row.third for row in reviews) else rules.method)
    totals = [Value(_total(row, rules), row.review, row.third) for row in reviews]
    outcome = how.apply(totals)
    left_out = tuple(sorted(set(totals).difference(outcome.counted)))
    exact = outcome.exact
    score = rules.rounding.apply(exact)
    counted = {value.review for value in outcome.counted}
    compared = []
    for key in rules.ties:
        marks = [Value(row.marks[key] or Decimal(0), row.review, row.third) for row in reviews]
        if how.by_review:
            chosen = tuple(mark for mark in marks if mark.review in counted)
            compared.append((key, Outcome(chosen, len(chosen)).exact))
        else:
            compared.append((key, how.apply(marks).exact))
    explanation = Explanation(how.key, outcome.counted, left_out, outcome.divisor, exact, rules.rounding, score)
    return Standing(cell, entry, 0, score, len(reviews), tuple(compared), 0, explanation)


def _total(row: Row, rules: Rules) -> Decimal:
    if rules.criteria or row.total is None:
        return total(row.marks, rules.criteria)
    return row.total


def _place(scored: list[Standing], votes: Mapping[str, int]) -> tuple[list[Standing], list[Tie]]:
    def merits(row: Standing) -> tuple[Decimal | Fraction, ...]:
        return (row.score, *(value for _, value in row.compared))

    equals = Counter(row.score for row in scored)
    groups: dict[tuple[Decimal | Fraction, ...], list[Standing]] = {}
    for row in sorted(scored, key=lambda row: row.entry):
        groups.setdefault(merits(row), []).append(row)
    placed: list[Standing] = []
    ties = []
    for key in sorted(groups, reverse=True):
        group = groups[key]
        voted = all(row.entry in votes for row in group)
        if voted:
            group.sort(key=lambda row: (votes[row.entry], row.entry))
        for _, same in groupby(group, key=lambda row: votes[row.entry] if voted else 0):
            level = list(same)
            place = len(placed) + 1
            if len(level) > 1:
                entries = tuple(row.entry for row in level)
                ties.append(Tie(level[0].cell, place, level[0].score, entries, voted))
            placed += [_at(row, place, equals[row.score]) for row in level]
    return placed, ties


def _at(row: Standing, place: int, equals: int) -> Standing:
    return Standing(row.cell, row.entry, place, row.score, row.reviews, row.compared, equals, row.explanation)


def _problem_key(problem: Problem) -> tuple[str, ...]:
    return (problem.cell, problem.entry, problem.review, problem.criterion, problem.code)
