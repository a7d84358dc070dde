"""Forms of the rubric, the rules of judging and the awards. They check and never save."""

from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from essays.contests.forms import plain_helper
from essays.contests.models import Contest
from essays.contests.rows import RowForm, show_locks
from judging.rubrics.models import Criterion, JudgingRules
from judging.rubrics.soundness import points_words

MOST_TIES = 5


def shown_points(value: Decimal) -> str:
    """«25», «2,5»: as it is typed in the active language."""
    return str(number_format(points_words(value)))


def points(label: Any, *, places: int = 2, least: str = "0", required: bool = True, **kwargs: Any) -> Any:
    """A field for points; a decimal comma is as good as a point."""
    return forms.DecimalField(
        label=label,
        min_value=Decimal(least),
        max_digits=7,
        decimal_places=places,
        required=required,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        localize=True,
        **kwargs,
    )


class CriterionRow(RowForm):
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    description_ru = forms.CharField(
        label=_("What to look at, in Russian"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    description_en = forms.CharField(
        label=_("What to look at, in English"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    maximum = points(_("Most points"), least="0.01")
    step = points(_("Step"), least="0.01", required=False, help_text=_("1 if left empty"))
    weight = points(_("Weight"), least="0.0001", places=4, required=False, help_text=_("1 if left empty"))
    gate = points(
        _("Zero in all below"),
        least="0.01",
        required=False,
        help_text=_("With fewer points here the total is zero. Empty: no such rule."),
    )

    helper = plain_helper(
        Layout(
            "id",
            Div("name_ru", "name_en", css_class="form-row"),
            Div("description_ru", "description_en", css_class="form-row"),
            Div("maximum", "step", "weight", "gate", css_class="form-row"),
        )
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("step", "weight"):
            if name not in self.errors and data.get(name) is None:
                data[name] = Decimal(1)
        maximum, step = data.get("maximum"), data.get("step")
        if maximum and step and maximum % step:
            self.add_error(
                "step",
                _("This step does not lead to the maximum: with it the most points could never be given."),
            )
        gate = data.get("gate")
        if maximum and gate and gate > maximum:
            self.add_error("gate", _("The criterion gives fewer points than that: every total would be zero."))
        return data


class LevelRow(RowForm):
    points_from = points(_("Points from"))
    points_to = points(_("Points to"))
    text_ru = forms.CharField(label=_("What earns them, in Russian"), widget=forms.Textarea(attrs={"rows": 2}))
    text_en = forms.CharField(
        label=_("What earns them, in English"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    helper = plain_helper(
        Layout(
            "id",
            Div("points_from", "points_to", css_class="form-row"),
            Div("text_ru", "text_en", css_class="form-row"),
        )
    )


class AwardRow(RowForm):
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    place_from = forms.IntegerField(label=_("Places from"), min_value=1, max_value=1000)
    place_to = forms.IntegerField(label=_("Places to"), min_value=1, max_value=1000)
    minimum = points(_("Fewest points"), required=False, help_text=_("Empty: any number of points."))

    helper = plain_helper(
        Layout(
            "id",
            Div("name_ru", "name_en", css_class="form-row"),
            Div("place_from", "place_to", "minimum", css_class="form-row"),
        )
    )


class RulesForm(forms.Form):
    """The rules of judging. Criteria for ties are chosen by name and kept by position."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reviews_per_entry = forms.IntegerField(label=_("How many judges read each essay"), min_value=1, max_value=15)
    third_at_total = points(
        _("A third judge reads when totals differ by, points"),
        least="0.01",
        required=False,
        help_text=_("This many points or more. Empty: totals are not compared."),
    )
    third_at_criterion = points(
        _("A third judge reads when one criterion differs by, points"),
        least="0.01",
        required=False,
        help_text=_("Empty: criteria are not compared."),
    )
    aggregation = forms.ChoiceField(label=_("The result is"), choices=JudgingRules.Aggregation)
    third_review = forms.ChoiceField(label=_("With a third review the result is"), choices=JudgingRules.ThirdReview)
    smallest_cell = forms.IntegerField(
        label=_("Nominations are merged within a category when one has fewer essays than"),
        min_value=0,
        max_value=1000,
        help_text=_("0: nominations are never merged."),
    )
    show_spread = forms.BooleanField(
        label=_("After handing in a review, a judge sees how far the others' points lie apart"),
        help_text=_("Without names, and only once the own review is in. Off: judges never see others' points."),
        required=False,
    )
    third_sees_marks = forms.BooleanField(
        label=_("A third judge sees the points of the others while reading"),
        help_text=_("Without names. Off: the third judge reads as independently as the first two."),
        required=False,
    )
    second_look_share = forms.IntegerField(
        label=_("Second look: the leaders of each nomination that are read once more, per cent"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("Recommended: 20. Empty or 0: no second look."),
    )
    shun_municipality = forms.BooleanField(
        label=_("Judges read no essays from the municipality in which they work or study"),
        help_text=_("For essays of the same institution this is so in any case."),
        required=False,
    )

    def __init__(self, *args: Any, contest: Contest, lock: Any = "", **kwargs: Any) -> None:
        rules = JudgingRules.objects.filter(contest=contest).first() or JudgingRules(contest=contest)
        criteria = list(Criterion.objects.filter(rubric__contest=contest))
        initial: dict[str, Any] = {name: getattr(rules, name) for name in self.base_fields if name != "version"}
        initial["version"] = contest.version
        for name in ("third_at_total", "third_at_criterion"):
            if initial[name] is not None:
                initial[name] = shown_points(initial[name])
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [("", _("no further criterion"))]
        choices += [(str(one.position), f"{one.position}. {one.name}") for one in criteria]
        self.ties = [f"tie_{number}" for number in range(1, min(len(criteria), MOST_TIES) + 1)]
        for index, name in enumerate(self.ties):
            label = _("First compare") if index == 0 else _("Then")
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
            if index < len(rules.tie_criteria):
                self.initial[name] = str(rules.tie_criteria[index])
        if lock:
            show_locks(self, dict.fromkeys([name for name in self.fields if name != "version"], ""))
        self.helper = plain_helper(
            Layout(
                "version",
                Fieldset(_("Reviews"), "reviews_per_entry", "aggregation"),
                Fieldset(_("Third review"), "third_at_total", "third_at_criterion", "third_review", "third_sees_marks"),
                Fieldset(_("Second look at the leaders"), "second_look_share"),
                Fieldset(_("Conflicts of interest"), "shun_municipality"),
                *([Fieldset(_("When totals are equal"), *self.ties)] if self.ties else []),
                Fieldset(_("Small nominations"), "smallest_cell"),
                Fieldset(_("What judges see of each other"), "show_spread"),
            )
        )

    def values(self) -> dict[str, Any]:
        """What the action takes; ties in the order chosen."""
        data = dict(self.cleaned_data)
        data.pop("version")
        data["second_look_share"] = data["second_look_share"] or 0
        data["tie_criteria"] = [int(data[name]) for name in self.ties if data.get(name)]
        for name in self.ties:
            data.pop(name, None)
        return data
