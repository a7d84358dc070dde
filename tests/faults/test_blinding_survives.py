"""Faults while essays are received and blind copies are made, with real workers, broker and database."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from essays.anonymity.models import BlindCopy
from essays.entries.models import Entry, Essay
from essays.entries.tasks import blind_essay, sweep_essays
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from essays.outbox.tasks import send_letter, sweep_letters
from tests.factories.applications import filled, open_contest, sent, upload
from tests.factories.story import UserFactory
from tests.faults import marks
from tests.plugins.worker import eventually

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def ground(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "private"
    for mark in marks.EVERY:
        mark.unlink(missing_ok=True)
    yield
    for mark in marks.EVERY:
        mark.unlink(missing_ok=True)


def leases_run_out():
    """What a minute and a half of waiting does."""
    Essay.objects.filter(lease_until__isnull=False).update(lease_until=timezone.now() - timedelta(seconds=1))


def blinded():
    return Essay.objects.filter(state="blinded").count()


def test_the_broker_away_at_upload_costs_nothing_but_time(valkey, celery_worker_process, client):
    contest, user = open_contest(), UserFactory()
    entry = filled(contest, user)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("entry_essay", args=[entry.public_id]), {"file": upload()})
    valkey.kill()

    answer = client.post(reverse("entry_send", args=[entry.public_id]))

    entry.refresh_from_db()
    assert (answer.status_code, entry.state) == (302, "received")
    assert Letter.objects.filter(name="receipt").count() == 1
    page = client.get(reverse("entry", args=[entry.public_id])).content.decode()
    assert entry.code in page

    valkey.start()
    celery_worker_process.start()
    sweep_essays.delay()
    sweep_letters.delay()
    eventually(lambda: blinded() == 1)
    eventually(lambda: Letter.objects.get(name="receipt").state == "sent")


def test_a_flushed_broker_with_a_full_queue_loses_nothing_and_doubles_nothing(valkey, celery_worker_process):
    contest = open_contest()
    essays = [sent(contest, surname=f"Автор{number}").essays.get() for number in range(12)]
    for essay in essays:
        blind_essay.delay(essay.pk)
    assert valkey.queued() == 12

    valkey.flush_all()
    celery_worker_process.start(concurrency=2)
    sweep_essays.delay()

    eventually(lambda: blinded() == 12)
    assert BlindCopy.objects.count() == 12
    assert LedgerEvent.objects.filter(action="essay.blinded").count() == 12


def test_a_worker_killed_while_blinding_is_made_up_for_by_the_sweep(valkey, workers, tmp_path):
    essay = sent(open_contest()).essays.get()
    first = workers().start(include=["tests.faults.dawdling"])
    blind_essay.delay(essay.pk)
    eventually(marks.BEGUN.exists)

    first.kill()
    essay.refresh_from_db()
    assert (essay.state, essay.attempts) == ("blinding", 1)
    leases_run_out()
    workers().start()
    sweep_essays.delay()

    eventually(lambda: blinded() == 1)
    assert BlindCopy.objects.count() == 1
    assert list((tmp_path / "private").rglob("*.part")) == []


def test_a_task_delivered_five_times_makes_one_copy_and_one_letter(valkey, celery_worker_process, smtp_server):
    entry = sent(open_contest())
    essay, letter = entry.essays.get(), Letter.objects.get(name="receipt")
    for _delivery in range(5):
        blind_essay.delay(essay.pk)
        send_letter.delay(letter.pk)

    celery_worker_process.start(concurrency=4)

    eventually(lambda: blinded() == 1 and valkey.queued() == 0)
    eventually(lambda: Letter.objects.get().state == "sent")
    celery_worker_process.stop()
    assert BlindCopy.objects.count() == 1
    assert LedgerEvent.objects.filter(action="essay.blinded").count() == 1
    assert len(smtp_server.messages) == 1


def test_two_workers_with_the_same_file_in_hand_make_one_copy(valkey, celery_worker_process):
    """The first outlives its lease, the second takes over, and then the first wakes up."""
    essay = sent(open_contest()).essays.get()
    celery_worker_process.start(concurrency=2, include=["tests.faults.dawdling"])
    blind_essay.delay(essay.pk)
    eventually(marks.BEGUN.exists)
    leases_run_out()
    blind_essay.delay(essay.pk)
    eventually(lambda: Essay.objects.get().attempts == 2)

    marks.GO.touch()

    eventually(lambda: blinded() == 1)
    celery_worker_process.stop()
    assert BlindCopy.objects.count() == 1


def test_a_file_that_kills_its_process_three_times_is_set_aside_and_the_queue_moves(valkey, celery_worker_process):
    contest = open_contest()
    contest.organizers.create(user=UserFactory())
    poison = sent(contest, surname="Ядов").essays.get()
    marks.DIE.touch()
    worker = celery_worker_process.start(include=["tests.faults.dawdling"])
    for attempt in (1, 2, 3):
        leases_run_out()
        blind_essay.delay(poison.pk)
        eventually(lambda attempt=attempt: Essay.objects.get(pk=poison.pk).attempts == attempt)
        eventually(lambda: worker.children() and marks.BEGUN.exists())
        marks.BEGUN.unlink()
    leases_run_out()
    sweep_essays.delay()

    eventually(lambda: Essay.objects.get(pk=poison.pk).state == "quarantined")
    assert Letter.objects.filter(name="essay_quarantined").count() == 1
    marks.DIE.unlink()
    marks.GO.touch()
    healthy = sent(contest, surname="Здоровых").essays.get()
    blind_essay.delay(healthy.pk)
    eventually(lambda: Essay.objects.get(pk=healthy.pk).state == "blinded")


def test_a_deployment_with_a_full_queue_loses_nothing(valkey, workers):
    contest = open_contest()
    for number in range(6):
        blind_essay.delay(sent(contest, surname=f"Автор{number}").essays.get().pk)
    marks.GO.touch()
    first = workers().start(include=["tests.faults.dawdling"])
    eventually(marks.BEGUN.exists)

    first.stop()
    workers().start()

    eventually(lambda: blinded() == 6)
    assert BlindCopy.objects.count() == Entry.objects.count() == 6
