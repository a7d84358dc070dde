"""What the redaction desk works on, and what entrants remark about their copies. Everything here shows the author."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essays.anonymity.document import Document
from essays.entries.models import Essay


class Redaction(models.Model):
    """The original of one version of an essay as it was read, and what people decided about its places.

    ``document`` is the read text (``essays.anonymity.document``), ``title`` the title as typed when it was read.
    ``title_spans`` are the engine's places in it, as ``Essay.spans`` are those of the text. ``metadata_strings`` are
    what the file's properties said of its author; the self-attack looks for them. ``decisions`` are
    ``essays.anonymity.decisions.Decision`` as data, the oldest first.
    """

    essay = models.OneToOneField(Essay, on_delete=models.CASCADE, primary_key=True, related_name="redaction")
    document = models.JSONField(default=dict)
    title = models.CharField(max_length=300, blank=True)
    title_spans = models.JSONField(default=list)
    metadata_strings = models.JSONField(default=list)
    decisions = models.JSONField(default=list)
    # When a person let the copy go from the desk: what is counted as looked at.
    looked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"redaction of {self.essay_id}"

    @property
    def original(self) -> Document:
        """Raises ValueError when the row holds no document."""
        return Document.from_data(self.document)


class RemarkQuerySet(models.QuerySet["CopyRemark"]):
    def open(self) -> "RemarkQuerySet":
        return self.filter(answered_at=None)


class CopyRemark(models.Model):
    """An entrant about the copy: something was missed, or hidden needlessly. The organizer answers on the same page."""

    class Kind(models.TextChoices):
        MISSED = "missed", _("something still tells who I am")
        NEEDLESS = "needless", _("something is hidden needlessly")

    class Outcome(models.TextChoices):
        DONE = "done", _("The copy was changed.")
        KEPT = "kept", _("The copy stays as it is.")

    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=16, choices=Kind)
    words = models.CharField(max_length=300, blank=True)
    note = models.TextField(max_length=1000, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    answer = models.TextField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["essay"], condition=Q(answered_at=None), name="remark_open")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.essay_id}"
