"""The blind copy: all that a judge may ever receive of an essay."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Category, Contest, Nomination


class BlindCopyQuerySet(models.QuerySet["BlindCopy"]):
    def of_contest(self, contest: Contest) -> "BlindCopyQuerySet":
        return self.filter(contest=contest)

    def in_competition(self) -> "BlindCopyQuerySet":
        """Copies of admitted entries that may be judged and ranked."""
        return self.filter(admitted=True, state=BlindCopy.State.RELEASED)


class BlindCopy(models.Model):
    """Anonymized text with its code. Identity points here and never back: no relation leads to an author.

    The row holds no time, size, file name or hash of the original. ``conflict_keys`` are HMACs keyed by the
    contest's salt (institution, its parent, mentor, author …): equal keys mean a conflict, and say nothing else.
    """

    class State(models.TextChoices):
        HELD = "held", _("waits for a look")
        RELEASED = "released", _("released to judges")
        SUPERSEDED = "superseded", _("replaced by a newer version")
        RETIRED = "retired", _("out of the competition")

    MOVES = {
        State.HELD: {State.RELEASED, State.SUPERSEDED, State.RETIRED},
        State.RELEASED: {State.HELD, State.SUPERSEDED, State.RETIRED},
        State.RETIRED: {State.HELD, State.SUPERSEDED},
        State.SUPERSEDED: set(),
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=16)
    state = models.CharField(max_length=16, choices=State, default=State.HELD)
    admitted = models.BooleanField(default=False)
    title = models.CharField(max_length=300, blank=True)
    html = models.TextField()
    text = models.TextField()
    characters = models.PositiveIntegerField()
    words = models.PositiveIntegerField()
    conflict_keys = models.JSONField(default=list)
    engine_version = models.CharField(max_length=32)
    # Why it is held: codes and places in the copy's own text, never what was hidden.
    doubts = models.JSONField(default=list)

    objects = BlindCopyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["contest", "category", "nomination", "code"], name="copy_by_cell"),
            models.Index(fields=["contest", "state", "admitted"], name="copy_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["held", "released", "superseded", "retired"]), name="copy_state_known"
            ),
            # Earlier versions keep their code and their reviews; only one copy of a code is alive.
            models.UniqueConstraint(
                fields=["contest", "code"], condition=~Q(state="superseded"), name="copy_code_alive_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code
