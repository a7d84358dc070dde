"""People, where they study and who may do what on the whole site."""

import re
from typing import Any

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(
            email, password, **{"is_staff": True, "is_superuser": True, "is_organizer": True, **fields}
        )


class User(AbstractUser):
    """Somebody who can sign in. Roles are rows elsewhere: an entry's owner, a contest's organizer, a judge's seat.

    ``is_organizer`` allows creating contests; a contest is run by those who have a ``ContestOrganizer`` row.
    """

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    surname = models.CharField(_("surname"), max_length=100, blank=True)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    language = models.CharField(max_length=8, default="ru")
    is_organizer = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()  # type: ignore[assignment,misc]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)

    def get_short_name(self) -> str:
        return self.given_name or self.email


class Municipality(models.Model):
    """A city or district. Data with an id, never an enum: boundaries and kinds change."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def found_by(self, typed: str) -> "InstitutionQuerySet":
        """Institutions whose name or place contains every typed word; ё counts as е, case does not count."""
        found = self
        # «№177» is the word 177, and «Верх-Ольховская» two words: people write these signs as they please.
        words = re.findall(r"[^\W\d_]+|\d+", searchable(typed))
        if typed.strip() and not words:
            return self.none()
        for word in words:
            found = found.filter(search__contains=word)
        return found

    def for_choice(self) -> "InstitutionQuerySet":
        """Those that can be named: what turned out to be another institution is named by that one."""
        return self.filter(merged_into=None).select_related("municipality").order_by("short_name", "pk")


class Institution(models.Model):
    """School, college or university; a branch names its parent."""

    class Kind(models.TextChoices):
        SCHOOL = "school", _("school")
        COLLEGE = "college", _("college")
        UNIVERSITY = "university", _("university")
        OTHER = "other", _("other organization")

    name = models.CharField(_("official name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="institutions")
    locality = models.CharField(_("city, town or village"), max_length=120, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="branches")
    # Written by an entrant whose institution was not in the list; an organizer confirms or merges it.
    confirmed = models.BooleanField(default=True)
    # The institution that this one turned out to be. The row stays: keys of conflicts on older copies name it.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, editable=False, related_name="merged")
    search = models.CharField(max_length=640, editable=False)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["short_name"]
        indexes = [models.Index(fields=["short_name", "id"], name="institution_by_name")]

    def __str__(self) -> str:
        return self.short_name

    def mergers_into(self) -> "list[InstitutionMerger]":
        """Mergers that made others this one and can be undone, newest first."""
        standing = InstitutionMerger.objects.filter(target=self, undone_at=None, source__merged_into=self)
        return list(standing.select_related("source__municipality", "merged_by").order_by("-pk"))

    @property
    def where(self) -> str:
        """Municipality and locality in one line; a town that is its own municipality is named once."""
        town = self.locality.split()[-1:]
        if not town or town[0] in self.municipality.name.split():
            return self.municipality.name
        return f"{self.municipality.name}, {self.locality}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        # SQLite folds case for ASCII only, so the folded text is a column.
        self.search = searchable(f"{self.short_name} {self.name} {self.locality} {self.municipality.name}")[:640]
        super().save(*args, **kwargs)


class InstitutionMerger(models.Model):
    """That one institution turned out to be another, and what followed from it, so that it can be undone.

    ``moved``: by receiver of the signal, what it has moved (ids); of the list itself: ``branches``, ``merged``,
    ``parent`` and ``confirmed`` as they were.
    """

    source = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="mergers")
    target = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)
    merged_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(undone_at=None), name="institution_merger_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} is {self.target_id}"


def searchable(text: str) -> str:
    """Fold a text for search and sorting: case, ё/е and runs of white space do not count."""
    return " ".join(text.casefold().replace("ё", "е").split())
