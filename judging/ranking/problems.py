"""What stands against approving a ranking, or must be known before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """Something that stands against approval, or that those who approve must know.

    ``code``: no_rules, no_criteria, nothing_to_rank, held_copy, open_assignment, tie, a problem of ``computation``
    (third_missing, too_few_reviews, missing, out_of_range …); or, to know: oversized, choice_passed_over,
    not_calibrated, not_calibrated_cell, thin_judges, moved_by_calibration. ``codes``: entries concerned. ``text``: the
    whole sentence, where another slice puts the problem (``gates``).
    """

    code: str
    cell: int = 0
    codes: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    text: Any = ""
