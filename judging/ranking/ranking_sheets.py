"""What the tool writes: the ranking, and the judges in figures. Pure."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from pathlib import Path

from judging.ranking.computation import Computed
from judging.ranking.regulation import Regulation
from judging.ranking.reliability import Reliability
from judging.ranking.rounding import Rounding
from judging.ranking.scoring import NOTHING
from judging.ranking.tables import Value, harmless
from judging.rubrics.totals import EXACT

RANKING = ("cell", "entry", "reviews", "mean", "calibrated", "score", "place", "award")
JUDGES = ("judge", "reviews", "severity", "interval", "agreement", "flags")
SIX = Decimal("0.000001")
SIX_PLACES = Rounding("ROUND_HALF_EVEN", 6)


def ranking_rows(computed: Computed, regulation: Regulation) -> Iterator[tuple[Value, ...]]:
    """A row for each entry by cell, place and code; those without a place come after the others of their cell.

    ``mean`` is the plain mean of the totals, ``calibrated`` that of the totals put right for their judges, both to six
    places; ``score`` is what counts, rounded as the rules say.
    """
    awarded = {one.entry: regulation.award_names.get(one.award, one.award) for one in computed.awards.given}
    totals, scores = computed.gathered.totals, computed.calibration.scores if computed.calibration else {}
    placed = [(row.cell, row.entry, row.place, row.score) for row in computed.ranking.standings]
    unplaced = [(cell, entry, None, None) for cell, entry in computed.ranking.unranked]
    known: dict[tuple[Decimal, int, Decimal], tuple[Value, Value]] = {}
    for cell, entry, place, score in sorted(
        [*placed, *unplaced], key=lambda row: (row[0], row[2] is None, row[2] or 0, row[1])
    ):
        rows = totals.get(entry, ())
        both: tuple[Value, Value] = (None, None)
        if rows:
            total = reduce(EXACT.add, [row.value for row in rows])
            shift = scores[entry].calibrated - scores[entry].mean if entry in scores else NOTHING
            key = (total, len(rows), shift)
            both = known.get(key) or known.setdefault(key, _means(*key))
        yield (
            cell,
            entry,
            len(rows),
            *both,
            None if score is None else _plain(score),
            place,
            awarded.get(entry, ""),
        )


def judge_rows(figures: Reliability | None, judges: Sequence[str]) -> Iterator[tuple[Value, ...]]:
    """A row for each judge by name. ``severity`` in points, give or take ``interval`` (95 %)."""
    known = {one.judge: one for one in figures.judges} if figures else {}
    for judge in sorted(judges):
        one = known.get(judge)
        if one is None:
            yield (judge, 0, None, None, None, "")
            continue
        numbers = (one.severity, one.interval, one.agreement)
        shown = (None if value is None else _plain(Decimal(repr(value)).quantize(SIX)) for value in numbers)
        yield (judge, one.reviews, *shown, "|".join(one.flags))


def write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Raises ``OSError``."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(heading)
        table.writerows([harmless(value) for value in row] for row in rows)


def _means(total: Decimal, reviews: int, shift: Decimal) -> tuple[Value, Value]:
    mean = Fraction(total) / reviews
    return _plain(SIX_PLACES.apply(mean)), _plain(SIX_PLACES.apply(mean + Fraction(shift)))


def _plain(value: Decimal) -> Decimal:
    """Without needless zeros: «80», «79.5»."""
    return Decimal(f"{value.normalize():f}") if value else NOTHING
