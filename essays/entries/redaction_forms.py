"""Forms of the redaction desk and of an entrant's remark. They validate and never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essays.entries.forms import helper
from essays.entries.redacting import Wish
from essays.entries.redaction_models import CopyRemark
from essays.entries.redaction_reasons import CHOICES

ACTS = ("hide", "hide_all", "hide_forms", "show", "show_all", "show_forms", "undo")


class WishForm(forms.Form):
    """A place by its offsets, or words; to be hidden or shown: here, everywhere, or everywhere in all their forms.

    ``seen`` is how many places the person was told that this changes; without it the person is asked first.
    """

    revision = forms.IntegerField(min_value=0)
    act = forms.ChoiceField(choices=[(act, act) for act in ACTS])
    start = forms.IntegerField(min_value=0, required=False)
    end = forms.IntegerField(min_value=0, required=False)
    scope = forms.ChoiceField(choices=[("text", "text"), ("title", "title")], required=False)
    words = forms.CharField(
        label=_("Words in the original"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Shown to judges as"), choices=CHOICES, required=False)
    seen = forms.IntegerField(min_value=0, required=False)

    @property
    def wish(self) -> Wish:
        """What is asked for; of a valid form only."""
        values = self.cleaned_data
        return Wish(
            hide=values["act"].startswith("hide"),
            start=values["start"] or 0,
            end=values["end"] or 0,
            words=values["words"],
            kind=values["kind"],
            whole=values["act"].endswith("_all"),
            forms=values["act"].endswith("_forms"),
            title=values["scope"] == "title",
        )


class RemarkForm(forms.Form):
    """What an entrant has found in the copy."""

    kind = forms.ChoiceField(
        label=_("What have you found?"), choices=CopyRemark.Kind, widget=forms.RadioSelect, initial="missed"
    )
    words = forms.CharField(
        label=_("Which words?"),
        help_text=_("Select them in the text above, or write them here exactly as they stand there."),
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("Why, in a sentence, if you like"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("kind", "words", "note")


class AnswerForm(forms.Form):
    """The organizer's answer to a remark."""

    outcome = forms.ChoiceField(choices=CopyRemark.Outcome)
    answer = forms.CharField(max_length=1000, required=False)
