"""Reviews and their marks."""

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
