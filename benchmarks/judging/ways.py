"""What is gained by a third reading, a second look at the leaders, a calibration: tables in Markdown."""

from collections.abc import Callable, Iterator

from benchmarks.judging.simulator import Case, Contest, Floats, Outcome, Way, compare

APART = 20
SCORES: dict[str, Way] = {
    "plain mean": Contest.means,
    "calibrated": Contest.calibrated,
    "standardised by judge": Contest.standardised,
}
CASES = [
    Case("judges differ (0.5)", chance=0.8),
    Case("judges differ (0.5), more chance", chance=1.0),
    Case("judges differ a little (0.25)", judge=0.25, chance=0.8),
    Case("judges do not differ", judge=0.0, chance=0.8),
    Case("two readings, judges differ (0.5)", reviews=2, chance=0.8),
    Case("six judges, three cells of 25", cells=3, entries=25, judges=6, chance=0.8),
    Case("six judges who do not differ", cells=3, entries=25, judges=6, judge=0.0, chance=0.8),
]
BASE = Case("two readings", reviews=2, chance=0.8)


def then(read: Callable[[Contest], None], score: Way) -> Way:
    """More readings, then a score."""

    def way(contest: Contest) -> Floats:
        read(contest)
        return score(contest)

    return way


def _where_apart(contest: Contest) -> None:
    contest.read(3, contest.far_apart(APART))


def _leaders(contest: Contest) -> None:
    contest.read(3, contest.leaders())


def _leaders_twice(contest: Contest) -> None:
    contest.read(4, contest.leaders())


def _all(contest: Contest) -> None:
    contest.read(3, contest.entries)


READINGS: dict[str, Way] = {
    "two readings, mean": Contest.means,
    f"third where totals differ by {APART}, mean of all": then(_where_apart, Contest.means),
    f"third where totals differ by {APART}, median": then(_where_apart, Contest.medians),
    f"third where totals differ by {APART}, it decides": then(_where_apart, Contest.last_decides),
    "second look at the first fifth of each cell": then(_leaders, Contest.means),
    "the same with two more readings": then(_leaders_twice, Contest.means),
    "second look, calibrated": then(_leaders, Contest.calibrated),
    "three readings of everything, mean": then(_all, Contest.means),
    "three readings of everything, calibrated": then(_all, Contest.calibrated),
}


def tables(contests: int) -> Iterator[str]:
    """Line by line, as they are found."""
    yield f"\nTruly best three of a cell found among the first three; {contests} contests of each case.\n"
    yield "| case | " + " | ".join(SCORES) + " | ± |"
    yield "|---|" + "--:|" * (len(SCORES) + 1)
    for case in CASES:
        found = compare(case, SCORES, contests=contests)
        yield (
            f"| {case.name} | " + " | ".join(f"{one.found:.3f}" for one in found.values()) + f" | {_error(found):.3f} |"
        )
    yield "\n| readings | readings of an entry | found | ± |\n|---|--:|--:|--:|"
    for name, one in compare(BASE, READINGS, contests=contests).items():
        yield f"| {name} | {one.readings:.2f} | {one.found:.3f} | {one.error:.3f} |"


def _error(found: dict[str, Outcome]) -> float:
    return max(one.error for one in found.values())
