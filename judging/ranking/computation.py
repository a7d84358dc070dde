"""A whole ranking from reviews and a regulation: scores, calibration, places, awards, and what is undecided. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from judging.ranking.awards import Awards, propose
from judging.ranking.gathering import Gathered, Problem, Row, Rules, gather
from judging.ranking.methods import METHODS
from judging.ranking.regulation import Regulation
from judging.ranking.standings import Ranking, rank_gathered
from judging.reviews.spread import Scored, SpreadRules, disagree

if TYPE_CHECKING:
    from judging.ranking.additive import Reading
    from judging.ranking.calibration import Calibration


@dataclass(frozen=True)
class Computed:
    """``problems``: what stands against deciding by this ranking, ties apart (``awards.blocks``).

    Codes are those of ``scoring``, and: ``third_missing``: reviews disagree by the rules and there is no third;
    ``uneven_reviews``: sums of different numbers of reviews are compared; ``place_unawarded``: a place stays unawarded
    though every place has to be given. ``calibration``: None where it was not asked for.
    """

    gathered: Gathered
    ranking: Ranking
    awards: Awards
    problems: tuple[Problem, ...]
    calibration: "Calibration | None"


def compute(
    rows: Iterable[Row],
    regulation: Regulation,
    *,
    entered: Mapping[str, str] | None = None,
    beside: bool = False,
) -> Computed:
    """``entered``: entry → cell of all that compete. ``beside``: calibrate for comparison though it does not count."""
    gathered = gather(rows, regulation.scoring, entered=entered, corrections=regulation.corrections)
    return of_gathered(gathered, regulation, beside=beside)


def of_gathered(
    gathered: Gathered,
    regulation: Regulation,
    *,
    beside: bool = False,
    calibration: "Calibration | None" = None,
) -> Computed:
    """The same from reviews that were gathered under the same criteria, and perhaps calibrated before."""
    rules = regulation.scoring
    if calibration is None and (regulation.calibrated or beside):
        # Imported here: numpy costs a start that pages without calibration do not need.
        from judging.ranking.calibration import calibrate

        calibration = calibrate(readings(gathered))
    shifts = shifts_of(calibration) if calibration and regulation.calibrated else {}
    ranking = rank_gathered(gathered, rules, votes=regulation.votes, shifts=shifts)
    awards = propose(ranking, regulation.awards)
    problems = [*ranking.problems, *_thirds_missing(gathered, regulation), *_uneven(ranking, rules)]
    if not regulation.awards.unawarded:
        cells = dict.fromkeys(one.cell for one in awards.unawarded if one.reason not in ("shared_above", "jury"))
        problems += [Problem("place_unawarded", cell, "") for cell in cells]
    return Computed(gathered, ranking, awards, tuple(problems), calibration)


def readings(gathered: Gathered) -> "list[Reading]":
    """What calibration and reliability look at: total by cell, entry and judge."""
    from judging.ranking.additive import Reading

    return [Reading(row.cell, row.entry, row.judge, total) for row, total in gathered.standing()]


def shifts_of(calibration: "Calibration") -> dict[str, Decimal]:
    """Points that calibration adds, by entry; entries that it leaves alone are not named."""
    moved = ((entry, score.calibrated - score.mean) for entry, score in calibration.scores.items())
    return {entry: shift for entry, shift in moved if shift}


def _thirds_missing(gathered: Gathered, regulation: Regulation) -> list[Problem]:
    at_total, at_criterion = regulation.third_at_total, regulation.third_at_criterion
    if at_total is None and at_criterion is None:
        return []
    spread = SpreadRules(at_total, at_criterion)
    found = []
    for entry, rows in gathered.reviews.items():
        if len(rows) < 2 or any(row.third for row in rows) or entry in gathered.corrections:
            continue
        pairs = [(row, total) for row, total in zip(rows, gathered.totals[entry], strict=True) if row.first]
        values = [total.value for _row, total in pairs]
        if at_criterion is None and at_total is not None and values and max(values) - min(values) < at_total:
            continue
        scored = [Scored(row.review, total.value, row.marks) for row, total in pairs]
        if disagree(scored, spread):
            found.append(Problem("third_missing", rows[0].cell, entry))
    return sorted(found, key=lambda problem: (problem.cell, problem.entry))


def _uneven(ranking: Ranking, rules: Rules) -> list[Problem]:
    """Of a sum of three and a sum of two nobody knows which is better."""
    if METHODS[rules.method].divides:
        return []
    found = []
    for cell, standings in ranking.cells().items():
        usual = Counter(row.reviews for row in standings).most_common(1)[0][0]
        found += [Problem("uneven_reviews", cell, row.entry) for row in standings if row.reviews != usual]
    return found
