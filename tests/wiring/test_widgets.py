"""Controls and fields that Python writes are those of Django's and crispy's templates."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import crispy_bootstrap5
import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.template import engines
from django.template.loader import get_template
from django.test.html import Element, parse_html

from config.widgets import Renderer

THEIRS = Path(crispy_bootstrap5.__file__).parent / "templates/bootstrap5/field.html"
WORDS = 'a "quoted" <b>word</b> & more'


class Everything(forms.Form):
    """One of each control that the product has."""

    text = forms.CharField(label=WORDS, help_text="With <a href='/'>a link</a>.", initial=WORDS, max_length=90)
    number = forms.IntegerField(required=False, initial=12_345, min_value=0, label="Number")
    decimal = forms.DecimalField(initial="7.25", localize=False)
    email = forms.EmailField(widget=forms.EmailInput(attrs={"autofocus": True, "readonly": False}))
    secret = forms.CharField(widget=forms.PasswordInput)
    day = forms.DateField(initial=date(2026, 4, 10), widget=forms.DateInput(attrs={"type": "date"}))
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), initial=f"\n{WORDS}", required=False)
    one = forms.ChoiceField(choices=[("", "–"), ("a", WORDS), ("Group", [("b", "B"), ("c", "C")])], initial="b")
    many = forms.MultipleChoiceField(choices=[(1, "one"), (2, "two")], initial=[2], required=False)
    boxes = forms.MultipleChoiceField(choices=[("a", WORDS), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    radio = forms.ChoiceField(choices=[("a", "A"), ("b", WORDS)], widget=forms.RadioSelect, help_text="Choose.")
    agree = forms.BooleanField(label=WORDS, help_text="Yes or no.")
    perhaps = forms.BooleanField(required=False, initial=True)
    file = forms.FileField(required=False)
    moment = forms.SplitDateTimeField(required=False, label="Moment")
    hidden = forms.CharField(widget=forms.HiddenInput, initial=5, required=False)


def bound() -> Everything:
    return Everything(
        {"text": "", "number": "-1", "one": "z", "radio": "b", "agree": "", "boxes": "a", "perhaps": "on"}
    )


EMPTY = Everything


@pytest.mark.parametrize("make", [EMPTY, bound])
@pytest.mark.parametrize("name", Everything.base_fields)
def test_a_control_is_as_django_writes_it(make: Callable[[], Everything], name: str) -> None:
    ours, theirs = make(), make()
    ours.renderer, theirs.renderer = Renderer(), TemplatesSetting()

    assert str(ours[name]) == str(theirs[name])


@pytest.mark.parametrize("asked", [{"error_text_inline": True, "form_show_labels": True}, {"form_show_labels": False}])
@pytest.mark.parametrize("make", [EMPTY, bound])
@pytest.mark.parametrize("name", Everything.base_fields)
def test_a_field_is_as_crispy_writes_it(name: str, make: Callable[[], Everything], asked: dict[str, Any]) -> None:
    context = {"form_show_errors": True, "help_text_inline": False, "wrapper_class": "narrow", **asked}
    ours, theirs = get_template("bootstrap5/field.html"), engines["django"].from_string(THEIRS.read_text())

    assert written(ours, {**context, "field": make()[name]}) == written(theirs, {**context, "field": make()[name]})


def written(template: Any, context: dict[str, Any]) -> Element:
    return parse_html(template.render(context))
