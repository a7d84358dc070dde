"""Rows that an organizer adds, orders and removes on one page, without scripts.

A set of forms with one button each: add a row, move up, move down, remove. Nothing is saved by them: the page
comes back with what was typed, rearranged. «Save» takes all rows in the order in which they stand.
"""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict

ACT = "act"
MOST = 60


class RowForm(forms.Form):
    """A row: ``id`` of what it stands for, or empty for a new one. Crispy renders it without a form tag."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # The heading of a row, set by subclasses: «Category 1».
    locked_fields: Mapping[str, Any]

    def __init__(self, *args: Any, locked: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locked_fields = locked or {}
        show_locks(self, self.locked_fields)


class RowSet(BaseFormSet):
    """All rows of a page. Empty rows are passed over; the order is the order on the page."""

    def initial_form_count(self) -> int:
        # Every row may be left empty: a row without words is no row.
        return 0

    @property
    def filled(self) -> list[Any]:
        """Forms of the rows that say something; only after ``is_valid``."""
        return [form for form in self.forms if form.has_changed() and form.cleaned_data]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Values of the filled rows; only after ``is_valid``."""
        return [form.cleaned_data for form in self.filled]


def row_set(form: type[RowForm], base: type[RowSet] = RowSet) -> type[RowSet]:
    made = formset_factory(form, formset=base, extra=0, max_num=MOST, absolute_max=MOST)
    return cast(type[RowSet], made)


def show_rows(kind: type[RowSet], rows: list[dict[str, Any]], *, blank: int = 0, **kwargs: Any) -> RowSet:
    """An unbound set with these values and so many empty rows after them."""
    shown = kind(initial=rows, **kwargs)
    shown.extra = min(len(rows) + blank, MOST)
    return shown


def rearranged(data: QueryDict, kind: type[RowSet], prefix: str = "form") -> list[dict[str, Any]] | None:
    """What was typed, after the button that was pressed: «add», «up-2», «down-2», «remove-2» (rows from 0).

    None when no such button was pressed. The values are as typed: nothing is checked yet.
    """
    act = data.get(ACT, "")
    word, _, number = act.partition("-")
    if word not in ("add", "up", "down", "remove"):
        return None
    names = list(kind.form.base_fields)
    total = int(data.get(f"{prefix}-TOTAL_FORMS") or 0) if data.get(f"{prefix}-TOTAL_FORMS", "").isdigit() else 0
    rows = [{name: data.get(f"{prefix}-{index}-{name}", "") for name in names} for index in range(min(total, MOST))]
    if word == "add":
        return [*rows, {}][:MOST]
    if not number.isdigit() or int(number) >= len(rows):
        return rows
    index = int(number)
    row = rows.pop(index)
    if word == "up":
        rows.insert(max(index - 1, 0), row)
    elif word == "down":
        rows.insert(index + 1, row)
    return rows


def show_locks(form: forms.BaseForm, locked: Mapping[str, Any]) -> None:
    """Disable the fields that may no longer change, and say why beside them."""
    for name, reason in locked.items():
        field = form.fields.get(name)
        if field is not None:
            field.disabled = True
            field.help_text = reason
