"""Quorum and the outcome of an open vote (pure)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

YES, NO, SHARE, ABSTAIN = "yes", "no", "share", "abstain"


@dataclass(frozen=True)
class Outcome:
    """``choice`` is empty where nothing decided. ``casting``: votes were equal and the chair's own vote decided."""

    choice: str
    counts: Mapping[str, int]
    casting: bool


def needed(members: int, quorum: str) -> int:
    """How many of ``members`` must take part. ``quorum``: half (more than half), two_thirds (rounded up), all."""
    if quorum == "half":
        return members // 2 + 1
    if quorum == "two_thirds":
        return -(-2 * members // 3)
    return members


def outcome(ballots: Mapping[int, str], chair: int | None) -> Outcome:
    """The choice with most votes, abstentions aside; between equal numbers the vote of ``chair`` (a seat) decides.

    A decision (yes or no) with equal numbers and no chair's vote is not taken: it has no choice.
    """
    counts = Counter(ballots.values())
    votes = {choice: number for choice, number in counts.items() if choice != ABSTAIN}
    if not votes:
        return Outcome("", dict(counts), casting=False)
    most = max(votes.values())
    leading = {choice for choice, number in votes.items() if number == most}
    if len(leading) == 1:
        return Outcome(leading.pop(), dict(counts), casting=False)
    own = ballots.get(chair, "") if chair is not None else ""
    if own in leading:
        return Outcome(own, dict(counts), casting=True)
    return Outcome("", dict(counts), casting=False)


def positions(codes: tuple[str, ...], choice: str, base: int) -> dict[str, int]:
    """What a settled tie means for the ranking: the chosen code goes first, or all share. ``base``: their place."""
    if choice == SHARE:
        return dict.fromkeys(codes, base)
    return {code: base if code == choice else base + 1 for code in codes}
