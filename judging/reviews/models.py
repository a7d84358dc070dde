"""Reviews and their marks; what a judge marked in the text for themselves."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from judging.assignments.models import Assignment
from judging.rubrics.models import Criterion


class Review(models.Model):
    """One judge's scores of one blind copy. ``version`` is raised by every save and checked by the next.

    ``total`` is kept true by the action that writes marks: weighted points, decimal.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")

    MOVES = {State.DRAFT: {State.SUBMITTED}, State.SUBMITTED: {State.DRAFT}}

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="review")
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    total = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    comment_for_author = models.TextField(_("comment for the author"), max_length=4000, blank=True)
    note_for_jury = models.TextField(_("note for the jury"), max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    # Which opened page wrote last, and with which stroke («page:12»): an answer lost on its way is no conflict.
    written_in = models.CharField(max_length=48, blank=True, default="")
    # Whoever has looked at the others' points keeps the own ones as they are.
    saw_others = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["draft", "submitted"]), name="review_state_known"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(total__isnull=False), name="review_submitted_has_total"
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.assignment_id}"

    @property
    def contest_id(self) -> int:
        """The contest in whose ledger this review's moves are written."""
        return self.assignment.contest_id


class Mark(models.Model):
    """Points for one criterion. No row means «not scored», which is not zero."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="marks")
    # A criterion can only go while every review is a draft; what was noted for it goes with it.
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    points = models.DecimalField(max_digits=7, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="mark_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="mark_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.points}"


class Highlight(models.Model):
    """A place that a judge marked in a blind copy, with a note: for this judge's eyes only.

    ``start`` and ``end`` count characters of the text as the page shows it. A copy may be changed under the note, so
    the words themselves (``quote``) and their neighbours are kept too: where they are not found any more, the note
    stands beside the text without a place. A note without a quote belongs to the essay as a whole. No page, export or
    record of anybody else reads this table; a contest's rows are deleted after it is put into the archive.
    """

    class Colour(models.TextChoices):
        YELLOW = "yellow", _("yellow")
        GREEN = "green", _("green")
        ROSE = "rose", _("rose")

    MOST = 300

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    quote = models.TextField(_("words of the text"), max_length=1000, blank=True)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    colour = models.CharField(_("colour"), max_length=8, choices=Colour, default=Colour.YELLOW)
    note = models.TextField(_("note"), max_length=2000, blank=True)

    class Meta:
        ordering = ["start", "pk"]
        indexes = [models.Index(fields=["assignment", "start"], name="highlight_of_assignment")]
        constraints = [
            models.CheckConstraint(condition=Q(colour__in=["yellow", "green", "rose"]), name="highlight_colour_known"),
            models.CheckConstraint(condition=Q(end__gte=models.F("start")), name="highlight_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"highlight {self.pk}"
