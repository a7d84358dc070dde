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
from functools import reduce
from itertools import groupby
from typing import NamedTuple

from judging.ranking.methods import Method, Outcome, Value, method
from judging.ranking.rounding import TWO_DECIMALS, Rounding
from judging.rubrics.totals import EXACT, Criterion, mark_problems, total

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Row:
    """One submitted review. ``marks`` by criterion; ``total`` only where the rules know no criteria.

    ``judge`` is asked for by calibration alone; ``first``: of the first round, in which reviews are compared.
    """

    cell: str
    entry: str
    review: str
    marks: Mapping[str, Decimal | None] = field(default_factory=dict)
    total: Decimal | None = None
    third: bool = False
    judge: str = ""
    first: bool = True


@dataclass(frozen=True, slots=True)
class Rules:
    """How scores come about.

    ``method`` for an entry without, ``third`` for one with a third review; ``criteria`` with weights
    (empty: rows bring totals); ``ties``: keys of the criteria compared, in order; ``specials``:
    criteria that special prizes look at. An entry with fewer
    than ``minimum_reviews`` countable reviews has no place. Raises ``ValueError`` for names that do not exist.
    """

    method: str = "mean"
    third: str = "median"
    criteria: tuple[Criterion, ...] = ()
    ties: tuple[str, ...] = ()
    rounding: Rounding = TWO_DECIMALS
    minimum_reviews: int = 1
    specials: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        method(self.method)
        method(self.third)
        keys = [criterion.key for criterion in self.criteria]
        unknown = [key for key in (*self.ties, *self.specials) if key not in keys]
        if unknown or len(set(keys)) < len(keys):
            raise ValueError(f"comparison by unknown criteria {unknown}" if unknown else "a criterion is named twice")
        if self.minimum_reviews < 1:
            raise ValueError("a score needs at least one review")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a decision put in the place of an entry's reviews: its total, and marks for the comparison in a tie."""

    total: Decimal
    marks: Mapping[str, Decimal] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """«Mean of two reviews: (78 + 82) / 2 = 80» as data: method, what counted and what did not, divisor, result.

    ``shift``: points that calibration added to what counted by the divisor; ``exact`` contains it. ``correction``: the
    decision that stands in the place of all that; ``before``: the score without it, None where there was none.
    """

    method: str
    counted: tuple[Value, ...]
    left_out: tuple[Value, ...]
    divisor: int
    exact: Fraction
    rounding: Rounding
    score: Decimal
    shift: Decimal = NOTHING
    correction: Correction | None = None
    before: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One entry's place. ``compared``: values of the criteria for ties, exact, in their order; ``specials``
    those that special prizes look at.

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
    specials: tuple[tuple[str, Fraction], ...] = ()

    def special(self, criterion: str) -> Fraction:
        """Its value of a criterion that special prizes look at."""
        return dict(self.specials)[criterion]


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
    ``unknown_criterion``), ``no_total``, ``review_twice``, ``two_cells`` or ``too_few_reviews``; ``uneven_reviews``
    (``computation``) keeps nothing from counting.
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


@dataclass(frozen=True, slots=True)
class Gathered:
    """Reviews that can stand, by entry, and their exact ``totals`` in the same order; ``cells`` that each entry was
    named in; problems of reviews; ``corrections`` by entry.
    """

    cells: Mapping[str, frozenset[str]]
    reviews: Mapping[str, Sequence[Row]]
    totals: Mapping[str, Sequence[Value]]
    problems: tuple[Problem, ...]
    corrections: Mapping[str, Correction] = field(default_factory=dict)

    def standing(self) -> Iterable[tuple[Row, Decimal]]:
        """Reviews of entries that are in one cell, with their totals."""
        for entry, rows in self.reviews.items():
            if len(self.cells[entry]) == 1:
                yield from zip(rows, (total.value for total in self.totals[entry]), strict=True)


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
    return rank_gathered(gather(rows, rules, entered=entered), rules, votes=votes)


def rank_gathered(
    gathered: Gathered,
    rules: Rules,
    *,
    votes: Mapping[str, int] | None = None,
    shifts: Mapping[str, Decimal] | None = None,
) -> Ranking:
    """Rank what has been gathered under the same criteria. ``shifts``: points by entry that calibration adds."""
    shifts = shifts or {}
    scorer = _Scorer(rules)
    problems = list(gathered.problems)
    scored: dict[str, list[_Scored]] = {}
    unranked = []
    for entry, its_cells in gathered.cells.items():
        cell = min(its_cells)
        reviews = gathered.reviews.get(entry, ())
        if len(its_cells) > 1:
            problems += [Problem("two_cells", one, entry) for one in its_cells]
        elif entry in gathered.corrections:
            correction, totals = gathered.corrections[entry], gathered.totals.get(entry, ())
            own = scorer.corrected(entry, reviews, totals, shifts.get(entry, NOTHING), correction)
            scored.setdefault(cell, []).append(own)
            continue
        elif len(reviews) < rules.minimum_reviews:
            problems.append(Problem("too_few_reviews", cell, entry))
        else:
            score = scorer.score(entry, reviews, gathered.totals[entry], shifts.get(entry, NOTHING))
            scored.setdefault(cell, []).append(score)
            continue
        unranked += [(one, entry) for one in its_cells]
    standings: list[Standing] = []
    ties: list[Tie] = []
    ordered = scorer.ordered()
    for cell in sorted(scored):
        placed, its_ties = _place(cell, scored[cell], rules, ordered, votes or {})
        standings += placed
        ties += its_ties
    return Ranking(tuple(standings), tuple(sorted(unranked)), tuple(ties), tuple(sorted(problems, key=_problem_key)))


def gather(
    rows: Iterable[Row],
    rules: Rules,
    *,
    entered: Mapping[str, str] | None = None,
    corrections: Mapping[str, Correction] | None = None,
) -> Gathered:
    """Reviews that can stand under these criteria, and what is wrong with the others."""
    corrections = corrections or {}
    cells = {entry: {cell} for entry, cell in (entered or {}).items()}
    reviews: dict[str, list[Row]] = {}
    totals: dict[str, list[Value]] = {}
    problems: list[Problem] = []
    rows = list(rows)
    times = Counter((row.entry, row.review) for row in rows)
    check = _Check(rules)
    for row in rows:
        cells.setdefault(row.entry, set()).add(row.cell)
        found = check.problems(row)
        if times[row.entry, row.review] > 1:
            found.append(Problem("review_twice", row.cell, row.entry, row.review))
        if found:
            # What was settled apart needs no sound review.
            problems += found if row.entry not in corrections else []
        else:
            reviews.setdefault(row.entry, []).append(row)
            totals.setdefault(row.entry, []).append(Value(total_of(row, rules), row.review, row.third))
    known = {entry: correction for entry, correction in corrections.items() if entry in cells}
    return Gathered({entry: frozenset(its) for entry, its in cells.items()}, reviews, totals, tuple(problems), known)


class _Check:
    """What is wrong with a row. Marks repeat: each value of a criterion is looked at once."""

    def __init__(self, rules: Rules) -> None:
        self.criteria = rules.criteria
        self.keys = {criterion.key for criterion in rules.criteria}
        self.sound: set[tuple[str, Decimal | None]] = set()

    def problems(self, row: Row) -> list[Problem]:
        if not self.criteria:
            if row.total is None or not row.total.is_finite():
                return [Problem("no_total", row.cell, row.entry, row.review)]
            return []
        if row.marks.keys() == self.keys and self.sound.issuperset(row.marks.items()):
            return []
        found = mark_problems(row.marks, self.criteria)
        wrong = {item.criterion for item in found}
        self.sound.update((key, mark) for key, mark in row.marks.items() if key not in wrong)
        return [Problem(item.code, row.cell, row.entry, row.review, item.criterion) for item in found]


class _Scored(NamedTuple):
    """An entry before it is placed. ``compared``: numbers of exact values, as the scorer has met them."""

    entry: str
    score: Decimal
    compared: tuple[int, ...]
    specials: tuple[int, ...]
    reviews: int
    explanation: Explanation


class _Scorer:
    """Scores under one set of rules. Sums repeat: each is divided, rounded and compared once."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.usual, self.third = method(rules.method), method(rules.third)
        self.scores: dict[tuple[Decimal, int, Decimal], tuple[Fraction, Decimal]] = {}
        self.known: dict[tuple[Decimal, int], int] = {}
        self.values: list[Fraction] = []

    def score(self, entry: str, reviews: Sequence[Row], totals: Sequence[Value], shift: Decimal) -> _Scored:
        rules = self.rules
        how = self.third if any(row.third for row in reviews) else self.usual
        outcome = how.apply(totals)
        left_out: tuple[Value, ...] = ()
        if len(outcome.counted) < len(totals):
            left_out = tuple(sorted(set(totals).difference(outcome.counted)))
        exact, score = self._rounded(outcome.sum, outcome.divisor, shift)
        compared = tuple([self._compared(key, how, reviews, outcome) for key in rules.ties])
        specials = tuple([self._compared(key, how, reviews, outcome) for key in rules.specials])
        explanation = Explanation(
            how.key, outcome.counted, left_out, outcome.divisor, exact, rules.rounding, score, shift
        )
        return _Scored(entry, score, compared, specials, len(reviews), explanation)

    def corrected(
        self, entry: str, reviews: Sequence[Row], totals: Sequence[Value], shift: Decimal, correction: Correction
    ) -> _Scored:
        """By a decision; what the reviews alone would give is told beside it."""
        before = None
        counted: tuple[Value, ...] = ()
        left_out, divisor = tuple(sorted(totals)), 1
        if len(reviews) >= self.rules.minimum_reviews:
            usual = self.score(entry, reviews, totals, shift)
            before, counted, left_out = usual.score, usual.explanation.counted, usual.explanation.left_out
            divisor = usual.explanation.divisor
        exact, score = self._rounded(correction.total, 1, NOTHING)
        compared, specials = (
            tuple([self._number(correction.marks.get(key, NOTHING), 1) for key in keys])
            for keys in (self.rules.ties, self.rules.specials)
        )
        explanation = Explanation(
            "corrected",
            counted,
            left_out,
            divisor,
            exact,
            self.rules.rounding,
            score,
            shift if before is not None else NOTHING,
            correction,
            before,
        )
        return _Scored(entry, score, compared, specials, len(reviews), explanation)

    def ordered(self) -> "Ordered":
        """Every value of a criterion that was met, with its position among them: equal ones have the same."""
        position = {value: number for number, value in enumerate(sorted(set(self.values)))}
        return [(value, position[value]) for value in self.values]

    def _rounded(self, total: Decimal, divisor: int, shift: Decimal) -> tuple[Fraction, Decimal]:
        key = (total, divisor, shift)
        found = self.scores.get(key)
        if found is None:
            exact = Fraction(total) / divisor + Fraction(shift)
            found = self.scores[key] = (exact, self.rules.rounding.apply(exact))
        return found

    def _number(self, total: Decimal, divisor: int) -> int:
        found = self.known.get((total, divisor))
        if found is None:
            found = self.known[total, divisor] = len(self.values)
            self.values.append(Fraction(total) / divisor)
        return found

    def _compared(self, key: str, how: Method, reviews: Sequence[Row], outcome: Outcome) -> int:
        marks = [row.marks[key] or NOTHING for row in reviews]
        if len(outcome.counted) == len(reviews):
            return self._number(reduce(EXACT.add, marks), outcome.divisor if not how.by_review else len(marks))
        values = [Value(mark, row.review, row.third) for mark, row in zip(marks, reviews, strict=True)]
        if not how.by_review:
            chosen = how.apply(values)
        else:
            counted = {value.review for value in outcome.counted}
            of_counted = tuple(value for value in values if value.review in counted)
            chosen = Outcome(of_counted, len(of_counted))
        return self._number(chosen.sum, chosen.divisor)


Ordered = list[tuple[Fraction, int]]


def total_of(row: Row, rules: Rules) -> Decimal:
    """The exact total of a review that can stand."""
    if rules.criteria or row.total is None:
        return total(row.marks, rules.criteria)
    return row.total


def _place(
    cell: str, scored: list[_Scored], rules: Rules, ordered: Ordered, votes: Mapping[str, int]
) -> tuple[list[Standing], list[Tie]]:
    equals = Counter(row.score for row in scored)
    groups: dict[tuple[Decimal, tuple[int, ...]], list[_Scored]] = {}
    for row in sorted(scored, key=lambda row: row.entry):
        merits = (row.score, tuple([ordered[number][1] for number in row.compared]))
        groups.setdefault(merits, []).append(row)
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
                ties.append(Tie(cell, place, level[0].score, tuple(row.entry for row in level), voted))
            for row in level:
                placed.append(
                    Standing(
                        cell,
                        row.entry,
                        place,
                        row.score,
                        row.reviews,
                        tuple([(key, ordered[n][0]) for key, n in zip(rules.ties, row.compared, strict=True)]),
                        equals[row.score],
                        row.explanation,
                        tuple([(key, ordered[n][0]) for key, n in zip(rules.specials, row.specials, strict=True)]),
                    )
                )
    return placed, ties


def _problem_key(problem: Problem) -> tuple[str, ...]:
    return (problem.cell, problem.entry, problem.review, problem.criterion, problem.code)
