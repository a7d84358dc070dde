"""What a ranking says of each entry and of each cell, before it is approved."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from essays.contests.models import Category, Nomination
from judging.ranking.awards import Given, Unawarded
from judging.ranking.standings import Standing
from judging.ranking.submitted import Reviewed

if TYPE_CHECKING:
    from judging.ranking.calibration import Score


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in its cell. Without a place it has no score either, and a problem says why.

    ``calibrated``: both numbers, where the rules calibrate; ``plain_place``: its place without.
    """

    copy_id: int
    code: str
    reviews: tuple[Reviewed, ...]
    standing: Standing | None
    given: Given | None = None
    calibrated: "Score | None" = None
    plain_place: int | None = None

    @property
    def award_key(self) -> str:
        return self.given.award if self.given else ""

    @property
    def award_place(self) -> int | None:
        return self.given.place if self.given else None

    @property
    def place(self) -> int | None:
        return self.standing.place if self.standing else None

    @property
    def score(self) -> Decimal | None:
        return self.standing.score if self.standing else None


@dataclass(frozen=True)
class CellProposal:
    """Entries of one category × nomination (or merged nominations), best first. ``number`` runs from 1."""

    number: int
    category: Category
    nominations: tuple[Nomination, ...]
    lines: tuple[Line, ...]
    unawarded: tuple[Unawarded, ...]

    @property
    def merged(self) -> bool:
        return len(self.nominations) > 1
