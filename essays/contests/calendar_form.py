"""The form of the planned moments and of the terms of appeal. It checks and never saves."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from essays.contests import zones
from essays.contests.forms import VersionedForm
from essays.contests.models import Contest
from essays.contests.publishing import MOMENTS
from essays.contests.wallclock import (
    ENDS,
    DatesField,
    WallClockField,
    expect_once,
    meant_moment,
    typed_moment,
)

APPEALS = ("appeal_days", "hearing_days", "appeal_members")
OWN_DAYS = ("days_off", "days_worked")


class CalendarForm(VersionedForm):
    """The planned moments, on the wall clock of the contest's zone."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[])
    opens_at = WallClockField(label=_("Intake opens"))
    closes_at = WallClockField(label=_("Essays are taken until"), help_text=_("The whole of this minute counts."))
    screening_ends_at = WallClockField(label=_("Applications are checked until"))
    corrections_end_at = WallClockField(label=_("Corrections are taken until"))
    judging_starts_at = WallClockField(label=_("Judging starts"))
    judging_ends_at = WallClockField(label=_("Judging ends"))
    session_ends_at = WallClockField(label=_("The jury decides until"))
    results_at = WallClockField(label=_("Results are announced by"))
    appeal_days = forms.IntegerField(
        label=_("Working days to file an appeal"),
        min_value=0,
        max_value=30,
        help_text=_("After the announcement; 0 means that the contest takes no appeals."),
    )
    hearing_days = forms.IntegerField(label=_("Working days to hear an appeal"), min_value=1, max_value=60)
    appeal_members = forms.IntegerField(
        label=_("At least so many hear an appeal"),
        min_value=1,
        max_value=15,
        help_text=_("Members of the jury who have not read the essay."),
    )
    days_off = DatesField(
        label=_("Other days off"),
        help_text=_("Besides weekends and public holidays; with commas, for example 31.12.2026, 11.01.2027."),
    )
    days_worked = DatesField(
        label=_("Other working days"),
        help_text=_("Saturdays, Sundays or holidays on which terms go on."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        contest: Contest = kwargs["contest"]
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zones.choices(contest.time_zone)  # type: ignore[attr-defined]

    def values_of(self, contest: Contest) -> dict[str, Any]:
        shown: dict[str, Any] = {name: getattr(contest, name) for name in ("time_zone", *APPEALS)}
        for name in MOMENTS:
            shown[name] = typed_moment(getattr(contest, name), contest.zone, is_end=name in ENDS)
        return shown | {name: getattr(contest, name) for name in OWN_DAYS}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "time_zone" in data:
            typed, zone = self._typed()
            for name, wall_clock in typed.items():
                try:
                    expect_once(wall_clock, zone)
                except forms.ValidationError as refusal:
                    self.add_error(name, refusal)
        return data

    def changes(self) -> dict[str, Any]:
        """Moments in UTC. A new zone moves every moment that may move: the wall clocks stay as typed."""
        changes = {name: value for name, value in super().changes().items() if name not in MOMENTS}
        typed, zone = self._typed()
        return changes | {name: meant_moment(one, zone, is_end=name in ENDS) for name, one in typed.items()}

    def _typed(self) -> tuple[dict[str, datetime], ZoneInfo]:
        """Wall clocks that were changed, by field, and the zone that they are meant in."""
        data = {name: value for name, value in self.cleaned_data.items() if not self.fields[name].disabled}
        zone = ZoneInfo(data.get("time_zone", self.contest.time_zone))
        shown = self.values_of(self.contest)
        # Left as it was: seconds that the field does not show are not cut off.
        same = {name for name in MOMENTS if data.get(name) == shown[name].replace(second=0, microsecond=0)}
        kept = same if zone == self.contest.zone else set()
        return {name: data[name] for name in MOMENTS if data.get(name) and name not in kept}, zone
