"""Other rules, typed into the address of a page: nothing of it is saved."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from essays.contests.forms import plain_helper
from judging.ranking.what_if import OF_AWARD
from judging.rubrics.forms import points, shown_points
from judging.rubrics.models import AwardRule, Criterion, JudgingRules
from judging.rubrics.rules_form import MOST_TIES
from judging.rubrics.soundness import USED

YES_NO = (("yes", _("yes")), ("no", _("no")))


class WhatIfForm(forms.Form):
    """Rules as they stand, to be moved. A field that the address leaves out stands as it is."""

    aggregation = forms.ChoiceField(label=_("The result is"), choices=JudgingRules.Aggregation)
    third_review = forms.ChoiceField(label=_("With a third review the result is"), choices=JudgingRules.ThirdReview)
    rounding = forms.ChoiceField(label=_("The result is rounded"), choices=JudgingRules.Rounding)
    decimals = forms.IntegerField(label=_("to so many decimal places"), min_value=0, max_value=2)
    places_shared = forms.ChoiceField(label=_("Entries that nothing tells apart share a place"), choices=YES_NO)
    smallest_cell = forms.IntegerField(
        label=_("Nominations are merged within a category when one has fewer essays than"), min_value=0, max_value=1000
    )

    def __init__(
        self,
        typed: Mapping[str, Any],
        *,
        rules: JudgingRules,
        criteria: Sequence[Criterion],
        awards: Sequence[AwardRule],
    ) -> None:
        self.awards = {f"award{rule.pk}": rule for rule in awards}
        start = {name: getattr(rules, name) for name in self.base_fields} | {
            "places_shared": "yes" if rules.places_shared else "no"
        }
        self.ties = [f"tie_{number}" for number in range(1, min(len(criteria), MOST_TIES) + 1)]
        start |= dict(zip(self.ties, map(str, rules.tie_criteria), strict=False))
        for prefix, rule in self.awards.items():
            start |= {f"{prefix}_{name}": _shown(getattr(rule, name)) for name in _fields_of(rule)}
        self.start = {name: str(value) for name, value in start.items() if value is not None}
        super().__init__({**self.start, **{name: typed[name] for name in typed}})
        choices: list[tuple[str, Any]] = [("", _("no further criterion"))]
        choices += [(str(row.position), f"{row.position}. {row.name}") for row in criteria]
        for index, name in enumerate(self.ties):
            label = _("First compare") if index == 0 else _("Then")
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
        for prefix, rule in self.awards.items():
            for name in _fields_of(rule):
                self.fields[f"{prefix}_{name}"] = _field(rule, name)
        self.helper = plain_helper(self._layout())

    def _layout(self) -> Layout:
        awards = [
            Fieldset(str(rule.name), Div(*(f"{prefix}_{name}" for name in _fields_of(rule)), css_class="form-row"))
            for prefix, rule in self.awards.items()
        ]
        return Layout(
            Div("aggregation", "third_review", css_class="form-row"),
            Div("rounding", "decimals", css_class="form-row"),
            Div(*self.ties[:3], css_class="form-row"),
            *([Div(*self.ties[3:], css_class="form-row")] if self.ties[3:] else []),
            Div("places_shared", "smallest_cell", css_class="form-row"),
            *awards,
        )

    @property
    def differs(self) -> bool:
        """Was anything moved?"""
        return any(str(self.data.get(name, "")) != self.start.get(name, "") for name in self.fields)

    def rules(self) -> dict[str, Any]:
        """Fields of the rules. Only of a valid form."""
        data = self.cleaned_data
        ties = dict.fromkeys(int(data[name]) for name in self.ties if data.get(name))
        return {
            **{name: data[name] for name in self.base_fields},
            "places_shared": data["places_shared"] == "yes",
            "tie_criteria": list(ties),
        }

    def changed_awards(self) -> dict[int, dict[str, Any]]:
        """Fields of each award, by its id. Only of a valid form."""
        return {
            rule.pk: {name: self.cleaned_data[f"{prefix}_{name}"] for name in _fields_of(rule)}
            for prefix, rule in self.awards.items()
        }


def _fields_of(rule: AwardRule) -> list[str]:
    return [name for name in OF_AWARD if name in USED[rule.kind] or name.startswith("minimum")]


def _field(rule: AwardRule, name: str) -> Any:
    label = AwardRule._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    required = name in USED[rule.kind] and name != "count"
    if name in ("minimum", "minimum_percent", "percent"):
        return points(label, required=required, max_value=None if name == "minimum" else Decimal(100))
    return forms.IntegerField(label=label, min_value=1, max_value=1000, required=required)


def _shown(value: Any) -> Any:
    return shown_points(value) if isinstance(value, Decimal) else value
