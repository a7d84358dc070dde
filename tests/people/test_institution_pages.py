"""The list of institutions and who keeps it."""

import pytest
from django.urls import reverse

from essays.ledger.models import LedgerEvent
from essays.people import actions
from essays.people.models import Institution, Municipality
from tests.factories.regulations import organizer
from tests.factories.story import ContestOrganizerFactory, InstitutionFactory, SeatFactory, UserFactory

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def maria(client):
    user = organizer()
    client.force_login(user, backend=BACKEND)
    return user


def given(**values) -> dict:
    return {
        "short_name": "Гимназия № 941",
        "name": "МБОУ «Гимназия № 941»",
        "kind": "school",
        "municipality": "",
        "new_municipality": "",
        "locality": "",
        "parent": "",
        **values,
    }


def test_the_list_is_for_organizers_alone(client):
    place = InstitutionFactory(confirmed=False)
    pages = [
        reverse("organizer_institutions"),
        reverse("organizer_institution_new"),
        reverse("organizer_institution", args=[place.pk]),
    ]

    for stranger in (UserFactory(), SeatFactory().user):
        client.force_login(stranger, backend=BACKEND)
        assert [client.get(page).status_code for page in pages] == [404, 404, 404]
        assert client.post(reverse("organizer_institution_confirm", args=[place.pk])).status_code == 404
    for keeper in (organizer(), ContestOrganizerFactory().user):
        client.force_login(keeper, backend=BACKEND)
        assert [client.get(page).status_code for page in pages] == [200, 200, 200]


def test_institutions_are_found_by_name_and_place_without_minding_case_or_yo(client, maria):
    InstitutionFactory(short_name="Школа Ёлкино", municipality=Municipality.objects.create(name="Выдуманный"))
    InstitutionFactory(short_name="Лицей")

    answer = client.get(reverse("organizer_institutions"), {"q": "елкино ВЫДУМАННЫЙ"})

    assert [place.short_name for place in answer.context["page_obj"]] == ["Школа Ёлкино"]


def test_what_entrants_wrote_in_is_confirmed(client, maria):
    place = InstitutionFactory(confirmed=False)
    InstitutionFactory()

    shown = client.get(reverse("organizer_institutions"), {"show": "unconfirmed"})
    assert list(shown.context["page_obj"]) == [place]
    client.post(reverse("organizer_institution_confirm", args=[place.pk]))
    client.post(reverse("organizer_institution_confirm", args=[place.pk]))

    place.refresh_from_db()
    assert place.confirmed is True
    assert LedgerEvent.objects.filter(action="institution.confirmed", actor_ref=maria.pk).count() == 1


def test_an_institution_is_added_with_a_new_municipality(client, maria):
    client.post(reverse("organizer_institution_new"), given(new_municipality="Новый район"))

    place = Institution.objects.get()
    assert (place.short_name, place.municipality.name, place.confirmed) == ("Гимназия № 941", "Новый район", True)
    assert list(Institution.objects.found_by("новый 941")) == [place]


def test_without_any_municipality_it_is_said_beside_the_field(client, maria):
    answer = client.post(reverse("organizer_institution_new"), given())

    assert list(answer.context["form"].errors) == ["municipality"]


def test_the_same_institution_is_not_added_twice(client, maria):
    present = InstitutionFactory()

    answer = client.post(
        reverse("organizer_institution_new"), given(name=present.name, municipality=present.municipality_id)
    )

    assert list(answer.context["form"].errors) == ["name"]
    assert Institution.objects.count() == 1


def test_saving_a_written_in_institution_confirms_it(client, maria):
    place = InstitutionFactory(confirmed=False)

    client.post(
        reverse("organizer_institution", args=[place.pk]), given(municipality=place.municipality_id, kind="college")
    )

    place.refresh_from_db()
    assert (place.confirmed, place.kind, place.short_name) == (True, "college", "Гимназия № 941")


def test_a_branch_of_a_branch_is_refused():
    main = InstitutionFactory()
    branch = InstitutionFactory(parent=main)
    values = {name: getattr(main, name) for name in actions.FIELDS} | {"name": "Другая", "parent": branch}

    with pytest.raises(actions.Refused) as refused:
        actions.save_institution(values, actor=organizer())

    assert refused.value.field == "parent"


def test_the_list_asks_alike_for_one_row_and_for_three(client, maria, django_assert_max_num_queries):
    InstitutionFactory()
    address = reverse("organizer_institutions")
    client.get(address)
    with django_assert_max_num_queries(15) as one:
        client.get(address)
    InstitutionFactory.create_batch(2)
    with django_assert_max_num_queries(15) as three:
        client.get(address)

    assert len(one) == len(three)
