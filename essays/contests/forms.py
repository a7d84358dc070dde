"""Forms of the organizer's pages about the regulation. They check and never save."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from essays.contests import zones
from essays.contests.models import ConsentText, Contest
from essays.contests.rows import RowForm, show_locks
from essays.contests.wallclock import (
    ENDS,
    WallClockField,
    meant_moment,
    read_moment,
)

# Addresses under /organizer/ that are pages of their own.
RESERVED = ("new", "institutions")


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
