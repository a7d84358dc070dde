"""Forms about accounts and institutions. They check and never save."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import SignupForm
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essays.people.models import Institution, Municipality


class RegistrationForm(SignupForm):
    """allauth's form, safe to send twice: of two clicks at once one makes the account, both are answered alike."""

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        # The page that says where the letter went may name the address: it is the visitor's own words.
        request.session["confirms"] = self.cleaned_data["email"]
        try:
            with transaction.atomic():
                user, answer = super().try_save(request)
        except IntegrityError:
            return None, get_adapter().respond_email_verification_sent(request, None)
        return user, answer


class InstitutionForm(forms.ModelForm[Institution]):
    """A school, college or university; its municipality is chosen, or written when it is new."""

    new_municipality = forms.CharField(
        label=_("City or district, if it is not in the list"), max_length=120, required=False
    )

    class Meta:
        model = Institution
        fields = ("short_name", "name", "kind", "municipality", "locality", "parent")
        labels = {
            "municipality": _("City or district"),
            "parent": _("Branch of"),
        }
        help_texts = {
            "short_name": _("As people say it, for example “School No. 12, Barnaul”."),
            "parent": _("Only for branches: judges of the parent do not read its pupils' essays either."),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["municipality"].required = False
        self.fields["municipality"].queryset = Municipality.objects.order_by("name")  # type: ignore[attr-defined]
        likely = Q(branches__isnull=False) | Q(kind__in=("college", "university"))
        if self.instance.pk:
            # A branch of a school lies near it: the whole list would be a thousand schools.
            likely |= Q(municipality=self.instance.municipality_id)
        parents = Institution.objects.filter(likely, parent=None).exclude(pk=self.instance.pk).distinct()
        self.fields["parent"].queryset = parents.for_choice()  # type: ignore[attr-defined]
        self.fields["parent"].required = False
        self.fields["parent"].empty_label = _("not a branch")  # type: ignore[attr-defined]
        self.fields["municipality"].empty_label = _("not in the list")  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "short_name",
            "name",
            "kind",
            Div("municipality", "new_municipality", css_class="form-row"),
            "locality",
            "parent",
        )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if not data.get("municipality") and not data.get("new_municipality"):
            self.add_error("municipality", _("Choose the city or district, or write a new one."))
        return data
