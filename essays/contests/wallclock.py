"""Moments typed and shown on the wall clock of a contest's zone. Every form that asks for a moment reads it here."""

import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from essays.contests.calendar import after_minute, last_minute, local_moment

LAST_YEAR = 2200
# Ends of periods are typed as their last minute and kept as the first moment that is out.
ENDS = ("closes_at", "screening_ends_at", "corrections_end_at", "judging_ends_at", "session_ends_at", "results_at")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own field for a day and a time; without one, «2026-12-31T23:59» is typed."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class WallClockField(forms.DateTimeField):
    """A moment typed as the wall clock of the contest's zone. Cleans to naive; the form knows the zone."""

    widget = DateTimeInput
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=self.input_formats,
            error_messages={
                "invalid": _("Write the day and the time, for example 31.12.2026 23:59."),
                "required": _("Set this date."),
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        for pattern in self.input_formats:
            try:
                return datetime.strptime(str(value).strip(), pattern)  # noqa: DTZ007  (a wall clock)
            except ValueError:
                continue
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")

    def prepare_value(self, value: Any) -> Any:
        return value


class DatesField(forms.CharField):
    """Days, typed one after another with commas. Cleans to a list of «2026-12-31», in order, each once."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})
    MOST = 100

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=2000, **kwargs)

    def to_python(self, value: Any) -> Any:
        typed = [one for one in re.split(r"[\s,;]+", super().to_python(value) or "") if one]
        if len(typed) > self.MOST:
            raise forms.ValidationError(_("These are too many days."), code="too_many")
        return sorted({self._day(one).isoformat() for one in typed})

    @staticmethod
    def _day(typed: str) -> date:
        for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(typed, pattern).date()  # noqa: DTZ007  (a day, no moment)
            except ValueError:
                continue
        raise forms.ValidationError(
            _("“%(typed)s” is no date. Write days with commas, for example 31.12.2026, 11.01.2027."),
            code="invalid",
            params={"typed": typed[:40]},
        )

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return ", ".join(f"{date.fromisoformat(one):%d.%m.%Y}" for one in value)
        return value

    def run_validators(self, value: Any) -> None:
        """The typed text is what has a length; what it means has none."""


def typed_moment(moment: datetime, zone: ZoneInfo, *, is_end: bool) -> datetime:
    """What stands in the field for a moment: its wall clock, of the last minute where it ends a period."""
    shown = last_minute(moment) if is_end else moment
    return shown.astimezone(zone).replace(tzinfo=None)


def meant_moment(typed: datetime, zone: ZoneInfo, *, is_end: bool) -> datetime:
    """The moment that was typed: «23:59» as an end means the whole minute.

    Raises ``ValidationError`` for a wall clock that the zone skips or repeats: two people would mean two moments by it.
    """
    expect_once(typed, zone)
    moment = local_moment(typed.date(), typed.time(), zone)
    return after_minute(moment) if is_end else moment


def expect_once(typed: datetime, zone: ZoneInfo) -> None:
    """Raises ``ValidationError`` unless the zone's clocks show this exactly once.

    A year behind ``LAST_YEAR`` is refused too: terms are counted from these moments on, and the calendar has an end.
    """
    try:
        if typed.year > LAST_YEAR:
            raise OverflowError
        readings = [typed.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
        shown = {moment.astimezone(zone).replace(tzinfo=None, fold=0) for moment in readings}
        after_minute(readings[0])
    except OverflowError:
        raise forms.ValidationError(_("This year is too far away."), code="invalid") from None
    if shown != {typed}:
        raise forms.ValidationError(
            _("The clocks are put forward that night: this time does not exist. Choose another one."), code="skipped"
        )
    if readings[0] != readings[1]:
        raise forms.ValidationError(
            _("The clocks are put back that night: this time comes twice. Choose another one."), code="repeated"
        )


def read_moment(form: forms.BaseForm, name: str, zone: ZoneInfo, *, is_end: bool = False) -> datetime | None:
    """The moment of a cleaned ``WallClockField``; None where nothing was typed, or where it gets its refusal now."""
    typed = form.cleaned_data.get(name)
    if typed is None:
        return None
    try:
        return meant_moment(typed, zone, is_end=is_end)
    except forms.ValidationError as refusal:
        form.add_error(name, refusal)
        return None
