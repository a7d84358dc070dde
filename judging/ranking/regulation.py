"""The rules of a ranking as one document: what a file of rules holds and a frozen ranking keeps. Pure.

``read`` makes a regulation of the document; there is no other way to one. So whoever has the document computes the
same: the contest's own pages, the tool at the terminal, somebody else's spreadsheet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from judging.ranking.award_rules import AwardRule, AwardRules, Withheld
from judging.ranking.gathering import Correction, Rules
from judging.ranking.methods import CALIBRATED, METHODS
from judging.ranking.rounding import Rounding
from judging.ranking.rule_values import BadRules, Table
from judging.rubrics.totals import Criterion, MarkCode, mark_problems, maximum, total

__all__ = ["BadRules", "Regulation", "read"]

TABLES = ("score", "criteria", "ties", "places", "cells", "awards", "withheld", "corrections")
SCORE = (
    "aggregation",
    "needed",
    "third",
    "third_at_total",
    "third_at_criterion",
    "rounding",
    "decimals",
    "maximum",
    "weights",
)
CRITERION = ("key", "name", "maximum", "step", "weight", "gate")
AWARD = (
    "key",
    "name",
    "places",
    "count",
    "percent",
    "percent_together",
    "rounding",
    "at_least",
    "numbered",
    "minimum",
    "minimum_percent",
    "special",
    "by",
    "entries",
    "cells",
)
# A criterion without a maximum or a step takes any mark.
ANY_MAXIMUM, ANY_STEP = Decimal("1e9"), Decimal("1e-6")
MOST_DECIMALS = 6


@dataclass(frozen=True)
class Regulation:
    """Rules of scores, ties, cells and awards. ``votes``: entry → position given by the jury.

    ``smallest``: cells of one category with fewer entries are merged; 0: never. A cell's category is what stands before
    ``separator`` in its name. ``third_at_total``, ``third_at_criterion``: from which difference on a third review must
    be there. ``names`` of criteria and awards by key; ``has_third``: the rules know a third review. ``corrections``: by
    entry, what was decided on appeals.
    """

    scoring: Rules
    awards: AwardRules
    votes: Mapping[str, int]
    smallest: int
    separator: str
    has_third: bool
    third_at_total: Decimal | None
    third_at_criterion: Decimal | None
    criterion_names: Mapping[str, str]
    award_names: Mapping[str, str]
    corrections: Mapping[str, Correction]

    @property
    def calibrated(self) -> bool:
        return self.scoring.method == CALIBRATED

    @property
    def scoring_of_few(self) -> Rules:
        """The same where a review is left out on purpose: any number of them gives a score."""
        return replace(self.scoring, minimum_reviews=1)


def read(document: Mapping[str, Any], *, method: str | None = None) -> Regulation:
    """The regulation that a document describes. ``method`` replaces its aggregation.

    Raises ``BadRules`` for an unknown word, a value out of its range, weights that do not sum to what they should,
    awards that overlap.
    """
    top = Table(document, "rules", TABLES)
    score = top.table("score", SCORE)
    criteria, names = _criteria(top)
    ties = top.table("ties", ("criteria", "votes"))
    awards = [_award(table) for table in top.tables("awards", AWARD)]
    places = top.table("places", ("shared", "unawarded"))
    cells = top.table("cells", ("smallest", "separator"))
    aggregation = method or _one_of(score, "aggregation", METHODS, "mean")
    third = _one_of(score, "third", METHODS, "")
    if aggregation == CALIBRATED and third not in ("", "mean", CALIBRATED):
        if method is None:
            raise score.refuse("third", f"is {third}, but calibrated marks are averaged: leave it out")
        third = ""
    at_total, at_criterion = (score.number(key, above=True) for key in ("third_at_total", "third_at_criterion"))
    if aggregation == "sum" and (third or at_total or at_criterion):
        raise score.refuse("third", "cannot go with the sum of the reviews: a third would add to it")
    highest = _highest(score, criteria, aggregation)
    specials = tuple(sorted({rule.by for rule in awards if rule.by is not None}))
    votes = _votes(ties)
    try:
        return Regulation(
            scoring=Rules(
                method=aggregation,
                third=third or aggregation,
                criteria=criteria,
                ties=ties.texts("criteria"),
                rounding=_rounding(score, decimals=score.whole("decimals", 2, most=MOST_DECIMALS) or 0),
                minimum_reviews=score.whole("needed", 1, least=1, most=100) or 1,
                specials=specials,
            ),
            awards=AwardRules(
                tuple(awards),
                sharing=places.yes("shared", False),
                maximum=highest,
                unawarded=places.yes("unawarded", True),
                withheld=_withheld(top, [rule.key for rule in awards]),
            ),
            corrections=_corrections(top, criteria),
            votes=votes,
            smallest=cells.whole("smallest", 0) or 0,
            separator=cells.text("separator", "/"),
            has_third=bool(third),
            third_at_total=at_total,
            third_at_criterion=at_criterion,
            criterion_names=names,
            award_names={
                table.text("key"): table.text("name", table.text("key")) for table in top.tables("awards", AWARD)
            },
        )
    except BadRules:
        raise
    except ValueError as error:
        raise BadRules(f"rules: {error}") from error


def _criteria(top: Table) -> tuple[tuple[Criterion, ...], dict[str, str]]:
    criteria, names = [], {}
    for table in top.tables("criteria", CRITERION):
        key = table.text("key")
        if not key or key in names:
            raise table.refuse("key", f"{key} is named twice" if key else "is missing")
        names[key] = table.text("name", key)
        most = table.number("maximum", above=True)
        weight = table.number("weight", above=True)
        step = table.number("step", above=True)
        if most is not None and step is not None and most % step:
            raise table.refuse("step", f"{step} does not lead to the maximum {most}")
        try:
            criteria.append(
                Criterion(
                    key,
                    ANY_MAXIMUM if most is None else most,
                    ANY_STEP if step is None else step,
                    Decimal(1) if weight is None else weight,
                    table.number("gate", above=True),
                )
            )
        except ValueError as error:
            raise BadRules(f"{table.where}: {error}") from error
    return tuple(criteria), names


def _highest(score: Table, criteria: tuple[Criterion, ...], aggregation: str) -> Decimal | None:
    """The highest possible score; checks what the rules say that weights and maxima come to."""
    weights = score.number("weights", above=True)
    found = sum((criterion.weight for criterion in criteria), Decimal(0))
    if weights is not None and found != weights:
        raise score.refuse("weights", f"should sum to {weights}, but come to {found:f}")
    said = score.number("maximum", above=True)
    if not criteria or any(criterion.maximum == ANY_MAXIMUM for criterion in criteria):
        one = said
    else:
        one = maximum(criteria)
        if said is not None and said != one:
            raise score.refuse("maximum", f"should be {said:f}, but the criteria come to {one:f}")
    if one is not None and aggregation == "sum":
        return one * (score.whole("needed", 1) or 1)
    return one


def _award(table: Table) -> AwardRule:
    key = table.text("key")
    if not key:
        raise table.refuse("key", "is missing")
    places = table.places("places")
    percents = [name for name in ("percent", "percent_together") if name in table]
    if len(percents) > 1:
        raise table.refuse("percent", "and percent_together exclude each other")
    percent = table.number(percents[0], above=True, most="100") if percents else None
    minimum_percent = table.number("minimum_percent", most="100")
    cells = table.texts("cells")
    try:
        return AwardRule(
            key,
            place_from=places[0] if places else None,
            place_to=places[1] if places else None,
            share=None if percent is None else Fraction(percent) / 100,
            rounding=_rounding(table, decimals=0, default="down"),
            minimum=table.number("minimum"),
            minimum_share=None if minimum_percent is None else Fraction(minimum_percent) / 100,
            numbered=table.yes("numbered", True),
            together=percents != ["percent"],
            at_least=table.whole("at_least", 0) or 0,
            count=table.whole("count", least=1),
            special=table.yes("special", False),
            by=table.text("by") or None,
            entries=table.texts("entries"),
            cells=frozenset(cells) if "cells" in table else None,
        )
    except BadRules:
        raise
    except ValueError as error:
        raise BadRules(f"{table.where}: {error}") from error


def _withheld(top: Table, keys: list[str]) -> tuple[Withheld, ...]:
    found = []
    for table in top.tables("withheld", ("cell", "award", "place")):
        if table.text("award") not in keys:
            raise table.refuse("award", f"is one of {', '.join(keys) or 'no awards'}")
        found.append(Withheld(table.text("cell"), table.text("award"), table.whole("place", least=1)))
    return tuple(found)


def _corrections(top: Table, criteria: tuple[Criterion, ...]) -> dict[str, Correction]:
    """``marks`` for every criterion, a ``total``, or both: then the total counts, and the marks tell ties apart."""
    found: dict[str, Correction] = {}
    for table in top.tables("corrections", ("entry", "marks", "total", "why")):
        entry = table.text("entry")
        if not entry or entry in found:
            raise table.refuse("entry", f"{entry} is named twice" if entry else "is missing")
        typed = table.table("marks", [criterion.key for criterion in criteria])
        marks = {criterion.key: typed.number(criterion.key) for criterion in criteria}
        given = {key: mark for key, mark in marks.items() if mark is not None}
        value = table.number("total")
        if given:
            # A commission may find a mark between two steps; all criteria and their ranges hold for it, too.
            wrong = (item for item in mark_problems(given, criteria) if item.code != MarkCode.OFF_STEP)
            problem = next(wrong, None)
            if problem is not None:
                raise table.refuse("marks", f"of the criterion {problem.criterion}: {problem.code.replace('_', ' ')}")
            value = total(given, criteria) if value is None else value
        elif value is None:
            raise table.refuse("total", "is missing, and so are marks")
        found[entry] = Correction(value, given, table.text("why"))
    return found


def _votes(ties: Table) -> dict[str, int]:
    votes = ties.data.get("votes", {})
    if not isinstance(votes, Mapping):
        raise ties.refuse("votes", "is a table: entry = position")
    table = Table(votes, "ties, votes", votes)
    found = {}
    for entry in votes:
        position = table.whole(entry, least=1)
        if position is not None:
            found[str(entry)] = position
    return found


def _rounding(table: Table, *, decimals: int, default: str = "half-up") -> Rounding:
    try:
        return Rounding.named(table.text("rounding", default), decimals)
    except ValueError as error:
        raise table.refuse("rounding:", str(error)) from error


def _one_of(table: Table, key: str, known: Mapping[str, Any], default: str) -> str:
    value = table.text(key, default)
    if value and value not in known:
        raise table.refuse(key, f"is one of {', '.join(known)}, not {value[:60]}")
    return value
