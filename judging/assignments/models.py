"""Who reads what: the deal, single assignments and recusals."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.people.models import User
from judging.panels.models import Seat


class Deal(models.Model):
    """One applied plan: the seed that anyone can run again, and what it gave."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="deals")
    seed = models.CharField(max_length=64)
    reviews = models.PositiveSmallIntegerField()
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    applied_at = models.DateTimeField()
    assigned = models.PositiveIntegerField(default=0)
    shortages = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"deal {self.pk}"


# A third review, a second look, or a reading that was dealt after the end of judging.
LATE = ~Q(round=1) | Q(assigned_at__gte=F("contest__judging_ends_at"))


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def of(self, user: User | int) -> "AssignmentQuerySet":
        """A judge's own assignments, while the seat is held."""
        return self.filter(seat__user=user, seat__state=Seat.State.ACCEPTED)

    def standing(self) -> "AssignmentQuerySet":
        return self.filter(state__in=[Assignment.State.WAITING, Assignment.State.DONE])

    def waiting(self) -> "AssignmentQuerySet":
        return self.filter(state=Assignment.State.WAITING)

    def done(self) -> "AssignmentQuerySet":
        return self.filter(state=Assignment.State.DONE)

    def late(self) -> "AssignmentQuerySet":
        """Asked for so late that they have the session's time: see ``access.ends_at``."""
        return self.filter(LATE)

    def readable(self) -> "AssignmentQuerySet":
        """Only while the copy is released: a copy under doubt is on nobody's desk."""
        return self.filter(copy__state=BlindCopy.State.RELEASED)

    def for_queue(self) -> "AssignmentQuerySet":
        """Order of the queue: the judge's own shuffle; the copy's text stays in the database."""
        return (
            self.select_related("copy", "copy__category", "copy__nomination")
            .defer("copy__html", "copy__text", "copy__conflict_keys", "copy__doubts")
            .order_by("place", "pk")
        )


class Assignment(models.Model):
    """One judge reads one blind copy. ``public_id`` is random per judge and is all that an address shows."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to read")
        DONE = "done", _("scored")
        RECUSED = "recused", _("recused")
        WITHDRAWN = "withdrawn", _("taken back")
        REMOVED = "removed", _("removed by an organizer")

    MOVES = {
        State.WAITING: {State.DONE, State.RECUSED, State.WITHDRAWN},
        State.DONE: {State.WAITING, State.RECUSED, State.WITHDRAWN, State.REMOVED},
        State.RECUSED: set(),
        # A copy that comes back, or a judge who does, may be dealt again; a scored review is then scored still.
        State.WITHDRAWN: {State.WAITING, State.DONE},
        # A scored review that an organizer took out; it may be brought back until the results are frozen.
        State.REMOVED: {State.DONE},
    }

    class Round(models.IntegerChoices):
        FIRST = 1, _("first round")
        SECOND_LOOK = 2, _("second look")
        THIRD = 3, _("third review")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="assignments")
    copy = models.ForeignKey(BlindCopy, on_delete=models.PROTECT, related_name="assignments")
    deal = models.ForeignKey(Deal, on_delete=models.SET_NULL, null=True, related_name="+")
    round = models.PositiveSmallIntegerField(choices=Round, default=Round.FIRST)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    # Keyed shuffle of the seat: everybody's queue has another order, so nobody is read last by all.
    place = models.PositiveBigIntegerField()
    assigned_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["seat", "state", "place"], name="assignment_queue"),
            models.Index(fields=["copy", "state"], name="assignment_by_copy"),
            models.Index(fields=["contest", "state"], name="assignment_by_contest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["seat", "copy"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "done", "recused", "withdrawn", "removed"]),
                name="assignment_state_known",
            ),
            # The third reviewer of a copy is appointed once, however often the sweep runs.
            models.UniqueConstraint(
                fields=["copy"],
                condition=Q(round=3, state__in=["waiting", "done"]),
                name="assignment_third_once",
            ),
        ]

    def __str__(self) -> str:
        return f"assignment {self.pk}"


class Recusal(models.Model):
    """Why a judge gave an assignment back."""

    class Reason(models.TextChoices):
        KNOWS_AUTHOR = "knows_author", _("I know the author")
        CONFLICT = "conflict", _("I have another conflict of interest")
        IDENTITY_VISIBLE = "identity_visible", _("The text shows who wrote it")

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="recusal")
    reason = models.CharField(_("reason"), max_length=24, choices=Reason)
    note = models.TextField(_("in your own words, if you like"), max_length=1000, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"recusal of {self.assignment_id}"


class Removal(models.Model):
    """Why an organizer took a scored review out before the freeze. Kept when it is brought back."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="removals")
    reason = models.TextField(_("reason"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    # Was the judge written to? Then a letter says when the review counts again.
    told = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment"], condition=Q(undone_at=None), name="removal_standing_once")
        ]

    def __str__(self) -> str:
        return f"removal of {self.assignment_id}"


class SecondLook(models.Model):
    """The round in which the leaders of each cell are read once more: what was chosen, and whom it concerns.

    ``share``: per cent of each cell, ``minimum``: fewest entries of a cell, ``readings``: more readings of each.
    ``codes``: the leaders when it was ordered; they stay what they are, whatever later readings say.
    """

    contest = models.OneToOneField(Contest, on_delete=models.CASCADE, related_name="second_look")
    share = models.PositiveSmallIntegerField()
    minimum = models.PositiveSmallIntegerField(default=0)
    readings = models.PositiveSmallIntegerField(default=1)
    codes = models.JSONField(default=list)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    ordered_at = models.DateTimeField()
    # Ended before everybody had read: nobody is asked any more, and what is in counts.
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"second look of {self.contest_id}"
