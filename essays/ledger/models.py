"""The append-only record of who did what."""

from typing import Any

from django.db import models


class LedgerQuerySet(models.QuerySet["LedgerEvent"]):
    def of_contest(self, contest_id: int) -> "LedgerQuerySet":
        return self.filter(contest_ref=contest_id)

    def newest_first(self) -> "LedgerQuerySet":
        return self.order_by("-pk")

    def sealed(self) -> "LedgerQuerySet":
        return self.filter(sequence__isnull=False).order_by("sequence")

    def waiting_for_seal(self) -> "LedgerQuerySet":
        return self.filter(sequence__isnull=True).order_by("pk")


class LedgerEvent(models.Model):
    """One act. References are plain numbers, so that erasing a person never rewrites history.

    ``sequence``, ``previous_hash`` and ``hash`` are filled by ``seal``: writers never wait for each other.
    ``data`` carries states, reasons and counts, never a name, an address or a text of an entrant.
    """

    at = models.DateTimeField()
    actor_ref = models.BigIntegerField(null=True)
    action = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=32)
    subject_ref = models.CharField(max_length=64)
    contest_ref = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    sequence = models.BigIntegerField(null=True, unique=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["contest_ref", "-id"], name="ledger_by_contest"),
            models.Index(fields=["subject_kind", "subject_ref"], name="ledger_by_subject"),
            models.Index(fields=["id"], condition=models.Q(sequence=None), name="ledger_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_kind} {self.subject_ref}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("a ledger event is written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("a ledger event is never deleted")
