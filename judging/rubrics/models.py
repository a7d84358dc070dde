"""What is scored and how scores become awards: rubric, rules of judging, rules of awards."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Category, Contest, Nomination
from essays.contests.texts import InTwoLanguages


class Rubric(models.Model):
    """The criteria of one contest. Frozen from the first submitted review on."""

    contest = models.OneToOneField(Contest, on_delete=models.CASCADE, related_name="rubric")
    frozen_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"rubric of {self.contest_id}"


class Criterion(models.Model):
    """A row of the rubric. Points run from 0 to ``maximum`` in steps of ``step``."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    description_ru = models.TextField(_("what to look at, in Russian"), blank=True)
    description_en = models.TextField(_("what to look at, in English"), blank=True)
    maximum = models.DecimalField(_("most points"), max_digits=7, decimal_places=2)
    step = models.DecimalField(_("step"), max_digits=5, decimal_places=2, default=Decimal("1"))
    weight = models.DecimalField(_("weight"), max_digits=7, decimal_places=4, default=Decimal("1"))
    gate = models.DecimalField(
        _("with fewer points the total is zero"), max_digits=7, decimal_places=2, null=True, blank=True
    )

    name = InTwoLanguages("name")
    description = InTwoLanguages("description")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "position"], name="criterion_position_once"),
            models.CheckConstraint(condition=Q(maximum__gt=0, step__gt=0, weight__gt=0), name="criterion_positive"),
            models.CheckConstraint(
                condition=Q(gate=None) | Q(gate__gt=0, gate__lte=models.F("maximum")), name="criterion_gate_within"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class LevelDescriptor(models.Model):
    """What earns this many points: a sentence beside the scale."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="levels")
    points_from = models.DecimalField(_("points from"), max_digits=7, decimal_places=2)
    points_to = models.DecimalField(_("points to"), max_digits=7, decimal_places=2)
    text_ru = models.TextField(_("text in Russian"))
    text_en = models.TextField(_("text in English"), blank=True)

    text = InTwoLanguages("text")

    class Meta:
        ordering = ["-points_from"]

    def __str__(self) -> str:
        return f"{self.points_from}–{self.points_to}"


class JudgingRules(models.Model):
    """How many read an entry, when a third does, and how the result is computed."""

    class Aggregation(models.TextChoices):
        MEAN = "mean", _("mean of the reviews")
        SUM = "sum", _("sum of the reviews")
        MEDIAN = "median", _("median of the reviews")
        TRIMMED = "trimmed", _("mean without the highest and the lowest")
        CALIBRATED = "calibrated", _("mean of the reviews, put right for severe and lenient judges")

    class ThirdReview(models.TextChoices):
        MEDIAN = "median", _("median of the three")
        MEAN = "mean", _("mean of all")
        NEAREST = "nearest", _("mean of the nearest two")
        DECIDES = "decides", _("the third decides")

    class Rounding(models.TextChoices):
        HALF_UP = "half-up", _("to the nearest, halves up")
        HALF_EVEN = "half-even", _("to the nearest, halves to the even digit")
        DOWN = "down", _("down")
        UP = "up", _("up")

    contest = models.OneToOneField(Contest, on_delete=models.CASCADE, related_name="judging_rules")
    reviews_per_entry = models.PositiveSmallIntegerField(_("reviews of each entry"), default=2)
    third_at_total = models.DecimalField(
        _("a third review when totals differ by, points"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    third_at_criterion = models.DecimalField(
        _("a third review when one criterion differs by, points"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
    )
    aggregation = models.CharField(_("result of the reviews"), max_length=16, choices=Aggregation, default="mean")
    third_review = models.CharField(
        _("result with a third review"), max_length=16, choices=ThirdReview, default="median"
    )
    # Positions of criteria, in order: [1, 3, 2].
    tie_criteria = models.JSONField(_("criteria compared in a tie, in order"), default=list)
    smallest_cell = models.PositiveSmallIntegerField(_("nominations with fewer entries are merged"), default=3)

    rounding = models.CharField(_("rounding of the result"), max_length=16, choices=Rounding, default="half-up")
    decimals = models.PositiveSmallIntegerField(_("decimal places of the result"), default=2)
    # What the regulation says that the criteria come to; checked before the contest is published.
    points_in_all = models.DecimalField(
        _("most points in all, as the regulation says"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    places_shared = models.BooleanField(_("entries that nothing tells apart share a place"), default=False)
    places_unawarded = models.BooleanField(_("a place may stay unawarded"), default=True)

    show_spread = models.BooleanField(
        _("after handing in, a judge sees how far the others' points lie apart"), default=False
    )
    third_sees_marks = models.BooleanField(_("a third judge sees the points of the others"), default=False)
    shun_municipality = models.BooleanField(
        _("judges read no essays from the municipality they work or study in"), default=False
    )
    # Per cent of each category × nomination that is read once more after the first round; 0: no such round.
    second_look_share = models.PositiveSmallIntegerField(_("second look at the leaders, per cent"), default=0)

    # Set when a ranking is approved: from then on no review may change. Cleared by nothing but a new edition.
    results_frozen_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"rules of {self.contest_id}"


class AwardRule(models.Model):
    """One award of every category × nomination, or of those chosen: who gets it, and from how many points.

    Places are given from the top; ``count`` and ``percent`` go to the entries that follow. Special prizes are for
    entries without another award: the best by one criterion (its position), or those that the jury names
    (``JuryChoice``).
    """

    class Kind(models.TextChoices):
        PLACES = "places", _("places")
        COUNT = "count", _("a number of entries")
        PERCENT = "percent", _("per cent of the entries")
        TOGETHER = "together", _("per cent of the entries, awards above it included")
        SPECIAL = "special", _("special prize: the best by a criterion")
        CHOICE = "choice", _("special prize: the jury names the entries")

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="award_rules")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    name_ru = models.CharField(_("name in Russian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    kind = models.CharField(_("who gets it"), max_length=16, choices=Kind, default=Kind.PLACES)
    place_from = models.PositiveSmallIntegerField(_("places from"), null=True, blank=True)
    place_to = models.PositiveSmallIntegerField(_("places to"), null=True, blank=True)
    count = models.PositiveSmallIntegerField(_("how many entries"), null=True, blank=True)
    percent = models.DecimalField(_("per cent of the entries"), max_digits=5, decimal_places=2, null=True, blank=True)
    rounding = models.CharField(
        _("a part of an entry is rounded"), max_length=16, choices=JudgingRules.Rounding, default="down"
    )
    at_least = models.PositiveSmallIntegerField(_("but at least"), default=0)
    minimum = models.DecimalField(_("fewest points"), max_digits=7, decimal_places=2, null=True, blank=True)
    minimum_percent = models.DecimalField(
        _("fewest points, per cent of the most"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    # The position of a criterion, like ``JudgingRules.tie_criteria``.
    criterion = models.PositiveSmallIntegerField(_("best by the criterion"), null=True, blank=True)
    category = models.ForeignKey(
        Category,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only in the category"),
    )
    nomination = models.ForeignKey(
        Nomination,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only in the nomination"),
    )

    name = InTwoLanguages("name")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "key"], name="award_rule_key_once"),
            models.CheckConstraint(
                condition=~Q(kind="places") | Q(place_from__gte=1, place_to__gte=models.F("place_from")),
                name="award_rule_places",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["places", "count", "percent", "together", "special", "choice"]),
                name="award_rule_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)
