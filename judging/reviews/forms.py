"""The form of the reading desk. It validates and never saves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from essays.ledger.prepared import prepared
from judging.reviews.models import Highlight, Mark, Review
from judging.rubrics.models import Criterion, LevelDescriptor
from judging.rubrics.totals import MarkCode
from judging.templatetags.jury import points as shown

MOST_BUTTONS = 11
PAGE = re.compile(r"[0-9a-f-]{1,36}:[0-9]{1,9}")


@prepared
def marks_of(review: int) -> QuerySet[Mark, tuple[int, Decimal]]:
    return Mark.objects.filter(review=review).values_list("criterion_id", "points")


class PointsField(forms.DecimalField):
    """Points within a criterion's range and step; a comma is as good as a point."""

    def __init__(self, criterion: Criterion, **kwargs: Any) -> None:
        self.criterion = criterion
        super().__init__(required=False, max_digits=7, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = value.strip().replace(",", ".")
        return super().to_python(value)

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)  # type: ignore[arg-type]
        if value is None:
            return
        if not 0 <= value <= self.criterion.maximum:
            raise ValidationError(words_for(MarkCode.OUT_OF_RANGE, self.criterion))
        if value % self.criterion.step:
            raise ValidationError(words_for(MarkCode.OFF_STEP, self.criterion))


@dataclass(frozen=True)
class Row:
    """A criterion on the desk: its field, its possible points where they fit on buttons, its level descriptors."""

    criterion: Criterion
    field: forms.BoundField
    value: str
    choices: list[tuple[str, str]]
    levels: list[LevelDescriptor]


class DeskForm(forms.Form):
    """Marks by criterion, comment, note, and the version that the page was made from."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    # Of the script: which opened page this is, and how often it has written.
    page = forms.CharField(required=False, widget=forms.HiddenInput)
    comment_for_author = forms.CharField(
        label=_("Comment for the author"),
        help_text=_("The author reads this after the results, without your name."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    note_for_jury = forms.CharField(
        label=_("Note for the jury"),
        help_text=_("Seen by the jury and the organizer only."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, review: Review, criteria: list[Criterion], submitting: bool = False, **kwargs: Any
    ) -> None:
        self.criteria = criteria
        self.submitting = submitting
        marks = {}
        if review.pk is not None:
            marks = dict(marks_of(review.pk))
        initial: dict[str, Any] = {
            "version": review.version,
            "comment_for_author": review.comment_for_author,
            "note_for_jury": review.note_for_jury,
        }
        initial |= {name_of(one): plain(marks[one.pk]) for one in criteria if one.pk in marks}
        super().__init__(*args, **{"initial": initial, **kwargs})
        for criterion in criteria:
            self.fields[name_of(criterion)] = PointsField(criterion, label=criterion.name)

    def clean_page(self) -> str:
        page = self.cleaned_data["page"]
        return page if PAGE.fullmatch(page) else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.submitting:
            for criterion in self.criteria:
                name = name_of(criterion)
                if name not in self.errors and cleaned.get(name) is None:
                    self.add_error(name, words_for(MarkCode.MISSING, criterion))
        return cleaned

    def marks(self) -> dict[int, Decimal]:
        """The points that are there and right, by criterion id; those that are wrong have an error beside them."""
        found = {one.pk: self.cleaned_data.get(name_of(one)) for one in self.criteria}
        return {criterion: value for criterion, value in found.items() if value is not None}

    def points_shown(self, criterion: Criterion) -> Decimal | None:
        """The points that the page shows for a criterion; None where there are none, or no right ones."""
        field = self.fields[name_of(criterion)]
        try:
            value = field.clean(self[name_of(criterion)].value())
        except ValidationError:
            return None
        assert value is None or isinstance(value, Decimal)
        return value

    def refuse(self, problems: dict[int, MarkCode]) -> None:
        """Show what an action found wrong with the marks."""
        by_id = {criterion.pk: criterion for criterion in self.criteria}
        for pk, code in problems.items():
            if pk in by_id:
                self.add_error(name_of(by_id[pk]), words_for(code, by_id[pk]))

    def rows(self) -> Iterator[Row]:
        for criterion in self.criteria:
            field = self[name_of(criterion)]
            value = field.value()
            yield Row(
                criterion,
                field,
                "" if value is None else str(value).replace(",", "."),
                scale_of(criterion),
                list(criterion.levels.all()),
            )


def name_of(criterion: Criterion) -> str:
    return f"mark_{criterion.pk}"


def plain(points: Decimal) -> str:
    """Points as a form's value: no needless zeros, a point as decimal sign."""
    text = f"{points:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scale_of(criterion: Criterion) -> list[tuple[str, str]]:
    """Every possible number of points as (value, label), or nothing where they are too many for buttons."""
    steps = int(criterion.maximum // criterion.step)
    if steps + 1 > MOST_BUTTONS:
        return []
    return [(plain(criterion.step * n), shown(criterion.step * n)) for n in range(steps + 1)]


def words_for(code: MarkCode, criterion: Criterion) -> Any:
    """What is wrong with a mark, and what to do."""
    if code == MarkCode.MISSING:
        return _("Give points here; zero is possible too.")
    if code == MarkCode.OFF_STEP:
        return _("Points go in steps of %(step)s here.") % {"step": shown(criterion.step)}
    return _("Give from 0 to %(maximum)s points here.") % {"maximum": shown(criterion.maximum)}


class NoteForm(forms.Form):
    """A place marked in the text and a note to oneself. Without words of the text it belongs to the whole essay."""

    start = forms.IntegerField(min_value=0, max_value=10_000_000, required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=0, max_value=10_000_000, required=False, widget=forms.HiddenInput)
    before = forms.CharField(max_length=40, required=False, strip=False, widget=forms.HiddenInput)
    after = forms.CharField(max_length=40, required=False, strip=False, widget=forms.HiddenInput)
    quote = forms.CharField(
        label=_("Words of the text, if the note belongs to a place"), max_length=1000, required=False
    )
    colour = forms.ChoiceField(
        label=_("Colour"), choices=Highlight.Colour, required=False, initial=Highlight.Colour.YELLOW
    )
    note = forms.CharField(
        label=_("Note to yourself"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not data.get("quote") and not data.get("note"):
            self.add_error("note", _("Write a note, or choose words of the text."))
        data["start"], data["end"] = data.get("start") or 0, data.get("end") or 0
        if data["end"] < data["start"] or not data.get("quote"):
            data["start"] = data["end"] = 0
        data["colour"] = data.get("colour") or Highlight.Colour.YELLOW
        return data
