"""The form of what an essay's file must be like. It checks and never saves."""

from typing import Any

from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.core.validators import MinValueValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from essays.contests import hooks
from essays.contests.forms import VersionedForm, plain_helper
from essays.contests.models import Contest

MEGABYTE = 1024 * 1024


LARGEST_FILE = 25
FORMATS = [
    ("docx", _("DOCX (Word)")),
    ("odt", _("ODT (LibreOffice)")),
    ("pdf", _("PDF with a text layer")),
    ("rtf", _("RTF (WordPad)")),
    ("doc", _("DOC (Word before 2007)")),
    ("txt", _("TXT (plain text)")),
    ("jpg", _("JPG (photographs and scans of pages)")),
    ("png", _("PNG (photographs and scans of pages)")),
]


class RequirementsForm(VersionedForm):
    """What a file must be like to be taken."""

    formats = forms.MultipleChoiceField(
        label=_("File formats"),
        choices=FORMATS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "With JPG or PNG an essay may be written by hand, 12 pages at most, and a PDF may be a scan. "
            "A person paints over every page before judges see it; limits of length do not apply."
        ),
    )
    megabytes = forms.DecimalField(
        label=_("Largest file, megabytes"), min_value=0.1, max_value=LARGEST_FILE, max_digits=4, decimal_places=1
    )
    min_characters = forms.IntegerField(
        label=_("Fewest characters with spaces"), required=False, validators=[MinValueValidator(1)]
    )
    max_characters = forms.IntegerField(
        label=_("Most characters with spaces"), required=False, validators=[MinValueValidator(1)]
    )
    min_words = forms.IntegerField(label=_("Fewest words"), required=False, validators=[MinValueValidator(1)])
    max_words = forms.IntegerField(
        label=_("Most words"),
        required=False,
        validators=[MinValueValidator(1)],
        help_text=_("Usually characters or words are limited, not both; leave the others empty."),
    )
    mentor_allowed = forms.BooleanField(label=_("An entrant may name a mentor"), required=False)
    blindness = forms.ChoiceField(
        label=_("What judges learn of the author"),
        choices=Contest.Blindness,
        widget=forms.RadioSelect,
        help_text=_("Properties of the file, such as the author's name and the computer's, never reach judges."),
    )
    hides_places = forms.BooleanField(
        label=_("Hide small places and rare posts too"),
        required=False,
        help_text=_(
            "A village of three hundred people or “my father is the head of the district” tells who wrote it. "
            "Names of cities and districts stay."
        ),
    )
    admits_itself = forms.BooleanField(
        label=_("Entries that pass every check are admitted without an organizer"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        locked = dict(kwargs.pop("locked", None) or {})
        if "max_bytes" in locked:
            locked["megabytes"] = locked["max_bytes"]
        super().__init__(*args, locked=locked, **kwargs)
        lacking = hooks.unreadable_formats()
        if lacking and "doc" in lacking:
            no_doc = _("DOC files cannot be read on this server: LibreOffice, which converts them, is not installed.")
            self.fields["formats"].help_text = format_lazy("{} {}", self.fields["formats"].help_text, no_doc)
        self.fields["formats"].choices = [  # type: ignore[attr-defined]
            choice for choice in FORMATS if choice[0] not in lacking or choice[0] in self.contest.formats
        ]
        self.helper = plain_helper(
            Layout(
                "version",
                Fieldset(_("File"), "formats", "megabytes"),
                Fieldset(
                    _("Length"),
                    Div("min_characters", "max_characters", css_class="form-row"),
                    Div("min_words", "max_words", css_class="form-row"),
                ),
                Fieldset(_("Blind review"), Field("blindness", wrapper_class="choices"), "hides_places"),
                Fieldset(_("Application"), "mentor_allowed", "admits_itself"),
            )
        )

    def values_of(self, contest: Contest) -> dict[str, Any]:
        megabytes = round(contest.max_bytes / MEGABYTE, 1)
        return super().values_of(contest) | {"megabytes": f"{megabytes:g}"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for kind in ("characters", "words"):
            least, most = data.get(f"min_{kind}"), data.get(f"max_{kind}")
            if least is not None and most is not None and least > most:
                self.add_error(f"max_{kind}", _("The upper limit is below the lower one."))
        return data

    def changes(self) -> dict[str, Any]:
        changes = super().changes()
        if "megabytes" in changes:
            changes["max_bytes"] = int(changes.pop("megabytes") * MEGABYTE)
        return changes
