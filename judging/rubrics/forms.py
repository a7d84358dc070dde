"""Forms of the rubric and of the awards, row by row. They check and never save."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from essays.contests.forms import plain_helper
from essays.contests.rows import RowForm
from judging.rubrics.models import AwardRule, JudgingRules
from judging.rubrics.soundness import points_words


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
