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


def award_problems(rows: Sequence[Row], total: Decimal) -> list[Problem]:
    """Places do not overlap; a better place needs at least as many points; no minimum above the rubric's total."""
    found = []
    for index, row in enumerate(rows):
        if row["place_from"] > row["place_to"]:
            found.append(Problem(_("The last place comes before the first one."), f"{index}-place_to"))
        if row["minimum"] is not None and total and row["minimum"] > total:
            found.append(
                Problem(
                    _("The rubric gives %(total)s points at most.") % {"total": points_words(total)},
                    f"{index}-minimum",
                )
            )
    if found:
        return found
    by_place = sorted(range(len(rows)), key=lambda index: rows[index]["place_from"])
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


def tie_problems(positions: Sequence[int], known: Sequence[int]) -> list[Problem]:
    """Criteria compared in a tie exist, and each is named once."""
    if any(position not in known for position in positions):
        return [Problem(_("A criterion to compare in a tie does not exist any more."), "tie_1")]
    if len(set(positions)) < len(positions):
        return [Problem(_("A criterion is named twice."), "tie_1")]
    return []
