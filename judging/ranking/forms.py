"""Forms of the ranking: they check what was typed and save nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from judging.ranking import sentences
from judging.ranking.models import in_language
from judging.ranking.table import label_of
from judging.rubrics.models import AwardRule

APPROVE = {"approve", "утвердить"}


class ApproveForm(forms.Form):
    """``seen``: the digest of what stands on the page. ``reason`` only where an earlier edition exists."""

    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why there is a new edition"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    word = forms.CharField(
        label=_("To confirm, type the word APPROVE"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not again:
            del self.fields["reason"]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"]
        if word.strip().casefold() not in APPROVE:
            raise forms.ValidationError(_("Type the word exactly: it makes sure that nobody approves by accident."))
        return word


class ChoiceForm(forms.Form):
    """The entries that the jury gives one of its own prizes, by code; none is a choice, too."""

    codes = forms.CharField(
        label=_("Codes of the entries"),
        max_length=2000,
        required=False,
        help_text=_("Several are parted by commas or spaces. Only entries without another award can have it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, award: AwardRule | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.award = award
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_codes(self) -> list[str]:
        typed: str = self.cleaned_data["codes"]
        return list(dict.fromkeys(typed.upper().replace(",", " ").replace(";", " ").split()))


class VoteForm(forms.Form):
    """The jury's vote on one tie: a position for every code. Equal positions share the place on purpose."""

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = tuple(codes)
        for code in self.codes:
            self.fields[code] = forms.TypedChoiceField(
                label=code,
                coerce=int,
                choices=[("", "–"), *((number, number) for number in range(1, len(self.codes) + 1))],
            )
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def positions(self) -> dict[str, int]:
        """Code → position. Only of a valid form."""
        return {code: self.cleaned_data[code] for code in self.codes}


class AwardForm(forms.Form):
    """An award, or one place of it, that stays without a winner in one category × nomination.

    ``outline``: of the proposed ranking; its cells and awards are what there is to choose from.
    """

    cell = forms.ChoiceField(label=_("Category and nomination"))
    award = forms.ChoiceField(label=_("Award"))

    def __init__(self, *args: Any, outline: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = {str(cell["number"]): cell for cell in outline.get("cells", ())}
        self.labels = {number: label_of(cell) for number, cell in self.cells.items()}
        self.awards = {
            f"{award['key']}:{place or ''}": sentences.of_award(in_language(award), place)
            for award in outline.get("awards", ())
            for place in places_of(award)
        }
        for name, words in (("cell", self.labels), ("award", self.awards)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(words.items())
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def target(self) -> dict[str, Any]:
        """As a question keeps it. Only of a valid form."""
        key, _colon, place = self.cleaned_data["award"].partition(":")
        cell = self.cells[self.cleaned_data["cell"]]
        return {
            "category": cell["category"]["id"],
            # A merged cell is known by any of its nominations.
            "nomination": cell["nominations"][0]["id"],
            "award": key,
            "place": int(place) if place else None,
        }

    @property
    def sentence(self) -> str:
        """The question in words. Only of a valid form."""
        words = {"award": self.awards[self.cleaned_data["award"]], "where": self.labels[self.cleaned_data["cell"]]}
        return str(_("Give this award to nobody: %(award)s (%(where)s)")) % words


def places_of(award: Mapping[str, Any]) -> list[int | None]:
    """The award's places, one by one; None for an award without places."""
    if award.get("place_from") is None or award.get("place_to") is None:
        return [None]
    return list(range(award["place_from"], award["place_to"] + 1))


class WithholdForm(AwardForm):
    """The same with the reason, where no meeting votes on it."""

    reason = forms.CharField(
        label=_("Why nobody gets it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The decision of the jury in a sentence; the protocol prints it."),
    )
