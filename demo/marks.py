"""What judges of the demo give and write: drawn from the quality of an essay, the same on every machine. Pure."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from demo.roster import HERE
from demo.texts import DemoEssay

# The share of the most points that an essay of this quality earns.
LEVEL = {1: 0.45, 2: 0.57, 3: 0.69, 4: 0.81, 5: 0.91}
LUCK = 0.03  # of an essay in a season: quality is not all
STRICTNESS = 0.035  # of one reader
TASTE = 0.07  # of one reader for one criterion
# How much less a reader gives who does not see what the first one saw.
DISPUTE = 0.30


@dataclass(frozen=True)
class Opinion:
    """Whole points in the order of the criteria, the comment for the author, the note for the jury (often empty)."""

    points: tuple[int, ...]
    comment: str
    note: str

    @property
    def total(self) -> int:
        return sum(self.points)


def opinion(essay: DemoEssay, season: int, reader: int, maxima: Sequence[int], *, disputed: bool = False) -> Opinion:
    """What the reader with this number (0, 1; 2 is the third reviewer) thinks of an essay in a season.

    ``disputed``: the second reader disagrees with the first by more than twenty points in a hundred.
    """
    luck = Random(f"{season}:{essay.key}").uniform(-LUCK, LUCK)
    chance = Random(f"{season}:{essay.key}:{reader}")
    level = LEVEL[essay.quality] + luck + chance.uniform(-STRICTNESS, STRICTNESS)
    if disputed and reader == 1:
        level -= DISPUTE
    points = tuple(_points(level + chance.uniform(-TASTE, TASTE), maximum) for maximum in maxima)
    words = _comments()
    # The seasons and readers turn through the comments, so that no author reads the same one twice.
    kind = "strong" if level > 0.8 else "middling" if level > 0.6 else "weak"
    comment = words[kind][(essay.number * 3 + season + reader * 2) % len(words[kind])]
    note = words["notes"][(essay.number + season) % len(words["notes"])] if chance.random() < 0.2 else ""
    return Opinion(points, comment, note)


def _points(share: float, maximum: int) -> int:
    return round(maximum * min(max(share, 0), 1))


@cache
def _comments() -> dict[str, list[str]]:
    comments: dict[str, list[str]] = tomllib.loads((HERE / "comments.toml").read_text(encoding="utf-8"))
    return comments
