"""Forms around an entry: its beginning, consents, the organizer's decision and list. They validate and never save."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from essays.contests.models import ConsentText
from essays.entries.consents import Kind
from essays.entries.models import Entry


def helper(*layout: Any) -> FormHelper:
    """A crispy helper without form tag: the page writes the tag and the one main button."""
    made = FormHelper()
    made.form_tag = False
    made.disable_csrf = True
    if layout:
        made.layout = Layout(*layout)
    return made


class StartForm(forms.Form):
    entered_by = forms.ChoiceField(
        label=_("Who are you?"), choices=Entry.EnteredBy, widget=forms.RadioSelect, initial=Entry.EnteredBy.ENTRANT
    )

    helper = helper()


class ConsentForm(forms.Form):
    """Separate consents, never ticked beforehand. Only the one to processing is needed to take part."""

    def __init__(self, *args: Any, texts: dict[str, ConsentText], standing: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[tuple[str, ConsentText, bool]] = []
        labels = {
            Kind.PROCESSING: _("I consent to the processing of personal data"),
            Kind.DISSEMINATION: _("I consent to the publication of the name among the results"),
            Kind.ESSAY: _("I consent to the publication of the essay if it is awarded"),
        }
        for kind in labels:
            if kind not in texts:
                continue
            self.rows.append((kind, texts[kind], kind in standing))
            if kind not in standing:
                self.fields[kind] = forms.BooleanField(
                    label=labels[kind],
                    required=kind == Kind.PROCESSING,
                    error_messages={"required": _("Without this consent the entry cannot take part.")},
                )

    def parts(self) -> list[dict[str, Any]]:
        """What the page shows: each text, whether it stands, and its unticked box if it does not."""
        return [
            {"kind": kind, "text": text, "stands": stands, "field": None if stands else self[kind]}
            for kind, text, stands in self.rows
        ]

    @property
    def chosen(self) -> list[str]:
        return [kind for kind, _text, _stands in self.rows if self.cleaned_data.get(kind)]


class DecisionForm(forms.Form):
    """An organizer's decision on one entry."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            ("admit", _("Admit to the competition")),
            ("return", _("Return for correction")),
            ("reject", _("Do not admit")),
            ("reconsider", _("Take the decision back")),
            ("disqualify", _("Disqualify")),
        ],
    )
    remark = forms.CharField(
        label=_("What to correct, or the reason"),
        help_text=_("The author reads exactly these words."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )

    NEEDS_REMARK = frozenset({"return", "reject", "disqualify"})

    def __init__(self, *args: Any, allowed: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        field.choices = [choice for choice in field.choices if choice[0] in allowed]  # type: ignore[attr-defined]
        self.helper = helper("decision", "remark")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("decision") in self.NEEDS_REMARK and not values.get("remark", "").strip():
            self.add_error("remark", _("Write to the author what to correct, or the reason."))
        return values


class EntryFilter(forms.Form):
    """Filters of the organizer's list."""

    q = forms.CharField(
        label=_("Name, institution or number"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    copy = forms.ChoiceField(label=_("Blind copy"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [choice for choice in Entry.State.choices if choice[0] != Entry.State.DRAFT]
        self.fields["state"].choices = [("", _("all")), *states]  # type: ignore[attr-defined]
        self.fields["copy"].choices = [  # type: ignore[attr-defined]
            ("", _("all")),
            ("owed", _("being made")),
            ("failed", _("failed")),
            ("held", _("waits for a look")),
            ("released", _("released")),
        ]
