"""From the reviews of an entry to its score: pure, exact, explained as data."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

from judging.ranking.gathering import Correction, Row, Rules
from judging.ranking.methods import Method, Outcome, Value, method
from judging.ranking.rounding import Rounding
from judging.rubrics.totals import EXACT

NOTHING = Decimal(0)


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


class Scored(NamedTuple):
    """An entry before it is placed. ``compared``: numbers of exact values, as the scorer has met them."""

    entry: str
    score: Decimal
    compared: tuple[int, ...]
    specials: tuple[int, ...]
    reviews: int
    explanation: Explanation


class Scorer:
    """Scores under one set of rules. Sums repeat: each is divided, rounded and compared once."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.usual, self.third = method(rules.method), method(rules.third)
        self.scores: dict[tuple[Decimal, int, Decimal], tuple[Fraction, Decimal]] = {}
        self.known: dict[tuple[Decimal, int], int] = {}
        self.values: list[Fraction] = []

    def score(self, entry: str, reviews: Sequence[Row], totals: Sequence[Value], shift: Decimal) -> Scored:
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
        return Scored(entry, score, compared, specials, len(reviews), explanation)

    def corrected(
        self, entry: str, reviews: Sequence[Row], totals: Sequence[Value], shift: Decimal, correction: Correction
    ) -> Scored:
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
        return Scored(entry, score, compared, specials, len(reviews), explanation)

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
