"""Faults while photographed pages are taken in and their copies are made: real workers, real children, all of them killed."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from essays.anonymity import child
from essays.anonymity.child import pages_in_child
from essays.anonymity.models import UNPAINTED, BlindCopy
from essays.entries import actions, blinding, page_files, pages
from essays.entries.models import Entry, Essay
from essays.entries.page_models import DraftPage
from essays.entries.tasks import blind_essay, sweep_essays
from essays.ledger.models import LedgerEvent
from tests.factories.applications import filled, open_contest
from tests.factories.pictures import drawn_page, encoded, picture
from tests.faults import marks
from tests.faults.test_blinding_survives import ground, leases_run_out  # noqa: F401 -- ground is a fixture
from tests.plugins.broker import Broker
from tests.plugins.worker import Worker, eventually

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def handed_in() -> Essay:
    """An entry of two pages, sent; its copy is owed."""
    entry = filled(open_contest(formats=["jpg", "png"]))
    for seed in (1, 2):
        pages.add(entry, entry.owner, picture(f"{seed}.jpg", seed))
    essay = pages.hand_in(entry, entry.owner)
    actions.send(entry, entry.owner)
    return essay


def files_in(root: Path) -> dict[str, bytes]:
    return {one.relative_to(root).as_posix(): one.read_bytes() for one in root.rglob("*") if one.is_file()}


def test_a_worker_killed_over_pictures_is_made_up_for_once_by_the_sweep(
    valkey: Broker, workers: Callable[[], Worker], tmp_path: Path
) -> None:
    essay = handed_in()
    before = files_in(tmp_path / "private")
    first = workers().start(include=["tests.faults.dawdling"])
    blind_essay.delay(essay.pk)
    eventually(marks.BEGUN.exists)

    first.kill()
    essay.refresh_from_db()
    assert (essay.state, essay.attempts, BlindCopy.objects.count()) == ("blinding", 1, 0)
    leases_run_out()
    workers().start(concurrency=2)
    sweep_essays.delay()
    for _delivery in range(3):
        blind_essay.delay(essay.pk)

    eventually(lambda: Essay.objects.get().state == "blinded" and valkey.queued() == 0)
    copy = BlindCopy.objects.get()
    assert (copy.state, copy.text, UNPAINTED in copy.doubts) == ("held", "", True)
    assert LedgerEvent.objects.filter(action="essay.blinded").count() == 1
    # Every page is there as it was taken in, and nothing else lies about.
    assert files_in(tmp_path / "private") == before and essay.pages.count() == 2


@contextmanager
def killed_at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kills every reading child of this process as soon as it has begun."""
    collect = child._collect

    def kill_first(process: subprocess.Popen[bytes], *limits: float) -> bytes:
        process.kill()
        return collect(process, *limits)

    with monkeypatch.context() as patch:
        patch.setattr(child, "_collect", kill_first)
        yield


@contextmanager
def out_of_memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leaves the reading child too little for so many pixels."""
    with monkeypatch.context() as patch:
        patch.setattr(page_files, "pages_in_child", partial(pages_in_child, memory=140 << 20))
        yield


@pytest.mark.parametrize("fault", ["killed", "memory"])
def test_a_child_that_dies_over_a_picture_leaves_the_entry_as_it_was(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = handed_in()
    blinding.blind(first.pk)
    entry, before = Entry.objects.get(), files_in(tmp_path / "private")
    copy = BlindCopy.objects.get()
    client = Client(headers={"accept-language": "en"})
    client.force_login(entry.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    sheet = reverse("entry_draft_pages", args=[entry.public_id])
    large = encoded(drawn_page((5000, 6000)), "PNG")

    trouble = killed_at_once(monkeypatch) if fault == "killed" else out_of_memory(monkeypatch)
    with trouble:
        answer = client.post(sheet, {"pages": SimpleUploadedFile("new.png", large)})

    assert answer.status_code == 422
    assert "too complicated to be opened safely" in answer.content.decode()
    assert DraftPage.objects.count() == 2 and files_in(tmp_path / "private") == before
    current = entry.essays.current().get()
    assert (current.pk, current.state, current.blind_copy) == (first.pk, "blinded", copy)
    # It was the fault, not the picture: the same picture is taken as soon as a child may live.
    assert client.post(sheet, {"pages": SimpleUploadedFile("new.png", large)}).status_code == 302
