"""What anchors show: to a judge the own drift, to an organizer who has read them. Read-only."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from essays.contests.models import Contest
from judging.anchors.drift import Drift, mean_change, median
from judging.anchors.models import AnchorEssay, AnchorReading
from judging.panels.models import Seat

FIRST, SECOND = AnchorReading.Turn.FIRST, AnchorReading.Turn.SECOND


@dataclass(frozen=True)
class OwnAnchor:
    """An anchor as its judge sees it. The panel's middle and the reference show after the own scoring only."""

    anchor: AnchorEssay
    drift: Drift


@dataclass(frozen=True)
class JudgeDrift:
    """A judge's readings, for the organizer."""

    seat: Seat
    drifts: tuple[Drift, ...]

    @property
    def mean_change(self) -> Decimal | None:
        return mean_change(self.drifts)


def own_anchors(seat: Seat) -> list[OwnAnchor]:
    """Two queries."""
    anchors = list(AnchorEssay.objects.filter(contest=seat.contest_id))
    totals = _totals(anchors)
    found = []
    for one in anchors:
        first, second = totals[one.pk, FIRST].get(seat.pk), totals[one.pk, SECOND].get(seat.pk)
        found.append(
            OwnAnchor(
                one,
                Drift(
                    first,
                    second,
                    _panel(totals[one.pk, FIRST]) if first is not None else None,
                    _panel(totals[one.pk, SECOND]) if second is not None else None,
                    one.reference if first is not None else None,
                ),
            )
        )
    return found


def judges_drifts(contest: Contest) -> list[JudgeDrift]:
    """Every judge who reads, in the panel's order; three queries."""
    anchors = list(contest.anchors.all())
    totals = _totals(anchors)
    medians = {key: _panel(by_seat) for key, by_seat in totals.items()}
    rows = []
    for seat in Seat.objects.filter(contest=contest).reading().for_panel():
        drifts = tuple(
            Drift(
                totals[one.pk, FIRST].get(seat.pk),
                totals[one.pk, SECOND].get(seat.pk),
                medians.get((one.pk, FIRST)),
                medians.get((one.pk, SECOND)),
                one.reference,
            )
            for one in anchors
        )
        rows.append(JudgeDrift(seat, drifts))
    return rows


def _panel(by_seat: dict[int, Decimal]) -> Decimal | None:
    """The panel's median; one judge alone is no panel."""
    return median(by_seat.values()) if len(by_seat) > 1 else None


def _totals(anchors: list[AnchorEssay]) -> dict[tuple[int, int], dict[int, Decimal]]:
    """Totals by seat, for each anchor and turn."""
    found: dict[tuple[int, int], dict[int, Decimal]] = defaultdict(dict)
    for anchor, turn, seat, total in AnchorReading.objects.filter(anchor__in=anchors).values_list(
        "anchor_id", "turn", "seat_id", "total"
    ):
        found[anchor, turn][seat] = total
    return found
