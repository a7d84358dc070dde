"""What must be true of rankings, of announcements and of what they say in public."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q

from essays.entries.consents import signers_of
from essays.entries.models import Consent, Essay
from essays.ledger import clock
from judging.console.stating import invariant
from judging.ranking.decimals import text
from judging.ranking.models import RankedCopy, Ranking
from judging.ranking.record import outline_of, sha256_of
from judging.results import page
from judging.results.models import Announcement, Award, Diploma
from judging.reviews.models import Mark
from judging.rubrics.models import JudgingRules


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
