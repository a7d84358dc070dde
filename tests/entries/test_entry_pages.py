"""The entrant's, the guardian's and the organizer's pages of entries."""

import re
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from essays.entries import actions, blinding, letters
from essays.entries.models import Entry
from essays.outbox.models import Letter
from tests.factories.applications import blinded, born, filled, open_contest, sent, upload
from tests.factories.story import ContestOrganizerFactory, InstitutionFactory, UserFactory

pytestmark = pytest.mark.django_db
MINOR = born(15)
ENGLISH = {"accept-language": "en"}
GUARDIAN = {"guardian_surname": "Ребрихина", "guardian_given_name": "Ольга", "guardian_email": "olga@example.org"}


@pytest.fixture(autouse=True)
def private_files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    mail.outbox = []


@pytest.fixture
def signed_in(client):
    def sign_in(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def test_the_whole_application_through_its_pages(signed_in, django_capture_on_commit_callbacks):
    contest, user = open_contest(), UserFactory()
    place = InstitutionFactory(short_name="Гимназия № 941")
    client = signed_in(user)

    begun = client.post(reverse("enter", args=[contest.slug]), {"entered_by": "entrant"})
    entry = Entry.objects.get()
    assert begun.url == reverse("entry", args=[entry.public_id])
    client.post(
        reverse("entry_author", args=[entry.public_id]),
        {
            "surname": "Тестова",
            "given_name": "Вера",
            "birth_date": MINOR.isoformat(),
            "email": user.email,
            **GUARDIAN,
        },
    )
    client.post(
        reverse("entry_studies", args=[entry.public_id]),
        {"institution_search": "941", "institution": place.pk, "course": "9 «Б»"},
    )
    category, nomination = contest.categories.get(), contest.nominations.get()
    client.post(
        reverse("entry_theme", args=[entry.public_id]),
        {"category": category.pk, "nomination": nomination.pk, "title": "Как я записалась к врачу"},
    )
    client.post(reverse("entry_essay", args=[entry.public_id]), {"file": upload()})
    client.post(reverse("entry_consents", args=[entry.public_id]), {"processing": "on"})
    with django_capture_on_commit_callbacks():
        client.post(reverse("entry_send", args=[entry.public_id]))

    entry.refresh_from_db()
    assert (entry.state, entry.number, entry.institution) == ("received", 1, place)
    assert list(Letter.objects.order_by("name").values_list("name", flat=True)) == ["guardian_request", "receipt"]
    assert entry.code in client.get(reverse("entry", args=[entry.public_id])).content.decode()


def test_a_refused_file_is_explained_and_the_application_keeps_everything(signed_in):
    entry = filled(open_contest())
    client = signed_in(entry.owner)

    page = client.post(
        reverse("entry_essay", args=[entry.public_id]),
        {"file": upload("слишком коротко", "Эссе.txt")},
        headers={"accept-language": "en"},
    )

    assert page.status_code == 422
    assert "at least 20 are needed" in page.content.decode()
    entry.refresh_from_db()
    assert (entry.surname, entry.title) == ("Ребрихина", "Паспорт без очереди")


def test_a_form_with_a_mistake_keeps_what_was_typed(signed_in):
    entry = filled(open_contest())
    client = signed_in(entry.owner)

    page = client.post(
        reverse("entry_author", args=[entry.public_id]),
        {"surname": "Новая", "given_name": "Вера", "birth_date": "2999-01-01", "email": "не адрес"},
    )

    content = page.content.decode()
    assert page.status_code == 422
    assert 'value="Новая"' in content
    assert 'value="2999-01-01"' in content


def test_a_minor_without_a_guardian_is_asked_for_one(signed_in):
    entry = filled(open_contest())

    page = signed_in(entry.owner).post(
        reverse("entry_author", args=[entry.public_id]),
        {"surname": "Новая", "given_name": "Вера", "birth_date": MINOR.isoformat(), "email": "v@example.org"},
    )

    assert {"guardian_surname", "guardian_given_name", "guardian_email"} == set(page.context["form"].errors)


def test_consents_are_never_ticked_beforehand(signed_in):
    contest = open_contest()
    entry = actions.start(contest, UserFactory(), "entrant")
    actions.change(entry, entry.owner, {"birth_date": date(2000, 1, 1)})

    page = signed_in(entry.owner).get(reverse("entry_consents", args=[entry.public_id]))

    assert "checked" not in page.content.decode()
    assert page.content.decode().count('type="checkbox"') == 3


def test_an_institution_is_found_without_javascript_and_nothing_typed_is_lost(signed_in):
    entry = filled(open_contest())
    InstitutionFactory(short_name="Лицей «Ёлочка»")

    page = signed_in(entry.owner).post(
        reverse("entry_studies", args=[entry.public_id]),
        {"institution_search": "ЕЛОЧКА", "course": "10 «В»", "find": "1"},
    )

    assert "Лицей «Ёлочка»" in page.content.decode()
    assert "10 «В»" in page.content.decode()


def test_an_institution_that_is_not_in_the_list_is_written_in(signed_in):
    entry = filled(open_contest())
    place = entry.institution.municipality

    signed_in(entry.owner).post(
        reverse("entry_studies", args=[entry.public_id]),
        {
            "institution_search": "",
            "course": "1 курс",
            "new_name": "Новый колледж",
            "new_kind": "college",
            "new_municipality": place.pk,
        },
    )

    entry.refresh_from_db()
    assert (entry.institution.name, entry.institution.confirmed) == ("Новый колледж", False)


OWN = ["entry", "entry_author", "entry_studies", "entry_theme", "entry_essay", "entry_consents", "entry_withdraw"]


@pytest.mark.parametrize("name", [*OWN, "entry_copy", "entry_original"])
def test_only_the_owner_opens_the_pages_of_an_entry(signed_in, client, name):
    entry = blinded(open_contest())
    address = reverse(name, args=[entry.public_id])

    anonymous = client.get(address)
    stranger = signed_in(UserFactory()).get(address)
    owner = signed_in(entry.owner).get(address)

    assert (anonymous.status_code, stranger.status_code, owner.status_code) == (302, 404, 200)
    assert anonymous.url.startswith(reverse("account_login"))


ORGANIZERS = [
    ("organizer_entries", []),
    ("organizer_entry", ["entry"]),
    ("organizer_original", ["entry", 1]),
    ("organizer_copy", ["entry", 1]),
]


@pytest.mark.parametrize(("name", "args"), ORGANIZERS)
def test_only_organizers_of_this_contest_open_its_entries(signed_in, client, name, args):
    contest = open_contest()
    entry = blinded(contest)
    organizer = ContestOrganizerFactory(contest=contest).user
    another = ContestOrganizerFactory().user
    address = reverse(name, args=[contest.slug, *(entry.public_id if arg == "entry" else arg for arg in args)])

    anonymous = client.get(address)
    answers = [signed_in(user).get(address).status_code for user in (entry.owner, another, organizer)]

    assert (anonymous.status_code, answers) == (302, [404, 404, 200])


def test_organizers_see_names_and_numbers_but_no_code(signed_in):
    contest = open_contest()
    entry = blinded(contest)
    client = signed_in(ContestOrganizerFactory(contest=contest).user)

    pages = [
        client.get(reverse("organizer_entries", args=[contest.slug])).content.decode(),
        client.get(reverse("organizer_entry", args=[contest.slug, entry.public_id])).content.decode(),
        client.get(reverse("organizer_copy", args=[contest.slug, entry.public_id, 1])).content.decode(),
    ]

    assert "Ребрихина" in pages[0]
    assert not [page for page in pages if entry.code in page]


def test_a_draft_is_nobodys_business_but_its_owners(signed_in):
    contest = open_contest()
    entry = filled(contest)
    client = signed_in(ContestOrganizerFactory(contest=contest).user)

    listing = client.get(reverse("organizer_entries", args=[contest.slug]))
    single = client.get(reverse("organizer_entry", args=[contest.slug, entry.public_id]))

    assert "Ребрихина" not in listing.content.decode()
    assert single.status_code == 404


@pytest.mark.parametrize("page", ["organizer_entries", "my_entries"])
def test_lists_ask_as_many_questions_for_three_rows_as_for_one(signed_in, page, django_assert_num_queries):
    contest, owner = open_contest(), UserFactory()
    organizer = ContestOrganizerFactory(contest=contest).user
    client = signed_in(organizer if page == "organizer_entries" else owner)
    address = reverse(page, args=[contest.slug] if page == "organizer_entries" else [])

    def enter(number):
        entry = blinded(contest, UserFactory(), surname=f"Автор{number}")
        Entry.objects.filter(pk=entry.pk).update(owner=owner)

    enter(1)
    client.get(address)
    counts = []
    for more in (0, 2):
        for number in range(more):
            enter(10 + number)
        with CountQueries() as counted:
            content = client.get(address).content.decode()
        counts.append(len(counted))
    assert content.count("Автор") >= (3 if page == "organizer_entries" else 0)
    assert counts[0] == counts[1] <= 15


def CountQueries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


def test_search_and_filters_of_the_organizers_list(signed_in):
    contest = open_contest()
    blinded(contest, surname="Ёлкина")
    sent(contest, surname="Соснина")
    client = signed_in(ContestOrganizerFactory(contest=contest).user)
    address = reverse("organizer_entries", args=[contest.slug])

    def shown(**query):
        content = client.get(address, query).content.decode()
        return [name for name in ("Ёлкина", "Соснина") if name in content]

    assert shown(q="елкина") == ["Ёлкина"]
    assert shown(q="2") == ["Соснина"]
    assert shown(copy="owed") == ["Соснина"]
    assert shown(copy="released") == ["Ёлкина"]
    assert shown(state="admitted") == []


def test_an_organizer_decides_with_words_that_the_author_reads(signed_in):
    contest = open_contest()
    entry = blinded(contest)
    client = signed_in(ContestOrganizerFactory(contest=contest).user)
    address = reverse("organizer_entry", args=[contest.slug, entry.public_id])

    wordless = client.post(address, {"decision": "reject", "remark": " "})
    decided = client.post(address, {"decision": "reject", "remark": "Работа вне темы."})

    entry.refresh_from_db()
    assert (wordless.status_code, decided.status_code, entry.state) == (422, 302, "rejected")
    assert Letter.objects.get(name="entry_rejected").context["remark"] == "Работа вне темы."


def test_admitting_all_leaves_those_without_consent(signed_in):
    contest = open_contest()
    ready = blinded(contest, surname="Готова")
    waits = blinded(contest, surname="Ждёт", birth_date=MINOR, **GUARDIAN)

    signed_in(ContestOrganizerFactory(contest=contest).user).post(reverse("organizer_admit_all", args=[contest.slug]))

    ready.refresh_from_db()
    waits.refresh_from_db()
    assert (ready.state, waits.state) == ("admitted", "received")


def test_a_guardian_consents_by_the_link_without_an_account(client):
    entry = sent(open_contest(), birth_date=MINOR, **GUARDIAN)
    address = reverse("guardian", args=[letters.guardian_token(entry)])

    page = client.get(address)
    assert "checked" not in page.content.decode()
    client.post(address, {"processing": "on"})

    given = entry.consents.filter(given_by="guardian").values_list("text__kind", "channel")
    assert list(given) == [("processing", "letter")]


def test_a_letter_to_the_guardian_that_came_back_is_told(signed_in):
    entry = sent(open_contest(), birth_date=MINOR, **GUARDIAN)
    client, address = signed_in(entry.owner), reverse("entry", args=[entry.public_id])
    words, english = "could not be delivered to olga@example.org", {"accept-language": "en"}
    waits = client.get(address, headers=english).content.decode()

    Letter.objects.filter(name="guardian_request").update(state=Letter.State.FAILED)

    came_back = client.get(address, headers=english).content.decode()
    assert (words in waits, words in came_back) == (False, True)


def test_a_forged_link_opens_nothing(client):
    entry = sent(open_contest(), birth_date=MINOR, **GUARDIAN)
    token = letters.guardian_token(entry)

    assert client.get(reverse("guardian", args=[token[:-1] + ("A" if token[-1] != "A" else "B")])).status_code == 404


def test_the_original_is_a_download_and_never_a_page(signed_in):
    entry = sent(open_contest())

    answer = signed_in(entry.owner).get(reverse("entry_original", args=[entry.public_id]))

    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", ["receipt", "guardian_request", "entry_returned", "entry_rejected"])
def test_letters_render_in_both_languages(name, language):
    from essays.outbox.rendering import render

    context = {
        "contest": {"ru": "Конкурс", "en": "Contest"},
        "given_name": "Вера",
        "guardian_name": "Ольга",
        "number": 7,
        "code": "K7P-4M2-9CT-3A6",
        "remark": "<b>Исправьте</b>",
        "link": "/x/",
        "version": 1,
        "sha256": "ab",
    }

    subject, text, html = render(name, context, language)

    assert subject and "\n" not in subject
    assert ("Конкурс" if language == "ru" else "Contest") in text + subject
    assert "<b>Исправьте" not in html


@pytest.mark.parametrize(
    ("by", "words", "never"), [("mentor", "the author", "your"), ("entrant", "you", "the author's")]
)
def test_a_mentor_reads_of_the_author_and_an_author_of_themselves(signed_in, by, words, never):
    entry = sent(open_contest())
    Entry.objects.filter(pk=entry.pk).update(entered_by=by)
    client = signed_in(entry.owner)
    pages = ("entry", "entry_copy", "entry_essay")

    def read():
        answers = [client.get(reverse(name, args=[entry.public_id]), headers=ENGLISH) for name in pages]
        return " ".join(re.sub(r"\s+", " ", answer.content.decode()) for answer in answers)

    waiting = read()
    blinding.blind(entry.essays.get().pk)
    ready = read()

    whose = "the author's" if by == "mentor" else "your"
    assert f"The copy without {whose} name is being made." in waiting
    assert f"The copy without {whose} name is ready." in ready
    assert f"Words in brackets stand for what would give {words} away." in ready
    assert f"no title page: {whose} name is hidden from judges anyway" in ready
    assert f"tells who {'the author is' if by == 'mentor' else 'you are'}" in ready
    assert f"{never} name" not in waiting + ready
