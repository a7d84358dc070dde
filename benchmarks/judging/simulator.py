"""Contests made up so that the truth is known: entries of some quality, judges of some severity, and chance.

A mark is 65 + 10 × (quality + leniency + chance), cut to 0…100 and rounded to whole points; quality varies with
standard deviation 1, the other two as the case says. Who reads what comes from the product's own allocation.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from judging.assignments.allocation import allocate
from judging.assignments.parties import Entry, Judge, Pair
from judging.ranking.additive import Reading
from judging.ranking.calibration import calibrate

Floats = NDArray[np.float64]
PLACES = 3
LEADERS = 0.2


@dataclass(frozen=True)
class Case:
    """A kind of contest. ``judge``, ``chance``: standard deviations in those of quality."""

    name: str
    cells: int = 12
    entries: int = 60
    judges: int = 30
    reviews: int = 3
    judge: float = 0.5
    chance: float = 1.0


@dataclass
class Contest:
    """One contest of a case. Readings are kept by entry: (judge, mark)."""

    case: Case
    seed: int
    quality: Floats = field(init=False)
    leniency: Floats = field(init=False)
    readings: list[list[tuple[int, int]]] = field(init=False)

    def __post_init__(self) -> None:
        case = self.case
        self.random = np.random.default_rng(self.seed)
        total = case.cells * case.entries
        self.quality = self.random.normal(0, 1, total)
        self.leniency = self.random.normal(0, case.judge, case.judges)
        self.readings = [[] for _ in range(total)]
        self.entries = [Entry(f"{number:06}", f"{number % case.cells:03}") for number in range(total)]
        self.jury = [Judge(f"{number:04}") for number in range(case.judges)]
        self.read(case.reviews, self.entries)

    def read(self, reviews: int, entries: list[Entry]) -> None:
        """Bring these entries to so many readings."""
        fixed: list[Pair] = [
            (f"{number:06}", f"{judge:04}") for number, several in enumerate(self.readings) for judge, _ in several
        ]
        for entry, judge in allocate(entries, self.jury, reviews=reviews, seed=self.seed, fixed=fixed).added:
            number, reader = int(entry), int(judge)
            value = self.quality[number] + self.leniency[reader] + self.random.normal(0, self.case.chance)
            self.readings[number].append((reader, int(np.clip(round(65 + 10 * value), 0, 100))))

    @property
    def count(self) -> int:
        return sum(map(len, self.readings))

    def cell(self, number: int) -> int:
        return number % self.case.cells

    def means(self) -> Floats:
        return np.array([np.mean([mark for _, mark in several]) for several in self.readings])

    def medians(self) -> Floats:
        return np.array([np.median([mark for _, mark in several]) for several in self.readings])

    def last_decides(self) -> Floats:
        """Where there is a third reading, it alone."""
        return np.array(
            [several[-1][1] if len(several) > 2 else np.mean([m for _, m in several]) for several in self.readings]
        )

    def standardised(self) -> Floats:
        """Marks less their judge's mean, by their judge's standard deviation: what is often done."""
        marks: list[list[int]] = [[] for _ in self.jury]
        for several in self.readings:
            for judge, mark in several:
                marks[judge].append(mark)
        mean = [np.mean(own) if own else 0 for own in marks]
        spread = [np.std(own) or 1 if own else 1 for own in marks]
        return np.array(
            [np.mean([(mark - mean[judge]) / spread[judge] for judge, mark in several]) for several in self.readings]
        )

    def calibrated(self) -> Floats:
        found = calibrate(
            Reading(f"{self.cell(number):03}", f"{number:06}", f"{judge:04}", mark)
            for number, several in enumerate(self.readings)
            for judge, mark in several
        )
        return np.array([float(found.scores[f"{number:06}"].calibrated) for number in range(len(self.readings))])

    def found(self, scores: Floats) -> float:
        """The part of the truly best three of each cell that are among the three of highest score."""
        jitter = np.random.default_rng(self.seed + 1).random(len(scores)) * 1e-6
        hits = 0
        for cell in range(self.case.cells):
            mine = np.arange(cell, len(scores), self.case.cells)
            best = set(mine[np.argsort(-self.quality[mine])[:PLACES]].tolist())
            hits += len(best & set(mine[np.argsort(-(scores + jitter)[mine])[:PLACES]].tolist()))
        return hits / (PLACES * self.case.cells)

    def far_apart(self, points: int) -> list[Entry]:
        """Entries whose marks differ by so many points."""
        marks = [[mark for _, mark in several] for several in self.readings]
        return [self.entries[number] for number, own in enumerate(marks) if max(own) - min(own) >= points]

    def leaders(self) -> list[Entry]:
        """The first fifth of each cell by the mean."""
        means = self.means()
        chosen = []
        for cell in range(self.case.cells):
            mine = np.arange(cell, len(means), self.case.cells)
            chosen += mine[np.argsort(-means[mine], kind="stable")[: int(np.ceil(LEADERS * len(mine)))]].tolist()
        return [self.entries[number] for number in chosen]


@dataclass(frozen=True)
class Outcome:
    """Over many contests: the mean part of the best three found, its standard error, readings of an entry."""

    found: float
    error: float
    readings: float


Way = Callable[[Contest], Floats]


def compare(case: Case, ways: dict[str, Way], *, contests: int, seed: int = 1) -> dict[str, Outcome]:
    """The same contests, so that ways differ by nothing but themselves. A way may have entries read again."""
    results: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for number in range(contests):
        start = Contest(case, seed * 100_003 + number)
        for name, way in ways.items():
            contest = again(start)
            scores = way(contest)
            results[name].append((contest.found(scores), contest.count / len(contest.readings)))
    return {
        name: Outcome(
            float(np.mean([found for found, _ in rows])),
            float(np.std([found for found, _ in rows]) / len(rows) ** 0.5),
            float(np.mean([readings for _, readings in rows])),
        )
        for name, rows in results.items()
    }


def again(contest: Contest) -> Contest:
    """The contest as it stands, with chance of its own for what is read later: the same for every way."""
    copy = object.__new__(Contest)
    copy.__dict__.update(contest.__dict__)
    copy.readings = [list(several) for several in contest.readings]
    copy.random = np.random.default_rng(contest.seed + 7)
    return copy
