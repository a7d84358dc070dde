"""The organizer's pages of a contest: who gets in, what is saved, what is said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from essays.contests import stages, team
from essays.contests.models import Contest
from essays.entries.models import Entry
from essays.outbox.models import Letter
from judging.rubrics.models import AwardRule, Criterion, JudgingRules, LevelDescriptor
from tests.factories.regulations import complete_draft, draft, organizer, published
from tests.factories.story import ContestOrganizerFactory, SeatFactory, UserFactory, moment

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ENGLISH = {"accept-language": "en"}
PAGES = [
    "organizer_regulation",
    "organizer_texts",
    "organizer_requirements",
    "organizer_calendar",
    "organizer_categories",
    "organizer_nominations",
    "organizer_consents",
    "organizer_team",
    "organizer_rubric",
    "organizer_rules",
    "organizer_awards",
    "organizer_ledger",
    "organizer_letters",
    "organizer_reopen_intake",
]
ACTS = ["organizer_publish", "organizer_unpublish", "organizer_archive", "organizer_close_intake"]


@pytest.fixture
def maria():
    return organizer()


@pytest.fixture
def signed_in(client):
    def sign_in(user):
        client.force_login(user, backend=BACKEND)
        return client

    return sign_in


def rows(contest: Contest, *forms: dict[str, str], act: str = "save") -> dict[str, str]:
    contest.refresh_from_db()
    data = {"act": act, "version": str(contest.version), "form-TOTAL_FORMS": str(len(forms))}
    data["form-INITIAL_FORMS"] = "0"
    for index, form in enumerate(forms):
        data |= {f"form-{index}-{name}": value for name, value in form.items()}
    return data


def texts(contest: Contest, **changes: str) -> dict[str, str]:
    contest.refresh_from_db()
    names = ("slug", "title_ru", "title_en", "summary_ru", "summary_en", "organizer_name_ru", "organizer_name_en")
    names += ("contact_email", "regulation_ru", "regulation_en", "version")
    return {name: str(getattr(contest, name)) for name in names} | changes


@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_for_the_contests_team_alone(signed_in, client, maria, name):
    contest = published(maria)
    address = reverse(name, args=[contest.slug])
    judge = SeatFactory(contest=contest).user
    other_team = ContestOrganizerFactory().user
    entrant = Entry.objects.create(contest=contest, owner=UserFactory(), code="T1").owner

    assert client.get(address).status_code == 302  # to the log-in
    for stranger in (judge, other_team, entrant, organizer()):
        assert signed_in(stranger).get(address).status_code == 404
        assert client.post(address, {"act": "save"}).status_code == 404
    assert signed_in(maria).get(address).status_code == 200


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_for_the_contests_team_alone_and_only_by_post(signed_in, maria, name):
    contest = complete_draft(maria)
    address = reverse(name, args=[contest.slug])

    assert signed_in(organizer()).post(address).status_code == 404
    assert signed_in(maria).get(address).status_code == 405
    assert signed_in(maria).post(address).url == reverse("organizer_regulation", args=[contest.slug])


def test_a_new_contest_is_for_those_who_may_create_contests(signed_in, maria):
    address = reverse("organizer_new")

    assert signed_in(UserFactory()).get(address).status_code == 404
    assert signed_in(maria).get(address).status_code == 200


def test_the_home_of_organizers_is_hidden_from_others(signed_in, maria):
    address = reverse("organizer_home")

    assert signed_in(UserFactory()).get(address).status_code == 404
    assert signed_in(maria).get(address).status_code == 200
    assert signed_in(ContestOrganizerFactory().user).get(address).status_code == 200


def test_a_contest_is_made_in_its_own_zone(signed_in, maria):
    client = signed_in(maria)
    given = {
        "title_ru": "Новый",
        "slug": "new-one",
        "time_zone": "Europe/Moscow",
        "opens_at": "2027-02-01T00:00",
        "closes_at": "2027-03-01T23:59",
    }

    answer = client.post(reverse("organizer_new"), given)

    assert answer.url == reverse("organizer_regulation", args=["new-one"])
    contest = Contest.objects.get()
    assert contest.opens_at == datetime(2027, 1, 31, 21, 0, tzinfo=UTC)
    assert contest.closes_at == datetime(2027, 3, 1, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_at": "2027-01-01T00:00"}, "closes_at"),
        ({"slug": "institutions"}, "slug"),
        ({"slug": "taken"}, "slug"),
        ({"opens_at": "tomorrow"}, "opens_at"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
    ],
)
def test_what_is_wrong_with_a_new_contest_is_said_beside_the_field(signed_in, maria, changes, field):
    draft(maria, "taken")
    given = {
        "title_ru": "Новый",
        "slug": "new-one",
        "time_zone": "Europe/Moscow",
        "opens_at": "2027-02-01T00:00",
        "closes_at": "2027-03-01T23:59",
    } | changes

    answer = signed_in(maria).post(reverse("organizer_new"), given)

    assert list(answer.context["form"].errors) == [field]
    assert 'value="Новый"' in answer.content.decode()


def test_only_ones_own_contests_can_be_copied(signed_in, maria):
    theirs = published(organizer(), "theirs")

    answer = signed_in(maria).post(reverse("organizer_new"), {"source": theirs.pk})

    assert "source" in answer.context["form"].errors


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


def calendar_fields(answer) -> dict[str, str]:
    form = answer.context["form"]
    shown = {}
    for name in form.fields:
        value = form[name].value()
        shown[name] = value.strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else str(value)
    return shown


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
        assert f"{monday.day} December {year}</time> – <time" in said
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


def test_publishing_from_the_overview(signed_in, maria):
    contest = complete_draft(maria)
    client = signed_in(maria)

    assert (
        "Publish the contest"
        in client.get(reverse("organizer_regulation", args=[contest.slug]), headers=ENGLISH).content.decode()
    )
    client.post(reverse("organizer_publish", args=[contest.slug]))

    contest.refresh_from_db()
    assert contest.state == Contest.State.PUBLISHED


def test_an_unfinished_draft_names_its_problems_instead_of_a_button(signed_in, maria):
    contest = draft(maria)

    html = signed_in(maria).get(reverse("organizer_regulation", args=[contest.slug]), headers=ENGLISH).content.decode()

    assert "There is no nomination: nobody could enter." in html
    assert "The rubric has no criterion: judges could not score." in html
    assert "Publish the contest" not in html


def test_intake_is_closed_and_reopened_on_pages(signed_in, maria):
    contest = published(maria)
    client = signed_in(maria)
    client.post(reverse("organizer_close_intake", args=[contest.slug]))
    contest.refresh_from_db()
    assert contest.intake_closed_at is not None

    client.post(
        reverse("organizer_reopen_intake", args=[contest.slug]),
        {"closes_at": moment(8).strftime("%Y-%m-%dT23:59")},
    )

    contest.refresh_from_db()
    assert contest.intake_closed_at is None


def test_a_new_consent_text_becomes_a_version(signed_in, maria):
    contest = published(maria)
    given = {"kind": "processing", "version": contest.version, "body_ru": "Иначе.", "body_en": ""}

    signed_in(maria).post(reverse("organizer_consents", args=[contest.slug]), given)

    assert [text.version for text in contest.consent_texts.filter(kind="processing")] == [2, 1]


def test_a_colleague_is_added_with_a_letter_and_taken_off(signed_in, maria, django_capture_on_commit_callbacks):
    contest, oleg = draft(maria), UserFactory(email="oleg@example.org")
    client = signed_in(maria)

    client.post(reverse("organizer_team", args=[contest.slug]), {"email": "oleg@example.org"})
    assert contest.organizers.count() == 2
    assert [letter.to for letter in Letter.objects.all()] == ["oleg@example.org"]
    address = reverse("organizer_team_remove", args=[contest.slug, oleg.pk])
    assert f'href="{address}"' in client.get(reverse("organizer_team", args=[contest.slug])).content.decode()
    asked = client.get(address, headers=ENGLISH).content.decode()
    # One tap asks, and takes nobody off.
    assert f"{oleg} will see nothing of this contest any more" in asked
    assert contest.organizers.count() == 2
    own = reverse("organizer_team_remove", args=[contest.slug, maria.pk])
    assert "You will see nothing of this contest any more." in client.get(own, headers=ENGLISH).content.decode()

    client.post(address)

    assert contest.organizers.count() == 1
    # Neither who has gone nor the last one is asked about.
    assert [client.get(one).status_code for one in (address, own)] == [302, 302]


def test_the_rubric_is_written_on_its_page(signed_in, maria):
    contest = draft(maria)
    client, address = signed_in(maria), reverse("organizer_rubric", args=[contest.slug])
    typed = [{"name_ru": "Тема", "maximum": "25"}, {"name_ru": "Стиль", "maximum": "7,5", "step": "0,5"}]

    client.post(address, rows(contest, *typed))

    found = Criterion.objects.filter(rubric__contest=contest)
    assert [(str(one.maximum), str(one.step), str(one.weight)) for one in found] == [
        ("25.00", "1.00", "1.0000"),
        ("7.50", "0.50", "1.0000"),
    ]


def test_a_step_that_does_not_lead_to_the_maximum_is_said_beside_it(signed_in, maria):
    contest = draft(maria)
    typed = {"name_ru": "Тема", "maximum": "10", "step": "3"}

    answer = signed_in(maria).post(reverse("organizer_rubric", args=[contest.slug]), rows(contest, typed))

    assert list(answer.context["rows"].forms[0].errors) == ["step"]
    assert not Criterion.objects.exists()


def test_levels_are_written_and_may_not_overlap(signed_in, maria):
    contest = complete_draft(maria)
    client, address = signed_in(maria), reverse("organizer_levels", args=[contest.slug, 1])
    low = {"points_from": "0", "points_to": "9", "text_ru": "Мало."}

    wrong = client.post(address, rows(contest, low, {"points_from": "9", "points_to": "20", "text_ru": "Много."}))
    assert list(wrong.context["rows"].forms[1].errors) == ["points_from"]
    client.post(address, rows(contest, low, {"points_from": "10", "points_to": "60", "text_ru": "Много."}))

    assert LevelDescriptor.objects.count() == 2


def test_rules_are_written_with_ties_by_name(signed_in, maria):
    contest = complete_draft(maria)
    given = {
        "version": contest.version,
        "reviews_per_entry": "3",
        "third_at_total": "15,5",
        "aggregation": "median",
        "third_review": "mean",
        "smallest_cell": "0",
        "tie_1": "2",
        "tie_2": "",
    }

    signed_in(maria).post(reverse("organizer_rules", args=[contest.slug]), given)

    rules = JudgingRules.objects.get(contest=contest)
    assert (rules.reviews_per_entry, str(rules.third_at_total), rules.third_at_criterion) == (3, "15.50", None)
    assert (rules.aggregation, rules.tie_criteria) == ("median", [2])


def test_overlapping_places_are_said_beside_the_second(signed_in, maria):
    contest = complete_draft(maria)
    first = {"name_ru": "Победитель", "kind": "places", "place_from": "1", "place_to": "2"}
    second = {"name_ru": "Призёр", "kind": "places", "place_from": "2", "place_to": "3"}

    answer = signed_in(maria).post(reverse("organizer_awards", args=[contest.slug]), rows(contest, first, second))

    assert list(answer.context["rows"].forms[1].errors) == ["place_from"]
    assert [award.place_to for award in AwardRule.objects.filter(contest=contest)] == [1, 3]


def test_the_home_of_organizers_asks_alike_for_one_contest_and_for_three(
    signed_in, maria, django_assert_max_num_queries
):
    published(maria)
    client = signed_in(maria)
    client.get(reverse("organizer_home"))
    with django_assert_max_num_queries(15) as one:
        client.get(reverse("organizer_home"))
    for number in (1, 2):
        draft(maria, f"draft-{number}")
    with django_assert_max_num_queries(15) as three:
        html = client.get(reverse("organizer_home"), headers=ENGLISH).content.decode()

    assert len(one) == len(three)
    assert html.count("finish the regulation and publish it") == 2


def test_what_waits_is_counted_on_the_home_of_organizers(signed_in, maria):
    contest = published(maria)
    for code, state in (("A1", "received"), ("A2", "received"), ("A3", "draft")):
        number = None if state == "draft" else int(code[1])
        Entry.objects.create(contest=contest, owner=UserFactory(), code=code, state=state, number=number)
    Letter.objects.create(
        key="k",
        name="receipt",
        to="a@example.org",
        contest=contest,
        state="failed",
        next_attempt_at=moment(0),
        queued_at=moment(0),
    )

    html = signed_in(maria).get(reverse("organizer_home"), headers=ENGLISH).content.decode()

    assert "<dt>Entries</dt><dd>2</dd>" in html  # a draft counts for nothing, and takes nothing away
    assert "2 applications to check" in html
    assert "1 letter that could not be sent" in html


def test_reopening_is_offered_by_the_calendar_only_where_it_can_be_done(signed_in, maria):
    contest = published(maria)
    client, address = signed_in(maria), reverse("organizer_calendar", args=[contest.slug])
    offer = "Reopen intake"

    assert offer not in client.get(address, headers=ENGLISH).content.decode()
    stages.close_intake(contest, actor=maria)
    assert offer in client.get(address, headers=ENGLISH).content.decode()


def test_team_and_consents_ask_alike_for_one_row_and_for_three(signed_in, maria, django_assert_max_num_queries):
    contest = draft(maria)
    client, address = signed_in(maria), reverse("organizer_team", args=[contest.slug])
    client.get(address)
    with django_assert_max_num_queries(15) as one:
        client.get(address)
    for _ in range(2):
        team.add_organizer(contest, UserFactory().email, actor=maria)
    with django_assert_max_num_queries(15) as three:
        client.get(address)

    assert len(one) == len(three)
