"""The form of the rules of judging. It checks and never saves."""

from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from essays.contests.forms import plain_helper
from essays.contests.models import Contest
from essays.contests.rows import show_locks
from judging.rubrics.forms import points, shown_points
from judging.rubrics.models import Criterion, JudgingRules
from judging.rubrics.point_fields import PointsOrPart

MOST_TIES = 5


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
