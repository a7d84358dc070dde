"""Where every entry of a contest stands: read-only, in a flat number of queries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.entries.models import Entry, Essay
from essays.ledger.prepared import prepared, prepared_numbers
from essays.outbox.models import Letter
from judging.assignments.models import LATE, Assignment
from judging.panels.models import Seat
from judging.ranking.models import Ranking
from judging.results.models import Announcement
from judging.reviews.disagreement import in_disagreement
from judging.rubrics.models import JudgingRules

ALIVE = [Entry.State.RECEIVED, Entry.State.RETURNED, Entry.State.ADMITTED]


@dataclass(frozen=True)
class Board:
    """Numbers of entries at each stage, and of what waits for a person.

    Each stage counts the entries that have reached it; ``copies_made`` are copies that exist, held ones included.
    """

    drafts: int
    received: int
    to_decide: int
    returned: int
    rejected: int
    withdrawn: int
    admitted: int
    copies_owed: int
    copies_failed: int
    copies_made: int
    copies_held: int
    in_competition: int
    assigned: int
    reviewed: int
    ranked: int
    reviews_wanted: int
    reviews_open: int
    reviews_overdue: int
    seats_invited: int
    seats_accepted: int
    thirds_missing: int
    second_look_planned: bool
    letters_failed: int
    ranking_approved: bool
    announcement: Announcement | None

    @property
    def short_of_judges(self) -> int:
        """Entries in competition with fewer standing assignments than the rules want."""
        return self.in_competition - self.assigned


def board_of(contest: Contest, at: datetime) -> Board:
    """All numbers of one contest's board. Rules, announcement and second look best come with the contest."""
    rules: JudgingRules | None = getattr(contest, "judging_rules", None)
    wanted = rules.reviews_per_entry if rules else 1
    states = dict(_entries_by_state(contest.pk))
    copies_owed, copies_failed, copies_made, copies_held = _copies(contest.pk)
    in_competition, assigned, reviewed = _judged(contest.pk, wanted)
    invited, accepted = _seats(contest.pk)
    in_force = _ranked(contest.pk)
    received = sum(number for state, number in states.items() if state != Entry.State.DRAFT)
    return Board(
        drafts=states.get(Entry.State.DRAFT, 0),
        received=received,
        to_decide=states.get(Entry.State.RECEIVED, 0),
        returned=states.get(Entry.State.RETURNED, 0),
        rejected=states.get(Entry.State.REJECTED, 0) + states.get(Entry.State.DISQUALIFIED, 0),
        withdrawn=states.get(Entry.State.WITHDRAWN, 0),
        admitted=states.get(Entry.State.ADMITTED, 0),
        copies_owed=copies_owed,
        copies_failed=copies_failed,
        copies_made=copies_made,
        copies_held=copies_held,
        in_competition=in_competition,
        assigned=assigned,
        reviewed=reviewed,
        ranked=in_force[0] if in_force else 0,
        reviews_wanted=wanted * in_competition,
        reviews_open=_reviews_open(contest.pk)[0],
        reviews_overdue=_overdue(contest, at),
        seats_invited=invited,
        seats_accepted=accepted,
        thirds_missing=len(in_disagreement(contest, rules)),
        second_look_planned=_second_look_planned(contest, rules),
        letters_failed=_letters_failed(contest.pk)[0],
        ranking_approved=bool(in_force),
        announcement=getattr(contest, "announcement", None),
    )


@prepared
def _entries_by_state(contest: int) -> QuerySet[Entry, tuple[str, int]]:
    return Entry.objects.filter(contest=contest).values_list("state").annotate(number=Count("pk")).order_by()


@prepared_numbers
def _copies(contest: int) -> dict[str, int]:
    """Owed, failed, made, held."""
    alive = Essay.objects.current().filter(entry__contest=contest, entry__state__in=ALIVE)
    return alive.aggregate(
        owed=Count("pk", filter=Q(state__in=[Essay.State.WAITING, Essay.State.BLINDING])),
        failed=Count("pk", filter=Q(state__in=[Essay.State.FAILED, Essay.State.QUARANTINED])),
        made=Count("pk", filter=Q(state=Essay.State.BLINDED)),
        held=Count("pk", filter=Q(blind_copy__state=BlindCopy.State.HELD)),
    )


@prepared_numbers
def _judged(contest: int, wanted: int) -> dict[str, int]:
    """Copies in the competition; those with enough readers, and with enough reviews."""
    standing = Q(assignments__state__in=[Assignment.State.WAITING, Assignment.State.DONE])
    copies = BlindCopy.objects.filter(contest=contest).in_competition()
    counted = copies.annotate(
        standing=Count("assignments", filter=standing),
        done=Count("assignments", filter=Q(assignments__state=Assignment.State.DONE)),
    )
    return counted.aggregate(
        copies=Count("pk"),
        assigned=Count("pk", filter=Q(standing__gte=wanted)),
        reviewed=Count("pk", filter=Q(done__gte=wanted)),
    )


@prepared_numbers
def _seats(contest: int) -> dict[str, int]:
    """Invited, accepted."""
    return Seat.objects.filter(contest=contest).aggregate(
        invited=Count("pk", filter=Q(state=Seat.State.INVITED)),
        accepted=Count("pk", filter=Q(state=Seat.State.ACCEPTED)),
    )


@prepared
def _ranked(contest: int) -> QuerySet[Ranking, int]:
    """No row where no ranking is in force; one that is may have ranked nothing."""
    rankings = Ranking.objects.in_force().filter(contest=contest)
    return rankings.annotate(number=Count("rows")).values_list("number", flat=True)[:1]


@prepared_numbers
def _reviews_open(contest: int) -> int:
    return Assignment.objects.filter(contest=contest).waiting().readable().count()


@prepared_numbers
def _letters_failed(contest: int) -> int:
    return Letter.objects.filter(contest=contest, state=Letter.State.FAILED).count()


def _overdue(contest: Contest, at: datetime) -> int:
    """Open readings whose time is over; what was asked for late has the time of the jury's session."""
    if at < contest.judging_ends_at:
        return 0
    waiting = Assignment.objects.filter(contest=contest).waiting().readable()
    in_time = at < max(contest.judging_ends_at, contest.session_ends_at)
    return waiting.exclude(LATE).count() if in_time else waiting.count()


def _second_look_planned(contest: Contest, rules: JudgingRules | None) -> bool:
    """Do the rules want a second look that nobody has ordered yet?"""
    return bool(rules and rules.second_look_share) and not hasattr(contest, "second_look")
