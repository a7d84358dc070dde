"""The blind copy: all that a judge may ever receive of an essay."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Category, Contest, Nomination

UNPAINTED = "pictures_unpainted"
"""The doubt of a copy of pictures on which nobody has painted over the author yet: there is nothing to read in it."""


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

    MOST_FOR_PAGES = 100_000
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
    # Who entered, in contests without blind review; empty in all others.
    author_line = models.TextField(blank=True, default="")
    conflict_keys = models.JSONField(default=list)
    engine_version = models.CharField(max_length=32)
    # Counts changes of html, text and title in place: what was noted on an earlier one may stand elsewhere now.
    revision = models.PositiveIntegerField(default=0)
    # Why it is held: codes and places in the copy's own text, never what was hidden.
    doubts = models.JSONField(default=list)

    objects = BlindCopyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["contest", "category", "nomination", "code"], name="copy_by_cell"),
            models.Index(fields=["contest", "state", "admitted"], name="copy_by_state"),
            # A copy's text lies before the version in its row: whoever counts must not read through it.
            models.Index(fields=["contest", "state", "engine_version"], name="copy_by_engine"),
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

    @property
    def has_pages(self) -> bool:
        """Can it be had as PDF? Longer texts would hold a web worker for seconds; pictures are to be painted first."""
        if self.is_pictures:
            return UNPAINTED not in self.doubts
        return self.characters <= self.MOST_FOR_PAGES

    @property
    def is_pictures(self) -> bool:
        """Is it read as pictures of its pages? (Or will it be, once they are painted.)"""
        return not self.html


class CopyPage(models.Model):
    """A page of a blind copy that is read as pictures: painted, made anew from pixels. No time, nothing of the upload.

    ``file`` is a path under the private root, of random letters. ``number`` counts from 1; sizes are in pixels.
    """

    copy = models.ForeignKey(BlindCopy, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["copy", "number"], name="copy_page_once")]

    def __str__(self) -> str:
        return f"{self.copy} p{self.number}"


class CopyAlarm(models.Model):
    """A judge's «I can tell who wrote this», in the judge's own words. For the redaction desk alone.

    It says not which judge; whoever reads the copy later never sees it. ``settled`` when the desk has let the copy go.
    """

    copy = models.ForeignKey(BlindCopy, on_delete=models.CASCADE, related_name="+")
    words = models.TextField(blank=True)
    settled = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["copy"], condition=Q(settled=False), name="alarm_open")]

    def __str__(self) -> str:
        return f"alarm about {self.copy}"
