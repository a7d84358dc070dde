"""Taking scored reviews out before the results are frozen, and bringing them back: rows only, by an organizer."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Contest
from essays.ledger import clock
from essays.ledger.states import SomeoneWasFirst, move
from judging.assignments import letters
from judging.assignments.models import Assignment, Removal
from judging.assignments.substitutes import find_others, third_of
from judging.assignments.writing import Dealt, Refused, withdraw
from judging.panels.keys import keys_of_seats
from judging.panels.models import Seat
from judging.rubrics.access import keep_open
from judging.rubrics.models import JudgingRules

State, Round = Assignment.State, Assignment.Round


@dataclass(frozen=True)
class Removed:
    """What came of a removal: how many reviews are out, who reads instead, letters to send."""

    reviews: int
    dealt: Dealt
    letters: list[int]


@dataclass(frozen=True)
class Restored:
    """``reviews``: brought back; ``kept_out``: those that cannot come back (a conflict, another third has scored);
    ``relieved``: readings in their place that nobody had begun and that were taken back.
    """

    reviews: int
    kept_out: int
    relieved: int
    letters: list[int]


def remove(seat: Seat, only: Collection[int] | None, reason: str, *, actor: Any, tell: bool) -> Removed:
    """Take scored reviews of a judge out, and let others read those essays, also after the end of judging.

    ``only``: ids of assignments; None: all that the judge has scored. What is open stays on the judge's desk.
    ``tell``: the judge gets a letter. Raises ``Refused`` without a reason, with nothing to remove and after the freeze.
    """
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say why: the reason is kept with the review."))
    with transaction.atomic():
        _open(seat.contest)
        mine = Assignment.objects.filter(seat=seat).done()
        if only is not None:
            mine = mine.filter(pk__in=only)
        gone = _moved(mine.select_related("copy__contest").defer("copy__html", "copy__text"), State.REMOVED, actor)
        if not gone:
            raise Refused(_("There is no scored review to remove."))
        now = clock.now()
        Removal.objects.bulk_create(
            [Removal(assignment=one, reason=reason, by=actor, at=now, told=tell) for one in gone]
        )
        dealt = find_others(seat.contest, gone, late=True)
        owed = letters.reviews_removed(seat, len(gone), now) if tell else []
        return Removed(len(gone), dealt, dealt.letters + owed)


def restore(seat: Seat, only: Collection[int] | None, *, actor: Any, tell: bool) -> Restored:
    """Bring removed reviews of a judge back as they were; readings in their place that nobody has begun end.

    What others have begun or scored in their place stays and counts as well. Raises ``Refused`` after the freeze.
    """
    with transaction.atomic():
        _open(seat.contest)
        mine = Assignment.objects.filter(seat=seat, state=State.REMOVED)
        if only is not None:
            mine = mine.filter(pk__in=only)
        asked = list(mine.select_related("copy__contest").defer("copy__html", "copy__text"))
        keys = keys_of_seats(seat.contest, [seat])[seat.pk]
        free = [one for one in asked if keys.isdisjoint(one.copy.conflict_keys)]
        relieved = _relieve_thirds([one for one in free if one.round == Round.THIRD], actor)
        able = [one for one in free if one.round != Round.THIRD or third_of(one.copy) is None]
        back = _moved(able, State.DONE, actor, action="assignment.restored")
        now = clock.now()
        Removal.objects.filter(assignment__in=back, undone_at=None).update(undone_at=now)
        relieved += _relieve_surplus(seat.contest, [one.copy_id for one in back], actor)
        owed = letters.reviews_restored(seat, len(back), now) if tell and back else []
        return Restored(len(back), len(asked) - len(back), relieved, owed)


def _open(contest: Contest) -> None:
    if not keep_open(contest):
        raise Refused(_("The ranking is approved: its reviews stay as they are."))


def _moved(assignments: Iterable[Assignment], to: str, actor: Any, action: str = "") -> list[Assignment]:
    done = []
    for one in assignments:
        try:
            move(one, to, actor=actor, action=action)
        except SomeoneWasFirst:
            continue  # opened again or given back in this very moment
        done.append(one)
    return done


def _relieve_thirds(removed: list[Assignment], actor: Any) -> int:
    instead = Assignment.objects.filter(copy__in=[one.copy_id for one in removed], round=Round.THIRD).waiting()
    return withdraw(instead, actor=actor, reason="restored")


def _relieve_surplus(contest: Contest, copies: list[int], actor: Any) -> int:
    """Readings beyond what is wanted and not begun are taken back, the latest first."""
    rules = JudgingRules.objects.filter(contest=contest).first()
    look = getattr(contest, "second_look", None)
    wanted = {Round.FIRST: rules.reviews_per_entry if rules else 1, Round.SECOND_LOOK: look.readings if look else 0}
    count = 0
    for round_, readings in wanted.items():
        of_round = Assignment.objects.filter(copy__in=copies, round=round_)
        over = {
            copy: number - readings
            for copy, number in of_round.standing().values_list("copy_id").annotate(Count("pk")).order_by()
            if number > readings
        }
        untouched = of_round.waiting().filter(copy__in=list(over)).exclude(Q(review__version__gt=0))
        ended: Counter[int] = Counter()
        for one in untouched.order_by("-assigned_at", "-pk"):
            if ended[one.copy_id] < over[one.copy_id]:
                ended[one.copy_id] += withdraw([one], actor=actor, reason="restored")
        count += ended.total()
    return count
