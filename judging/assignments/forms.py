"""Forms of assignments. They validate and never save."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from judging.assignments.models import Recusal


class RecusalForm(forms.Form):
    """Why a judge gives an essay back."""

    reason = forms.ChoiceField(
        label=_("Why do you give this essay back?"), choices=Recusal.Reason, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("In your own words, if you like"),
        help_text=_("Please do not write the author's name here."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_recusal_%s", **kwargs})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Field("reason", wrapper_class="choices"), "note")


class SeedForm(forms.Form):
    """The seed of a deal: the same seed gives the same plan, so that anybody may check it."""

    seed = forms.CharField(
        label=_("Seed"),
        help_text=_("Any word or number, for example drawn by lot. The same seed always gives the same plan."),
        max_length=64,
    )
    early = forms.BooleanField(
        label=_("Deal although intake is still open"),
        help_text=_("Essays that come in later are dealt apart, to the least loaded."),
        required=False,
    )

    def __init__(self, *args: Any, intake_is_over: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if intake_is_over:
            del self.fields["early"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.fields)
