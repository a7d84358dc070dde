"""Forms of panels: inviting, answering, declaring. They validate and never save."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Contest
from essays.people.models import User
from judging.panels import pasted
from judging.panels.models import Seat


def _helper(*fields: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper


# How many institutions a search shows at once.
FOUND = 20


class InviteForm(forms.Form):
    """One person to invite."""

    surname = forms.CharField(label=_("Surname"), max_length=100)
    given_name = forms.CharField(label=_("Given name"), max_length=100)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=100, required=False)
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), choices=Seat.Role, initial=Seat.Role.MEMBER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_one_%s", **kwargs})
        self.helper = _helper(
            Div("surname", "given_name", "patronymic", css_class="form-row"),
            Div(Field("email", autocomplete="off"), "role", css_class="form-row"),
        )

    def person(self) -> pasted.Person:
        data = self.cleaned_data
        return pasted.Person(data["surname"], data["given_name"], data["patronymic"], data["email"].lower())


class PasteForm(forms.Form):
    """Several people to invite, one a line."""

    lines = forms.CharField(
        label=_("One person a line: surname, given name, patronymic, e-mail"),
        help_text=_("Paste from a table or a letter; commas, tabs and spaces are all fine."),
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "Петрова Анна Сергеевна petrova@example.org"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Seat.Role, initial=Seat.Role.MEMBER)

    UNCLEAR = {
        "no_address": _("Line %(number)s has no e-mail address: %(line)s"),
        "no_name": _("Line %(number)s needs a surname and a given name: %(line)s"),
        "twice": _("Line %(number)s repeats an address: %(line)s"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_many_%s", **kwargs})
        self.helper = _helper("lines", "role")

    def clean_lines(self) -> str:
        text: str = self.cleaned_data["lines"]
        self.people, unclear = pasted.people(text)
        if unclear:
            raise ValidationError(
                [self.UNCLEAR[one.reason] % {"number": one.number, "line": one.line[:80]} for one in unclear[:10]]
            )
        if len(self.people) > pasted.MOST:
            raise ValidationError(_("At most %(most)s people at once, please.") % {"most": pasted.MOST})
        for person in self.people:
            try:
                forms.EmailField().clean(person.email)
            except ValidationError:
                raise ValidationError(
                    _("This does not look like an e-mail address: %(email)s") % {"email": person.email}
                ) from None
        return text


class TermsForm(forms.ModelForm[Seat]):
    """What a judge may be given, and how much."""

    class Meta:
        model = Seat
        fields = ["role", "capacity", "categories", "nominations"]
        widgets = {"categories": forms.CheckboxSelectMultiple, "nominations": forms.CheckboxSelectMultiple}
        labels = {
            "role": _("Role"),
            "capacity": _("At most this many essays"),
            "categories": _("Only these categories"),
            "nominations": _("Only these nominations"),
        }
        help_texts = {
            "capacity": _("Leave empty for no limit."),
            "categories": _("Tick none for all of them."),
            "nominations": _("Tick none for all of them."),
        }

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Choices are read once each: __str__ of a category needs no further query.
        self.fields["categories"].queryset = contest.categories.all()  # type: ignore[attr-defined]
        self.fields["nominations"].queryset = contest.nominations.all()  # type: ignore[attr-defined]
        self.helper = _helper(Div("role", "capacity", css_class="form-row"), "categories", "nominations")


class LeaveForm(forms.Form):
    """Why somebody leaves the jury."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("reason")


class NewAccountForm(forms.Form):
    """A password for the account that an invited person gets."""

    password = forms.CharField(
        label=_("Think of a password"),
        help_text=_("At least 8 characters, not only digits."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat = seat
        self.helper = _helper("password")

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        seat = self.seat
        validate_password(password, User(email=seat.email, surname=seat.surname, given_name=seat.given_name))
        return password


class ConflictForm(forms.Form):
    """Somebody whose essay the judge must not read."""

    email = forms.EmailField(
        label=_("Their e-mail"),
        help_text=_("The address they enter contests with. We keep only a code made from it, not the address."),
    )
    note = forms.CharField(
        label=_("Who it is"),
        help_text=_("Only you see this: “my niece”, “a pupil I tutor”."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("email", "note")


def number(text: str | None) -> int:
    """An id from a form; nonsense finds nothing."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
