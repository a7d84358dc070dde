"""Setting the anchors of a contest, and scoring one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from essays.contests.actions import claim_version
from essays.contests.models import Contest
from essays.contests.problems import Refused
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.people.models import User
from judging.anchors.access import anchor_lock, may_read
from judging.anchors.models import MOST_ANCHORS, AnchorEssay, AnchorReading
from judging.panels.models import Seat
from judging.reviews.actions import criteria_of, total_of

ROW = ("title", "text", "reference")


@transaction.atomic
def save_anchors(contest: Contest, version: int, rows: Sequence[Mapping[str, Any]], *, actor: User) -> None:
    """Make these the anchors of the contest, in this order. A row: ``id`` or None, and ROW.

    Raises ``Refused`` once somebody has read or scored, for more than three, and ``Outdated`` when another organizer
    was faster.
    """
    reason = anchor_lock(contest)
    if reason:
        raise Refused(reason)
    if len(rows) > MOST_ANCHORS:
        raise Refused(_("Three anchors are the most: each costs every judge two readings."))
    claim_version(contest, version)
    present = {one.pk: one for one in contest.anchors.all()}
    if any(row["id"] is not None and row["id"] not in present for row in rows):
        raise Refused(_("A row of this list is not there any more: open the page again."))
    contest.anchors.exclude(pk__in=[row["id"] for row in rows if row["id"] is not None]).delete()
    for position, row in enumerate(rows, start=1):
        anchor = present.get(row["id"]) or AnchorEssay(contest=contest)
        for name in ROW:
            setattr(anchor, name, row[name])
        anchor.position = position
        anchor.save()
    ledger.record("contest.anchors_changed", contest, actor=actor, data={"anchors": len(rows)})


def score_anchor(seat: Seat, anchor: AnchorEssay, turn: int, marks: Mapping[int, Decimal]) -> AnchorReading:
    """Keep a judge's points for an anchor. Raises ``Refused`` outside the time of judging, for a mark that is missing,
    and where this turn is scored already: a measure is not taken twice.
    """
    now = clock.now()
    if not may_read(seat.contest, now):
        raise Refused(_("Anchors are read while essays are scored."))
    total = total_of(marks, criteria_of(seat.contest))
    if total is None:
        raise Refused(_("Give points for every criterion; zero is possible too."))
    try:
        with transaction.atomic():
            return AnchorReading.objects.create(
                anchor=anchor,
                seat=seat,
                turn=turn,
                marks={str(criterion): f"{points:f}" for criterion, points in marks.items()},
                total=total,
                at=now,
            )
    except IntegrityError as twice:
        raise Refused(_("You have scored this anchor already.")) from twice


def copy_anchors(source: Contest, contest: Contest) -> None:
    """Give a new contest the anchors of an earlier one."""
    for one in source.anchors.all():
        values = {name: getattr(one, name) for name in ROW}
        AnchorEssay.objects.create(contest=contest, position=one.position, **values)
