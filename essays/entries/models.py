"""The application, the essay's files and the consents. Everything here knows the author."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essays.anonymity.models import UNPAINTED, BlindCopy
from essays.contests.models import Category, ConsentText, Contest, Nomination
from essays.entries.grades import outside
from essays.people.models import Institution, Municipality, User


class EntryQuerySet(models.QuerySet["Entry"]):
    def of(self, user: User) -> "EntryQuerySet":
        return self.filter(owner=user)

    def of_contest(self, contest: Contest) -> "EntryQuerySet":
        return self.filter(contest=contest)

    def sent(self) -> "EntryQuerySet":
        return self.exclude(state=Entry.State.DRAFT)

    def for_cards(self) -> "EntryQuerySet":
        return self.select_related("contest", "category", "nomination", "institution").order_by("-created_at", "-pk")


class Entry(models.Model):
    """One essay entered in one nomination, with its application.

    The identity is a snapshot: what the author declared for this contest, not what an account says later.
    ``number`` is the registration number that entrant and organizer speak of; ``code`` is what judges see.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        RECEIVED = "received", _("received")
        RETURNED = "returned", _("returned for correction")
        ADMITTED = "admitted", _("admitted")
        REJECTED = "rejected", _("not admitted")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DISQUALIFIED = "disqualified", _("disqualified")

    MOVES = {
        State.DRAFT: {State.RECEIVED},
        State.RECEIVED: {State.RETURNED, State.ADMITTED, State.REJECTED, State.WITHDRAWN},
        State.RETURNED: {State.RECEIVED, State.REJECTED, State.WITHDRAWN},
        State.ADMITTED: {State.RECEIVED, State.WITHDRAWN, State.DISQUALIFIED},
        State.REJECTED: {State.RECEIVED},
        State.WITHDRAWN: set(),
        State.DISQUALIFIED: {State.ADMITTED},
    }
    ALIVE = (State.DRAFT, State.RECEIVED, State.RETURNED, State.ADMITTED)

    class EnteredBy(models.TextChoices):
        ENTRANT = "entrant", _("I am the author")
        MENTOR = "mentor", _("I am a mentor and enter a pupil's essay")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="entries")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="entries")
    entered_by = models.CharField(
        _("who sends this entry"), max_length=16, choices=EnteredBy, default=EnteredBy.ENTRANT
    )
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    number = models.PositiveIntegerField(null=True)
    code = models.CharField(max_length=16)

    surname = models.CharField(_("surname"), max_length=100, blank=True)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    patronymic = models.CharField(_("patronymic, if any"), max_length=100, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    email = models.EmailField(_("e-mail for letters"), blank=True)
    phone = models.CharField(_("phone, if you like"), max_length=32, blank=True)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("where you study")
    )
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("city or district"),
    )
    course = models.CharField(_("class, or course and group"), max_length=60, blank=True)
    mentor_surname = models.CharField(_("mentor's surname"), max_length=100, blank=True)
    mentor_given_name = models.CharField(_("mentor's given name"), max_length=100, blank=True)
    mentor_patronymic = models.CharField(_("mentor's patronymic"), max_length=100, blank=True)
    mentor_email = models.EmailField(_("mentor's e-mail"), blank=True)
    guardian_surname = models.CharField(_("parent's or guardian's surname"), max_length=100, blank=True)
    guardian_given_name = models.CharField(_("parent's or guardian's given name"), max_length=100, blank=True)
    guardian_patronymic = models.CharField(_("parent's or guardian's patronymic"), max_length=100, blank=True)
    guardian_email = models.EmailField(_("parent's or guardian's e-mail"), blank=True)

    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("category")
    )
    nomination = models.ForeignKey(
        Nomination, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("nomination")
    )
    title = models.CharField(_("title of the essay"), max_length=300, blank=True)

    # HMAC of who the author is, so that one author enters once, whoever sends the entry.
    author_key = models.CharField(max_length=64, blank=True)
    # Folded surname, name, institution: what the organizer's search and order read.
    search = models.CharField(max_length=500, blank=True, editable=False)
    remark = models.TextField(_("what to correct, or why not admitted"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    received_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-id"], name="entry_by_owner"),
            models.Index(fields=["contest", "state", "number"], name="entry_by_state"),
            models.Index(fields=["contest", "search", "id"], name="entry_by_name"),
            models.Index(fields=["contest", "number"], name="entry_by_number"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "draft",
                        "received",
                        "returned",
                        "admitted",
                        "rejected",
                        "withdrawn",
                        "disqualified",
                    ]
                ),
                name="entry_state_known",
            ),
            models.UniqueConstraint(fields=["contest", "code"], name="entry_code_once"),
            models.UniqueConstraint(fields=["contest", "number"], name="entry_number_once"),
            models.UniqueConstraint(
                fields=["contest", "author_key"],
                condition=~Q(author_key="") & Q(state__in=["received", "returned", "admitted"]),
                name="entry_author_once",
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}" if self.number else f"draft {self.pk}"

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)

    @property
    def grade_outside(self) -> int | None:
        """The author's class, where by its name the category is for others; ``category`` should be joined in."""
        return outside(self.course, self.category.name_ru) if self.category else None


class EssayQuerySet(models.QuerySet["Essay"]):
    def waiting(self, at: datetime) -> "EssayQuerySet":
        """Files whose blind copy is owed: never begun, or left behind by a worker that died."""
        fresh = Q(state=Essay.State.WAITING)
        abandoned = Q(state=Essay.State.BLINDING, lease_until__lt=at)
        sent = ~Q(entry__state=Entry.State.DRAFT)
        return self.filter(fresh | abandoned, sent).order_by("pk")

    def current(self) -> "EssayQuerySet":
        return self.filter(is_current=True)


class Essay(models.Model):
    """One version of the uploaded file, and where its blind copy stands.

    ``attempts`` is raised before a file is touched; after three a file is quarantined and waits for a person.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for its blind copy")
        BLINDING = "blinding", _("blind copy in the making")
        BLINDED = "blinded", _("blind copy made")
        FAILED = "failed", _("could not be read")
        QUARANTINED = "quarantined", _("set aside after three attempts")

    MOVES = {
        State.WAITING: {State.BLINDING},
        State.BLINDING: {State.BLINDING, State.BLINDED, State.FAILED, State.QUARANTINED, State.WAITING},
        State.FAILED: {State.WAITING},
        State.QUARANTINED: {State.WAITING},
        State.BLINDED: {State.WAITING},
    }
    MAX_ATTEMPTS = 3

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="essays")
    version = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    file = models.FileField(max_length=200)
    original_name = models.CharField(max_length=255)
    format = models.CharField(max_length=16)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    characters = models.PositiveIntegerField()
    words = models.PositiveIntegerField()
    # More than none for an essay that came as pictures; then it has no text of its own.
    page_count = models.PositiveSmallIntegerField(default=0)
    # A person decided that judges see the pages, although their printed text could be read.
    stays_pictures = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    failure = models.CharField(max_length=64, blank=True)
    blind_copy = models.OneToOneField(BlindCopy, on_delete=models.SET_NULL, null=True, related_name="+")
    blinded_at = models.DateTimeField(null=True)
    # Every hidden place with kind, reason and confidence; offsets into the original's text.
    spans = models.JSONField(default=list)

    objects = EssayQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(state="waiting"), name="essay_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state="blinding"), name="essay_blinding"),
            models.Index(fields=["state", "id"], name="essay_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "blinding", "blinded", "failed", "quarantined"]),
                name="essay_state_known",
            ),
            models.UniqueConstraint(fields=["entry", "version"], name="essay_version_once"),
            models.UniqueConstraint(fields=["entry"], condition=Q(is_current=True), name="essay_current_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry} v{self.version}"

    @property
    def unpainted(self) -> bool:
        """Do its pages wait until somebody has painted over them? ``blind_copy`` should be joined in."""
        return bool(self.page_count and self.blind_copy and UNPAINTED in self.blind_copy.doubts)


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """That somebody agreed to one version of one text, when, and when they took it back."""

    class GivenBy(models.TextChoices):
        ENTRANT = "entrant", _("the author")
        GUARDIAN = "guardian", _("parent or guardian")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    given_by = models.CharField(max_length=16, choices=GivenBy)
    # On whose screen it was given: the account's, or the link sent to the guardian's address.
    channel = models.CharField(max_length=16, default="account")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "text", "given_by"],
                condition=Q(withdrawn_at=None),
                name="consent_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} by {self.given_by}"
