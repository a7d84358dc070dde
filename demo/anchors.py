"""The anchors of the season that is being judged: every judge scores them before the first essay and half-way."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from demo.marks import LEVEL, STRICTNESS, TASTE
from demo.roster import HERE
from demo.telling import Telling
from essays.people.models import User
from judging.anchors.actions import save_anchors, score_anchor
from judging.anchors.models import AnchorEssay, AnchorReading
from judging.panels.models import Seat
from judging.rubrics.models import Criterion

# How much kinder or harder a hand becomes between the first reading and the second.
DRIFT = 0.05


@dataclass
class Anchors:
    """The anchors of one contest, and the hands that they measure."""

    telling: Telling

    def give(self, moment: datetime, organizer: User) -> None:
        contest = self.telling.contest
        contest.refresh_from_db()
        rows = [
            {"id": None, "title": one["title"], "text": one["text"].strip(), "reference": Decimal(one["reference"])}
            for one in _written()
        ]
        with self.telling.at(moment):
            save_anchors(contest, contest.version, rows, actor=organizer)
        contest.refresh_from_db()

    def read(self, seats: Iterable[Seat], turn: AnchorReading.Turn, begin: datetime, end: datetime) -> None:
        """Everybody of these scores all anchors, at moments between the two."""
        pairs = [(seat, anchor) for seat in seats for anchor in AnchorEssay.objects.filter(contest=seat.contest_id)]
        for (seat, anchor), moment in zip(pairs, self.telling.moments(begin, end, len(pairs)), strict=True):
            with self.telling.at(moment):
                score_anchor(seat, anchor, turn, self._marks(seat, anchor, turn))

    def _marks(self, seat: Seat, anchor: AnchorEssay, turn: AnchorReading.Turn) -> dict[int, Decimal]:
        hand, chance = Random(seat.email), Random(f"{seat.email}:{anchor.position}:{turn}")
        level = LEVEL[_written()[anchor.position - 1]["quality"]] + hand.uniform(-STRICTNESS, STRICTNESS) * 2
        if turn == AnchorReading.Turn.SECOND:
            level += hand.uniform(-DRIFT, DRIFT)
        criteria = Criterion.objects.filter(rubric__contest=self.telling.contest).order_by("position", "pk")
        return {one.pk: self._points(level + chance.uniform(-TASTE, TASTE), one.maximum) for one in criteria}

    @staticmethod
    def _points(share: float, maximum: Decimal) -> Decimal:
        return Decimal(round(float(maximum) * min(max(share, 0), 1)))


@cache
def _written() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((HERE / "anchors.toml").read_text(encoding="utf-8"))["anchors"]
    return rows
