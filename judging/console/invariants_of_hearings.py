"""What must be true of the jury's meetings and of appeals."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef

from judging.appeals.models import Appeal, AppealMember
from judging.assignments.models import Assignment
from judging.console.stating import invariant
from judging.ranking.models import CorrectedScore
from judging.session.models import Attendance, Ballot, Question


@invariant("nobody hears an appeal about an essay that they have had to read")
def appeals_are_heard_afresh() -> Iterator[str]:
    had = Assignment.objects.filter(seat=OuterRef("seat"), copy__code=OuterRef("appeal__copy__code"))
    for pk in AppealMember.objects.filter(Exists(had)).order_by("pk").values_list("pk", flat=True):
        yield f"member {pk} of an appeal has had the essay to read"


@invariant("a decided appeal was heard by as many as the contest asks for, and its points are what the ranking counts")
def appeals_are_decided_whole() -> Iterator[str]:
    for appeal in Appeal.objects.filter(state=Appeal.State.DECIDED).select_related("contest").order_by("pk"):
        members = list(appeal.members.all())
        if len(members) < appeal.contest.appeal_members or not all(one.heard for one in members):
            yield f"appeal {appeal.pk} was decided by too few"
        corrected = CorrectedScore.objects.filter(copy=appeal.copy_id).first()
        if appeal.decision.get("changed") and (corrected is None or str(corrected.total) != appeal.decision["after"]):
            yield f"appeal {appeal.pk} is not what the ranking counts"


@invariant("only members of the jury who were there have voted, each in their own contest")
def votes_of_those_present() -> Iterator[str]:
    there = Attendance.objects.filter(session=OuterRef("question__session"), seat=OuterRef("seat")).exclude(
        presence=Attendance.Presence.ABSENT
    )
    settled = Ballot.objects.filter(question__state=Question.State.SETTLED)
    strangers = settled.exclude(seat__contest=F("question__session__contest")) | settled.exclude(Exists(there))
    for pk in strangers.order_by("pk").values_list("pk", flat=True).distinct():
        yield f"ballot {pk} is of somebody who was not there"
