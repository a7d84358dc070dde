"""A consent that ends takes with it what rested on it."""

import pytest
from django.urls import reverse

from essays.entries import actions, admission, consents, letters, versions
from essays.entries.consents import Kind
from essays.entries.models import Consent
from tests.factories.applications import blinded, born, filled, open_contest, sent, upload
from tests.factories.story import ContestFactory

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
GUARDIAN = {"guardian_surname": "Ребрихина", "guardian_given_name": "Ольга", "guardian_email": "olga@example.org"}


@pytest.fixture(autouse=True)
def private_files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def test_the_entry_leaves_with_the_consent_to_processing(client):
    entry = blinded(open_contest())
    client.force_login(entry.owner, backend=BACKEND)
    address = reverse("entry_withdraw_consent", args=[entry.public_id, "processing"])

    asked = client.get(address)
    client.post(address)

    entry.refresh_from_db()
    assert (asked.status_code, entry.state, entry.consents.standing().count()) == (200, "withdrawn", 0)
    assert entry.essays.get().blind_copy.state == "retired"


def test_after_the_decision_the_consents_end_and_the_entry_waits_for_the_organizer():
    entry = blinded(open_contest())
    admission.admit(entry, None)
    later = ContestFactory.build(stage="after")
    for name in ("opens_at", "closes_at", "judging_starts_at", "judging_ends_at", "session_ends_at"):
        setattr(entry.contest, name, getattr(later, name))

    left = actions.withdraw_processing(entry, entry.owner)

    assert (left, entry.state, entry.consents.standing().count()) == (False, "admitted", 0)


def test_a_guardian_may_take_the_processing_back_by_the_link(client):
    entry = sent(open_contest(), birth_date=born(15), **GUARDIAN)
    address = reverse("guardian", args=[letters.guardian_token(entry)])
    client.post(address, {"processing": "on"})

    client.post(address, {"withdraw": "processing"})

    entry.refresh_from_db()
    assert (entry.state, entry.consents.standing().count()) == ("withdrawn", 0)


def test_another_guardian_is_asked_anew():
    entry = sent(open_contest(), birth_date=born(15), **GUARDIAN)
    consents.give(entry, [Kind.PROCESSING], Consent.GivenBy.GUARDIAN, channel="letter")

    owed = actions.change(entry, entry.owner, {"guardian_surname": "Другова", "guardian_email": "other@example.org"})

    assert [str(signer) for signer in consents.missing(entry)] == ["guardian"]
    assert len(owed) == 1


def test_the_same_guardian_written_again_keeps_the_consent():
    entry = sent(open_contest(), birth_date=born(15), **GUARDIAN)
    consents.give(entry, [Kind.PROCESSING], Consent.GivenBy.GUARDIAN, channel="letter")

    actions.change(entry, entry.owner, GUARDIAN)

    assert consents.missing(entry) == []


def test_what_was_never_handed_in_is_no_version(tmp_path, django_capture_on_commit_callbacks):
    entry = filled(open_contest())

    with django_capture_on_commit_callbacks(execute=True):
        versions.attach(entry, entry.owner, upload())
        versions.attach(entry, entry.owner, upload("Другой текст, тоже достаточно длинный для проверки."))

    assert list(entry.essays.values_list("version", "is_current")) == [(1, True)]
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
