"""Names that are opened before the ranking is approved: one entry, one reason, two organizers, and not for long."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest


class NameOpeningQuerySet(models.QuerySet["NameOpening"]):
    def of_code(self, contest: Contest, code: str) -> "NameOpeningQuerySet":
        """All of one entry, newest first: a copy may have been made anew, the code stays."""
        return self.filter(contest=contest, copy__code=code).order_by("-asked_at", "-pk")

    def waiting(self) -> "NameOpeningQuerySet":
        """Asked for and answered by nobody; ``until`` may have passed."""
        return self.filter(state=NameOpening.State.ASKED)


class NameOpening(models.Model):
    """One organizer's wish to know whose an entry is, and another's word on it.

    ``until``: while asked, the last moment for the second word; once confirmed, the last moment at which the two may
    look. It holds no name: whose the entry is, is looked up at each view, and each view is in the ledger.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("waits for a second organizer")
        CONFIRMED = "confirmed", _("confirmed by a second organizer")
        DROPPED = "dropped", _("called off")

    MOVES = {State.ASKED: {State.CONFIRMED, State.DROPPED}, State.CONFIRMED: set(), State.DROPPED: set()}

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="+")
    copy = models.ForeignKey(BlindCopy, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=16, choices=State, default=State.ASKED)
    reason = models.TextField(_("reason"), max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    until = models.DateTimeField()

    objects = NameOpeningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["copy"], condition=Q(state="asked"), name="name_opening_asked_once"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "confirmed", "dropped"]), name="name_opening_state_known"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("asked_by")), name="name_opening_takes_two"
            ),
        ]

    def __str__(self) -> str:
        return f"name opening {self.pk}"

    def is_over(self, at: datetime) -> bool:
        return self.until <= at
