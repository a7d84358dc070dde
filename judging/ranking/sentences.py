"""A record's scores and a proposal's problems in words of the active language."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from judging.ranking.methods import method
from judging.ranking.problems import Problem
from judging.ranking.reasons import in_readers_language

METHODS = {
    "mean": _("Mean of the reviews"),
    "sum": _("Sum of the reviews"),
    "median": _("Median of the reviews"),
    "trimmed": _("Mean without the highest and the lowest review"),
    "nearest": _("Mean of the nearest two reviews"),
    "decides": _("The third review decides"),
    "calibrated": _("Mean of the reviews, put right for severe and lenient judges"),
}

PROBLEMS = {
    "no_rules": _("The rules of judging are not set: how many reviews an entry gets and how they become a result."),
    "no_criteria": _("The rubric has no criteria."),
    "nothing_to_rank": _("No entry is in competition yet: nothing is admitted and released to judges."),
    "held_copy": _("The blind copy waits for a look, so no judge can read it: %(codes)s."),
    "open_assignment": _("A judge still has to score: %(codes)s."),
    "third_missing": _("The reviews disagree by the rules, and there is no third review: %(codes)s."),
    "too_few_reviews": _("Too few reviews: %(codes)s."),
    "missing": _("A review lacks points for a criterion: %(codes)s."),
    "out_of_range": _("A review has points outside a criterion's range: %(codes)s."),
    "off_step": _("A review has points between a criterion's steps: %(codes)s."),
    "unknown_criterion": _("A review has points for a criterion that is not in the rubric: %(codes)s."),
    "no_total": _("A review has no total: %(codes)s."),
    "review_twice": _("A review is counted twice: %(codes)s."),
    "two_cells": _("An entry competes in two places at once: %(codes)s."),
    "uneven_reviews": _("Sums of different numbers of reviews cannot be compared: %(codes)s."),
    "place_unawarded": _("A place stays unawarded, but by the rules every place has to be given."),
    "tie": _("Nothing tells these entries apart, and an award depends on it: %(codes)s. The jury has to vote."),
}

FALLBACKS = {
    "no_reviews": _("there are no reviews"),
    "few_degrees": _("there are too few reviews to tell severe and lenient judges apart"),
    "no_difference": _("the marks show no difference between judges"),
    "disconnected": _("the judges fall into groups that have no entry in common"),
}

NAMED_AT_MOST = 12
SPACE = "\N{NO-BREAK SPACE}"


def of_problem(problem: Problem) -> str:
    """One sentence that names the entries by code."""
    if problem.text:
        return str(problem.text)
    if problem.code == "unsound":
        return str(_("Such rules make no sense: %(why)s")) % problem.data
    return str(PROBLEMS[problem.code]) % {"codes": _listed(problem.codes)}


def _listed(codes: Sequence[str]) -> str:
    shown = ", ".join(codes[:NAMED_AT_MOST])
    more = len(codes) - NAMED_AT_MOST
    if more <= 0:
        return shown
    words = ngettext("%(shown)s and %(more)d more", "%(shown)s and %(more)d more", more)
    return words % {"shown": shown, "more": more}


def of_problems(problems: Sequence[Problem]) -> list[str]:
    """One sentence for each kind of problem, in order; the entries of all its cells are named together.

    Ties stay apart: each is a vote of its own.
    """
    together: dict[tuple[str, ...], list[str]] = {}
    for problem in problems:
        if problem.text:
            together[problem.code, str(problem.text)] = []
            continue
        if problem.code == "unsound":
            together[problem.code, of_problem(problem)] = []
            continue
        apart = problem.codes if problem.code == "tie" else ()
        together.setdefault((problem.code, *apart), []).extend(problem.codes)
    return [
        key[1] if key[1:] and not codes else of_problem(Problem(key[0], codes=tuple(dict.fromkeys(codes))))
        for key, codes in together.items()
    ]


def of_notice(notice: Problem, labels: Mapping[int, str]) -> str:
    """One sentence about what those who approve must know. ``labels``: of cells, by number."""
    cell = labels.get(notice.cell, "")
    if notice.code == "oversized":
        entries = notice.data["entries"]
        words = ngettext(
            "There are more places than entries in “%(cell)s”: %(places)d places, %(entries)d entry.",
            "There are more places than entries in “%(cell)s”: %(places)d places, %(entries)d entries.",
            entries,
        )
        return words % {"cell": cell, "places": notice.data["places"], "entries": entries}
    if notice.code == "not_calibrated":
        said = _("Severe and lenient judges are not put right, the plain mean stands: %(why)s.")
        return str(said) % {"why": FALLBACKS[notice.data["why"]]}
    if notice.code == "not_calibrated_cell":
        said = _("In “%(cell)s” the plain mean stands: its judges fall into groups that have no entry in common.")
        return str(said) % {"cell": cell}
    if notice.code == "thin_judges":
        many = notice.data["judges"]
        words = ngettext(
            "%(judges)d judge has too few reviews to be put right.",
            "%(judges)d judges have too few reviews to be put right.",
            many,
        )
        return words % {"judges": many}
    if notice.code == "choice_passed_over":
        said = _("The jury named these for a special prize, but they have another award: %(codes)s.")
        return str(said) % {"codes": _listed(notice.codes)}
    said = _("These entries would have another place by the plain mean: %(codes)s.")
    return str(said) % {"codes": _listed(notice.codes)}


def of_notices(notices: Sequence[Problem], labels: Sequence[tuple[int, str, int]]) -> list[str]:
    """A sentence for each. ``labels``: number, label and number of entries of the cells."""
    names = {number: label for number, label, _size in labels}
    return [of_notice(notice, names) for notice in notices]


def of_left(codes: Sequence[str]) -> str:
    """What to do about entries that have left the competition since the approval; empty for none."""
    if not codes:
        return ""
    words = ngettext(
        "An entry left the competition after the ranking was approved: %(codes)s. "
        "Take the approval back and approve the ranking without it.",
        "Entries left the competition after the ranking was approved: %(codes)s. "
        "Take the approval back and approve the ranking without them.",
        len(codes),
    )
    return words % {"codes": _listed(codes)}


def of_plain(entry: Mapping[str, Any]) -> str:
    """«The plain mean is 80: place 3», where a record calibrates; empty elsewhere."""
    if entry.get("mean") is None:
        return ""
    values = {"mean": points(Decimal(entry["mean"])), "place": entry["plain_place"]}
    if entry["plain_place"] == entry["place"]:
        return str(_("The plain mean is %(mean)s.")) % values
    return str(_("The plain mean is %(mean)s: with it the entry would have place %(place)d.")) % values


def of_score(entry: Mapping[str, Any]) -> str:
    """«Mean of the reviews: (78 + 82) / 2 = 80», from a record's entry; empty where there is no score."""
    if entry["score"] is None:
        return ""
    if entry.get("corrected"):
        return _of_correction(entry)
    totals = {review["id"]: Decimal(review["total"]) for review in entry["reviews"]}
    counted = sorted(totals[number] for number in entry["counted"])
    left_out = sorted(total for number, total in totals.items() if number not in entry["counted"])
    divisor = len(counted) if method(entry["method"]).divides else 1
    score = Decimal(entry["score"])
    shift = Decimal(entry.get("shift", 0))
    exact = sum((Fraction(total) for total in counted), Fraction(0)) / divisor + Fraction(shift)
    values: dict[str, Any] = {
        "method": METHODS[entry["method"]],
        "sum": arithmetic(counted, divisor) + _signed(shift),
        "sign": "=" if Fraction(score) == exact else "≈",
        "score": points(score),
    }
    if not left_out:
        return _equation_held(str(_("%(method)s: %(sum)s %(sign)s %(score)s")) % values)
    values["left_out"] = ", ".join(points(total) for total in left_out)
    if len(counted) == 1 and divisor == 1:
        # «86 = 86» would explain nothing.
        return str(_("%(method)s: %(score)s; the others: %(left_out)s")) % values
    return _equation_held(str(_("%(method)s: %(sum)s %(sign)s %(score)s; not counted: %(left_out)s")) % values)


def _of_correction(entry: Mapping[str, Any]) -> str:
    """«After a decision on an appeal: 84 (80 before)»."""
    corrected = entry["corrected"]
    values = {"score": points(Decimal(entry["score"])), "why": in_readers_language(corrected["why"])}
    if corrected["before"] is None:
        return str(_("Settled apart (%(why)s): %(score)s")) % values
    values["before"] = points(Decimal(corrected["before"]))
    return str(_("Settled apart (%(why)s): %(score)s; by the reviews it was %(before)s")) % values


def of_comparison(entry: Mapping[str, Any], criteria: Mapping[str, str]) -> str:
    """Which criteria were compared, for an entry whose points others have too. ``criteria``: key → name."""
    compared = "; ".join(
        f"{criteria.get(key, key)}{SPACE}– {points(Fraction(value))}" for key, value in entry["compared"]
    )
    return str(_("Equal points, so criteria were compared in order: %(compared)s")) % {"compared": compared}


def _signed(shift: Decimal) -> str:
    """« + 1,35», « − 0,4»; empty for nothing."""
    return f"{SPACE}{'+' if shift > 0 else '−'}{SPACE}{points(abs(shift))}" if shift else ""


def arithmetic(values: Sequence[Decimal], divisor: int) -> str:
    """«(78 + 82) / 2», in one piece at the end of a line."""
    added = f"{SPACE}+{SPACE}".join(points(value) for value in values)
    return added if divisor == 1 else f"({added}){SPACE}/{SPACE}{divisor}"


def _equation_held(sentence: str) -> str:
    """The sign and what follows it never part: «= 80»."""
    return sentence.replace("= ", f"={SPACE}").replace("≈ ", f"≈{SPACE}")


def points(value: Decimal | Fraction | None) -> str:
    """A number of points in the active language, two digits at most, without needless zeros: «79,5»."""
    return "–" if value is None else _points(value, get_language())


@lru_cache(maxsize=8192)
def points_of(text: str, language: str | None) -> str:
    """``points`` of a record's number in this language: a table has thousands, and asks once which language it is."""
    return _points(Decimal(text), language)


@lru_cache(maxsize=8192)
def _points(value: Decimal | Fraction, language: str | None) -> str:
    """Kept by language: a table shows the same marks hundreds of times."""
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    plain = f"{rounded.normalize():f}" if rounded else "0"
    return number_format(Decimal(plain), decimal_pos=len(plain.partition(".")[2]))


def of_award(name: str, place: int | None) -> str:
    """«Prize-winner, place 2»; empty where there is no award."""
    if not name or place is None:
        return name
    return str(_("%(award)s, place %(place)d")) % {"award": name, "place": place}
