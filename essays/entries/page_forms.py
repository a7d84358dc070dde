"""A black place written in numbers: for keyboards, and where there is no JavaScript."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

PER_CENT = 100
"""A place is kept in hundredths of a per cent."""


def _per_cent(label: Any, least: int, initial: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=100,
        initial=initial,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Write a whole number of per cent."),
            "required": _("Write a number of per cent."),
        },
    )


class PlaceForm(forms.Form):
    """Where a black place begins and how large it is, in per cent of the page; the lines on it stand at every ten."""

    left = _per_cent(_("From the left edge, %"), 0, 10)
    top = _per_cent(_("From the top edge, %"), 0, 5)
    width = _per_cent(_("Width, %"), 1, 40)
    height = _per_cent(_("Height, %"), 1, 5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Div("left", "top", "width", "height", css_class="form-row"))

    @property
    def place(self) -> list[int]:
        """The place as ``essays.anonymity.painting`` knows it."""
        return [self.cleaned_data[name] * PER_CENT for name in ("left", "top", "width", "height")]
