"""A wall clock that the zone skips or repeats is refused beside its field, in every form that asks for a moment."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django import forms
from django.test import Client
from django.urls import reverse
from django.utils import translation

from essays.contests.calendar_form import CalendarForm
from essays.contests.forms import NewContestForm, ReopenForm
from essays.contests.models import Contest
from judging.results.forms import AnnounceForm
from judging.session.forms import OpenForm
from tests.factories.regulations import complete_draft, organizer

BERLIN = "Europe/Berlin"
SKIPPED, REPEATED, ONCE = "2027-03-28T02:30", "2027-10-31T02:30", "2027-03-28T03:00"
WORDS = {
    SKIPPED: "The clocks are put forward that night: this time does not exist. Choose another one.",
    REPEATED: "The clocks are put back that night: this time comes twice. Choose another one.",
    "0001-01-01T00:00": "This year is too far away.",
    "9999-12-01T00:00": "This year is too far away.",
}


def announcing(at: str) -> forms.Form:
    data = {"when": "later", "at": at, "word": "ANNOUNCE", "seen": "0"}
    return AnnounceForm(data, contest=Contest(time_zone=BERLIN))


def opening(at: str) -> forms.Form:
    return OpenForm({"held_at": at, "quorum": "all"}, contest=Contest(time_zone=BERLIN))


def reopening(at: str) -> forms.Form:
    return ReopenForm({"closes_at": at}, contest=Contest(time_zone=BERLIN))


@pytest.mark.parametrize(("made", "field"), [(announcing, "at"), (opening, "held_at"), (reopening, "closes_at")])
def test_what_the_clocks_skip_or_repeat_is_refused(made: Callable[[str], forms.Form], field: str) -> None:
    with translation.override("en"):
        refused = {typed: made(typed).errors.get(field) for typed in WORDS}
        # Compared here: the words are made when they are read.
        assert refused == {typed: [words] for typed, words in WORDS.items()}
    form = made(ONCE)
    assert form.is_valid(), form.errors
    assert form.cleaned_data[field].replace(minute=0) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_a_new_contest_is_asked_in_its_own_zone() -> None:
    data = {"title_ru": "Новый", "slug": "new-one", "time_zone": "Europe/Moscow", "closes_at": "2014-11-30T23:59"}

    # Clocks were put back in Russia that night, and forward in 2011 for the last time.
    repeated = NewContestForm({**data, "opens_at": "2014-10-26T01:30"}, sources=Contest.objects.none())
    skipped = NewContestForm({**data, "opens_at": "2011-03-27T02:30"}, sources=Contest.objects.none())

    assert [list(form.errors) for form in (repeated, skipped)] == [["opens_at"], ["opens_at"]]


@pytest.mark.django_db
def test_the_calendar_says_it_beside_the_field_and_saves_nothing(client: Client) -> None:
    maria = organizer()
    contest = complete_draft(maria, time_zone=BERLIN)
    client.force_login(maria, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("organizer_calendar", args=[contest.slug])
    form: CalendarForm = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    shown |= {name: value.strftime("%Y-%m-%dT%H:%M") for name, value in shown.items() if hasattr(value, "strftime")}

    answers = [
        client.post(address, {**shown, "results_at": typed, "act": act}, headers={"accept-language": "en"})
        for typed in (SKIPPED, REPEATED)
        for act in ("save", "show")
    ]

    assert [answer.context["form"].errors for answer in answers] == [
        {"results_at": [WORDS[typed]]} for typed in (SKIPPED, REPEATED) for _act in ("save", "show")
    ]
    assert all(WORDS[SKIPPED] in answer.content.decode() for answer in answers[:2])
    results_at = contest.results_at
    contest.refresh_from_db()
    assert contest.results_at == results_at
