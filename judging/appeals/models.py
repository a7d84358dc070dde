"""Appeals against results: what an author writes, who hears it, what they find."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.entries.models import Entry
from judging.panels.models import Seat


class AppealQuerySet(models.QuerySet["Appeal"]):
    def of_contest(self, contest: Contest) -> "AppealQuerySet":
        return self.filter(contest=contest)

    def unread(self) -> "AppealQuerySet":
        """Filed and not yet freed of names: what a lost bell left behind."""
        return self.filter(blinded_at=None, state=Appeal.State.FILED).order_by("pk")


class Appeal(models.Model):
    """One author's appeal against one result. ``text`` is as written; those who hear it get ``blind_text``."""

    class State(models.TextChoices):
        FILED = "filed", _("filed")
        HEARING = "hearing", _("being heard")
        DECIDED = "decided", _("decided")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("the points stay")
        RAISED = "raised", _("the points rise")
        LOWERED = "lowered", _("the points fall")

    MOVES = {
        State.FILED: {State.HEARING, State.WITHDRAWN},
        State.HEARING: {State.DECIDED, State.WITHDRAWN},
        State.DECIDED: set(),
        State.WITHDRAWN: set(),
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    copy = models.ForeignKey(BlindCopy, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=State, default=State.FILED)
    text = models.TextField(_("what you disagree with, and why"), max_length=4000)
    blind_text = models.TextField(blank=True)
    blinded_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField()
    hear_by = models.DateTimeField()
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    # The total before and after, and the points by criterion that it rests on, as decimals in text.
    decision = models.JSONField(default=dict)
    answer = models.TextField(_("answer to the author"), max_length=4000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["contest", "state", "hear_by"], name="appeal_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["filed", "hearing", "decided", "withdrawn"]), name="appeal_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk}"


class AppealMemberQuerySet(models.QuerySet["AppealMember"]):
    def of(self, user: object) -> "AppealMemberQuerySet":
        return self.filter(seat__user=user, seat__state=Seat.State.ACCEPTED)

    def open(self) -> "AppealMemberQuerySet":
        return self.filter(appeal__state=Appeal.State.HEARING)


class AppealMember(models.Model):
    """One of those who hear an appeal: did not review the entry. ``marks``: position of a criterion → points found."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="members")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    marks = models.JSONField(default=dict)
    reason = models.TextField(_("why"), max_length=4000, blank=True)
    found_at = models.DateTimeField(null=True)

    objects = AppealMemberQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appeal", "seat"], name="appeal_member_once")]

    def __str__(self) -> str:
        return f"{self.seat_id} hears {self.appeal_id}"

    @property
    def heard(self) -> bool:
        return self.found_at is not None
