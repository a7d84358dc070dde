"""Letters that are owed to somebody."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, at: datetime) -> "LetterQuerySet":
        """Letters that may be tried at this moment: waiting, or left behind by a sender that died."""
        waiting = Q(state=Letter.State.QUEUED, next_attempt_at__lte=at)
        abandoned = Q(state=Letter.State.SENDING, lease_until__lt=at)
        return self.filter(waiting | abandoned).order_by("next_attempt_at", "pk")

    def newest_first(self) -> "LetterQuerySet":
        return self.order_by("-pk")


class Letter(models.Model):
    """One letter to one address, queued in the transaction that causes it and rendered when it is sent.

    ``key`` names the cause («receipt:<entry>:<version>»): the same cause never queues a second letter, and
    the Message-ID is derived from it, so that a letter sent twice by a crash is recognised as one.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    MOVES = {
        State.QUEUED: {State.SENDING},
        State.SENDING: {State.SENT, State.QUEUED, State.FAILED, State.SENDING},
        State.FAILED: {State.QUEUED},
        State.SENT: set(),
    }

    key = models.CharField(max_length=160, unique=True)
    name = models.CharField(max_length=64)
    to = models.EmailField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    contest = models.ForeignKey("essays.Contest", on_delete=models.CASCADE, null=True, related_name="+")
    language = models.CharField(max_length=8, default="ru")
    context = models.JSONField(default=dict)
    # Letters of the accounts (address confirmation, password) are rendered at once and forgotten when sent.
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=Q(state="queued"), name="letter_queued"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="letter_sending"),
            models.Index(fields=["contest", "-id"], name="letter_by_contest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending", "sent", "failed"]), name="letter_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.key
