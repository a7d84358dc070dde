"""Forms of the rubric, the rules of judging and the awards. They check and never save."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from essays.contests.forms import plain_helper
from essays.contests.models import Contest
from essays.contests.rows import RowForm, show_locks
from judging.rubrics.models import AwardRule, Criterion, JudgingRules
from judging.rubrics.point_fields import PointsOrPart
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


def number(label: Any, *, least: int = 0, most: int = 1000, **kwargs: Any) -> Any:
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=False, **kwargs)


def share(label: Any, **kwargs: Any) -> Any:
    return points(label, required=False, max_value=Decimal(100), **kwargs)


class AwardRow(RowForm):
    """One award. Which fields mean something depends on its kind; the others are let lie."""

    more_words = _("Numbers, shares, special prizes, or only a part of the contest")
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Who gets it"), choices=AwardRule.Kind, initial=AwardRule.Kind.PLACES)
    place_from = number(_("Places from"), least=1)
    place_to = number(_("Places to"), least=1)
    count = number(_("How many entries"), least=1, help_text=_("For a number of entries and for a special prize."))
    percent = share(_("Per cent of the entries"), least="0.01")
    rounding = forms.ChoiceField(
        label=_("A part of an entry is rounded"), choices=JudgingRules.Rounding, initial="down", required=False
    )
    at_least = number(_("But at least, entries"))
    minimum = points(_("Fewest points"), required=False, help_text=_("Empty: any number of points."))
    minimum_percent = share(_("Fewest points, per cent of the most"))
    criterion = forms.TypedChoiceField(label=_("Best by the criterion"), required=False, coerce=int, empty_value=None)
    category_id = forms.TypedChoiceField(label=_("Only in the category"), required=False, coerce=int, empty_value=None)
    nomination_id = forms.TypedChoiceField(
        label=_("Only in the nomination"), required=False, coerce=int, empty_value=None
    )

    helper = plain_helper(
        Layout(
            "id",
            Div("name_ru", "name_en", css_class="form-row"),
            Div("kind", "minimum", "minimum_percent", css_class="form-row"),
            Div("place_from", "place_to", css_class="form-row"),
            HTML(
                '<details class="more"{% if form.says_more %} open{% endif %}><summary>{{ form.more_words }}</summary>'
            ),
            Div("count", "percent", css_class="form-row"),
            Div("rounding", "at_least", css_class="form-row"),
            Div("criterion", "category_id", "nomination_id", css_class="form-row"),
            HTML("</details>"),
        )
    )

    def __init__(self, *args: Any, parts: Mapping[str, Sequence[tuple[Any, Any]]] | None = None, **kwargs: Any) -> None:
        """``parts``: choices of criterion, category_id and nomination_id."""
        super().__init__(*args, **kwargs)
        empty = {"criterion": "–", "category_id": _("in all"), "nomination_id": _("in all")}
        for name, choices in (parts or {}).items():
            self.fields[name].choices = [("", empty[name]), *choices]  # type: ignore[attr-defined]

    @property
    def says_more(self) -> bool:
        """Is there anything in the part that is folded away?"""
        kind = self["kind"].value() or AwardRule.Kind.PLACES
        return bool(
            kind != AwardRule.Kind.PLACES
            or self["category_id"].value()
            or self["nomination_id"].value()
            or (self.is_bound and self.errors)
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["at_least"] = data.get("at_least") or 0
        data["rounding"] = data.get("rounding") or "down"
        return data


class RulesForm(forms.Form):
    """The rules of judging. Criteria for ties are chosen by name and kept by position."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reviews_per_entry = forms.IntegerField(label=_("How many judges read each essay"), min_value=1, max_value=15)
    third_at_total = PointsOrPart(
        label=_("A third judge reads when totals differ by, points"),
        min_value=Decimal("0.01"),
        max_digits=7,
        decimal_places=2,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
        localize=True,
        help_text=_("This many points or more; “20 %” is reckoned from the most points. Empty: no comparison."),
    )
    third_at_criterion = points(
        _("A third judge reads when one criterion differs by, points"),
        least="0.01",
        required=False,
        help_text=_("Empty: criteria are not compared."),
    )
    aggregation = forms.ChoiceField(label=_("The result is"), choices=JudgingRules.Aggregation)
    third_review = forms.ChoiceField(label=_("With a third review the result is"), choices=JudgingRules.ThirdReview)
    rounding = forms.ChoiceField(
        label=_("The result is rounded"), choices=JudgingRules.Rounding, initial="half-up", required=False
    )
    decimals = forms.IntegerField(
        label=_("to so many decimal places"), min_value=0, max_value=2, initial=2, required=False
    )
    points_in_all = points(
        _("The criteria should come to, points"),
        least="0.01",
        required=False,
        help_text=_("As the regulation says; then a slip in a maximum or a weight is found. Empty: not checked."),
    )
    places_shared = forms.BooleanField(
        label=_("Entries that nothing tells apart share a place"),
        help_text=_("The places after it are then used up. Off: the jury votes."),
        required=False,
    )
    places_unawarded = forms.BooleanField(
        label=_("A place may stay unawarded"),
        help_text=_("Off: the ranking is not approved before every place is given."),
        required=False,
        initial=True,
    )
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
        for name in ("third_at_total", "third_at_criterion", "points_in_all"):
            if initial[name] is not None:
                initial[name] = shown_points(initial[name])
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.fields["third_at_total"].maximum = sum(  # type: ignore[attr-defined]
            (one.maximum * one.weight for one in criteria), Decimal()
        )
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
                Fieldset(
                    _("Reviews"),
                    "reviews_per_entry",
                    "aggregation",
                    Div("rounding", "decimals", css_class="form-row"),
                    "points_in_all",
                ),
                Fieldset(_("Third review"), "third_at_total", "third_at_criterion", "third_review", "third_sees_marks"),
                Fieldset(_("Second look at the leaders"), "second_look_share"),
                Fieldset(_("Conflicts of interest"), "shun_municipality"),
                Fieldset(_("When totals are equal"), *self.ties, "places_shared"),
                Fieldset(_("When nobody has the points"), "places_unawarded"),
                Fieldset(_("Small nominations"), "smallest_cell"),
                Fieldset(_("What judges see of each other"), "show_spread"),
            )
        )

    def values(self) -> dict[str, Any]:
        """What the action takes; ties in the order chosen."""
        data = dict(self.cleaned_data)
        data.pop("version")
        data["rounding"] = data["rounding"] or "half-up"
        data["decimals"] = 2 if data["decimals"] is None else data["decimals"]
        data["second_look_share"] = data["second_look_share"] or 0
        data["tie_criteria"] = [int(data[name]) for name in self.ties if data.get(name)]
        for name in self.ties:
            data.pop(name, None)
        return data
