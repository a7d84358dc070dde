"""Forms of appeals: they check what was typed and save nothing."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from judging.panels.models import Seat
from judging.ranking import sentences
from judging.rubrics.models import Criterion


class AppealForm(forms.Form):
    """What the author disagrees with."""

    text = forms.CharField(
        label=_("What you disagree with, and why"),
        max_length=4000,
        min_length=20,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Those who hear the appeal do not know you: do not name yourself, your school or your teacher."),
        error_messages={"min_length": _("Say in a sentence or two what you disagree with.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class AppointForm(forms.Form):
    """Who hears the appeal; those with the fewest appeals are ticked beforehand."""

    seats = forms.ModelMultipleChoiceField(
        label=_("Who hears the appeal"),
        queryset=Seat.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only those stand here who have not read the entry and have no conflict of interest."),
    )

    def __init__(self, *args: Any, able: Sequence[Seat], needed: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"seats": [seat.pk for seat in able[:needed]]}
        field = self.fields["seats"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Seat.objects.filter(pk__in=[seat.pk for seat in able]).for_panel()
        self.helper = FormHelper()
        self.helper.form_tag = False


class FindingForm(forms.Form):
    """Points by criterion and why. An empty field keeps the points that stand."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], before: Mapping[str, Decimal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria, self.before = criteria, before
        for criterion in criteria:
            key = str(criterion.position)
            self.fields[f"mark_{key}"] = forms.DecimalField(
                label=criterion.name,
                required=False,
                min_value=Decimal(0),
                localize=True,
                validators=[
                    MaxValueValidator(
                        criterion.maximum,
                        _("The criterion has %(maximum)s points at most.")
                        % {"maximum": sentences.points(criterion.maximum)},
                    )
                ],
                help_text=_("now %(points)s of %(maximum)s; empty keeps it")
                % {
                    "points": sentences.points(before.get(key, Decimal(0))),
                    "maximum": sentences.points(criterion.maximum),
                },
            )
        self.fields["reason"] = forms.CharField(
            label=_("Why"),
            max_length=4000,
            min_length=20,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_("The organizer writes the answer to the author from what all of you have found."),
            error_messages={"min_length": _("Say in a sentence or two why.")},
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for criterion in self.criteria:
            name = f"mark_{criterion.position}"
            mark = cleaned.get(name)
            if mark is not None and mark % criterion.step and mark != self.before.get(str(criterion.position)):
                self.add_error(name, _("Points go in steps of %(step)s.") % {"step": sentences.points(criterion.step)})
        return cleaned

    @property
    def marks(self) -> dict[str, Decimal]:
        """Position of the criterion → points, without those that are kept. Only of a valid form."""
        typed = {str(one.position): self.cleaned_data[f"mark_{one.position}"] for one in self.criteria}
        return {key: mark for key, mark in typed.items() if mark is not None}


class DecisionForm(forms.Form):
    """The answer to the author."""

    answer = forms.CharField(
        label=_("Answer to the author"),
        max_length=4000,
        min_length=20,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Goes out by letter and stands on the author's page. Without names of judges."),
        error_messages={"min_length": _("Say in a sentence or two why.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
