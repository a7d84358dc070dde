"""Who judges: seats on the jury and declared conflicts of interest."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Category, Contest, Nomination
from essays.people.models import Institution, User


class SeatQuerySet(models.QuerySet["Seat"]):
    def of(self, user: User) -> "SeatQuerySet":
        return self.filter(user=user)

    def reading(self) -> "SeatQuerySet":
        """Seats that score essays: accepted, and not the secretary's."""
        return self.filter(state=Seat.State.ACCEPTED).exclude(role=Seat.Role.SECRETARY)

    def for_panel(self) -> "SeatQuerySet":
        return self.select_related("user").order_by("role_order", "surname", "pk")


class Seat(models.Model):
    """One person's place on the jury of one contest. ``user`` is filled when the invitation is accepted."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("chair")
        DEPUTY = "deputy", _("deputy chair")
        MEMBER = "member", _("judge")
        SECRETARY = "secretary", _("secretary")

    ROLE_ORDER = {Role.CHAIR: 0, Role.DEPUTY: 1, Role.MEMBER: 2, Role.SECRETARY: 3}

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        LEFT = "left", _("left the jury")

    MOVES = {
        State.INVITED: {State.ACCEPTED, State.DECLINED, State.LEFT},
        State.ACCEPTED: {State.LEFT},
        State.DECLINED: {State.INVITED},
        State.LEFT: {State.INVITED},
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="seats")
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.MEMBER)
    role_order = models.PositiveSmallIntegerField(default=2, editable=False)
    state = models.CharField(max_length=16, choices=State, default=State.INVITED)
    email = models.EmailField(_("e-mail"))
    surname = models.CharField(_("surname"), max_length=100)
    given_name = models.CharField(_("given name"), max_length=100)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    capacity = models.PositiveSmallIntegerField(_("most essays"), null=True, blank=True)
    categories = models.ManyToManyField(Category, blank=True, related_name="+", verbose_name=_("only these categories"))
    nominations = models.ManyToManyField(
        Nomination, blank=True, related_name="+", verbose_name=_("only these nominations")
    )
    institutions = models.ManyToManyField(
        Institution, blank=True, related_name="+", verbose_name=_("works or studies at")
    )
    # Orders this judge's queue and nothing else.
    seed = models.UUIDField(default=uuid.uuid4, editable=False)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["contest", "role_order", "surname"], name="seat_by_role")]
        constraints = [
            models.UniqueConstraint(fields=["contest", "email"], name="seat_address_once"),
            models.UniqueConstraint(fields=["contest", "user"], condition=Q(user__isnull=False), name="seat_user_once"),
            models.CheckConstraint(
                condition=Q(state__in=["invited", "accepted", "declined", "left"]), name="seat_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.surname} {self.given_name}".strip()

    @property
    def votes(self) -> bool:
        """As ``reading`` says it of a whole jury."""
        return self.state == self.State.ACCEPTED and self.role != self.Role.SECRETARY


class DeclaredConflict(models.Model):
    """A conflict that the judge knows of beside the institutions: the e-mail address of a relative or pupil."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="declared_conflicts")
    # HMAC keyed by the contest's salt, of the same form as BlindCopy.conflict_keys.
    key = models.CharField(max_length=64)
    note = models.CharField(_("who it is, for yourself"), max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "key"], name="declared_conflict_once")]

    def __str__(self) -> str:
        return f"conflict of seat {self.seat_id}"
