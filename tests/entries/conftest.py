"""An entry on the redaction desk, and a place for its files."""

import pytest

from essays.contests.models import Contest
from essays.entries.models import Entry
from essays.people.models import User
from tests.entries.desk import TEXT
from tests.factories.applications import blinded, open_contest
from tests.factories.story import ContestOrganizerFactory


@pytest.fixture
def private_files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def contest() -> Contest:
    return open_contest()


@pytest.fixture
def entry(contest: Contest) -> Entry:
    return blinded(contest, text=TEXT)


@pytest.fixture
def organizer(contest: Contest) -> User:
    return ContestOrganizerFactory(contest=contest).user


@pytest.fixture
def bare_machine(tmp_path, settings, monkeypatch):
    """A place for files on a machine without the program that reads print."""
    settings.MEDIA_ROOT = tmp_path / "private"
    # Whatever this machine has.
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path
