"""A blind copy that waits for a look: the organizer reads why in words, releases it, and is told what happens next."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from essays.anonymity.models import BlindCopy
from essays.entries import doubts
from tests.factories.applications import blinded, open_contest
from tests.factories.story import ContestOrganizerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private_files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def test_every_reason_is_said_in_words_and_once():
    with translation.override("en"):
        said = doubts.words(["leak:author", "leak:author: diminutive", "organizer", "something_new"])

    assert said == [
        "Something that tells who the author is may have stayed in the text.",
        "An organizer held the copy back.",
        "The program found a place that it cannot judge by itself.",
    ]


def test_an_organizer_reads_why_a_copy_is_held_and_releases_it():
    entry = blinded(open_contest())
    BlindCopy.objects.update(state=BlindCopy.State.HELD, doubts=["not_confident"])
    essay = entry.essays.get()
    client = Client(headers={"accept-language": "en"})
    client.force_login(ContestOrganizerFactory(contest=entry.contest).user)
    place = [entry.contest.slug, entry.public_id]

    shown = client.get(reverse("organizer_copy", args=[*place, essay.version])).content.decode()
    done = client.post(reverse("organizer_release", args=[*place, essay.version]), follow=True).content.decode()

    assert "It is not certain that everything is hidden" in shown
    assert "not_confident" not in shown
    assert "The copy is clean." in done
    assert "Judges cannot read this copy" not in done
