"""Forms of the application. They validate and never save; words are for a thirteen-year-old."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from essays.contests.models import ConsentText
from essays.entries.consents import Kind
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
