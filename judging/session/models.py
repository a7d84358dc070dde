"""Meetings of the jury, as their secretary writes them down."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Contest
from judging.panels.models import Seat


class JurySessionQuerySet(models.QuerySet["JurySession"]):
    def with_counts(self) -> "models.QuerySet[Any]":
        """Each with ``voters``, how many members have a vote, and ``there``, how many of them take part.

        Of a closed meeting as it was then: who joins or leaves the jury later changes nothing of it.
        """
        voters = Seat.objects.filter(contest=models.OuterRef("contest")).reading().order_by()
        there = Attendance.objects.filter(session=models.OuterRef("pk")).exclude(presence="absent").order_by()
        there = there.filter(seat__in=Seat.objects.all().reading().order_by().values("pk"))
        return self.annotate(
            voters=Coalesce("members_then", _number_of(voters, "contest")),
            there=Coalesce("present_then", _number_of(there, "session")),
        )

    def counts(self) -> "models.QuerySet[Any, tuple[str, str, int, int]]":
        """State, quorum, ``voters`` and ``there``; one question."""
        return self.with_counts().values_list("state", "quorum", "voters", "there")


def _number_of(rows: models.QuerySet[Any], by: str) -> Coalesce:
    counted = rows.values(by).annotate(number=models.Count("pk")).values("number")
    return Coalesce(models.Subquery(counted), 0)


class JurySession(models.Model):
    """One meeting. Votes count only with the quorum that was chosen when it was opened."""

    class State(models.TextChoices):
        OPEN = "open", _("under way")
        CLOSED = "closed", _("closed")

    MOVES = {State.OPEN: {State.CLOSED}, State.CLOSED: set()}

    class Quorum(models.TextChoices):
        HALF = "half", _("more than half of the members")
        TWO_THIRDS = "two_thirds", _("two thirds of the members")
        ALL = "all", _("all members")

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=State, default=State.OPEN)
    held_at = models.DateTimeField(_("day and hour"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    quorum = models.CharField(_("quorum"), max_length=16, choices=Quorum, default=Quorum.TWO_THIRDS)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    # How many had a vote and how many of them were there when it was closed.
    members_then = models.PositiveSmallIntegerField(null=True)
    present_then = models.PositiveSmallIntegerField(null=True)

    objects = JurySessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="session_number_once"),
            models.UniqueConstraint(fields=["contest"], condition=Q(state="open"), name="session_open_once"),
            models.CheckConstraint(condition=Q(state__in=["open", "closed"]), name="session_state_known"),
        ]

    def __str__(self) -> str:
        return f"session {self.contest_id}/{self.number}"


class Attendance(models.Model):
    """Whether a member took part. Nobody votes for somebody else."""

    class Presence(models.TextChoices):
        PRESENT = "present", _("present")
        REMOTE = "remote", _("by video")
        ABSENT = "absent", _("absent")

    session = models.ForeignKey(JurySession, on_delete=models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(max_length=16, choices=Presence)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.presence}"


class Question(models.Model):
    """What was put to the vote. A tie names its entries by code; the outcome is written when it is settled."""

    class Kind(models.TextChoices):
        TIE = "tie", _("which entry goes first")
        AWARD = "award", _("an award is given to nobody")
        DECISION = "decision", _("decision")

    class State(models.TextChoices):
        OPEN = "open", _("being voted on")
        SETTLED = "settled", _("settled")

    MOVES = {State.OPEN: {State.SETTLED}, State.SETTLED: set()}

    session = models.ForeignKey(JurySession, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=Kind)
    state = models.CharField(max_length=16, choices=State, default=State.OPEN)
    text = models.CharField(_("what is decided"), max_length=500)
    codes = models.JSONField(default=list)
    # Of an award: ids of category and nomination (None: all), key of the award, place (None: all).
    target = models.JSONField(default=dict)
    # choice, counts by choice, and whether the chair's vote decided between equal numbers.
    outcome = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="question_number_once"),
            models.CheckConstraint(condition=Q(state__in=["open", "settled"]), name="question_state_known"),
        ]

    def __str__(self) -> str:
        return f"question {self.session_id}/{self.number}"


class Ballot(models.Model):
    """One member's open vote: a code, «share», «yes», «no» or «abstain»."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="ballots")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "seat"], name="ballot_once")]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.choice}"


class Dissent(models.Model):
    """A dissenting opinion, in the member's own words; it is printed with the protocol."""

    session = models.ForeignKey(JurySession, on_delete=models.CASCADE, related_name="dissents")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", verbose_name=_("whose opinion"))
    text = models.TextField(_("dissenting opinion"), max_length=4000)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="dissent_once")]

    def __str__(self) -> str:
        return f"dissent of {self.seat_id}"
