"""Another ranking of the same reviews, by other rules: computed, compared, and never saved."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from judging.ranking.collector import at_rest
from judging.ranking.computation import Computed, compute
from judging.ranking.contest_rules import Held
from judging.ranking.problems import Problem
from judging.ranking.proposal import problems_of
from judging.ranking.regulation import read
from judging.ranking.subject import Subject
from judging.rubrics.models import AwardRule, JudgingRules

Row = TypeVar("Row", JudgingRules, AwardRule)
OF_AWARD = ("place_from", "place_to", "count", "percent", "minimum", "minimum_percent")


@dataclass(frozen=True)
class Outcome:
    """What an entry gets. ``award``: its key, «?» in a tie that nothing has settled, empty for none."""

    place: int | None
    score: Decimal | None
    award: str
    award_place: int | None


@dataclass(frozen=True)
class Compared:
    """One entry that is awarded on either side; ``cell`` numbers the cell of the other side."""

    cell: str
    entry: str
    now: Outcome
    then: Outcome

    @property
    def changed(self) -> bool:
        return (self.now.award, self.now.award_place) != (self.then.award, self.then.award_place)


@dataclass(frozen=True)
class WhatIf:
    """``rows`` by cell and place; ``problems``: what would stand against approving the other one; ``moved``: entries
    whose place differs, awarded or not.
    """

    held: tuple[Held, ...]
    rows: tuple[Compared, ...]
    problems: tuple[Problem, ...]
    moved: int

    @property
    def changed(self) -> tuple[str, ...]:
        return tuple(row.entry for row in self.rows if row.changed)


@at_rest()
def what_if(subject: Subject, rules: Mapping[str, Any], awards: Mapping[int, Mapping[str, Any]]) -> WhatIf:
    """Compare the rules as they stand with changed ones. ``rules``: fields of the rules; ``awards``: by id, OF_AWARD.

    Raises ``BadRules`` for rules that make no sense. Only where there are rules and criteria.
    """
    assert subject.rules is not None
    _held, now = _computed(subject, subject.rules, subject.award_rules)
    other_rules = _changed(subject.rules, rules)
    other_awards = [_changed(rule, awards.get(rule.pk, {})) for rule in subject.award_rules]
    held, then = _computed(subject, other_rules, other_awards)
    before, after = _outcomes(now), _outcomes(then)
    nothing = Outcome(None, None, "", None)
    cells = {entry: min(names) for entry, names in then.gathered.cells.items()}
    rows = [
        Compared(cells[entry], entry, before.get(entry, nothing), after.get(entry, nothing))
        for entry in cells
        if before.get(entry, nothing).award or after.get(entry, nothing).award
    ]
    rows.sort(key=lambda row: (int(row.cell), row.then.place or 1 << 30, row.now.place or 1 << 30, row.entry))
    moved = sum(before.get(entry, nothing).place != after.get(entry, nothing).place for entry in cells)
    return WhatIf(held, tuple(rows), tuple(problems_of(then)), moved)


def _computed(subject: Subject, rules: JudgingRules, awards: Sequence[AwardRule]) -> tuple[tuple[Held, ...], Computed]:
    held, cell_of_entry = subject.cells(rules.smallest_cell)
    regulation = read(subject.document(held, rules, awards))
    return held, compute(subject.rows(cell_of_entry), regulation, entered=cell_of_entry)


def _changed(row: Row, values: Mapping[str, Any]) -> Row:
    """A copy in memory."""
    other = copy(row)
    for name, value in values.items():
        setattr(other, name, value)
    return other


def _outcomes(computed: Computed) -> dict[str, Outcome]:
    given = {one.entry: one for one in computed.awards.given}
    open_ties = {entry for block in computed.awards.blocks for entry in block.entries}
    return dict(_each(computed, given, open_ties))


def _each(computed: Computed, given: Mapping[str, Any], open_ties: set[str]) -> Iterator[tuple[str, Outcome]]:
    for row in computed.ranking.standings:
        one = given.get(row.entry)
        award = one.award if one else "?" if row.entry in open_ties else ""
        yield row.entry, Outcome(row.place, row.score, award, one.place if one else None)
