"""The page of parts: every component with its states, for those who build pages. Not served in production."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ZONE = "Asia/Barnaul"


class SampleForm(forms.Form):
    """One field of every kind; the bound copy shows its errors."""

    surname = forms.CharField(label=_("Surname"), help_text=_("As in the documents: it will stand on the diploma."))
    birth_date = forms.DateField(label=_("Birth date"), widget=forms.DateInput(attrs={"type": "date"}))
    category = forms.ChoiceField(
        label=_("Category"), choices=[("", "—"), ("a", _("Grades 7–9")), ("b", _("Grades 10–11"))]
    )
    nomination = forms.ChoiceField(
        label=_("Nomination"),
        widget=forms.RadioSelect,
        choices=[("first", _("My first electronic service")), ("family", _("I helped my family"))],
    )
    essay = forms.FileField(label=_("Essay"), help_text=_("DOCX, ODT or PDF with a text layer, up to 10 MB."))
    about = forms.CharField(label=_("A few words to the organizers"), widget=forms.Textarea, required=False)
    consent = forms.BooleanField(label=_("I agree to the processing of my personal data"))

    def clean_surname(self) -> str:
        raise ValidationError(_("Write the surname in Cyrillic letters, for example «Иванова»."))


def parts() -> dict[str, Any]:
    """Sample data for the parts: dates relative to now, people who do not exist."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    day = timedelta(days=1)
    return {
        "zone": ZONE,
        "form": SampleForm(initial={"category": "a", "nomination": "first"}),
        "refused": SampleForm({"surname": "Ivanova", "category": "a"}, prefix="refused"),
        "until": now + 9 * day,
        "milestones": [
            {"name": _("Works are received"), "moment": now - 21 * day, "state": "past", "hint": ""},
            {"name": _("Works are checked"), "moment": now - 2 * day, "state": "now", "hint": _("5 working days")},
            {"name": _("The jury reads"), "moment": now + 5 * day, "state": "next", "hint": ""},
            {"name": _("Results are announced"), "moment": now + 30 * day, "state": "next", "hint": ""},
        ],
        "tasks": [
            {"name": _("Application"), "url": "#", "hint": "", "kind": "done", "words": _("Filled in")},
            {"name": _("Consents"), "url": "#", "hint": _("Two, separately"), "kind": "now", "words": _("Begun")},
            {"name": _("Essay"), "url": "#", "hint": "", "kind": "quiet", "words": _("Not begun")},
            {"name": _("Send"), "url": "", "hint": "", "kind": "locked", "words": _("Later")},
        ],
        "page": Paginator(range(400), 20).page(4),
        "percents": [0, 5, 35, 70, 100],
        "scores": range(11),
    }


@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "styleguide.html", parts())
