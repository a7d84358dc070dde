"""What is wrong with rules as they stand together: criteria named in ties, overlapping places, levels of a scale.

Each problem names the row and field (from 0: «2-place_to») beside which it belongs.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from essays.contests.problems import Problem

Row = Mapping[str, Any]


def points_words(points: Decimal) -> str:
    """«25», «2.5»: without the zeros of the column."""
    text = f"{points:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def most_points(criteria: Sequence[Row]) -> Decimal:
    """The highest total that criteria allow: maximum times weight, summed."""
    return sum((Decimal(row["maximum"]) * Decimal(row["weight"]) for row in criteria), Decimal())


def level_problems(rows: Sequence[Row], maximum: Decimal) -> list[Problem]:
    """Levels lie within the scale and do not overlap."""
    found = []
    for index, row in enumerate(rows):
        if row["points_from"] > row["points_to"]:
            found.append(Problem(_("“From” is above “to”."), f"{index}-points_to"))
        elif row["points_to"] > maximum:
            found.append(
                Problem(
                    _("The criterion has %(maximum)s points at most.") % {"maximum": points_words(maximum)},
                    f"{index}-points_to",
                )
            )
    by_points = sorted(range(len(rows)), key=lambda index: rows[index]["points_from"])
    for lower, upper in pairwise(by_points):
        if rows[upper]["points_from"] <= rows[lower]["points_to"]:
            found.append(
                Problem(
                    _("These points belong to another level already: levels do not overlap."),
                    f"{upper}-points_from",
                )
            )
    return found


def threshold_problems(values: Row, total: Decimal, largest: Decimal) -> list[Problem]:
    """A difference that can never be reached would never ask a third judge. Without criteria nothing is known yet."""
    limits = {"third_at_total": total, "third_at_criterion": largest}
    never = _("Reviews can differ by %(points)s points at most: a third judge would never be asked.")
    return [
        Problem(never % {"points": points_words(limit)}, name)
        for name, limit in limits.items()
        if limit and values.get(name) is not None and values[name] > limit
    ]


AWARD_DEFAULTS: dict[str, Any] = {
    "kind": "places",
    "place_from": None,
    "place_to": None,
    "count": None,
    "percent": None,
    "rounding": "down",
    "at_least": 0,
    "minimum": None,
    "minimum_percent": None,
    "criterion": None,
    "category_id": None,
    "nomination_id": None,
}
"""An award that says no more than its name."""

USED = {
    "places": {"place_from", "place_to"},
    "count": {"count"},
    "percent": {"percent", "rounding", "at_least"},
    "together": {"percent", "rounding", "at_least"},
    "special": {"count", "criterion"},
    "choice": set(),
}


def unused_fields(kind: str) -> set[str]:
    """Fields that mean nothing for this kind of award."""
    return set().union(*USED.values()) - USED[kind]


def award_problems(rows: Sequence[Row], total: Decimal, criteria: Sequence[int] = ()) -> list[Problem]:
    """Each award says what its kind needs; places do not overlap; a better place needs at least as many points; no
    minimum above the rubric's total; shares are of one whole. ``criteria``: their positions.
    """
    rows = [{**AWARD_DEFAULTS, **row} for row in rows]
    found = []
    for index, row in enumerate(rows):
        found += [Problem(message, f"{index}-{field}") for field, message in _incomplete(row, criteria)]
        if row["minimum"] is not None and total and row["minimum"] > total:
            found.append(
                Problem(
                    _("The rubric gives %(total)s points at most.") % {"total": points_words(total)},
                    f"{index}-minimum",
                )
            )
    if found:
        return found
    for part in _parts(rows):
        found += [problem for problem in _share_problems(rows, part) if problem not in found]
        found += [problem for problem in _place_problems(rows, part) if problem not in found]
    return found


def _incomplete(row: Row, criteria: Sequence[int]) -> list[tuple[str, Any]]:
    """Field and message of what an award of this kind lacks."""
    kind, found = row["kind"], []
    if kind == "places":
        missing = [name for name in ("place_from", "place_to") if row[name] is None]
        found += [(name, _("Say from which place to which.")) for name in missing]
        if not missing and row["place_from"] > row["place_to"]:
            found.append(("place_to", _("The last place comes before the first one.")))
    if kind == "count" and row["count"] is None:
        found.append(("count", _("Say how many entries get it.")))
    if kind in ("percent", "together") and row["percent"] is None:
        found.append(("percent", _("Say how many per cent of the entries get it.")))
    if kind == "special" and row["criterion"] is None:
        found.append(("criterion", _("Choose the criterion that the prize is for.")))
    if kind == "special" and row["criterion"] is not None and row["criterion"] not in criteria:
        found.append(("criterion", _("This criterion does not exist any more.")))
    return found


def _parts(rows: Sequence[Row]) -> list[list[int]]:
    """Awards that can meet in one category × nomination, by their numbers."""
    cells = {(row["category_id"], row["nomination_id"]) for row in rows}
    categories = {category for category, _nomination in cells}
    nominations = {nomination for _category, nomination in cells}
    parts = []
    for category in categories:
        for nomination in nominations:
            part = [
                index
                for index, row in enumerate(rows)
                if row["category_id"] in (None, category) and row["nomination_id"] in (None, nomination)
            ]
            if part not in parts:
                parts.append(part)
    return parts


def _share_problems(rows: Sequence[Row], part: Sequence[int]) -> list[Problem]:
    found, alone, reached = [], Decimal(0), Decimal(0)
    for index in part:
        row = rows[index]
        if row["kind"] == "percent":
            alone += row["percent"]
            if alone > 100:
                found.append(Problem(_("These shares come to more than all entries."), f"{index}-percent"))
        if row["kind"] == "together":
            if row["percent"] < reached:
                found.append(
                    Problem(
                        _("Together with the awards above it, it cannot be less than they are."), f"{index}-percent"
                    )
                )
            reached = row["percent"]
    return found


def _place_problems(rows: Sequence[Row], part: Sequence[int]) -> list[Problem]:
    found = []
    by_place = sorted((i for i in part if rows[i]["kind"] == "places"), key=lambda index: rows[index]["place_from"])
    for better, worse in pairwise(by_place):
        if rows[worse]["place_from"] <= rows[better]["place_to"]:
            found.append(
                Problem(
                    _("Place %(place)d belongs to “%(award)s” already.")
                    % {"place": rows[worse]["place_from"], "award": rows[better]["name_ru"]},
                    f"{worse}-place_from",
                )
            )
        elif (rows[worse]["minimum"] or 0) > (rows[better]["minimum"] or 0):
            found.append(
                Problem(
                    _("A lower place would need more points than “%(award)s”.") % {"award": rows[better]["name_ru"]},
                    f"{worse}-minimum",
                )
            )
    return found


def method_problems(values: Row) -> list[Problem]:
    """What cannot be computed, or not fairly: sums of two and of three reviews, a calibrated median."""
    third = values["third_at_total"] is not None or values["third_at_criterion"] is not None
    found = []
    if values["aggregation"] == "sum" and third:
        message = _("A sum of two reviews cannot be compared with one of three: take the mean, or no third review.")
        found.append(Problem(message, "aggregation"))
    if values["aggregation"] == "calibrated" and third and values["third_review"] != "mean":
        message = _("Reviews that are put right for severity are averaged: choose the mean of all.")
        found.append(Problem(message, "third_review"))
    return found


def sum_problems(said: Decimal | None, total: Decimal) -> list[Problem]:
    """Maxima times weights come to what the regulation says."""
    if said is None or not total or said == total:
        return []
    message = _("The criteria come to %(total)s points, but the regulation says %(said)s.")
    words = {"total": points_words(total), "said": points_words(said)}
    return [Problem(message % words, "points_in_all")]


def tie_problems(positions: Sequence[int], known: Sequence[int]) -> list[Problem]:
    """Criteria compared in a tie exist, and each is named once."""
    if any(position not in known for position in positions):
        return [Problem(_("A criterion to compare in a tie does not exist any more."), "tie_1")]
    if len(set(positions)) < len(positions):
        return [Problem(_("A criterion is named twice."), "tie_1")]
    return []
