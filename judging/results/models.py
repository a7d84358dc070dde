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
        return self.filter(owed).exclude(state=Announcement.State.PROPOSED).order_by("pk")


class Announcement(models.Model):
    """The one deliberate act that opens the results of a contest.

    ``at`` is the moment from which anything of it may be read; the gate is ``state == announced and at <= now``.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second organizer")
        ANNOUNCING = "announcing", _("letters are being written")
        ANNOUNCED = "announced", _("announced")

    MOVES = {
        State.PROPOSED: {State.ANNOUNCING},
        State.ANNOUNCING: {State.ANNOUNCED},
        State.ANNOUNCED: {State.ANNOUNCING},
    }

    contest = models.OneToOneField(Contest, on_delete=models.PROTECT, related_name="announcement")
    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=State, default=State.ANNOUNCING)
    at = models.DateTimeField()
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The second organizer, where the contest asks for two.
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    # When the last letter was written.
    completed_at = models.DateTimeField(null=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "announcing", "announced"]), name="announcement_state_known"
            )
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
        documents = self.filter(award__entry__state=Entry.State.ADMITTED).select_related(
            "award__row",
            "award__announcement__contest",
            "award__announcement__ranking",
            "award__entry__institution",
            "award__entry__nomination",
            "award__entry__contest",
        )
        # The whole record is megabytes, and no document says anything that its outline does not know.
        return documents.defer("award__announcement__ranking__record")


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
    # The holder's name as an organizer has put it right for print; empty: as the application and the design say.
    printed_name = models.CharField(_("name as printed"), max_length=200, blank=True)

    objects = DiplomaQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["award", "kind"], name="diploma_kind_once")]

    def __str__(self) -> str:
        return self.number


class DocumentDesign(models.Model):
    """How a contest's documents look and what they say. A contest without one has the built-in words.

    ``wordings``: kind of document → heading, lead, reason (with {author}, {award}, {contest}) and case of the name
    (nominative or dative); a missing or empty text is the built-in one. Pictures are PNG rebuilt from their pixels.
    """

    contest = models.OneToOneField(Contest, on_delete=models.CASCADE, related_name="document_design")
    wordings = models.JSONField(default=dict)
    signer_post = models.CharField(_("post of the one who signs"), max_length=160, blank=True)
    signer_name = models.CharField(_("name of the one who signs"), max_length=100, blank=True)
    place = models.CharField(_("place of issue"), max_length=100, blank=True)
    emblem = models.BinaryField(default=bytes, blank=True)
    signature = models.BinaryField(default=bytes, blank=True)
    # Raised by every change: two organizers never overwrite each other silently.
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"documents of {self.contest_id}"


class DocumentBundleQuerySet(models.QuerySet["DocumentBundle"]):
    def owed(self, at: datetime) -> "DocumentBundleQuerySet":
        """Asked for and not begun, or left behind by a worker that died."""
        fresh = Q(state=DocumentBundle.State.WAITING)
        abandoned = Q(state=DocumentBundle.State.MAKING, lease_until__lt=at)
        return self.filter(fresh | abandoned).order_by("pk")


class DocumentBundle(models.Model):
    """All documents of a contest (or of one kind) as one ZIP, made by a job and kept for a while."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for its turn")
        MAKING = "making", _("being made")
        MADE = "made", _("ready")
        FAILED = "failed", _("could not be made")
        GONE = "gone", _("removed")

    MOVES = {
        State.WAITING: {State.MAKING},
        State.MAKING: {State.MAKING, State.MADE, State.FAILED},
        State.MADE: {State.GONE},
        State.FAILED: {State.WAITING, State.GONE},
        State.GONE: set(),
    }
    MAX_ATTEMPTS = 3

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="bundles")
    kind = models.CharField(max_length=16, choices=Diploma.Kind, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    total = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)

    objects = DocumentBundleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "lease_until"], name="bundle_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "making", "made", "failed", "gone"]), name="bundle_state_known"
            ),
            models.UniqueConstraint(
                fields=["announcement", "kind"],
                condition=Q(state__in=["waiting", "making"]),
                name="bundle_in_the_making_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind or 'all'} of {self.announcement_id}"
