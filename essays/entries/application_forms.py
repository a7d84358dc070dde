"""Forms of the application, step by step. They validate and never save; words are for a thirteen-year-old."""

from typing import Any

from crispy_forms.layout import HTML, Div, Field, Fieldset
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from essays.entries.forms import helper
from essays.entries.models import Entry
from essays.people.age import BirthDateProblem, Signer, birth_date_problem, signers
from essays.people.models import Institution, Municipality

# A local number of a village, and the longest number that E.164 allows.
MIN_DIGITS, MAX_DIGITS = 5, 15

BIRTH_DATE_WORDS = {
    BirthDateProblem.IN_THE_FUTURE: _("This date is in the future. Check the year."),
    BirthDateProblem.TOO_YOUNG: _("By this date the author is not yet five years old. Check the year."),
    BirthDateProblem.TOO_OLD: _("This date is more than 120 years ago. Check the year."),
}


class AuthorForm(forms.ModelForm[Entry]):
    """Who the author is, and for minors who signs with them."""

    class Meta:
        model = Entry
        fields = [
            "surname",
            "given_name",
            "patronymic",
            "birth_date",
            "email",
            "phone",
            "guardian_surname",
            "guardian_given_name",
            "guardian_patronymic",
            "guardian_email",
        ]
        widgets = {
            "birth_date": forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
            "surname": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "given_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "patronymic": forms.TextInput(attrs={"autocomplete": "additional-name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        }
        help_texts = {
            "surname": _("As in the passport or birth certificate: the diploma will say it like this."),
            "email": _("The receipt and the result come to this address."),
            "phone": _("Only for the organizer, if a letter does not arrive."),
            "guardian_email": _("A letter with a link to the consents goes to this address. It is the adult's own."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("surname", "given_name", "birth_date", "email"):
            self.fields[name].required = True
        self.fields["guardian_surname"].label = _("Surname")
        self.fields["guardian_given_name"].label = _("Given name")
        self.fields["guardian_patronymic"].label = _("Patronymic, if any")
        self.fields["guardian_email"].label = _("E-mail")
        self.helper = helper(
            Fieldset(
                _("The author"),
                "surname",
                "given_name",
                "patronymic",
                Div("birth_date", css_class="field-short"),
                "email",
                Div("phone", css_class="field-short"),
            ),
            Fieldset(
                _("Parent or guardian"),
                HTML('<p class="quiet">{{ guardian_words }}</p>'),
                "guardian_surname",
                "guardian_given_name",
                "guardian_patronymic",
                "guardian_email",
            ),
        )

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and not MIN_DIGITS <= sum(sign.isdigit() for sign in phone) <= MAX_DIGITS:
            raise forms.ValidationError(_("This is not a telephone number. Write it with its code: +7 913 000-00-00."))
        return phone

    def clean_birth_date(self) -> Any:
        born = self.cleaned_data["birth_date"]
        problem = birth_date_problem(born, timezone.localdate())
        if problem:
            raise forms.ValidationError(BIRTH_DATE_WORDS[problem])
        return born

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        born = values.get("birth_date")
        if born and Signer.GUARDIAN in signers(born, timezone.localdate()):
            needed = {
                "guardian_surname": _("The author is under 18: write the surname of a parent or guardian."),
                "guardian_given_name": _("The author is under 18: write the name of a parent or guardian."),
                "guardian_email": _("The author is under 18: write the e-mail of a parent or guardian."),
            }
            for name, words in needed.items():
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, words)
            # Whoever opens the author's mail would otherwise consent in the guardian's place.
            if (values.get("guardian_email") or "-").lower() == (values.get("email") or "").lower():
                self.add_error(
                    "guardian_email",
                    _(
                        "This address stands above already. "
                        "A parent or guardian consents: write an address of their own."
                    ),
                )
        return values


class StudiesForm(forms.ModelForm[Entry]):
    """Where the author studies, and who helps. The institution is found by search, or written in."""

    institution_search = forms.CharField(
        label=_("Where you study"),
        required=False,
        max_length=120,
        help_text=_("Type a part of the name or the number, and the town: for example “Gymnasium 41 Biysk”."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )
    institution = forms.ModelChoiceField(queryset=Institution.objects.none(), required=False, widget=forms.HiddenInput)
    new_name = forms.CharField(label=_("Full name of the institution"), max_length=300, required=False)
    new_kind = forms.ChoiceField(label=_("What it is"), choices=Institution.Kind, required=False)
    new_municipality = forms.ModelChoiceField(
        label=_("City or district"), queryset=Municipality.objects.all(), required=False, empty_label=_("choose")
    )
    new_locality = forms.CharField(label=_("Town or village"), max_length=120, required=False)

    class Meta:
        model = Entry
        fields = [
            "institution",
            "course",
            "mentor_surname",
            "mentor_given_name",
            "mentor_patronymic",
            "mentor_email",
        ]
        help_texts = {
            "course": _("For example: 9 “A”, or 2nd year, group IS-21."),
            "mentor_email": _("If you write it, the mentor gets a letter of thanks should you win."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = Institution.objects.for_choice()  # type: ignore[attr-defined]
        self.fields["course"].required = True
        # The summary of mistakes names them as they stand on the page.
        self.order_fields(
            ["institution_search", "institution", "new_name", "new_kind", "new_municipality", "new_locality"]
        )
        mentor = ["mentor_surname", "mentor_given_name", "mentor_patronymic", "mentor_email"]
        entry = self.instance
        if not entry.contest.mentor_allowed:
            for name in mentor:
                del self.fields[name]
            mentor = []
        else:
            self.fields["mentor_surname"].label = _("Surname")
            self.fields["mentor_given_name"].label = _("Given name")
            self.fields["mentor_patronymic"].label = _("Patronymic")
            self.fields["mentor_email"].label = _("E-mail, if you know it")
        if entry.entered_by == Entry.EnteredBy.MENTOR:
            self.fields["institution_search"].label = _("Where the author studies")
        self.place_helper = helper("institution_search")
        self.new_place_helper = helper("new_name", "new_kind", "new_municipality", "new_locality")
        self.course_helper = helper(Div(Field("course"), css_class="field-short"))
        self.mentor_helper = helper(*mentor) if mentor else None

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("new_name"):
            for name in ("new_municipality", "new_kind"):
                if not values.get(name):
                    self.add_error(name, _("Choose one, so that the organizer can find the institution."))
            values["institution"] = None
        elif not values.get("institution") and "institution" not in self.errors:
            self.add_error(
                "institution_search",
                _(
                    "Find the school, college or university and choose it in the list, "
                    "or write it in below if it is not there."
                ),
            )
        if bool(values.get("mentor_surname")) != bool(values.get("mentor_given_name")):
            name = "mentor_given_name" if values.get("mentor_surname") else "mentor_surname"
            self.add_error(name, _("Write both the surname and the given name of the mentor, or neither."))
        return values


class ThemeForm(forms.ModelForm[Entry]):
    """Category, nomination and title."""

    class Meta:
        model = Entry
        fields = ["category", "nomination", "title"]
        widgets = {"category": forms.RadioSelect, "nomination": forms.RadioSelect}
        help_texts = {"title": _("Judges see the title. Do not write your name in it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contest = self.instance.contest
        for name, rows in (("category", contest.categories.all()), ("nomination", contest.nominations.all())):
            field = self.fields[name]
            field.queryset = rows  # type: ignore[attr-defined]
            field.empty_label = None  # type: ignore[attr-defined]
            field.required = True
            field.error_messages["required"] = _("Choose one.")
        self.fields["title"].required = True
        self.helper = helper("category", "nomination", "title")

    def clean_category(self) -> Any:
        category, place = self.cleaned_data["category"], self.instance.institution
        kind = category.institution_kind
        if kind and place and place.kind not in (kind, Institution.Kind.OTHER):
            raise forms.ValidationError(
                _(
                    "“%(category)s” does not go with where you study: %(place)s. "
                    "Choose another category, or correct where you study."
                ),
                params={"category": category.name, "place": place.short_name},
            )
        return category


class EssayForm(forms.Form):
    file = forms.FileField(
        label=_("File with the essay"),
        max_length=255,
        allow_empty_file=True,
        error_messages={
            "required": _("Choose the file with the essay."),
            "max_length": _("The name of the file is too long. Give it a shorter name and choose it again."),
        },
    )

    def __init__(self, *args: Any, accept: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = accept
        self.helper = helper("file")
