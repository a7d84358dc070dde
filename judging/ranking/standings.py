"""From scores to places: pure, exact, independent of the order of rows.

Entries are ranked by their rounded score, since that is the number people see; equal scores by the named
criteria in order, then by the jury's vote. What is still equal shares a place («1, 2, 2, 4») and is named
as a tie.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from judging.ranking.gathering import Gathered, Problem, Row, Rules, gather
from judging.ranking.scoring import NOTHING, Explanation, Ordered, Scored, Scorer


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
    scorer = Scorer(rules)
    problems = list(gathered.problems)
    scored: dict[str, list[Scored]] = {}
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


def _place(
    cell: str, scored: list[Scored], rules: Rules, ordered: Ordered, votes: Mapping[str, int]
) -> tuple[list[Standing], list[Tie]]:
    equals = Counter(row.score for row in scored)
    groups: dict[tuple[Decimal, tuple[int, ...]], list[Scored]] = {}
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
