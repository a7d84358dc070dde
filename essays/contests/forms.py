"""Forms of the organizer's pages about the regulation. They check and never save."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.core.validators import MinValueValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from essays.contests import hooks, zones
from essays.contests.models import ConsentText, Contest
from essays.contests.publishing import MOMENTS
from essays.contests.rows import RowForm, show_locks
from essays.contests.wallclock import (
    ENDS,
    DatesField,
    WallClockField,
    expect_once,
    meant_moment,
    read_moment,
    typed_moment,
)

MEGABYTE = 1024 * 1024
# Addresses under /organizer/ that are pages of their own.
RESERVED = ("new", "institutions")
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


def plain_helper(layout: Layout | None = None) -> FormHelper:
    """Fields only: the form tag and the buttons are the page's."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    if layout is not None:
        helper.layout = layout
    return helper


class ContestSlugField(forms.SlugField):
    """The last part of a contest's address."""

    default_error_messages = {
        "invalid": _("Write the address in Latin letters, digits and hyphens, for example essay-2027."),
    }

    def clean(self, value: Any) -> Any:
        slug = super().clean(value)
        if slug in RESERVED:
            raise forms.ValidationError(_("This word is taken by the site itself: choose another one."))
        return slug


class NewContestForm(forms.Form):
    """The few things a contest begins with; everything else has its own page."""

    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    slug = ContestSlugField(
        label=_("Address of the contest's page"),
        max_length=80,
        help_text=_("Latin letters, digits and hyphens, for example essay-2027."),
    )
    source = forms.ModelChoiceField(
        Contest.objects.none(),
        label=_("Begin with"),
        required=False,
        empty_label=_("an empty contest"),
        help_text=_("A copy takes over the texts, requirements, categories, nominations, rubric and rules."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones.choices())
    opens_at = WallClockField(label=_("Intake opens"))
    closes_at = WallClockField(label=_("Essays are taken until"), help_text=_("The whole of this minute counts."))

    def __init__(self, *args: Any, sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]
        self.helper = plain_helper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "time_zone" in data:
            zone = ZoneInfo(data["time_zone"])
            for name in ("opens_at", "closes_at"):
                data[name] = read_moment(self, name, zone, is_end=name in ENDS)
        if data.get("opens_at") and data.get("closes_at") and data["opens_at"] >= data["closes_at"]:
            self.add_error("closes_at", _("Intake closes before it opens: check both dates."))
        return data


class VersionedForm(forms.Form):
    """A form about a contest that carries the version of the regulation that the person has seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, contest: Contest, locked: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.contest = contest
        shown = {"version": contest.version, **self.values_of(contest)}
        kwargs["initial"] = shown | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        show_locks(self, locked or {})
        self.helper = plain_helper()

    def values_of(self, contest: Contest) -> dict[str, Any]:
        """What the fields show of the contest as it is."""
        return {name: getattr(contest, name) for name in self.base_fields if hasattr(contest, name)}

    def changes(self) -> dict[str, Any]:
        """What the person asks for, by fields of the contest; what is locked is not among it."""
        names = [name for name, field in self.fields.items() if name != "version" and not field.disabled]
        return {name: self.cleaned_data[name] for name in names}


class TextsForm(VersionedForm):
    """What the contest says of itself, in two languages."""

    slug = ContestSlugField(label=_("Address of the contest's page"), max_length=80)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    summary_ru = forms.CharField(
        label=_("What it is about, in Russian"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two or three sentences; they stand at the top of the contest's page."),
    )
    summary_en = forms.CharField(
        label=_("What it is about, in English"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    organizer_name_ru = forms.CharField(label=_("Who holds it, in Russian"), max_length=300, required=False)
    organizer_name_en = forms.CharField(label=_("Who holds it, in English"), max_length=300, required=False)
    contact_email = forms.EmailField(label=_("E-mail for questions"), required=False)
    regulation_ru = forms.CharField(
        label=_("Full text of the regulation, in Russian"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("Light markup: “# Heading”, “- item of a list”, “1. item”, “**bold**”, “[words](address)”."),
    )
    regulation_en = forms.CharField(
        label=_("Full text of the regulation, in English"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("Where the English text is empty, the Russian one is shown."),
    )


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


APPEALS = ("appeal_days", "hearing_days", "appeal_members")
OWN_DAYS = ("days_off", "days_worked")


class CalendarForm(VersionedForm):
    """The planned moments, on the wall clock of the contest's zone."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[])
    opens_at = WallClockField(label=_("Intake opens"))
    closes_at = WallClockField(label=_("Essays are taken until"), help_text=_("The whole of this minute counts."))
    screening_ends_at = WallClockField(label=_("Applications are checked until"))
    corrections_end_at = WallClockField(label=_("Corrections are taken until"))
    judging_starts_at = WallClockField(label=_("Judging starts"))
    judging_ends_at = WallClockField(label=_("Judging ends"))
    session_ends_at = WallClockField(label=_("The jury decides until"))
    results_at = WallClockField(label=_("Results are announced by"))
    appeal_days = forms.IntegerField(
        label=_("Working days to file an appeal"),
        min_value=0,
        max_value=30,
        help_text=_("After the announcement; 0 means that the contest takes no appeals."),
    )
    hearing_days = forms.IntegerField(label=_("Working days to hear an appeal"), min_value=1, max_value=60)
    appeal_members = forms.IntegerField(
        label=_("At least so many hear an appeal"),
        min_value=1,
        max_value=15,
        help_text=_("Members of the jury who have not read the essay."),
    )
    days_off = DatesField(
        label=_("Other days off"),
        help_text=_("Besides weekends and public holidays; with commas, for example 31.12.2026, 11.01.2027."),
    )
    days_worked = DatesField(
        label=_("Other working days"),
        help_text=_("Saturdays, Sundays or holidays on which terms go on."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        contest: Contest = kwargs["contest"]
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zones.choices(contest.time_zone)  # type: ignore[attr-defined]

    def values_of(self, contest: Contest) -> dict[str, Any]:
        shown: dict[str, Any] = {name: getattr(contest, name) for name in ("time_zone", *APPEALS)}
        for name in MOMENTS:
            shown[name] = typed_moment(getattr(contest, name), contest.zone, is_end=name in ENDS)
        return shown | {name: getattr(contest, name) for name in OWN_DAYS}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "time_zone" in data:
            typed, zone = self._typed()
            for name, wall_clock in typed.items():
                try:
                    expect_once(wall_clock, zone)
                except forms.ValidationError as refusal:
                    self.add_error(name, refusal)
        return data

    def changes(self) -> dict[str, Any]:
        """Moments in UTC. A new zone moves every moment that may move: the wall clocks stay as typed."""
        changes = {name: value for name, value in super().changes().items() if name not in MOMENTS}
        typed, zone = self._typed()
        return changes | {name: meant_moment(one, zone, is_end=name in ENDS) for name, one in typed.items()}

    def _typed(self) -> tuple[dict[str, datetime], ZoneInfo]:
        """Wall clocks that were changed, by field, and the zone that they are meant in."""
        data = {name: value for name, value in self.cleaned_data.items() if not self.fields[name].disabled}
        zone = ZoneInfo(data.get("time_zone", self.contest.time_zone))
        shown = self.values_of(self.contest)
        # Left as it was: seconds that the field does not show are not cut off.
        same = {name for name in MOMENTS if data.get(name) == shown[name].replace(second=0, microsecond=0)}
        kept = same if zone == self.contest.zone else set()
        return {name: data[name] for name in MOMENTS if data.get(name) and name not in kept}, zone


class CategoryRow(RowForm):
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    institution_kind = forms.ChoiceField(
        label=_("Where its entrants study"),
        required=False,
        choices=[
            ("", _("anywhere")),
            ("school", _("at school")),
            ("college", _("at a college")),
            ("university", _("at a university")),
            ("other", _("at another organization")),
        ],
    )

    helper = plain_helper(
        Layout("id", Div("name_ru", "name_en", css_class="form-row"), "institution_kind"),
    )


class NominationRow(RowForm):
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=160)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    description_ru = forms.CharField(
        label=_("What to write about, in Russian"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    description_en = forms.CharField(
        label=_("What to write about, in English"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    helper = plain_helper(
        Layout(
            "id",
            Div("name_ru", "name_en", css_class="form-row"),
            Div("description_ru", "description_en", css_class="form-row"),
        ),
    )


class ConsentTextForm(VersionedForm):
    """A new version of one consent text."""

    kind = forms.ChoiceField(choices=ConsentText.Kind, widget=forms.HiddenInput)
    body_ru = forms.CharField(label=_("Text in Russian"), widget=forms.Textarea(attrs={"rows": 10}))
    body_en = forms.CharField(label=_("Text in English"), required=False, widget=forms.Textarea(attrs={"rows": 10}))

    def values_of(self, contest: Contest) -> dict[str, Any]:
        return {}


class AddOrganizerForm(forms.Form):
    email = forms.EmailField(label=_("E-mail of a colleague who has signed up"))

    helper = plain_helper()


class ReopenForm(forms.Form):
    """A new deadline, typed as the contest's wall clock."""

    closes_at = WallClockField(label=_("Take essays until"), help_text=_("The whole of this minute counts."))

    helper = plain_helper()

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contest = contest

    def clean_closes_at(self) -> datetime:
        return meant_moment(self.cleaned_data["closes_at"], self.contest.zone, is_end=True)
