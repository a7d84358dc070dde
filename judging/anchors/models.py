"""Anchor essays: read and scored by every judge twice, to show how steady a hand is. They are never ranked."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Contest
from judging.panels.models import Seat

MOST_ANCHORS = 3


class AnchorEssay(models.Model):
    """A text that the organizer gives to all judges alike. It is nobody's entry, and no result rests on it.

    ``reference`` is the total that the organizers agreed upon, where they did. From the first reading on the text stays
    as it is: a drift means something only between two readings of one text.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="anchors")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"), max_length=40_000)
    reference = models.DecimalField(_("agreed total"), max_digits=9, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class AnchorReading(models.Model):
    """One judge's points for an anchor, the first time or half-way. What is in stays: it is a measure, not a mark.

    ``marks``: points by criterion id, both as text, as JSON has no decimals.
    """

    class Turn(models.IntegerChoices):
        FIRST = 1, _("before the first essay")
        SECOND = 2, _("half-way")

    anchor = models.ForeignKey(AnchorEssay, on_delete=models.CASCADE, related_name="readings")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    turn = models.PositiveSmallIntegerField(choices=Turn)
    marks = models.JSONField(default=dict)
    total = models.DecimalField(max_digits=9, decimal_places=2)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["anchor", "seat", "turn"], name="anchor_reading_once"),
            models.CheckConstraint(condition=Q(turn__in=[1, 2]), name="anchor_turn_known"),
        ]

    def __str__(self) -> str:
        return f"reading {self.pk}"
