"""What several who hear an appeal find together: criterion by criterion the middle one (pure, Decimals only)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

KEPT, RAISED, LOWERED = "kept", "raised", "lowered"


@dataclass(frozen=True)
class Finding:
    """``marks`` by criterion, and which of them differ from what was."""

    marks: Mapping[str, Decimal]
    changed: tuple[str, ...]


def middle(values: Sequence[Decimal]) -> Decimal:
    """The median; of an even number the mean of the middle two, exact. Raises ``ValueError`` for none."""
    if not values:
        raise ValueError("nobody has found anything")
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def found(before: Mapping[str, Decimal], members: Sequence[Mapping[str, Decimal]]) -> Finding:
    """The middle of the members' points for each criterion; whoever names none for a criterion keeps what was."""
    marks = {key: middle([one.get(key, was) for one in members]) for key, was in before.items()}
    return Finding(marks, tuple(key for key, was in before.items() if marks[key] != was))


def moved(score: Decimal, before: Decimal, after: Decimal, times: int = 1) -> Decimal:
    """The score when the total of the criteria goes from ``before`` to ``after``: by as much, never below zero.

    ``times``: in how many reviews the criteria count, where the score is their sum. What a median, a calibration or a
    gate did to the score stays; so a point more never makes it less.
    """
    return max(Decimal(0), score + (after - before) * times)


def outcome(before: Decimal, after: Decimal) -> str:
    """Which way the total went."""
    return KEPT if after == before else RAISED if after > before else LOWERED
