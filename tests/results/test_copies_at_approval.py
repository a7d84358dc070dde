"""A copy that is being made anew when the ranking is approved: what the jury has read is what stays."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from essays.anonymity.models import BlindCopy
from essays.entries import blinding, redacting
from essays.entries.models import Essay
from essays.entries.refusals import Refused
from essays.entries.renewal import is_outdated
from essays.ledger.models import LedgerEvent
from judging.console.invariants import INVARIANTS
from judging.ranking import actions as ranking
from tests.factories.applications import TEXT
from tests.factories.judged import Judged, judged_contest
from tests.plugins.worker import eventually

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def judged(tmp_path: Path, settings: Any) -> Judged:
    """A judged contest; the copy of its first essay is owed anew, as after a new engine."""
    settings.MEDIA_ROOT = tmp_path
    made = judged_contest([(55, 35), (54, 36)], [(45, 30), (46, 30)])
    (tmp_path / "essays").mkdir()
    (tmp_path / "essays" / "none.txt").write_text(TEXT)
    Essay.objects.filter(blind_copy=made.copies[0]).update(state=Essay.State.WAITING)
    return made


def approve(judged: Judged) -> None:
    ranking.approve(judged.contest, judged.organizer, ranking.propose(judged.contest).digest)


def broken() -> list[str]:
    return [one.name for one in INVARIANTS if list(one.violations())]


def expect_as_read(judged: Judged) -> None:
    copy = judged.copies[0]
    essay = Essay.objects.select_related("blind_copy", "entry__contest").get(entry=judged.entries[0])
    assert (essay.state, essay.failure, essay.blind_copy) == (Essay.State.BLINDED, "", copy)
    assert essay.blind_copy.state == BlindCopy.State.RELEASED
    assert BlindCopy.objects.count() == 2
    assert LedgerEvent.objects.filter(action="essay.copy_stays").count() == 1
    # It is owed again as soon as the approval is taken back and somebody asks for it.
    assert is_outdated(essay)
    assert broken() == []


def test_approved_while_the_file_is_read(judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    make = blinding.make_copy

    def approved_meanwhile(*args: Any) -> Any:
        approve(judged)
        return make(*args)

    monkeypatch.setattr(blinding, "make_copy", approved_meanwhile)

    blinding.blind(judged.entries[0].essays.get().pk)

    expect_as_read(judged)


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize("act", ["make anew", "hold back"])
def test_a_change_that_comes_during_the_approval_waits_and_finds_it(judged: Judged, act: str) -> None:
    essay = judged.entries[0].essays.get()
    if act == "hold back":
        Essay.objects.update(state=Essay.State.BLINDED)
    outcome: list[Any] = []

    def change() -> None:
        try:
            if act == "make anew":
                outcome.append(blinding.blind(essay.pk))
            else:
                redacting.hold_back(essay.pk, judged.organizer)
        except Refused as refused:
            outcome.append(type(refused).__name__)
        finally:
            connection.close()

    other = threading.Thread(target=change)
    with transaction.atomic():
        approve(judged)
        other.start()
        if connection.vendor == "postgresql":
            eventually(waits_for_a_lock)
    other.join()

    if act == "make anew":
        expect_as_read(judged)
    else:
        assert outcome == ["Refused"]
        assert BlindCopy.objects.get(pk=judged.copies[0].pk).state == BlindCopy.State.RELEASED
