"""Forms of the results: they check what was typed and save nothing."""

from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Contest
from essays.contests.wallclock import WallClockField, meant_moment
from essays.contests.zones import by_local_time
from essays.entries import codes

WORDS = {"announce", "объявить"}


def the_word(typed: str) -> str:
    """What was typed if it is the word, in either language. Raises ``ValidationError`` otherwise."""
    if typed.strip().casefold() not in WORDS:
        raise forms.ValidationError(_("Type the word exactly: it makes sure that nobody announces by accident."))
    return typed


class AnnounceForm(forms.Form):
    """When, and the word that makes it deliberate. ``seen``: SHA-256 of the ranking that was looked at."""

    NOW, LATER = "now", "later"

    seen = forms.CharField(widget=forms.HiddenInput)
    when = forms.ChoiceField(
        label=_("When do the results become public?"),
        choices=[(NOW, _("Now")), (LATER, _("At a moment that I choose"))],
        widget=forms.RadioSelect,
        initial=NOW,
    )
    at = WallClockField(label=_("The moment"), required=False)
    word = forms.CharField(
        label=_("To confirm, type the word ANNOUNCE"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contest = contest
        self.fields["at"].help_text = by_local_time(contest.time_zone)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("seen", Fieldset("", Field("when"), Field("at")), Field("word"))

    def clean_at(self) -> datetime | None:
        typed: datetime | None = self.cleaned_data.get("at")
        return meant_moment(typed, self.contest.zone, is_end=False) if typed else None

    def clean_word(self) -> str:
        return the_word(self.cleaned_data["word"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("when") == self.LATER and not cleaned.get("at") and "at" not in self.errors:
            self.add_error("at", _("Choose the day and the hour."))
        return cleaned

    @property
    def moment(self) -> datetime | None:
        """The chosen moment, None for now. Only of a valid form."""
        return self.cleaned_data["at"] if self.cleaned_data["when"] == self.LATER else None


class ConfirmForm(forms.Form):
    """The second organizer's word. ``seen``: SHA-256 of the ranking that was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput)
    word = forms.CharField(
        label=_("To confirm, type the word ANNOUNCE"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_word(self) -> str:
        return the_word(self.cleaned_data["word"])


class NumberForm(forms.Form):
    """A document's number as somebody reads it off paper: case, dashes and layout do not matter."""

    number = forms.CharField(
        label=_("Number of the document"),
        max_length=60,
        help_text=_("It stands at the foot of the document and begins with LR."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        # The number is asked by GET: a token in the address would be written into logs.
        self.helper.disable_csrf = True

    def clean_number(self) -> str:
        number = normal_number(self.cleaned_data["number"])
        if number is None:
            raise forms.ValidationError(
                _("This cannot be a number of ours. Please compare it with the document letter by letter.")
            )
        return number


def normal_number(typed: str) -> str | None:
    """«lr 2026 k7p4m29ct3a6» → «LR-2026-K7P-4M2-9CT-3A6»; None for what cannot be a number."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    head, year, code = signs[:2], signs[2:6], codes.normalise(signs[6:])
    if head not in ("LR", "ЛР") or not (year.isascii() and year.isdigit()) or code is None:
        return None
    return f"LR-{year}-{code}"
