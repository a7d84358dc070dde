"""What judging tells the contest that must not know it, and its own lower slices. Filled once, at start."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.dispatch import receiver

from essays.contests import hooks
from essays.contests.models import Contest
from essays.entries import leftovers
from essays.ledger.phrases import name_subjects
from essays.people.models import Institution
from essays.people.signals import institutions_merged, institutions_parted
from judging.anchors import actions as anchors
from judging.anchors.models import AnchorReading
from judging.appeals import actions as appeals
from judging.assignments.models import Assignment
from judging.panels.models import Seat
from judging.panels.signals import keys_changed, told
from judging.ranking.gates import GATES, PENDING_TIES
from judging.ranking.models import Ranking
from judging.results import documents
from judging.reviews.models import Review
from judging.rubrics import actions as rubrics
from judging.rubrics.access import scoring_checks
from judging.session import gate as session_gate


def judging_has_begun(contest: Contest) -> bool:
    """From the first essay that was given to a judge on."""
    return Assignment.objects.filter(contest=contest).exists()


def scoring_has_begun(contest: Contest) -> bool:
    return Review.objects.filter(assignment__contest=contest).exists()


def ranking_is_approved(contest: Contest) -> bool:
    return Ranking.objects.in_force().filter(contest=contest).exists()


def anchors_were_read(contest: Contest) -> bool:
    return AnchorReading.objects.filter(anchor__contest=contest).exists()


def names_of_seats(references: Iterable[str]) -> Mapping[str, str]:
    return {str(seat.pk): str(seat) for seat in Seat.objects.filter(pk__in=list(references))}


hooks.publishing_checks.append(rubrics.publishing_problems)
hooks.copiers.append(rubrics.copy_rules)
hooks.copiers.append(anchors.copy_anchors)
hooks.copiers.append(documents.copy_design)
hooks.judging_checks.append(judging_has_begun)
hooks.approval_checks.append(ranking_is_approved)
scoring_checks.append(scoring_has_begun)
scoring_checks.append(anchors_were_read)
name_subjects("seat", names_of_seats)
leftovers.owners.append((documents.NAMES_OF_BUNDLES, documents.files_of_bundles))
GATES.append(session_gate.problems)
PENDING_TIES.append(appeals.ties_waiting)


@receiver(institutions_merged)
def seats_follow(
    sender: type, *, source: Institution, target: Institution, actor: Any, moved: dict[str, Any], **kwargs: Any
) -> list[int]:
    """Judges of either are judges of the one; essays that they must not read any more go to others."""
    owed, theirs = [], []
    for seat in Seat.objects.filter(institutions__in=[source, target]).select_related("contest").distinct():
        named = set(seat.institutions.values_list("pk", flat=True))
        if source.pk in named:
            theirs.append({"seat": seat.pk, "both": target.pk in named})
        seat.institutions.remove(source)
        seat.institutions.add(target)
        owed += told(keys_changed, Seat, seat=seat, actor=actor)
    moved["seats"] = theirs
    return owed


@receiver(institutions_parted)
def seats_return(
    sender: type, *, source: Institution, target: Institution, actor: Any, moved: dict[str, Any], **kwargs: Any
) -> list[int]:
    """Judges who had named the one have named it again, and the other only where they had."""
    owed = []
    both = {one["seat"]: one["both"] for one in moved["seats"]}
    for seat in Seat.objects.filter(pk__in=both, institutions=target).select_related("contest"):
        seat.institutions.add(source)
        if not both[seat.pk]:
            seat.institutions.remove(target)
        owed += told(keys_changed, Seat, seat=seat, actor=actor)
    return owed
