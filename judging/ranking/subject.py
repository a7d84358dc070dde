"""What is to be ranked and by which rules: read in a flat number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Value

from essays.contests.models import Category, Contest, Nomination
from judging.ranking.cells import cell_of, merge_cells
from judging.ranking.contest_rules import Corrections, Held, document_of
from judging.ranking.gathering import Row
from judging.ranking.submitted import Submitted, read_submitted, rules_and_decisions
from judging.rubrics import models as rubrics


@dataclass(frozen=True)
class Subject:
    """What is ranked and by which rules: all that was read. ``held``: cells in order; ``cell_of_entry`` by code."""

    contest: Contest
    rules: rubrics.JudgingRules | None
    criteria: tuple[rubrics.Criterion, ...]
    award_rules: tuple[rubrics.AwardRule, ...]
    submitted: Submitted
    categories: Mapping[int, Category]
    nominations: Mapping[int, Nomination]

    def cells(self, smallest: int) -> tuple[tuple[Held, ...], dict[str, str]]:
        """Cells as they are held when those with fewer entries are merged, numbered in the regulation's order; and the
        cell of every entry.
        """
        # Keys that sort as the organizer put them.
        rank_of_category = {pk: f"{index:04}" for index, pk in enumerate(self.categories)}
        rank_of_nomination = {pk: f"{index:04}" for index, pk in enumerate(self.nominations)}
        pairs = [
            (rank_of_category[copy.category_id], rank_of_nomination[copy.nomination_id])
            for copy in self.submitted.copies
        ]
        counts: dict[tuple[str, str], int] = {}
        for pair in pairs:
            counts[pair] = counts.get(pair, 0) + 1
        merged = merge_cells(counts, smallest)
        number_of = cell_of(merged)
        categories, nominations = list(self.categories), list(self.nominations)
        held = tuple(
            Held(str(number), categories[int(cell.category)], tuple(nominations[int(one)] for one in cell.nominations))
            for number, cell in enumerate(merged, start=1)
        )
        names = (str(number_of[pair] + 1) for pair in pairs)
        return held, dict(zip((copy.code for copy in self.submitted.copies), names, strict=True))

    def rows(self, cell_of_entry: Mapping[str, str]) -> Iterable[Row]:
        for copy in self.submitted.copies:
            for one in self.submitted.reviews.get(copy.id, ()):
                yield Row(
                    cell_of_entry[copy.code],
                    copy.code,
                    str(one.id),
                    one.marks,
                    third=one.third,
                    judge=str(one.seat_id),
                    first=one.round == 1,
                )

    def document(
        self,
        held: tuple[Held, ...],
        rules: rubrics.JudgingRules | None = None,
        awards: Sequence[rubrics.AwardRule] | None = None,
    ) -> dict[str, Any]:
        """The regulation as it stands, or with other rules and awards. Only where there are rules."""
        rules = rules or self.rules
        assert rules is not None
        awards = self.award_rules if awards is None else awards
        return document_of(rules, self.criteria, awards, cells=held, jury=self.submitted.jury)


def subject_of(contest: Contest, corrections: Corrections | None = None) -> Subject:
    """Read everything: seven queries, whatever the contest, and up to three more for what the jury decided.

    ``corrections`` by code are taken as if they had been decided.
    """
    rules = rules_and_decisions(contest)
    awards = tuple(rubrics.AwardRule.objects.filter(contest=contest))
    criteria = tuple(rubrics.Criterion.objects.filter(rubric__contest=contest))
    submitted = read_submitted(contest, rules, criteria)
    if corrections:
        jury = replace(submitted.jury, corrections={**submitted.jury.corrections, **corrections})
        submitted = replace(submitted, jury=jury)
    return Subject(contest, rules, criteria, awards, submitted, *_places(contest))


def _places(contest: Contest) -> tuple[dict[int, Category], dict[int, Nomination]]:
    """Categories and nominations with their names, in the regulation's order: one query."""
    columns = ("position", "pk", "name_ru", "name_en")
    rows = Category.objects.filter(contest=contest).order_by().values_list(Value(0), *columns)
    themes = Nomination.objects.filter(contest=contest).order_by().values_list(Value(1), *columns)
    categories, nominations = {}, {}
    for is_nomination, position, pk, name_ru, name_en in sorted(rows.union(themes, all=True)):
        names = {"pk": pk, "contest": contest, "position": position, "name_ru": name_ru, "name_en": name_en}
        if is_nomination:
            nominations[pk] = Nomination(**names)
        else:
            categories[pk] = Category(**names)
    return categories, nominations
