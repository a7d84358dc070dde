"""The announcement and what comes with it. From here on names are open, as far as consent reaches."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Contest
from essays.entries.models import Entry
from judging.ranking.models import RankedCopy, Ranking


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def open(self, at: datetime) -> "AnnouncementQuerySet":
        """The gate: announcements that may be read at this moment. Nothing else decides it."""
        return self.filter(state=Announcement.State.ANNOUNCED, at__lte=at)

    def unfinished(self, at: datetime) -> "AnnouncementQuerySet":
        """Begun and not completed: documents are owed, or letters whose moment has come."""
        owed = Q(state=Announcement.State.ANNOUNCING) | Q(completed_at=None, at__lte=at)
        return self.filter(owed).order_by("pk")


class Announcement(models.Model):
    """The one deliberate act that opens the results of a contest.

    ``at`` is the moment from which anything of it may be read; the gate is ``state == announced and at <= now``.
    """

    class State(models.TextChoices):
        ANNOUNCING = "announcing", _("letters are being written")
        ANNOUNCED = "announced", _("announced")

    MOVES = {State.ANNOUNCING: {State.ANNOUNCED}, State.ANNOUNCED: {State.ANNOUNCING}}

    contest = models.OneToOneField(Contest, on_delete=models.PROTECT, related_name="announcement")
    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=State, default=State.ANNOUNCING)
    at = models.DateTimeField()
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # When the last letter was written.
    completed_at = models.DateTimeField(null=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["announcing", "announced"]), name="announcement_state_known")
        ]

    def __str__(self) -> str:
        return f"announcement of {self.contest_id}"


class AwardQuerySet(models.QuerySet["Award"]):
    def standing(self) -> "AwardQuerySet":
        """Of entries that are still admitted: who is disqualified afterwards is shown and told nothing."""
        return self.filter(entry__state=Entry.State.ADMITTED)


class Award(models.Model):
    """An entry's announced result: the envelope opened. Every admitted entry has one, awarded or not."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="awards")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="awards")
    row = models.OneToOneField(RankedCopy, on_delete=models.PROTECT, related_name="award")
    award_key = models.SlugField(max_length=40, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["announcement", "entry"], name="award_entry_once")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.award_key or 'participant'}"


class DiplomaQuerySet(models.QuerySet["Diploma"]):
    def for_document(self) -> "DiplomaQuerySet":
        """Documents that stand, with everything that they say, in one query."""
        return self.filter(award__entry__state=Entry.State.ADMITTED).select_related(
            "award__row",
            "award__announcement__contest",
            "award__announcement__ranking",
            "award__entry__institution",
            "award__entry__nomination",
            "award__entry__contest",
        )


class Diploma(models.Model):
    """A numbered document. The number is checked on a public page; the PDF is made when asked for."""

    class Kind(models.TextChoices):
        DIPLOMA = "diploma", _("diploma")
        CERTIFICATE = "certificate", _("certificate")
        THANKS = "thanks", _("letter of thanks")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="diplomas")
    kind = models.CharField(max_length=16, choices=Kind)
    number = models.CharField(max_length=32, unique=True)
    issued_at = models.DateTimeField()

    objects = DiplomaQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["award", "kind"], name="diploma_kind_once")]

    def __str__(self) -> str:
        return self.number
