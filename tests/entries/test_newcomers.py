"""What people who have never been here do: click twice, open two tabs, mistake one field for another."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from essays.entries import actions, letters, versions
from essays.entries.application_forms import AuthorForm
from essays.entries.models import Entry
from essays.entries.refusals import too_large
from essays.outbox.models import Letter
from essays.people.models import Institution
from tests.factories.applications import TEXT, born, filled, open_contest, sent, upload
from tests.factories.story import InstitutionFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db
MINOR = born(15)
GUARDIAN = {"guardian_surname": "Ребрихина", "guardian_given_name": "Ольга", "guardian_email": "olga@example.org"}


@pytest.fixture(autouse=True)
def private_files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def at_home(user):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def ready_to_send(contest):
    entry = filled(contest)
    versions.attach(entry, entry.owner, upload(TEXT))
    return entry


def test_sending_from_a_second_tab_finds_the_entry_sent():
    entry = ready_to_send(open_contest())
    client, address = at_home(entry.owner), reverse("entry_send", args=[entry.public_id])

    answers = [client.post(address) for _tab in range(2)]

    assert [answer.url for answer in answers] == [reverse("entry", args=[entry.public_id])] * 2
    assert list(Letter.objects.values_list("name", flat=True)) == ["receipt"]


def test_withdrawing_twice_is_withdrawing():
    entry = sent(open_contest())
    client, address = at_home(entry.owner), reverse("entry_withdraw", args=[entry.public_id])

    answers = [client.post(address) for _click in range(2)]

    assert [answer.url for answer in answers] == [reverse("entry", args=[entry.public_id])] * 2
    assert Entry.objects.get(pk=entry.pk).state == "withdrawn"


def test_a_browser_may_send_the_guardians_form():
    """With «no-referrer» browsers call the form's origin null, and Django takes it for a stranger's."""
    entry = sent(open_contest(), birth_date=MINOR, **GUARDIAN)
    address, browser = reverse("guardian", args=[letters.guardian_token(entry)]), Client(enforce_csrf_checks=True)

    page = browser.get(address)
    origin = "null" if page["Referrer-Policy"] == "no-referrer" else "http://testserver"
    answer = browser.post(
        address,
        {"processing": "on", "csrfmiddlewaretoken": page.context["csrf_token"]},
        headers={"origin": origin},
    )

    assert (answer.status_code, entry.consents.filter(given_by="guardian").count()) == (302, 1)


def test_a_corrected_guardians_address_gets_its_letter():
    entry = sent(open_contest(), birth_date=MINOR, **GUARDIAN)

    owed = [actions.change(entry, entry.owner, {"guardian_email": "mama@example.org"}) for _time in range(2)]

    addresses = Letter.objects.filter(name="guardian_request").order_by("pk").values_list("to", flat=True)
    assert list(addresses) == ["olga@example.org", "mama@example.org"]
    assert [len(letters_owed) for letters_owed in owed] == [1, 0]


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, set()),
        ({"phone": "+7 (913) 000-00-00"}, set()),
        ({"phone": "позвоните маме"}, {"phone"}),
        ({"guardian_email": "Masha@example.org"}, {"guardian_email"}),
        ({"guardian_email": ""}, {"guardian_email"}),
    ],
)
def test_the_author_and_the_guardian_are_two_people_with_telephones(given, wrong):
    person = {
        "surname": "Лёшкина-О'Коннор",
        "given_name": "Дарья",
        "birth_date": MINOR.isoformat(),
        "email": "masha@example.org",
        **GUARDIAN,
    }

    assert set(AuthorForm({**person, **given}, instance=Entry()).errors) == wrong


@pytest.mark.parametrize("typed", ["177", "№177", "гимназия №177", "гимназия № 177 барнаул", "БАРНАУЛ-177"])
def test_an_institution_is_found_however_its_number_is_typed(typed):
    place = InstitutionFactory(short_name="МБОУ «Гимназия № 177»", locality="г. Барнаул")
    InstitutionFactory(short_name="МБОУ «СОШ № 97»", locality="г. Бийск")

    assert list(Institution.objects.found_by(typed)) == [place]


def test_signs_alone_find_nothing():
    InstitutionFactory()

    assert list(Institution.objects.found_by("«№»")) == []


@pytest.mark.parametrize(
    ("municipality", "locality", "where"),
    [
        ("город Барнаул", "г. Барнаул", "город Барнаул"),
        ("Ребрихинский район", "с. Верх-Ольховка", "Ребрихинский район, с. Верх-Ольховка"),
        ("город Бийск", "", "город Бийск"),
    ],
)
def test_a_town_that_is_its_own_municipality_is_named_once(municipality, locality, where):
    place = InstitutionFactory(municipality=MunicipalityFactory(name=municipality), locality=locality)

    assert place.where == where


def test_the_application_leads_to_its_next_part():
    entry = filled(open_contest())
    client, address = at_home(entry.owner), reverse("entry", args=[entry.public_id])

    before = client.get(address).context
    versions.attach(entry, entry.owner, upload(TEXT))
    after = client.get(address).context

    assert (before["ready"], before["next"]["url"]) == (False, reverse("entry_essay", args=[entry.public_id]))
    assert (after["ready"], after["next"]) == (True, None)


def test_after_withdrawing_another_essay_may_be_entered():
    contest = open_contest()
    entry = sent(contest)
    client = at_home(entry.owner)
    client.post(reverse("entry_withdraw", args=[entry.public_id]))

    page, works = client.get(reverse("entry", args=[entry.public_id])), client.get(reverse("my_entries"))
    client.post(reverse("enter", args=[contest.slug]), {"entered_by": "entrant"})

    assert (page.context["again"], works.context["open_contests"]) == (True, [contest])
    assert list(Entry.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "draft"]


@pytest.mark.parametrize(
    ("size", "limit", "words"),
    [(12 << 20, 10 << 20, ("12 MB", "10 MB")), ((10 << 20) + 1, 10 << 20, ("10.1 MB", "10 MB"))],
)
def test_a_file_too_large_is_told_its_size_and_the_limit(size, limit, words):
    with translation.override("en"):
        message = str(too_large(size, limit).message)

    assert all(one in message for one in words)


@pytest.mark.parametrize(("own_address", "greeted"), [(False, "Анна"), (True, "Мария")])
def test_a_mentor_is_greeted_in_the_letter_that_the_mentor_reads(own_address, greeted):
    entry = filled(open_contest())
    entry.entered_by = Entry.EnteredBy.MENTOR
    entry.email = "masha@example.org" if own_address else entry.owner.email
    versions.attach(entry, entry.owner, upload(TEXT))

    letters.receipt(entry, entry.essays.get())

    context = Letter.objects.get().context
    assert context["given_name"] == greeted
    assert context["author"] == ("" if own_address else entry.full_name)
