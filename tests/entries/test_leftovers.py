"""Whole files that a dead process left behind: found, told, removed; and nothing else is touched. Real files."""

import io
import logging
import os
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from essays.anonymity.models import CopyPage
from essays.entries import leftovers
from essays.entries.files import stored
from essays.entries.models import Entry
from essays.entries.page_models import DraftPage
from essays.entries.tasks import sweep_files
from essays.ledger import clock
from judging.ranking import actions as ranking
from judging.results import actions as results
from judging.results.models import DocumentBundle
from tests.factories.applications import blinded, open_contest, upload
from tests.factories.judged import judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "private"
    settings.MEDIA_ROOT.mkdir()
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def entry(root: Path) -> Entry:
    return blinded(open_contest())


def left_behind(root: Path, name: str, *, hours: float = 7) -> str:
    """A whole file under this name, last written so many hours ago."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(b"whole")
    return aged(root, name, hours)


def aged(root: Path, name: str, hours: float = 7) -> str:
    at = (clock.now() - timedelta(hours=hours)).timestamp()
    os.utime(root / name, (at, at))
    return name


def on_disk(root: Path) -> Iterator[str]:
    return (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_what_a_crash_between_rename_and_commit_left_goes_and_nothing_else(
    root: Path, entry: Entry, caplog: pytest.LogCaptureFixture
) -> None:
    folder = str(entry.contest_id)
    with stored(upload(), folder) as crashed:
        aged(root, crashed.name)
    essay = entry.essays.get()
    draft = DraftPage.objects.create(
        entry=entry, number=1, file=left_behind(root, f"{folder}/{'a' * 32}"), sha256="0" * 64, width=1, height=1
    )
    page = CopyPage.objects.create(
        copy=essay.blind_copy, number=1, file=left_behind(root, f"copies/{'b' * 32}"), width=1, height=1
    )
    kept = {
        aged(root, str(essay.file.name)),
        str(draft.file.name),
        str(page.file.name),
        left_behind(root, f"{folder}/{'c' * 32}", hours=1),
        left_behind(root, f"{folder}/notes.txt"),
        left_behind(root, f"elsewhere/{'d' * 32}"),
        left_behind(root, "e" * 32),
        left_behind(root, f"{folder}/deeper/{'f' * 32}"),
    }
    outside = root.parent / "outside"
    outside.write_bytes(b"not ours")
    (root / folder / ("9" * 32)).symlink_to(outside)
    told = io.StringIO()
    call_command("check_invariants", stdout=told)

    with caplog.at_level(logging.WARNING, logger="laureate.files"):
        sweep_files()

    assert [line for line in told.getvalue().splitlines() if "named by no row" in line] == [
        f"          file {crashed.name} is named by no row"
    ]
    assert "WARN    every file that is older than 6 hours is named by a row" in told.getvalue()
    assert [record.getMessage() for record in caplog.records] == [
        f"file {crashed.name} was named by no row and is removed"
    ]
    assert set(on_disk(root)) == {*kept, f"{folder}/{'9' * 32}"}
    assert leftovers.sweep(clock.now()) == 0


def test_a_bundle_of_documents_goes_where_its_row_says_it_is_gone(root: Path) -> None:
    judged = judged_contest([(55, 35), (54, 36)])
    approved = ranking.approve(judged.contest, judged.organizer, ranking.propose(judged.contest).digest)
    announcement = results.announce(judged.contest, judged.organizer, seen=approved.sha256)
    made, gone = (
        DocumentBundle.objects.create(
            announcement=announcement, state=state, asked_by=judged.organizer, asked_at=clock.now()
        )
        for state in ("made", "gone")
    )
    stays = left_behind(root, f"bundles/{made.public_id}.zip")
    left_behind(root, f"bundles/{gone.public_id}.zip")
    left_behind(root, f"bundles/{uuid.uuid4()}.zip")

    assert leftovers.sweep(clock.now()) == 2

    assert list(on_disk(root)) == [stays]


def test_no_file_goes_where_rows_name_none_of_them(root: Path, entry: Entry, caplog: pytest.LogCaptureFixture) -> None:
    """A small contest's files under a database that is empty, or of another site: too few to be many."""
    essay = entry.essays.get()
    aged(root, str(essay.file.name))
    other = left_behind(root, f"{entry.contest_id}/{'a' * 32}")
    type(essay).objects.update(file=f"{entry.contest_id}/{'0' * 32}")

    with caplog.at_level(logging.ERROR, logger="laureate.files"):
        assert leftovers.sweep(clock.now()) == 0

    assert {other, str(essay.file.name)} <= set(on_disk(root))
    assert len(caplog.records) == 1


def test_a_clock_that_is_ahead_makes_no_file_old(root: Path, entry: Entry) -> None:
    aged(root, str(entry.essays.get().file.name))
    fresh = left_behind(root, f"{entry.contest_id}/{'a' * 32}", hours=1)

    assert leftovers.sweep(clock.now() + timedelta(hours=10)) == 0
    assert fresh in set(on_disk(root))


def test_files_of_every_model_are_known(root: Path) -> None:
    kept = {
        model for model in apps.get_models() for one in model._meta.get_fields() if isinstance(one, models.FileField)
    }

    assert kept == set(leftovers.MODELS)


def test_where_the_database_is_not_the_one_of_these_files_nothing_goes(
    root: Path, entry: Entry, caplog: pytest.LogCaptureFixture
) -> None:
    names = {left_behind(root, f"{entry.contest_id}/{number:032x}") for number in range(leftovers.FEW + 1)}

    with caplog.at_level(logging.ERROR, logger="laureate.files"):
        removed = leftovers.sweep(clock.now())

    assert removed == 0
    assert names <= set(on_disk(root))
    assert len(caplog.records) == 1
