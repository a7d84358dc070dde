"""Pages of the regulation: texts, calendar, requirements, categories, consents. What is saved, what is said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from essays.contests import stages
from essays.contests.models import Contest
from tests.contests.typed import ENGLISH, calendar_fields, rows, texts
from tests.factories.regulations import complete_draft, draft, published
from tests.factories.story import moment

pytestmark = pytest.mark.django_db


def test_texts_are_saved_and_the_second_of_two_is_told(signed_in, maria):
    contest = draft(maria)
    client, address = signed_in(maria), reverse("organizer_texts", args=[contest.slug])
    second = texts(contest, title_ru="Второй")

    assert client.post(address, texts(contest, title_ru="Первый")).status_code == 302
    answer = client.post(address, second, headers=ENGLISH)

    assert "Somebody else changed the regulation" in answer.content.decode()
    assert 'value="Второй"' in answer.content.decode()
    contest.refresh_from_db()
    assert contest.title_ru == "Первый"
    # Having been told, saving again is a choice.
    again = second | {"version": str(answer.context["form"]["version"].value())}
    assert client.post(address, again).status_code == 302
    contest.refresh_from_db()
    assert contest.title_ru == "Второй"


def test_a_locked_field_says_why_and_a_forged_one_is_ignored(signed_in, maria):
    contest = published(maria)
    client, address = signed_in(maria), reverse("organizer_texts", args=[contest.slug])

    html = client.get(address, headers=ENGLISH).content.decode()
    client.post(address, texts(contest, slug="other", title_ru="Иначе"))

    assert "The address is public" in html
    contest.refresh_from_db()
    assert (contest.slug, contest.title_ru) == ("essay-2027", "Иначе")


def test_a_calendar_saved_as_shown_changes_nothing(signed_in, maria):
    contest = published(maria, closes_at=moment(10).replace(second=17))
    client, address = signed_in(maria), reverse("organizer_calendar", args=[contest.slug])
    before = contest.calendar

    answer = client.post(address, calendar_fields(client.get(address)))

    assert answer.status_code == 302
    assert Contest.objects.get().calendar == before


def test_the_typed_minute_counts_whole(signed_in, maria):
    contest = published(maria)
    client, address = signed_in(maria), reverse("organizer_calendar", args=[contest.slug])
    shown = calendar_fields(client.get(address))

    client.post(address, shown | {"closes_at": moment(11).strftime("%Y-%m-%dT23:59")})

    contest.refresh_from_db()
    local = contest.closes_at.astimezone(contest.zone)
    assert (local.hour, local.minute, local.second) == (0, 0, 0)


def test_days_off_are_typed_shown_and_counted(signed_in, maria):
    year = timezone.localdate().year + 1
    opens_at = datetime(year, 12, 1, tzinfo=UTC)
    contest = published(maria, opens_at=opens_at, closes_at=opens_at + timedelta(days=20))
    monday = next(day for day in (date(year, 12, 22 + n) for n in range(7)) if day.weekday() == 0)
    tuesday = monday + timedelta(days=1)
    client, address = signed_in(maria), reverse("organizer_calendar", args=[contest.slug])
    shown = calendar_fields(client.get(address, headers=ENGLISH))

    refused = client.post(address, shown | {"days_off": f"{monday}, soon"}, headers=ENGLISH)
    client.post(address, shown | {"days_off": f"{tuesday:%d.%m.%Y} {monday}, {monday:%d.%m.%Y}", "act": "save"})

    assert "“soon” is no date. Write days with commas, for example 31.12.2026, 11.01.2027." in refused.content.decode()
    contest.refresh_from_db()
    assert contest.days_off == [str(monday), str(tuesday)]
    page = client.get(address, headers=ENGLISH)
    assert page.context["form"]["days_off"].value() == f"{monday:%d.%m.%Y}, {tuesday:%d.%m.%Y}"
    for seen in (page, client.get(reverse("contest_page", args=[contest.slug]), headers=ENGLISH)):
        said = seen.content.decode()
        assert f"{monday.day} December {year}</time>&nbsp;– <time" in said
        assert f"{tuesday.day} December {year}</time>: a day off of this contest" in said
        assert f"January {year + 1}</time>: New Year holidays" in said


def test_the_timeline_is_previewed_without_saving(signed_in, maria):
    contest = complete_draft(maria)
    client, address = signed_in(maria), reverse("organizer_calendar", args=[contest.slug])
    typed = calendar_fields(client.get(address)) | {"judging_ends_at": "2020-01-01T00:00", "act": "show"}

    answer = client.post(address, typed, headers=ENGLISH)

    html = answer.content.decode()
    assert "“judging ends” stands before “judging starts”" in html
    assert 'value="2020-01-01T00:00"' in html
    assert Contest.objects.get().judging_ends_at == contest.judging_ends_at


def test_requirements_are_typed_in_megabytes(signed_in, maria):
    contest = draft(maria)
    given = {"version": contest.version, "formats": ["docx", "pdf"], "megabytes": "2.5", "min_characters": "100"}
    given["blindness"] = "fields"

    signed_in(maria).post(reverse("organizer_requirements", args=[contest.slug]), given)

    contest.refresh_from_db()
    assert (contest.formats, contest.max_bytes, contest.min_characters) == (["docx", "pdf"], 2621440, 100)
    assert (contest.mentor_allowed, contest.blindness) == (False, "fields")


def test_categories_are_added_moved_and_saved_without_scripts(signed_in, maria):
    contest = draft(maria)
    client, address = signed_in(maria), reverse("organizer_categories", args=[contest.slug])
    typed = [{"name_ru": "А"}, {"name_ru": "Б"}]

    moved = client.post(address, rows(contest, *typed, act="up-1"))
    assert [form["name_ru"].value() for form in moved.context["rows"]] == ["Б", "А"]
    assert not contest.categories.exists()
    client.post(address, rows(contest, *typed))

    assert [row.name_ru for row in contest.categories.all()] == ["А", "Б"]


def test_a_new_consent_text_becomes_a_version(signed_in, maria):
    contest = published(maria)
    given = {"kind": "processing", "version": contest.version, "body_ru": "Иначе.", "body_en": ""}

    signed_in(maria).post(reverse("organizer_consents", args=[contest.slug]), given)

    assert [text.version for text in contest.consent_texts.filter(kind="processing")] == [2, 1]


def test_reopening_is_offered_by_the_calendar_only_where_it_can_be_done(signed_in, maria):
    contest = published(maria)
    client, address = signed_in(maria), reverse("organizer_calendar", args=[contest.slug])
    offer = "Reopen intake"

    assert offer not in client.get(address, headers=ENGLISH).content.decode()
    stages.close_intake(contest, actor=maria)
    assert offer in client.get(address, headers=ENGLISH).content.decode()
