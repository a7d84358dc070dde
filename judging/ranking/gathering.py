"""Which reviews can stand under the rules, with their exact totals, and what is wrong with the others. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from judging.ranking.methods import Value, method
from judging.ranking.rounding import TWO_DECIMALS, Rounding
from judging.rubrics.totals import Criterion, mark_problems, total


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


def total_of(row: Row, rules: Rules) -> Decimal:
    """The exact total of a review that can stand."""
    if rules.criteria or row.total is None:
        return total(row.marks, rules.criteria)
    return row.total
