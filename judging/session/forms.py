"""Forms of a meeting: they check what was typed and save nothing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Contest
from essays.contests.wallclock import WallClockField, meant_moment
from essays.contests.zones import by_local_time
from essays.ledger import clock
from judging.panels.models import Seat
from judging.session import voting
from judging.session.models import Attendance, JurySession

CHOICES = {
    voting.YES: _("for"),
    voting.NO: _("against"),
    voting.SHARE: _("share the place"),
    voting.ABSTAIN: _("abstains"),
}


def untagged(*fields: str) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*fields)
    return helper


class OpenForm(forms.Form):
    """When and where the jury meets, and how many must be there."""

    held_at = WallClockField(label=_("Day and hour"))
    place = forms.CharField(
        label=_("Place"),
        max_length=200,
        required=False,
        help_text=_("An address, or “by video”. Printed in the protocol."),
    )
    quorum = forms.ChoiceField(
        label=_("Quorum"),
        choices=JurySession.Quorum,
        initial=JurySession.Quorum.TWO_THIRDS,
        help_text=_("As the regulation says. Votes count only if so many take part."),
    )

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contest = contest
        self.fields["held_at"].help_text = by_local_time(contest.time_zone)
        self.fields["held_at"].initial = timezone.make_naive(clock.now(), contest.zone)
        self.helper = untagged("held_at", "place", "quorum")

    def clean_held_at(self) -> datetime:
        return meant_moment(self.cleaned_data["held_at"], self.contest.zone, is_end=False)


class AttendanceForm(forms.Form):
    """One choice for each member with a vote."""

    def __init__(self, *args: Any, seats: Iterable[Seat], noted: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = []
        for seat in seats:
            name = f"seat_{seat.pk}"
            self.fields[name] = forms.ChoiceField(
                label=str(seat), choices=Attendance.Presence, initial=noted.get(seat.pk, Attendance.Presence.ABSENT)
            )
            self.rows.append((seat, name))

    def members(self) -> list[tuple[Seat, forms.BoundField]]:
        return [(seat, self[name]) for seat, name in self.rows]

    @property
    def presences(self) -> dict[int, str]:
        """Seat → presence. Only of a valid form."""
        return {seat.pk: self.cleaned_data[name] for seat, name in self.rows}


class QuestionForm(forms.Form):
    """Something that the jury decides by yes or no."""

    text = forms.CharField(
        label=_("What is decided"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("As one sentence that can be answered by yes or no."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged("text")


class BallotsForm(forms.Form):
    """The open vote of everybody who is there. ``choices``: codes and words of ``voting``."""

    def __init__(self, *args: Any, seats: Iterable[Seat], choices: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [("", "–"), *((choice, CHOICES.get(choice, choice)) for choice in choices)]
        self.rows = []
        for seat in seats:
            name = f"seat_{seat.pk}"
            self.fields[name] = forms.ChoiceField(
                label=str(seat), choices=shown, error_messages={"required": _("Vote or abstain.")}
            )
            self.rows.append((seat, name))

    def members(self) -> list[tuple[Seat, forms.BoundField]]:
        return [(seat, self[name]) for seat, name in self.rows]

    @property
    def ballots(self) -> dict[int, str]:
        """Seat → choice. Only of a valid form."""
        return {seat.pk: self.cleaned_data[name] for seat, name in self.rows}


class DissentForm(forms.Form):
    """A dissenting opinion of one member who was there."""

    seat = forms.TypedChoiceField(label=_("Whose opinion"), coerce=int)
    text = forms.CharField(label=_("Dissenting opinion"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, seats: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["seat"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(seat.pk, str(seat)) for seat in seats]
        self.helper = untagged("seat", "text")
