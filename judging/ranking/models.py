"""Frozen rankings: what was decided, by which numbers."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from essays.anonymity.models import BlindCopy
from essays.contests.models import Category, Contest, Nomination
from judging.ranking.reasons import in_readers_language


class RankingQuerySet(models.QuerySet["Ranking"]):
    def in_force(self) -> "RankingQuerySet":
        return self.filter(state=Ranking.State.APPROVED)


class Ranking(models.Model):
    """One edition of the ranking of a contest, frozen when approved.

    ``record`` is the canonical document (method, parameters, software version, every review's marks, result);
    ``sha256`` is over its canonical JSON. A later change makes a new edition that names its predecessor.
    ``outline`` is the record without its entries, which every row keeps for itself: pages of the results must not
    grow with the contest, so they never read ``record``.
    """

    class State(models.TextChoices):
        APPROVED = "approved", _("approved")
        REPLACED = "replaced", _("replaced by a later edition")

    MOVES = {State.APPROVED: {State.REPLACED}, State.REPLACED: set()}

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="rankings")
    edition = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=16, choices=State, default=State.APPROVED)
    record = models.JSONField()
    outline = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    predecessor = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="successor")
    reason = models.TextField(_("why a new edition"), blank=True)
    # Set by the announcement: from then on the approval cannot be taken back.
    settled_at = models.DateTimeField(null=True, editable=False)

    objects = RankingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "edition"], name="ranking_edition_once"),
            models.UniqueConstraint(fields=["contest"], condition=Q(state="approved"), name="ranking_in_force_once"),
            models.CheckConstraint(condition=Q(state__in=["approved", "replaced"]), name="ranking_state_known"),
        ]

    def __str__(self) -> str:
        return f"ranking {self.contest_id}/{self.edition}"

    @property
    def reason_read(self) -> str:
        """``reason`` in the active language where the product wrote it."""
        return in_readers_language(self.reason)

    def award_name(self, key: str) -> str:
        """The award's name as it was when the ranking was frozen, in the active language; empty for no award."""
        for award in self.outline["awards"]:
            if award["key"] == key:
                return in_language(award)
        return ""

    def cell(self, number: int) -> dict[str, Any]:
        """The frozen cell: ``category`` and ``nominations`` with names in two languages."""
        found: dict[str, Any] = self.outline["cells"][number - 1]
        return found


def in_language(named: dict[str, Any]) -> str:
    """``name_ru`` or ``name_en`` of a frozen row, Russian where English is empty."""
    russian = (get_language() or "ru").startswith("ru")
    return str(named["name_ru"] if russian else named["name_en"] or named["name_ru"])


class RankedCopy(models.Model):
    """One row of a frozen ranking. ``cell`` numbers the group compared (nominations may have been merged)."""

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="rows")
    copy = models.ForeignKey(BlindCopy, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    cell = models.PositiveSmallIntegerField()
    score = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    place = models.PositiveIntegerField(null=True)
    award_key = models.SlugField(max_length=40, blank=True)
    # The awarded place: where nobody reached a winner's points, the first of the ranking may be second.
    award_place = models.PositiveIntegerField(null=True)
    # This row's entry of the record: reviews, marks, how the score came about.
    frozen = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["ranking", "cell", "place"], name="ranked_by_place")]
        constraints = [models.UniqueConstraint(fields=["ranking", "copy"], name="ranked_copy_once")]

    def __str__(self) -> str:
        return f"{self.copy_id}: {self.place}"


class JuryChoice(models.Model):
    """An entry that the jury gives a special prize of its own."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="+")
    copy = models.OneToOneField(BlindCopy, on_delete=models.CASCADE, related_name="+")
    award_key = models.SlugField(max_length=40)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.copy_id}: {self.award_key}"


class CorrectedScore(models.Model):
    """What a decision on an appeal put in the place of an entry's reviews: points by criterion, and their total."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="+")
    copy = models.OneToOneField(BlindCopy, on_delete=models.CASCADE, related_name="+")
    # Position of the criterion → points, as decimals in text.
    marks = models.JSONField(default=dict)
    total = models.DecimalField(max_digits=9, decimal_places=2)
    why = models.CharField(max_length=300)
    corrected_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.copy_id}: {self.total}"


class WithheldAward(models.Model):
    """An award that the jury gives to nobody in a category × nomination, whatever the points.

    No ``nomination``: in none of the category; no ``place``: none of its places.
    """

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="+")
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, null=True, related_name="+")
    award_key = models.SlugField(max_length=40)
    place = models.PositiveIntegerField(null=True)
    reason = models.TextField(_("reason"), max_length=1000)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.award_key}: {self.place or 'all'}"


class TieVote(models.Model):
    """How the jury voted on entries that nothing else tells apart: 1 goes first, equal positions share on purpose."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="+")
    copy = models.OneToOneField(BlindCopy, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(_("position"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(position__gte=1), name="tie_vote_position")]

    def __str__(self) -> str:
        return f"{self.copy_id}: {self.position}"
