"""What must be true of the database at any moment, each as one question to it.

``manage.py check_invariants`` asks all of them. An answer names rows by kind and number, never a person.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, Exists, F, OuterRef, Q

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.entries.consents import signers_of
from essays.entries.identity import conflict_keys_of
from essays.entries.models import Consent, Entry, Essay
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.outbox.models import Letter
from judging.assignments.models import Assignment
from judging.panels.keys import keys_of_seats
from judging.panels.models import Seat
from judging.ranking.decimals import text
from judging.ranking.models import RankedCopy, Ranking
from judging.ranking.record import outline_of, sha256_of
from judging.results import letters, page
from judging.results.models import Announcement, Award, Diploma
from judging.reviews.models import Mark, Review
from judging.rubrics.models import Criterion, JudgingRules

Check = Callable[[], Iterable[str]]
STANDING = [Assignment.State.WAITING, Assignment.State.DONE]
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Invariant:
    """``name`` is its function's; ``says`` the sentence that must be true; ``violations`` names what breaks it."""

    name: str
    says: str
    violations: Check


INVARIANTS: list[Invariant] = []


def invariant(says: str) -> Callable[[Check], Check]:
    def registered(check: Check) -> Check:
        INVARIANTS.append(Invariant(check.__name__, says, check))
        return check

    return registered


# --- Entries and their copies -------------------------------------------------------------------------------


@invariant("every sent entry has exactly one current essay")
def one_current_essay() -> Iterator[str]:
    current = Count("essays", filter=Q(essays__is_current=True))
    for entry in Entry.objects.sent().annotate(current=current).exclude(current=1).order_by("pk"):
        yield f"entry {entry.pk} has {entry.current} current essays"


@invariant("a version of an essay has a blind copy exactly when it is blinded")
def one_copy_per_version() -> Iterator[str]:
    bare = Essay.objects.filter(state=Essay.State.BLINDED, blind_copy=None)
    for pk in bare.order_by("pk").values_list("pk", flat=True):
        yield f"essay {pk} is blinded and has no copy"


@invariant("every living copy belongs to one current essay and carries its entry's code, category and nomination")
def copies_belong() -> Iterator[str]:
    owner = Essay.objects.filter(
        blind_copy=OuterRef("pk"),
        is_current=True,
        entry__contest=OuterRef("contest"),
        entry__code=OuterRef("code"),
        entry__category=OuterRef("category"),
        entry__nomination=OuterRef("nomination"),
    )
    alive = BlindCopy.objects.exclude(state=BlindCopy.State.SUPERSEDED).exclude(Exists(owner))
    for pk in alive.order_by("pk").values_list("pk", flat=True):
        yield f"copy {pk} does not fit the entry behind it"


@invariant("a copy is admitted exactly when its entry is")
def admitted_alike() -> Iterator[str]:
    apart = (
        Essay.objects.current().filter(blind_copy__isnull=False).exclude(blind_copy__state=BlindCopy.State.SUPERSEDED)
    )
    admitted = Q(entry__state=Entry.State.ADMITTED)
    apart = apart.filter((admitted & Q(blind_copy__admitted=False)) | (~admitted & Q(blind_copy__admitted=True)))
    for pk in apart.order_by("pk").values_list("entry_id", flat=True):
        yield f"entry {pk} and its copy disagree about admission"


# --- Judges and reviews -------------------------------------------------------------------------------------


@invariant("no standing assignment breaks a conflict rule")
def no_conflicts() -> Iterator[str]:
    for contest in Contest.objects.filter(seats__assignments__state__in=STANDING).distinct().order_by("pk"):
        seats = Seat.objects.filter(contest=contest)
        keys = keys_of_seats(contest, seats)
        entries = {
            essay.blind_copy_id: conflict_keys_of(essay.entry)
            for essay in Essay.objects.filter(entry__contest=contest, blind_copy__isnull=False).select_related(
                "entry__contest", "entry__institution", "entry__owner"
            )
        }
        standing = Assignment.objects.filter(contest=contest, state__in=STANDING).order_by("pk")
        for pk, seat_id, copy_id, kept in standing.values_list("pk", "seat_id", "copy_id", "copy__conflict_keys"):
            if keys[seat_id] & {*kept, *entries.get(copy_id, ())}:
                yield f"assignment {pk}: the judge has a conflict of interest"


@invariant("no judge has a copy to read that is out of the competition")
def nothing_stale_to_read() -> Iterator[str]:
    stale = Assignment.objects.waiting().filter(copy__state__in=[BlindCopy.State.SUPERSEDED, BlindCopy.State.RETIRED])
    for pk in stale.order_by("pk").values_list("pk", flat=True):
        yield f"assignment {pk} waits for a copy that is gone"


@invariant("a copy has at most one standing third review")
def one_third() -> Iterator[str]:
    thirds = Assignment.objects.filter(round=Assignment.Round.THIRD, state__in=STANDING)
    for copy_id in (
        thirds.values("copy_id")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .order_by("copy_id")
        .values_list("copy_id", flat=True)
    ):
        yield f"copy {copy_id} has more than one third reviewer"


@invariant("a review that an organizer took out has one reason that stands, and every other has none")
def removals_have_reasons() -> Iterator[str]:
    standing = Count("removals", filter=Q(removals__undone_at=None))
    rows = Assignment.objects.annotate(reasons=standing)
    removed = Q(state=Assignment.State.REMOVED)
    apart = rows.filter((removed & ~Q(reasons=1)) | (~removed & Q(reasons__gt=0)))
    for pk in apart.order_by("pk").values_list("pk", flat=True):
        yield f"assignment {pk} and the reason of its removal disagree"


@invariant("an assignment is done exactly when its review is submitted")
def done_when_submitted() -> Iterator[str]:
    submitted = Q(review__state=Review.State.SUBMITTED)
    done = Q(state=Assignment.State.DONE)
    apart = Assignment.objects.filter(state__in=STANDING).filter((done & ~submitted) | (~done & submitted))
    for pk in apart.order_by("pk").values_list("pk", flat=True):
        yield f"assignment {pk} and its review disagree"


@invariant("a submitted review has a mark for every criterion, and its total is their weighted sum")
def totals_are_sums() -> Iterator[str]:
    wanted: dict[int, int] = dict(
        Criterion.objects.values_list("rubric__contest_id").annotate(n=Count("pk")).order_by()
    )
    rows = (
        Mark.objects.filter(review__state=Review.State.SUBMITTED)
        .order_by("review_id")
        .values_list("review_id", "review__total", "review__assignment__contest_id", "points", "criterion__weight")
    )
    seen = set()
    for review_id, group in groupby(rows.iterator(), key=itemgetter(0)):
        marks = list(group)
        seen.add(review_id)
        total = sum((points * weight for *_, points, weight in marks), Decimal(0))
        _id, kept, contest_id, *_ = marks[0]
        if kept is None or total.quantize(HUNDREDTH, ROUND_HALF_UP) != kept:
            yield f"review {review_id}: total {kept} is not the sum of its marks, {total}"
        if len(marks) != wanted.get(contest_id, 0):
            yield f"review {review_id} lacks a mark"
    empty = Review.objects.filter(state=Review.State.SUBMITTED).exclude(pk__in=seen)
    for pk in empty.order_by("pk").values_list("pk", flat=True):
        yield f"review {pk} is submitted without a mark"


# --- Rankings and results -----------------------------------------------------------------------------------


@invariant("a ranking's checksum is that of its record")
def checksums_hold() -> Iterator[str]:
    for ranking in Ranking.objects.order_by("pk").iterator():
        if sha256_of(ranking.record) != ranking.sha256:
            yield f"ranking {ranking.pk}: the record does not match its SHA-256"


@invariant("a ranking's rows are those of its record")
def rows_follow_the_record() -> Iterator[str]:
    for ranking in Ranking.objects.order_by("pk").iterator():
        said = {
            (
                entry["copy"],
                cell["number"],
                entry["score"],
                entry["place"],
                entry["award"],
                entry["award_place"],
            )
            for cell in ranking.record["cells"]
            for entry in cell["entries"]
        }
        rows = ranking.rows.values_list("copy_id", "cell", "score", "place", "award_key", "award_place")
        kept = {(copy, cell, text(score), *rest) for copy, cell, score, *rest in rows}
        if said != kept:
            yield f"ranking {ranking.pk}: {len(said ^ kept)} rows differ from the record"
        whole = {entry["copy"]: entry for cell in ranking.record["cells"] for entry in cell["entries"]}
        apart = [copy for copy, frozen in ranking.rows.values_list("copy_id", "frozen") if whole.get(copy) != frozen]
        if apart or ranking.outline != outline_of(ranking.record):
            yield f"ranking {ranking.pk}: what pages show of it is not what the record says"


@invariant("while a ranking is in force the reviews behind it are frozen, and otherwise they are not")
def frozen_while_approved() -> Iterator[str]:
    in_force = Exists(Ranking.objects.in_force().filter(contest=OuterRef("contest")))
    rules = JudgingRules.objects.annotate(in_force=in_force)
    apart = rules.filter(Q(in_force=True, results_frozen_at=None) | Q(in_force=False, results_frozen_at__isnull=False))
    for contest_id in apart.order_by("contest_id").values_list("contest_id", flat=True):
        yield f"contest {contest_id}: frozen and approved disagree"


@invariant("no review has changed since the ranking in force was approved")
def reviews_unchanged() -> Iterator[str]:
    for ranking in Ranking.objects.in_force().order_by("pk").iterator():
        said = {
            review["id"]: review["marks"]
            for cell in ranking.record["cells"]
            for entry in cell["entries"]
            for review in entry["reviews"]
        }
        kept: dict[int, dict[str, str | None]] = {}
        marks = Mark.objects.filter(review__assignment__contest=ranking.contest_id).values_list(
            "review_id", "criterion__position", "points"
        )
        for review_id, position, points in marks:
            kept.setdefault(review_id, {})[str(position)] = text(points)
        for review_id in sorted(said):
            if kept.get(review_id, {}) != said[review_id]:
                yield f"review {review_id} is not what ranking {ranking.pk} was made of"


@invariant("nothing is announced without the approved ranking that it rests on")
def announced_is_approved() -> Iterator[str]:
    loose = Announcement.objects.exclude(
        ranking__state=Ranking.State.APPROVED, ranking__settled_at__isnull=False, ranking__contest=F("contest")
    )
    for pk in loose.order_by("pk").values_list("pk", flat=True):
        yield f"announcement {pk} rests on no approved ranking"


@invariant("announced awards are the ranking's, each to the entry behind the copy")
def awards_follow_the_ranking() -> Iterator[str]:
    own = Essay.objects.filter(entry=OuterRef("entry"), blind_copy=OuterRef("row__copy"))
    wrong = Award.objects.exclude(Exists(own), award_key=F("row__award_key"), row__ranking=F("announcement__ranking"))
    for pk in wrong.order_by("pk").values_list("pk", flat=True):
        yield f"award {pk} is not what the ranking says"
    bare = RankedCopy.objects.filter(
        ranking__in=Announcement.objects.filter(state=Announcement.State.ANNOUNCED).values("ranking"), award=None
    )
    for pk in bare.order_by("pk").values_list("pk", flat=True):
        yield f"ranked copy {pk} was announced without its author"


@invariant("every announced award has its document, and a contest knows when it was announced")
def announced_completely() -> Iterator[str]:
    announced = Q(announcement__state=Announcement.State.ANNOUNCED)
    kinds = [Diploma.Kind.DIPLOMA, Diploma.Kind.CERTIFICATE]
    documents = Count("diplomas", filter=Q(diplomas__kind__in=kinds))
    bare = Award.objects.filter(announced).annotate(n=documents).exclude(n=1)
    for pk in bare.order_by("pk").values_list("pk", flat=True):
        yield f"award {pk} has no document, or two"
    apart = Announcement.objects.filter(state=Announcement.State.ANNOUNCED).exclude(contest__announced_at=F("at"))
    for pk in apart.order_by("pk").values_list("pk", flat=True):
        yield f"announcement {pk} and its contest disagree about the moment"


@invariant("the public results name nobody whose consent does not stand")
def nobody_named_without_consent() -> Iterator[str]:
    for announcement in Announcement.objects.open(clock.now()).select_related("ranking", "contest").order_by("pk"):
        given: dict[int, set[str]] = {}
        standing = Consent.objects.filter(
            entry__contest=announcement.contest, text__kind="dissemination", withdrawn_at=None
        )
        for entry_id, signer in standing.values_list("entry_id", "given_by"):
            given.setdefault(entry_id, set()).add(signer)
        entries = {
            award.row.copy.code: award.entry
            for award in announcement.awards.exclude(award_key="").select_related("entry", "row__copy")
        }
        for group in page.of_announcement(announcement, page.Chosen()).groups:
            for one in group.awarded:
                entry = entries[one.code]
                needed = {str(signer) for signer in signers_of(entry)}
                if (one.name or one.belongs) and not (needed and needed <= given.get(entry.pk, set())):
                    yield f"entry {entry.pk} is named without consent"


# --- Letters and the ledger ---------------------------------------------------------------------------------


@invariant("no letter is owed or sent twice for one cause")
def one_letter_per_cause() -> Iterator[str]:
    twice = Letter.objects.values("key").annotate(n=Count("pk")).filter(n__gt=1).order_by("key")
    for key in twice.values_list("key", flat=True):
        yield f"letter {key} exists twice"


@invariant("a completed announcement owes one letter to every entry that has a result, and none before its moment")
def one_letter_per_result() -> Iterator[str]:
    for announcement in Announcement.objects.order_by("pk"):
        prefix = f"result:{announcement.pk}:"
        keys = set(Letter.objects.filter(key__startswith=prefix).values_list("key", flat=True))
        awards = announcement.awards.values_list("entry_id", "entry__state")
        known = {f"{prefix}{entry_id}" for entry_id, _state in awards}
        told = {f"{prefix}{entry_id}" for entry_id, state in awards if state == Entry.State.ADMITTED}
        if announcement.completed_at is not None and not told <= keys <= known:
            yield f"announcement {announcement.pk}: letters and results differ"
        if keys and announcement.at > clock.now():
            yield f"announcement {announcement.pk}: letters are out before its moment"
    loose = Letter.objects.filter(name__in=[letters.AWARDED, letters.TOOK_PART], contest__announcement=None)
    for pk in loose.order_by("pk").values_list("pk", flat=True):
        yield f"letter {pk} tells a result that was never announced"


@invariant("the chain of the ledger is whole")
def ledger_is_whole() -> Iterator[str]:
    broken = ledger.verify()
    if broken is not None:
        yield f"the ledger does not fit at event {broken}"
