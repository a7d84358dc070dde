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

# The samples are Russian only: long Russian words are what the parts must bear.
ZONE = "Asia/Barnaul"


class SampleForm(forms.Form):
    """One field of every kind; the bound copy shows its errors."""

    surname = forms.CharField(label="Фамилия", help_text="Как в документах: так она будет написана в дипломе.")
    birth_date = forms.DateField(label="Дата рождения", widget=forms.DateInput(attrs={"type": "date"}))
    category = forms.ChoiceField(label="Категория", choices=[("", "—"), ("a", "7–9 классы"), ("b", "10–11 классы")])
    nomination = forms.ChoiceField(
        label="Номинация",
        widget=forms.RadioSelect,
        choices=[("first", "Моя первая электронная услуга"), ("family", "Помог близким")],
    )
    essay = forms.FileField(label="Эссе", help_text="DOCX, ODT или PDF с текстовым слоем, до 10 МБ.")
    about = forms.CharField(label="Несколько слов организаторам", widget=forms.Textarea, required=False)
    consent = forms.BooleanField(label="Согласен на обработку персональных данных")

    def clean_surname(self) -> str:
        raise ValidationError("Напишите фамилию русскими буквами, например «Иванова».")


def parts() -> dict[str, Any]:
    """Sample data for the parts: dates relative to now, people who do not exist."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    day = timedelta(days=1)
    return {
        "zone": ZONE,
        "form": SampleForm(initial={"category": "a", "nomination": "first"}),
        "refused": SampleForm({"refused-surname": "Ivanova", "refused-category": "a"}, prefix="refused"),
        "until": now + 9 * day,
        "milestones": [
            {"name": "Приём работ", "moment": now - 21 * day, "state": "past", "hint": ""},
            {"name": "Проверка работ", "moment": now - 2 * day, "state": "now", "hint": "5 рабочих дней"},
            {"name": "Жюри читает", "moment": now + 5 * day, "state": "next", "hint": ""},
            {"name": "Объявление итогов", "moment": now + 30 * day, "state": "next", "hint": ""},
        ],
        "tasks": [
            {"name": "Заявка", "url": "#", "hint": "", "kind": "done", "words": "Заполнена"},
            {"name": "Согласия", "url": "#", "hint": "Два, по отдельности", "kind": "now", "words": "Начато"},
            {"name": "Эссе", "url": "#", "hint": "", "kind": "quiet", "words": "Не начато"},
            {"name": "Отправить", "url": "", "hint": "", "kind": "locked", "words": "Позже"},
        ],
        "page": Paginator(range(400), 20).page(4),
        "percents": [0, 5, 35, 70, 100],
        "scores": range(11),
    }


@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "styleguide.html", parts())
