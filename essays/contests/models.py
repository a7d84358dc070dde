"""A contest: one edition with its regulation, and who competes in what."""

import secrets
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essays.contests import calendar as dates
from essays.contests.texts import InTwoLanguages
from essays.people.models import Institution, User

# A state without a moment of its own has «always» been so: who published when is in the ledger.
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


def new_salt() -> str:
    return secrets.token_hex(32)


class ContestQuerySet(models.QuerySet["Contest"]):
    def public(self) -> "ContestQuerySet":
        return self.filter(state__in=[Contest.State.PUBLISHED, Contest.State.ARCHIVED])

    def organized_by(self, user: User) -> "ContestQuerySet":
        return self.filter(organizers__user=user)

    def visible_to(self, user: Any) -> "ContestQuerySet":
        """What a visitor may open: published contests, and one's own drafts for a look before publishing."""
        if not user.is_authenticated:
            return self.public()
        mine = ContestOrganizer.objects.filter(user=user).values("contest")
        return self.filter(Q(state__in=[Contest.State.PUBLISHED, Contest.State.ARCHIVED]) | Q(pk__in=mine))

    def newest_first(self) -> "ContestQuerySet":
        return self.order_by("-closes_at", "pk")


class Contest(models.Model):
    """One edition. Its stage follows from its moments (``contests.calendar``); nothing has to be switched by hand.

    Every moment is aware and is shown in ``time_zone``. ``closes_at`` is the first moment that is too late.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")

    class Blindness(models.TextChoices):
        FULL = "full", _("nothing: names, school and contacts in the text are hidden too")
        FIELDS = "fields", _("nothing of the application, but the text stays as it was written")
        OPEN = (
            "open",
            _("who entered: the name and the organization stand above the text, as where organizations compete"),
        )

    MOVES = {
        State.DRAFT: {State.PUBLISHED},
        State.PUBLISHED: {State.ARCHIVED, State.DRAFT},
        State.ARCHIVED: {State.PUBLISHED},
    }

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    title_ru = models.CharField(_("title in Russian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    summary_ru = models.TextField(_("what it is about, in Russian"), max_length=600, blank=True)
    summary_en = models.TextField(_("what it is about, in English"), max_length=600, blank=True)
    regulation_ru = models.TextField(_("regulation in Russian"), blank=True)
    regulation_en = models.TextField(_("regulation in English"), blank=True)
    organizer_name_ru = models.CharField(_("organizer in Russian"), max_length=300, blank=True)
    organizer_name_en = models.CharField(_("organizer in English"), max_length=300, blank=True)
    contact_email = models.EmailField(_("e-mail for questions"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Asia/Barnaul")

    opens_at = models.DateTimeField(_("intake opens"))
    closes_at = models.DateTimeField(_("intake closes"))
    screening_ends_at = models.DateTimeField(_("applications are checked until"))
    corrections_end_at = models.DateTimeField(_("corrections are taken until"))
    judging_starts_at = models.DateTimeField(_("judging starts"))
    judging_ends_at = models.DateTimeField(_("judging ends"))
    session_ends_at = models.DateTimeField(_("the jury decides until"))
    results_at = models.DateTimeField(_("results are announced by"))
    # What really happened; an organizer's act, never typed into a form.
    intake_closed_at = models.DateTimeField(null=True, editable=False)
    announced_at = models.DateTimeField(null=True, editable=False)

    formats = models.JSONField(_("file formats"), default=list)
    max_bytes = models.PositiveIntegerField(_("largest file, bytes"), default=10 * 1024 * 1024)
    min_characters = models.PositiveIntegerField(_("fewest characters with spaces"), null=True, blank=True)
    max_characters = models.PositiveIntegerField(_("most characters with spaces"), null=True, blank=True)
    min_words = models.PositiveIntegerField(_("fewest words"), null=True, blank=True)
    max_words = models.PositiveIntegerField(_("most words"), null=True, blank=True)
    mentor_allowed = models.BooleanField(_("an entrant may name a mentor"), default=True)
    admits_itself = models.BooleanField(
        _("entries that pass every check are admitted without an organizer"), default=False
    )

    blindness = models.CharField(
        _("what judges learn of the author"), max_length=8, choices=Blindness, default=Blindness.FULL
    )
    hides_places = models.BooleanField(_("small places and rare posts are hidden too"), default=False)

    # Two organizers announce together: one decides, another one confirms.
    two_announce = models.BooleanField(_("results are announced by two organizers"), default=False)

    # Working days: within so many an appeal is filed after the results, and heard after it is filed.
    # No days to file: no appeals.
    appeal_days = models.PositiveSmallIntegerField(_("working days to file an appeal"), default=3)
    hearing_days = models.PositiveSmallIntegerField(_("working days to hear an appeal"), default=5)
    appeal_members = models.PositiveSmallIntegerField(_("at least so many hear an appeal"), default=3)
    # Days as «2026-12-31»: off besides weekends and public holidays; worked although they would be off.
    days_off = models.JSONField(_("other days off"), default=list, blank=True)
    days_worked = models.JSONField(_("other working days"), default=list, blank=True)

    # Keys the conflict checks of this contest; without it they cannot be recomputed from ids.
    salt = models.CharField(max_length=64, default=new_salt, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # The last registration number given out; raising it is the lock that keeps numbers without gaps or twins.
    last_number = models.PositiveIntegerField(default=0, editable=False)
    # Raised by every change of the regulation: two organizers never overwrite each other silently.
    version = models.PositiveIntegerField(default=1, editable=False)

    title = InTwoLanguages("title")
    summary = InTwoLanguages("summary")
    regulation = InTwoLanguages("regulation")
    organizer_name = InTwoLanguages("organizer_name")

    objects = ContestQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "-closes_at"], name="contest_by_close")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published", "archived"]), name="contest_state_known"
            ),
            models.CheckConstraint(condition=Q(opens_at__lt=models.F("closes_at")), name="contest_opens_first"),
            models.CheckConstraint(
                condition=Q(blindness__in=["full", "fields", "open"]), name="contest_blindness_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def calendar(self) -> dates.Calendar:
        """The moments of this contest for the pure functions of ``contests.calendar``."""
        return dates.Calendar(
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            screening_ends_at=self.screening_ends_at,
            corrections_end_at=self.corrections_end_at,
            judging_starts_at=self.judging_starts_at,
            judging_ends_at=self.judging_ends_at,
            session_ends_at=self.session_ends_at,
            results_at=self.results_at,
            published=self.state != self.State.DRAFT,
            intake_closed_at=self.intake_closed_at,
            announced_at=self.announced_at,
            archived=self.state == self.State.ARCHIVED,
        )

    def stage_at(self, at: datetime) -> dates.Stage:
        """Where the contest stands at that moment (aware)."""
        return dates.stage(self.calendar, at)


class ContestOrganizer(models.Model):
    """Somebody who runs a contest."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="organizers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="organizes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "user"], name="contest_organizer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.contest}"


class Category(models.Model):
    """Who competes with whom: grades 7–9, 10–11, college, university."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="categories")
    position = models.PositiveSmallIntegerField(default=0)
    name_ru = models.CharField(_("name in Russian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    institution_kind = models.CharField(
        _("where its entrants study"), max_length=16, choices=Institution.Kind, blank=True
    )

    name = InTwoLanguages("name")

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class Nomination(models.Model):
    """The theme that an essay is entered in."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="nominations")
    position = models.PositiveSmallIntegerField(default=0)
    name_ru = models.CharField(_("name in Russian"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    description_ru = models.TextField(_("what to write about, in Russian"), blank=True)
    description_en = models.TextField(_("what to write about, in English"), blank=True)

    name = InTwoLanguages("name")
    description = InTwoLanguages("description")

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class ConsentText(models.Model):
    """One version of the text that a person agrees to. Texts are never edited: a change is a new version."""

    class Kind(models.TextChoices):
        PROCESSING = "processing", _("processing of personal data")
        DISSEMINATION = "dissemination", _("publication of the name")
        ESSAY = "essay", _("publication of the essay")

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="consent_texts")
    kind = models.CharField(max_length=16, choices=Kind)
    version = models.PositiveSmallIntegerField(default=1)
    body_ru = models.TextField(_("text in Russian"))
    body_en = models.TextField(_("text in English"), blank=True)
    published_at = models.DateTimeField(auto_now_add=True)

    body = InTwoLanguages("body")

    class Meta:
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "kind", "version"], name="consent_text_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"
